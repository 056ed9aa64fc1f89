"""What a status list on another host says of a credential, from what was fetched.

Only the issuer of a credential can take it back, so a list counts when that issuer's own key signed it. A 1EdTech
revocation list bears no signature: the address in the signed credential and TLS vouch for it. A list that is out of
date by its own word, or older than one seen before at its address, says nothing (SL-11); nor does one that has a status
of its own, which is never followed (SL-12).
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from jmc_vc.domain.identifiers import Site
from jmc_vc.errors import Error, Malformed, TooLarge
from jmc_vc.fetching.document_kind import DocumentKind
from jmc_vc.formats.did.document import VerificationMethod
from jmc_vc.formats.jose import compact_jws
from jmc_vc.formats.jose.key_reference import claimed_key, key_reference
from jmc_vc.formats.jose.token_kind import require_type
from jmc_vc.formats.status import token_status_list
from jmc_vc.formats.status.compressed import StatusListTooLarge
from jmc_vc.formats.status.entry import (
    BadStatusFormat,
    BitstringStatusListEntry,
    RevocationListEntry,
)
from jmc_vc.formats.status.freshness import require_fresh
from jmc_vc.formats.status.result import REVOCATION, SUSPENSION, StatusResult
from jmc_vc.formats.status.revocation_list import LIMITS, read_revocation, read_revocation_list
from jmc_vc.formats.status.status_list_credential import WrongList, WrongListIssuer, read_status, read_status_list
from jmc_vc.formats.status.token_status_list import (
    TokenStatus,
    TokenStatusReference,
    read_status_list_claims,
    read_token_status,
)
from jmc_vc.formats.strict_json import parse_object
from jmc_vc.verifying.detect import Detected, Notation, is_token
from jmc_vc.verifying.evidence import ProofEvidence
from jmc_vc.verifying.known_signatures import KnownSignatures
from jmc_vc.verifying.outside import Need
from jmc_vc.verifying.presented import Entry, Secured, Stated, read_secured
from jmc_vc.verifying.presented_token import PresentedToken
from jmc_vc.verifying.published_keys import is_https
from jmc_vc.verifying.signatures import Grounds, Signatures
from jmc_vc.verifying.unobtained import status_list_from

SKEW: Final = timedelta(minutes=5)
"""How far the clock of a list's issuer may differ from ours, under any policy: what is asked is what the list says."""
MOST_REMEMBERED: Final = 10_000
"""Addresses whose newest date is kept: two megabytes."""

_TOKEN_STATES: Final = {
    TokenStatus.VALID: (REVOCATION, 0),
    TokenStatus.INVALID: (REVOCATION, 1),
    TokenStatus.SUSPENDED: (SUSPENSION, 1),
}


class ListNotVerified(WrongList):
    """The list is not signed, or not rightly, or not by the issuer's own key."""


@dataclass(frozen=True)
class NewestLists:
    """The date of the newest list seen at each address, as long as this process lives; those longest not seen are
    forgotten first."""

    _seen: OrderedDict[str, datetime] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def require_none_newer(
        self, address: str, issued: datetime | None, expires: datetime | None, now: datetime
    ) -> None:
        """Raises status.stale for a list that is out of date, or older than one seen before; and remembers it."""
        with self._lock:
            newest = self._seen.get(address)
            require_fresh(issued=issued, expires=expires, now=now, skew=SKEW, newest_seen=newest)
            if issued is not None:
                self._seen[address] = issued
                self._seen.move_to_end(address)
                if len(self._seen) > MOST_REMEMBERED:
                    self._seen.popitem(last=False)


@dataclass(frozen=True, kw_only=True)
class ForeignLists:
    """Reads them."""

    site: Site
    signatures: Signatures
    newest: NewestLists = field(default_factory=NewestLists)
    known: KnownSignatures = field(default_factory=KnownSignatures)

    def needs(self, presented: Stated, keys: tuple[Need | None, ...]) -> tuple[Need | None, ...]:
        """The lists that lie elsewhere, and the keys of the issuer, who has to have signed them; nothing for what will
        not be believed anyway. `keys` are those by which the signatures are judged: of an issuer with a DID, its
        document is among them if it is to be had elsewhere at all."""
        lists = [self._need(each) for each in presented.statuses if not isinstance(each, Error)]
        issuer_id = presented.issuer_id
        if issuer_id is None or not any(lists) or not self.signatures.may_hold(presented):
            return ()
        if any(keys) and not is_https(issuer_id):
            return tuple(lists)
        return (self.signatures.find_key.keys_need(issuer_id), *lists)

    def __call__(self, entry: Entry, presented: Stated, grounds: Grounds, now: datetime) -> StatusResult:
        """What the list of `entry` says. Raises status.*, whatever is wrong with the list."""
        need = self._need(entry)
        if need is None:
            raise WrongListIssuer  # it is to lie here, and we have none of that address
        body = status_list_from(grounds.documents.outside, need)
        grounds.work.lists.read_again(body)
        try:
            match entry:
                case RevocationListEntry():
                    return self._revocation(body, entry, presented)
                case BitstringStatusListEntry():
                    return self._bitstring(body, entry, presented, grounds, now)
                case TokenStatusReference():
                    return self._token(body, entry, presented, grounds, now)
        except TooLarge as err:
            raise StatusListTooLarge from err
        except Error as err:
            if err.code.startswith("status."):
                raise
            raise (BadStatusFormat if isinstance(err, Malformed) else ListNotVerified) from err

    def _need(self, entry: Entry) -> Need | None:
        """Where the list of `entry` lies, if elsewhere, at an address that may be opened."""
        kind = DocumentKind.REVOCATION_LIST if isinstance(entry, RevocationListEntry) else DocumentKind.STATUS_LIST
        here = entry.list_url.startswith(f"{self.site.base_url}/")
        return None if here else Need(entry.list_url, kind)

    def _revocation(self, body: bytes, entry: RevocationListEntry, presented: Stated) -> StatusResult:
        found = read_revocation_list(parse_object(body, LIMITS), url=entry.list_url)
        if found.issuer is not None and found.issuer != presented.issuer_id:
            raise WrongListIssuer(pointer="/issuer")
        credential_id = presented.document.get("id")
        if not isinstance(credential_id, str):  # then no list can name it
            raise BadStatusFormat(pointer="/id")
        return read_revocation(found, credential_id)

    def _bitstring(
        self, body: bytes, entry: BitstringStatusListEntry, presented: Stated, grounds: Grounds, now: datetime
    ) -> StatusResult:
        token = is_token(body)
        secured = read_secured(Detected(Notation.TOKEN, body.strip()) if token else Detected(Notation.JSON, body))
        if secured.issuer_id != presented.issuer_id:
            raise WrongListIssuer(pointer="/issuer")
        self._require_signed(secured, grounds, now)
        found = read_status_list(secured.document, url=entry.list_url, purpose=entry.purpose)
        issued = None if found.valid_from is None else found.valid_from.instant
        ends = [None if found.valid_until is None else found.valid_until.instant]
        if isinstance(secured.token, PresentedToken):
            ends.append(secured.token.expires)
        self.newest.require_none_newer(entry.list_url, issued, min(filter(None, ends), default=None), now)
        return read_status(found, entry, unpack=grounds.work.lists.unpack)

    def _require_signed(self, secured: Secured, grounds: Grounds, now: datetime) -> None:
        """Raises ListNotVerified unless every signature is right and by the issuer's key, and covers all of the list.
        Lists of our own issuers lie here and nowhere else, so one of them elsewhere was not made by us."""
        found = self.signatures(secured, grounds, self.known)
        if not found or not all(_holds(each, secured.issuer_id, now) for each in found):
            raise ListNotVerified
        if self.signatures.read_as_linked_data(secured, found) != (None, None):
            raise ListNotVerified

    def _token(
        self, body: bytes, reference: TokenStatusReference, presented: Stated, grounds: Grounds, now: datetime
    ) -> StatusResult:
        jws = compact_jws.read(body.decode("ascii", "replace").strip())
        require_type(jws.header, token_status_list.TYP)
        claims = jws.claims()
        if claims.get("iss", presented.issuer_id) != presented.issuer_id:
            raise WrongListIssuer(pointer="/iss")
        kid, jwk = key_reference(jws.header), claimed_key(jws.header)
        method = self.signatures.find_key.of_token(kid, jwk, presented.issuer_id, grounds.documents)
        if method.controller != presented.issuer_id:
            raise WrongListIssuer(pointer="/kid")
        grounds.work.rsa_keys.verify(jws, method.public_key)
        found = read_status_list_claims(claims, url=reference.list_url)
        if not _counted(method, found.issued, now):
            raise ListNotVerified
        self.newest.require_none_newer(reference.list_url, found.issued, found.expires, now)
        purpose, value = _TOKEN_STATES[read_token_status(found, reference)]
        return StatusResult(purpose=purpose, value=value, message=None)


def _holds(each: ProofEvidence, issuer_id: str | None, now: datetime) -> bool:
    return (
        each.signer == issuer_id
        and each.own_key is None
        and isinstance(each.method, VerificationMethod)
        and each.signature is None
        and (each.expires is None or each.expires + SKEW >= now)
        and _counted(each.method, each.made or now, now)
    )


def _counted(method: VerificationMethod, made: datetime, now: datetime) -> bool:
    """Whether the key still counted when the list was made, by its own word, and counts now: once it has ended, nothing
    but that word would speak for the list."""
    return all(end is None or max(made, now) <= end for end in (method.expires, method.revoked))
