"""In which forms a program's credentials are made (domain model §3, IssuingSettings): a matter between the issuer and
the readers that it serves, and no part of what was accredited.

Settings are dated and only ever added to. A change holds for what is awarded from its moment on, and never touches a
credential that was issued before. A status entry is always one object, the only form that Open Badges 3.0 takes; the
array of two entries belongs to plain VC Data Model documents, which are not offered as Open Badges.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from jmc_vc.domain.credential import Format
from jmc_vc.domain.status_list import ListForm, StatusForm


class IssuingProfile(StrEnum):
    """How a credential is secured (Open Badges 3.0 §8)."""

    DATA_INTEGRITY_EDDSA = "data-integrity-eddsa"
    DATA_INTEGRITY_ECDSA = "data-integrity-ecdsa"
    VC_JWT = "vc-jwt"
    BOTH = "both"


class JwtAlgorithm(StrEnum):
    """How a VC-JWT is signed: these two and no other (conformance OB-41)."""

    ES256 = "ES256"
    RS256 = "RS256"


@dataclass(frozen=True)
class Securing:
    """One form of a credential, and the kind of key that signs it (`SigningKey.algorithm`)."""

    format: Format
    algorithm: str


EMBEDDED_EDDSA = Securing(Format.JSON, "Ed25519")
EMBEDDED_ECDSA = Securing(Format.JSON, "P-256")
SELECTIVE = Securing(Format.SD_JWT, "P-256")
TOKEN: Mapping[JwtAlgorithm, Securing] = {
    JwtAlgorithm.ES256: Securing(Format.JWT, "P-256"),
    JwtAlgorithm.RS256: Securing(Format.JWT, "RSA"),
}
_EMBEDDED: Mapping[IssuingProfile, tuple[Securing, ...]] = {
    IssuingProfile.DATA_INTEGRITY_EDDSA: (EMBEDDED_EDDSA,),
    IssuingProfile.DATA_INTEGRITY_ECDSA: (EMBEDDED_ECDSA,),
    IssuingProfile.VC_JWT: (),
    IssuingProfile.BOTH: (EMBEDDED_EDDSA,),
}
ALGORITHMS: tuple[str, ...] = tuple(
    dict.fromkeys(each.algorithm for each in (EMBEDDED_EDDSA, EMBEDDED_ECDSA, SELECTIVE, *TOKEN.values()))
)
"""Every kind of key that some settings need."""
_ENVELOPED = frozenset({IssuingProfile.VC_JWT, IssuingProfile.BOTH})


@dataclass(frozen=True, kw_only=True)
class IssuingSettings:
    """`sd_jwt_vc`: an SD-JWT VC is made beside the rest."""

    profile: IssuingProfile = IssuingProfile.DATA_INTEGRITY_EDDSA
    jwt_algorithm: JwtAlgorithm = JwtAlgorithm.ES256
    sd_jwt_vc: bool = False
    status_form: StatusForm = StatusForm.BITSTRING

    @property
    def securings(self) -> tuple[Securing, ...]:
        """What is made of one award, in this order, the primary form first. A JWT holds the document as the embedded
        proof left it (OB-46)."""
        enveloped = (TOKEN[self.jwt_algorithm],) if self.enveloped else ()
        selective = (SELECTIVE,) if self.sd_jwt_vc else ()
        return (*_EMBEDDED[self.profile], *enveloped, *selective)

    @property
    def algorithms(self) -> tuple[str, ...]:
        """The kinds of key that the issuer needs, that of the primary form first."""
        return tuple(dict.fromkeys(each.algorithm for each in self.securings))

    @property
    def signed_lists(self) -> tuple[ListForm, ...]:
        """The lists that must be there before a credential leaves that names its place in one."""
        return (ListForm.REVOCATION, ListForm.TOKEN) if self.sd_jwt_vc else (ListForm.REVOCATION,)

    @property
    def enveloped(self) -> bool:
        """A VC-JWT is among the forms."""
        return self.profile in _ENVELOPED

    @property
    def needs_subject_id(self) -> bool:
        """A VC-JWT has `sub`, which is the subject's id: a learner without a DID gets one made for the credential
        (conformance D-3)."""
        return self.enveloped


DEFAULT = IssuingSettings()
"""Of a program for which nothing was set."""


@dataclass(frozen=True, kw_only=True)
class SettingsChange:
    """What was set for a program, as its `number`-th change, counted from 1."""

    program: str
    number: int
    settings: IssuingSettings
    in_force_from: datetime


def in_force(changes: Iterable[SettingsChange], now: datetime) -> IssuingSettings:
    """What holds at the moment `now`: the last change that has begun."""
    begun = [each for each in changes if each.in_force_from <= now]
    return max(begun, key=lambda each: each.number).settings if begun else DEFAULT
