"""Is it alive, can it do its work, and how much does it do."""

import dataclasses
from pathlib import Path

from jmc_vc.issuing.desk import Desk
from jmc_vc.publishing.log_anchor import LogAnchor
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.storage.anchor_file import AnchorFile
from tests.builders.web import web_client
from tests.web.conftest import Running


def test_a_service_that_can_do_everything_says_so(running: Running) -> None:
    assert running.client.get("/healthz").json() == {"status": "ok"}
    answer = running.client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "issue": True,
        "verify": True,
        "checks": {name: {"ok": True} for name in ("database", "schema", "kek", "clock", "anchor")},
    }


def test_people_are_told_the_same_on_a_page(running: Running) -> None:
    html = {"accept": "text/html,*/*;q=0.8"}
    page = running.client.get("/readyz?lang=en", headers=html)
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    assert page.text.count("In order") == 5
    clock = running.installation.clock
    clock.move(hours=-1)
    try:
        off = running.client.get("/readyz", headers=html)
    finally:
        clock.move(hours=1)
    assert off.status_code == 503
    assert "利用できません" in off.text
    assert "<code>ready.clock</code>" in off.text


def test_a_clock_that_is_behind_the_audit_log_is_named(running: Running) -> None:
    clock = running.installation.clock
    clock.move(hours=-1)
    try:
        answer = running.client.get("/readyz")
    finally:
        clock.move(hours=1)
    assert answer.status_code == 503
    assert (answer.json()["issue"], answer.json()["verify"]) == (False, True)
    assert answer.json()["checks"]["clock"]["code"] == "ready.clock"
    assert answer.json()["checks"]["kek"] == {"ok": True}


def test_a_wrong_key_encryption_key_is_named_and_verification_goes_on(running: Running) -> None:
    desk = Desk(lambda _commands, _now: [], lambda _now: None, running.installation.clock, group=1)
    service = dataclasses.replace(running.installation.service, kek=KeyEncryptionKey(bytes(32)), desk=desk)
    with web_client(service) as client:
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert (answer.json()["issue"], answer.json()["verify"]) == (False, True)
    assert answer.json()["checks"]["kek"]["code"] == "ready.kek"


def test_f_20_an_anchor_that_lags_is_told_and_issuing_goes_on(running: Running) -> None:
    service, now = running.installation.service, running.installation.now
    anchor = LogAnchor(file=AnchorFile(Path("/nowhere/head")), origin=service.site.log_origin)
    with service.database.read() as snapshot:
        anchor.hold(snapshot, now=now)
    desk = Desk(lambda _commands, _now: [], lambda _now: None, running.installation.clock, group=1)
    lagging = dataclasses.replace(service, log=dataclasses.replace(service.log, anchor=anchor), desk=desk)
    with web_client(lagging) as client:
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["issue"]) == (200, True)
        assert answer.json()["checks"]["anchor"]["code"] == "anchor.lags"
        running.installation.clock.move(hours=49)
        try:
            answer = client.get("/readyz")
        finally:
            running.installation.clock.move(hours=-49)
        assert (answer.status_code, answer.json()["issue"]) == (503, False)
        assert answer.json()["checks"]["anchor"]["code"] == "anchor.lost"


def test_the_figures_count_routes_and_name_nobody(running: Running) -> None:
    issued = running.issued()
    running.client.get(issued["id"])
    figures = running.client.get("/metrics")
    assert figures.headers["content-type"].startswith("text/plain")
    assert 'jmc_vc_requests_total{method="GET",route="/credentials/{uuid}",status="200"}' in figures.text
    assert issued["id"].rpartition("/")[2] not in figures.text
