"""What a cryptosuite is: the two ends between which signing and verifying are the same for all suites.

https://www.w3.org/TR/vc-data-integrity/#cryptographic-suites
"""

from typing import Protocol

from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.strict_json import JsonObject


class Cryptosuite(Protocol):
    """One cryptosuite. To add one: a file in `cryptosuites`, a line in CRYPTOSUITES."""

    @property
    def name(self) -> str:
        """The value of `cryptosuite`."""

    @property
    def key_algorithms(self) -> frozenset[KeyAlgorithm]:
        """The keys that may sign; another one under this suite's name is a confusion of algorithms."""

    def signing_input(self, unsecured: Unsecured, options: JsonObject, algorithm: KeyAlgorithm) -> bytes:
        """The bytes that are signed: of the document without any proof, and of the proof's `options` without
        proofValue."""

    def write_signature(self, signature: bytes) -> str:
        """The text of `proofValue`."""

    def read_signature(self, value: str, algorithm: KeyAlgorithm) -> bytes:
        """The signature in a proofValue. Raises ProofEncoding."""
