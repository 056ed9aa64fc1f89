"""An operator's approval key in a file: Ed25519 as PKCS #8 in PEM (RFC 8410), on request under a passphrase.

Its owner keeps it where no other operator reads it. Whoever has two such files is two people as far as we can see.
"""

from pathlib import Path

import typer
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from jmc_vc.authorizing.approval import Sign
from jmc_vc.cli.files import FileUnreadable, write_secret
from jmc_vc.cli.terminal import Terminal
from jmc_vc.errors import Unavailable
from jmc_vc.formats.encoding.multikey import KeyAlgorithm, PublicKey, encode_multikey
from jmc_vc.sealing import SecretFileReadableByOthers, read_owner_only

_LONGEST_FILE = 4_096
"""Bytes; a key under a passphrase has some 400."""


class ApprovalKeyReadableByOthers(Unavailable):
    """The file's mode is neither 0600 nor 0400: somebody else may have approved in its owner's name."""

    code = "approval.key_mode"


class BadApprovalKeyFile(Unavailable):
    """No approval key is in the file."""

    code = "approval.key_file"


class WrongPassphrase(Unavailable):
    """The passphrase does not open the file."""

    code = "approval.passphrase"


def new_approval_key(path: Path, passphrase: str | None) -> str:
    """Make a key in a new file, mode 0600. The public part, as Multikey. Raises FileUnwritable; never overwrites."""
    key = Ed25519PrivateKey.generate()
    protection = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    write_secret(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection))
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return encode_multikey(PublicKey(KeyAlgorithm.ED25519, raw))


def load_approval_key(terminal: Terminal, path: Path) -> Sign:
    """What signs with the key in the file; a passphrase is asked for where there is one. Raises FileUnreadable,
    ApprovalKeyReadableByOthers, BadApprovalKeyFile, WrongPassphrase."""
    try:
        pem = read_owner_only(path, _LONGEST_FILE)
    except OSError:
        raise FileUnreadable(file=str(path)) from None
    except SecretFileReadableByOthers as err:
        raise ApprovalKeyReadableByOthers(file=path.name, mode=err.mode) from None
    passphrase = None
    if b"BEGIN ENCRYPTED PRIVATE KEY" in pem:
        passphrase = typer.prompt(terminal.text("cli.approval_passphrase"), hide_input=True, err=True).encode()
    try:
        key = load_pem_private_key(pem, passphrase)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        # What OpenSSL says of it stays here.
        raise (BadApprovalKeyFile if passphrase is None else WrongPassphrase)(file=path.name) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise BadApprovalKeyFile(file=path.name)
    return key.sign
