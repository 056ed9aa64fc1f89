"""Status lists: built from rows, signed by the issuer's active key, stored and served as ready bytes.

https://www.w3.org/TR/vc-bitstring-status-list/. A list is signed anew when a bit has changed (at most once a second,
however many change), when half of its validity is spent, and when its key is no longer the issuer's active one. It goes
on being signed for an issuer that is suspended or whose registration has ended (INV-26); only *credentials* are not.

Reading, signing and storing are three steps, and only the last is a write transaction: a slow signer holds no lock.
Several processes may do this at once: `change` and the time of signing decide which list stays, so none takes a
revocation back."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

import orjson

from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.signing_key import SigningKey
from jmc_vc.domain.status_list import StatusList, StatusPurpose
from jmc_vc.errors import NotFound, Unavailable
from jmc_vc.formats import strict_json
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import read_proofs
from jmc_vc.formats.data_integrity.verify_proof import verify_proof
from jmc_vc.formats.jsonld import Contexts
from jmc_vc.formats.status import bitstring
from jmc_vc.formats.status.status_list_credential import status_list_credential
from jmc_vc.signing.keyring import Keyring
from jmc_vc.storage.database import Database
from jmc_vc.storage.status_lists import PublishedStatusList
from jmc_vc.storage.transaction import Snapshot

CRYPTOSUITE = "eddsa-rdfc-2022"
_LEAST_AGE = timedelta(seconds=1)
"""A list is not signed more often than this: revoking a thousand credentials one by one needs a few signatures."""


class StatusListNotFound(NotFound):
    """There is no such list, or no such purpose."""

    code = "status_list.not_found"


class NoStatusKey(Unavailable):
    """The list must be signed, and its issuer has no active key."""

    code = "status_list.no_key"


@dataclass(frozen=True, kw_only=True)
class PublishStatusList:
    """The list of a number and a purpose, as it is served. `valid_for` at most 24 hours, `ttl` at most 5 seconds."""

    database: Database
    keyring: Keyring
    site: Site
    contexts: Contexts
    valid_for: timedelta
    ttl: timedelta
    _served: dict[tuple[int, StatusPurpose], "_Served"] = field(default_factory=dict, repr=False, compare=False)
    _signing: set[tuple[int, StatusPurpose]] = field(default_factory=set, repr=False, compare=False)
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    def __call__(self, number: int, purpose: str, *, now: datetime) -> PublishedStatusList:
        """The list. Raises StatusListNotFound; NoStatusKey or a signer's error if there is no valid list to serve."""
        name = (number, _purpose(purpose))
        with self.database.read() as snapshot:
            status_list = snapshot.status_lists.get(number)
            if status_list is None:
                raise StatusListNotFound
            served = self._newest(snapshot, name, status_list)
            key = snapshot.signing_keys.active(status_list.issuer)
            if served is not None and self._may_stay(served, status_list, key, now):
                return served.published
            bits = snapshot.credentials.set_bits(number, name[1])
        with self._lock:
            if served is not None and name in self._signing and now < served.published.valid_until:
                return served.published  # another thread is at it; one second of age is what we promise anyway
            self._signing.add(name)
        try:
            return self._renewed(status_list, name, bits, key, served=served, now=now)
        finally:
            with self._lock:
                self._signing.discard(name)

    def ensure(self, number: int, now: datetime) -> None:
        """See that the list can be fetched, before a credential that names it leaves."""
        served = self._served.get((number, StatusPurpose.REVOCATION))
        if served is None or now >= served.published.valid_until:
            self(number, StatusPurpose.REVOCATION, now=now)

    def _newest(self, snapshot: Snapshot, name: tuple[int, StatusPurpose], status_list: StatusList) -> "_Served | None":
        """What this process served last, or what another process has stored since."""
        served = self._served.get(name)
        if served is not None and served.published.change == status_list.change:
            return served
        stored = snapshot.status_lists.published(*name)
        return None if stored is None else self._remember(name, stored)

    def _may_stay(self, served: "_Served", status_list: StatusList, key: SigningKey | None, now: datetime) -> bool:
        published = served.published
        if now >= published.valid_until:
            return False
        if key is None:
            return True  # nobody can sign a newer one
        age = now - published.signed_at
        if timedelta(0) <= age < _LEAST_AGE:
            return True
        if published.change != status_list.change:
            return False
        if age < timedelta(0):
            return True  # of a machine whose clock is ahead of ours: what we sign now would not replace it
        half = (published.valid_until - published.signed_at) / 2
        return served.kid == key.kid and age < half

    def _renewed(
        self,
        status_list: StatusList,
        name: tuple[int, StatusPurpose],
        bits: list[int],
        key: SigningKey | None,
        *,
        served: "_Served | None",
        now: datetime,
    ) -> PublishedStatusList:
        if key is None:
            raise NoStatusKey
        signed = self._signed(status_list, name, bits, key, now)
        try:
            with self.database.begin() as tx:
                # A key that was retired or reported stolen while we signed must not get its list out (invariant 7).
                active = tx.signing_keys.active(status_list.issuer)
                if active is None or active.kid != key.kid:
                    raise NoStatusKey
                published = tx.status_lists.publish(signed)
                newest = signed if published else tx.status_lists.published(*name) or signed
        except Unavailable:
            # A database that takes no changes has no new revocation either: what is served is still true.
            if served is None or now >= served.published.valid_until:
                raise
            return served.published
        return self._remember(name, newest).published

    def _signed(
        self,
        status_list: StatusList,
        name: tuple[int, StatusPurpose],
        bits: list[int],
        key: SigningKey,
        now: datetime,
    ) -> PublishedStatusList:
        number, purpose = name
        issuer = self.site.issuer_did(status_list.issuer)
        signer = self.keyring.signer(key)
        signed_at = now.replace(microsecond=0)  # what the list says of itself is told in seconds
        document = status_list_credential(
            id=self.site.status_list(number, purpose),
            issuer=issuer,
            purpose=purpose,
            encoded_list=bitstring.encode(bits, status_list.size),
            valid_from=signed_at,
            valid_until=signed_at + self.valid_for,
            ttl_ms=self.ttl // timedelta(milliseconds=1),
        )
        secured = add_proof(
            document,
            cryptosuite=CRYPTOSUITE,
            verification_method=f"{issuer}#{key.kid}",
            created=signed_at,
            sign=signer.sign,
            contexts=self.contexts,
        )
        body = orjson.dumps(secured)
        # Read back as a verifier would: a signer that answers wrongly must not replace a good list by a bad one.
        (proof,) = read_proofs(strict_json.parse_object(body))
        verify_proof(Unsecured(secured, self.contexts), proof, signer.public_key)
        return PublishedStatusList(
            number=number,
            purpose=purpose,
            change=status_list.change,
            body=body,
            etag=hashlib.sha256(body).hexdigest()[:32],
            signed_at=now,
            valid_until=signed_at + self.valid_for,
        )

    def _remember(self, name: tuple[int, StatusPurpose], published: PublishedStatusList) -> "_Served":
        method = orjson.loads(published.body)["proof"]["verificationMethod"]
        served = _Served(published=published, kid=method.partition("#")[2])
        with self._lock:
            known = self._served.get(name)
            if known is None or _order(known) <= _order(served):
                self._served[name] = served
                return served
            return known


@dataclass(frozen=True, kw_only=True)
class _Served:
    """A published list with the key that signed it."""

    published: PublishedStatusList
    kid: str


def _order(served: _Served) -> tuple[int, datetime]:
    return served.published.change, served.published.signed_at


def _purpose(text: str) -> StatusPurpose:
    try:
        return StatusPurpose(text)
    except ValueError:
        raise StatusListNotFound from None
