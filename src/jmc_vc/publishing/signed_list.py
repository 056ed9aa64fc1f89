"""What a status list says and how it is signed, in each form in which lists are published.

https://www.w3.org/TR/vc-bitstring-status-list/: a credential of bits for each purpose, with an embedded proof.
https://datatracker.ietf.org/doc/draft-ietf-oauth-status-list/: a token with both states of each place, for SD-JWT VCs.
All are made from the same rows. What was signed is read back as a verifier would: a signer that answers wrongly must
not replace a good list by a bad one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson

from jmc_vc.domain.status_list import ListForm, StatusPurpose
from jmc_vc.formats import strict_json
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import read_proofs
from jmc_vc.formats.data_integrity.verify_proof import verify_proof
from jmc_vc.formats.jose import compact_jws
from jmc_vc.formats.jsonld import Contexts
from jmc_vc.formats.status import bitstring, token_status_list
from jmc_vc.formats.status.status_list_credential import status_list_credential
from jmc_vc.formats.status.token_status_list import TokenStatus, TokenStatusList
from jmc_vc.signing.keyring import Signer

CRYPTOSUITE = "eddsa-rdfc-2022"
PURPOSES: Mapping[ListForm, tuple[StatusPurpose, ...]] = {
    ListForm.REVOCATION: (StatusPurpose.REVOCATION,),
    ListForm.SUSPENSION: (StatusPurpose.SUSPENSION,),
    ListForm.TOKEN: (StatusPurpose.REVOCATION, StatusPurpose.SUSPENSION),
}
"""Of which states each form tells."""
ALGORITHMS: Mapping[ListForm, str] = {
    ListForm.REVOCATION: "Ed25519",
    ListForm.SUSPENSION: "Ed25519",
    ListForm.TOKEN: "P-256",
}
"""Which of the issuer's keys signs: every issuer has the first; who issues SD-JWT VCs has the other, which signs those
too."""
_TOKEN_BITS = 2
"""Bits a place in a token: valid, revoked and suspended need two."""
_STATES: Mapping[StatusPurpose, TokenStatus] = {
    StatusPurpose.REVOCATION: TokenStatus.INVALID,
    StatusPurpose.SUSPENSION: TokenStatus.SUSPENDED,
}


@dataclass(frozen=True, kw_only=True)
class ListContent:
    """What is signed. `url` is the address of the list in its form, `issuer` the DID of the issuer; `set_places` are
    the indexes whose credentials have the state of a purpose. Times are in whole seconds."""

    form: ListForm
    url: str
    issuer: str
    size: int
    set_places: Mapping[StatusPurpose, Sequence[int]]
    valid_from: datetime
    valid_until: datetime
    ttl: timedelta


def signed(content: ListContent, signer: Signer, *, verification_method: str, contexts: Contexts) -> bytes:
    """The list as it is served. Raises what verification of it raises, and the signer's Unavailable."""
    return _SIGNED[content.form](content, signer, verification_method, contexts)


def _bitstring(content: ListContent, signer: Signer, verification_method: str, contexts: Contexts) -> bytes:
    ((purpose, places),) = content.set_places.items()
    document = status_list_credential(
        id=content.url,
        issuer=content.issuer,
        purpose=purpose,
        encoded_list=bitstring.encode(places, content.size),
        valid_from=content.valid_from,
        valid_until=content.valid_until,
        ttl_ms=content.ttl // timedelta(milliseconds=1),
    )
    secured = add_proof(
        document,
        cryptosuite=CRYPTOSUITE,
        verification_method=verification_method,
        created=content.valid_from,
        sign=signer.sign,
        contexts=contexts,
    )
    body = orjson.dumps(secured)
    (proof,) = read_proofs(strict_json.parse_object(body))
    verify_proof(Unsecured(secured, contexts), proof, signer.public_key)
    return body


def _token(content: ListContent, signer: Signer, verification_method: str, _: Contexts) -> bytes:
    states = {index: _STATES[purpose] for purpose, places in content.set_places.items() for index in places}
    claims = token_status_list.status_list_claims(
        TokenStatusList(
            list_url=content.url,
            issued=content.valid_from,
            expires=content.valid_until,
            ttl=content.ttl,
            bits=_TOKEN_BITS,
            packed=token_status_list.pack(states, size=content.size, bits=_TOKEN_BITS),
        ),
        issuer=content.issuer,
    )
    algorithm = compact_jws.ALGORITHMS[signer.public_key.algorithm]
    header: strict_json.JsonObject = {"alg": algorithm, "typ": token_status_list.TYP, "kid": verification_method}
    token = compact_jws.write(header, orjson.dumps(claims), signer.sign)
    found = compact_jws.read(token)
    compact_jws.verify(found, signer.public_key)
    token_status_list.read_status_list_claims(found.claims(), url=content.url)
    return token.encode()


_SIGNED: Mapping[ListForm, Callable[[ListContent, Signer, str, Contexts], bytes]] = {
    ListForm.REVOCATION: _bitstring,
    ListForm.SUSPENSION: _bitstring,
    ListForm.TOKEN: _token,
}
