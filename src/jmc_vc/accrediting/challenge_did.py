"""What an issuer has to sign to show that a DID is its own.

The nonce says when it was made, and carries a hash over that moment, the issuer and the DID under a key of ours. So
none has to be kept: only ours is taken, for this DID of this issuer, for a week. It is good for one registration, as
one that is older than what was last recorded of the DID counts no more."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from jmc_vc.accrediting.outside_place import require_outside
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.outside_did import OutsideDid
from jmc_vc.errors import Conflict, Unacceptable
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.encoding.base64url import NotBase64Url
from jmc_vc.formats.jose.numeric_date import EPOCH
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.storage.database import Database

LIFETIME = timedelta(days=7)
"""The issuer's administrator signs it by hand, and then two of our operators look at it."""
_MOMENT_BYTES = 8
_HASH_BYTES = 32
_LENGTH = -(-(_MOMENT_BYTES + _HASH_BYTES) * 4 // 3)
"""Characters of a nonce."""


class ForeignChallenge(Unacceptable):
    """The nonce is none of ours, or was made for another issuer or DID."""

    code = "did.challenge"


class ChallengeExpired(Unacceptable):
    """The nonce is too old."""

    code = "did.challenge_expired"


class ChallengeAhead(Unacceptable):
    """The nonce was made while our clock was ahead."""

    code = "did.challenge_ahead"


class ChallengeUsed(Conflict):
    """Since the nonce was made the DID was registered or ended: it would be taken a second time."""

    code = "did.challenge_used"


@dataclass(frozen=True, kw_only=True)
class DidChallenge:
    """What the proof has to say: `nonce` and `aud`, until `expires_at`."""

    nonce: str
    audience: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class ChallengeDid:
    """A challenge for a DID of an issuer."""

    database: Database
    kek: KeyEncryptionKey
    site: Site

    def __call__(self, slug: str, did: str, *, now: datetime) -> DidChallenge:
        """The challenge. Raises IssuerNotFound, what `require_outside` raises, and WrongKey."""
        require_outside(did, self.site)
        with self.database.read() as snapshot:
            snapshot.issuers.registered(slug)
        made = (now - EPOCH) // timedelta(microseconds=1)
        nonce = base64url.encode(made.to_bytes(_MOMENT_BYTES) + _hash(self.kek, slug, did, made))
        return DidChallenge(nonce=nonce, audience=self.site.did, expires_at=now + LIFETIME)


def when_challenged(nonce: str, kek: KeyEncryptionKey, slug: str, did: str, *, now: datetime) -> datetime:
    """When `nonce` was made for `did` of the issuer `slug`. Raises ForeignChallenge, ChallengeAhead,
    ChallengeExpired, WrongKey."""
    try:
        read = base64url.decode(nonce) if len(nonce) == _LENGTH else b""
    except NotBase64Url as err:
        raise ForeignChallenge from err
    made = int.from_bytes(read[:_MOMENT_BYTES])
    if not hmac.compare_digest(read[_MOMENT_BYTES:], _hash(kek, slug, did, made)):
        raise ForeignChallenge
    then = EPOCH + timedelta(microseconds=made)
    if then > now:
        raise ChallengeAhead  # it would count as newer than whatever is recorded of the DID, time and again
    if now - then > LIFETIME:
        raise ChallengeExpired
    return then


def require_unused(challenged_at: datetime, known: OutsideDid | None) -> None:
    """Raises ChallengeUsed when something was recorded of the DID since then."""
    if known is not None and challenged_at <= max(known.registered_at, known.ended_at or known.registered_at):
        raise ChallengeUsed


def _hash(kek: KeyEncryptionKey, slug: str, did: str, made: int) -> bytes:
    # Neither a slug nor a DID has a line break, so no two questions have one text.
    return kek.lookup_hash("did-challenge", f"{slug}\n{did}\n{made}")
