"""What keeps a verification from being made at all, by what was handed in: for the problem lists of the endpoints."""

from jmc_vc.domain.credential import CredentialNotFound
from jmc_vc.errors import Error
from jmc_vc.formats.baking import UnsupportedPicture
from jmc_vc.formats.baking.baked import (
    AmbiguousPicture,
    BadPictureEncoding,
    DamagedPicture,
    NoCredentialText,
    NotBaked,
    OlderBakedBadge,
    PictureTooComplex,
    PictureTooLarge,
)
from jmc_vc.formats.baking.drawing import DtdForbidden, NoDrawing
from jmc_vc.formats.baking.png import UnknownCompression
from jmc_vc.formats.baking.svg import NoXmlText
from jmc_vc.formats.strict_json import (
    BadNumber,
    BadUnicode,
    DuplicateKey,
    NotAnObject,
    NotJson,
    NotUtf8,
    TooDeep,
    TooManyBytes,
    TooManyValues,
)
from jmc_vc.isolation.pool import Occupied, WorkerLost
from jmc_vc.isolation.read_code import LockedPdf, NoCode, TooManyPages, TooManyPixels, TooMuchWork
from jmc_vc.publishing.credential import CredentialDamaged, CredentialErased, WithdrawnFromView
from jmc_vc.verifying.links import ForeignLink, LinkToNothing, OtherScheme
from jmc_vc.verifying.misplaced import ABundle, AnArchive, AnOfficeFile, AReceipt, OtherToken
from jmc_vc.verifying.open_link import MarkNotFound, OfferLink, ShareNotFound
from jmc_vc.verifying.policy import PolicyUnknown
from jmc_vc.verifying.presented import NotACredential, TooManyParts
from jmc_vc.verifying.presented_token import UnsupportedToken
from jmc_vc.verifying.take_in import LinkForbidden, LinkUnavailable, NoLink, OtherCode
from jmc_vc.web.guessing import TooManyMisses
from jmc_vc.web.limits import OF_BODIES
from jmc_vc.web.media_types import WrongMediaType
from jmc_vc.web.problems import QueryRefused
from jmc_vc.web.rooms import Crowded, TooManyFromOne
from jmc_vc.web.verify_api.recognizing import NotRecognized

ASKED: tuple[type[Error], ...] = (
    *OF_BODIES, WrongMediaType, QueryRefused, PolicyUnknown, TooManyFromOne, Crowded,
)  # fmt: skip
"""Of every request."""
JSON: tuple[type[Error], ...] = (
    NotUtf8, NotJson, NotAnObject, DuplicateKey, BadNumber, BadUnicode, TooDeep, TooManyValues, TooManyBytes,
)  # fmt: skip
CREDENTIAL: tuple[type[Error], ...] = (
    NotACredential, NotRecognized, TooManyParts, UnsupportedToken, AReceipt, ABundle, AnArchive, AnOfficeFile,
    OtherToken,
)  # fmt: skip
PICTURE: tuple[type[Error], ...] = (
    AmbiguousPicture, BadPictureEncoding, DamagedPicture, DtdForbidden, LockedPdf, NoCode, NoCredentialText, NoDrawing,
    NotBaked, NoXmlText, Occupied, OlderBakedBadge, OtherCode, PictureTooComplex, PictureTooLarge, TooManyPages,
    TooManyPixels, TooMuchWork, UnknownCompression, UnsupportedPicture, WorkerLost,
)  # fmt: skip
LINK: tuple[type[Error], ...] = (
    CredentialDamaged, CredentialErased, CredentialNotFound, ForeignLink, LinkForbidden, LinkToNothing, LinkUnavailable,
    MarkNotFound, NoLink, OfferLink, OtherScheme, ShareNotFound, TooManyMisses, WithdrawnFromView,
)  # fmt: skip
