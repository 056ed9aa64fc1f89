"""The issuers of the test suites: a did:key for each kind of key, known before the service starts (conformance SF-03).

Their private keys are derived from the key-encryption key, so nothing is stored, and an installation keeps its DIDs.
They sign for nobody: a did:key is its own document, and no register names one of these.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from jmc_vc.conforming.features import FEATURES
from jmc_vc.formats.did.did_key import did_of_key
from jmc_vc.formats.encoding.multikey import encode_multikey
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.signing.file_signer import file_signer, new_secret
from jmc_vc.signing.signer import Signer

_PURPOSE = "conformance-key"


@dataclass(frozen=True)
class SuiteIssuer:
    """`did` and the id of its one key."""

    did: str
    key_id: str
    signer: Signer


@dataclass(frozen=True)
class SuiteIssuers:
    """The issuers of this installation."""

    kek: KeyEncryptionKey

    def of(self, algorithm: KeyAlgorithm) -> SuiteIssuer:
        """The issuer with a key of this kind. Raises WrongKey when the key-encryption key is not the database's."""
        signer = file_signer(algorithm, new_secret(algorithm, lambda size: self._derived(algorithm, size)))
        did = did_of_key(signer.public_key)
        return SuiteIssuer(did=did, key_id=f"{did}#{encode_multikey(signer.public_key)}", signer=signer)

    def dids(self) -> Mapping[KeyAlgorithm, str]:
        """The DID for each kind of key that a feature signs with."""
        return {
            algorithm: self.of(algorithm).did for algorithm in dict.fromkeys(f.algorithm for f in FEATURES.values())
        }

    def _derived(self, algorithm: KeyAlgorithm, size: int) -> bytes:
        blocks = (self.kek.lookup_hash(_PURPOSE, f"{algorithm} {number}") for number in range(1 + size // 32))
        return b"".join(blocks)[:size]
