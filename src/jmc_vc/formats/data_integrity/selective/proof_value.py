"""What stands in the `proofValue` of ecdsa-sd-2023: three bytes that tell which kind it is, then five values in CBOR.

https://www.w3.org/TR/vc-di-ecdsa/#serializebaseproofvalue, https://www.w3.org/TR/vc-di-ecdsa/#serializederivedproofvalue

Read strictly, so that one proof has one text but for the order of its labels: numbers and lengths as short as they can
be, no lengths left open, no tags (those also start decoders of dates, regular expressions and numbers of any size),
nothing behind. The specification calls the key 36 bytes long; it has 35, in its own vectors as everywhere.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NoReturn, TypeVar

import cbor2

from jmc_vc.errors import Error
from jmc_vc.formats.data_integrity.proof import LONGEST_VALUE, ProofEncoding, ProofError
from jmc_vc.formats.data_integrity.selective.labels import DIGEST_BYTES, KEY_BYTES
from jmc_vc.formats.data_integrity.selective.pointers import LONGEST_POINTER, MOST_POINTERS
from jmc_vc.formats.encoding import multibase
from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey

MOST_STATEMENTS = 1_000
"""That are signed one by one; each signature costs 0.1 ms to check and 88 characters. A typical badge states 113."""

_BASE = b"\xd9\x5d\x00"
_DERIVED = b"\xd9\x5d\x01"
_P256 = b"\x80\x24"
"""The multicodec of a P-256 key, as a varint, in front of its compressed point."""
_SIGNATURE_BYTES = 64
_DEEPEST = 2
"""Containers in one another: a list of signatures in the list of the five."""
Item = TypeVar("Item")


class NotDerived(ProofError):
    """A base proof given to a verifier: it holds the key that hides what is not shown, and is meant for its holder."""

    code = "proof.not_derived"


class TooManyStatements(ProofError):
    """The document has more than `limit` statements to be signed one by one, or so many nodes or pointers that a proof
    would be longer than anybody reads."""

    code = "proof.statements"


@dataclass(frozen=True, kw_only=True)
class BaseProof:
    """What the issuer gives to the holder."""

    signature: bytes
    """The issuer's, over the options, the public key and the mandatory statements; r and s, 64 bytes."""
    public_key: PublicKey
    """Of the key pair that was made for this proof alone; it signed `signatures`."""
    hmac_key: bytes
    signatures: tuple[bytes, ...]
    """One for each statement that is not mandatory, in order."""
    mandatory_pointers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DerivedProof:
    """What the holder gives to a verifier."""

    signature: bytes
    public_key: PublicKey
    signatures: tuple[bytes, ...]
    """One for each statement shown that is not mandatory, in order."""
    labels: Mapping[int, bytes]
    """The numbers of the canonical labels in what is shown → the digests that were signed."""
    mandatory: tuple[int, ...]
    """The places of the mandatory statements among those shown, ascending."""


def key_bytes(public_key: PublicKey) -> bytes:
    """The key as it is signed and written: 35 bytes, a Multikey without base."""
    return _P256 + public_key.raw


def write_base(proof: BaseProof) -> str:
    """The text of `proofValue`. Raises TooManyStatements."""
    if len(proof.signatures) > MOST_STATEMENTS:
        raise TooManyStatements(limit=MOST_STATEMENTS)
    return _write(
        _BASE,
        proof.signature,
        key_bytes(proof.public_key),
        proof.hmac_key,
        list(proof.signatures),
        list(proof.mandatory_pointers),
    )


def write_derived(proof: DerivedProof) -> str:
    """The text of `proofValue`. Raises TooManyStatements."""
    return _write(
        _DERIVED,
        proof.signature,
        key_bytes(proof.public_key),
        list(proof.signatures),
        dict(proof.labels),
        list(proof.mandatory),
    )


def is_base(text: str) -> bool:
    """Whether `text` begins as a base proof does."""
    return text.startswith(multibase.encode_base64url(_BASE))


def read_base(text: str) -> BaseProof:
    """The base proof that `text` says. Raises ProofEncoding."""
    signature, public_key, hmac_key, signatures, pointers = _read(_BASE, text)
    return BaseProof(
        signature=_bytes(signature, _SIGNATURE_BYTES),
        public_key=_key(public_key),
        hmac_key=_bytes(hmac_key, KEY_BYTES),
        signatures=_signatures(signatures),
        mandatory_pointers=_items(pointers, _pointer, MOST_POINTERS),
    )


def read_derived(text: str) -> DerivedProof:
    """The derived proof that `text` says. Raises NotDerived, ProofEncoding."""
    if is_base(text):
        raise NotDerived
    signature, public_key, signatures, labels, mandatory = _read(_DERIVED, text)
    places = _items(mandatory, _number, LONGEST_VALUE)
    if any(place >= following for place, following in pairwise(places)):
        raise ProofEncoding
    return DerivedProof(
        signature=_bytes(signature, _SIGNATURE_BYTES),
        public_key=_key(public_key),
        signatures=_signatures(signatures),
        labels=_labels(labels),
        mandatory=places,
    )


def _write(header: bytes, *components: object) -> str:
    text = multibase.encode_base64url(header + cbor2.dumps(components))
    if len(text) > LONGEST_VALUE:
        raise TooManyStatements(limit=MOST_STATEMENTS)
    return text


def _read(header: bytes, text: str) -> list[Any]:
    """The five values behind `header`."""
    if text[:1] != "u":
        raise ProofEncoding
    try:
        data = multibase.decode(text, longest=LONGEST_VALUE)
    except Error as err:
        raise ProofEncoding from err
    if not data.startswith(header):
        raise ProofEncoding
    encoded = data[len(header) :]
    try:
        found = cbor2.loads(
            encoded,
            semantic_decoders=_NoTags(),
            max_depth=_DEEPEST,
            allow_indefinite=False,
            allow_duplicate_keys=False,
        )
    except cbor2.CBORDecodeError as err:
        raise ProofEncoding from err
    # Written again, it shows what the decoder passes over: longer forms than needed, and bytes behind the end.
    if type(found) is not list or len(found) != 5 or cbor2.dumps(found) != encoded:
        raise ProofEncoding
    return found


class _NoTags(Mapping[int, Callable[..., NoReturn]]):
    """What the library is to do with a tag, whichever it is: give up, before it reads what is tagged."""

    def __getitem__(self, tag: int) -> Callable[..., NoReturn]:
        raise cbor2.CBORDecodeError

    def __iter__(self) -> Iterator[int]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _bytes(value: object, length: int) -> bytes:
    if not isinstance(value, bytes) or len(value) != length:
        raise ProofEncoding
    return value


def _number(value: object) -> int:
    if type(value) is not int or value < 0:  # in Python a truth value is an integer
        raise ProofEncoding
    return value


def _pointer(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_POINTER:
        raise ProofEncoding
    return value


def _items(values: object, read: Callable[[object], Item], most: int) -> tuple[Item, ...]:
    if not isinstance(values, list) or len(values) > most:
        raise ProofEncoding
    return tuple(read(value) for value in values)


def _signatures(values: object) -> tuple[bytes, ...]:
    return _items(values, lambda value: _bytes(value, _SIGNATURE_BYTES), MOST_STATEMENTS)


def _labels(value: object) -> dict[int, bytes]:
    """Each node has a name of its own: else what is said of one could be shown as said of two."""
    if not isinstance(value, dict):
        raise ProofEncoding
    labels = {_number(number): _bytes(digest, DIGEST_BYTES) for number, digest in value.items()}
    if len(set(labels.values())) != len(labels):
        raise ProofEncoding
    return labels


def _key(value: object) -> PublicKey:
    data = value if isinstance(value, bytes) else b""
    if not data.startswith(_P256):
        raise ProofEncoding
    try:
        return PublicKey(KeyAlgorithm.P256, data.removeprefix(_P256))
    except Error as err:
        raise ProofEncoding from err
