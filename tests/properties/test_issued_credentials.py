"""What we issue, whatever program, person and results: it conforms to the published schema, and it is sealed.

The awards are drawn from everything that an issuer may send; they go through the whole issuance cycle and back through
the verifier. The second half changes what was issued, one place at a time.
"""

import copy
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from jmc_vc.domain import person_name
from jmc_vc.domain.japan_time import JST
from jmc_vc.domain.person_name import NameParts, PersonName
from jmc_vc.errors import Error
from jmc_vc.formats.openbadges.schema import Schema, violations
from tests.builders.awards import all_programs, award_of, slug_of
from tests.builders.installation import FROM, NOON, PROGRAMS, Installation
from tests.test_data import vectors

TODAY = NOON.astimezone(JST).date()


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """All example programs, each accredited for its own issuer."""
    made = all_programs(tmp_path_factory.mktemp("issued"))
    yield made
    made.service.database.close()


@pytest.fixture(scope="module")
def published_schema() -> jsonschema_rs.Draft201909Validator:
    file = vectors("ob3-schemas") / "ob_v3p0_achievementcredential_schema.json"
    return jsonschema_rs.Draft201909Validator(json.loads(file.read_bytes()), validate_formats=True)


# --- what an issuer may send ------------------------------------------------------------------------------------------

AWKWARD = "𠮷 髙 﨑 邉 葛󠄀 辻󠄁 神 々 ヶ ー が か\u3099 e\u0301 ệ ñ Ø ß ı"
CHARACTERS = st.one_of(
    st.sampled_from(AWKWARD.split()),
    st.sampled_from(["'", "’", "-", "・", " ", "\u3000", ".", "ن", "\u200c", "क्", "ก", "ｱ", "Ａ", '"', "\\", "<", "&"]),
    st.characters(categories=("Lu", "Ll", "Lo", "Lt", "Lm"), max_codepoint=0x323AF),
)
"""Kanji outside the basic plane and with variation selectors, compatibility forms, combining marks, joiners, and what
has a meaning in JSON, N-Quads or HTML. No emoji: they are in nobody's name."""
PART = st.lists(CHARACTERS, min_size=1, max_size=12).map("".join)
LATIN = st.lists(
    st.one_of(
        st.sampled_from([*"'’ʻ-. ·/", "a\u0301", "Ａ"]), st.characters(categories=("Lu", "Ll"), max_codepoint=0x24F)
    ),
    min_size=1,
    max_size=12,
).map("".join)
KANA = st.text("アイウカガキュッツナハパホマヤラヲンー・ ヴㇰ", min_size=1, max_size=12)


def parts(text: SearchStrategy[str]) -> SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({"family": text, "given": text}, optional={"middle": text})


def is_a_name(name: dict[str, Any]) -> bool:
    """Whether the domain takes it; what it refuses has tests of its own."""
    ja, kana, latn = (NameParts(**name[writing]) if writing in name else None for writing in ("ja", "kana", "latn"))
    try:
        person_name.check(PersonName(full_name=name.get("fullName"), ja=ja, kana=kana, latn=latn))
    except Error:
        return False
    return True


NAMES = st.one_of(
    st.fixed_dictionaries({"fullName": PART}),
    st.fixed_dictionaries(
        {"ja": parts(PART)},
        optional={
            "kana": parts(KANA),
            "latn": parts(LATIN),
            "order": st.sampled_from(["family-first", "given-first"]),
        },
    ),
    st.fixed_dictionaries({"latn": parts(LATIN)}, optional={"order": st.just("given-first")}),
).filter(is_a_name)

TEXTS = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=60).filter(str.strip)
EVIDENCE = st.lists(
    st.fixed_dictionaries(
        {"name": TEXTS},
        optional={
            "id": st.sampled_from(["https://portfolio.example.jp/w/1", "https://portfolio.example.jp/?q=%E8%A9%A6#a"]),
            "narrative": TEXTS,
            "description": TEXTS,
            "genre": TEXTS,
        },
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda item: item.get("id") or id(item),
)


def values(wanted: dict[str, Any]) -> SearchStrategy[str]:
    """Every value that meets an assessment."""
    match wanted["type"]:
        case "RubricCriterionLevel":
            order = {level["code"]: level["order"] for level in wanted["levels"]}
            least = order[wanted["requiredLevel"]]
            return st.sampled_from([code for code, place in order.items() if place >= least])
        case "Status":
            return st.just("Completed")
        case _:
            least, most = Decimal(str(wanted["requiredValue"])), Decimal(str(wanted["max"]))
            return st.decimals(least, most, places=2).map(lambda mark: f"{mark.normalize():f}")


def moments(day: date) -> SearchStrategy[str]:
    """The day, or a moment on it with an offset."""
    start = datetime.combine(day, datetime.min.time(), JST)
    within = st.integers(0, 24 * 3600 - 1).map(lambda seconds: start + timedelta(seconds=seconds))
    return st.just(day.isoformat()) | within.map(datetime.isoformat)


@st.composite
def awards(draw: st.DrawFn) -> dict[str, Any]:
    number = draw(st.sampled_from(sorted(PROGRAMS)))
    awarded = draw(st.dates(FROM, TODAY - timedelta(days=1)))
    recipient: dict[str, Any] = {"name": draw(NAMES)}
    if draw(st.booleans()):
        recipient["email"] = draw(st.sampled_from(["a@learners.example", "Taro.Yamada+mc@mail.learners.example"]))
    if draw(st.booleans()):
        recipient["did"] = "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    made = award_of(number, awarded, email="")
    made |= {
        "recipient": recipient,
        "awardedDate": draw(moments(awarded)),
        "results": [
            {"assessment": each["id"], "value": draw(values(each["result"]))}
            for each in draw(st.permutations(PROGRAMS[number]["assessment"]))
        ],
        "retake": True,  # so that the same award may be drawn twice
    }
    if draw(st.booleans()) or len(recipient) == 1:
        made["externalId"] = draw(st.sampled_from(["A-1", "令和8年-0001"]))
    if draw(st.booleans()):
        made["activityStartDate"] = (awarded - timedelta(days=90)).isoformat()
    if draw(st.booleans()):
        made["activityEndDate"] = (awarded - timedelta(days=1)).isoformat()
    if draw(st.booleans()):
        made["evidence"] = draw(EVIDENCE)
    return made


@settings(max_examples=80)
@given(award=awards())
def test_what_we_issue_conforms_and_verifies(
    award: dict[str, Any], installation: Installation, published_schema: jsonschema_rs.Draft201909Validator
) -> None:
    body = installation.issue(award, slug=slug_of(award["program"])).body
    document = json.loads(body)
    assert [error.message for error in published_schema.iter_errors(document)] == []
    assert violations(document, Schema.OPEN_BADGE) == ()
    report = installation.verify(body)
    assert (report.verdict, report.summary) == ("valid", "valid")


# --- what happens to it afterwards ------------------------------------------------------------------------------------

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Issued:
    """An issued credential as bytes, and the places of its leaves: texts, numbers, true and false."""

    body: bytes
    leaves: tuple[Path, ...]


@pytest.fixture(scope="module")
def issued(installation: Installation) -> dict[str, Issued]:
    """One credential of each program, with everything optional in it."""
    made = {}
    for number in PROGRAMS:
        award = award_of(number, TODAY - timedelta(days=30), email="learner-01@learners.example")
        award["evidence"] = [{"id": "https://portfolio.example.jp/w/1", "name": "報告書", "narrative": "全文"}]
        award["activityStartDate"] = award["activityEndDate"] = "2026-06-01"
        award["retake"] = True
        body = installation.issue(award, slug=slug_of(number)).body
        made[number] = Issued(body, tuple(leaves(json.loads(body))))
    return made


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    if isinstance(value, dict):
        for name, member in value.items():
            yield from leaves(member, (*path, name))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from leaves(item, (*path, position))
    else:
        yield path


def at(document: Any, path: Path) -> Any:
    for step in path:
        document = document[step]
    return document


def with_leaf(document: Any, path: Path, value: Any) -> bytes:
    changed = copy.deepcopy(document)
    at(changed, path[:-1])[path[-1]] = value
    return json.dumps(changed, ensure_ascii=False).encode()


def without_leaf(document: Any, path: Path) -> bytes:
    changed = copy.deepcopy(document)
    del at(changed, path[:-1])[path[-1]]
    return json.dumps(changed, ensure_ascii=False).encode()


def assert_refused(installation: Installation, body: bytes) -> None:
    """Not valid even under the policy that asks least, and nothing of what was changed is shown."""
    try:
        report = installation.verify(body, "technical")
    except Error:
        return  # no longer a credential at all
    assert report.verdict != "valid"
    assert report.credential is None


def another(value: Any) -> Any:
    """The smallest change: one character, one step, the other truth."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    assert isinstance(value, str)
    return value[:-1] + ("1" if value[-1:] != "1" else "2")


@pytest.mark.parametrize("number", sorted(PROGRAMS))
def test_no_leaf_can_be_changed(installation: Installation, issued: dict[str, Issued], number: str) -> None:
    credential = issued[number]
    document = json.loads(credential.body)
    # All of the first program, and of the others every fourth: most of their leaves are the same members.
    step = 1 if number == min(PROGRAMS) else 4
    for path in itertools.islice(credential.leaves, 0, None, step):
        assert_refused(installation, with_leaf(document, path, another(at(document, path))))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=4,
)


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, int, str, Any]:
    """A program, which of its leaves, what is done with it, and with what."""
    doing = draw(st.sampled_from(["replace", "remove", "insert", "append", "cut"]))
    return draw(st.sampled_from(sorted(PROGRAMS))), draw(st.integers(0, 10_000)), doing, draw(JSON)


@settings(max_examples=150)
@given(edit=edits())
def test_no_edit_of_a_leaf_is_valid(
    edit: tuple[str, int, str, Any], installation: Installation, issued: dict[str, Issued]
) -> None:
    number, chosen, doing, value = edit
    credential = issued[number]
    document = json.loads(credential.body)
    path = credential.leaves[chosen % len(credential.leaves)]
    old = at(document, path)
    if doing == "remove":
        assert_refused(installation, without_leaf(document, path))
        return
    text = str(value)
    new = {
        "replace": value,
        "insert": f"{text}{old}",
        "append": f"{old}{text}",
        "cut": str(old)[:-1],
    }[doing]
    if new != old:
        assert_refused(installation, with_leaf(document, path, new))
