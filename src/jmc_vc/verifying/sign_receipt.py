"""Sign the receipt of a verification with the active key of this organization.

Only a report that was just made is signed, and never anything that a caller wrote: what a caller has a say in is one
digest.
"""

from dataclasses import dataclass

import orjson

from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.signing_key import JMC
from jmc_vc.errors import Unavailable
from jmc_vc.formats.jose import compact_jws
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.signing.keyring import Keyring
from jmc_vc.storage.database import Database
from jmc_vc.verifying.misplaced import RECEIPT
from jmc_vc.verifying.receipt import Receipt, claims_of


class NoReceiptKey(Unavailable):
    """This organization has no active key to sign receipts with."""

    code = "receipt.no_key"


@dataclass(frozen=True, kw_only=True)
class SignReceipt:
    """The receipt as a compact JWS. Nothing is stored."""

    database: Database
    keyring: Keyring
    site: Site

    def __call__(self, receipt: Receipt) -> str:
        """The token. Raises NoReceiptKey, and what the keyring and its signers raise."""
        with self.database.read() as snapshot:
            key = snapshot.signing_keys.active(JMC)
        if key is None:
            raise NoReceiptKey
        signer = self.keyring.signer(key)
        algorithm = compact_jws.ALGORITHMS[signer.public_key.algorithm]
        header: JsonObject = {"alg": algorithm, "typ": RECEIPT, "kid": f"{self.site.did}#{key.kid}"}
        return compact_jws.write(header, orjson.dumps(claims_of(receipt, signer=self.site.did)), signer.sign)
