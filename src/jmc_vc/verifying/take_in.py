"""What somebody hands in, and the credential in it.

- A picture or a PDF: the credential that is baked in, and otherwise what its QR code says.
- A text, also that of a code: a link of ours is opened, from storage; every other text is itself the credential.
- An address that somebody posted as one: opened in the same way if it is ours, and fetched if it is not.

Nobody's address is ever fetched because it stood in a picture, a code or a text (QR-01 to QR-03).
"""

from dataclasses import dataclass, replace
from datetime import datetime

from jmc_vc.domain.identifiers import Site
from jmc_vc.errors import Unacceptable
from jmc_vc.fetching.document_kind import DocumentKind
from jmc_vc.fetching.unavailable import BadAddress, ForbiddenAddress, NotFetched
from jmc_vc.formats.baking.baked import NotBaked
from jmc_vc.formats.raster import Raster, raster_of
from jmc_vc.isolation.read_code import NoCode
from jmc_vc.verifying.detect import Detected, detect, is_token
from jmc_vc.verifying.input import Source
from jmc_vc.verifying.links import ForeignAddress, OwnLink, read_link, read_own_link
from jmc_vc.verifying.open_link import OpenLink
from jmc_vc.verifying.outside import Need, Needs, NotAskedFor, Steps, obtain


class NoLink(Unacceptable):
    """What was posted as an address is none."""

    code = "link.unreadable"


class LinkForbidden(Unacceptable):
    """The address is none that we ask: another scheme or port, or a machine that is not for the public."""

    code = "link.forbidden"


class LinkUnavailable(Unacceptable):
    """What lies at the address could not be had, or is too large."""

    code = "link.unavailable"


class OtherCode(Unacceptable):
    """The QR code says something that is neither a link nor a credential."""

    code = "image.other_code"


@dataclass(frozen=True)
class PostedAddress:
    """An address that a caller asks us to open."""

    url: str


HandedIn = bytes | PostedAddress


@dataclass(frozen=True, kw_only=True)
class TakeIn:
    """Find the credential in what was handed in."""

    site: Site
    open_link: OpenLink

    def __call__(self, handed_in: HandedIn, *, now: datetime) -> Steps[Detected]:
        """The credential, and what it was taken out of. Raises errors with the codes image.*, link.* and foreign_link,
        and what opening a link of ours raises."""
        if isinstance(handed_in, PostedAddress):
            return (yield from self._at(handed_in.url, now))
        kind = raster_of(handed_in)
        if kind is None:
            return self._text(handed_in, now)
        if kind is Raster.PNG:
            try:
                return detect(handed_in)
            except NotBaked:
                pass  # perhaps it shows a code
        try:
            code = (yield from obtain(Needs((), picture=handed_in))).text_of_code()
        except NoCode:
            if kind is Raster.PNG:
                raise NotBaked from None
            raise
        return self._code(code, Source.PDF if kind is Raster.PDF else Source.QR, now)

    def _text(self, data: bytes, now: datetime) -> Detected:
        link = _link(data, self.site)
        return detect(data) if link is None else self._opened(link, Source.LINK, now)

    def _code(self, text: str, source: Source, now: datetime) -> Detected:
        link = read_own_link(text, self.site)
        if link is not None:
            return self._opened(link, source, now)
        data = text.encode()
        if not is_token(data) and not text.lstrip().startswith("{"):
            raise OtherCode
        return replace(detect(data), source=source)

    def _at(self, url: str, now: datetime) -> Steps[Detected]:
        link = read_link(url, self.site)
        if isinstance(link, ForeignAddress):
            need = Need(link.address, DocumentKind.CREDENTIAL)
            outside = yield from obtain(Needs((need,)))
            try:
                fetched = outside.get(need)
            except (BadAddress, ForbiddenAddress) as err:
                raise LinkForbidden from err
            except (NotFetched, NotAskedFor) as err:
                raise LinkUnavailable from err
            return replace(detect(fetched.body), source=Source.URL)
        if link is None:
            raise NoLink
        return self._opened(link, Source.LINK, now)

    def _opened(self, link: OwnLink, source: Source, now: datetime) -> Detected:
        return replace(detect(self.open_link(link, now=now)), source=source)


def _link(data: bytes, site: Site) -> OwnLink | None:
    if data[:1] == b"{":
        return None
    try:
        return read_own_link(data.decode(), site)
    except UnicodeDecodeError:
        return None
