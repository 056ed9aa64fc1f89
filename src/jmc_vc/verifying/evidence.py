"""What was gathered for the checks: frozen, so that judging it needs no network, no database and no clock."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from jmc_vc.domain.credential import Credential
from jmc_vc.domain.issuer import Issuer
from jmc_vc.domain.lost_credential import LostCredential
from jmc_vc.domain.outside_did import OutsideDid
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.domain.signing_key import SigningKey
from jmc_vc.errors import Error
from jmc_vc.formats.did.document import VerificationMethod


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
    not log. `first_key` is the key with which the credential first came into the log.
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


@dataclass(frozen=True, kw_only=True)
class StatusEvidence:
    """`row` is the credential at that place of one of our own lists, or what is known of one whose row was lost; None
    if the place was never given away. An Error says why a list could not be read."""

    purpose: str
    row: Credential | LostCredential | Error | None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """`context` is what is wrong with the contexts, None if they are ones that we hold; `coverage` is None when every
    member is under a signature; `proofs` are all signatures, that of a token last; `program` is the version that the
    credential names, with its `siblings`, if the register has it, and `says_what_was_approved` tells whether the
    credential's achievement is that version's. `is_ours`: the issuer's keys are kept here, so every credential of it
    has a row; `own_row` is it. `outside_did` is the registration of the DID when the issuer signs with its own keys."""

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
