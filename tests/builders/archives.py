"""Zip archives: good ones, and such as no program packs."""

import io
import zipfile


def archive(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Of these names and contents."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
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
