"""The key of a witness in a file: one line `PRIVATE+KEY+name+id+base64`, readable by its owner alone. Other tools for
signed notes use the same form (https://pkg.go.dev/golang.org/x/mod/sumdb/note)."""

from base64 import b64encode
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jmc_vc.cli.files import FileUnreadable, write_secret
from jmc_vc.errors import Unavailable
from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey
from jmc_vc.formats.transparency.note_text import read_base64
from jmc_vc.formats.transparency.signed_note import Sign
from jmc_vc.formats.transparency.verifier_key import SignatureType, VerifierKey
from jmc_vc.sealing import SecretFileReadableByOthers, read_owner_only

_PREFIX = "PRIVATE+KEY+"
_LONGEST = 1_200
"""Bytes: 80 and the name."""


class BadWitnessKeyFile(Unavailable):
    """No witness key is in the file."""

    code = "witness.key_file"


class WitnessKeyReadableByOthers(Unavailable):
    """The file's mode is neither 0600 nor 0400: somebody else may sign in the witness's name."""

    code = "witness.key_mode"


def new_witness_key(path: Path, name: str) -> VerifierKey:
    """Make a key in a new file; the public half. Raises log.key for an impossible name, FileUnwritable."""
    private = Ed25519PrivateKey.generate()
    key = _public_half(private, name)
    seed = bytes([SignatureType.COSIGNATURE]) + private.private_bytes_raw()
    write_secret(path, f"{_PREFIX}{name}+{key.id.hex()}+{b64encode(seed).decode()}\n".encode())
    return key


def load_witness_key(path: Path) -> tuple[VerifierKey, Sign]:
    """The key, and what signs with it. Raises FileUnreadable, WitnessKeyReadableByOthers, BadWitnessKeyFile."""
    try:
        text = read_owner_only(path, _LONGEST).decode(errors="replace")
    except OSError:
        raise FileUnreadable(file=str(path)) from None
    except SecretFileReadableByOthers as err:
        raise WitnessKeyReadableByOthers(file=path.name, mode=err.mode) from None
    parts = text.removeprefix(_PREFIX).strip().split("+", 2)
    seed = read_base64(parts[2]) if text.startswith(_PREFIX) and len(parts) == 3 else None
    if seed is None or len(seed) != 33 or seed[0] != SignatureType.COSIGNATURE:
        raise BadWitnessKeyFile(file=path.name)
    private = Ed25519PrivateKey.from_private_bytes(seed[1:])
    key = _public_half(private, parts[0])
    if key.id.hex() != parts[1]:
        raise BadWitnessKeyFile(file=path.name)
    return key, private.sign


def _public_half(private: Ed25519PrivateKey, name: str) -> VerifierKey:
    raw = private.public_key().public_bytes_raw()
    return VerifierKey(name, SignatureType.COSIGNATURE, PublicKey(KeyAlgorithm.ED25519, raw))
