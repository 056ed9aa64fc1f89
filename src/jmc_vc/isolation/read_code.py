"""Read the QR code of a picture, without a pixel of it being decoded in this process."""

from collections.abc import Mapping
from dataclasses import dataclass

from jmc_vc.errors import Error, Unacceptable
from jmc_vc.formats.baking.baked import AmbiguousPicture, DamagedPicture
from jmc_vc.isolation import seen
from jmc_vc.isolation.pool import Pool, WorkerLost
from jmc_vc.isolation.seen import Seen
from jmc_vc.isolation.worker import Fate


class NoCode(Unacceptable):
    """A good picture, or PDF, in which no QR code can be read."""

    code = "image.no_code"


class TooManyPixels(Unacceptable):
    """Its header says that the picture is larger than any camera takes them here: it was not decoded."""

    code = "image.pixels"


class TooManyPages(Unacceptable):
    """A PDF with more pages than a certificate has."""

    code = "image.pages"


class LockedPdf(Unacceptable):
    """A PDF that opens with a password only."""

    code = "image.locked"


class TooMuchWork(Unacceptable):
    """It could not be read within the time and memory that one file may take; a decoder may have broken down."""

    code = "image.work"


_REFUSALS: Mapping[Seen, type[Error]] = {
    Seen.NONE: NoCode,
    Seen.SEVERAL: AmbiguousPicture,
    Seen.DAMAGED: DamagedPicture,
    Seen.PIXELS: TooManyPixels,
    Seen.PAGES: TooManyPages,
    Seen.LOCKED: LockedPdf,
}


@dataclass(frozen=True)
class ReadCode:
    """Read the one QR code of a picture (PNG, JPEG, WebP, GIF) or PDF."""

    pool: Pool

    def __call__(self, picture: bytes) -> str:
        """The text in it: a stranger's, of at most some thousand characters. Waits up to a second for it. Raises
        NoCode, AmbiguousPicture, DamagedPicture, TooManyPixels, TooManyPages, LockedPdf, TooMuchWork, and Occupied and
        WorkerLost, which say nothing about the picture."""
        fate, answer = self.pool(picture)
        if fate is not Fate.ANSWERED:
            raise TooMuchWork
        try:
            found, text = seen.read(answer)
        except ValueError as err:
            raise WorkerLost from err
        if found is not Seen.CODE:
            raise _REFUSALS[found]
        return text


def code_reader() -> ReadCode:
    """With workers of its own, of which none is started yet."""
    return ReadCode(Pool("jmc_vc.isolation.pictures:read_codes"))
