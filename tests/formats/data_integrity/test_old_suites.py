"""Proofs of before the standard, for verifying only: Ed25519Signature2020 and eddsa-2022 on VCDM 1.1 badges (OB-47).

The badges of `tests/vectors` were signed without our code: PyLD's canonical form, SHA-256, `cryptography`.
"""

import copy
import json
from typing import Any

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.data_integrity.cryptosuites import CRYPTOSUITES, OLD_SUITES
from jmc_vc.formats.data_integrity.proof import OLD_PROOF_TYPES, SuiteUnsupported, read_proofs
from jmc_vc.formats.data_model.shape import BASE_CONTEXT_V2
from tests.builders.badges import small_badge
from tests.builders.contexts import shipped_contexts
from tests.builders.signers import signer
from tests.formats.data_integrity.test_own_vectors import ROOT
from tests.formats.data_integrity.verifying import CREATED, P256, signed, verified

OLD = ("Ed25519Signature2020", "eddsa-2022")
SUITE_CONTEXT = "https://w3id.org/security/suites/ed25519-2020/v1"


def badge(suite: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((ROOT / suite / "badge" / "signed.json").read_bytes())
    return document


@pytest.mark.parametrize("suite", OLD)
def test_an_old_badge_holds(suite: str) -> None:
    document = badge(suite)
    assert document["@context"][0] == "https://www.w3.org/2018/credentials/v1"
    (proof,) = read_proofs(document)
    assert (proof.type, proof.cryptosuite) == (document["proof"]["type"], suite)
    verified(document)


@pytest.mark.parametrize("suite", OLD)
@pytest.mark.parametrize("member", ["name", "issuanceDate", "expirationDate"])
def test_an_old_badge_that_was_altered_does_not(suite: str, member: str) -> None:
    with pytest.raises(Error, match=r"proof\.crypto"):
        verified({**badge(suite), member: "2030-01-01T00:00:00Z"})


def _change(document: dict[str, Any], **members: Any) -> dict[str, Any]:
    changed = copy.deepcopy(document)
    changed["proof"].update(members)
    return changed


@pytest.mark.parametrize(
    ("document", "code"),
    [
        pytest.param(_change(badge(OLD[0]), created="2024-01-01T00:00:00Z"), "proof.crypto", id="VJ-48"),
        pytest.param(_change(badge(OLD[1]), created="2024-01-01T00:00:00Z"), "proof.crypto", id="VJ-48 eddsa-2022"),
        pytest.param(_change(badge(OLD[0]), proofPurpose="authentication"), "proof.purpose", id="VJ-32"),
        pytest.param(
            _change(badge(OLD[0]), proofValue="u" + badge(OLD[0])["proof"]["proofValue"][1:]),
            "proof.encoding",
            id="VJ-37",
        ),
        pytest.param(_change(badge(OLD[0]), cryptosuite="eddsa-rdfc-2022"), "proof.coverage", id="undefined there"),
        pytest.param(
            {**badge(OLD[0]), "@context": badge(OLD[0])["@context"][:2]}, "proof.coverage", id="suite context missing"
        ),
        pytest.param(_change(badge(OLD[1]), cryptosuite="eddsa-rdfc-2022"), "proof.crypto", id="name of today"),
        pytest.param(
            _change(signed(), type="DataIntegrityProof", cryptosuite="Ed25519Signature2020"),
            "proof.suite_unsupported",
            id="an old type is no cryptosuite",
        ),
        pytest.param(_change(badge(OLD[0]), type="Ed25519Signature2018"), "proof.suite_unsupported", id="older type"),
    ],
)
def test_an_old_proof_that_does_not_hold_is_refused_with_its_code(document: dict[str, Any], code: str) -> None:
    with pytest.raises(Error) as refused:
        verified(document)
    assert refused.value.code == code


@pytest.mark.parametrize("suite", OLD)
def test_ob_47_an_old_proof_is_one_of_a_badge_of_1_1(suite: str) -> None:
    document = badge(suite)
    document["@context"][0] = BASE_CONTEXT_V2
    with pytest.raises(SuiteUnsupported) as refused:
        verified(document)
    assert refused.value.code == "proof.suite_unsupported"  # not judged: neither good nor bad


def test_a_suite_of_the_past_is_named_by_type_or_by_cryptosuite_and_never_signs() -> None:
    assert set(OLD_SUITES) == OLD_PROOF_TYPES
    for name in OLD:
        assert name in {**OLD_SUITES, **CRYPTOSUITES}
        with pytest.raises(SuiteUnsupported):
            add_proof(
                small_badge(),
                cryptosuite=name,
                verification_method=signer().method,
                created=CREATED,
                sign=signer().sign,
                contexts=shipped_contexts(),
            )


def test_an_old_proof_by_another_kind_of_key_is_a_confusion_of_suites() -> None:  # VJ-43
    with pytest.raises(Error, match=r"proof\.suite "):
        verified(badge(OLD[0]), signer(P256).public_key)


def test_a_badge_may_carry_an_old_proof_and_one_of_today() -> None:
    old = badge(OLD[0])
    old["@context"].append("https://w3id.org/security/data-integrity/v2")
    both = signed(old)
    assert [proof.cryptosuite for proof in read_proofs(both)] == ["Ed25519Signature2020", "eddsa-rdfc-2022"]
    verified(both)
