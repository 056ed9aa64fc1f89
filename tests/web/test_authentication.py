"""Every endpoint knows whom it answers, and a key is taken in one place and form only."""

from datetime import timedelta

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from jmc_vc.domain.actor import Scope
from jmc_vc.domain.api_key import mint
from jmc_vc.web import app
from jmc_vc.web.authentication import caller_with, public
from jmc_vc.web.pages import ROUTERS as PAGES
from tests.web.conftest import Running


def _calls(dependant: Dependant) -> set[str]:
    own = {getattr(dependant.call, "__qualname__", "")}
    return own.union(*(_calls(each) for each in dependant.dependencies))


def test_every_endpoint_of_the_api_asks_for_a_caller_or_says_that_it_is_public() -> None:
    routes = [route for router in app.ROUTERS if router not in PAGES for route in router.routes]
    assert len(routes) > 15
    caller = f"{caller_with.__qualname__}.<locals>.caller"
    for route in routes:
        assert isinstance(route, APIRoute)
        assert len({caller, public.__qualname__} & _calls(route.dependant)) == 1, route.path


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Basic dXNlcjpwYXNz",
        "Bearer " + "a" * 100_000,
        "Bearer a\x00b",
        "Bearer a b",
        "Bearer jmcob_live_aaaaaaaa_aaaa",
        "Bearer ключ",
    ],
)
def test_ht_08_what_is_no_key_is_unauthenticated(running: Running, authorization: str | None) -> None:
    """HT-08."""
    headers = {} if authorization is None else {"authorization": authorization.encode()}
    for method, path in (("GET", "/v1/assertions"), ("POST", "/v1/assertions")):
        answer = running.client.raw(
            method, path, [(b"host", b"localhost:8000"), *((k.encode(), v) for k, v in headers.items())]
        )
        assert answer.status == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("name", ["api_key", "access_token", "key", "token", "API_KEY"])
def test_ht_08_a_key_in_the_query_counts_as_leaked(running: Running, name: str) -> None:
    key = running.installation.api_keys[running.slug]
    for headers in ({}, running.bearer()):
        answer = running.client.get("/v1/assertions", params={name: key}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "auth.key_in_query")
        assert key not in answer.text


def test_one_changed_character_is_another_key(running: Running) -> None:
    key = running.installation.api_keys[running.slug]
    changed = key[:30] + ("A" if key[30] != "A" else "B") + key[31:]
    answer = running.client.get("/v1/assertions", headers={"authorization": f"Bearer {changed}"})
    assert (answer.status_code, answer.json()["code"]) == (401, "auth.api_key")


def _key_with(running: Running, *scopes: Scope) -> str:
    service, now = running.installation.service, running.installation.now
    text, row = mint(
        issuer=running.slug,
        scopes=frozenset(scopes),
        label="test",
        now=now,
        expires_at=now + timedelta(days=1),
        random=service.issue.random,
        hashed=service.kek.api_key_hash,
    )
    with service.database.begin() as tx:
        tx.api_keys.add(row)
    return text


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [(Scope.READ, {"GET"}), (Scope.ISSUE, {"POST"}), (Scope.STATUS, {"STATUS"})],
)
def test_ap_24_a_key_is_good_for_its_scope_only(running: Running, scope: Scope, allowed: set[str]) -> None:
    """AP-24."""
    uuid = running.issued()["id"].rpartition("/")[2]
    headers = {"authorization": f"Bearer {_key_with(running, scope)}"}
    status = {"action": "suspend"}
    answers = {
        "GET": running.client.get("/v1/assertions", headers=headers),
        "POST": running.client.post("/v1/assertions", json=running.award(), headers=headers),
        "STATUS": running.client.post(f"/v1/assertions/{uuid}/status", json=status, headers=headers),
    }
    for name, answer in answers.items():
        if name in allowed:
            assert answer.status_code in (200, 201), name
        else:
            assert (answer.status_code, answer.json()["code"]) == (403, "auth.scope"), name


def test_ap_25_a_key_is_refused_from_its_revocation_on(running: Running) -> None:
    text = _key_with(running, Scope.READ)
    headers = {"authorization": f"Bearer {text}"}
    assert running.client.get("/v1/assertions", headers=headers).status_code == 200
    database, now = running.installation.service.database, running.installation.now
    with database.begin() as tx:
        row = tx.api_keys.get(text.split("_")[2])
        assert row is not None
        assert tx.api_keys.revoke(row.prefix, now)
    assert running.client.get("/v1/assertions", headers=headers).status_code == 401
