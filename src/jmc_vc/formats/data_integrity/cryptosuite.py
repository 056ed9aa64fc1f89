"""What a cryptosuite is: what verifies one proof of one document, and, where we sign with it, what makes one.

https://www.w3.org/TR/vc-data-integrity/#cryptographic-suites
"""

from collections.abc import Callable
from typing import Protocol

from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import Proof
from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey
from jmc_vc.formats.strict_json import JsonObject


class Cryptosuite(Protocol):
    """One cryptosuite. To add one: a file in `cryptosuites`, a line in SIGNING_SUITES or CRYPTOSUITES."""

    @property
    def name(self) -> str:
        """The value of `cryptosuite`."""

    @property
    def key_algorithms(self) -> frozenset[KeyAlgorithm]:
        """The keys that may sign; another one under this suite's name is a confusion of algorithms."""

    def verify(self, unsecured: Unsecured, proof: Proof, public_key: PublicKey) -> None:
        """Returns when `proof` holds for the document; `public_key` is of `key_algorithms`. Raises ProofEncoding,
        BadSignature, and what reading the document under its contexts raises."""


class SigningSuite(Cryptosuite, Protocol):
    """A cryptosuite whose proof is made with one call of the signer."""

    def create(
        self, unsecured: Unsecured, options: JsonObject, algorithm: KeyAlgorithm, sign: Callable[[bytes], bytes]
    ) -> JsonObject:
        """The proof with `options`, which say all but `proofValue`."""
