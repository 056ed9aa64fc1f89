"""Selective disclosure: what is put back is exactly what was taken out, or the token is refused."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.jose.disclosures import Path, conceal, hash_of, reveal
from jmc_vc.formats.strict_json import parse
from tests.builders.jose_keys import salts
from tests.builders.refusals import refused_code

Json = dict[str, Any]
SALT = "_26bc4LT-ac6q2KI6cBW5es"


def disclosure(*content: Any) -> str:
    return base64url.encode(json.dumps(content).encode())


def digest(text: str, name: str = "sha-256") -> str:
    return hash_of(text.encode(), name)


# The same claim, written differently: RFC 9901 §4.2.1.
MOEBIUS = (
    "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0",
    "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNXHUwMGY2Yml1cyJd",
    "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsImZhbWlseV9uYW1lIiwiTcO2Yml1cyJd",
    "WwoiXzI2YmM0TFQtYWM2cTJLSTZjQlc1ZXMiLAoiZmFtaWx5X25hbWUiLAoiTcO2Yml1cyIKXQ",
)
FRANCE = "WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0"


def test_the_digests_of_rfc_9901_are_ours() -> None:
    assert digest(MOEBIUS[0]) == "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
    assert digest(FRANCE) == "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs"


@pytest.mark.parametrize("text", MOEBIUS)
def test_a_disclosure_may_be_any_json_of_the_claim(text: str) -> None:
    found = reveal({"given_name": "Alice", "_sd": [digest(text)]}, [text])
    assert found.claims == {"given_name": "Alice", "family_name": "Möbius"}
    assert found.places == {text: ("family_name",)}


def test_an_element_of_an_array_comes_back_to_its_place() -> None:
    payload: Json = {"nationalities": ["DE", {"...": digest(FRANCE)}, "US"]}
    assert reveal(payload, [FRANCE]).claims == {"nationalities": ["DE", "FR", "US"]}
    assert reveal(payload, [FRANCE]).places == {FRANCE: ("nationalities", 1)}
    assert reveal(payload, []).claims == {"nationalities": ["DE", "US"]}


def test_what_is_withheld_leaves_nothing_behind() -> None:
    payload: Json = {"_sd_alg": "sha-256", "a": {"_sd": ["x", "y"]}, "b": [{"...": "z"}], "_sd": []}
    assert reveal(payload, []).claims == {"a": {}, "b": []}


@pytest.mark.parametrize("name", ["sha-256", "sha-384", "sha-512"])
def test_the_hash_function_is_the_one_that_is_named(name: str) -> None:
    text = disclosure(SALT, "a", 1)
    assert reveal({"_sd_alg": name, "_sd": [digest(text, name)]}, [text]).claims == {"a": 1}


A, B = disclosure(SALT, "a", 1), disclosure("other", "b", 2)
ELEMENT = disclosure(SALT, "x")
INNER = disclosure("inner", "b", {"_sd": [digest(A)]})
DEEP = disclosure(SALT, "a", json.loads("[" * 31 + "]" * 31))
WITHOUT_FORM: tuple[tuple[Any, ...], ...] = (
    (), (SALT,), (SALT, "a", 1, 2), (1, "a", 1), (None, "a", 1), (SALT, 1, 1), (SALT, None, 1),
    (SALT, "_sd", []), (SALT, "...", "x"), (SALT, "_sd_alg", "sha-256"),
)  # fmt: skip
REFUSED: dict[str, tuple[Json, Sequence[str], str]] = {
    "a disclosure that nobody signed": ({"_sd": [digest(A)]}, [A, B], "disclosure.unreferenced"),
    "a disclosure and no digests at all": ({"a": 1}, [A], "disclosure.unreferenced"),
    "an inner one without its outer": ({"_sd": [digest(INNER)]}, [A], "disclosure.unreferenced"),
    "the hash of the content, not of the text": (
        {"_sd": [digest('["_26bc4LT-ac6q2KI6cBW5es", "a", 1]')]},
        [A],
        "disclosure.unreferenced",
    ),
    "the digest of another hash function": (
        {"_sd_alg": "sha-512", "_sd": [digest(A)]},
        [A],
        "disclosure.unreferenced",
    ),
    "the same disclosure twice": ({"_sd": [digest(A)]}, [A, A], "disclosure.repeated"),
    "the same digest twice": ({"_sd": [digest(A), digest(A)]}, [A], "disclosure.repeated"),
    "the same digest in two places": ({"_sd": [digest(A)], "o": {"_sd": [digest(A)]}}, [A], "disclosure.repeated"),
    "the same digest inside a disclosure": ({"_sd": [digest(INNER), digest(A)]}, [INNER, A], "disclosure.repeated"),
    "the same decoy twice": ({"_sd": ["x"], "l": [{"...": "x"}]}, [], "disclosure.repeated"),
    "a name that is there already": ({"a": 0, "_sd": [digest(A)]}, [A], "disclosure.repeated"),
    "two disclosures of one name": (
        {"_sd": [digest(A), digest(disclosure("s", "a", 2))]},
        [A, disclosure("s", "a", 2)],
        "disclosure.repeated",
    ),
    "an element where a member belongs": ({"_sd": [digest(ELEMENT)]}, [ELEMENT], "disclosure.syntax"),
    "a member where an element belongs": ({"l": [{"...": digest(A)}]}, [A], "disclosure.syntax"),
    **{
        f"a disclosure of {content!r}": (
            {"_sd": [digest(disclosure(*content))]},
            [disclosure(*content)],
            "disclosure.syntax",
        )
        for content in WITHOUT_FORM
    },
    "a disclosure that is an object": (
        {"_sd": [digest(base64url.encode(b"{}"))]},
        [base64url.encode(b"{}")],
        "disclosure.syntax",
    ),
    "a disclosure that is no JSON": ({"_sd": [digest("AAAA")]}, ["AAAA"], "parse.syntax"),
    "a member twice in a disclosure": (
        {"_sd": [digest(base64url.encode(b'["s","a",{"b":1,"b":2}]'))]},
        [base64url.encode(b'["s","a",{"b":1,"b":2}]')],
        "parse.duplicate_key",
    ),
    "a disclosure with padding": ({"_sd": [digest(A + "=")]}, [A + "="], "encoding.base64url"),
    "an empty disclosure": ({"_sd": [digest("")]}, [""], "parse.syntax"),
    "a disclosure in other letters": ({"_sd": []}, ["é"], "encoding.base64url"),
    "a disclosure with half a character": ({"_sd": []}, ["\ud800"], "encoding.base64url"),
    "_sd a text": ({"_sd": "x"}, [], "disclosure.digests"),
    "_sd null": ({"_sd": None}, [], "disclosure.digests"),
    "_sd of numbers": ({"_sd": [1]}, [], "disclosure.digests"),
    "_sd of lists": ({"_sd": [[]]}, [], "disclosure.digests"),
    "... as a member": ({"...": "x"}, [], "disclosure.digests"),
    "... as a member of a member": ({"a": {"...": "x"}}, [], "disclosure.digests"),
    "... beside another member": ({"l": [{"...": "x", "a": 1}]}, [], "disclosure.digests"),
    "... a number": ({"l": [{"...": 1}]}, [], "disclosure.digests"),
    "_sd_alg below the top": ({"a": {"_sd_alg": "sha-256"}}, [], "disclosure.digests"),
    "_sd_alg unknown": ({"_sd_alg": "md5"}, [], "disclosure.hash"),
    "_sd_alg in capitals": ({"_sd_alg": "SHA-256"}, [], "disclosure.hash"),
    "_sd_alg null": ({"_sd_alg": None}, [], "disclosure.hash"),
    "too deep together": ({"b": {"c": {"_sd": [digest(DEEP)]}}}, [DEEP], "parse.depth"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused(name: str) -> None:
    payload, disclosures, code = REFUSED[name]
    with pytest.raises(Error) as refusal:
        reveal(payload, disclosures)
    assert refusal.value.code == code


def test_many_small_disclosures_cannot_make_a_large_document() -> None:
    texts = [disclosure(SALT, f"n{n}", [0] * 4_000) for n in range(2)]
    with pytest.raises(Error) as refusal:
        reveal({"_sd": [digest(text) for text in texts]}, texts)
    assert refusal.value.code == "parse.limit"


def test_a_chain_of_disclosures_is_followed_to_the_limit() -> None:
    texts = [disclosure(SALT, "end", 1)]
    for n in range(30):
        texts.append(disclosure(SALT, f"n{n}", {"_sd": [digest(texts[-1])]}))
    assert len(reveal({"_sd": [digest(texts[-1])]}, texts).places) == 31
    texts += [disclosure(SALT, f"m{n}", {"_sd": [digest(texts[-1])]}) for n in range(1)]
    texts.append(disclosure(SALT, "top", {"_sd": [digest(texts[-1])]}))
    with pytest.raises(Error) as refusal:
        reveal({"_sd": [digest(texts[-1])]}, texts)
    assert refusal.value.code == "parse.depth"


CLAIMS: Json = {"iss": "x", "name": "葛󠄀葉", "address": {"city": "東京", "zip": "1"}, "l": ["a", {"b": [1, 2]}, None]}


def test_what_is_concealed_stands_nowhere_in_the_payload() -> None:
    payload, disclosures = conceal(CLAIMS, [("name",), ("address", "city"), ("l", 0), ("l", 1, "b", 0)], salts())
    assert payload.keys() == {"iss", "address", "l", "_sd", "_sd_alg"}
    assert payload["_sd_alg"] == "sha-256"
    assert "葛󠄀葉" not in str(payload)
    assert "東京" not in str(payload)
    assert len(disclosures) == 4
    assert reveal(payload, disclosures).claims == CLAIMS
    assert reveal(payload, []).claims == {"iss": "x", "address": {"zip": "1"}, "l": [{"b": [2]}, None]}


def test_one_inside_another_is_a_disclosure_within_a_disclosure() -> None:
    payload, disclosures = conceal(CLAIMS, [("address",), ("address", "city")], salts())
    found = reveal(payload, disclosures)
    assert found.claims == CLAIMS
    outer = next(text for text, place in found.places.items() if place == ("address",))
    assert reveal(payload, [outer]).claims["address"] == {"zip": "1"}
    (inner,) = set(disclosures) - {outer}
    assert refused_code(lambda: reveal(payload, [inner])) == "disclosure.unreferenced"


def test_decoys_cannot_be_told_from_digests() -> None:
    payload, disclosures = conceal(CLAIMS, [("name",)], salts(), decoys=5)
    digests = payload["_sd"]
    assert isinstance(digests, list)
    assert len(digests) == 6
    assert {len(str(each)) for each in digests} == {43}
    assert digests == sorted(digests, key=str)  # the order tells nothing
    assert reveal(payload, disclosures).claims == CLAIMS


def test_digests_stand_in_an_order_that_tells_nothing() -> None:
    claims: Json = {"inner": {f"n{number}": number for number in range(50)}}
    payload, disclosures = conceal(claims, [("inner", name) for name in claims["inner"]], salts())
    inner: Any = payload["inner"]
    assert inner == {"_sd": sorted(map(digest, disclosures))}
    assert inner["_sd"] != list(map(digest, disclosures))


def test_without_paths_the_payload_is_the_claims() -> None:
    assert conceal(CLAIMS, [], salts()) == (CLAIMS, ())


def test_the_claims_that_were_given_stay_as_they_are() -> None:
    before = json.dumps(CLAIMS)
    conceal(CLAIMS, [("name",), ("l", 0)], salts())
    assert json.dumps(CLAIMS) == before


@pytest.mark.parametrize(
    ("claims", "path", "code"),
    [
        (CLAIMS, (), "disclosure.path"),
        (CLAIMS, ("nobody",), "disclosure.path"),
        (CLAIMS, ("address", "street"), "disclosure.path"),
        (CLAIMS, ("l", 3), "disclosure.path"),
        (CLAIMS, ("l", -1), "disclosure.path"),
        (CLAIMS, ("l", "a"), "disclosure.path"),
        (CLAIMS, ("name", 0), "disclosure.path"),
        (CLAIMS, ("name", "a"), "disclosure.path"),
        ({"_sd": [], "a": 1}, ("a",), "disclosure.digests"),
        ({"b": [{"...": "x"}], "a": 1}, ("a",), "disclosure.digests"),
        ({"b": {"_sd_alg": "x"}, "a": 1}, ("a",), "disclosure.digests"),
    ],
)
def test_what_is_not_there_cannot_be_concealed(claims: Json, path: Path, code: str) -> None:
    with pytest.raises(Error) as refusal:
        conceal(claims, [path], salts())
    assert refusal.value.code == code


values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(alphabet='a"\\é', max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from("abcdef"), values), st.data())
def test_any_claims_come_back_whatever_was_concealed(claims: Json, data: st.DataObject) -> None:
    places = list(_places(claims, ()))
    paths = data.draw(st.lists(st.sampled_from(places), unique=True)) if places else []
    payload, disclosures = conceal(claims, paths, salts(), decoys=data.draw(st.integers(0, 2)))
    assert reveal(payload, disclosures).claims == claims
    assert len(disclosures) == len(paths)
    shown = [text for text in disclosures if data.draw(st.booleans())]
    assert refused_code(lambda: reveal(payload, shown)) in (None, "disclosure.unreferenced")


words = st.sampled_from(["_sd", "...", "_sd_alg", "a", "b", "x", "sha-256", digest(A), digest(ELEMENT), digest(INNER)])
payloads = st.dictionaries(
    words,
    st.recursive(
        words | st.none() | st.integers(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=2),
    ),
)


@given(payloads, st.lists(st.sampled_from([A, B, ELEMENT, INNER, "", "AA", "é"]), unique=True))
def test_any_payload_is_revealed_without_the_words_of_the_mechanism_or_refused(
    payload: Json, disclosures: list[str]
) -> None:
    try:
        found = reveal(payload, disclosures)
    except Error:
        return
    assert found.places.keys() == set(disclosures)
    text = json.dumps(found.claims)
    assert not any(f'"{word}":' in text for word in ("_sd", "...", "_sd_alg"))


@given(st.binary(max_size=12))
def test_any_bytes_in_a_disclosure_are_a_claim_or_refused(content: bytes) -> None:
    text = urlsafe_b64encode(content).decode().rstrip("=")
    code = refused_code(lambda: reveal({"_sd": [digest(text)]}, [text]))
    if code is None:
        found: Any = parse(content)
        assert reveal({"_sd": [digest(text)]}, [text]).claims == {found[1]: found[2]}


def _places(value: Any, path: Path) -> Any:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield (*path, step)
        yield from _places(inner, (*path, step))
