"""To judge the strength of an RSA key takes a verifier long, and a sender nothing: it is done for few (SR-5)."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from jmc_vc.formats.data_integrity.verify_proof import Expected
from jmc_vc.formats.encoding import base64url, public_key
from jmc_vc.formats.jose import compact_jws
from jmc_vc.verifying.presentation_ruling import PresentationReport
from jmc_vc.verifying.presented import MOST_KEYS
from jmc_vc.verifying.report import Report
from jmc_vc.verifying.work import MOST_RSA_KEYS
from tests.builders.installation import Installation
from tests.builders.open_badge import badge
from tests.builders.w3c_tokens import enveloped, presentation

NOW = datetime(2026, 10, 6, tzinfo=UTC)


def did(number: int) -> str:
    """One whose RSA key has a small factor, so that the tests do not take long either."""
    modulus = 3 * (2**2047 // 3 + 2 * number + 1)
    key = {"kty": "RSA", "n": base64url.encode((modulus | 1).to_bytes(256)), "e": "AQAB"}
    return "did:jwk:" + base64url.encode(json.dumps(key).encode())


def token(number: int, algorithm: str = "RS256") -> str:
    name = did(number)
    header: dict[str, Any] = {"alg": algorithm, "typ": "vc+jwt", "kid": f"{name}#0"}
    document = badge("/issuer", {"id": name, "type": ["Profile"], "name": "x"})
    return compact_jws.write(header, json.dumps(document).encode(), lambda _: bytes(256))


def proof(number: int) -> dict[str, Any]:
    return {
        "type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022", "proofPurpose": "authentication",
        "verificationMethod": f"{did(number)}#0", "proofValue": "z" + "1" * 88,
    }  # fmt: skip


def verified(installation: Installation, shown: dict[str, Any]) -> PresentationReport:
    return installation.service.verify_presentation(shown, expected=Expected(), now=NOW)


def test_a_weak_rsa_key_says_that_it_is_weak(installation: Installation) -> None:  # VW-24
    report = installation.service.verify(token(0).encode(), now=NOW)
    assert (report.verdict, report.finding("key").code) == ("invalid", "key.weak")
    assert (report.finding("proof").outcome, report.finding("proof").code) == ("unknown", "proof.key_missing")


def test_a_key_that_signs_in_another_way_is_not_judged(installation: Installation) -> None:
    before = public_key._judged.cache_info()
    report = installation.service.verify(token(1, "ES256").encode(), now=NOW)
    assert (report.verdict, report.finding("proof").code) == ("invalid", "token.algorithm")
    assert public_key._judged.cache_info() == before


def test_a_presentation_has_so_many_rsa_keys_judged_and_no_more(installation: Installation) -> None:
    shown = presentation(*(enveloped(token(100 + number)) for number in range(MOST_RSA_KEYS + 2)))
    public_key._judged.cache_clear()
    credentials = verified(installation, shown).credentials
    assert public_key._judged.cache_info().misses == MOST_RSA_KEYS
    reports = [each.report for each in credentials if isinstance(each.report, Report)]
    codes = [(each.verdict, each.finding("key").code, each.finding("proof").code) for each in reports]
    assert (
        codes
        == [("invalid", "key.weak", "proof.key_missing")] * MOST_RSA_KEYS
        + [("indeterminate", "key.bound", "verify.too_many_parts")] * 2
    )


def test_one_key_counts_once_in_a_presentation(installation: Installation) -> None:
    shown = presentation(*(enveloped(token(200)) for _ in range(MOST_RSA_KEYS + 2)))
    assert {each.verdict for each in verified(installation, shown).credentials} == {"invalid"}


@pytest.mark.parametrize("count", [MOST_KEYS, MOST_KEYS + 1])
def test_the_proofs_of_a_presentation_are_by_few_keys(installation: Installation, count: int) -> None:
    shown = presentation(proof=[proof(300 + number) for number in range(count)])
    before = public_key._judged.cache_info()
    report = verified(installation, shown)
    assert public_key._judged.cache_info() == before
    codes = {fault.code for fault in report.faults}
    assert codes == ({"proof.suite"} if count == MOST_KEYS else {"verify.too_many_parts"})
    assert report.verdict == "invalid" if count == MOST_KEYS else "indeterminate"
