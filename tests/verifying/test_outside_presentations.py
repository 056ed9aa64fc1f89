"""A presentation whose holder and issuers are elsewhere: all their documents are fetched together, in one budget."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.data_integrity.verify_proof import Expected
from jmc_vc.formats.did.document import VerificationMethod, did_document
from jmc_vc.verifying.fetch_outside import MOST_DOCUMENTS
from jmc_vc.verifying.presentation_ruling import PresentationReport
from jmc_vc.verifying.report import Report
from tests.builders.contexts import shipped_contexts
from tests.builders.installation import Installation, make_installation
from tests.builders.outside_issuer import ISSUED, OutsideIssuer
from tests.simulators.network import Network, online

Json = dict[str, Any]
HOLDER = OutsideIssuer(id="did:web:holder.example", seed="holder")
EXPECTED = Expected(domain="https://employer.example", challenge="c-1")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    installation = make_installation(Path(tmp_path_factory.mktemp("presented")), empty=True)
    yield installation
    installation.service.database.close()


def issuers(count: int) -> list[OutsideIssuer]:
    return [OutsideIssuer(id=f"did:web:issuer-{number}.example", seed=str(number)) for number in range(count)]


def holders_document() -> Json:
    method = f"{HOLDER.id}#key-1"
    key = VerificationMethod(id=method, controller=HOLDER.id, public_key=HOLDER.ed25519.public_key)
    return did_document(HOLDER.id, [key], assertion_methods=[], authentication_methods=[method])


def presented(
    here: Installation, count: int, suite: str = "eddsa-rdfc-2022", **achievement: Any
) -> tuple[PresentationReport, Network]:
    """All under `suite`, and their achievements with further members."""
    shown = issuers(count)

    def with_more(badge: Json) -> Json:
        badge["credentialSubject"]["achievement"] |= achievement
        return badge

    documents = {**{each.id: each.document() for each in shown}, HOLDER.id: holders_document()}
    served = {
        f"https://{did.removeprefix('did:web:')}/.well-known/did.json": json.dumps(document).encode()
        for did, document in documents.items()
    }
    network = online(here, served)
    presentation: Json = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": HOLDER.id,
        "verifiableCredential": [json.loads(each.sign(with_more(each.badge()), cryptosuite=suite)) for each in shown],
    }
    secured = add_proof(
        presentation,
        cryptosuite=suite,
        verification_method=f"{HOLDER.id}#key-1",
        created=ISSUED,
        purpose="authentication",
        members={"domain": EXPECTED.domain, "challenge": EXPECTED.challenge},
        sign=HOLDER.ed25519.sign,
        contexts=shipped_contexts(),
    )
    report = here.service.verify_presentation(secured, expected=EXPECTED, policy="technical", now=here.now)
    return report, network


def test_holder_and_issuers_elsewhere_are_asked_together(here: Installation) -> None:
    report, network = presented(here, 2)
    assert (report.verdict, report.faults, report.signers) == ("valid", (), (HOLDER.id,))
    assert len(network.asked) == 3


def test_what_is_good_by_itself_is_good_in_a_presentation_that_is_signed_as_json(here: Installation) -> None:
    """No context defines the member, which is under both signatures all the same."""
    report, _ = presented(here, 1, "eddsa-jcs-2022", somethingElse="of no context")
    (alone,) = report.credentials
    assert (alone.verdict, report.verdict, report.faults) == ("valid", "valid", ())


def test_a_presentation_of_many_issuers_has_the_budget_of_one_request(here: Installation) -> None:
    report, network = presented(here, MOST_DOCUMENTS + 2)
    assert len(network.asked) == MOST_DOCUMENTS
    assert report.verdict == "indeterminate"
    found = [each.report.finding("key").code for each in report.credentials if isinstance(each.report, Report)]
    assert found == ["key.bound"] * (MOST_DOCUMENTS - 1) + ["did.unavailable"] * 3
