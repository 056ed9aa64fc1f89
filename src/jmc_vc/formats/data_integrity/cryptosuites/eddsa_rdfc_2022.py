"""eddsa-rdfc-2022: RDFC-1.0, SHA-256, Ed25519, base58btc (https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022)."""

from dataclasses import dataclass

from jmc_vc.formats.data_integrity.hash_data import Unsecured, rdfc_hash_data
from jmc_vc.formats.data_integrity.proof import ProofEncoding
from jmc_vc.formats.encoding import multibase
from jmc_vc.formats.encoding.multibase import NotMultibase
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.signature import SIGNATURE_BYTES
from jmc_vc.formats.strict_json import JsonObject

_LONGEST = 89
"""`z` and the digits of 64 bytes."""


@dataclass(frozen=True)
class EddsaRdfc2022:
    """The suite that Open Badges 3.0 certification asks for."""

    name: str = "eddsa-rdfc-2022"
    key_algorithms: frozenset[KeyAlgorithm] = frozenset({KeyAlgorithm.ED25519})

    def signing_input(self, unsecured: Unsecured, options: JsonObject, algorithm: KeyAlgorithm) -> bytes:
        """64 bytes. `algorithm` is always Ed25519."""
        assert algorithm in self.key_algorithms
        return rdfc_hash_data(unsecured, options, algorithm="sha256")

    def write_signature(self, signature: bytes) -> str:
        return multibase.encode_base58(signature)

    def read_signature(self, value: str, algorithm: KeyAlgorithm) -> bytes:
        assert algorithm in self.key_algorithms
        if value[:1] != "z":
            raise ProofEncoding
        try:
            signature = multibase.decode(value, longest=_LONGEST)
        except NotMultibase as err:
            raise ProofEncoding from err
        if len(signature) != SIGNATURE_BYTES:
            raise ProofEncoding
        return signature
