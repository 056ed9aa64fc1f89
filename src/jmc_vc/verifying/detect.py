"""What the bytes are, judged from themselves and not from a file name or media type: a picture, a token, or JSON."""

import re
from dataclasses import dataclass
from enum import StrEnum

from jmc_vc.formats import baking

_TOKEN = re.compile(rb"\s*eyJ")
"""Every compact JWS begins with base64url of `{"`, and no JSON does; what is wrong with the rest, white space inside it
for one, is for its reader to say."""


class Form(StrEnum):
    """How a credential is written."""

    JSON = "json"
    TOKEN = "token"  # noqa: S105 - a form, not a secret


@dataclass(frozen=True)
class Detected:
    """The credential itself, out of its picture; a token without the white space around it."""

    form: Form
    data: bytes


def detect(data: bytes) -> Detected:
    """What `data` is. Anything that is neither a picture nor a token is taken for JSON, whose reader tells what is
    wrong. Raises errors with an `image.` code."""
    if baking.is_picture(data):
        data = baking.unbake(data).data
    if _TOKEN.match(data):
        return Detected(Form.TOKEN, data.strip())
    return Detected(Form.JSON, data)
