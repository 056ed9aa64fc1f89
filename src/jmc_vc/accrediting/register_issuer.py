"""Register an issuer: from now on it has a DID, a signing key of its own and an API key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from jmc_vc.accrediting.logged import issuer_entry
from jmc_vc.domain.actor import Actor, Scope
from jmc_vc.domain.api_key import LIFETIME, mint
from jmc_vc.domain.identifiers import Site, check_issuer_number
from jmc_vc.domain.issuer import Issuer, check_period, check_slug
from jmc_vc.domain.key_event import KeyEvent, born_active
from jmc_vc.domain.signing_key import KeyState
from jmc_vc.errors import Conflict
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.signing.keyring import Keyring
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Transaction


class IssuerExists(Conflict):
    """The slug or the number is taken. Both are for ever: neither is given twice."""

    code = "issuer.exists"


@dataclass(frozen=True, kw_only=True)
class RegisterIssuer:
    """Issuer, signing key and API key come into being in one transaction. `announce` tells the world of keys: the
    transaction, their owner, what happened to which, and when."""

    database: Database
    site: Site
    keyring: Keyring
    announce: Callable[[Transaction, str, Sequence[KeyEvent], datetime], None]
    kek: KeyEncryptionKey
    random: Callable[[int], bytes]

    def __call__(self, issuer: Issuer, *, actor: Actor, now: datetime) -> str:
        """The text of the API key, which is shown once and stored nowhere. Raises IssuerExists, UnusableSlug,
        PeriodUnusable."""
        check_slug(issuer.slug)
        check_period(issuer)
        check_issuer_number(issuer.number)
        text, api_key = mint(
            issuer=issuer.slug,
            scopes=frozenset(Scope),
            label="registration",
            now=now,
            expires_at=now + LIFETIME,
            random=self.random,
            hashed=self.kek.api_key_hash,
        )
        with self.database.read() as snapshot:  # after a restore there may be keys of an issuer whose row was lost
            kid = f"key-{len(snapshot.signing_keys.of_owner(issuer.slug)) + 1}"
        signing_key = self.keyring.generate(issuer.slug, kid, now=now, state=KeyState.ACTIVE)
        with self.database.begin() as tx:
            if any(issuer.slug == each.slug or issuer.number == each.number for each in tx.issuers.all()):
                raise IssuerExists
            tx.issuers.add(issuer)
            tx.signing_keys.add(signing_key)
            tx.api_keys.add(api_key)
            tx.audit_log.append("issuer-registered", issuer.slug, actor=actor, at=now)
            tx.public_log.append([issuer_entry(issuer, "registered", site=self.site, at=now)])
            self.announce(tx, issuer.slug, born_active(signing_key), now)
        return text
