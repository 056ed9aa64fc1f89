"""What openvc-core does otherwise than the specifications, as the matrix tells it: none of it is ours."""

import copy
from collections.abc import Mapping
from typing import Any

import pytest
from openvc.errors import OpenvcError
from openvc.proof.di_ecdsa_rdfc import EcdsaRdfcProofSuite
from openvc.proof.errors import ClaimsInvalid
from openvc.proof.vc_jwt import VcJwtProofSuite

from jmc_vc.formats.data_integrity.add_proof import add_proof
from tests.builders.badges import small_badge
from tests.interop.alterations import altered_documents
from tests.interop.formats import FORMATS, P384
from tests.interop.keys import jwk_of_did, key
from tests.interop.matrix import BACK, THERE, row
from tests.interop.parties.digitalbazaar import DigitalBazaar
from tests.interop.parties.openvc import Openvc
from tests.interop.parties.ours import Ours
from tests.interop.parties.party import Party, badge
from tests.interop.served import Badge, Node, Served

pytestmark = [pytest.mark.interop, pytest.mark.loopback]

Contexts = dict[str, Any]
BY_P384 = "openbadge-ecdsa-rdfc-2019-p384"


@pytest.fixture(scope="module")
def openvc(sides: Mapping[str, Party]) -> Openvc:
    found = sides["openvc-core"]
    assert isinstance(found, Openvc)
    return found


@row(BY_P384, "openvc-core", THERE)
def test_ours_by_p_384_holds_there_with_one_blank_node(served: Served, openvc: Openvc) -> None:
    signing, contexts = key(P384), served.service.installation.service.contexts

    def signed(unsigned: Badge) -> Badge:
        return add_proof(
            {**unsigned, "issuer": {**unsigned["issuer"], "id": signing.did_key}},
            cryptosuite="ecdsa-rdfc-2019",
            verification_method=signing.did_key_method,
            created=served.service.installation.now,
            sign=signing.sign,
            contexts=contexts,
            algorithm=P384,
        )

    ours = signed(small_badge())
    changed = altered_documents(ours)
    assert openvc.accept(FORMATS[BY_P384], [ours, *changed.values()]) == [True] + [False] * len(changed)
    usual = signed(badge(signing.did_key))
    assert openvc.accept(FORMATS[BY_P384], [usual]) == [False]


@row(BY_P384, "openvc-core", BACK)
def test_its_by_p_384_holds_here_with_one_blank_node(
    served: Served, node: Node, open_badges_contexts: Contexts
) -> None:
    signing = key(P384, "openvc")
    suite = EcdsaRdfcProofSuite()

    def signed(unsigned: Badge) -> Badge:
        secured: Badge = suite.add_proof(
            {**unsigned, "issuer": {**unsigned["issuer"], "id": signing.did_key}},
            signing_key=Openvc.key(FORMATS[BY_P384], signing.did_key_method),
            verification_method=signing.did_key_method,
            extra_contexts=open_badges_contexts,
        )
        return secured

    theirs = signed(small_badge())
    changed = altered_documents(theirs)
    ours = Ours(served)
    assert ours.accept(FORMATS[BY_P384], [theirs, *changed.values()]) == [True] + [False] * len(changed)
    usual = signed(badge(signing.did_key))
    assert ours.accept(FORMATS[BY_P384], [usual]) == [False]
    assert DigitalBazaar(node, open_badges_contexts).accept(FORMATS[BY_P384], [usual]) == [False]


@pytest.mark.parametrize("format_", [each for each in FORMATS if "-jcs-" in each])
def test_its_canonical_json_holds_with_the_member_that_it_leaves_out(
    served: Served, node: Node, openvc: Openvc, open_badges_contexts: Contexts, format_: str
) -> None:
    theirs = openvc.issue(FORMATS[format_])
    assert "@context" not in theirs["proof"]
    whole = copy.deepcopy(theirs)
    whole["proof"]["@context"] = whole["@context"]
    for party in (Ours(served), DigitalBazaar(node, open_badges_contexts)):
        assert party.accept(FORMATS[format_], [theirs, whole]) == [False, True]


def test_its_open_badge_as_a_token_names_another_beginning(served: Served, openvc: Openvc) -> None:
    token = openvc.issue(FORMATS["openbadge-jwt-es256"])
    report = served.verify_bytes(token.encode(), "technical")
    codes = {each["id"]: each["code"] for each in report["checks"]}
    assert (report["verdict"], codes["claims"]) == ("invalid", "claims.mismatch")


def test_ours_as_a_token_has_no_claim_that_it_could_read(served: Served) -> None:
    token = Ours(served).issue(FORMATS["openbadge-jwt-es256"])
    issuer, _ = VcJwtProofSuite().peek_issuer(token)
    with pytest.raises(ClaimsInvalid, match="no embedded `vc` object"):
        VcJwtProofSuite().verify(token, public_key_jwk=jwk_of_did(issuer))


def test_it_derives_no_results_without_an_id_while_others_do(
    served: Served, node: Node, openvc: Openvc, open_badges_contexts: Contexts
) -> None:
    format_ = FORMATS["openbadge-ecdsa-sd-2023"]
    base = Ours(served).issue(format_)
    with pytest.raises(OpenvcError, match="no matching base signature"):
        openvc.derive(base, ["/credentialSubject/result"])
    shown = node(
        "deriveDocument",
        supplied=open_badges_contexts,
        credential=base,
        selectivePointers=["/credentialSubject/result"],
    )
    assert Ours(served).accept(format_, [shown]) == [True]
