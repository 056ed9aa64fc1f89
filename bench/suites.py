"""Data Integrity, suite by suite: ours, and eddsa-jcs-2022 as `rfc8785` and `cryptography` do it.

Signing begins with a credential as a JSON value and ends with JSON text; verifying begins with JSON text, with the key
at hand, and ends with the answer. Of ecdsa-sd-2023, adding the base proof is the issuer's work; deriving, from JSON
text to JSON text, is the learner's.
"""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

import orjson
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.keys import ED25519, P256, P384, signing
from bench.pace import Pace
from bench.typical import CREATED, Material
from jmc_vc.formats import strict_json
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import read_proofs
from jmc_vc.formats.data_integrity.selective.base_proof import add_base_proof
from jmc_vc.formats.data_integrity.selective.derive import derive
from jmc_vc.formats.data_integrity.verify_proof import verify_proof
from jmc_vc.formats.encoding import multibase
from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey
from jmc_vc.formats.openbadges.date_time import write_date_time_stamp

Json = dict[str, Any]

SUITES: Mapping[str, tuple[str, KeyAlgorithm]] = {
    "eddsa-rdfc-2022": ("eddsa-rdfc-2022", ED25519),
    "eddsa-jcs-2022": ("eddsa-jcs-2022", ED25519),
    "ecdsa-rdfc-2019-p256": ("ecdsa-rdfc-2019", P256),
    "ecdsa-rdfc-2019-p384": ("ecdsa-rdfc-2019", P384),
    "ecdsa-jcs-2019-p256": ("ecdsa-jcs-2019", P256),
    "ecdsa-jcs-2019-p384": ("ecdsa-jcs-2019", P384),
}
"""Name in the table → cryptosuite and key."""
SELECTIVE = "ecdsa-sd-2023"
MANDATORY = ("/issuer", "/validFrom", "/validUntil", "/name", "/credentialStatus")
SELECTED = ("/credentialSubject/achievement", "/credentialSubject/result")
"""What the issuer, and what the learner wants to be shown: five sixths of the statements."""


def ours(given: Material) -> dict[str, Pace]:
    """Format and work → our pace of it."""
    paces: dict[str, Pace] = {}
    for name, (suite, algorithm) in SUITES.items():
        sign = _signing(given, suite, algorithm)
        unsigned = given.issued_by(given.keys.issuer[algorithm].did_key)
        paces[f"{name}/sign"] = Pace(sign, unsigned)
        paces[f"{name}/verify"] = Pace(
            _verifying(given, given.keys.issuer[algorithm].public), [sign(each) for each in unsigned]
        )
    return paces | _selective(given)


def _signing(given: Material, suite: str, algorithm: KeyAlgorithm) -> Callable[[Json], bytes]:
    key = given.keys.issuer[algorithm]
    method, sign = key.did_key_method, signing(key)

    def work(credential: Json) -> bytes:
        return orjson.dumps(
            add_proof(
                credential,
                cryptosuite=suite,
                verification_method=method,
                created=CREATED,
                sign=sign,
                contexts=given.contexts,
                algorithm=algorithm,
            )
        )

    return work


def _verifying(given: Material, public_key: PublicKey) -> Callable[[bytes], None]:
    def work(data: bytes) -> None:
        document = strict_json.parse_object(data)
        (proof,) = read_proofs(document)
        verify_proof(Unsecured(document, given.contexts), proof, public_key)

    return work


def _selective(given: Material) -> dict[str, Pace]:
    key = given.keys.issuer[P256]
    sign = signing(key)

    def base(credential: Json) -> bytes:
        return orjson.dumps(
            add_base_proof(
                credential,
                verification_method=key.did_key_method,
                created=CREATED,
                sign=sign,
                contexts=given.contexts,
                mandatory_pointers=MANDATORY,
                random=os.urandom,
            )
        )

    def show(data: bytes) -> bytes:
        return orjson.dumps(
            derive(strict_json.parse_object(data), selective_pointers=SELECTED, contexts=given.contexts)
        )

    unsigned = given.issued_by(key.did_key)
    for credential in unsigned:
        for described in credential["credentialSubject"]["achievement"]["resultDescription"]:
            described.pop("allowedValue", None)  # a list in order, which the peer cannot sign selectively
    issued = [base(each) for each in unsigned]
    return {
        f"{SELECTIVE}/base": Pace(base, unsigned),
        f"{SELECTIVE}/derive": Pace(show, issued),
        f"{SELECTIVE}/verify": Pace(_verifying(given, key.public), [show(each) for each in issued]),
    }


def plain_rfc8785(given: Material, pools: Mapping[str, Sequence[Any]]) -> dict[str, Pace]:
    """eddsa-jcs-2022 as its specification reads, with `rfc8785.dumps` for the document and for the options, and Ed25519
    by OpenSSL. It takes any JSON, and any `@context` in the proof."""
    key = given.keys.issuer[ED25519]
    private, method = key.private, key.did_key_method
    assert isinstance(private, Ed25519PrivateKey)
    public = private.public_key()

    def hashes(document: Json, options: Json) -> bytes:
        return sha256(rfc8785.dumps(options)).digest() + sha256(rfc8785.dumps(document)).digest()

    def sign(credential: Json) -> str:
        options = {
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-jcs-2022",
            "created": write_date_time_stamp(CREATED),
            "verificationMethod": method,
            "proofPurpose": "assertionMethod",
            "@context": credential["@context"],
        }
        value = multibase.encode_base58(private.sign(hashes(credential, options)))
        return json.dumps({**credential, "proof": {**options, "proofValue": value}}, ensure_ascii=False)

    def verify(data: bytes) -> None:
        document = json.loads(data)
        options = document.pop("proof")
        signature = multibase.decode(options.pop("proofValue"), longest=89)
        public.verify(signature, hashes(document, options))

    return {
        "eddsa-jcs-2022/sign": Pace(sign, pools["eddsa-jcs-2022/sign"]),
        "eddsa-jcs-2022/verify": Pace(verify, pools["eddsa-jcs-2022/verify"]),
    }
