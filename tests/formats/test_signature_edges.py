"""Signatures at the edges of each algorithm, made with the private key and plain arithmetic: what looser verifiers let
pass, and beside it what is rare and right."""

from collections.abc import Callable
from functools import cache
from hashlib import md5, sha1, sha256, sha384, sha512

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from nacl.bindings import crypto_scalarmult_ed25519_base_noclamp

from jmc_vc.formats import signature
from jmc_vc.formats.encoding.public_key import CURVES, KeyAlgorithm, PublicKey

MESSAGE = b"message"


class Edwards:
    """Ed25519 by its equation: R = r·B, S = r + h·a."""

    P = 2**255 - 19
    L = 2**252 + 27742317777372353535851937790883648493
    ORDER_8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
    DOM2 = b"SigEd25519 no Ed25519 collisions"

    a = 12_345_678_901_234_567_890
    r = 98_765_432_109_876_543_210

    @classmethod
    def times_base(cls, scalar: int) -> bytes:
        return bytes(crypto_scalarmult_ed25519_base_noclamp((scalar % cls.L).to_bytes(32, "little")))

    @classmethod
    def key(cls) -> PublicKey:
        return PublicKey(KeyAlgorithm.ED25519, cls.times_base(cls.a))

    @classmethod
    def signed(cls, big_r: bytes, r: int, *, before: bytes = b"", more: int = 0, message: bytes = MESSAGE) -> bytes:
        """R and the S that goes with `r`, plus `more`."""
        digest = sha512(before + big_r + cls.times_base(cls.a) + message).digest()
        s = (r + int.from_bytes(digest, "little") * cls.a) % cls.L
        return big_r + (s + more).to_bytes(32, "little")

    @classmethod
    def small_order(cls) -> list[bytes]:
        ys = [0, 1, cls.P - 1, cls.ORDER_8, cls.P - cls.ORDER_8]
        ys += [y + cls.P for y in ys if y + cls.P < 2**255]
        return [(y | sign << 255).to_bytes(32, "little") for y in ys for sign in (0, 1)]

    @classmethod
    def plus_order_2(cls, point: bytes) -> bytes:
        """(x, y) → (−x, −y), which is the point plus the one of order 2."""
        number = int.from_bytes(point, "little")
        y, sign = number & (1 << 255) - 1, number >> 255
        return ((cls.P - y) | (1 - sign) << 255).to_bytes(32, "little")


def test_an_ed25519_signature_by_the_equation_verifies() -> None:
    for message in (b"", MESSAGE, b"\0", bytes(10_000)):
        signed = Edwards.signed(Edwards.times_base(Edwards.r), Edwards.r, message=message)
        assert signature.verify(Edwards.key(), signed, message)


@pytest.mark.parametrize("big_r", Edwards.small_order(), ids=bytes.hex)
def test_an_ed25519_r_of_small_order_is_refused(big_r: bytes) -> None:  # VJ-40 in its other half
    assert not signature.verify(Edwards.key(), Edwards.signed(big_r, 0), MESSAGE)


R = Edwards.times_base(Edwards.r)
GOOD = Edwards.signed(R, Edwards.r)
ED25519 = {
    "S + L": Edwards.signed(R, Edwards.r, more=Edwards.L),
    "S + 2L": Edwards.signed(R, Edwards.r, more=2 * Edwards.L),
    "S + 7L": Edwards.signed(R, Edwards.r, more=7 * Edwards.L),
    "S = 0": R + bytes(32),
    "S = L": R + Edwards.L.to_bytes(32, "little"),
    "S of ones": R + b"\xff" * 32,
    "S with its highest bit": GOOD[:63] + bytes([GOOD[63] | 0x80]),
    "R plus a point of order 2, right for a cofactored equation": Edwards.signed(Edwards.plus_order_2(R), Edwards.r),
    "R negated": GOOD[:31] + bytes([GOOD[31] ^ 0x80]) + GOOD[32:],
    "R no point": Edwards.signed((2).to_bytes(32, "little"), Edwards.r),
    "R beyond the field": Edwards.signed((Edwards.P + 3).to_bytes(32, "little"), Edwards.r),
    "S before R": GOOD[32:] + GOOD[:32],
    "big-endian S": GOOD[:32] + GOOD[:31:-1],
    "as Ed25519ph": Edwards.signed(R, Edwards.r, before=Edwards.DOM2 + b"\1\0", message=sha512(MESSAGE).digest()),
    "as Ed25519ctx": Edwards.signed(R, Edwards.r, before=Edwards.DOM2 + b"\0\3ctx"),
    "of the hash": Edwards.signed(R, Edwards.r, message=sha256(MESSAGE).digest()),
    "63 bytes": GOOD[:63],
    "65 bytes": GOOD + b"\0",
    "with the message before": MESSAGE + GOOD,
}


@pytest.mark.parametrize("forged", ED25519.values(), ids=ED25519)
def test_an_ed25519_signature_that_is_only_nearly_one_is_refused(forged: bytes) -> None:
    assert not signature.verify(Edwards.key(), forged, MESSAGE)


ORDERS = {
    KeyAlgorithm.P256: 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    KeyAlgorithm.P384: 2**384 - 0x389CB27E0BC8D220A7E5F24DB74F58851313E695333AD68D,
    KeyAlgorithm.P521: 2**521 - 0x5AE79787C40D069948033FEB708F65A2FC44A36477663B851449048E16EC79BF7,
}
DIGESTS: dict[KeyAlgorithm, Callable[[bytes], bytes]] = {
    KeyAlgorithm.P256: lambda message: sha256(message).digest(),
    KeyAlgorithm.P384: lambda message: sha384(message).digest(),
    KeyAlgorithm.P521: lambda message: sha512(message).digest(),
}
every_curve = pytest.mark.parametrize("curve", CURVES)
PRIVATE = 0x1234567890ABCDEF


def nist(curve: KeyAlgorithm, private: int = PRIVATE) -> PublicKey:
    key = ec.derive_private_key(private, CURVES[curve]).public_key()
    return PublicKey(curve, key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))


def dsa(curve: KeyAlgorithm, k: int, *, private: int = PRIVATE, digest: bytes | None = None) -> tuple[int, int]:
    """r and s with the nonce `k`: r = x of k·G, s = (e + r·d)/k."""
    n = ORDERS[curve]
    r = ec.derive_private_key(k, CURVES[curve]).public_key().public_numbers().x % n
    e = int.from_bytes((digest or DIGESTS[curve](MESSAGE))[: (n.bit_length() + 7) // 8])
    return r, pow(k, -1, n) * (e + r * private) % n


def side_by_side(curve: KeyAlgorithm, r: int, s: int) -> bytes:
    half = signature.LENGTHS[curve] // 2
    return (r % (1 << 8 * half)).to_bytes(half) + (s % (1 << 8 * half)).to_bytes(half)


@every_curve
def test_an_ecdsa_signature_by_the_equation_verifies(curve: KeyAlgorithm) -> None:
    n = ORDERS[curve]
    for private in (1, 2, PRIVATE, n - 1):
        for k in (1, 2, 3, n - 1):
            r, s = dsa(curve, k, private=private)
            assert signature.verify(nist(curve, private), side_by_side(curve, r, s), MESSAGE)


@every_curve
def test_an_ecdsa_signature_may_have_small_numbers(curve: KeyAlgorithm) -> None:
    """Leading zeros stay: r and s have their full length, whatever they are."""
    short = {"r": False, "s": False}
    for k in range(4, 4_000):
        numbers = dict(zip("rs", dsa(curve, k), strict=True))
        signed = side_by_side(curve, numbers["r"], numbers["s"])
        shortest = {name: number.to_bytes((number.bit_length() + 7) // 8) for name, number in numbers.items()}
        if len(shortest["r"] + shortest["s"]) < len(signed):
            assert signature.verify(nist(curve), signed, MESSAGE)
            assert not signature.verify(nist(curve), shortest["r"] + shortest["s"], MESSAGE)
            for name, text in shortest.items():
                short[name] |= len(text) < len(signed) // 2
        if all(short.values()):
            return
    raise AssertionError("no small number came up")


def ecdsa_forgeries(curve: KeyAlgorithm) -> dict[str, bytes]:
    n = ORDERS[curve]
    half = signature.LENGTHS[curve] // 2
    r, s = dsa(curve, 5)
    e = int.from_bytes(DIGESTS[curve](MESSAGE))
    good, der = side_by_side(curve, r, s), encode_dss_signature(r, s)
    numbers = (0, 1, n - 1, n, n + 1, 256**half - 1)
    return {
        **{
            f"r = {one}, s = {other}": side_by_side(curve, one_value, other_value)
            for one, one_value in zip(("0", "1", "n-1", "n", "n+1", "all ones"), numbers, strict=True)
            for other, other_value in zip(("0", "1", "n-1", "n", "n+1", "all ones"), numbers, strict=True)
        },
        "r = 0": side_by_side(curve, 0, s),
        "s = 0": side_by_side(curve, r, 0),
        "r = n": side_by_side(curve, n, s),
        "s = n": side_by_side(curve, r, n),
        "r + n": side_by_side(curve, r + n, s),  # at its full value for P-521, whose numbers have room for it
        "s + n": side_by_side(curve, r, s + n),
        "n - r": side_by_side(curve, n - r, s),
        "s + 1": side_by_side(curve, r, s + 1),
        "s before r": side_by_side(curve, s, r),
        "little-endian": r.to_bytes(half, "little") + s.to_bytes(half, "little"),
        "the point at infinity": side_by_side(curve, -e * pow(PRIVATE, -1, n) % n, 7),
        "DER": der,
        "DER, cut": der[: 2 * half],
        "DER, filled up": der.ljust(2 * half, b"\0"),
        "a leading zero more": b"\0" + good[:half] + b"\0" + good[half:],
        "one byte less": good[1:],
        "one byte more": good + b"\0",
        "half": good[:half],
        "nothing": b"",
        "of another hash": side_by_side(curve, *dsa(curve, 5, digest=sha1(MESSAGE).digest())),
        "of no hash": side_by_side(curve, *dsa(curve, 5, digest=MESSAGE)),
        "of the hash of the hash": side_by_side(curve, *dsa(curve, 5, digest=DIGESTS[curve](DIGESTS[curve](MESSAGE)))),
        **{
            f"with the hash of {other}": side_by_side(curve, *dsa(curve, 5, digest=digest(MESSAGE)))
            for other, digest in DIGESTS.items()
            if other is not curve
        },
        "by another key": side_by_side(curve, *dsa(curve, 5, private=PRIVATE + 1)),
    }


@every_curve
def test_an_ecdsa_signature_that_is_only_nearly_one_is_refused(curve: KeyAlgorithm) -> None:
    key = nist(curve)
    assert signature.verify(key, side_by_side(curve, *dsa(curve, 5)), MESSAGE)
    passed = [name for name, forged in ecdsa_forgeries(curve).items() if signature.verify(key, forged, MESSAGE)]
    assert passed == []


class Pkcs1:
    """RSASSA-PKCS1-v1_5 by hand: any block to the power of d."""

    SHA256 = bytes.fromhex("3031300d060960864801650304020105000420")
    """DigestInfo of a SHA-256 digest up to the digest (RFC 8017 §9.2)."""

    @staticmethod
    @cache
    def pair() -> RSAPrivateKey:
        return generate_private_key(65_537, 2_048)

    @classmethod
    def key(cls) -> PublicKey:
        der = cls.pair().public_key().public_bytes(Encoding.DER, PublicFormat.PKCS1)
        return PublicKey(KeyAlgorithm.RSA, der)

    @classmethod
    def n(cls) -> int:
        return cls.pair().public_key().public_numbers().n

    @classmethod
    def raw(cls, block: bytes) -> bytes:
        assert len(block) == 256, len(block)
        return pow(int.from_bytes(block), cls.pair().private_numbers().d, cls.n()).to_bytes(256)

    @classmethod
    def block(cls, content: bytes, *, start: bytes = b"\0\1", padding: int | None = None, rest: bytes = b"") -> bytes:
        """00 01, FF as often as there is room or as told, 00, the content, and what `rest` leaves room for."""
        room = 256 - len(start) - 1 - len(content) - len(rest)
        filled = start + b"\xff" * (room if padding is None else padding) + b"\0" + content + rest
        return filled.ljust(256, b"\x2a")


def pkcs1_forgeries() -> dict[str, bytes]:
    digest = sha256(MESSAGE).digest()
    info, block, n = Pkcs1.SHA256, Pkcs1.block, Pkcs1.n()
    good = block(info + digest)
    signed = Pkcs1.raw(good)
    other_hashes = {
        "MD5": (bytes.fromhex("3020300c06082a864886f70d020505000410"), md5(MESSAGE).digest()),
        "SHA-1": (bytes.fromhex("3021300906052b0e03021a05000414"), sha1(MESSAGE).digest()),
        "SHA-384": (bytes.fromhex("3041300d060960864801650304020205000430"), sha384(MESSAGE).digest()),
        "SHA-512": (bytes.fromhex("3051300d060960864801650304020305000440"), sha512(MESSAGE).digest()),
    }
    blocks = {
        "type 2": block(info + digest, start=b"\0\2"),
        "type 0": block(info + digest, start=b"\0\0"),
        "type 0, padded with zeros": b"\0\0" + bytes(203) + info + digest,
        "first byte 1": b"\1" + good[1:],
        "first byte of the padding": good[:2] + b"\xfe" + good[3:],
        "a zero in the padding": good[:100] + b"\0" + good[101:],
        "last byte of the padding": good[:203] + b"\0" + good[204:],
        "no separator": good[:204] + b"\xff" + good[205:],
        "no padding at all": block(info + digest, padding=0),
        "padding of 7, the rest garbage": block(info + digest, padding=7),
        "padding of 8, the rest garbage": block(info + digest, padding=8),
        "one byte of garbage at the end": block(info + digest, rest=b"\0"),
        "garbage between padding and DigestInfo": block(b"\x2a" * 8 + info + digest),
        "the digest alone": block(digest),
        "the digest as OCTET STRING": block(b"\4\x20" + digest),
        "the message": block(MESSAGE),
        "no parameters": block(bytes.fromhex("302f300b0609608648016503040201") + b"\4\x20" + digest),
        "parameters of another type": block(info[:15] + b"\4\0" + info[17:] + digest),
        "parameters with content": block(bytes.fromhex("3032300e06096086480165030402010501") + b"\x2a\4\x20" + digest),
        "garbage in the parameters": block(
            bytes.fromhex("303d301906096086480165030402010500040a") + b"\x2a" * 10 + b"\4\x20" + digest
        ),
        "long form of a length": block(b"\x30\x81\x31" + info[2:] + digest),
        "long form of the digest's length": block(b"\x30\x32" + info[2:-1] + b"\x81\x20" + digest),
        "indefinite length": block(b"\x30\x80" + info[2:] + digest + b"\0\0"),
        "DigestInfo with a member more": block(b"\x30\x33" + info[2:] + digest + b"\5\0"),
        "DigestInfo that claims more": block(b"\x30\x32" + info[2:] + digest),
        "a set": block(b"\x31" + info[1:] + digest),
        "another object identifier": block(info[:14] + b"\2" + info[15:] + digest),
        "a longer object identifier": block(bytes.fromhex("3032300e060a6086480165030402010105000420") + digest),
        "a digest of 31 bytes": block(b"\x30\x30" + info[2:-1] + b"\x1f" + digest[:-1]),
        "a digest of 33 bytes": block(b"\x30\x32" + info[2:-1] + b"\x21" + digest + b"\0"),
        "a digest of another message": block(info + sha256(b"massage").digest()),
        "a digest with its last bit changed": block(info + digest[:-1] + bytes([digest[-1] ^ 1])),
        "SHA-1 in the dress of SHA-256": block(info + sha1(MESSAGE).digest()),
        **{name: block(start + value) for name, (start, value) in other_hashes.items()},
        "nothing": bytes(256),
        "one": (1).to_bytes(256),
    }
    pss = Pkcs1.pair().sign(MESSAGE, PSS(MGF1(SHA256()), 32), SHA256())
    return {
        **{name: Pkcs1.raw(each) for name, each in blocks.items()},
        "PSS": pss,
        "the block itself": good,
        "n - signature": (n - int.from_bytes(signed)).to_bytes(256),
        "0": bytes(256),
        "1": (1).to_bytes(256),
        "n - 1": (n - 1).to_bytes(256),
        "n": n.to_bytes(256),
        "all ones": b"\xff" * 256,
        "a leading zero more": b"\0" + signed,
        "a byte more": signed + b"\0",
        "a byte less": signed[1:],
        "no bytes": b"",
        "little-endian": signed[::-1],
    }


def test_an_rsa_signature_that_is_only_nearly_one_is_refused() -> None:
    key = Pkcs1.key()
    assert signature.verify(key, Pkcs1.raw(Pkcs1.block(Pkcs1.SHA256 + sha256(MESSAGE).digest())), MESSAGE)
    passed = [name for name, forged in pkcs1_forgeries().items() if signature.verify(key, forged, MESSAGE)]
    assert passed == []


def test_an_rsa_signature_has_one_number_at_its_full_length() -> None:
    key, n = Pkcs1.key(), Pkcs1.n()
    twins = short = False
    for count in range(20_000):
        message = str(count).encode()
        signed = Pkcs1.pair().sign(message, signature.RSA_PADDING, signature.RSA_HASH)
        number = int.from_bytes(signed)
        if number + n < 2**2048 and not twins:
            assert signature.verify(key, signed, message)
            assert not signature.verify(key, (number + n).to_bytes(256), message)
            twins = True
        if signed[0] == 0 and not short:
            assert signature.verify(key, signed, message)
            assert not signature.verify(key, signed[1:], message)
            short = True
        if twins and short:
            return
    raise AssertionError("no small signature came up")
