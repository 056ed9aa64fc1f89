"""OB-34: the list of revoked ids, as we make it and as others do."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats import jcs, strict_json
from jmc_vc.formats.status.revocation_list import LIMITS, read_revocation, read_revocation_list, revocation_list
from jmc_vc.sentences import SENTENCES
from tests.builders.refusals import refused_code

URL = "https://mc.example.jp/revocations/3"
ISSUER = "did:web:mc.example.jp:issuers:hoshimigaoka"
ONE, OTHER = "https://mc.example.jp/credentials/1", "https://mc.example.jp/credentials/2"


def _list(**changes: Any) -> dict[str, Any]:
    return {**revocation_list(id=URL, issuer=ISSUER, revoked={ONE: "Issued in error", OTHER: None}), **changes}


def _revoked(document: dict[str, Any], credential_id: str = ONE) -> bool:
    return read_revocation(read_revocation_list(document, url=URL), credential_id).invalidates


def test_ob_34_a_list_names_the_revoked_and_why() -> None:
    assert _list() == {
        "id": URL,
        "issuer": ISSUER,
        "revokedCredential": [
            {"id": ONE, "revoked": True, "revocationReason": "Issued in error"},
            {"id": OTHER, "revoked": True},
        ],
    }


def test_a_list_does_not_tell_by_its_order_who_was_revoked_last() -> None:
    assert revocation_list(id=URL, issuer=ISSUER, revoked={OTHER: None, ONE: "Issued in error"}) == _list()


def test_an_empty_list_says_that_it_is_empty() -> None:
    document = revocation_list(id=URL, issuer=ISSUER, revoked={})
    assert document["revokedCredential"] == []
    assert not _revoked(document)


def test_ob_34_a_listed_credential_is_revoked_with_its_reason() -> None:
    found = read_revocation_list(_list(), url=URL)
    assert found.issuer == ISSUER
    result = read_revocation(found, ONE)
    assert (result.purpose, result.value, result.message) == ("revocation", 1, "Issued in error")
    assert read_revocation(found, "https://mc.example.jp/credentials/3").valid


FOREIGN: dict[str, tuple[dict[str, Any], bool]] = {
    "revoked is missing": ({"revokedCredential": [{"id": ONE}]}, True),
    "revoked is false": ({"revokedCredential": [{"id": ONE, "revoked": False}]}, False),
    "taken back and revoked again": ({"revokedCredential": [{"id": ONE, "revoked": False}, {"id": ONE}]}, True),
    "one object instead of a list": ({"revokedCredential": {"id": ONE}}, True),
    "the member in the plural": ({"revokedCredential": [], "revokedCredentials": [{"id": ONE}]}, True),
    "id with escapes (OB-09)": ({"revokedCredential": [{"id": ONE.replace("credentials", "%63redentials")}]}, True),
    "issuer is a Profile": ({"issuer": {"id": ISSUER, "type": ["Profile"]}}, True),
    "a context in it": ({"@context": "https://purl.imsglobal.org/spec/ob/v3p0/context.json"}, True),
}


@pytest.mark.parametrize(("changes", "revoked"), FOREIGN.values(), ids=FOREIGN)
def test_ob_34_lists_of_others_are_read(changes: dict[str, Any], revoked: bool) -> None:
    assert _revoked(_list(**changes)) is revoked


def test_a_list_without_entries_or_issuer_is_empty_when_it_is_the_list() -> None:
    assert not _revoked({"id": URL})


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "SL-10 the id of another list": ({"id": "https://mc.example.jp/revocations/4"}, "status.verification"),
    "a page that says there is no list": ({"id": None, "error": "not found"}, "status.verification"),
    "an entry without id": ({"revokedCredential": [{"revoked": True}]}, "status.format"),
    "an entry that is an id": ({"revokedCredential": [ONE]}, "status.format"),
    "revoked is a text": ({"revokedCredential": [{"id": ONE, "revoked": "false"}]}, "status.format"),
    "the reason is an object": ({"revokedCredential": [{"id": ONE, "revocationReason": {}}]}, "status.format"),
    "the list is a text": ({"revokedCredential": ONE}, "status.format"),
    "the plural is a number": ({"revokedCredentials": 1}, "status.format"),
    "issuer is a list": ({"issuer": [ISSUER]}, "status.format"),
}


@pytest.mark.parametrize(("changes", "code"), REFUSED.values(), ids=REFUSED)
def test_a_list_that_could_be_misread_is_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Error) as refusal:
        read_revocation_list(_list(**changes), url=URL)
    assert refusal.value.code == code
    assert code in SENTENCES


def test_a_list_of_twenty_thousand_is_within_the_limits() -> None:
    revoked = {f"{ONE}/{number}": "Issued in error" for number in range(20_000)}
    written = jcs.canonicalize(revocation_list(id=URL, issuer=ISSUER, revoked=revoked))
    assert _revoked(strict_json.parse_object(written, LIMITS), f"{ONE}/19999")


_ID = st.from_regex(r"urn:[a-z]{1,3}:[A-Za-z0-9%_-]{1,8}", fullmatch=True)


@given(st.dictionaries(_ID, st.none() | st.text(max_size=5)), _ID)
def test_what_we_write_we_read(revoked: dict[str, str | None], asked: str) -> None:
    found = read_revocation_list(revocation_list(id=URL, issuer=ISSUER, revoked=revoked), url=URL)
    assert all(read_revocation(found, each).invalidates for each in revoked)
    if "%" not in "".join([*revoked, asked]):
        assert read_revocation(found, asked).invalidates == (asked in revoked)


_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from([ONE, URL]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "revoked", "revocationReason"]), inner)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["id", "issuer", "revokedCredential", "revokedCredentials"]), _VALUE))
def test_whatever_comes_as_a_list_is_read_or_refused_with_a_code(document: Any) -> None:
    code = refused_code(lambda: read_revocation_list({"id": URL, **document}, url=URL))
    assert code in {None, "status.verification", "status.format"}
