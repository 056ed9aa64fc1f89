"""The log: one line for a request, and nothing in it that a person could be found by (invariant 26)."""

import io
import json

import pytest

from jmc_vc import event_log
from tests.web.conftest import Running


@pytest.fixture
def log() -> io.StringIO:
    stream = io.StringIO()
    event_log.configure(stream)
    return stream


def test_a_request_is_one_line_without_personal_data(running: Running, log: io.StringIO) -> None:
    body = running.award()
    issued = running.post("/v1/assertions", body).json()
    uuid = issued["id"].rpartition("/")[2]
    running.client.post("/v1/verify", json=issued["credential"])
    running.client.get(f"/credentials/{uuid}?note=learners.example", headers={"accept": "text/html"})
    running.client.get(f"/credentials/{uuid}x")
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [(line["event"], line["route"], line["status"]) for line in lines] == [
        ("request", "/v1/assertions", 201),
        ("request", "/v1/verify", 200),
        ("request", "/credentials/{uuid}", 200),
        ("request", "/credentials/{uuid}", 404),
    ]
    assert lines[1]["verdict"] == "valid"
    key = running.installation.api_keys[running.slug]
    assert lines[0]["actor"] == key.split("_")[2]
    for secret in (key, uuid, "𠮷野", body["recipient"]["email"], body["externalId"], "learners.example", "192.0.2."):
        assert secret not in log.getvalue()


def test_a_field_that_is_not_listed_is_dropped(log: io.StringIO) -> None:
    event_log.events.info("something", route="/x", email="learner-01@learners.example")
    assert json.loads(log.getvalue()).keys() == {"event", "level", "timestamp", "route"}


def test_an_exception_is_told_by_its_type_and_place() -> None:
    def breaks() -> None:
        event_log.only_listed_fields(None, "", None)  # type: ignore[arg-type]

    with pytest.raises(AttributeError) as caught:
        breaks()
    assert event_log.where_it_broke(caught.value).startswith("event_log.py:")
    assert event_log.where_it_broke(ValueError("learner-01")) == "outside"
