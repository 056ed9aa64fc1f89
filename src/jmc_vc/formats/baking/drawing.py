"""One walk over an SVG drawing: where its root begins, and what in it claims to be a badge.

https://www.w3.org/TR/SVG2/ and https://www.w3.org/TR/xml-names/. It is read by expat, which fetches nothing by itself.
A DOCTYPE that only names the DTD of SVG, as many drawing programs write, is tolerated and its DTD never fetched. One
with declarations of its own is refused, and so is every entity that only a DTD could define: entities make small files
large, read other files, and mean different things to readers that do and do not fetch.
"""

import re
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from jmc_vc.errors import Unacceptable, Unsupported
from jmc_vc.formats.baking.baked import (
    LARGEST_PICTURE,
    BadPictureEncoding,
    DamagedPicture,
    PictureTooComplex,
    require_size,
)

PREFIX: Final = "openbadges"
NAMESPACE: Final = "https://purl.imsglobal.org/ob/v3p0"
"""Not that of the vocabulary, which has `/spec/` in it."""
DEEPEST: Final = 256
"""Drawing programs nest groups some 20 deep; viewers recurse."""
MOST_ELEMENTS: Final = 50_000
"""A detailed drawing has some thousands; a map, which nobody takes for a badge, has more."""

_OLDER_NAMESPACE = "http://openbadges.org"
"""Of Open Badges 1 and 2."""
_ROOTS = {("http://www.w3.org/2000/svg", "svg"), ("", "svg")}
# Between namespace, name and prefix of an element: no character of XML, so that none of them can hold it.
_SEPARATOR = "\x1f"
_START_TAG = re.compile(rb"""<([^\s/>]+)[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>""")
_DTD_ENTITY = re.compile(rb"&(?!#|(?:amp|lt|gt|quot|apos);)")


class DtdForbidden(Unacceptable):
    """The drawing declares a document type of its own, or uses an entity that one would have to define."""

    code = "image.dtd_forbidden"


class NoDrawing(Unsupported):
    """XML, but not an SVG drawing."""

    code = "image.no_svg"


@dataclass
class ClaimedCredential:
    """An element that some reader may take for the badge, between the bytes `start` and `end`. Only a `genuine` one is
    it. `mixed` when there is more inside than text: readers differ on what its text is then."""

    genuine: bool
    older: bool
    verify: str | None
    start: int
    end: int = 0
    text: list[str] = field(default_factory=list)
    mixed: bool = False


class Drawing:
    """What the walk found: the byte `start` at which the root begins, the namespace that the root gives to our
    `prefix` (None: none), and the `claims` in the order of the document.

    Raises image.limit, image.complex, image.encoding, image.dtd_forbidden, image.damaged and image.no_svg; whatever a
    handler raises ends the walk."""

    def __init__(self, picture: bytes) -> None:
        require_size(picture, LARGEST_PICTURE)
        _require_utf8(picture)
        self.start = 0
        self.prefix: str | None = None
        self.claims: list[ClaimedCredential] = []
        self._picture = picture
        self._open: list[ClaimedCredential | None] = []
        self._elements = 0
        self._names_a_dtd = False
        # What encoding is declared does not matter to the parser: it must be this one.
        self._parser = expat.ParserCreate("UTF-8", _SEPARATOR)
        self._parser.namespace_prefixes = True
        self._parser.buffer_text = True
        self._parser.XmlDeclHandler = self._on_declaration
        self._parser.StartDoctypeDeclHandler = self._on_doctype
        self._parser.SkippedEntityHandler = self._on_unknown_entity
        self._parser.StartNamespaceDeclHandler = self._on_namespace
        self._parser.StartElementHandler = self._on_start
        self._parser.EndElementHandler = self._on_end
        self._parser.CharacterDataHandler = self._on_text
        self._parser.CommentHandler = self._on_aside
        self._parser.ProcessingInstructionHandler = self._on_aside
        try:
            self._parser.Parse(picture, True)
        except expat.ExpatError as err:
            raise DamagedPicture from err
        finally:
            del self._parser  # it refers to us: both would stay, with the picture, until the next garbage collection

    def _on_declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() != "utf-8":
            raise BadPictureEncoding

    def _on_doctype(self, _name: str, _system: str | None, _public: str | None, has_internal_subset: int) -> None:
        if has_internal_subset:
            raise DtdForbidden
        self._names_a_dtd = True

    def _on_unknown_entity(self, _name: str, _is_parameter: int) -> None:
        raise DtdForbidden

    def _on_namespace(self, prefix: str | None, namespace: str | None) -> None:
        if self._elements == 0 and prefix == PREFIX:
            self.prefix = namespace

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS or len(self._open) == DEEPEST:
            raise PictureTooComplex
        start = self._parser.CurrentByteIndex
        # In attributes expat leaves such entities out without a word, once a DTD is named that it did not read.
        if self._names_a_dtd and _DTD_ENTITY.search(start_tag(self._picture, start)[0]):
            raise DtdForbidden
        namespace, local, prefix = _parts(name)
        if self._elements == 1:
            if (namespace, local) not in _ROOTS:
                raise NoDrawing
            self.start = start
        self._on_aside()
        ours = (local == "credential" and namespace == NAMESPACE) or (
            local == "assertion" and namespace == _OLDER_NAMESPACE
        )
        # By its prefix alone, readers without namespaces find it.
        claim = None
        if ours or (local in {"credential", "assertion"} and prefix == PREFIX):
            claim = ClaimedCredential(
                genuine=ours, older=local == "assertion", verify=attributes.get("verify"), start=start
            )
            self.claims.append(claim)
        self._open.append(claim)

    def _on_end(self, _name: str) -> None:
        claim = self._open.pop()
        if claim is not None:
            tag = start_tag(self._picture, claim.start)
            is_empty = tag[0].endswith(b"/>")
            claim.end = tag.end() if is_empty else self._picture.index(b">", self._parser.CurrentByteIndex) + 1

    def _on_text(self, text: str) -> None:
        if self._open and (claim := self._open[-1]) is not None:
            claim.text.append(text)

    def _on_aside(self, *_what: str) -> None:
        """An element, a comment or a processing instruction, perhaps in the middle of a badge."""
        if self._open and (claim := self._open[-1]) is not None:
            claim.mixed = True


def start_tag(picture: bytes, start: int) -> re.Match[bytes]:
    """The start tag at `start`, where the parser has seen a good one; its group 1 is the name as written."""
    found = _START_TAG.match(picture, start)
    assert found is not None
    return found


def _require_utf8(picture: bytes) -> None:
    try:
        picture.decode()
    except UnicodeDecodeError as err:
        raise BadPictureEncoding from err
    if b"\0" in picture:  # UTF-16 without a byte-order mark
        raise BadPictureEncoding


def _parts(name: str) -> tuple[str, str, str]:
    """Namespace, name and prefix of an element, which expat leaves out from the right and then from the left."""
    match name.split(_SEPARATOR):
        case [namespace, local, prefix]:
            return namespace, local, prefix
        case [namespace, local]:
            return namespace, local, ""
        case _:
            return "", name, ""
