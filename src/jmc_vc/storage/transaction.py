"""What a use case holds while it works with the database.

A `Transaction` reads and writes; a `Snapshot` only reads, of one moment, and has no method that writes: the type
checker refuses the attempt, and so does the database. Code that reads takes a Snapshot, and may be given a
Transaction.
"""

from sqlalchemy import Connection

from jmc_vc.storage.api_keys import ApiKeys, ReadApiKeys
from jmc_vc.storage.audit_log import AuditLog, ReadAuditLog
from jmc_vc.storage.credentials import Credentials, ReadCredentials
from jmc_vc.storage.idempotency_keys import IdempotencyKeys, ReadIdempotencyKeys
from jmc_vc.storage.issuers import Issuers, ReadIssuers
from jmc_vc.storage.issuing_settings import IssuingSettingsChanges, ReadIssuingSettings
from jmc_vc.storage.programs import Programs, ReadPrograms
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
    status_lists: ReadStatusLists
    idempotency_keys: ReadIdempotencyKeys
    audit_log: ReadAuditLog

    def __init__(self, connection: Connection) -> None:
        self.site_record = ReadSiteRecord(connection)
        self.issuers = ReadIssuers(connection)
        self.programs = ReadPrograms(connection)
        self.issuing_settings = ReadIssuingSettings(connection)
        self.signing_keys = ReadSigningKeys(connection)
        self.api_keys = ReadApiKeys(connection)
        self.credentials = ReadCredentials(connection)
        self.status_lists = ReadStatusLists(connection)
        self.idempotency_keys = ReadIdempotencyKeys(connection)
        self.audit_log = ReadAuditLog(connection)


class Transaction(Snapshot):
    """All or nothing, at the commit that ends it."""

    site_record: SiteRecords
    issuers: Issuers
    programs: Programs
    issuing_settings: IssuingSettingsChanges
    signing_keys: SigningKeys
    api_keys: ApiKeys
    credentials: Credentials
    status_lists: StatusLists
    idempotency_keys: IdempotencyKeys
    audit_log: AuditLog

    def __init__(self, connection: Connection) -> None:
        self.site_record = SiteRecords(connection)
        self.issuers = Issuers(connection)
        self.programs = Programs(connection)
        self.issuing_settings = IssuingSettingsChanges(connection)
        self.signing_keys = SigningKeys(connection)
        self.api_keys = ApiKeys(connection)
        self.credentials = Credentials(connection)
        self.status_lists = StatusLists(connection)
        self.idempotency_keys = IdempotencyKeys(connection)
        self.audit_log = AuditLog(connection)
