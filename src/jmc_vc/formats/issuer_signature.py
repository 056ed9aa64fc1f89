"""The signature of a credential as bytes: what the public log holds a digest of.

The same credential is written in many ways: members in another order, a proof value in another base, disclosures shown
or kept back. Its signature stays the same in all of them, and nobody but the holder of the key makes another one. Of an
ECDSA signature (r, s) there is a twin (r, n−s) that anybody can make; the one with the smaller s stands for both.
"""

from collections.abc import Mapping
from typing import Final

import orjson

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.data_integrity.proof import Proof, ProofEncoding, read_proofs
from jmc_vc.formats.data_integrity.selective.proof_value import is_base, read_base, read_derived
from jmc_vc.formats.encoding import multibase
from jmc_vc.formats.encoding.base64url import NotBase64Url
from jmc_vc.formats.encoding.multibase import NotMultibase
from jmc_vc.formats.encoding.public_key import CURVE_ORDERS, KeyAlgorithm
from jmc_vc.formats.jose import compact_jws, sd_jwt
from jmc_vc.formats.jose.compact_jws import CompactJws, NotAToken
from jmc_vc.formats.strict_json import NotJson

_ORDERS: Final[Mapping[int, int]] = {
    64: CURVE_ORDERS[KeyAlgorithm.P256],
    96: CURVE_ORDERS[KeyAlgorithm.P384],
}
"""Bytes of an ECDSA signature → the order of its curve: we sign on no other."""
_SELECTIVE: Final = "ecdsa-sd-2023"
_LONGEST: Final = 133
"""Characters of a proof value with one signature: `z` and the digits of 96 bytes."""


class NotOneSignature(Unacceptable):
    """The document has more than one proof: which of them is meant is the caller's to say (`of_proof`)."""

    code = "proof.several"


def signature_bytes_of(form: str, body: bytes) -> bytes:
    """The issuer's signature in `body`, a credential in the form `json` (with one embedded proof), `jwt` or `sd-jwt`,
    which we made or whose bytes were read strictly before. Nothing is verified. Raises what the readers of these forms
    raise, and NotOneSignature."""
    return {"json": _of_document, "jwt": _of_token, "sd-jwt": _of_sd_jwt}[form](body)


def of_proof(proof: Proof) -> bytes:
    """The signature in an embedded proof. A proof that was derived from a base proof has the issuer's in it. Raises
    ProofEncoding."""
    if proof.cryptosuite == _SELECTIVE:
        read = read_base(proof.value) if is_base(proof.value) else read_derived(proof.value)
        return _smaller_twin(read.signature)
    try:
        signature = multibase.decode(proof.value, longest=_LONGEST)
    except (NotMultibase, NotBase64Url) as err:
        raise ProofEncoding(pointer=f"{proof.pointer}/proofValue") from err
    return _smaller_twin(signature) if proof.cryptosuite.startswith("ecdsa-") else signature


def of_jws(jws: CompactJws) -> bytes:
    """The signature of a token."""
    return _smaller_twin(jws.signature) if jws.algorithm.startswith("ES") else jws.signature


def _of_document(body: bytes) -> bytes:
    try:
        document = orjson.loads(body)  # a strict look again would take longer than everything else about an entry
    except orjson.JSONDecodeError as err:
        raise NotJson from err
    proofs = read_proofs(document) if isinstance(document, dict) else ()
    if len(proofs) != 1:
        raise NotOneSignature
    return of_proof(proofs[0])


def _of_token(body: bytes) -> bytes:
    return of_jws(compact_jws.read(_text(body)))


def _of_sd_jwt(body: bytes) -> bytes:
    return of_jws(sd_jwt.read(_text(body)).jws)


def _text(body: bytes) -> str:
    try:
        return body.decode("ascii")
    except UnicodeDecodeError as err:
        raise NotAToken from err


def _smaller_twin(signature: bytes) -> bytes:
    """`signature` with the smaller s; as it is where it is of neither curve."""
    order, half = _ORDERS.get(len(signature), 0), len(signature) // 2
    s = int.from_bytes(signature[half:])
    return signature[:half] + min(s, order - s).to_bytes(half) if s < order else signature
