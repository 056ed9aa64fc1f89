"""Proof values of ecdsa-sd-2023 that are nearly right. They are refused, or written again to the very same text."""

from random import Random
from time import process_time
from typing import Any

import cbor2
from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.data_integrity.selective.proof_value import (
    key_bytes,
    read_base,
    read_derived,
    write_base,
    write_derived,
)
from jmc_vc.formats.encoding import multibase
from tests.builders.disclosed import P256Key

SECONDS = 0.2
"""For at most 96 kB."""
_HEADERS = (b"\xd9\x5d\x00", b"\xd9\x5d\x01", b"\xd9\x5d\x02", b"")
_KEY = key_bytes(P256Key().public_key)
_PIECES = (
    "00", "01", "17", "18", "1800", "1818", "190001", "1a00000001", "1bffffffffffffffff", "20", "40", "41", "5820",
    "5840", "5f", "60", "61ff", "6161", "7f", "80", "81", "85", "9f", "98", "9bffffffffffffffff", "a0", "a10000", "bf",
    "a2000000", "c0", "c1", "c249", "c482", "c58201", "d818", "d81c", "d81d00", "d81e82", "d823", "d824", "d840",
    "d90102", "d9d9f7", "db7fffffffffffffff", "e0", "f4", "f5", "f6", "f7", "f818", "f97e00", "fb7ff0000000000000",
    "ff",
)  # fmt: skip


def inputs() -> st.SearchStrategy[bytes]:
    """The bytes behind the multibase prefix."""
    return st.integers(0, 2**64 - 1).map(_mutated) | st.tuples(st.sampled_from(_HEADERS), st.binary(max_size=40)).map(
        b"".join
    )


def _mutated(seed: int) -> bytes:
    chance = Random(seed)
    header = chance.choice(_HEADERS)
    data = cbor2.dumps(_parts(chance, derived=header == _HEADERS[1]))
    for _ in range(chance.choice((0, 1, 1, 2, 4))):
        place = chance.randint(0, len(data))
        piece = bytes.fromhex(chance.choice(_PIECES)) * chance.choice((1, 1, 1, 2, 500))
        data = data[:place] + piece + data[place + chance.choice((0, 0, 1, len(piece))) :]
    return header + data


def _parts(chance: Random, *, derived: bool) -> list[Any]:
    signatures = [chance.randbytes(64) for _ in range(chance.choice((0, 1, 3)))]
    parts: list[Any]
    if derived:
        labels = {number: chance.randbytes(32) for number in range(chance.randint(0, 3))}
        parts = [
            chance.randbytes(64),
            _KEY,
            signatures,
            labels,
            sorted(chance.sample(range(300), chance.randint(0, 4))),
        ]
    else:
        parts = [chance.randbytes(64), _KEY, chance.randbytes(32), signatures, ["/issuer", "/名前"]]
    if chance.random() < 0.3:
        parts[chance.randrange(5)] = chance.choice(
            (None, 1, "x", b"", [], {}, [[]], {0: {}}, -1, 1.5, True, [1, 1], {"0": b""})
        )
    return parts


def check(data: bytes) -> None:
    """Raises AssertionError, or whatever escapes the readers."""
    text = multibase.encode_base64url(data)
    started = process_time()
    for again in (_base_again, _derived_again):
        try:
            assert again(text) == text
        except Error as refused:
            assert refused.code in {"proof.encoding", "proof.not_derived"}, refused.code  # noqa: PT017 - the other outcome is a text
    assert process_time() - started < SECONDS


def _base_again(text: str) -> str:
    return write_base(read_base(text))


def _derived_again(text: str) -> str:
    return write_derived(read_derived(text))
