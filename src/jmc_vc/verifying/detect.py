"""What the bytes are, judged from themselves and not from a file name or media type.

Only JSON is read here. For the other containers of a credential the answer names the container, so that its sender
knows that nothing was checked.
"""

from jmc_vc.errors import Unsupported

_PNG = b"\x89PNG\r\n\x1a\n"
_JWT = b"eyJ"
"""How every compact JWS begins: base64url of `{"`."""


class UnsupportedContainer(Unsupported):
    """A picture or a token: it may hold a credential, but not one that can be checked in this form."""

    code = "verify.unsupported_format"


def require_json(data: bytes) -> None:
    """Raises UnsupportedContainer when the bytes are plainly another container than JSON."""
    start = data[:256].lstrip()
    if data.startswith(_PNG) or start.startswith(
        (_JWT, b"<svg", b"<?xml", b"<!DOCTYPE", b"\xff\xd8\xff", b"GIF8", b"%PDF")
    ):
        raise UnsupportedContainer
