"""A public log somewhere else, read over HTTPS as monitors and witnesses do (https://c2sp.org/tlog-tiles).

Its address is named by who runs the command, so that it may lie in a private network; everything else is as strict as
for the documents of strangers, and the same code opens the connection."""

from pathlib import Path
from time import monotonic
from typing import Final

from jmc_vc.errors import Unavailable
from jmc_vc.fetching.asking import Answer, Asking, Question
from jmc_vc.fetching.pinning import OPERATORS, Pinning
from jmc_vc.fetching.resolving import Resolver
from jmc_vc.fetching.unavailable import BadAddress, NotFetched
from jmc_vc.fetching.web_address import read_address
from jmc_vc.formats.transparency.entry_bundle import LARGEST_BUNDLE
from jmc_vc.formats.transparency.signed_note import LARGEST as LARGEST_NOTE

_PATIENCE: Final = 300.0
"""Seconds for one file: a bundle of 16 MB over a slow line takes some minutes."""


class LogUnreachable(Unavailable):
    """The log does not answer, or not with what was asked for."""

    code = "log.unreachable"


class BadLogAddress(Unavailable):
    """The address is not `https://host[:port]`."""

    code = "log.address"


class HttpLog:
    """The log of the service at `base_url`. `authority` is a PEM file of a certificate authority to trust in the place
    of the machine's. Redirects are not followed: a log has one address, and its name says which. Raises BadLogAddress
    and UnreadableAuthorities."""

    def __init__(self, base_url: str, *, authority: Path | None = None) -> None:
        base = base_url.rstrip("/").removesuffix("/log")
        try:
            place = read_address(base)
        except BadAddress as err:
            raise BadLogAddress from err
        if place.target != "/" or (place.scheme == "http" and place.name not in {"localhost", "127.0.0.1"}):
            raise BadLogAddress
        self.origin: Final = base.partition("://")[2] + "/log"
        self._base: Final = f"{place}log/"
        self._asking: Final = Asking(Pinning(OPERATORS, Resolver()), authority)

    def checkpoint(self) -> bytes:
        """The latest. Raises LogUnreachable."""
        return self._get("checkpoint", LARGEST_NOTE)

    def tile(self, path: str) -> bytes:
        """The tile or bundle with that path (`formats.transparency.tile`). Raises LogUnreachable."""
        return self._get(path, LARGEST_BUNDLE)

    def cosign(self, text: str) -> None:
        """Hand in a note: a checkpoint under which stands a signature of ours. Raises LogUnreachable, with the status
        of the answer, when it is not taken."""
        path = "cosignatures"
        question = Question(
            place=read_address(self._base + path),
            headers={"Content-Type": "text/plain"},
            method="POST",
            body=text.encode(),
        )
        answer = self._ask(path, question, LARGEST_NOTE)
        if not 200 <= answer.status < 300:
            raise LogUnreachable(path=path, status=answer.status)

    def _get(self, path: str, most: int) -> bytes:
        answer = self._ask(path, Question(place=read_address(self._base + path), headers={}), most)
        if answer.status != 200:
            raise LogUnreachable(path=path, status=answer.status)
        return answer.body

    def _ask(self, path: str, question: Question, most: int) -> Answer:
        try:
            return self._asking(question, most=most, deadline=monotonic() + _PATIENCE)
        except NotFetched as err:
            raise LogUnreachable(path=path, status=0) from err
