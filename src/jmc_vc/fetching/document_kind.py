"""What is fetched from other hosts: one row for each kind of document, and nothing that has no row.

A row says how large the document may be, how long an answer counts as fresh whatever its host says about it, and how
long an older copy may still be shown, marked as such, when the host does not answer.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

_KIB = 1024
_MIB = 1024 * _KIB
_NEVER = timedelta(0)


@dataclass(frozen=True, kw_only=True)
class Freshness:
    """How long an answer counts as fresh: `usual` where it says nothing; its `max-age` within `least` and `most`."""

    least: timedelta
    usual: timedelta
    most: timedelta


class DocumentKind(StrEnum):
    """The kinds; the value is what figures and logs call them."""

    DID_DOCUMENT = "did-document"
    KEY_SET = "key-set"
    STATUS_LIST = "status-list"
    REVOCATION_LIST = "revocation-list"
    CREDENTIAL = "credential"

    @property
    def row(self) -> "DocumentRow":
        """Its limits."""
        return DOCUMENTS[self]


@dataclass(frozen=True, kw_only=True)
class DocumentRow:
    """`largest` in bytes; `accept` is the header of that name; `stale_for` counts from the fetching, not from the end
    of freshness, and is at most six hours."""

    largest: int
    accept: str
    freshness: Freshness
    stale_for: timedelta

    @property
    def kept(self) -> bool:
        """Whether a copy is kept at all."""
        return self.freshness.most > _NEVER


_KEYS = Freshness(least=timedelta(seconds=30), usual=timedelta(minutes=5), most=timedelta(hours=1))
"""Keys change seldom; a key that was stolen is withdrawn, and after an hour at most everybody should know."""
_STATUS = Freshness(least=timedelta(seconds=5), usual=timedelta(minutes=1), most=timedelta(minutes=5))
"""A revocation shows soon; and a list that all graduates of a course share is not asked for each of them."""
_LONGEST_STALE = timedelta(hours=6)

DOCUMENTS = {
    DocumentKind.DID_DOCUMENT: DocumentRow(
        largest=64 * _KIB,  # the documents of issuers with some dozens of keys have 20 KiB
        accept="application/did+json, application/did+ld+json, application/json;q=0.9",
        freshness=_KEYS,
        stale_for=_LONGEST_STALE,
    ),
    DocumentKind.KEY_SET: DocumentRow(
        largest=64 * _KIB,
        accept="application/jwk-set+json, application/jwk+json, application/json;q=0.9",
        freshness=_KEYS,
        stale_for=_LONGEST_STALE,
    ),
    DocumentKind.STATUS_LIST: DocumentRow(
        largest=2 * _MIB,  # a list of a million entries, each with one bit that compresses badly, has 175 KiB
        accept="application/vc+jwt, application/statuslist+jwt, application/vc, application/ld+json, application/json",
        freshness=_STATUS,
        stale_for=_LONGEST_STALE,
    ),
    DocumentKind.REVOCATION_LIST: DocumentRow(
        largest=2 * _MIB,  # 20,000 revoked credentials with their reasons
        accept="application/json, application/ld+json",
        freshness=_STATUS,
        stale_for=_LONGEST_STALE,
    ),
    # A person's data: what stands there now or nothing, and no copy stays with us.
    DocumentKind.CREDENTIAL: DocumentRow(
        largest=1 * _MIB,  # what a verification takes as a file
        accept="application/vc+jwt, application/vc, application/vc+sd-jwt, application/ld+json, application/json, "
        "image/png;q=0.9, image/svg+xml;q=0.9, text/plain;q=0.8",
        freshness=Freshness(least=_NEVER, usual=_NEVER, most=_NEVER),
        stale_for=_NEVER,
    ),
}
