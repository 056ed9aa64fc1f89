"""A public log somewhere else, read over HTTPS as monitors and witnesses do (https://c2sp.org/tlog-tiles)."""

import re
import ssl
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import httpx

from jmc_vc.errors import Unavailable
from jmc_vc.formats.transparency.entry_bundle import LARGEST_BUNDLE
from jmc_vc.formats.transparency.signed_note import LARGEST as LARGEST_NOTE

_PATIENCE: Final = httpx.Timeout(30.0)
"""Seconds of silence: a bundle of 16 MB over a slow line keeps talking."""
_ADDRESS: Final = re.compile(r"https://[^/?#@\s]+|http://(?:localhost|127\.0\.0\.1)(?::[0-9]+)?", re.ASCII)


class LogUnreachable(Unavailable):
    """The log does not answer, or not with what was asked for."""

    code = "log.unreachable"


class BadLogAddress(Unavailable):
    """The address is not `https://host[:port]`."""

    code = "log.address"


class HttpLog:
    """The log of the service at `base_url`. `authority` is a PEM file of a certificate authority to trust in the place
    of the machine's. Redirects are not followed: a log has one address, and its name says which."""

    def __init__(self, base_url: str, *, authority: Path | None = None) -> None:
        base = base_url.rstrip("/").removesuffix("/log")
        if not _ADDRESS.fullmatch(base):
            raise BadLogAddress
        self.origin: Final = base.partition("://")[2] + "/log"
        trusted = ssl.create_default_context(cafile=None if authority is None else str(authority))
        self._client = httpx.Client(base_url=f"{base}/log/", timeout=_PATIENCE, verify=trusted)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, err: BaseException | None, at: TracebackType | None) -> None:
        self._client.close()

    def checkpoint(self) -> bytes:
        """The latest. Raises LogUnreachable."""
        return self._get("checkpoint", LARGEST_NOTE)

    def tile(self, path: str) -> bytes:
        """The tile or bundle with that path (`formats.transparency.tile`). Raises LogUnreachable."""
        return self._get(path, LARGEST_BUNDLE)

    def cosign(self, text: str) -> None:
        """Hand in a note: a checkpoint under which stands a signature of ours. Raises LogUnreachable, with the status
        of the answer, when it is not taken."""
        try:
            answer = self._client.post("cosignatures", content=text.encode(), headers={"content-type": "text/plain"})
        except httpx.HTTPError as err:
            raise LogUnreachable(path="cosignatures", status=0) from err
        if not answer.is_success:
            raise LogUnreachable(path="cosignatures", status=answer.status_code)

    def _get(self, path: str, most: int) -> bytes:
        found = bytearray()
        try:
            with self._client.stream("GET", path) as answer:
                if answer.status_code != httpx.codes.OK:
                    raise LogUnreachable(path=path, status=answer.status_code)
                for part in answer.iter_bytes():
                    found += part
                    if len(found) > most:
                        raise LogUnreachable(path=path, status=answer.status_code)
        except httpx.HTTPError as err:
            raise LogUnreachable(path=path, status=0) from err
        return bytes(found)
