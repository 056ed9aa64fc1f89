"""Texts that are nearly receipts of verifications. One is genuine only if this service signed these very claims, and
shows nothing otherwise; what this service signed and is no receipt is told as that."""

import json
from random import Random
from time import process_time
from typing import Any

from hypothesis import strategies as st

from jmc_vc.domain.signing_key import JMC
from jmc_vc.errors import Error
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.jose import compact_jws
from jmc_vc.verifying.check import Outcome
from jmc_vc.verifying.misplaced import RECEIPT
from jmc_vc.verifying.receipt import claims_of
from jmc_vc.verifying.receipt_json import receipt_json
from tests.builders.jose_keys import jose_key
from tests.fuzz.world import world

SECONDS = 0.5
_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 1e308, 2**53, "", "valid", "sha-256:" + "0" * 64, "x" * 100, "<b>", [], {}, [[]],
    ["x"], [{}],
    [{"id": "proof", "outcome": "pass", "code": "x"}], {"number": "1", "version": "1", "issuer": "1"}, {"now": "yes"},
    [{"digest": "sha-256:" + "0" * 64, "verdict": "valid", "summary": "valid"}], [{"digest": "x"}],
)  # fmt: skip
_NAMES = (
    "iss", "iat", "digest", "newerDigest", "verdict", "summary", "policy", "checks", "accreditation", "program",
    "credentials", "other",
)  # fmt: skip
_HEADERS = ("alg", "typ", "kid", "crit", "b64", "jwk", "cty")


def inputs() -> st.SearchStrategy[bytes]:
    return st.integers(0, 2**64 - 1).map(_made) | st.text(alphabet="eyJA.-_= \n~é", max_size=60).map(str.encode)


def _made(seed: int) -> bytes:
    chance = Random(seed)
    header, payload, signature = world().receipt.split(".")
    if chance.random() < 0.3:  # the text itself
        place = chance.randrange(len(world().receipt))
        put = chance.choice(("", "A", ".", "=", "\n", "é", "eyJ"))
        return (world().receipt[:place] + put + world().receipt[place + chance.randint(0, 2) :]).encode()
    head, claims = (json.loads(base64url.decode(part)) for part in (header, payload))
    for _ in range(chance.choice((1, 1, 2, 4))):
        if chance.random() < 0.3:
            head[chance.choice(_HEADERS)] = chance.choice((*_VALUES, "none", "ES256", "JWT", "did:web:x.example#key-1"))
        elif chance.random() < 0.2:
            claims.pop(chance.choice(_NAMES), None)
        else:
            claims[chance.choice(_NAMES)] = chance.choice(_VALUES)
    written = json.dumps(claims).encode()
    match chance.randint(0, 2):
        case 0:
            return f"{base64url.encode(json.dumps(head).encode())}.{base64url.encode(written)}.{signature}".encode()
        case 1:
            return compact_jws.write(head, written, jose_key().sign).encode()
        case _:  # only this service itself could do that
            return _signed_here(head, written).encode()


def _signed_here(header: Any, payload: bytes) -> str:
    service = world().installation.service
    with service.database.read() as snapshot:
        key = snapshot.signing_keys.active(JMC)
    assert key is not None
    own = {**header, "alg": "EdDSA", "typ": RECEIPT, "kid": f"{service.site.did}#{key.kid}"}
    return compact_jws.write(own, payload, service.issue.keyring.signer(key).sign)


def check(data: bytes) -> None:
    """Raises AssertionError, or whatever escapes the reader."""
    installation = world().installation
    service = installation.service
    started = process_time()
    try:
        report = service.verify_receipt(data, now=installation.now)
    except Error:
        return
    finally:
        assert process_time() - started < SECONDS
    shown = receipt_json(report)["receipt"]
    assert (shown is not None) == (report.finding.outcome is Outcome.PASS)
    if report.receipt is None:
        return
    header, payload, signature = "".join(data.decode("ascii").split()).split(".")
    assert json.loads(base64url.decode(header))["kid"] == f"{service.site.did}#key-1"
    signed = _signed_here(json.loads(base64url.decode(header)), base64url.decode(payload))
    assert signed.rpartition(".")[2] == signature, "Ed25519 signs the same alike"
    claims = json.loads(base64url.decode(payload))
    written = claims_of(report.receipt, signer=service.site.did)
    assert written == {name: claims[name] for name in written}, "it shows what was signed"
