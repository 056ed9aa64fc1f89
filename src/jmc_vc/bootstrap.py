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
from jmc_vc.accrediting.challenge_did import ChallengeDid
from jmc_vc.accrediting.confirm_alignment import ConfirmAlignment
from jmc_vc.accrediting.end_did import EndDid
from jmc_vc.accrediting.import_program import ImportProgram
from jmc_vc.accrediting.lint_program import LintProgram
from jmc_vc.accrediting.list_issuers import ListIssuers
from jmc_vc.accrediting.list_programs import ListPrograms
from jmc_vc.accrediting.register_did import RegisterDid
from jmc_vc.accrediting.register_issuer import RegisterIssuer
from jmc_vc.accrediting.sanction_program import SanctionProgram
from jmc_vc.accrediting.suspend_issuer import ReinstateIssuer, SuspendIssuer
from jmc_vc.auditing.records import Records, records
from jmc_vc.auditing.replay import Replay
from jmc_vc.authorizing.add_operator import AddOperator
from jmc_vc.authorizing.authenticate import Authenticate
from jmc_vc.authorizing.confirm_proposal import ConfirmProposal
from jmc_vc.authorizing.mint_api_key import MintApiKey
from jmc_vc.authorizing.propose import Propose
from jmc_vc.authorizing.remove_operator import RemoveOperator
from jmc_vc.authorizing.revoke_api_key import RevokeApiKey
from jmc_vc.authorizing.withdraw_proposal import WithdrawProposal
from jmc_vc.conforming.conformance import Conformance, conformance
from jmc_vc.custody.activate_key import ActivateKey
from jmc_vc.custody.announce import Announce
from jmc_vc.custody.change_keys import ChangeKeys
from jmc_vc.custody.close_keys import CloseKeys
from jmc_vc.custody.compromise_key import CompromiseKey
from jmc_vc.custody.destroy_key import DestroyKey
from jmc_vc.custody.did_configuration import PublishDidConfiguration
from jmc_vc.custody.did_document import PublishDidDocument, document_of
from jmc_vc.custody.did_history import PublishDidHistory
from jmc_vc.custody.export_public_key import ExportPublicKey
from jmc_vc.custody.import_key import ImportKey
from jmc_vc.custody.jwks import PublishKey, PublishKeySet
from jmc_vc.custody.list_keys import ListKeys
from jmc_vc.custody.publish_key import PublishStagedKey
from jmc_vc.custody.retire_key import RetireKey
from jmc_vc.custody.rotate_kek import RotateKek
from jmc_vc.custody.rotate_key import RotateKey
from jmc_vc.custody.stage_key import StageKey
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.program_rule import HourLimits
from jmc_vc.fetching.gateway import Gateway
from jmc_vc.fetching.opening import open_gateway
from jmc_vc.fetching.resolving import Resolve, ask_the_system
from jmc_vc.formats.jsonld import Contexts
from jmc_vc.installation import record_of
from jmc_vc.issuing.accept_clock import AcceptClock
from jmc_vc.issuing.change_status import ChangeStatus
from jmc_vc.issuing.desk import Desk
from jmc_vc.issuing.find_requested import FindRequested
from jmc_vc.issuing.issue import Issue
from jmc_vc.issuing.log_earlier import LogEarlier
from jmc_vc.issuing.read_posted import ReadPostedCredential
from jmc_vc.issuing.recover import Recover
from jmc_vc.issuing.reissue import Reissue
from jmc_vc.issuing.reserve import Reserve
from jmc_vc.issuing.set_issuing_settings import SetIssuingSettings
from jmc_vc.issuing.sign_anew import SignAnew
from jmc_vc.issuing.templates import Templates
from jmc_vc.publishing.achievement import PublishAchievement
from jmc_vc.publishing.bundle import MakeBundle
from jmc_vc.publishing.credential import FetchCredential
from jmc_vc.publishing.decision import FindDecision
from jmc_vc.publishing.issuer import FindIssuer
from jmc_vc.publishing.issuer_profile import PublishIssuerProfile
from jmc_vc.publishing.log_tree import LogTree
from jmc_vc.publishing.namespace import NamespaceFile, SchemaFile
from jmc_vc.publishing.outcome import FindOutcome, PublishCaseItem
from jmc_vc.publishing.own_credential import FindOwnCredential, FindOwnLogEntries
from jmc_vc.publishing.own_credentials import ListOwnCredentials
from jmc_vc.publishing.pathway import FindPathway
from jmc_vc.publishing.program import FindProgram
from jmc_vc.publishing.published_log import PublishedLog, published_log
from jmc_vc.publishing.register import SearchRegister
from jmc_vc.publishing.revocation_list import PublishRevocationList
from jmc_vc.publishing.status_list import PublishStatusList
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.settings import Settings
from jmc_vc.signing.keyring import Keyring
from jmc_vc.signing.pkcs11_kek import load_kek
from jmc_vc.storage.database import Database
from jmc_vc.verifying.sign_receipt import SignReceipt
from jmc_vc.verifying.verify import Verify
from jmc_vc.verifying.verify_handed_in import VerifyHandedIn
from jmc_vc.verifying.verify_installed import verifying
from jmc_vc.verifying.verify_presentation import VerifyPresentation
from jmc_vc.verifying.verify_receipt import VerifyReceipt

Clock = Callable[[], datetime]
Random = Callable[[int], bytes]


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
    # fetching
    gateway: Gateway
    # accrediting
    register_issuer: RegisterIssuer
    suspend_issuer: SuspendIssuer
    reinstate_issuer: ReinstateIssuer
    list_issuers: ListIssuers
    challenge_did: ChallengeDid
    register_did: RegisterDid
    end_did: EndDid
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
    set_issuing_settings: SetIssuingSettings
    recover: Recover
    reissue: Reissue
    log_earlier: LogEarlier
    accept_clock: AcceptClock
    # custody
    list_keys: ListKeys
    stage_key: StageKey
    publish_key: PublishStagedKey
    activate_key: ActivateKey
    retire_key: RetireKey
    destroy_key: DestroyKey
    compromise_key: CompromiseKey
    import_key: ImportKey
    export_public_key: ExportPublicKey
    rotate_key: RotateKey
    rotate_kek: RotateKek
    # verifying
    verify: Verify
    verify_presentation: VerifyPresentation
    verify_handed_in: VerifyHandedIn
    sign_receipt: SignReceipt
    verify_receipt: VerifyReceipt
    # publishing
    did_document: PublishDidDocument
    did_history: PublishDidHistory
    did_configuration: PublishDidConfiguration
    jwks: PublishKeySet
    key_jwk: PublishKey
    status_list: PublishStatusList
    revocation_list: PublishRevocationList
    issuer_profile: PublishIssuerProfile
    achievement: PublishAchievement
    fetch_credential: FetchCredential
    bundle: MakeBundle
    search_register: SearchRegister
    find_program: FindProgram
    find_issuer: FindIssuer
    find_decision: FindDecision
    find_pathway: FindPathway
    find_outcome: FindOutcome
    case_item: PublishCaseItem
    find_assertion: FindOwnCredential
    find_assertion_log: FindOwnLogEntries
    list_assertions: ListOwnCredentials
    namespace_file: NamespaceFile
    schema_file: SchemaFile
    log: PublishedLog
    # authorizing
    authenticate: Authenticate
    mint_api_key: MintApiKey
    revoke_api_key: RevokeApiKey
    add_operator: AddOperator
    remove_operator: RemoveOperator
    propose: Propose
    confirm_proposal: ConfirmProposal
    withdraw_proposal: WithdrawProposal
    # auditing
    records: Records
    # conforming, where the settings ask for it
    conformance: Conformance | None

    def require_not_rolled_back(self) -> None:
        """Raises RolledBack, AnchorDamaged and AnchorUnreachable unless the database has the anchored head; then
        anchors its own."""
        with self.database.read() as snapshot:
            self.log.anchor.hold(snapshot, now=self.clock(), starting=True)
            self.log.anchor.look_after(snapshot, now=self.clock())


def build(
    settings: Settings,
    *,
    clock: Clock,
    random: Random = os.urandom,
    new_uuid: Callable[[], UUID] = uuid4,
    resolve: Resolve = ask_the_system,
    rolled_back: bool = False,
) -> Service:
    """The service of an existing installation; `resolve` gives the addresses of other hosts. Raises NotInitialized,
    IdentityChanged, BadHostsFile, UnreadableAuthorities and the schema's and key's errors; RolledBack, AnchorDamaged
    and AnchorUnreachable unless `rolled_back`, which is for what mends it."""
    gateway = open_gateway(settings, clock=clock, random=random, resolve=resolve)
    database = Database(settings.database_url)
    try:
        service = _build(settings, database, clock, random, new_uuid, gateway=gateway)
        if not rolled_back:
            service.require_not_rolled_back()
        return service
    except BaseException:
        database.close()
        raise


def _build(
    settings: Settings,
    database: Database,
    clock: Clock,
    random: Random,
    new_uuid: Callable[[], UUID],
    *,
    gateway: Gateway,
) -> Service:
    record = record_of(database, settings)
    site, kek = record.site, load_kek(settings)
    kek_matches = kek.hold_against(record.kek_check, record.sealed_hash_keys)
    database.hold_to_kek(kek.check_value)
    keyring = Keyring(kek, random, settings)
    shipped = vendored.contexts(site.namespace)
    contexts = Contexts(shipped)
    announce = Announce(site=site)
    close_keys = CloseKeys(database=database, keyring=keyring)
    log = published_log(
        database, site, keyring, announce, clock, random=random, settings=settings,
        meanwhile=lambda now: close_keys(now=now),
    )  # fmt: skip
    change_keys = ChangeKeys(database=database, keyring=keyring, announce=announce)
    limits = HourLimits()
    lint_program = LintProgram(limits=limits)
    did_document = PublishDidDocument(database=database, site=site)
    fetch_credential = FetchCredential(database=database, kek=kek)
    find_assertion = FindOwnCredential(database=database, fetch_credential=fetch_credential)
    find_outcome = FindOutcome(database=database)
    status_list = PublishStatusList(
        database=database,
        keyring=keyring,
        site=site,
        contexts=contexts,
        valid_for=timedelta(hours=settings.status_valid_hours),
        ttl=timedelta(seconds=settings.status_max_age_seconds),
    )
    did_history = PublishDidHistory(database=database, keyring=keyring, site=site, contexts=contexts)
    revocation_list = PublishRevocationList(database=database, site=site)
    verify_handed_in = verifying(
        database, site, contexts=contexts, kek=kek, own_did_document=did_document.at, gateway=gateway,
        own_credential=lambda uuid, now: fetch_credential(UUID(uuid), now=now).body,
        organization=(
            settings.organization_name_ja, settings.organization_name_en, settings.organization_short_name,
        ),
    )  # fmt: skip
    bundle = MakeBundle(
        database=database, keyring=keyring, site=site, contexts=contexts, fetch_credential=fetch_credential,
        did_history=did_history, status_list=status_list, revocation_list=revocation_list, log=log,
    )  # fmt: skip
    audit = records(
        database, site, kek=kek if kek_matches else None, clock=clock, keys=log.verifier_keys,
        compromised=log.verifier_keys.compromised, anchored=log.anchor.read,
        hashes=lambda entries, size: LogTree(entries, size).hashes,
        replay=Replay(site=site, keyring=keyring, announce=announce, document_of=document_of, random=random),
    )  # fmt: skip
    recover = Recover(database=database)
    templates = Templates(contexts)
    issue = Issue(
        database=database, reserve=Reserve(site=site, kek=kek, new_uuid=new_uuid, random=random), keyring=keyring,
        contexts=contexts, templates=templates, site=site, publish_status_list=status_list.ensure, random=random,
        require_anchored=log.anchor.require_for_issuing,
    )  # fmt: skip
    return Service(
        settings=settings,
        site=site,
        clock=clock,
        database=database,
        kek=kek,
        kek_matches=kek_matches,
        contexts=contexts,
        gateway=gateway,
        register_issuer=RegisterIssuer(
            database=database, site=site, keyring=keyring, announce=announce, kek=kek, random=random
        ),
        suspend_issuer=SuspendIssuer(database=database, site=site),
        reinstate_issuer=ReinstateIssuer(database=database, site=site),
        list_issuers=ListIssuers(database=database),
        challenge_did=ChallengeDid(database=database, kek=kek, site=site),
        register_did=RegisterDid(database=database, kek=kek, site=site),
        end_did=EndDid(database=database),
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
        find_requested=FindRequested(database=database, site=site, kek=kek),
        change_status=ChangeStatus(database=database, site=site, kek=kek),
        set_issuing_settings=SetIssuingSettings(database=database, keyring=keyring, announce=announce),
        recover=recover,
        reissue=Reissue(
            database=database,
            keyring=keyring,
            sign_anew=SignAnew(kek=kek, contexts=contexts, templates=templates, site=site, random=random),
            site=site,
            random=random,
        ),
        accept_clock=AcceptClock(database=database, clock=clock),
        log_earlier=LogEarlier(database=database, kek=kek, site=site, random=random),
        list_keys=ListKeys(database=database, keyring=keyring),
        stage_key=StageKey(change=change_keys),
        publish_key=PublishStagedKey(change=change_keys),
        activate_key=ActivateKey(change=change_keys),
        retire_key=RetireKey(change=change_keys),
        destroy_key=DestroyKey(change=change_keys),
        compromise_key=CompromiseKey(change=change_keys),
        import_key=ImportKey(change=change_keys),
        export_public_key=ExportPublicKey(database=database, site=site),
        rotate_key=RotateKey(change=change_keys),
        rotate_kek=RotateKek(database=database, kek=kek, keyring=keyring, random=random),
        verify=verify_handed_in.verify,
        verify_presentation=verify_handed_in.verify_presentation,
        verify_handed_in=verify_handed_in,
        sign_receipt=SignReceipt(database=database, keyring=keyring, site=site),
        verify_receipt=VerifyReceipt(database=database, site=site),
        did_document=did_document,
        did_history=did_history,
        did_configuration=PublishDidConfiguration(database=database, keyring=keyring, site=site),
        jwks=PublishKeySet(database=database, site=site),
        key_jwk=PublishKey(database=database, site=site),
        status_list=status_list,
        revocation_list=revocation_list,
        issuer_profile=PublishIssuerProfile(database=database, site=site),
        achievement=PublishAchievement(database=database, site=site),
        fetch_credential=fetch_credential,
        bundle=bundle,
        search_register=SearchRegister(database=database),
        find_program=FindProgram(database=database),
        find_issuer=FindIssuer(database=database),
        find_decision=FindDecision(database=database),
        find_pathway=FindPathway(database=database, site=site),
        find_outcome=find_outcome,
        case_item=PublishCaseItem(find_outcome=find_outcome, site=site),
        find_assertion=find_assertion,
        find_assertion_log=FindOwnLogEntries(database=database, find_assertion=find_assertion),
        list_assertions=ListOwnCredentials(database=database),
        namespace_file=NamespaceFile(site=site),
        schema_file=SchemaFile(site=site),
        log=log,
        authenticate=Authenticate(database=database, kek=kek, kek_matches=kek_matches),
        mint_api_key=MintApiKey(database=database, kek=kek, random=random),
        revoke_api_key=RevokeApiKey(database=database),
        add_operator=AddOperator(database=database),
        remove_operator=RemoveOperator(database=database),
        propose=Propose(database=database, site=site, random=random),
        confirm_proposal=ConfirmProposal(database=database, site=site, clock=clock),
        withdraw_proposal=WithdrawProposal(database=database),
        records=audit,
        conformance=conformance(base_url=site.base_url, kek=kek, contexts=shipped, random=random)
        if settings.conformance
        else None,
    )
