"""The gate before the signer: what may not be signed, although the assembler would hand it over."""

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jmc_vc import vendored
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.domain.status_list import StatusForm
from jmc_vc.formats import jcs
from jmc_vc.formats.jsonld import Contexts, canonical_nquads
from jmc_vc.issuing.assemble import Place, assemble
from jmc_vc.issuing.command import IssuedAssertion
from jmc_vc.issuing.lint import LintFailed, lint
from jmc_vc.issuing.lints import portable_order, portable_values
from jmc_vc.issuing.lints.facts import Facts
from jmc_vc.issuing.lints.statement_order import JSON_LITERALS, LANGUAGE_MAPS
from jmc_vc.issuing.request import read_request
from tests.builders.contexts import NAMESPACE
from tests.builders.installation import Installation, award, encode, make_installation

JsonObject = dict[str, Any]
Case = tuple[JsonObject, Facts]

EMOJI, FULL_WIDTH = "😀", "Ａ"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    made = make_installation(tmp_path_factory.mktemp("lints"))
    yield made
    made.service.database.close()


@pytest.fixture(scope="module")
def contexts(installation: Installation) -> Contexts:
    return Contexts(vendored.contexts(installation.service.site.namespace))


@pytest.fixture
def case(installation: Installation) -> Case:
    """A credential as it is assembled, and its facts."""
    return _assembled(installation, _version(installation))


def _version(installation: Installation) -> ProgramVersion:
    with installation.service.database.read() as snapshot:
        (version,) = snapshot.programs.versions("JMC-P-900001")
    return version


def _assembled(installation: Installation, version: ProgramVersion, **changes: Any) -> Case:
    site, now = installation.service.site, installation.now
    with installation.service.database.read() as snapshot:
        issuer = snapshot.issuers.get("hoshimigaoka")
    assert issuer is not None
    request = read_request(encode(award(**changes)))
    place = Place(
        uuid=UUID(int=1),
        subject_id=request.award.recipient.did,
        list_number=1,
        status_index=7,
        status_form=StatusForm.BITSTRING,
    )
    document = assemble(request.award, version, issuer, place, site=site, salt="salt", signed_at=now)
    facts = Facts(
        site=site,
        issuer=issuer,
        version=version,
        uuid=place.uuid,
        subject_id=place.subject_id,
        status_index=place.status_index,
        list_number=place.list_number,
        status_form=place.status_form,
        awarded_at=request.award.awarded_at,
        signed_at=now,
    )
    return document, facts


def _altered(version: ProgramVersion, change: Callable[[JsonObject], None], *, honest: bool) -> ProgramVersion:
    """The version with other content; `honest` if its digest was made again."""
    content = copy.deepcopy(dict(version.content))
    change(content)
    return replace(version, content=content, content_digest=jcs.digest(content) if honest else version.content_digest)


def _fault(document: JsonObject, facts: Facts) -> tuple[str, str]:
    with pytest.raises(LintFailed) as failed:
        lint(document, facts)
    return str(failed.value.params["lint"]), str(failed.value.params["fault"])


def test_what_was_assembled_may_be_signed(case: Case) -> None:
    assert lint(*case).document is case[0]


# --- the approved content --------------------------------------------------------------------------------------------


def test_a_row_altered_behind_our_back_is_not_signed(installation: Installation) -> None:
    version = _version(installation)
    lint(*_assembled(installation, version))  # remembered from now on

    def better(content: JsonObject) -> None:
        content["learningOutcomes"][0]["statement"]["ja"] += "。"

    altered = _altered(version, better, honest=False)
    assert _fault(*_assembled(installation, altered)) == ("approved_content", "stored content")
    lint(*_assembled(installation, version))


def test_a_content_altered_in_place_is_not_served_from_memory(installation: Installation) -> None:
    version = _version(installation)
    document, facts = _assembled(installation, version)
    lint(document, facts)
    version.content["learningOutcomes"][0]["statement"]["ja"] += "。"
    again = replace(facts, version=version)
    assert _fault(document, again) == ("approved_content", "stored content")


def test_a_digest_altered_with_the_memory_warm_is_not_signed(installation: Installation) -> None:
    version = _version(installation)
    lint(*_assembled(installation, version))
    other = replace(version, content_digest="sha-256:" + "0" * 64)
    assert _fault(*_assembled(installation, other)) == ("approved_content", "stored content")


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("name", "別の名称"),
        ("jmc:notionalHours", True),
        ("jmc:notionalHours", "45"),
        ("humanCode", "JMC-P-900002"),
        ("tag", ["more"]),
        ("criteria", None),
    ],
)
def test_an_achievement_that_is_not_the_approved_one_is_not_signed(case: Case, member: str, value: Any) -> None:
    document, facts = case
    document["credentialSubject"]["achievement"][member] = value
    name, fault = _fault(document, facts)
    assert (name, fault) in {
        ("approved_content", "/credentialSubject/achievement"),
        ("published_shape", f"/credentialSubject/achievement/{member}"),
    }


def test_hours_of_one_and_true_are_not_the_same(installation: Installation) -> None:
    def one_hour(content: JsonObject) -> None:
        content["workload"]["notionalHours"] = 1

    document, facts = _assembled(installation, _altered(_version(installation), one_hour, honest=True))
    document["credentialSubject"]["achievement"]["jmc:notionalHours"] = True
    assert document["credentialSubject"]["achievement"]["jmc:notionalHours"] == 1
    assert _fault(document, facts)[1].startswith("/credentialSubject/achievement")


# --- numbers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [0.1 + 0.2, 1e-7, 1e20, 2**53], ids=str)
@pytest.mark.parametrize(
    "pointer", ["/credentialSubject/creditsEarned", "/credentialSubject/achievement/jmc:workload/x", "/evidence/0/x"]
)
def test_a_number_that_processors_write_differently_is_named(case: Case, pointer: str, number: float) -> None:
    document, facts = copy.deepcopy(case[0]), case[1]  # parts of an achievement are the content's own
    document["evidence"] = [{"type": ["Evidence"]}]
    *path, last = pointer.strip("/").split("/")
    place: Any = document
    for step in path:
        place = place[int(step) if step.isdigit() else step]
    place[last] = number
    assert portable_values.lint(document, facts) == pointer


def test_a_number_of_an_older_row_is_named_in_the_achievement(installation: Installation) -> None:
    def weigh(content: JsonObject) -> None:
        content["assessment"][0]["weight"] = 1 / 3

    facts_of = _assembled(installation, _altered(_version(installation), weigh, honest=True))
    assert _fault(*facts_of) == ("portable_values", "/credentialSubject/achievement/jmc:assessment/0/weight")


# --- the order of texts ----------------------------------------------------------------------------------------------


def test_the_tables_are_those_of_our_context() -> None:
    (context,) = (
        json.loads(data)["@context"] for url, data in vendored.contexts(NAMESPACE).items() if url.startswith(NAMESPACE)
    )
    terms = {name: term for name, term in context.items() if isinstance(term, dict)}
    assert {name for name, term in terms.items() if term.get("@container") == "@language"} == LANGUAGE_MAPS
    assert {name for name, term in terms.items() if term.get("@type") == "@json"} == JSON_LITERALS
    assert {term.get("@container", "@language") for term in terms.values()} == {"@language"}


def _sorts_alike(document: JsonObject, contexts: Contexts) -> bool:
    lines = canonical_nquads(document, contexts).decode().splitlines()
    return sorted(lines) == sorted(lines, key=lambda line: line.encode("utf-16-be"))


def _with_titles(ja: str, en: str) -> Callable[[JsonObject], None]:
    def change(content: JsonObject) -> None:
        content["title"] = {"ja": ja, "en": en}

    return change


@pytest.mark.parametrize(
    ("ja", "en", "alike"),
    [
        (EMOJI, FULL_WIDTH, False),
        ("データ分析 𠮷", "データ分析 \ufa19", False),
        (f"データ分析{EMOJI}", f"{FULL_WIDTH}nalysis{EMOJI}", True),
        (f"a{EMOJI}{FULL_WIDTH}", f"b{FULL_WIDTH}{EMOJI}", True),
        (EMOJI, EMOJI, True),
    ],
)
def test_titles_of_an_older_row_that_change_places_are_not_signed(
    installation: Installation, contexts: Contexts, ja: str, en: str, alike: bool
) -> None:
    document, facts = _assembled(installation, _altered(_version(installation), _with_titles(ja, en), honest=True))
    assert _sorts_alike(document, contexts) is alike
    if alike:
        lint(document, facts)
    else:
        assert _fault(document, facts) == ("portable_order", "/credentialSubject/achievement/jmc:title")


TEXT = st.text(["a", "<", '"', "\n", "ア", "\ud7ff", "\ue000", FULL_WIDTH, "\ufa19", EMOJI, "𠮷"], max_size=3)
MEANING = st.text(["a", "ア", FULL_WIDTH, EMOJI, "𠮷"], min_size=1, max_size=3)


@st.composite
def documents(draw: st.DrawFn) -> Callable[[JsonObject], None]:
    """What to write into a credential: texts, arrays, languages, ids and JSON literals at random."""
    titles = draw(st.dictionaries(st.sampled_from(["ja", "en", "fr"]), TEXT, min_size=1))
    tags = draw(st.lists(TEXT, unique=True, max_size=4))
    ids = draw(st.lists(MEANING.map("https://example.org/{}".format), unique=True, min_size=2, max_size=2))
    literal = draw(st.dictionaries(TEXT, st.lists(TEXT, max_size=3), max_size=3))
    evidence = [
        {"type": ["Evidence"], **each}
        for each in draw(
            st.lists(st.fixed_dictionaries({"name": MEANING}, optional={"narrative": MEANING}), max_size=3)
        )
    ]
    name = draw(MEANING)
    other_achievement = draw(st.booleans())  # else it is the approved one, and the short way is taken

    def change(document: JsonObject) -> None:
        subject = document["credentialSubject"]
        if other_achievement:
            achievement = subject["achievement"]
            achievement["jmc:title"] = titles
            achievement["tag"] = tags
            achievement["image"] = {"id": ids[0], "type": "Image"}
            achievement["jmc:stackability"] = {**literal, "jmc:title": {"ja": EMOJI, "en": FULL_WIDTH}}
        subject["source"] = {"id": ids[1], "type": ["Profile"], "name": name}
        subject["jmc:recipientName"] = literal
        document["evidence"] = evidence
        document["jmc:disclaimer"] = titles

    return change


def _with_ids(first: str, second: str) -> Callable[[JsonObject], None]:
    def change(document: JsonObject) -> None:
        document["image"] = {"id": f"https://example.org/{first}", "type": "Image"}
        document["credentialSubject"]["source"] = {
            "id": f"https://example.org/{second}", "type": ["Profile"], "name": f"{FULL_WIDTH}{EMOJI}"
        }  # fmt: skip

    return change


def _with_disclaimer(**texts: str) -> Callable[[JsonObject], None]:
    def change(document: JsonObject) -> None:
        document["jmc:disclaimer"] = texts

    return change


@settings(max_examples=120)
@given(change=documents())
@example(change=_with_ids(EMOJI, FULL_WIDTH))
@example(change=_with_ids(f"a{EMOJI}", f"b{FULL_WIDTH}"))
@example(change=_with_disclaimer(ja=EMOJI, en=FULL_WIDTH))
@example(change=_with_disclaimer(ja=f"{EMOJI}{FULL_WIDTH}"))
def test_the_lint_answers_as_sorting_the_statements_both_ways(
    installation: Installation, contexts: Contexts, change: Callable[[JsonObject], None]
) -> None:
    document, facts = _assembled(installation, _version(installation))
    document = copy.deepcopy(document)
    change(document)
    assert (portable_order.lint(document, facts) is None) == _sorts_alike(document, contexts)


PERSONAL = st.text(["𠮷", "吉", "\ufa19", FULL_WIDTH, "野", "A", "ｱ"], min_size=1, max_size=4)
PROSE = st.text([EMOJI, "𠮷", FULL_WIDTH, "）", "a", "\n", "文"], min_size=1, max_size=6).filter(str.strip)


@settings(max_examples=25)
@given(
    name=st.fixed_dictionaries({"family": PERSONAL, "given": PERSONAL}),
    evidence=st.lists(
        st.fixed_dictionaries({"name": PROSE}, optional={"narrative": PROSE, "description": PROSE, "genre": PROSE}),
        max_size=4,
    ),
)
@example(name={"family": "𠮷Ａ", "given": "Ａ𠮷"}, evidence=[{"name": EMOJI}, {"name": FULL_WIDTH}])
def test_nothing_that_a_caller_sends_is_refused_for_its_order(
    installation: Installation, contexts: Contexts, name: dict[str, str], evidence: list[dict[str, str]]
) -> None:
    # Names are one JSON literal and each evidence is a thing of its own, so there is nothing to refuse: astral kanji
    # and full-width letters may stand side by side.
    recipient = {"name": {"ja": name, "kana": {"family": "ヨシノ"}}, "email": "learner@learners.example"}
    (outcome,) = installation.issue_all([award(recipient=recipient, evidence=evidence, retake=True)])
    assert isinstance(outcome, IssuedAssertion), outcome
    document = json.loads(outcome.body)
    del document["proof"]
    assert _sorts_alike(document, contexts)
