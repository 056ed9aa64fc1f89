"""What is neither JSON nor anything else that can be a credential, told as that."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from jmc_vc.errors import Malformed
from jmc_vc.formats.strict_json import NotJson, NotUtf8
from jmc_vc.verifying.take_in import HandedIn


class NotRecognized(Malformed):
    """Neither JSON nor a token, a picture or a link: to say where it stops being JSON would help nobody."""

    code = "verify.not_recognized"


class NothingOfJson(NotJson):
    """Sent as JSON, and does not even begin so."""

    sentence_code: ClassVar[str] = "parse.syntax.nothing"


@contextmanager
def recognizing(handed_in: HandedIn, *, as_json: bool = False) -> Iterator[None]:
    """Around the verification of `handed_in`. Raises NotRecognized for bytes that do not even begin as an object does
    in JSON, and NothingOfJson if they were handed in `as_json`."""
    try:
        yield
    except (NotJson, NotUtf8) as error:
        if not isinstance(handed_in, bytes) or handed_in.lstrip()[:1] == b"{":
            raise
        if not as_json:
            raise NotRecognized from None
        if isinstance(error, NotUtf8):
            raise
        raise NothingOfJson(pointer=error.pointer) from None
