"""The facade as the suites reach it: over https, with a certificate of nobody's."""

from pathlib import Path

import pytest

from jmc_vc.formats.status import bitstring
from tests.builders.suites import V2
from tests.simulators.https_service import https_service


@pytest.mark.loopback
def test_bs_05_the_list_is_served_over_https_where_the_entry_says(tmp_path: Path) -> None:
    """BS-05, SF-08, CD-04: the list is fetched by its address, as the suite does."""
    with https_service(tmp_path, conformance=True) as service, service.client() as client:
        credential = {"@context": [V2], "type": ["VerifiableCredential"], "credentialSubject": {"id": "urn:a:1"}}
        answer = client.post(
            "/conformance/BitstringStatusList/credentials/issue", json={"credential": credential, "options": {}}
        )
        assert answer.status_code == 201, answer.text
        issued = answer.json()["verifiableCredential"]
        url = issued["credentialStatus"]["statusListCredential"]
        assert url.startswith(f"{service.base_url}/")
        assert url.startswith("https:")
        listed = client.get(url).raise_for_status().json()
    assert (listed["id"], listed["issuer"]) == (url, issued["issuer"])
    assert issued["issuer"].startswith("did:key:z6Mk")
    bits = bitstring.decode(listed["credentialSubject"]["encodedList"])
    assert not bitstring.bit(bits, int(issued["credentialStatus"]["statusListIndex"]))
