"""DI-08: the CBOR of base and derived proofs is read strictly; all else is `proof.encoding`."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import cbor2
import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.data_integrity.proof import LONGEST_VALUE, ProofEncoding
from jmc_vc.formats.data_integrity.selective.pointers import LONGEST_POINTER, MOST_POINTERS
from jmc_vc.formats.data_integrity.selective.proof_value import (
    MOST_STATEMENTS,
    BaseProof,
    DerivedProof,
    NotDerived,
    TooManyStatements,
    is_base,
    key_bytes,
    read_base,
    read_derived,
    write_base,
    write_derived,
)
from jmc_vc.formats.encoding import multibase
from tests.builders.disclosed import P256Key

BASE = bytes.fromhex("d95d00")
DERIVED = bytes.fromhex("d95d01")
KEY = key_bytes(P256Key().public_key)
SIGNATURE = bytes(range(64))
PARTS: dict[bytes, list[Any]] = {
    BASE: [SIGNATURE, KEY, bytes(32), [SIGNATURE, SIGNATURE], ["/issuer", ""]],
    DERIVED: [SIGNATURE, KEY, [SIGNATURE], {0: bytes(32), 1: bytes(31) + b"\1"}, [0, 3, 24]],
}
READERS: dict[bytes, Callable[[str], BaseProof | DerivedProof]] = {BASE: read_base, DERIVED: read_derived}


def text(data: bytes) -> str:
    return multibase.encode_base64url(data)


def rewritten(found: BaseProof | DerivedProof) -> str:
    return write_base(found) if isinstance(found, BaseProof) else write_derived(found)


@pytest.mark.parametrize("header", [BASE, DERIVED], ids=bytes.hex)
def test_what_is_read_is_written_to_the_same_text(header: bytes) -> None:
    value = text(header + cbor2.dumps(PARTS[header]))
    assert rewritten(READERS[header](value)) == value


def test_labels_may_stand_in_any_order_as_others_write_them() -> None:
    signature, key, signatures, labels, mandatory = PARTS[DERIVED]
    value = text(DERIVED + cbor2.dumps([signature, key, signatures, dict(reversed(labels.items())), mandatory]))
    assert read_derived(value).labels == labels


def with_part(header: bytes, place: int, part: object) -> bytes:
    return header + cbor2.dumps([*PARTS[header][:place], part, *PARTS[header][place + 1 :]])


def broken_anywhere(header: bytes) -> dict[str, bytes]:
    """What may be wrong with either kind of proof."""
    five = cbor2.dumps(PARTS[header])
    inner = five[1:]  # without the head of the list
    signatures = 3 if header == BASE else 2
    return {
        "empty": b"",
        "header alone": header,
        "header cut": header[:2],
        "header of another kind": b"\xd9\x5d\x02" + five,
        "no header": five,
        "cut": header + five[:-1],
        "extended": header + five + b"\0",
        "twice": header + five + five,
        "a tag in front of all": b"\xc1" + header + five,
        "four values": header + cbor2.dumps(PARTS[header][:4]),
        "six values": header + cbor2.dumps([*PARTS[header], []]),
        "a map": header + cbor2.dumps({0: 1}),
        "a number": header + b"\0",
        "a break": header + b"\xff",
        "list without an end": header + b"\x9f" + inner + b"\xff",
        "list with a long length": header + b"\x98\x05" + inner,
        "list of 2^63": header + b"\x9b\x7f" + b"\xff" * 7,
        "bytes of 2^63": header + b"\x85\x5b\x7f" + b"\xff" * 7,
        "bytes in pieces": header + b"\x85\x5f\x58\x40" + SIGNATURE + b"\xff" + five[67:],
        "lists in lists": header + b"\x81" * 90_000,
        "tagged list": header + b"\xd8\x40" + five,
        "tagged bytes, as some wrote once": header + b"\x85\xd8\x40" + inner,
        "tagged as a date": header + b"\xc1\x00",
        "tagged as a regular expression": header + b"\xd8\x23\x61(",
        "tagged as a number of any size": header + b"\xc5\x82\x1a\x7f\xff\xff\xff\x03",
        "tagged as shared": header + b"\xd8\x1c" + five,
        "signature of 63 bytes": with_part(header, 0, bytes(63)),
        "signature as text": with_part(header, 0, "x" * 64),
        "key of 36 bytes": with_part(header, 1, KEY + b"\0"),
        "key of 33 bytes": with_part(header, 1, KEY[2:]),
        "key of another algorithm": with_part(header, 1, b"\xed\x01" + KEY[2:]),
        "key off the curve": with_part(header, 1, KEY[:3] + b"\xff" * 32),
        "key as a whole point": with_part(header, 1, b"\x80\x24\x04" + bytes(64)),
        "a short signature": with_part(header, signatures, [SIGNATURE, bytes(63)]),
        "signatures as a map": with_part(header, signatures, {0: SIGNATURE}),
        "too many signatures": with_part(header, signatures, [SIGNATURE] * (MOST_STATEMENTS + 1)),
        "null for signatures": with_part(header, signatures, None),
    }


BROKEN_BASE = {
    "a derived proof": DERIVED + cbor2.dumps(PARTS[DERIVED]),
    "HMAC key of 31 bytes": with_part(BASE, 2, bytes(31)),
    "pointers as bytes": with_part(BASE, 4, [b"/issuer"]),
    "pointers as numbers": with_part(BASE, 4, [1]),
    "a pointer for the list": with_part(BASE, 4, "/issuer"),
    "a pointer that is no UTF-8": with_part(BASE, 4, ["xx"]).replace(b"bxx", b"b\xff\xff"),
    "a long pointer": with_part(BASE, 4, ["/" + "x" * LONGEST_POINTER]),
    "many pointers": with_part(BASE, 4, ["/a"] * (MOST_POINTERS + 1)),
}
BROKEN_DERIVED = {
    "digest of 31 bytes": with_part(DERIVED, 3, {0: bytes(31)}),
    "digest as text": with_part(DERIVED, 3, {0: "x" * 32}),
    "two nodes with one digest": with_part(DERIVED, 3, {0: bytes(32), 1: bytes(32)}),
    "label as text": with_part(DERIVED, 3, {"c14n0": bytes(32)}),
    "label below zero": with_part(DERIVED, 3, {-1: bytes(32)}),
    "label as a truth value": with_part(DERIVED, 3, {True: bytes(32)}),
    "label as a list": with_part(DERIVED, 3, {(1,): bytes(32)}),
    "label twice": with_part(DERIVED, 3, {0: bytes(32)}).replace(
        b"\xa1\0\x58\x20", b"\xa2\0\x58\x20" + bytes(31) + b"\1\0\x58\x20"
    ),
    "labels as a list": with_part(DERIVED, 3, [bytes(32)]),
    "labels without an end": with_part(DERIVED, 3, {}).replace(b"\xa0", b"\xbf\xff"),
    "place below zero": with_part(DERIVED, 4, [-1]),
    "place that is no whole number": with_part(DERIVED, 4, [1.0]),
    "place as a truth value": with_part(DERIVED, 4, [False]),
    "place in more bytes than it needs": with_part(DERIVED, 4, [1])[:-1] + b"\x18\x01",
    "places that fall": with_part(DERIVED, 4, [1, 0]),
    "a place twice": with_part(DERIVED, 4, [1, 1]),
    "places as a map": with_part(DERIVED, 4, {0: 1}),
}
BROKEN = [
    pytest.param(READERS[header], text(data), id=f"{kind}: {name}")
    for kind, header, datas in (
        ("base", BASE, broken_anywhere(BASE) | BROKEN_BASE),
        ("derived", DERIVED, broken_anywhere(DERIVED) | BROKEN_DERIVED),
    )
    for name, data in datas.items()
] + [
    pytest.param(READERS[header], value, id=f"{header.hex()}: {name}")
    for header, good in ((header, text(header + cbor2.dumps(PARTS[header]))) for header in PARTS)
    for name, value in {
        "another base": multibase.encode_base58(multibase.decode(good)),
        "no base": good[1:],
        "padded": good + "=",
        "too long": "u" + "A" * LONGEST_VALUE,
    }.items()
]


@pytest.mark.parametrize(("read", "value"), BROKEN)
def test_a_broken_value_is_refused(read: Callable[[str], BaseProof | DerivedProof], value: str) -> None:
    with pytest.raises(ProofEncoding):
        read(value)


def test_a_base_proof_is_named_as_such_to_who_wants_a_derived_one() -> None:
    value = text(BASE + cbor2.dumps(PARTS[BASE]))
    assert is_base(value)
    with pytest.raises(NotDerived) as refused:
        read_derived(value)
    assert refused.value.code == "proof.not_derived"


def test_what_nobody_would_read_is_not_written() -> None:
    good = read_base(text(BASE + cbor2.dumps(PARTS[BASE])))
    for signatures, pointers in (((SIGNATURE,) * (MOST_STATEMENTS + 1), ()), ((SIGNATURE,), ("/" + "x" * 900,) * 120)):
        with pytest.raises(TooManyStatements):
            write_base(
                BaseProof(
                    signature=good.signature,
                    public_key=good.public_key,
                    hmac_key=good.hmac_key,
                    signatures=signatures,
                    mandatory_pointers=pointers,
                )
            )
    derived = read_derived(text(DERIVED + cbor2.dumps(PARTS[DERIVED])))
    with pytest.raises(TooManyStatements):
        write_derived(replace(derived, labels={number: number.to_bytes(32) for number in range(3_000)}))
    most = write_base(
        BaseProof(
            signature=good.signature,
            public_key=good.public_key,
            hmac_key=good.hmac_key,
            signatures=(SIGNATURE,) * MOST_STATEMENTS,
            mandatory_pointers=("/credentialSubject/achievement/criteria",) * 100,
        )
    )
    assert read_base(most).signatures == (SIGNATURE,) * MOST_STATEMENTS


def test_no_refusal_is_anything_but_one_of_ours() -> None:
    good = DERIVED + cbor2.dumps(PARTS[DERIVED])
    for place in range(len(good)):
        for byte in (0x00, 0x5F, 0x7F, 0x9F, 0xA1, 0xBF, 0xC2, 0xC5, 0xD8, 0xF6, 0xF9, 0xFB, 0xFF):
            value = text(good[:place] + bytes([byte]) + good[place + 1 :])
            try:
                assert rewritten(read_derived(value)) == value
            except Error:
                continue
