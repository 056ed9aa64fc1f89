"""What came with the form of /verify: what is to be verified, whose it should be, and how to ask the same again.

Nothing of it is kept here. What a page needs to ask again (in the other language, for a receipt) it carries itself.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from jmc_vc.domain.identifiers import Site
from jmc_vc.errors import Malformed, Unacceptable
from jmc_vc.formats.strict_json import Limits
from jmc_vc.verifying.detect import is_token
from jmc_vc.verifying.links import Link, OwnKind, OwnLink, read_link, read_own_link
from jmc_vc.verifying.take_in import HandedIn, PostedAddress
from jmc_vc.verifying.wanted import NOTHING_MORE, Person, Wanted

LARGEST_FIELD: Final = Limits().bytes
"""Bytes of one field of the form; the request as a whole is limited before it gets here."""
_LARGEST_KEPT: Final = 1_048_576
"""Bytes that a page carries for asking again; as base64 they still fit into a request body of 2 MiB."""
_LONGEST_ABOUT_A_PERSON: Final = 320
"""Characters of a name or an address: as long as an e-mail address may be (RFC 5321 §4.5.3.1)."""
_FILES: Final = ("file", "camera")


class NothingSubmitted(Unacceptable):
    """Neither a file nor a text."""

    code = "verify.nothing_submitted"


class FormUnreadable(Malformed):
    """The form did not arrive whole."""

    code = "verify.form"


@dataclass(frozen=True)
class Again:
    """How the same is verified once more: at an address, or by submitting `fields`, which the page itself carries
    because the service keeps nothing. Both None: not from here, for it is too large to be carried."""

    address: str | None = None
    fields: Mapping[str, str] | None = None


def again_with(data: bytes, besides: Mapping[str, str] | None = None) -> Again:
    """The fields that submit `data`, and `besides`."""
    if len(data) > _LARGEST_KEPT:
        return Again()
    return Again(fields={"kept": base64.b64encode(data).decode(), **(besides or {})})


@dataclass(frozen=True, kw_only=True)
class Submitted:
    """`data` are the bytes of a file, None if a `text` was submitted; `field` is the one that counts; `elsewhere`:
    whether a link of somebody else may be opened; `receipt`: not the page is wanted, but a receipt."""

    data: bytes | None
    field: str
    text: str
    elsewhere: bool
    person: Person
    receipt: bool

    @property
    def wanted(self) -> Wanted:
        """What to find out besides."""
        asked = self.person.name is not None or self.person.email is not None
        return Wanted(recipient=self.person) if asked else NOTHING_MORE

    def again(self, site: Site) -> Again:
        """The fields that submit the same: a link as it was written, all else as its bytes. Raises as `handed_in`."""
        about = {"name": self.person.name, "email": self.person.email}
        known = {name: value for name, value in about.items() if value is not None}
        handed_in = self.handed_in(site)
        if self.data is None and self._link(site) is not None:
            return Again(fields={"text": self.text, **({"elsewhere": "yes"} if self.elsewhere else {}), **known})
        assert isinstance(handed_in, bytes)  # an address is a link
        return again_with(handed_in, known)

    def handed_in(self, site: Site) -> HandedIn:
        """What is to be verified. Raises NothingSubmitted, and what `links.read_link` raises."""
        if self.data is not None:
            return self.data
        if not self.text:
            raise NothingSubmitted
        if self._link(site) is not None and self.elsewhere:
            return PostedAddress(self.text)
        # A token that came by e-mail is broken over lines, which no reader of tokens takes.
        return ("".join(self.text.split()) if is_token(self.text.encode()) else self.text).encode()

    def own_credential(self, site: Site) -> str | None:
        """The number of the credential of ours that a text names, and of which nothing more is asked: its verdict has
        an address of its own. Raises as `handed_in`."""
        if self.data is not None or self.receipt or self.wanted is not NOTHING_MORE:
            return None
        link = self._link(site)
        return link.id if isinstance(link, OwnLink) and link.kind is OwnKind.CREDENTIAL else None

    def _link(self, site: Site) -> Link | None:
        return (read_link if self.elsewhere else read_own_link)(self.text, site)


async def read_submitted(request: Request) -> Submitted:
    """The form. A file goes before a text, because a browser keeps a text in the form but never a file: whoever chose a
    file chose it now. Raises FormUnreadable, and what reading the body raises."""
    try:
        async with request.form(max_files=2, max_fields=8, max_part_size=LARGEST_FIELD) as fields:
            data, field = await _data(fields)
            return Submitted(
                data=data,
                field=field,
                text=_text(fields, "text"),
                elsewhere=bool(_text(fields, "elsewhere")),
                person=Person(name=_about(fields, "name"), email=_about(fields, "email")),
                receipt=bool(_text(fields, "receipt")),
            )
    except (HTTPException, binascii.Error) as err:
        raise FormUnreadable from err


async def _data(fields: FormData) -> tuple[bytes | None, str]:
    """The bytes of a file, chosen now or carried by a page; None if there are none."""
    for name in _FILES:
        file = fields.get(name)
        if isinstance(file, UploadFile) and file.size:
            return await file.read(), name
    kept = _text(fields, "kept")
    if kept:
        return base64.b64decode(kept, validate=True), "file"
    return None, "text" if _text(fields, "text") else "file"


def _text(fields: FormData, name: str) -> str:
    value = fields.get(name)
    return value.strip() if isinstance(value, str) else ""


def _about(fields: FormData, name: str) -> str | None:
    return _text(fields, name)[:_LONGEST_ABOUT_A_PERSON] or None
