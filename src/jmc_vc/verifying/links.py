r"""Is a text a link, and whose? What a QR code says, and what people copy, type or post.

Read by a syntax of our own and without any URL library: they disagree about whose `https://ours\@evil` is, and who
opens what another one has judged opens something else (QR-03). A link of ours is opened from storage and never over the
network; what stands behind `?` and `#` counts for nothing (QR-04). The link of somebody else is an address that only
the gateway may fetch, and only when a caller posted it as one; from a picture or a text nothing is opened.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from jmc_vc.domain.identifiers import Site
from jmc_vc.errors import NotFound, Unacceptable

LONGEST: Final = 2_048
"""Characters. Ours have less than 100; the gateway takes no longer ones either."""


class ForeignLink(Unacceptable):
    """A link of another service, or one that is written so oddly that readers disagree whose it is: not opened."""

    code = "foreign_link"


class OtherScheme(Unacceptable):
    """A link that no web address is: `javascript:`, `data:`, `file:`, `ftp:`, a wallet's. Not opened."""

    code = "link.scheme"


class LinkToNothing(NotFound):
    """A link of ours, but to nothing that could be verified."""

    code = "link.not_found"


class OwnKind(StrEnum):
    """What a link of ours leads to."""

    CREDENTIAL = "credential"
    SHARE = "share"
    MARK = "mark"
    OFFER = "offer"


@dataclass(frozen=True)
class OwnLink:
    """A link of ours; `id` has the form of its kind's identifiers, in the one spelling that we issue."""

    kind: OwnKind
    id: str


@dataclass(frozen=True)
class ForeignAddress:
    """The address of somebody else's document, as it was written. All readers agree which host it names; what is to be
    thought of that host is for the gateway."""

    address: str


Link = OwnLink | ForeignAddress

_LONGEST_TEXT: Final = 16_384
"""Characters, white space included. Twice what a QR code holds; a longer text is a credential, or nothing."""
_UUID: Final = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_CAPABILITY: Final = r"[A-Za-z0-9_-]{22,86}"
"""128 to 512 random bits in base64url."""
_LEADS_TO: Mapping[OwnKind, re.Pattern[str]] = {
    # The second is the address of the page of a verdict.
    OwnKind.CREDENTIAL: re.compile(rf"(?:/credentials/|/verify\?credential=)({_UUID})", re.IGNORECASE | re.ASCII),
    OwnKind.SHARE: re.compile(rf"/s/({_CAPABILITY})", re.ASCII),
    OwnKind.MARK: re.compile(r"/marks/(JMC-M-[0-9]{4,6}(?:-[0-9]{4,6})?)", re.IGNORECASE | re.ASCII),
    OwnKind.OFFER: re.compile(rf"/(?:claim|oid4vci/offers)/({_CAPABILITY})", re.ASCII),
}
_DEFAULT_PORTS: Mapping[str, int] = {"https": 443, "http": 80}
_ISSUED_AS: Mapping[OwnKind, Callable[[str], str]] = {OwnKind.CREDENTIAL: str.lower, OwnKind.MARK: str.upper}
"""The one spelling of what may be typed in any; a random token has no other."""
_BARE_UUID = re.compile(_UUID, re.IGNORECASE | re.ASCII)
_ADDRESS = re.compile(
    r"https?://(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?(?:[/?#][!-\[\]-~]*)?", re.IGNORECASE | re.ASCII
)
"""A name or number of a host, and behind it printable ASCII without a backslash."""
_AROUND: Final = "<>()[]“”‘’（）［］＜＞〈〉《》「」『』【】、。，．,.;；:："
"""What programs and people put around a link; none of ours ends with any of it."""
_PIECE = re.compile(r"(?<![!-~])[<(\[]?https?://[!#-'*-;=?-Z\\^-z|~]+", re.ASCII | re.IGNORECASE)
"""A whole link inside a text. What stands before it is no character of an address, so that it is not a part of
another one."""
_NO_PROSE: Final = ("{", "[", '"', "<")
"""How JSON and markup begin: a credential names addresses of ours, and is no text with a link in it."""
_WEB = re.compile(r"(?:https?:)?[/\\]{2}", re.IGNORECASE | re.ASCII)
_OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:\S+", re.IGNORECASE | re.ASCII)
_WITHOUT_SCHEME = re.compile(r"(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*(?::[0-9]{1,5})?/\S*", re.IGNORECASE | re.ASCII)


def read_link(text: str, site: Site) -> Link | None:
    """What `text` leads to; None for a text that is no link, as a credential is none. A link of ours is taken as people
    write it: broken over lines, in capitals, without `https://`, in brackets, as the only one in a text, or only the
    number of a credential. Raises ForeignLink, OtherScheme and LinkToNothing."""
    if len(text) > _LONGEST_TEXT:
        return None
    whole = _out_of_quotes(text.strip())
    compact = "".join(whole.split())
    bare = compact.strip(_AROUND)
    if _BARE_UUID.fullmatch(bare):
        return OwnLink(OwnKind.CREDENTIAL, bare.lower())
    path = _own_path(bare, site.base_url)
    own = (None if path is None else _own_link(path)) or _only_one_in(whole, site.base_url)
    if own is not None:
        return own
    if path is not None:
        raise LinkToNothing
    if _WEB.match(compact):
        if len(compact) > LONGEST or compact != whole or not _ADDRESS.fullmatch(compact):
            raise ForeignLink
        return ForeignAddress(compact)
    if _WITHOUT_SCHEME.fullmatch(whole):
        raise ForeignLink
    if _OTHER_SCHEME.fullmatch(whole):
        raise OtherScheme
    return None


def _out_of_quotes(text: str) -> str:
    """What spreadsheets and shells put quotes around."""
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return text[1:-1].strip() if quoted else text


def read_own_link(text: str, site: Site) -> OwnLink | None:
    """The same of a text that nobody posted as an address: one of somebody else is a ForeignLink."""
    link = read_link(text, site)
    if isinstance(link, ForeignAddress):
        raise ForeignLink
    return link


def _own_path(text: str, base_url: str) -> str | None:
    """What stands behind our host; None if it is not exactly our host. `http` for `https` is no other place, as the
    link is not opened over the network; nor is the port that goes without saying."""
    scheme, _, host = base_url.partition("://")
    hosts = (host,) if ":" in host else (host, f"{host}:{_DEFAULT_PORTS[scheme]}")
    for each in hosts:
        for start in (f"{scheme}://{each}", f"http://{each}", each):
            begins, behind = text[: len(start)], text[len(start) :]
            # ASCII first: the Kelvin sign in small letters is a k.
            if begins.isascii() and begins.lower() == start and (behind == "" or behind[0] in "/?#"):
                return behind
    return None


def _only_one_in(text: str, base_url: str) -> OwnLink | None:
    """The link of ours in a text, if there is one and no other; None for one inside the link of somebody else."""
    if text.startswith(_NO_PROSE):
        return None
    paths = [_own_path(piece.strip(_AROUND), base_url) for piece in _PIECE.findall(text)]
    found = {link for path in paths if path is not None and (link := _own_link(path)) is not None}
    return found.pop() if len(found) == 1 else None


def _own_link(path: str) -> OwnLink | None:
    bare = path.partition("#")[0]
    for written in (bare.partition("?")[0].rstrip("/"), bare.partition("&")[0]):
        for kind, leads_to in _LEADS_TO.items():
            if found := leads_to.fullmatch(written):
                return OwnLink(kind, _ISSUED_AS.get(kind, str)(found[1]))
    return None
