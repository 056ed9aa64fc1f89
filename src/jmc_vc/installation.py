"""The installation: a database that was given its identity and its first keys, once and for good."""

import os
from collections.abc import Callable
from datetime import datetime

from jmc_vc.custody.announce import Announce
from jmc_vc.domain.actor import Actor, ActorKind
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.key_event import born_active
from jmc_vc.domain.signing_key import JMC, LOG, KeyState
from jmc_vc.errors import Conflict, Error
from jmc_vc.formats.did.did_web import did_of_url
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.settings import Settings
from jmc_vc.signing.keyring import Keyring
from jmc_vc.signing.pkcs11_kek import create_kek, load_kek
from jmc_vc.storage.database import Database
from jmc_vc.storage.schema import SchemaState
from jmc_vc.storage.site_record import SiteRecord

_SETUP = Actor(kind=ActorKind.SYSTEM, id="init")


class NotInitialized(Error):
    """The database has no identity yet: `jmc-vc init` gives it one."""

    code = "config.not_initialized"


class AlreadyInitialized(Conflict):
    """The database has its identity, which never changes."""

    code = "config.already_initialized"


class IdentityChanged(Error):
    """The base URL is another one than the database was made with. Credentials that exist name the old one for ever, so
    the service does not start under a new one."""

    code = "config.identity_changed"


class NamespaceChanged(IdentityChanged):
    """The namespace is another one than the database was made with, which is the same for it."""

    code = "config.namespace_changed"


def initialize(
    settings: Settings, *, clock: Callable[[], datetime], random: Callable[[int], bytes] = os.urandom
) -> None:
    """Make a new installation: schema, key-encryption key, the keys of JMC and of its log, and its identity, for good.

    Raises AlreadyInitialized, and touches nothing then."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(settings.database_url)
    try:
        database.upgrade()
        with database.read() as snapshot:
            # Before a key is made: a new one in place of a lost one would hide that the old one is lost.
            if snapshot.site_record.get() is not None:
                raise AlreadyInitialized
        kek = _kek(settings, random)
        now = clock()
        keyring = Keyring(kek, random, settings)
        keys = {owner: keyring.generate(owner, "key-1", now=now, state=KeyState.ACTIVE) for owner in (JMC, LOG)}
        with database.begin() as tx:
            if tx.site_record.get() is not None:
                raise AlreadyInitialized
            tx.site_record.add(SiteRecord(site=_site(settings), kek_check=kek.check_value, created_at=now))
            tx.audit_log.append("site-initialized", settings.base_url, _SETUP, now)
            for owner, key in keys.items():
                tx.signing_keys.add(key)
                Announce(site=_site(settings))(tx, owner, born_active(key), now)
    finally:
        database.close()


def record_of(database: Database, settings: Settings) -> SiteRecord:
    """What the database was made with, which is what `settings` say. Raises NotInitialized, IdentityChanged and the
    schema's errors."""
    if database.schema_state() is SchemaState.EMPTY:
        raise NotInitialized
    database.require_current_schema()
    with database.read() as snapshot:
        record = snapshot.site_record.get()
    if record is None:
        raise NotInitialized
    if record.site.base_url != settings.base_url:
        raise IdentityChanged(stored=record.site.base_url, configured=settings.base_url)
    if record.site.namespace != settings.namespace:
        raise NamespaceChanged(stored=record.site.namespace)
    return record


def _site(settings: Settings) -> Site:
    return Site(base_url=settings.base_url, did=did_of_url(settings.base_url), namespace=settings.namespace)


def _kek(settings: Settings, random: Callable[[int], bytes]) -> KeyEncryptionKey:
    """The key that an operator prepared, or a new one."""
    if settings.kek_file.exists():
        return load_kek(settings)
    return create_kek(settings.kek_file, settings, random)
