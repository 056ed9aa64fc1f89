"""What an award may be refused for, whatever words it came in: for the description of the endpoint that issues."""

from jmc_vc.domain.accreditation import NotApprovedOnAwardDate, ProgramSuspended, ProgramWithdrawn
from jmc_vc.domain.award import (
    ActivityAfterAward,
    ActivityReversed,
    AlreadyExpired,
    AwardInFuture,
    ResultLevelUnknown,
    ResultMissing,
    ResultNotMet,
    ResultOutOfRange,
    ResultTwice,
    ResultUnknown,
    ResultUnreadable,
)
from jmc_vc.domain.evidence import EvidenceLinkRefused, EvidenceRepeated, EvidenceTextRefused, TooMuchEvidence
from jmc_vc.domain.issuer import IssuerSuspended, NotRegisteredOnAwardDate, RegistrationEnded
from jmc_vc.domain.japan_time import UnreadableDate
from jmc_vc.domain.my_number import MyNumberRejected
from jmc_vc.domain.person_name import (
    KanaRefused,
    LatinRefused,
    NameBothForms,
    NameCharacterRefused,
    NameMissing,
    NamePartEmpty,
    NameTooLong,
    UnsupportedCharacter,
)
from jmc_vc.domain.recipient import DidRefused, EmailRefused, RecipientUnidentified
from jmc_vc.issuing.desk import DeskFull
from jmc_vc.issuing.reserve import (
    DuplicateAward,
    IdempotencyConflict,
    IdempotencyInProgress,
    OwnIdentifier,
    ProgramUnknown,
)
from jmc_vc.issuing.stored_facts import NoActiveKey

AWARD = (
    ActivityAfterAward, ActivityReversed, AlreadyExpired, AwardInFuture, DeskFull, DidRefused, DuplicateAward,
    EmailRefused, EvidenceLinkRefused, EvidenceRepeated, EvidenceTextRefused, IdempotencyConflict,
    IdempotencyInProgress, IssuerSuspended, KanaRefused, LatinRefused, MyNumberRejected, NameBothForms,
    NameCharacterRefused, NameMissing, NamePartEmpty, NameTooLong, NoActiveKey, NotApprovedOnAwardDate,
    NotRegisteredOnAwardDate, OwnIdentifier, ProgramSuspended, ProgramUnknown, ProgramWithdrawn, RecipientUnidentified,
    RegistrationEnded, ResultLevelUnknown, ResultMissing, ResultNotMet, ResultOutOfRange, ResultTwice, ResultUnknown,
    ResultUnreadable, TooMuchEvidence, UnreadableDate, UnsupportedCharacter,
)  # fmt: skip
