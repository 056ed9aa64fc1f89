"""Tokens behind a PKCS#11 library (OASIS PKCS #11 v2.40): a session each, opened when needed, and one thread for all.

One thread, for three reasons. python-pkcs11 initialises the library as for a program with a single thread, and not
every library forgives more. No call of PKCS#11 has a time limit: who waits here gives up in time, and while a call
hangs nobody queues behind it. And a session that was lost is opened anew by the one who finds out, once.

After any complaint of the token the session is given up; the next call initialises the library afresh, because handles
of before may name other keys afterwards, and because some libraries see a token that is back in no other way. When
that fails too, the token is left alone for a moment; a PIN that was refused is not tried again in this process, because
tokens lock themselves after a few tries.
"""

import contextlib
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from math import inf
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import Any, TypeVar

import pkcs11
from pkcs11.exceptions import (
    PinExpired,
    PinIncorrect,
    PinInvalid,
    PinLenRange,
    PinLocked,
    PKCS11Error,
    UserPinNotInitialized,
)

from jmc_vc.errors import Unavailable
from jmc_vc.sealing import SecretFileReadableByOthers, read_owner_only
from jmc_vc.settings import Settings
from jmc_vc.signing.signer import SignerUnavailable

T = TypeVar("T")

SIGNING_SECONDS = 10.0
"""How long who signs waits for the token. A token in another building answers in some milliseconds; a request that
waited longer than this would have been given up by whoever sent it."""
GENERATING_SECONDS = 120.0
"""Smart cards look for the primes of an RSA key for up to a minute."""

_PAUSE_SECONDS = 2.0
"""Between two tries to open a token: a hundred waiting requests are one try, and a token that is back is soon used."""
_LONGEST_PIN = 256
_BAD_PIN = (PinExpired, PinIncorrect, PinInvalid, PinLenRange, PinLocked, UserPinNotInitialized)


class SignerNotConfigured(Unavailable):
    """A key lives on a token, and the settings name no library, no PIN file or no token."""

    code = "signer.not_configured"


class LibraryUnusable(Unavailable):
    """The library of the settings is not there, or is no PKCS#11 library: no token was asked, nor will waiting help."""

    code = "signer.library"


class PinRefused(Unavailable):
    """The token does not take the PIN, or takes none any more."""

    code = "signer.pin"


class PinMissing(Unavailable):
    """There is no PIN file, or it cannot be read."""

    code = "config.pin_missing"


class PinReadableByOthers(Unavailable):
    """The PIN file's mode is neither 0600 nor 0400."""

    code = "config.pin_mode"


class PinUnreadable(Unavailable):
    """The PIN file holds something else than one line with a PIN."""

    code = "config.pin_format"


@dataclass(frozen=True)
class OpenToken:
    """A session, logged in and read-only. `keys` may keep what was found in it; both are forgotten together."""

    session: pkcs11.Session
    keys: dict[str, Any] = field(default_factory=dict)

    def writing(self) -> pkcs11.Session:
        """A session that may make and destroy objects; the login is the process's, so it needs no PIN of its own."""
        return self.session.token.open(rw=True)


@dataclass(frozen=True, kw_only=True)
class TokenAccess:
    """What the settings say of tokens: the library, the PIN file, and the token for new keys, if one is named."""

    module: Path
    pin_file: Path
    token: str | None

    @classmethod
    def of(cls, settings: Settings) -> "TokenAccess":
        """Raises SignerNotConfigured."""
        if settings.pkcs11_module is None or settings.pkcs11_pin_file is None:
            raise SignerNotConfigured
        return cls(module=settings.pkcs11_module, pin_file=settings.pkcs11_pin_file, token=settings.pkcs11_token)

    @property
    def chosen(self) -> str:
        """The token for new keys. Raises SignerNotConfigured."""
        if self.token is None:
            raise SignerNotConfigured
        return self.token

    def run(
        self, token: str, work: Callable[[OpenToken], T], seconds: float = SIGNING_SECONDS, *, afresh: bool = False
    ) -> T:
        """What `work` answers, run on the token's thread; `afresh` in a session that is opened for it, because in an
        old one a token that was pulled out may look like an empty one. Raises SignerUnavailable, LibraryUnusable,
        PinRefused, the errors of `read_pin`, and those of `work` that are not PKCS#11's."""
        return _library(self.module).run(token, self.pin_file, work, seconds, afresh=afresh)


def read_pin(path: Path) -> str:
    """The PIN in the file `path`, one line. Raises PinMissing, PinReadableByOthers, PinUnreadable."""
    try:
        content = read_owner_only(path, _LONGEST_PIN + 1)
    except OSError:
        raise PinMissing(file=path.name) from None
    except SecretFileReadableByOthers as err:
        raise PinReadableByOthers(file=path.name, mode=err.mode) from None
    pin = content.decode("utf-8", "replace").removesuffix("\n")
    if not pin or len(content) > _LONGEST_PIN or not pin.isprintable() or "\N{REPLACEMENT CHARACTER}" in pin:
        raise PinUnreadable(file=path.name)
    return pin


class _Library:
    """A loaded library and the open sessions of its tokens. Only its own thread touches either."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open: dict[str, OpenToken] = {}
        self._refusals: dict[str, tuple[float, type[Unavailable]]] = {}
        self._waiting: SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = SimpleQueue()
        self._overdue: Future[Any] | None = None
        # A daemon, so that a hanging token does not keep a process from ending.
        Thread(target=self._work, name=f"pkcs11 {path.name}", daemon=True).start()

    def run(self, token: str, pin_file: Path, work: Callable[[OpenToken], T], seconds: float, *, afresh: bool) -> T:
        overdue = self._overdue
        if overdue is not None and not overdue.done():
            raise SignerUnavailable(token=token)
        answer: Future[T] = Future()
        self._waiting.put((answer, partial(self._do, token, pin_file, work, afresh=afresh)))
        try:
            return answer.result(seconds)
        except TimeoutError:
            if not answer.cancel():  # it has begun, and nobody can stop it
                self._overdue = answer
            raise SignerUnavailable(token=token) from None

    def _work(self) -> None:
        while True:
            answer, act = self._waiting.get()
            if not answer.set_running_or_notify_cancel():
                continue
            try:
                answer.set_result(act())
            except BaseException as err:  # noqa: BLE001 - whoever waits gets it, and the thread goes on
                answer.set_exception(err)
            del answer, act  # neither keeps a key or a message alive until the next call

    def _do(self, token: str, pin_file: Path, work: Callable[[OpenToken], T], *, afresh: bool) -> T:
        if afresh:
            self._give_up()
        known = self._open.get(token)
        opened = known or self._opened(token, pin_file)
        try:
            return work(opened)
        except PKCS11Error as err:
            self._give_up()
            if known is None:  # a new session does no better
                self._refusals[token] = monotonic() + _PAUSE_SECONDS, SignerUnavailable
            raise SignerUnavailable(token=token) from err

    def _opened(self, token: str, pin_file: Path) -> OpenToken:
        until, refusal = self._refusals.get(token, (-inf, SignerUnavailable))
        if monotonic() < until:
            raise refusal(token=token)
        pin = read_pin(pin_file)
        try:
            session = pkcs11.lib(str(self._path)).get_token(token_label=token).open(user_pin=pin)
        except PKCS11Error as err:
            if type(err) is PKCS11Error:  # what the system's loader says is no return value of PKCS#11
                raise LibraryUnusable(file=self._path.name) from err
            self._give_up()
            if isinstance(err, _BAD_PIN):
                self._refusals[token] = inf, PinRefused
                raise PinRefused(token=token) from err
            self._refusals[token] = monotonic() + _PAUSE_SECONDS, SignerUnavailable
            raise SignerUnavailable(token=token) from err
        self._refusals.pop(token, None)
        self._open[token] = OpenToken(session)
        return self._open[token]

    def _give_up(self) -> None:
        self._open.clear()
        with contextlib.suppress(PKCS11Error):
            pkcs11.lib(str(self._path)).finalize()


_libraries: dict[Path, _Library] = {}
_loading = Lock()


def _library(path: Path) -> _Library:
    """One for each library file in a process: what PKCS#11 knows of logins and sessions, it knows for the process."""
    with _loading:
        return _libraries.get(path) or _libraries.setdefault(path, _Library(path))
