"""The status list of the test credentials: nothing in it is ever set, and everything about it is as it has to be.

https://www.w3.org/TR/vc-bitstring-status-list/. The suite looks at the entry and at the list; no request of it changes
a status. An entry says its messages, which for one bit it may. It does not say `statusSize`: for more than one bit the
specification wants a message for every value, 2 to the power of the bits, and the suite as many as there are bits.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from jmc_vc.conforming.issuers import SuiteIssuers
from jmc_vc.conforming.words import Words
from jmc_vc.errors import Unavailable
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.status import bitstring
from jmc_vc.formats.status.bitstring import MINIMUM, PastTheEnd
from jmc_vc.formats.status.entry import BITSTRING_ENTRY, BitstringStatusListEntry, bitstring_entry, status_entry
from jmc_vc.formats.status.status_list_credential import WrongListPurpose, status_list_credential
from jmc_vc.formats.strict_json import JsonObject

PATH = "/conformance/BitstringStatusList/status-lists/1"

_PURPOSE = "revocation"
_SPECIFICATION = "https://www.w3.org/TR/vc-bitstring-status-list/"
_VALID_FOR = timedelta(hours=24)
_TTL_MS = 300_000
_NOTHING_SET = bitstring.encode((), MINIMUM)


class OtherList(Unavailable):
    """The status list lies elsewhere, and nothing is fetched here."""

    code = "status.retrieval"


@dataclass(frozen=True, kw_only=True)
class SuiteStatusList:
    """The one list, published under `base_url`. `random` gives as many random bytes as it is asked for."""

    base_url: str
    issuers: SuiteIssuers
    words: Words
    random: Callable[[int], bytes]

    @property
    def url(self) -> str:
        return self.base_url + PATH

    def __call__(self, *, now: datetime) -> JsonObject:
        """The signed list."""
        issuer = self.issuers.of(KeyAlgorithm.ED25519)
        unsigned = status_list_credential(
            id=self.url,
            issuer=issuer.did,
            purpose=_PURPOSE,
            encoded_list=_NOTHING_SET,
            valid_from=now,
            valid_until=now + _VALID_FOR,
            ttl_ms=_TTL_MS,
        )
        return add_proof(
            unsigned,
            cryptosuite="eddsa-rdfc-2022",
            verification_method=issuer.key_id,
            created=now,
            sign=issuer.signer.sign,
            contexts=self.words.of_one_document(),
        )

    def entry(self) -> JsonObject:
        """A new entry, somewhere in the list."""
        index = int.from_bytes(self.random(4)) % MINIMUM
        return {
            **bitstring_entry(list_url=self.url, index=index, purpose=_PURPOSE),
            "statusMessage": [{"status": "0x0", "message": "valid"}, {"status": "0x1", "message": "revoked"}],
            "statusReference": _SPECIFICATION,
        }

    def check(self, entry: JsonObject) -> OtherList | None:
        """None if our list says that nothing is wrong, and what keeps us from knowing for a list elsewhere. Raises
        what `status_entry` raises for an entry that is not as it should be, WrongListPurpose, PastTheEnd."""
        read = status_entry(entry)
        if not isinstance(read, BitstringStatusListEntry) or read.list_url != self.url:
            return OtherList()
        if read.purpose != _PURPOSE:
            raise WrongListPurpose
        if (read.index + 1) * read.size > MINIMUM:
            raise PastTheEnd
        return None


def require_shape(entry: JsonObject) -> None:
    """Raises what `status_entry` raises for an entry of the Bitstring kind; others are their own specification's."""
    types = entry.get("type")
    if BITSTRING_ENTRY in (types if isinstance(types, list) else [types]):
        status_entry(entry)
