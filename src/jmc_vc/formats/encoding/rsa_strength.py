"""What makes an RSA modulus weak, as far as the public key shows it (security requirement SR-5).

Of 2048 to 4096 bits: shorter ones can be factored, longer ones cost a verifier seconds (NIST SP 800-57). With the
exponent 65537 alone: a small one opens doors to sloppy padding checks, one of 16,384 bits is an attack on the verifier
(FIPS 186-5 §5.4). A modulus that is prime, has a small factor, or has two factors close together (CVE-2022-26320; a
square is the extreme of it) can be taken apart by anyone, and so can the keys of one maker whose primes were not random
(CVE-2017-15361, told by a fingerprint).
"""

from math import gcd, isqrt

EXPONENT = 65_537
SMALLEST_BITS = 2_048
LARGEST_BITS = 4_096
LARGEST_DER = LARGEST_BITS // 8 + 32
"""Bytes of an RSAPublicKey in DER: the modulus, the exponent and 14 bytes around them."""


def is_sound_modulus(modulus: int) -> bool:
    """Whether nothing that can be seen from outside speaks against a key of this modulus."""
    return (
        SMALLEST_BITS <= modulus.bit_length() <= LARGEST_BITS
        and gcd(modulus, _SMALL_FACTORS) == 1
        and not _has_close_factors(modulus)
        and pow(2, modulus - 1, modulus) != 1  # Fermat: a prime modulus has one known factor, itself
        and not _has_roca_fingerprint(modulus)
    )


_FERMAT_STEPS = 100
"""For random primes it would take more steps than there are atoms; the primes of broken makers met within a few."""


def _has_close_factors(modulus: int) -> bool:
    """Whether the first steps of Fermat's method take it apart: modulus = a² − b² = (a + b)(a − b)."""
    first = isqrt(modulus - 1) + 1
    return any(isqrt(rest) ** 2 == rest for rest in (a * a - modulus for a in range(first, first + _FERMAT_STEPS)))


def _primes_below(limit: int) -> list[int]:
    sieve = bytearray([1]) * limit
    for number in range(2, isqrt(limit) + 1):
        if sieve[number]:
            sieve[number * number :: number] = bytes(len(range(number * number, limit, number)))
    return [number for number in range(2, limit) if sieve[number]]


def _product(numbers: list[int]) -> int:
    product = 1
    for number in numbers:
        product *= number
    return product


_SMALL_FACTORS = _product(_primes_below(2_000))


def _powers(base: int, prime: int) -> frozenset[int]:
    found, power = set(), 1
    while power not in found:
        found.add(power)
        power = power * base % prime
    return frozenset(found)


_ROCA_PRIMES = {prime: _powers(EXPONENT, prime) for prime in _primes_below(168)[1:]}
"""The faulty primes were k·M + (65537^a mod M), M the product of small primes: modulo each of these, such a modulus is
a power of 65537. An honest one is so by chance once in 10^8."""


def _has_roca_fingerprint(modulus: int) -> bool:
    return all(modulus % prime in powers for prime, powers in _ROCA_PRIMES.items())
