"""`demo` and the test data of `serve --demo`."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlparse
from uuid import UUID

import pytest

from jmc_vc.cli import demo, demo_site, first_credential
from jmc_vc.cli.story import STORY, StoryClock
from jmc_vc.domain.accreditation import PublicState
from jmc_vc.domain.status_list import StatusPurpose
from jmc_vc.sentences.story import STORY as SENTENCES
from tests.builders.installation import Installation, make_installation
from tests.builders.web import web_client
from tests.cli.conftest import Command


@dataclass
class StoppedClock(StoryClock):
    """A clock whose battery is empty."""

    def move_to(self, moment: datetime) -> None:
        pass


def test_every_step_of_the_story_comes_out_as_it_should(command: Command) -> None:
    ran = command("demo", "--json")
    assert ran.code == 0
    assert [step["step"] for step in ran.json] == [step.id for step in STORY]
    assert all(step["ok"] and step["expected"] == step["got"] for step in ran.json)


def test_the_story_is_told_in_both_languages(command: Command) -> None:
    assert set(SENTENCES) == {step.sentence for step in STORY}
    japanese, english = command("demo", "--lang", "ja").out, command("demo", "--lang", "en").out
    assert "✓ 初日の最初の1秒" in japanese
    assert "✓ In the first second of the first day" in english


def test_the_settings_of_the_machine_play_no_part_in_the_story(
    command: Command, environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.setenv("JMC_VC_ENVIRONMENT", "production")
    assert command("demo").code == 0
    assert not (tmp_path / "data").exists()


def test_a_story_that_goes_wrong_is_told_and_fails(command: Command, environment: pytest.MonkeyPatch) -> None:
    environment.setattr(demo, "StoryClock", StoppedClock)
    ran = command("demo", "--json")
    assert ran.code == 1
    wrong = {step["step"]: step["got"] for step in ran.json if not step["ok"]}
    assert wrong["award_first_second"] == "request.awarded_in_future"
    assert wrong["verify_first"] == "missing"
    assert "✗" in command("demo").out


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    installation = make_installation(tmp_path, empty=True)
    yield installation
    installation.service.database.close()


def uuids(installation: Installation) -> list[UUID]:
    return [UUID(Path(urlparse(each.url).path).name) for each in demo_site.credentials(installation.service)]


def test_the_test_data_are_six_programs_and_ten_labelled_credentials(empty: Installation) -> None:
    demo_site.load(empty.service, now=empty.now)
    entries = empty.service.search_register(today=date(2026, 11, 23))
    assert {entry.version.number for entry in entries} == {f"JMC-P-90000{n}" for n in range(1, 7)}
    # One of them has a version of last year.
    assert [
        (entry.version.number, entry.version.version) for entry in entries if entry.state is not PublicState.EFFECTIVE
    ] == [("JMC-P-900005", "1")]
    assert all(entry.version.fictional and entry.issuer.fictional for entry in entries)
    assert {entry.issuer.number for entry in entries} == {f"JMC-I-9000{n}" for n in range(1, 7)}
    found = demo_site.credentials(empty.service)
    assert [each.replaced for each in found].count(True) == 1
    for uuid, each in zip(uuids(empty), found, strict=True):
        fetched = empty.service.fetch_credential(uuid, now=empty.now)
        report = empty.verify(fetched.body)
        assert report.summary == ("revoked" if each.replaced else "valid")
        assert report.credential is not None
        assert report.credential.test_data


def test_every_address_of_ours_in_the_credentials_answers(empty: Installation) -> None:
    """And whatever these answers name at our address in turn."""
    demo_site.load(empty.service, now=empty.now)
    base = empty.service.site.base_url
    waiting = {each.url for each in demo_site.credentials(empty.service)}
    seen: set[str] = set()
    with web_client(empty.service) as web:
        while waiting:
            url = waiting.pop()
            seen.add(url)
            for accept in ("application/json", "text/html"):
                answer = web.get(url.removeprefix(base), headers={"accept": accept})
                assert answer.status_code == 200, (url, accept)
                if "json" in answer.headers["content-type"]:
                    waiting |= {found.partition("#")[0] for found in addresses_in(answer.json(), base)} - seen
    paths = {url.removeprefix(base) for url in seen}
    assert {"/issuers/hokuto-kosen", "/programs/JMC-P-900005/v/1", "/programs/JMC-P-900005/v/2"} <= paths
    assert {path.split("/")[1] for path in paths} >= {
        "credentials",
        "issuers",
        "programs",
        "status",
        "ims",
        "decisions",
    }


def addresses_in(value: Any, base: str) -> Iterator[str]:
    if isinstance(value, str):
        if value.startswith(f"{base}/"):
            yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from addresses_in(each, base)
    elif isinstance(value, list):
        for each in value:
            yield from addresses_in(each, base)


def test_a_load_in_a_later_year_adds_what_an_older_one_lacked(empty: Installation) -> None:
    """The version that superseded is there, accredited from another year on."""
    empty.clock.move(days=-365)
    number = "JMC-P-900005"
    empty.register(number)
    empty.import_program(number)
    empty.approve(number, version="2", effective_from=date(2025, 4, 1), effective_until=date(2026, 11, 30))
    empty.clock.move(days=365)
    demo_site.load(empty.service, now=empty.now)
    with empty.service.database.read() as snapshot:
        first = snapshot.programs.get(number, "1")
    assert first is not None
    assert first.approval is not None
    assert (first.approval.effective_from, first.approval.effective_until) == (date(2024, 4, 1), date(2025, 3, 31))


def test_loading_again_changes_nothing_also_on_another_day(empty: Installation) -> None:
    demo_site.load(empty.service, now=empty.now)
    before = uuids(empty)
    empty.clock.move(days=3)
    demo_site.load(empty.service, now=empty.now)
    assert uuids(empty) == before == list(dict.fromkeys(before))
    assert len(empty.rows()) == 10


def test_an_interrupted_load_is_taken_up_where_it_stopped(empty: Installation) -> None:
    empty.register()
    empty.import_program()
    demo_site.load(empty.service, now=empty.now)
    assert len(uuids(empty)) == 10


def test_test_data_never_go_beside_real_issuers(empty: Installation) -> None:
    from dataclasses import replace

    real = replace(
        demo_site.fictional_issuer(
            demo_site.demo_programs()["JMC-P-900001"]["issuer"], registered_from=date(2026, 4, 1)
        ),
        fictional=False,
    )
    empty.service.register_issuer(real, actor=demo_site._LOADER, now=empty.now)
    with pytest.raises(demo_site.DemoNotAlone):
        demo_site.load(empty.service, now=empty.now)


@pytest.mark.parametrize(
    ("moment", "start"),
    [
        (datetime(2027, 3, 31, 14, 59, 59, tzinfo=UTC), date(2026, 4, 1)),
        (datetime(2027, 3, 31, 15, 0, 0, tzinfo=UTC), date(2027, 4, 1)),
    ],
)
def test_windows_begin_with_the_fiscal_year_of_japan(tmp_path: Path, moment: datetime, start: date) -> None:
    """Also on its very first and last day every award of the test data can be made."""
    installation = make_installation(tmp_path, empty=True)
    installation.clock.now = moment
    demo_site.load(installation.service, now=moment)
    approvals = {
        (version.number, version.version): version.approval for version in installation.service.list_programs()
    }
    earlier = approvals.pop(("JMC-P-900005", "1"))
    assert earlier is not None
    assert earlier.effective_until == start - timedelta(days=1)
    assert all(each is not None and each.decided_on < each.effective_from for each in (earlier, *approvals.values()))
    windows = {
        number: (each.effective_from, each.effective_until)
        for (number, _), each in approvals.items()
        if each is not None
    }
    assert {first for first, _ in windows.values()} == {start}
    years = {number: last.year - start.year for number, (_, last) in windows.items()}
    assert years == {f"JMC-P-90000{n}": {4: 2, 5: 1}.get(n, 3) for n in range(1, 7)}
    assert {(last.month, last.day) for _, last in windows.values()} == {(3, 31)}
    assert len(demo_site.credentials(installation.service)) == 10
    installation.service.database.close()


def test_a_lost_or_expired_demo_key_is_replaced(empty: Installation, tmp_path: Path) -> None:
    demo_site.load(empty.service, now=empty.now)
    first = first_credential.demo_api_key(empty.service, now=empty.now)
    assert first_credential.demo_api_key(empty.service, now=empty.now) == first
    empty.clock.move(days=100)
    second = first_credential.demo_api_key(empty.service, now=empty.now)
    assert second != first
    assert empty.service.authenticate(second, now=empty.now).issuer == "hoshimigaoka"
    (tmp_path / first_credential.KEY_FILE).unlink()
    assert first_credential.demo_api_key(empty.service, now=empty.now) not in (first, second)


def test_the_status_list_of_the_replaced_credential_says_so(empty: Installation) -> None:
    demo_site.load(empty.service, now=empty.now)
    replaced = next(i for i, each in enumerate(demo_site.credentials(empty.service)) if each.replaced)
    with empty.service.database.read() as snapshot:
        row = snapshot.credentials.get(uuids(empty)[replaced])
        assert row is not None
        assert snapshot.credentials.set_bits(row.list_number, StatusPurpose.REVOCATION) == [row.status_index]


@pytest.mark.postgres
def test_the_test_data_load_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    installation = make_installation(tmp_path, postgres_url, empty=True)
    demo_site.load(installation.service, now=installation.now)
    demo_site.load(installation.service, now=installation.now)
    assert len(installation.rows()) == 10
    installation.service.database.close()


def test_openapi_is_printed_as_yaml_or_json(command: Command, tmp_path: Path) -> None:
    ran = command("openapi", "--json")
    assert ran.code == 0
    assert "/v1/assertions" in json.loads(ran.out)["paths"]
    out = tmp_path / "openapi.yaml"
    assert command("openapi", "--out", str(out)).code == 0
    assert out.read_text(encoding="utf-8") == command("openapi").out
    assert not (tmp_path / "data").exists()


def test_vendored_files_agree_with_their_manifest(command: Command) -> None:
    assert command("vendored", "check", "--json").json == {"ok": True, "problems": []}
