"""The only place that builds things: from settings to the service, whose fields are the table of contents of the
system.

`initialize` makes a new installation; `build` opens one, after it has made sure that nothing that must not change has
changed.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from jmc_vc import vendored
from jmc_vc.accrediting.approve_program import ApproveProgram
from jmc_vc.accrediting.confirm_alignment import ConfirmAlignment
from jmc_vc.accrediting.import_program import ImportProgram
from jmc_vc.accrediting.lint_program import LintProgram
from jmc_vc.accrediting.list_issuers import ListIssuers
from jmc_vc.accrediting.list_programs import ListPrograms
from jmc_vc.accrediting.register_issuer import RegisterIssuer
from jmc_vc.accrediting.sanction_program import SanctionProgram
from jmc_vc.accrediting.suspend_issuer import ReinstateIssuer, SuspendIssuer
from jmc_vc.authorizing.authenticate import Authenticate
from jmc_vc.authorizing.mint_api_key import MintApiKey
from jmc_vc.authorizing.revoke_api_key import RevokeApiKey
from jmc_vc.conforming.conformance import Conformance, conformance
from jmc_vc.domain.actor import Actor, ActorKind
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.program_rule import HourLimits
from jmc_vc.domain.signing_key import JMC, KeyState
from jmc_vc.errors import Conflict, Error
from jmc_vc.formats.did.did_web import did_of_url
from jmc_vc.formats.jsonld import Contexts
from jmc_vc.issuing.change_status import ChangeStatus
from jmc_vc.issuing.desk import Desk
from jmc_vc.issuing.find_requested import FindRequested
from jmc_vc.issuing.issue import Issue
from jmc_vc.issuing.read_posted import ReadPostedCredential
from jmc_vc.issuing.recover import Recover
from jmc_vc.issuing.reserve import Reserve
from jmc_vc.issuing.rotate_key import RotateKey
from jmc_vc.issuing.set_issuing_settings import SetIssuingSettings
from jmc_vc.issuing.templates import Templates
from jmc_vc.publishing.achievement import PublishAchievement
from jmc_vc.publishing.credential import FetchCredential
from jmc_vc.publishing.decision import FindDecision
from jmc_vc.publishing.did_document import PublishDidDocument
from jmc_vc.publishing.issuer import FindIssuer
from jmc_vc.publishing.issuer_profile import PublishIssuerProfile
from jmc_vc.publishing.jwks import PublishKey, PublishKeySet
from jmc_vc.publishing.namespace import NamespaceFile, SchemaFile
from jmc_vc.publishing.outcome import FindOutcome, PublishCaseItem
from jmc_vc.publishing.own_credential import FindOwnCredential
from jmc_vc.publishing.own_credentials import ListOwnCredentials
from jmc_vc.publishing.pathway import FindPathway
from jmc_vc.publishing.program import FindProgram
from jmc_vc.publishing.register import SearchRegister
from jmc_vc.publishing.revocation_list import PublishRevocationList
from jmc_vc.publishing.status_list import PublishStatusList
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.settings import Settings
from jmc_vc.signing.keyring import Keyring
from jmc_vc.storage.database import Database
from jmc_vc.storage.schema import SchemaState
from jmc_vc.storage.site_record import SiteRecord
from jmc_vc.verifying.gather import Gather
from jmc_vc.verifying.keys import FindKey
from jmc_vc.verifying.verify import Verify
from jmc_vc.verifying.verify_presentation import VerifyPresentation

Clock = Callable[[], datetime]
Random = Callable[[int], bytes]

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


@dataclass(frozen=True, kw_only=True)
class Service:
    """Every use case as a field. `kek_matches` is False when the key-encryption key is not the database's: then
    verification and publishing work, and nothing can be signed or unsealed (CF-07)."""

    settings: Settings
    site: Site
    clock: Clock
    database: Database
    kek: KeyEncryptionKey
    kek_matches: bool
    contexts: Contexts
    # accrediting
    register_issuer: RegisterIssuer
    suspend_issuer: SuspendIssuer
    reinstate_issuer: ReinstateIssuer
    list_issuers: ListIssuers
    lint_program: LintProgram
    import_program: ImportProgram
    confirm_alignment: ConfirmAlignment
    approve_program: ApproveProgram
    sanction_program: SanctionProgram
    list_programs: ListPrograms
    # issuing
    issue: Issue
    desk: Desk
    read_posted_credential: ReadPostedCredential
    find_requested: FindRequested
    change_status: ChangeStatus
    rotate_key: RotateKey
    set_issuing_settings: SetIssuingSettings
    recover: Recover
    # verifying
    verify: Verify
    verify_presentation: VerifyPresentation
    # publishing
    did_document: PublishDidDocument
    jwks: PublishKeySet
    key_jwk: PublishKey
    status_list: PublishStatusList
    revocation_list: PublishRevocationList
    issuer_profile: PublishIssuerProfile
    achievement: PublishAchievement
    fetch_credential: FetchCredential
    search_register: SearchRegister
    find_program: FindProgram
    find_issuer: FindIssuer
    find_decision: FindDecision
    find_pathway: FindPathway
    find_outcome: FindOutcome
    case_item: PublishCaseItem
    find_assertion: FindOwnCredential
    list_assertions: ListOwnCredentials
    namespace_file: NamespaceFile
    schema_file: SchemaFile
    # authorizing
    authenticate: Authenticate
    mint_api_key: MintApiKey
    revoke_api_key: RevokeApiKey
    # conforming, where the settings ask for it
    conformance: Conformance | None


def initialize(settings: Settings, *, clock: Clock, random: Random = os.urandom) -> None:
    """Make a new installation: the schema, the key-encryption key, JMC's own signing key, and its identity, for good.

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
        jmc_key = Keyring(kek, random).generate(JMC, "key-1", now=now, state=KeyState.ACTIVE)
        with database.begin() as tx:
            if tx.site_record.get() is not None:
                raise AlreadyInitialized
            tx.site_record.add(SiteRecord(site=_site(settings), kek_check=kek.check_value, created_at=now))
            tx.signing_keys.add(jmc_key)
            tx.audit_log.append("site-initialized", settings.base_url, _SETUP, now)
    finally:
        database.close()


def build(
    settings: Settings, *, clock: Clock, random: Random = os.urandom, new_uuid: Callable[[], UUID] = uuid4
) -> Service:
    """The service of an existing installation. Raises NotInitialized, IdentityChanged and the schema's and key's
    errors."""
    database = Database(settings.database_url)
    try:
        return _build(settings, database, clock, random, new_uuid)
    except BaseException:
        database.close()
        raise


def _build(
    settings: Settings, database: Database, clock: Clock, random: Random, new_uuid: Callable[[], UUID]
) -> Service:
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
    site, kek = record.site, KeyEncryptionKey.load(settings.kek_file)
    kek_matches = kek.hold_against(record.kek_check)
    keyring = Keyring(kek, random)
    shipped = vendored.contexts(site.namespace)
    contexts = Contexts(shipped)
    limits = HourLimits()
    lint_program = LintProgram(limits=limits)
    did_document = PublishDidDocument(database=database, site=site)
    fetch_credential = FetchCredential(database=database, kek=kek)
    find_outcome = FindOutcome(database=database)
    status_list = PublishStatusList(
        database=database,
        keyring=keyring,
        site=site,
        contexts=contexts,
        valid_for=timedelta(hours=settings.status_valid_hours),
        ttl=timedelta(seconds=settings.status_max_age_seconds),
    )
    find_key = FindKey(site=site, own_did_document=did_document)
    verify = Verify(gather=Gather(database=database, site=site, contexts=contexts, find_key=find_key))
    recover = Recover(database=database)
    issue = Issue(
        database=database,
        reserve=Reserve(site=site, kek=kek, new_uuid=new_uuid, random=random),
        keyring=keyring,
        contexts=contexts,
        templates=Templates(contexts),
        site=site,
        publish_status_list=status_list.ensure,
        random=random,
    )
    return Service(
        settings=settings,
        site=site,
        clock=clock,
        database=database,
        kek=kek,
        kek_matches=kek_matches,
        contexts=contexts,
        register_issuer=RegisterIssuer(database=database, keyring=keyring, kek=kek, random=random),
        suspend_issuer=SuspendIssuer(database=database),
        reinstate_issuer=ReinstateIssuer(database=database),
        list_issuers=ListIssuers(database=database),
        lint_program=lint_program,
        import_program=ImportProgram(database=database, site=site, lint=lint_program, limits=limits),
        confirm_alignment=ConfirmAlignment(database=database),
        approve_program=ApproveProgram(database=database),
        sanction_program=SanctionProgram(database=database),
        list_programs=ListPrograms(database=database),
        issue=issue,
        desk=Desk(
            lambda commands, now: issue(commands, now=now),
            lambda now: recover(now=now),
            clock,
            group=settings.desk_batch,
        ),
        read_posted_credential=ReadPostedCredential(database=database, site=site),
        find_requested=FindRequested(database=database, kek=kek),
        change_status=ChangeStatus(database=database, kek=kek),
        rotate_key=RotateKey(database=database, keyring=keyring),
        set_issuing_settings=SetIssuingSettings(database=database, keyring=keyring),
        recover=recover,
        verify=verify,
        verify_presentation=VerifyPresentation(verify=verify, find_key=find_key, contexts=contexts),
        did_document=did_document,
        jwks=PublishKeySet(database=database, site=site),
        key_jwk=PublishKey(database=database, site=site),
        status_list=status_list,
        revocation_list=PublishRevocationList(database=database, site=site),
        issuer_profile=PublishIssuerProfile(database=database, site=site),
        achievement=PublishAchievement(database=database, site=site),
        fetch_credential=fetch_credential,
        search_register=SearchRegister(database=database),
        find_program=FindProgram(database=database),
        find_issuer=FindIssuer(database=database),
        find_decision=FindDecision(database=database),
        find_pathway=FindPathway(database=database, site=site),
        find_outcome=find_outcome,
        case_item=PublishCaseItem(find_outcome=find_outcome, site=site),
        find_assertion=FindOwnCredential(database=database, fetch_credential=fetch_credential),
        list_assertions=ListOwnCredentials(database=database),
        namespace_file=NamespaceFile(site=site),
        schema_file=SchemaFile(site=site),
        authenticate=Authenticate(database=database, kek=kek, kek_matches=kek_matches),
        mint_api_key=MintApiKey(database=database, kek=kek, random=random),
        revoke_api_key=RevokeApiKey(database=database),
        conformance=conformance(base_url=site.base_url, kek=kek, contexts=shipped, random=random)
        if settings.conformance
        else None,
    )


def _site(settings: Settings) -> Site:
    return Site(base_url=settings.base_url, did=did_of_url(settings.base_url), namespace=settings.namespace)


def _kek(settings: Settings, random: Random) -> KeyEncryptionKey:
    """The key that an operator prepared, or a new one."""
    if settings.kek_file.exists():
        return KeyEncryptionKey.load(settings.kek_file)
    return KeyEncryptionKey.create(settings.kek_file, random)
