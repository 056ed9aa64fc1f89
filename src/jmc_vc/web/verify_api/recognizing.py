"""What is neither JSON nor anything else that can be a credential, told as that."""

from collections.abc import Iterator
from contextlib import contextmanager

from jmc_vc.errors import Malformed
from jmc_vc.formats.strict_json import NotJson, NotUtf8
from jmc_vc.verifying.take_in import HandedIn


class NotRecognized(Malformed):
    """Neither JSON nor a token, a picture or a link: to say where it stops being JSON would help nobody."""

    code = "verify.not_recognized"


@contextmanager
def recognizing(handed_in: HandedIn, *, as_json: bool = False) -> Iterator[None]:
    """Around the verification of `handed_in`. Raises NotRecognized for bytes that do not even begin as an object does
    in JSON. Of what was handed in `as_json` in another encoding than UTF-8, that is told."""
    try:
        yield
    except (NotJson, NotUtf8) as error:
        encoded = as_json and isinstance(error, NotUtf8)
        if encoded or not isinstance(handed_in, bytes) or handed_in.lstrip()[:1] == b"{":
            raise
        raise NotRecognized from None
