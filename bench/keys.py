"""The keys of all formats, the same for every contestant. Those on curves come from seeds; an RSA key cannot, so it is
made anew in each run and handed on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.signing.file_signer import FILE_SIGNERS, file_signer
from tests.builders.jose_keys import jose_key
from tests.interop.keys import Key

ED25519, P256, P384, P521, RSA = (
    KeyAlgorithm.ED25519,
    KeyAlgorithm.P256,
    KeyAlgorithm.P384,
    KeyAlgorithm.P521,
    KeyAlgorithm.RSA,
)


@dataclass(frozen=True)
class Keys:
    """The issuer's keys of each kind, and the learner's."""

    issuer: Mapping[KeyAlgorithm, Key]
    holder: Key


def keys(rsa_pem: bytes) -> Keys:
    """With `rsa_pem` as the RSA key."""
    loaded = load_pem_private_key(rsa_pem, None)
    assert isinstance(loaded, rsa.RSAPrivateKey)
    issuer = {algorithm: Key(jose_key(algorithm).private) for algorithm in (ED25519, P256, P384, P521)}
    return Keys({**issuer, RSA: Key(loaded)}, Key(jose_key(P256, 1).private))


def new_rsa_pem() -> bytes:
    """A new RSA key."""
    return Key(rsa.generate_private_key(65_537, 2_048)).pem


def signing(key: Key) -> Callable[[bytes], bytes]:
    """What signs with `key` in the service; for P-521, with which the service signs nothing, what signs in tests."""
    algorithm = key.public.algorithm
    if algorithm not in FILE_SIGNERS:
        return key.sign
    if algorithm is ED25519:
        return file_signer(algorithm, key.private.private_bytes_raw()).sign  # type: ignore[union-attr]
    return file_signer(algorithm, key.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())).sign
