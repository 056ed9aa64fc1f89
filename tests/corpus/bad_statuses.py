"""Credentials whose status says that they do not count, or that cannot be found out: "could not check" is neither."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from tests.builders.contexts import EXTENSIONS
from tests.corpus.bad_documents import LOST, bad
from tests.corpus.case import ACCREDITED, Case, Findings, Kind, fails, unknown
from tests.corpus.documents import NINTH_SET, NONE_SET, SHORT, at, entry, pottery, registered, status_list
from tests.corpus.good import OWN_LIST, listed
from tests.corpus.issuers import NOW, POTTERY, REGISTERED, THIEF, Issuer, Json, signed_over_nothing


def url(name: str) -> str:
    return f"{POTTERY.base}/status/{name}"


def badge(*entries: Json, issuer: Issuer = POTTERY) -> Json:
    return POTTERY.sign(pottery(issuer, credentialStatus=entries[0] if len(entries) == 1 else list(entries)))


def _list(
    name: str, defect: str, found: tuple[str, str], *ids: str, served: Callable[[], Any] | None = None,
    index: int = 7, purpose: str = "revocation", body: Callable[[], Any] | None = None, also: Findings | None = None,
    **members: Any,
) -> Case:  # fmt: skip
    """A genuine badge with an entry of that list, which its host serves as `served`, or does not."""
    at_ = url(name)
    serves: Callable[[], Mapping[str, Any]] = dict if served is None else lambda: {at_: served()}
    return bad(
        name, "a genuine badge", defect, body or (lambda: badge(entry(at_, index, purpose=purpose, **members))),
        "status", {"status": found, **(also or {})}, *ids, serves=serves,
        kind=Kind.BAD if found[0] == "fail" else Kind.OPEN,
    )  # fmt: skip


def signed(name: str, **options: Any) -> Callable[[], Json]:
    return lambda: POTTERY.sign(status_list(url(name), **options))


def altered_list(name: str) -> Callable[[], Json]:
    return lambda: at(signed(name)(), "credentialSubject/encodedList", NONE_SET)


def unsigned_list(name: str) -> Callable[[], Json]:
    return lambda: status_list(url(name))


def revocations(name: str, issuer: str) -> Callable[[], Json]:
    revoked = [{"id": f"{POTTERY.base}/credentials/1"}]
    return lambda: {"id": url(name), "issuer": issuer, "revokedCredential": revoked}


def revocation_entry(name: str) -> Callable[[], Json]:
    status = {"id": url(name), "type": "1EdTechRevocationList"}
    return lambda: POTTERY.sign(at(pottery(credentialStatus=status), "@context/2", EXTENSIONS))


REVOKED, SUSPENDED = fails("status.revoked"), fails("status.suspended")
MESSAGES = [{"status": hex(number), "message": "x"} for number in range(3)]
STATUSES: tuple[Case, ...] = (
    _list("revoked", "it was revoked", REVOKED, served=signed("revoked"), index=9),
    _list("suspended", "it is suspended", SUSPENDED, served=signed("suspended", purpose="suspension"), index=9,
          purpose="suspension"),
    _list("revoked-token-list", "it was revoked, in a list that is a `vc+jwt`", REVOKED, index=9,
          served=lambda: POTTERY.vc_jose(status_list(url("revoked-token-list")))),
    _list("revoked-1edtech", "it was revoked, in a list of 1EdTech", REVOKED, served=revocations("revoked-1edtech",
        POTTERY.did),
          body=revocation_entry("revoked-1edtech")),
    bad("registered-revoked", "a genuine credential of an accredited program", "it was revoked",
        lambda: REGISTERED.sign(registered(credentialStatus=entry(OWN_LIST, 9))), "status",
        {**ACCREDITED, "status": REVOKED}, serves=lambda: listed(REGISTERED, OWN_LIST)),
    bad("revocation-clear-suspension-set", "a genuine badge with two entries", "it is suspended, by the second",
        lambda: badge(entry(url("two-a")), entry(url("two-b"), 9, purpose="suspension")), "status",
        {"status": SUSPENDED},
        "VJ-63", serves=lambda: {url("two-a"): signed("two-a")(), url("two-b"): signed("two-b",
        purpose="suspension")()}),
    bad("suspension-set-revocation-clear", "a genuine badge with two entries", "it is suspended, by the first",
        lambda: badge(entry(url("two-b"), 9, purpose="suspension"), entry(url("two-a"))), "status",
        {"status": SUSPENDED},
        "VJ-63"),
    bad("list-without-a-name", "a status list, by itself",
        "its id is empty, so that nothing is signed, and it was altered",
        lambda: at(signed_over_nothing(status_list(""), POTTERY), "credentialSubject/encodedList", NONE_SET),
        "coverage",
        {**LOST, "context": fails("context.order"), "schema": fails("schema.violation"),
        "validity": unknown("validity.not_read")}, "VJ-04"),
    _list("list-unsigned", "nobody signed the list", unknown("status.verification"), "SL-02",
        served=unsigned_list("list-unsigned")),
    _list("list-altered", "the bit was taken out of the list", unknown("status.verification"), "SL-02", index=9,
          served=altered_list("list-altered")),
    _list("list-by-the-thief", "the list is signed by another, in the issuer's name", unknown("status.verification"),
        "SL-02",
          served=lambda: THIEF.sign(status_list(url("list-by-the-thief")), method=POTTERY.method_id())),
    _list("list-of-another", "the list is another issuer's, and signed by it", unknown("status.issuer"), "SL-03",
          served=lambda: THIEF.sign(status_list(url("list-of-another"), issuer=THIEF))),
    _list("list-of-another-purpose", "the list is for suspensions", unknown("status.purpose"), "SL-04",
          served=signed("list-of-another-purpose", purpose="suspension")),
    _list("index-past-the-end", "the index is past the end of the list", unknown("status.range"), "SL-05",
          served=signed("index-past-the-end"), index=131_072),
    _list("list-too-short", "the list has half of the entries that hide who is in it", unknown("status.length"),
        "SL-07",
          served=signed("list-too-short", subject={"encodedList": SHORT})),
    _list("list-not-there", "its host has no such list", unknown("status.retrieval"), "SL-08"),
    _list("list-of-another-address", "the list says that it is at another address", unknown("status.verification"),
        "SL-10",
          served=lambda: POTTERY.sign(status_list(url("elsewhere")))),
    _list("list-out-of-date", "the list is out of date", unknown("status.stale"), "SL-11",
          served=signed("list-out-of-date", issued=NOW - timedelta(days=2))),
    _list("list-with-a-status", "the list has a status of its own, in itself", unknown("status.nested"), "SL-12",
          served=signed("list-with-a-status", credentialStatus=entry(url("list-with-a-status")))),
    _list("three-messages-for-two-bits", "two bits have three messages", unknown("status.format"), "SL-13",
          served=signed("three-messages-for-two-bits"), statusSize=2, statusMessage=MESSAGES),
    _list("size-zero", "an entry of no bits", unknown("status.format"), "SL-13", served=signed("size-zero"),
        statusSize=0),
    _list("size-huge", "an entry of a thousand million bits", unknown("status.format"), "SL-13",
        served=signed("size-huge"),
          statusSize=10**9),
    _list("list-no-prefix", "the list has no multibase prefix", unknown("status.encoding"), "SL-15",
          served=signed("list-no-prefix", subject={"encodedList": NINTH_SET[1:]})),
    _list("list-padded", "the list has padding", unknown("status.encoding"), "SL-15",
          served=signed("list-padded", subject={"encodedList": NINTH_SET + "="})),
    _list("list-a-page", "its host sends a page", unknown("status.format"), "SL-08",
        served=lambda: "<!doctype html><p>Moved"),
    _list("revocations-of-another", "the list of 1EdTech is another issuer's", unknown("status.issuer"), "SL-03",
          served=revocations("revocations-of-another", THIEF.did), body=revocation_entry("revocations-of-another")),
    *(
        _list(f"index-{name}", f"the index is {value}", unknown("status.index"), "VJ-65",
              served=signed(f"index-{name}"), statusListIndex=value)
        for name, value in (("negative", "-1"), ("too-large", str(2**63)), ("exponent", "1e3"), ("hexadecimal", "0x10"))
    ),
    _list("status-of-unknown-type", "a kind of status that nobody knows", unknown("status.unsupported"), "VJ-62",
          body=lambda: POTTERY.sign(pottery(credentialStatus={"id": url("x"),
          "type": "https://status.example/Other"}))),
)  # fmt: skip
