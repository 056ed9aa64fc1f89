"""The entries of our log: one spelling, closed types, and nothing of a person."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.jcs import canonicalize, digest
from jmc_vc.formats.transparency.entry_types import (
    AuditHead,
    CredentialIssued,
    DidDocumentPublished,
    IssuerChanged,
    KeyChanged,
    LogEntry,
    LogRestarted,
    ProgramChanged,
    StatusChanged,
)
from jmc_vc.formats.transparency.log_entry import ENTRY_TYPES, credential_digest, read_log_entry, write_log_entry
from tests.builders.keys import did_key
from tests.builders.refusals import refused_code

AT = datetime(2026, 10, 5, 1, tzinfo=UTC)
HASH = base64url.encode(bytes(range(32)))
DID = "did:web:localhost%3A8000:issuers:example-university"

ENTRIES: dict[str, LogEntry] = {
    "credential": CredentialIssued(
        at=AT, issuer=DID, kid="key-1", format="json", list_number=1, status_index=94_567, digest=HASH
    ),
    "status": StatusChanged(at=AT, issuer=DID, list_number=1, status_index=94_567, state="revoked"),
    "program": ProgramChanged(
        at=AT,
        number="JMC-P-000123",
        version="1.2",
        event="approved",
        content_digest=digest({}),
        decision="JMC-D-2026-0012",
    ),
    "key": KeyChanged(
        at=AT,
        owner=DID,
        kid="key-2",
        algorithm="Ed25519",
        public_key=did_key().removeprefix("did:key:"),
        event="compromised",
        since=AT - timedelta(days=3),
    ),
    "did-document": DidDocumentPublished(at=AT, did=DID, digest=digest({"id": DID})),
    "issuer": IssuerChanged(at=AT, did=DID, number="JMC-I-00001", event="registered"),
    "audit-head": AuditHead(at=AT, entries=1_234, hash=HASH),
    "restart": LogRestarted(at=AT, reason="restored", origin="log.example/public", size=900, root=HASH, kept=850),
}


def written(name: str, /, **changed: Any) -> bytes:
    """An entry with some members changed, or left out where the new value is `...`."""
    members = {**json.loads(write_log_entry(ENTRIES[name])), **changed}
    return canonicalize({member: value for member, value in members.items() if value is not ...})


def read_code(data: bytes) -> str | None:
    return refused_code(lambda: read_log_entry(data))


def test_there_is_an_example_of_every_type() -> None:
    assert ENTRIES.keys() == ENTRY_TYPES.keys()


@pytest.mark.parametrize("name", ENTRIES)
def test_an_entry_comes_back(name: str) -> None:
    data = write_log_entry(ENTRIES[name])
    assert json.loads(data)["type"] == name
    assert read_log_entry(data) == ENTRIES[name]


def test_an_entry_is_canonical_json() -> None:
    assert write_log_entry(ENTRIES["status"]).decode() == (
        f'{{"at":"2026-10-05T01:00:00Z","index":94567,"issuer":"{DID}","list":1,"state":"revoked","type":"status"}}'
    )


@pytest.mark.parametrize("name", ENTRY_TYPES)
def test_every_required_member_is_required_and_no_other_is_taken(name: str) -> None:
    for member in ("at", *ENTRY_TYPES[name].required):
        for value in (..., None, [1]):
            assert read_code(written(name, **{member: value})) == "log.entry"
    for extra in ("name", "id", "uuid", "awardedDate", "reason2"):
        assert read_code(written(name, **{extra: "x"})) == "log.entry"


MISFITS: dict[str, tuple[str, dict[str, Any]]] = {
    "time with an offset": ("credential", {"at": "2026-10-05T10:00:00+09:00"}),
    "time with a fraction": ("credential", {"at": "2026-10-05T01:00:00.5Z"}),
    "time without zone": ("credential", {"at": "2026-10-05T01:00:00"}),
    "time as a number": ("credential", {"at": 1_790_000_000}),
    "day that no calendar has": ("credential", {"at": "2026-02-30T01:00:00Z"}),
    "an address for a DID": ("credential", {"issuer": "https://mc.example.jp/credentials/1"}),
    "DID with a fragment": ("credential", {"issuer": f"{DID}#key-1"}),
    "DID with a path": ("credential", {"issuer": f"{DID}/a"}),
    "DID of ten thousand": ("credential", {"issuer": "did:web:" + "a" * 2_000}),
    "blank in a kid": ("credential", {"kid": "key 1"}),
    "Japanese in a kid": ("credential", {"kid": "鍵"}),
    "unknown format": ("credential", {"format": "pdf"}),
    "list below zero": ("credential", {"list": -1}),
    "list in text": ("credential", {"list": "1"}),
    "true for a number": ("credential", {"index": True}),
    "half a number": ("credential", {"index": 0.5}),
    "digest of 31 bytes": ("credential", {"digest": base64url.encode(bytes(31))}),
    "digest in hex": ("credential", {"digest": bytes(32).hex()}),
    "digest with unused bits": ("credential", {"digest": HASH[:-1] + "9"}),
    "digest padded": ("credential", {"digest": f"{HASH}="}),
    "unknown state": ("status", {"state": "lost"}),
    "state in capitals": ("status", {"state": "Revoked"}),
    "program number of another form": ("program", {"number": "JMC-I-00001"}),
    "version zero": ("program", {"version": "0"}),
    "unknown event": ("program", {"event": "liked"}),
    "content digest in capitals": ("program", {"contentDigest": "SHA-256:" + "0" * 64}),
    "approved without decision": ("program", {"decision": ...}),
    "submitted with decision": ("program", {"event": "submitted"}),
    "decision in words": ("program", {"decision": "理事会"}),
    "decision null": ("program", {"event": "suspended", "decision": None}),
    "key of another base": ("key", {"publicKeyMultibase": "u" + HASH}),
    "unknown algorithm": ("key", {"algorithm": "RSA1"}),
    "compromised without since": ("key", {"since": ...}),
    "since without compromise": ("key", {"event": "retired"}),
    "since a date": ("key", {"since": "2026-10-01"}),
    "issuer number of another form": ("issuer", {"number": "7"}),
    "own DID registered without its document": ("issuer", {"event": "did-registered"}),
    "document of a registration": ("issuer", {"documentDigest": digest({})}),
    "document of an ended DID": ("issuer", {"event": "did-ended", "documentDigest": digest({})}),
    "count below zero": ("audit-head", {"entries": -1}),
    "reason in words": ("restart", {"reason": "山田さんが消した"}),
    "origin with a blank": ("restart", {"origin": "a b"}),
}


def test_an_issuers_own_did_comes_with_its_document() -> None:
    entry = IssuerChanged(
        at=AT, did="did:web:example.ac.jp", number="JMC-I-00001", event="did-registered", document_digest=digest({})
    )
    assert read_log_entry(write_log_entry(entry)) == entry


@pytest.mark.parametrize(("name", "changed"), MISFITS.values(), ids=MISFITS)
def test_a_member_that_does_not_fit_is_refused(name: str, changed: dict[str, Any]) -> None:
    assert read_code(written(name, **changed)) == "log.entry"


GOOD = write_log_entry(ENTRIES["status"])
OTHERWISE_WRITTEN = {
    "with blanks": (json.dumps(json.loads(GOOD)).encode(), "log.entry_syntax"),
    "in another order": (canonicalize({"type": "status"})[:-1] + b"," + GOOD[1:].replace(b',"type":"status"', b""),
                         "log.entry_syntax"),
    "number with an exponent": (GOOD.replace(b"94567", b"9.4567e4"), "log.entry_syntax"),
    "escaped letter": (GOOD.replace(b"revoked", b"revoke\\u0064"), "log.entry_syntax"),
    "newline behind": (GOOD + b"\n", "log.entry_syntax"),
    "unknown type": (written("status", type="visit"), "log.entry_syntax"),
    "no type": (written("status", type=...), "log.entry_syntax"),
    "type a list": (written("status", type=["status"]), "log.entry_syntax"),
    "number of 2^53": (GOOD.replace(b"94567", b"%d" % 2**53), "log.entry_syntax"),
    "no JSON": (b"hello", "parse.syntax"),
    "no object": (b"[]", "parse.not_an_object"),
    "nothing": (b"", "parse.syntax"),
    "a member twice": (GOOD.replace(b'"list":1', b'"list":1,"list":1'), "parse.duplicate_key"),
    "no UTF-8": (b"\xff", "parse.encoding"),
    "too deep": (written("status", state=[[[]]]), "parse.depth"),
    "too long": (written("status", state="x" * 5_000), "parse.size"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "code"), OTHERWISE_WRITTEN.values(), ids=OTHERWISE_WRITTEN)
def test_the_same_in_other_bytes_is_no_entry(data: bytes, code: str) -> None:
    assert read_code(data) == code


def test_what_does_not_fit_is_not_written_either() -> None:
    credential = ENTRIES["credential"]
    assert isinstance(credential, CredentialIssued)
    for entry in (
        replace(credential, at=AT.replace(tzinfo=None)),
        replace(credential, issuer="Example University"),
        replace(credential, list_number=-1),
        replace(credential, format="pdf"),
        replace(credential, digest=""),
    ):
        assert refused_code(partial(write_log_entry, entry)) == "log.entry"


def test_times_are_written_in_utc_to_the_second() -> None:
    japan = AT.astimezone(timezone(timedelta(hours=9))).replace(microsecond=999_999)
    assert write_log_entry(replace(ENTRIES["status"], at=japan)) == GOOD


def test_the_largest_entry_is_within_the_limits() -> None:
    longest = "did:web:" + "a" * 992
    shortest = ENTRIES["key"]
    assert isinstance(shortest, KeyChanged)
    key = replace(shortest, owner=longest, kid="k" * 128, algorithm="RSA", public_key="z" * 721)
    assert read_log_entry(write_log_entry(key)) == key


def test_a_digest_is_over_the_salt_and_the_hash_of_the_signature() -> None:
    salt, signature = bytes(range(16)), b"signature"
    expected = sha256(salt + sha256(signature).digest()).digest()
    assert credential_digest(salt, signature) == base64url.encode(expected)
    assert credential_digest(bytes(16), signature) != credential_digest(salt, signature)
    with pytest.raises(ValueError, match="16"):
        credential_digest(b"short", signature)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=8), lambda inner: st.lists(inner, max_size=2)
)


@given(st.sampled_from(sorted(ENTRIES)), st.data())
def test_whatever_stands_in_a_member_is_read_or_refused(name: str, data: st.DataObject) -> None:
    member = data.draw(st.sampled_from(sorted(json.loads(write_log_entry(ENTRIES[name])))))
    changed = written(name, **{member: data.draw(JSON)})
    if read_code(changed) is None:
        assert write_log_entry(read_log_entry(changed)) == changed
