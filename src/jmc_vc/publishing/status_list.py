"""Status lists: built from rows, signed by the issuer's active key, stored and served as ready bytes.

What the lists of each form say is in `signed_list`. A list is signed anew when a state has changed (at most once a
second, however many change), when half of its validity is spent, and when its key is no longer the issuer's active one.
It goes on being signed for an issuer that is suspended or whose registration has ended (INV-26); only *credentials* are
not. What a stolen key signed is served to nobody any more, even if there is no other key yet: whoever asks, learns that
the status is unknown now.

Reading, signing and storing are three steps, and only the last is a write transaction: a slow signer holds no lock.
Several processes may do this at once: `change` and the time of signing decide which list stays, so none takes a
revocation back."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.signing_key import KeyState, SigningKey
from jmc_vc.domain.status_list import ListForm, StatusList, StatusPurpose
from jmc_vc.errors import NotFound, Unavailable
from jmc_vc.formats.jsonld import Contexts
from jmc_vc.formats.signature import BadSignature
from jmc_vc.publishing.signed_list import ALGORITHMS, PURPOSES, ListContent, signed
from jmc_vc.signing.keyring import Keyring, KeyUnusable
from jmc_vc.storage.database import Database
from jmc_vc.storage.status_lists import PublishedStatusList
from jmc_vc.storage.transaction import Snapshot

_LEAST_AGE = timedelta(seconds=1)
"""A list is not signed more often than this: revoking a thousand credentials one by one needs a few signatures."""


class StatusListNotFound(NotFound):
    """There is no such list, or none in this form."""

    code = "status_list.not_found"


class NoStatusKey(Unavailable):
    """The list must be signed, and its issuer has no active key."""

    code = "status_list.no_key"


@dataclass(frozen=True, kw_only=True)
class PublishStatusList:
    """The list of a number in a form, as it is served. `valid_for` at most 24 hours, `ttl` at most 5 seconds."""

    database: Database
    keyring: Keyring
    site: Site
    contexts: Contexts
    valid_for: timedelta
    ttl: timedelta
    _served: dict[tuple[int, ListForm], PublishedStatusList] = field(default_factory=dict, repr=False, compare=False)
    _signing: set[tuple[int, ListForm]] = field(default_factory=set, repr=False, compare=False)
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    def __call__(self, number: int, form: str, *, now: datetime) -> PublishedStatusList:
        """The list. Raises StatusListNotFound; NoStatusKey or a signer's error if there is no valid list to serve."""
        name = (number, _form(form))
        with self.database.read() as snapshot:
            status_list = snapshot.status_lists.get(number)
            if status_list is None:
                raise StatusListNotFound
            served = self._newest(snapshot, name, status_list)
            key = snapshot.signing_keys.active(status_list.issuer, ALGORITHMS[name[1]])
            if served is None and key is None and name[1] is ListForm.TOKEN:
                # Without a key it was never signed, so nothing names it; the other lists every issuer has.
                raise StatusListNotFound
            if served is not None and _is_stolen(snapshot, status_list, served, key):
                served = None
            if served is not None and self._may_stay(served, status_list, key, now):
                return served
            places = {
                purpose: (
                    *snapshot.credentials.set_bits(number, purpose),
                    *snapshot.lost_credentials.set_bits(number, purpose),
                )
                for purpose in PURPOSES[name[1]]
            }
        with self._lock:
            if served is not None and name in self._signing and now < served.valid_until:
                return served  # another thread is at it; one second of age is what we promise anyway
            self._signing.add(name)
        try:
            return self._renewed(status_list, name, places, key, served=served, now=now)
        finally:
            with self._lock:
                self._signing.discard(name)

    def ensure(self, number: int, form: ListForm, now: datetime) -> None:
        """See that the list can be fetched, before a credential that names it leaves."""
        served = self._served.get((number, form))
        if served is None or now >= served.valid_until:
            self(number, form, now=now)

    def _newest(
        self, snapshot: Snapshot, name: tuple[int, ListForm], status_list: StatusList
    ) -> PublishedStatusList | None:
        """What this process served last, or what another process has stored since."""
        served = self._served.get(name)
        if served is not None and served.change == status_list.change:
            return served
        stored = snapshot.status_lists.published(*name)
        return None if stored is None else self._remember(name, stored)

    def _may_stay(
        self, served: PublishedStatusList, status_list: StatusList, key: SigningKey | None, now: datetime
    ) -> bool:
        if now >= served.valid_until:
            return False
        if key is None:
            return True  # nobody can sign a newer one
        age = now - served.signed_at
        if timedelta(0) <= age < _LEAST_AGE:
            return True
        if served.change != status_list.change:
            return False
        if age < timedelta(0):
            return True  # of a machine whose clock is ahead of ours: what we sign now would not replace it
        half = (served.valid_until - served.signed_at) / 2
        return served.kid == key.kid and age < half

    def _renewed(
        self,
        status_list: StatusList,
        name: tuple[int, ListForm],
        places: Mapping[StatusPurpose, Sequence[int]],
        key: SigningKey | None,
        *,
        served: PublishedStatusList | None,
        now: datetime,
    ) -> PublishedStatusList:
        if key is None:
            raise NoStatusKey
        try:
            renewed = self._signed(status_list, name, places, key, now)
            with self.database.begin() as tx:
                # A key that was retired or reported stolen while we signed must not get its list out (invariant 7).
                active = tx.signing_keys.active(status_list.issuer, key.algorithm)
                if active is None or active.kid != key.kid:
                    raise NoStatusKey
                published = tx.status_lists.publish(renewed)
                newest = renewed if published else tx.status_lists.published(*name) or renewed
        except Unavailable:
            # The key does not open, its token is away, or the database takes no changes. What is served may stay as
            # long as it is true: while no state has changed since.
            if served is None or now >= served.valid_until or served.change != status_list.change:
                raise
            return served
        return self._remember(name, newest)

    def _signed(
        self,
        status_list: StatusList,
        name: tuple[int, ListForm],
        places: Mapping[StatusPurpose, Sequence[int]],
        key: SigningKey,
        now: datetime,
    ) -> PublishedStatusList:
        number, form = name
        issuer = self.site.issuer_did(status_list.issuer)
        signed_at = now.replace(microsecond=0)  # what the list says of itself is told in seconds
        content = ListContent(
            form=form,
            url=self.site.status_list(number, form),
            issuer=issuer,
            size=status_list.size,
            set_places=places,
            valid_from=signed_at,
            valid_until=signed_at + self.valid_for,
            ttl=self.ttl,
        )
        signer = self.keyring.signer(key)
        try:
            body = signed(content, signer, verification_method=f"{issuer}#{key.kid}", contexts=self.contexts)
        except BadSignature as err:
            raise KeyUnusable(owner=key.owner, kid=key.kid) from err
        return PublishedStatusList(
            number=number,
            form=form,
            change=status_list.change,
            body=body,
            etag=hashlib.sha256(body).hexdigest()[:32],
            kid=key.kid,
            signed_at=now,
            valid_until=content.valid_until,
        )

    def _remember(self, name: tuple[int, ListForm], published: PublishedStatusList) -> PublishedStatusList:
        with self._lock:
            known = self._served.get(name)
            if known is None or _order(known) <= _order(published):
                self._served[name] = published
                return published
            return known


def _is_stolen(
    snapshot: Snapshot, status_list: StatusList, served: PublishedStatusList, active: SigningKey | None
) -> bool:
    """Whether the key that signed what is served was reported as compromised."""
    if active is not None and active.kid == served.kid:
        return False  # not asked for once more: most lists are under the active key
    signed = snapshot.signing_keys.get(status_list.issuer, served.kid)
    return signed is not None and signed.state is KeyState.COMPROMISED


def _order(published: PublishedStatusList) -> tuple[int, datetime]:
    return published.change, published.signed_at


def _form(text: str) -> ListForm:
    try:
        return ListForm(text)
    except ValueError:
        raise StatusListNotFound from None
