"""What was gathered for the checks: frozen, so that judging it needs no network, no database and no clock."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from jmc_vc.domain.credential import Credential, CredentialState, RevocationReason
from jmc_vc.domain.issuer import Issuer
from jmc_vc.domain.lost_credential import LostCredential
from jmc_vc.domain.outside_did import OutsideDid
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.domain.signing_key import SigningKey
from jmc_vc.domain.status_list import StatusPurpose
from jmc_vc.errors import Error
from jmc_vc.formats.did.document import VerificationMethod
from jmc_vc.formats.status.result import StatusResult
from jmc_vc.verifying.presented import PresentedEndorsement
from jmc_vc.verifying.wanted import Person


@dataclass(frozen=True, kw_only=True)
class Logged:
    """The signature came into the public log `at` that time. The credential itself came into being, in this form, with
    the entry of `first_at`, under the key `first_kid` of the same owner: another one if it was signed anew since."""

    at: datetime
    first_at: datetime
    first_kid: str


class NoRecord(StrEnum):
    """Why no time is on record: the signature is not there; nobody can tell; or the row of an erased credential knows
    the very bytes, and nothing more."""

    NOT_LOGGED = "not_logged"
    NOT_READABLE = "not_readable"
    NO_TIME = "no_time"


LogAnswer: TypeAlias = Logged | NoRecord


@dataclass(frozen=True, kw_only=True)
class ProofEvidence:
    """One signature, of an embedded proof or of the token around it. `signer` is the DID whose key it names, None if it
    names none; `method` is the key that the DID document gives for it, or why there is none; `signature` is None when
    it is right, else what is wrong, or the missing key's error; `own_key` is the register's row of a key of ours, and
    `log` what our log says of its signature, if this is right: None for keys that others keep, whose signatures we do
    not log, and for kinds of documents that nobody logs. `first_key` is the key with which the credential first came
    into the log.
    `made` is when a proof says to have been made, and of a token from when on it counts, else when it was issued;
    `created` and `expires` are those of a proof alone."""

    signer: str | None
    method: VerificationMethod | Error
    own_key: SigningKey | None
    log: LogAnswer | None
    first_key: SigningKey | None
    signature: Error | None
    made: datetime | None
    created: datetime | None
    expires: datetime | None


@dataclass(frozen=True)
class OnRecord:
    """Since when a credential has been in a state that a list tells, and why, by the word of this organization: lists
    say neither."""

    state: CredentialState
    since: datetime
    reason: RevocationReason | None


@dataclass(frozen=True)
class StatusEvidence:
    """`found` is the credential at that place of one of our own lists, of which `purpose` is asked, or what is known of
    one whose row was lost; None if the place was never given away. Of a list elsewhere it is what the list says. An
    Error says why a list says nothing. `on_record` is what a bundle says beside its list."""

    found: Credential | LostCredential | StatusResult | Error | None
    purpose: StatusPurpose | None = None
    on_record: OnRecord | None = None


@dataclass(frozen=True)
class NewerCopy:
    """The search for a newer version found one, which is what the report is about. What was presented counted from
    `since` on."""

    since: datetime


class NoNewerCopy(StrEnum):
    """Why the search for a newer version found none, so that the report is about what was presented."""

    NOT_HAD = "not_had"
    ANOTHER = "another"
    """What came is another credential, another issuer's, or about another subject."""
    NOT_GENUINE = "not_genuine"
    NONE = "none"
    """It is the newest, of those whose time has come."""


Refreshed: TypeAlias = NewerCopy | NoNewerCopy


@dataclass(frozen=True, kw_only=True)
class EndorsementEvidence:
    """An endorsement in the credential with evidence of its own, None when the request has had too many judged already.
    `by_jmc`: it is in JMC's name; `is_mark`: and about the achievement. `of_other_content`: it is about a program of
    the register, and the achievement here, which bears its id, is another one."""

    presented: PresentedEndorsement
    by_jmc: bool
    is_mark: bool
    of_other_content: bool
    evidence: "Evidence | None"


@dataclass(frozen=True)
class ShownBy:
    """Somebody showed the credential with keys of their own: those with these `ids`, or None for whoever has the key
    that the credential names. `for_us`: in answer to what we asked; else it may be a copy of what was shown to others.
    """

    ids: frozenset[str] | None
    for_us: bool


Shown: TypeAlias = ShownBy | Error
"""Who showed it, or what is wrong with how it was shown."""


@dataclass(frozen=True)
class Suspended:
    """An issuer or an accreditation was suspended, `until` that was lifted: None while it is on."""

    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Borrowed:
    """`of` is the registered issuer whose name, number or address it is. Where that is None, it is the accreditor's, or
    else the address of a credential of this service of which there is no record. `at_its_address`: the keys that the
    credential names are to be found at the registered address of `of`, and nowhere else."""

    of: Issuer | None
    accreditor: bool = False
    at_its_address: bool = False


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """`context` is what is wrong with the contexts, None if they are ones that we hold; `coverage` is None when every
    member is under a signature; `proofs` are all signatures, that of a token last; `program` is the version that the
    credential names, with its `siblings`, if the register has it, and `says_what_was_approved` tells whether the
    credential's achievement is that version's. `is_ours`: the issuer's keys are kept here, so every credential of it
    has a row; `own_row` is it. `outside_did` is the registration of the DID when the issuer signs with its own keys,
    and `suspensions` are those of such an issuer, `program_suspensions` those of `program` then, oldest first, as far
    as they are on record.
    `refreshed` is what became of the search for a newer version, None if there was none. `recipient` is whose it should
    be, if anybody asked; `holder_asked` whether somebody asked for its holder to show it, and `shown` who did, None if
    it was not shown in such a way. `borrowed` tells whose name, number or address an issuer uses that is not
    registered."""

    context: Error | None
    coverage: Error | None
    proofs: tuple[ProofEvidence, ...]
    statuses: tuple[StatusEvidence, ...]
    issuer: Issuer | None
    outside_did: OutsideDid | None
    program: ProgramVersion | None
    siblings: tuple[ProgramVersion, ...]
    says_what_was_approved: bool
    is_ours: bool
    own_row: Credential | None
    refreshed: Refreshed | None
    suspensions: tuple[Suspended, ...] = ()
    program_suspensions: tuple[Suspended, ...] = ()
    endorsements: tuple[EndorsementEvidence, ...] = ()
    recipient: Person | None = None
    holder_asked: bool = False
    shown: Shown | None = None
    borrowed: Borrowed | None = None
