"""Addresses of credentials over HTTP, by the ids of the catalogue of bad inputs: those that nobody gave out (QR-07),
and those that somebody would like to have printed (QR-08). What stands in a code is told in
`tests/web/test_verify_pictures`."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tests.builders.installation import award, make_installation
from tests.hostile.over_http import OverHttp, over_http, within_bounds


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OverHttp]:
    with over_http(make_installation(Path(tmp_path_factory.mktemp("links")))) as installation:
        yield installation
        installation.service.database.close()


def test_qr_07_ids_are_random_and_walking_them_finds_nothing(asked: OverHttp) -> None:
    found = {asked.issue(award(retake=True)).credential.uuid for _ in range(20)}
    assert {uuid.version for uuid in found} == {4}
    near = [UUID(int=uuid.int ^ bit) for uuid in found for bit in (1, 2, 3)] + [uuid4() for _ in range(60)]
    with within_bounds(seconds=5):
        answers = [asked.client.get(f"/credentials/{uuid}") for uuid in near]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.json()["code"] for answer in answers}) == 1


@pytest.mark.parametrize("header", ["x-forwarded-host", "x-host", "forwarded", "x-original-host"])
@pytest.mark.parametrize("path", ["/credentials/{}/qr.svg", "/issuers/hoshimigaoka/did.json", "/.well-known/did.json"])
def test_qr_08_a_forged_host_is_in_no_code_and_no_did(asked: OverHttp, header: str, path: str) -> None:
    path = path.format(asked.issue(award(retake=True)).credential.uuid)
    value = "host=evil.test;proto=https" if header == "forwarded" else "evil.test"
    plain, forged = asked.client.get(path), asked.client.get(path, headers={header: value})
    assert plain.status_code == forged.status_code == 200
    assert plain.content == forged.content


@pytest.mark.parametrize("path", ["/credentials/{}/qr.svg", "/.well-known/did.json"])
def test_qr_08_another_host_is_not_served(asked: OverHttp, path: str) -> None:
    path = path.format(asked.issue(award(retake=True)).credential.uuid)
    answer = asked.client.get(path, headers={"host": "evil.test"})
    assert (answer.status_code, "evil.test" in answer.text) == (400, False)
