"""What a signed note can hold, letter by letter. https://c2sp.org/signed-note#format

One text has one spelling: base64 is taken only as it is written here, so nobody can rewrite a note that still verifies.
"""

import re
from base64 import b64decode, b64encode
from typing import Final

_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f]")


def is_text(text: str) -> bool:
    """Whether a note can hold `text`: Unicode without control characters, every line ended."""
    return text.endswith("\n") and not _CONTROL.search(text) and text.encode(errors="ignore").decode() == text


def is_name(name: str) -> bool:
    """Whether a key can have this name: neither empty nor with a plus, spaces of any script, or what no note can
    hold."""
    return bool(name) and "+" not in name and not any(map(str.isspace, name)) and is_text(name + "\n")


def write_base64(data: bytes) -> str:
    """Standard base64 with padding (RFC 4648 §4)."""
    return b64encode(data).decode()


def read_base64(text: str) -> bytes | None:
    """What standard base64 says, in its one spelling; None for anything else."""
    try:
        data = b64decode(text, validate=True)
    except ValueError:
        return None
    return data if write_base64(data) == text else None
