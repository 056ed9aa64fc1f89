"""What one request may ask of us, however many parts it has: each part is bounded by its size, and a presentation of
twenty credentials with eight status entries each could still ask for seconds of work.
"""

from dataclasses import dataclass, field

from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey
from jmc_vc.formats.jose import compact_jws
from jmc_vc.formats.jose.compact_jws import ALGORITHMS, CompactJws
from jmc_vc.formats.status import bitstring
from jmc_vc.formats.status.compressed import LARGEST, StatusListTooLarge
from jmc_vc.verifying.presented import TooManyParts

MOST_RSA_KEYS = 6
"""With which signatures of one request are verified. Each may be one that was never seen, and to judge the strength of
one of 4096 bits takes 0.13 s. A presentation of more tokens of issuers with such keys can be shown in two."""


@dataclass(frozen=True)
class RsaKeys:
    """The RSA keys that one request brings, counted before the strength of one is judged: a presentation of 20 tokens
    could ask for seconds of work. Only tokens are signed with such keys, no proof of Data Integrity is."""

    _met: set[PublicKey] = field(default_factory=set)

    def verify(self, jws: CompactJws, key: PublicKey) -> None:
        """`compact_jws.verify`, whose errors it raises, and TooManyParts."""
        if key.algorithm is KeyAlgorithm.RSA and jws.algorithm == ALGORITHMS[key.algorithm]:
            self._met.add(key)
            if len(self._met) > MOST_RSA_KEYS:
                raise TooManyParts
        compact_jws.verify(jws, key)


MOST_OF_LISTS = 128 << 20
"""Bytes of status lists, unpacked: 0.3 s. Twenty credentials with a list of 131,072 places each have 0.3 MiB."""
_READING = 8
"""A byte of a list as it comes is parsed, canonicalized and hashed, and costs as much as eight that are unpacked."""


@dataclass
class StatusLists:
    """The status lists that one request has read: an entry may name the same one again and again, and each time it is
    verified and unpacked anew."""

    read: int = 0

    def read_again(self, body: bytes) -> None:
        """Counts `body`, a list as it came. Raises StatusListTooLarge when there were too many already."""
        if self.read > MOST_OF_LISTS:
            raise StatusListTooLarge(limit=LARGEST)
        self.read += _READING * len(body)

    def unpack(self, encoded: str) -> bytes:
        """`bitstring.decode`, whose errors it raises, counted."""
        bits = bitstring.decode(encoded)
        self.read += len(bits)
        return bits


MOST_ENDORSEMENTS = 12
"""That one request has judged: each may cost what a credential does, and honest ones have one to three."""


@dataclass
class Endorsements:
    """The endorsements that one request has had judged."""

    judged: int = 0

    def one_more(self) -> bool:
        """Counts one; whether there is still room for it."""
        self.judged += 1
        return self.judged <= MOST_ENDORSEMENTS


@dataclass(frozen=True)
class Work:
    """Of one request so far."""

    rsa_keys: RsaKeys = field(default_factory=RsaKeys)
    lists: StatusLists = field(default_factory=StatusLists)
    endorsements: Endorsements = field(default_factory=Endorsements)
