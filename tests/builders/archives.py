"""Zip archives: good ones, and such as no program packs."""

import io
import zipfile
from collections.abc import Iterable, Mapping


def archive(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Of these names and contents."""
    return packed(files.items(), method)


def packed(files: Iterable[tuple[str | zipfile.ZipInfo, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The same, of names that may stand there twice, or with what else the directory says of a file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return made.getvalue()


def patched(data: bytes, signature: bytes, offset: int, value: bytes) -> bytes:
    """`data` with `value` so many bytes behind its first `signature`."""
    place = data.index(signature) + offset
    return data[:place] + value + data[place + len(value) :]


def overlapping() -> bytes:
    """Two files whose bytes are the same place."""
    made = archive({"a": b"{}" * 100, "b": b"{}" * 100})
    directory = made.rindex(b"PK\1\2")  # of the second: where its bytes begin
    return made[: directory + 42] + b"\0\0\0\0" + made[directory + 46 :]
