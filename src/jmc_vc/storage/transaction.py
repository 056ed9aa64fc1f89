"""What a use case holds while it works with the database.

A `Transaction` reads and writes; a `Snapshot` only reads, of one moment, and has no method that writes: the type
checker refuses the attempt, and so does the database. Code that reads takes a Snapshot, and may be given a
Transaction.
"""

from sqlalchemy import Connection

from jmc_vc.storage.api_keys import ApiKeys, ReadApiKeys
from jmc_vc.storage.audit_chain import AuditChain, ReadAuditChain
from jmc_vc.storage.audit_log import AuditLog, ReadAuditLog
from jmc_vc.storage.credentials import Credentials, ReadCredentials
from jmc_vc.storage.data_keys import DataKeys, ReadDataKeys
from jmc_vc.storage.did_documents import DidDocuments, ReadDidDocuments
from jmc_vc.storage.erasures import Erasures, ReadErasures
from jmc_vc.storage.idempotency_keys import IdempotencyKeys, ReadIdempotencyKeys
from jmc_vc.storage.issuers import Issuers, ReadIssuers
from jmc_vc.storage.issuing_settings import IssuingSettingsChanges, ReadIssuingSettings
from jmc_vc.storage.ledger import ReadLedger
from jmc_vc.storage.lost_credentials import LostCredentials, ReadLostCredentials
from jmc_vc.storage.operators import Operators, ReadOperators
from jmc_vc.storage.outside_dids import OutsideDids, ReadOutsideDids
from jmc_vc.storage.programs import Programs, ReadPrograms
from jmc_vc.storage.proposals import Proposals, ReadProposals
from jmc_vc.storage.public_log import PublicLog, ReadPublicLog
from jmc_vc.storage.row_records import Written
from jmc_vc.storage.signed_documents import ReadSignedDocuments, SignedDocuments
from jmc_vc.storage.signing_keys import ReadSigningKeys, SigningKeys
from jmc_vc.storage.site_record import ReadSiteRecord, SiteRecords
from jmc_vc.storage.status_lists import ReadStatusLists, StatusLists


class Snapshot:
    """The database as it stood at one moment."""

    site_record: ReadSiteRecord
    issuers: ReadIssuers
    programs: ReadPrograms
    issuing_settings: ReadIssuingSettings
    signing_keys: ReadSigningKeys
    api_keys: ReadApiKeys
    credentials: ReadCredentials
    signed_documents: ReadSignedDocuments
    erasures: ReadErasures
    data_keys: ReadDataKeys
    status_lists: ReadStatusLists
    idempotency_keys: ReadIdempotencyKeys
    operators: ReadOperators
    proposals: ReadProposals
    audit_log: ReadAuditLog
    audit_chain: ReadAuditChain
    public_log: ReadPublicLog
    did_documents: ReadDidDocuments
    outside_dids: ReadOutsideDids
    lost_credentials: ReadLostCredentials
    ledger: ReadLedger

    def __init__(self, connection: Connection) -> None:
        self.site_record = ReadSiteRecord(connection)
        self.issuers = ReadIssuers(connection)
        self.programs = ReadPrograms(connection)
        self.issuing_settings = ReadIssuingSettings(connection)
        self.signing_keys = ReadSigningKeys(connection)
        self.api_keys = ReadApiKeys(connection)
        self.credentials = ReadCredentials(connection)
        self.signed_documents = ReadSignedDocuments(connection)
        self.erasures = ReadErasures(connection)
        self.data_keys = ReadDataKeys(connection)
        self.status_lists = ReadStatusLists(connection)
        self.idempotency_keys = ReadIdempotencyKeys(connection)
        self.operators = ReadOperators(connection)
        self.proposals = ReadProposals(connection)
        self.audit_log = ReadAuditLog(connection)
        self.audit_chain = ReadAuditChain(connection)
        self.public_log = ReadPublicLog(connection)
        self.did_documents = ReadDidDocuments(connection)
        self.outside_dids = ReadOutsideDids(connection)
        self.lost_credentials = ReadLostCredentials(connection)
        self.ledger = ReadLedger(connection)


class Transaction(Snapshot):
    """All or nothing, at the commit that ends it."""

    site_record: SiteRecords
    issuers: Issuers
    programs: Programs
    issuing_settings: IssuingSettingsChanges
    signing_keys: SigningKeys
    api_keys: ApiKeys
    credentials: Credentials
    signed_documents: SignedDocuments
    erasures: Erasures
    data_keys: DataKeys
    status_lists: StatusLists
    idempotency_keys: IdempotencyKeys
    operators: Operators
    proposals: Proposals
    audit_log: AuditLog
    audit_chain: AuditChain
    public_log: PublicLog
    did_documents: DidDocuments
    outside_dids: OutsideDids
    lost_credentials: LostCredentials

    def __init__(self, connection: Connection) -> None:
        self._written = written = Written()
        self.site_record = SiteRecords(connection, written)
        self.issuers = Issuers(connection, written)
        self.programs = Programs(connection, written)
        self.issuing_settings = IssuingSettingsChanges(connection, written)
        self.signing_keys = SigningKeys(connection, written)
        self.api_keys = ApiKeys(connection, written)
        self.credentials = Credentials(connection, written)
        self.signed_documents = SignedDocuments(connection, written)
        self.erasures = Erasures(connection, written)
        self.data_keys = DataKeys(connection, written)
        self.status_lists = StatusLists(connection, written)
        self.idempotency_keys = IdempotencyKeys(connection, written)
        self.operators = Operators(connection, written)
        self.proposals = Proposals(connection, written)
        self.audit_log = AuditLog(connection, written)
        self.audit_chain = AuditChain(connection, written)
        self.public_log = PublicLog(connection, written)
        self.did_documents = DidDocuments(connection, written)
        self.outside_dids = OutsideDids(connection, written)
        self.lost_credentials = LostCredentials(connection, written)
        self.ledger = ReadLedger(connection)

    @property
    def changed(self) -> bool:
        """Whether rows of the register were written."""
        return any(self._written.rows.values())

    def finish(self) -> bool:
        """Write what is still held back, before the commit: the last entry of the audit log, with digests of the rows
        that this transaction wrote. Whether a log was appended to."""
        self.audit_log.release()
        return self._written.logged
