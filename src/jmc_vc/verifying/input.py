"""In what form a credential came, and out of what: told in the report, so that its reader knows what was looked at."""

from dataclasses import dataclass, field
from enum import StrEnum


class Form(StrEnum):
    """How the credential is written and secured."""

    JSON = "json"
    VC_JWT = "vc-jwt"
    """Open Badges 3.0 §8.2."""
    VC_JOSE = "vc-jose"
    """https://www.w3.org/TR/vc-jose-cose/"""
    SD_JWT_VC = "sd-jwt-vc"
    ENVELOPED = "enveloped"
    """A token in a `data:` URL: EnvelopedVerifiableCredential."""
    PRESENTATION = "presentation"
    OPEN_BADGES_2 = "open-badges-2"


class Source(StrEnum):
    """What it was taken out of."""

    TEXT = "text"
    """Nothing: the bytes are it."""
    PNG = "png"
    SVG = "svg"
    QR = "qr"
    PDF = "pdf"
    LINK = "link"
    """An address of ours, which was not opened: the credential came from storage."""
    URL = "url"
    """An address elsewhere."""


@dataclass(frozen=True, kw_only=True)
class Input:
    """The facts of one input. `form` is None for what cannot be told, as of a token that cannot be read; `data` is the
    credential itself, out of its picture or from where a link led; `newer` the version from its issuer that was judged
    in its place, if it was."""

    form: Form | None
    source: Source
    data: bytes = field(repr=False)
    newer: bytes | None = field(default=None, repr=False)
