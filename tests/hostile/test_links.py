"""Addresses of credentials over HTTP, by the ids of the catalogue of bad inputs: those that nobody gave out (QR-07),
and those that somebody would like to have printed (QR-08). What stands in a code is told in
`tests/web/test_verify_pictures`."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest

from jmc_vc.errors import NotFound
from jmc_vc.web.clients import counted_as
from jmc_vc.web.guessing import MOST_MISSES, SECONDS, Misses, TooManyMisses
from tests.builders import codes
from tests.builders.installation import award, make_installation
from tests.builders.web import WebClient, web_client
from tests.hostile.over_http import OverHttp, over_http, within_bounds

TEXT = {"content-type": "text/plain"}


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


GUESSER, SAME_LINE, OTHER_LINE = "2001:db8:1:2::7", "2001:db8:1:2:ffff:ffff:ffff:1", "2001:db8:1:3::7"


@pytest.mark.parametrize(
    "guess",
    [
        pytest.param(lambda client, uuid, who: client.get(f"/credentials/{uuid}", client=who), id="page"),
        pytest.param(lambda client, uuid, who: client.get(f"/verify?credential={uuid}", client=who), id="verdict"),
        pytest.param(lambda client, uuid, who: client.post("/v1/verify", content=str(uuid), headers=TEXT, client=who),
                     id="API"),
    ],
)  # fmt: skip
def test_qr_07_who_guesses_has_to_wait_and_who_opens_good_links_never_does(
    asked: OverHttp, guess: Callable[[WebClient, UUID, str], httpx.Response]
) -> None:
    good = [asked.issue(award(retake=True)).credential.uuid for _ in range(3)]
    with web_client(asked.service) as client:
        hits = [guess(client, uuid, GUESSER).status_code for uuid in good * 50]
        misses = [guess(client, uuid4(), GUESSER).status_code for _ in range(MOST_MISSES)]
        assert (set(hits), set(misses)) == ({200}, {404})
        for who in (GUESSER, SAME_LINE):
            for uuid in (uuid4(), good[0]):
                answer = guess(client, uuid, who)
                assert (answer.status_code, answer.json()["code"]) == (429, "link.too_many_misses")
                assert 1 <= int(answer.headers["retry-after"]) <= 6
        assert guess(client, good[0], OTHER_LINE).status_code == 200
        assert guess(client, good[0], "192.0.2.1").status_code == 200
        assert client.get("/programs", client=GUESSER).status_code == 200, "the register is public"


def test_qr_07_a_batch_guesses_no_more_than_anybody(asked: OverHttp) -> None:
    good = asked.service.site.credential(asked.issue(award(retake=True)).credential.uuid)
    links = [*[asked.service.site.credential(uuid4()) for _ in range(150)], good]
    with web_client(asked.service) as client:
        answer = client.post("/v1/verify/batch", json=links, client=GUESSER)
        codes = [json.loads(line)["error"]["code"] for line in answer.text.splitlines()[:-1]]
        assert set(codes[:MOST_MISSES]) == {"credential.not_found"}
        assert set(codes[MOST_MISSES + 4 :]) == {"link.too_many_misses"}, "four are under way at a time"
        reports = client.post("/v1/verify/batch", json=[good] * 300, client=OTHER_LINE).text
        assert reports.count('"verdict":"valid"') == 300


@pytest.mark.parametrize(("language", "title"), [("ja", "要求が多すぎます"), ("en", "Too many requests")])
def test_qr_07_people_are_told_on_a_page(asked: OverHttp, language: str, title: str) -> None:
    with web_client(asked.service) as client:
        for _ in range(MOST_MISSES):
            client.get(f"/credentials/{uuid4()}", client=GUESSER)
        page = f"/verify?credential={uuid4()}&lang={language}"
        answer = client.get(page, client=GUESSER, headers={"accept": "text/html"})
    assert (answer.status_code, "retry-after" in answer.headers) == (429, True)
    assert title in answer.text
    assert "link.too_many_misses" in answer.text
    assert ("数分" in answer.text or "few minutes" in answer.text) is False, "it is seconds, and the sentence says so"


def _picture(asked: OverHttp, uuid: UUID) -> bytes:
    return codes.written(codes.code(asked.service.site.credential(uuid)))


def test_qr_07_a_link_in_a_picture_is_a_link(asked: OverHttp) -> None:
    """It is found late, and is looked up like any other."""
    good, image = asked.issue(award(retake=True)).credential.uuid, {"content-type": "image/png"}
    with web_client(asked.service) as client:
        for _ in range(MOST_MISSES - 1):
            client.get(f"/credentials/{uuid4()}", client=GUESSER)
        codes_of = [
            client.post("/v1/verify", content=_picture(asked, uuid), headers=image, client=GUESSER).json().get("code")
            for uuid in (good, uuid4(), good)
        ]
    assert codes_of == [None, "credential.not_found", "link.too_many_misses"]


def test_qr_07_a_guesser_keeps_nobody_behind_the_same_address_from_what_names_no_credential(asked: OverHttp) -> None:
    issued = asked.issue(award(retake=True))
    badge, link = issued.body.decode(), asked.service.site.credential(issued.credential.uuid)
    receipt, vc = {"content-type": "application/jwt"}, {"content-type": "application/vc"}
    with web_client(asked.service) as client:
        for _ in range(MOST_MISSES):
            client.get(f"/credentials/{uuid4()}", client=GUESSER)
        assert client.post("/v1/verify", content=link, headers=TEXT, client=GUESSER).status_code == 429
        pages = ["/verify", "/verify/batch", "/verify/offline", "/verify/receipt", "/programs"]
        assert {client.get(page, client=GUESSER).status_code for page in pages} == {200}
        assert client.post("/v1/verify", content=badge, headers=vc, client=GUESSER).json()["verdict"] == "valid"
        answer = client.post("/verify", data={"text": badge}, client=GUESSER)
        assert (answer.status_code, "link.too_many_misses" in answer.text) == (200, False)
        lines = client.post("/v1/verify/batch", json=[json.loads(badge), link], client=GUESSER).text.splitlines()
        assert json.loads(lines[0])["report"]["verdict"] == "valid"
        assert json.loads(lines[1])["error"]["code"] == "link.too_many_misses"
        answer = client.post("/v1/verify/receipt", content=b"x.y.z", headers=receipt, client=GUESSER)
        assert answer.status_code != 429


@pytest.mark.parametrize(
    "path", ["/verify/n{}", "/v1/verify/n{}", "/credentials/n{}", "/credentials/{}/n", "/verify?credential=n{}"]
)
def test_qr_07_an_address_that_can_name_no_credential_is_no_guess(asked: OverHttp, path: str) -> None:
    """As any page of another site can have its visitors ask for."""
    good = asked.issue(award(retake=True)).credential.uuid
    with web_client(asked.service) as client:
        answers = [client.get(path.format(number), client=GUESSER) for number in range(MOST_MISSES + 20)]
        assert {answer.status_code for answer in answers} <= {404, 405}
        assert client.get(f"/credentials/{good}", client=GUESSER).status_code == 200


def test_qr_07_however_often_a_client_misses_it_may_ask_again_in_a_moment() -> None:
    now = 0.0
    misses = Misses(lambda: now)
    with (
        suppress(NotFound),
        ExitStack() as under_way,
    ):  # together, so that each of them begins before the first one has missed
        for _ in range(MOST_MISSES * 50):
            under_way.enter_context(misses.counted("a"))
        raise NotFound
    with pytest.raises(TooManyMisses) as refused, misses.counted("a"):
        pass
    assert refused.value.retry_after <= SECONDS
    now += SECONDS
    with misses.counted("a"):
        pass


def test_a_miss_is_forgotten_after_a_while() -> None:
    now = 0.0
    misses = Misses(lambda: now)

    def miss() -> None:
        with pytest.raises(NotFound), misses.counted("a"):
            raise NotFound

    def refused() -> int:
        with pytest.raises(TooManyMisses) as refused, misses.counted("a"):
            pass
        return refused.value.retry_after

    for _ in range(MOST_MISSES):
        miss()
    now += refused()
    miss()
    now += MOST_MISSES * refused()
    for _ in range(MOST_MISSES):
        miss()


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("::1", "::1"),
        ("unix", "unix"),
    ],
)
def test_a_client_is_an_address_or_the_network_of_a_line(host: str, counted: str) -> None:
    assert counted_as(host) == counted


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
