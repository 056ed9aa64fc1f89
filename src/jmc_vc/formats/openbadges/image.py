"""Image: a picture by address or as a data URI. https://www.imsglobal.org/spec/ob/v3p0/#image"""

from dataclasses import dataclass

from jmc_vc.formats.openbadges.member import Node


@dataclass(frozen=True, kw_only=True)
class Image:
    """`id` is an address, never opened by the service, or a data URI."""

    id: str
    caption: str | None


def read_image(node: Node) -> Image | None:
    """The `image` of an object, if it has one. Raises schema.*."""
    image = node.optional_node("image")
    if image is None:
        return None
    image.types("Image")
    return Image(id=image.id(), caption=image.optional_text("caption"))
