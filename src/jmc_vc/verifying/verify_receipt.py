"""Is a receipt one of ours, and what does it say?

Three answers, as everywhere. Nobody enters receipts in the public log, so there is nothing that proves the day on which
one was signed but the key itself. Of a key that was retired, that is enough. Of one that came into other hands it is
not, whatever date the receipt gives: whether it is ours is then *unknown*, and the credential has to be verified anew.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.signing_key import JMC, KeyState, SigningKey
from jmc_vc.errors import Error, Malformed, Unacceptable
from jmc_vc.formats.encoding.multikey import decode_multikey
from jmc_vc.formats.jose import compact_jws
from jmc_vc.formats.jose.compact_jws import CompactJws
from jmc_vc.formats.jose.token_kind import kind_of, media_type
from jmc_vc.formats.raster import raster_of
from jmc_vc.formats.signature import BadSignature
from jmc_vc.storage.database import Database
from jmc_vc.verifying.check import Failed, Passed, Unknown, failed, passed, unknown
from jmc_vc.verifying.detect import is_token
from jmc_vc.verifying.misplaced import RECEIPT
from jmc_vc.verifying.receipt import BadReceipt, Receipt, read_claims

LONGEST: Final = 16_384
"""Characters: twice a receipt of a presentation of as many credentials as there may be."""
SKEW: Final = timedelta(minutes=5)
"""How far the clocks of two of our machines may differ, as in the policies."""


class NotAReceipt(Malformed):
    """Not a token of the type of a receipt."""

    code = "receipt.syntax"


class ACredential(Unacceptable):
    """A credential or a presentation, where the receipt of its verification is wanted."""

    code = "receipt.a_credential"


@dataclass(frozen=True)
class ReceiptReport:
    """What is to be said of a receipt. `receipt` is there only if it is genuine: nothing is shown that this
    organization did not sign."""

    finding: Passed | Failed | Unknown
    receipt: Receipt | None


@dataclass(frozen=True, kw_only=True)
class VerifyReceipt:
    """Verify a receipt that this service signed."""

    database: Database
    site: Site

    def __call__(self, data: bytes, *, now: datetime) -> ReceiptReport:
        """The report on `data`. Raises NotAReceipt and ACredential."""
        jws = _read(data)
        finding = self._judge(jws, now)
        if not isinstance(finding, Passed):
            return ReceiptReport(finding, None)
        try:
            return ReceiptReport(finding, read_claims(jws.claims()))
        except Error:  # ours, and of a form that is not known here
            return ReceiptReport(unknown(BadReceipt.code), None)

    def _judge(self, jws: CompactJws, now: datetime) -> Passed | Failed | Unknown:
        claims = jws.claims()
        kid, issued_at = jws.header.get("kid"), claims.get("iat")
        did, _, fragment = kid.partition("#") if isinstance(kid, str) else ("", "", "")
        if claims.get("iss") != self.site.did or did != self.site.did:
            return failed("receipt.issuer")
        with self.database.read() as snapshot:
            key = snapshot.signing_keys.get(JMC, fragment)
        if key is None:
            return failed("receipt.key")
        try:
            compact_jws.verify(jws, decode_multikey(key.public_key))
        except (BadSignature, compact_jws.TokenAlgorithm):
            return failed("receipt.signature")
        if key.state is KeyState.COMPROMISED:
            return unknown("receipt.key_compromised")
        if isinstance(issued_at, bool) or not isinstance(issued_at, int) or not _in_time(issued_at, key, now):
            return failed("receipt.time")
        return passed("receipt.genuine")


def _read(data: bytes) -> CompactJws:
    """A receipt that came by e-mail may be broken over lines."""
    if raster_of(data) is not None or (b'"@context"' in data and data.lstrip()[:1] == b"{"):
        raise ACredential
    if len(data) > LONGEST:
        raise ACredential if is_token(data) else NotAReceipt
    try:
        jws = compact_jws.read("".join(data.decode("ascii").partition("~")[0].split()))
    except (UnicodeDecodeError, Error) as err:
        raise NotAReceipt from err
    if media_type(jws.header, "typ") != RECEIPT:
        raise ACredential if _is_credential(jws) else NotAReceipt
    return jws


def _is_credential(jws: CompactJws) -> bool:
    try:
        kind_of(jws.header)
    except Error:
        return False
    return True


def _in_time(issued_at: int, key: SigningKey, now: datetime) -> bool:
    """Whether the key signed on that day: not before it was active, not after it was retired, not in the future."""
    begins, ends = key.active_from, min(filter(None, (key.retired_at, now)))
    if begins is None:
        return False
    return (begins - SKEW).timestamp() <= issued_at <= (ends + SKEW).timestamp()
