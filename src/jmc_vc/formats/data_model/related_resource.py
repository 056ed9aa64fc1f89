"""relatedResource: digests of what a credential refers to, so that a reader sees what its issuer saw.

https://www.w3.org/TR/vc-data-model-2.0/#integrity-of-related-resources, with `digestSRI` from
https://www.w3.org/TR/SRI/#the-integrity-attribute and `digestMultibase` from
https://www.w3.org/TR/vc-data-integrity/#resource-integrity

Nothing is fetched here. Whoever has the bytes of a resource (a context that is shipped with the service, a file that
was downloaded) compares them with `check_resource`.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from jmc_vc.errors import Error, Unacceptable
from jmc_vc.formats.data_model.shape import parts_of, required_id_of
from jmc_vc.formats.encoding import base64url, multibase
from jmc_vc.formats.openbadges.member import Node
from jmc_vc.formats.strict_json import JsonValue

MOST_DIGESTS: Final = 8
"""Of one kind for one resource. Two are usual while one algorithm replaces another."""

LONGEST_SRI: Final = 1_024
"""Characters: eight digests of 95, the longest that there are, and the blanks between them."""

_LONGEST_MULTIBASE: Final = 128
"""Characters: 64 bytes in base 58 have 90."""

_SRI: Final = re.compile(r"(sha256|sha384|sha512)-([A-Za-z0-9+/_-]{43,86}={0,2})")
"""Other algorithms are passed over, as browsers do: SRI lets a writer add what only some readers know."""

_MULTIHASHES: Mapping[bytes, str] = {
    b"\x12\x20": "sha256",
    b"\x20\x30": "sha384",
    b"\x16\x20": "sha3_256",
    b"\x15\x30": "sha3_384",
}
"""https://www.w3.org/TR/cid-1.0/#multihash: the code of the algorithm and the length of the digest."""

_BARE: Mapping[int, str] = {32: "sha256", 48: "sha384"}
"""A digest without those two bytes, told by its length. The test suite of W3C writes it like this, against the rule;
taking it lets nothing through that the bytes do not show."""


class BadRelatedResource(Unacceptable):
    """A related resource without digest that can be checked, named twice, or in another form."""

    code = "vc.related_resource"


class ResourceChanged(Unacceptable):
    """The resource has not the digest that the issuer stated."""

    code = "vc.related_digest"


@dataclass(frozen=True)
class Digest:
    """`value` of `algorithm`, a name that hashlib knows."""

    algorithm: str
    value: bytes

    def fits(self, data: bytes) -> bool:
        """Whether `data` has this digest."""
        return hashlib.new(self.algorithm, data).digest() == self.value


@dataclass(frozen=True, kw_only=True)
class RelatedResource:
    """What is at `id` has, for each of the members that hold digests, one of the strongest digests in it. `pointer` is
    its place in the credential."""

    id: str
    media_type: str | None
    digests: tuple[tuple[Digest, ...], ...]
    pointer: str


def check_resource(resource: RelatedResource, data: bytes) -> None:
    """Compare `data`, the bytes of `resource`, with what the issuer stated. Raises vc.related_digest."""
    if not all(any(each.fits(data) for each in strongest) for strongest in resource.digests):
        raise ResourceChanged(pointer=resource.pointer)


def read_related_resources(node: Node) -> tuple[RelatedResource, ...]:
    """The related resources of the credential `node` (VC-11): one or many objects, no id twice, each with a digest.

    Raises vc.id, vc.member, vc.related_resource."""
    found: dict[str, RelatedResource] = {}
    for part in parts_of(node, "relatedResource"):
        resource = _related_resource(part)
        if resource.id in found:
            raise BadRelatedResource(pointer=part.at("id"))
        found[resource.id] = resource
    return tuple(found.values())


def _related_resource(node: Node) -> RelatedResource:
    resource_id = required_id_of(node)
    media_type = node.members.get("mediaType")
    if node.has("mediaType") and not isinstance(media_type, str):
        raise BadRelatedResource(pointer=node.at("mediaType"))
    digests = tuple(
        _strongest(read(node.members[name], node.at(name)), node.at(name))
        for name, read in (("digestSRI", _sri_digests), ("digestMultibase", _multibase_digests))
        if node.has(name)
    )
    if not digests:
        raise BadRelatedResource(pointer=node.pointer)
    return RelatedResource(
        id=resource_id,
        media_type=media_type if isinstance(media_type, str) else None,
        digests=digests,
        pointer=node.pointer,
    )


def _sri_digests(value: JsonValue, pointer: str) -> list[Digest]:
    """SRI writes several digests into one text, with blanks between them."""
    digests = []
    for text in _texts(value, pointer, longest=LONGEST_SRI):
        for written in text.split():
            algorithm, dash, _ = written.partition("-")
            if not dash:
                raise BadRelatedResource(pointer=pointer)
            if algorithm not in ("sha256", "sha384", "sha512"):
                continue
            found = _SRI.fullmatch(written)
            if found is None:
                raise BadRelatedResource(pointer=pointer)
            # Content Security Policy, whose grammar SRI uses, allows both alphabets of base64.
            digests.append(_digest(algorithm, found[2].rstrip("=").translate(_TO_BASE64URL), pointer))
    return digests


def _multibase_digests(value: JsonValue, pointer: str) -> list[Digest]:
    """A multihash, or a list of them."""
    digests = []
    for text in _texts(value, pointer, longest=_LONGEST_MULTIBASE):
        try:
            data = multibase.decode(text, longest=_LONGEST_MULTIBASE)
        except Error as err:
            raise BadRelatedResource(pointer=pointer) from err
        if data[:2] in _MULTIHASHES and len(data) == 2 + data[1]:
            digests.append(Digest(_MULTIHASHES[data[:2]], data[2:]))
        elif len(data) in _BARE:
            digests.append(Digest(_BARE[len(data)], data))
    return digests


def _texts(value: JsonValue, pointer: str, *, longest: int) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    texts = [each for each in listed if isinstance(each, str) and len(each) <= longest]
    if len(texts) != len(listed) or len(texts) > MOST_DIGESTS:
        raise BadRelatedResource(pointer=pointer)
    return texts


def _digest(algorithm: str, encoded: str, pointer: str) -> Digest:
    try:
        value = base64url.decode(encoded)
    except Error as err:
        raise BadRelatedResource(pointer=pointer) from err
    if len(value) != hashlib.new(algorithm).digest_size:
        raise BadRelatedResource(pointer=pointer)
    return Digest(algorithm, value)


def _strongest(digests: list[Digest], pointer: str) -> tuple[Digest, ...]:
    """SRI: only the strongest of the algorithms counts, and one digest of it has to fit."""
    if not digests or len(digests) > MOST_DIGESTS:
        raise BadRelatedResource(pointer=pointer)
    size = max(len(each.value) for each in digests)
    return tuple(each for each in digests if len(each.value) == size)


_TO_BASE64URL = str.maketrans("+/", "-_")
