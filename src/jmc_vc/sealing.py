"""What lies in the database unreadable: AES-256-GCM under keys that come from one key-encryption key (KEK).

A sealed blob is `version ‖ nonce ‖ ciphertext ‖ tag`: 1, 12, n and 16 bytes. Its context (whose it is, what it is for)
is the associated data, so that a blob moved to another row does not open (DB-06). Nonces are random: NIST SP 800-38D
§8.3 allows 2³² of them for one key; the wrapping key makes one for each credential and each change of a signing key,
and a data key makes two.

The KEK itself encrypts nothing. HKDF-SHA-256 (RFC 5869) derives one key for each purpose from it, so that look-up
hashes, API key hashes and wrapped keys tell nothing of one another. The KEK's file is one line of text, outside the
database: the key itself, or the key wrapped by something else that opens it once, at the start (`signing.pkcs11_kek`).

When another KEK takes its place, what it wrapped is wrapped anew; but a hash cannot be made anew without what it is of.
So the two keys of the hashes stay what they were: from then on they lie in the database, under the new KEK.
"""

import base64
import binascii
import hmac
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from jmc_vc.errors import Unavailable

KEY_BYTES = 32

_VERSION = b"\x01"
_NONCE_BYTES = 12
_TAG_BYTES = 16
_SHORTEST = len(_VERSION) + _NONCE_BYTES + _TAG_BYTES
_OWNER_ONLY = frozenset({0o600, 0o400})
# The words in front let a scanner for leaked secrets find the file's content wherever it turns up.
_PLAIN = "jmc-vc-kek-1"
_WRAPPED = "jmc-vc-kek-pkcs11-1"
_FILE_FORMAT = re.compile(rf"({_PLAIN}|{_WRAPPED}):([A-Za-z0-9_-]{{43,200}})\n?")
_LONGEST_FILE = 256
_HASH_KEYS = "hash-keys"


class SealBroken(Unavailable):
    """The blob is damaged, belongs elsewhere, or was sealed under another key."""

    code = "seal.broken"


class KekMissing(Unavailable):
    """There is no file of the key-encryption key, or it cannot be read."""

    code = "config.kek_missing"


class KekReadableByOthers(Unavailable):
    """The file's mode is neither 0600 nor 0400 (CF-05)."""

    code = "config.kek_mode"


class KekUnreadable(Unavailable):
    """The file holds something else than a key-encryption key."""

    code = "config.kek_format"


class KekWrapped(Unavailable):
    """The file holds a key that only a token can open, and the settings name none."""

    code = "config.kek_wrapped"


class KekExists(Unavailable):
    """A new key would overwrite one that opens existing data."""

    code = "config.kek_exists"


class KekUnwritable(Unavailable):
    """The new key's file cannot be made: no such folder, no right to it, or no room. None is left behind."""

    code = "config.kek_unwritable"


class WrongKey(Unavailable):
    """The key-encryption key is not the one that the database was made with: what it seals or hashes now, the right one
    would never open or find (CF-07)."""

    code = "seal.wrong_key"


def seal(key: bytes, plain: bytes, context: str, random: Callable[[int], bytes] = os.urandom) -> bytes:
    """`plain` sealed under the 32-byte `key`; only the same `context` opens it again."""
    return _seal(AESGCM(key), plain, context, random)


def unseal(key: bytes, sealed: bytes, context: str) -> bytes:
    """What `seal` was given. Raises SealBroken."""
    return _unseal(AESGCM(key), sealed, context)


class KeyEncryptionKey:
    """The root of all secrets at rest. It shows nothing of itself; ask it to wrap, unwrap and hash.

    Held against a database of another key, it makes nothing that could be stored there any more: `wrap` and the hashes
    raise WrongKey, whoever asks."""

    __slots__ = ("_api_keys", "_check", "_lookup", "_matches", "_wrapping")

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise KekUnreadable
        self._wrapping = AESGCM(_derive(secret, "wrap"))
        self._lookup = _derive(secret, "lookup")
        self._api_keys = _derive(secret, "api-key")
        self._check = _derive(secret, "check")
        self._matches = True

    def __repr__(self) -> str:
        return "KeyEncryptionKey()"

    @classmethod
    def load(cls, path: Path, unwrap: Callable[[bytes], bytes] | None = None) -> Self:
        """The key in the file `path`; `unwrap` opens one that a token has wrapped. Raises KekMissing,
        KekReadableByOthers, KekUnreadable, KekWrapped and what `unwrap` raises."""
        return cls(_read(path, unwrap))

    @classmethod
    def create(
        cls,
        path: Path,
        random: Callable[[int], bytes] = os.urandom,
        wrap: Callable[[bytes], bytes] | None = None,
    ) -> Self:
        """A new key in a new file, mode 0600, durable before it is used; with `wrap` a token's work, only the wrapped
        key is written. Raises KekExists, KekUnwritable and what `wrap` raises; never overwrites."""
        secret = random(KEY_BYTES)
        _write(path, secret, wrap)
        return cls(secret)

    @property
    def check_value(self) -> bytes:
        """32 bytes that tell whether this is the key a database was made with, and nothing else (CF-07)."""
        return self._check

    def hold_against(self, check_value: bytes, sealed_hash_keys: bytes | None = None) -> bool:
        """Whether this is the key with that check value; from now on it works only if it is. If an earlier key handed
        on the keys of the hashes, they are used. Raises SealBroken when they do not open."""
        self._matches = hmac.compare_digest(self._check, check_value)
        if self._matches and sealed_hash_keys is not None:
            keys = self.unwrap(sealed_hash_keys, _HASH_KEYS)
            self._lookup, self._api_keys = keys[:KEY_BYTES], keys[KEY_BYTES:]
        return self._matches

    def hand_on_hash_keys(self, to: "KeyEncryptionKey", random: Callable[[int], bytes] = os.urandom) -> bytes:
        """The keys of all hashes that were stored so far, sealed under the key that follows this one."""
        return to.wrap(self._lookup + self._api_keys, _HASH_KEYS, random)

    def wrap(self, secret: bytes, context: str, random: Callable[[int], bytes] = os.urandom) -> bytes:
        """A key or other short `secret`, sealed; only the same `context` opens it again. Raises WrongKey."""
        self._require_match()
        return _seal(self._wrapping, secret, context, random)

    def unwrap(self, sealed: bytes, context: str) -> bytes:
        """What `wrap` was given. Raises SealBroken."""
        return _unseal(self._wrapping, sealed, context)

    def lookup_hash(self, purpose: str, value: str) -> bytes:
        """32 bytes by which an e-mail address, DID, … is found again without being stored (HMAC-SHA-256). Raises
        WrongKey."""
        self._require_match()
        return hmac.digest(self._lookup, f"{purpose}\0{value}".encode(), "sha256")

    def api_key_hash(self, secret: str) -> bytes:
        """32 bytes to store in place of an API key's secret: without the KEK a stolen table allows no guessing. Raises
        WrongKey."""
        self._require_match()
        return hmac.digest(self._api_keys, secret.encode(), "sha256")

    def _require_match(self) -> None:
        if not self._matches:
            raise WrongKey


class SecretFileReadableByOthers(Exception):
    """A file whose mode is neither 0600 nor 0400; `mode` is it, in octal."""

    def __init__(self, mode: int) -> None:
        self.mode = f"{mode:04o}"
        super().__init__(self.mode)


def read_owner_only(path: Path, most: int) -> bytes:
    """The first `most` bytes of a file that only its owner may read. Raises SecretFileReadableByOthers, OSError."""
    with path.open("rb") as file:
        # Asked of the open file, so that nobody can swap it between the question and the reading.
        mode = os.fstat(file.fileno()).st_mode & 0o777
        if mode not in _OWNER_ONLY:
            raise SecretFileReadableByOthers(mode)
        return file.read(most)


@contextmanager
def owner_only_file(path: Path) -> Iterator[BinaryIO]:
    """A new file that only its owner may read (mode 0600). It has its name when all of it is on the disk, and not
    before: neither a full disk nor a crash leaves half a secret in its place. Raises FileExistsError, OSError."""
    if os.path.lexists(path):
        raise FileExistsError(path)  # before anybody works for nothing
    descriptor, unfinished = mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.link(unfinished, path)  # in contrast to a renaming, this takes nobody's place
    finally:
        Path(unfinished).unlink()
    # Without this the file's name could be lost in a power cut, and with it every key that it wraps.
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _read(path: Path, unwrap: Callable[[bytes], bytes] | None) -> bytes:
    try:
        content = read_owner_only(path, _LONGEST_FILE)
    except OSError:
        raise KekMissing(file=path.name) from None
    except SecretFileReadableByOthers as err:
        raise KekReadableByOthers(file=path.name, mode=err.mode) from None
    match = _FILE_FORMAT.fullmatch(content.decode("ascii", "replace"))
    if match is None:
        raise KekUnreadable(file=path.name)
    try:
        secret = base64.b64decode(match[2] + "=" * (-len(match[2]) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        raise KekUnreadable(file=path.name) from None
    if match[1] == _WRAPPED:
        if unwrap is None:
            raise KekWrapped(file=path.name)
        secret = unwrap(secret)
    if len(secret) != KEY_BYTES:
        raise KekUnreadable(file=path.name)
    return secret


def _write(path: Path, secret: bytes, wrap: Callable[[bytes], bytes] | None) -> None:
    try:
        with owner_only_file(path) as file:
            # A token makes a key for this only now: there is a place for what comes of it.
            form, stored = (_PLAIN, secret) if wrap is None else (_WRAPPED, wrap(secret))
            file.write(f"{form}:{base64.urlsafe_b64encode(stored).decode().rstrip('=')}\n".encode())
    except FileExistsError:
        raise KekExists(file=path.name) from None
    except OSError:
        raise KekUnwritable(file=path.name) from None


def _seal(cipher: AESGCM, plain: bytes, context: str, random: Callable[[int], bytes]) -> bytes:
    nonce = random(_NONCE_BYTES)
    return _VERSION + nonce + cipher.encrypt(nonce, plain, _VERSION + context.encode())


def _unseal(cipher: AESGCM, sealed: bytes, context: str) -> bytes:
    if len(sealed) < _SHORTEST or sealed[:1] != _VERSION:
        raise SealBroken
    nonce = sealed[1 : 1 + _NONCE_BYTES]
    try:
        return cipher.decrypt(nonce, sealed[1 + _NONCE_BYTES :], _VERSION + context.encode())
    except InvalidTag:
        raise SealBroken from None


def _derive(secret: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"jmc-vc {purpose} v1".encode()).derive(secret)
