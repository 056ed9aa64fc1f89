"""The kinds of failure. Concrete errors are declared beside the rule that they guard.

    Error
    ├── Malformed          the input cannot be read                    (HTTP 400)
    ├── Unauthenticated    we do not know who asks                     (401)
    ├── Forbidden          we know, and the answer is no               (403)
    ├── NotFound           there is no such thing, or not for you      (404)
    ├── Gone               there was                                   (410)
    ├── Conflict           it contradicts the state of things          (409)
    ├── Unsupported        a form of input that we do not take         (415)
    ├── Unacceptable       readable, but against a rule                (422)
    ├── TooLarge           more bytes than we take                     (413)
    ├── TooMany            more requests than we take                  (429)
    └── Unavailable        we cannot do the work now                   (503)

Kinds know no status codes: `web.problems` maps them. Every concrete error has a stable `code`, whose sentence in
Japanese and English stands in `sentences`; `params` fill its placeholders.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar


@dataclass(frozen=True)
class Wording:
    """A word or phrase in both languages, for the placeholder of a sentence."""

    ja: str
    en: str


Param = str | int | date | datetime | Wording
"""What may fill a placeholder."""


class Error(Exception):
    """A refusal with a stable code; `pointer` is the JSON Pointer (RFC 6901) of the member at fault, if there is
    one."""

    code: ClassVar[str] = "error"

    def __init__(self, *, pointer: str | None = None, **params: Param) -> None:
        self.pointer = pointer
        self.params: Mapping[str, Param] = params
        super().__init__(self.code)

    def __str__(self) -> str:
        return self.code if self.pointer is None else f"{self.code} at {self.pointer}"


class Malformed(Error):
    """The input cannot be read."""


class Unauthenticated(Error):
    """We do not know who asks."""


class Forbidden(Error):
    """The caller is known and may not do this."""


class NotFound(Error):
    """There is no such thing, or not for this caller."""


class Gone(Error):
    """It was here and will not come back."""


class Conflict(Error):
    """It contradicts the present state."""


class Unsupported(Error):
    """A form of input that we do not take."""


class Unacceptable(Error):
    """Readable, but against a rule."""


class TooLarge(Error):
    """More bytes than we take."""


class TooMany(Error):
    """More requests than we take."""


class Unavailable(Error):
    """We cannot do the work now; nothing was changed."""
