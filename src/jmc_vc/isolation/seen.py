"""What a worker says of a picture: one line, and below it the text of a code if there is exactly one."""

from enum import StrEnum


class Seen(StrEnum):
    """What was seen in a picture or a PDF."""

    CODE = "code"
    NONE = "none"
    SEVERAL = "several"
    DAMAGED = "damaged"
    PIXELS = "pixels"  # more than `pictures.MOST_PIXELS`
    PAGES = "pages"  # more than `pictures.MOST_PAGES`
    LOCKED = "locked"  # a PDF that needs a password


def written(seen: Seen, text: str = "") -> bytes:
    """As the worker writes it. A code may hold bytes that are no text; nothing that we know is written so."""
    return f"{seen}\n{text}".encode("utf-8", "replace")


def read(answer: bytes) -> tuple[Seen, str]:
    """As it was written. Raises ValueError for anything else, since who wrote it may have been taken over."""
    seen, _, text = answer.decode().partition("\n")
    return Seen(seen), text
