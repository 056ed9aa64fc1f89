"""The public log over HTTP: as C2SP's monitors read it, as people read it, and what issuers are told of their own."""

import json
from hashlib import sha256
from typing import Any

import pytest

from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.issuer_signature import signature_bytes_of
from jmc_vc.formats.transparency.checkpoint import SignedCheckpoint, open_checkpoint, read_checkpoint
from jmc_vc.formats.transparency.cosignature import cosign
from jmc_vc.formats.transparency.entry_bundle import read_bundle
from jmc_vc.formats.transparency.log_proof import read_log_proof, verify_log_proof
from jmc_vc.formats.transparency.merkle import leaf_hash, verify_consistency, verify_inclusion
from jmc_vc.formats.transparency.note_text import read_base64
from jmc_vc.formats.transparency.signed_note import read_note
from jmc_vc.formats.transparency.verifier_key import VerifierKey, read_verifier_key
from tests.builders.public_log import advance, put_in
from tests.formats.transparency.written_logs import witness
from tests.web.conftest import Running

ORIGIN = "localhost:8000/log"
FOR_EVER = "public, max-age=31536000, immutable"


@pytest.fixture(autouse=True)
def head(running: Running) -> SignedCheckpoint:
    """The log has entries, and a head that reaches them all."""
    running.issued()
    assert advance(running.installation) is not None
    answer = running.client.get("/log/checkpoint")
    return open_checkpoint(answer.content, origin=ORIGIN, key=_key(running))


def _key(running: Running) -> VerifierKey:
    return read_verifier_key(running.client.get("/log/key").text.splitlines()[0])


def _bytes(text: str) -> bytes:
    found = read_base64(text)
    assert found is not None
    return found


def _problem(running: Running, path: str) -> tuple[int, str]:
    answer = running.client.get(path)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "immutable" not in answer.headers.get("cache-control", "")
    return answer.status_code, answer.json()["code"]


@pytest.mark.parametrize(
    ("path", "media_type", "cache"),
    [
        ("/log/checkpoint", "text/plain; charset=utf-8", "public, max-age=1"),
        ("/log/key", "text/plain; charset=utf-8", "public, max-age=60"),
        ("/log/tile/0/000.p/1", "application/octet-stream", FOR_EVER),
        ("/log/tile/entries/000.p/2", "application/octet-stream", FOR_EVER),
        ("/log/entries/0", "application/json", "public, max-age=1"),
        ("/log/entries/0?format=tlog-proof", "text/plain; charset=utf-8", "public, max-age=1"),
        ("/log/consistency?from=1", "application/json", "public, max-age=1"),
        ("/log/consistency?from=1&to=2", "application/json", FOR_EVER),
    ],
)
def test_everything_may_be_kept_as_long_as_it_is_true_and_read_from_everywhere(
    running: Running, path: str, media_type: str, cache: str
) -> None:
    answer = running.client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert answer.headers["cache-control"] == cache
    assert answer.headers["access-control-allow-origin"] == "*"
    again = running.client.get(path, headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert running.client.request("HEAD", path).content == b""


def test_a_monitor_finds_every_entry_and_comes_to_the_same_root(running: Running, head: SignedCheckpoint) -> None:
    size = head.checkpoint.size
    assert size < 256
    entries = read_bundle(running.client.get(f"/log/tile/entries/000.p/{size}").content, size)
    hashes = running.client.get(f"/log/tile/0/000.p/{size}").content
    assert hashes == b"".join(map(leaf_hash, entries))
    for index, entry in enumerate(entries):
        found = running.client.get(f"/log/entries/{index}").json()
        assert (found["index"], found["entry"], found["size"]) == (index, json.loads(entry), size)
        assert _bytes(found["leafHash"]) == leaf_hash(entry)
        verify_inclusion(index, size, leaf_hash(entry), [*map(_bytes, found["path"])], head.checkpoint.root)
        assert found["checkpoint"].encode() == head.note.encoded


def test_a_proof_can_be_taken_away_as_one_text(running: Running, head: SignedCheckpoint) -> None:
    proof = read_log_proof(running.client.get("/log/entries/3?format=tlog-proof").content)
    leaf = _bytes(running.client.get("/log/entries/3").json()["leafHash"])
    signed = verify_log_proof(proof, leaf, origin=ORIGIN, key=_key(running))
    assert signed.checkpoint == head.checkpoint


def test_the_log_only_ever_grew(running: Running, head: SignedCheckpoint) -> None:
    running.issued()
    advance(running.installation)
    size = head.checkpoint.size
    found = running.client.get(f"/log/consistency?from={size}").json()
    assert found["from"] == size < found["to"]
    assert _bytes(found["fromRoot"]) == head.checkpoint.root
    path = [*map(_bytes, found["path"])]
    verify_consistency(size, found["to"], path, head.checkpoint.root, _bytes(found["toRoot"]))


@pytest.mark.parametrize(
    "path",
    [
        "0", "0/0", "0/000.p/0", "0/000.p/256", "0/000.p/01", "0/x000/000", "00/000", "64/000", "-1/000", "0/000/",
        "0//000", "0/000.p", "entries", "entries/000.p/", "Entries/000", "0/０００", "0/000%00",
    ],
)  # fmt: skip
def test_a_tile_has_one_name_and_no_other(running: Running, path: str) -> None:
    status, code = _problem(running, f"/log/tile/{path}")
    assert status == 404
    assert code in {"log.tile_path", "http.not_found"}


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("tile/0/000", (404, "log.outside")),
        ("tile/1/000.p/1", (404, "log.outside")),
        ("tile/entries/x999/x999/x999/999", (404, "log.outside")),
        ("entries/99999", (404, "log.outside")),
        ("entries/9999999999999999999", (404, "log.outside")),
        ("entries/01", (404, "http.not_found")),
        ("entries/-1", (404, "http.not_found")),
        ("entries/x", (404, "http.not_found")),
        ("entries/0?format=json", (406, "log.form")),
        ("entries/0?format=", (406, "log.form")),
        ("consistency", (400, "http.query")),
        ("consistency?from=", (400, "log.range")),
        ("consistency?from=-1", (400, "log.range")),
        ("consistency?from=1&to=x", (400, "log.range")),
        ("consistency?from=1&to=01", (400, "log.range")),
        ("consistency?from=2&to=1", (400, "log.range")),
        ("consistency?from=%EF%BC%91", (400, "log.range")),
        ("consistency?from=0&to=99999", (404, "log.outside")),
        ("consistency?from=9999999999999999999", (404, "log.outside")),
        ("nothing", (404, "http.not_found")),
    ],
)
def test_what_is_not_there_is_a_problem_with_a_code(running: Running, path: str, problem: tuple[int, str]) -> None:
    assert _problem(running, f"/log/{path}") == problem


def test_an_issuer_is_told_where_its_credential_stands_in_the_log(running: Running) -> None:
    issued = running.issued()
    own, links = issued["links"]["self"], issued["links"]
    assert "log" not in issued
    assert _get(running, own)["log"] == {}  # it has no place yet
    assert _get(running, links["log"]) == {"entries": []}
    advance(running.installation)
    (form, place), *others = _get(running, own)["log"].items()
    assert (form, others) == ("json", [])
    (entry,) = _get(running, links["log"])["entries"]
    assert entry["format"] == "json"
    assert {"index": entry["index"], "entry": entry["entry"]} == place
    public = running.client.get(entry["entry"]).json()
    body = json.dumps(issued["credential"]).encode()  # written anew: the signature is still the same
    signature, salt = signature_bytes_of("json", body), base64url.decode(entry["salt"])
    assert public["entry"]["digest"] == base64url.encode(sha256(salt + sha256(signature).digest()).digest())
    assert public["entry"]["at"] == entry["at"]
    proof = read_log_proof(entry["proof"].encode())
    assert proof.extra == salt
    verify_log_proof(proof, _bytes(public["leafHash"]), origin=ORIGIN, key=_key(running))


def test_the_log_of_a_foreign_or_an_erased_credential_is_not_told(running: Running) -> None:
    links = running.issued()["links"]
    advance(running.installation)
    foreign = running.client.get(links["log"], headers=running.bearer(running.other))
    assert (foreign.status_code, foreign.json()["code"]) == (404, "credential.not_found")
    assert running.client.get(links["log"]).status_code == 401
    row = running.installation.service.find_assertion
    with row.database.begin() as tx:
        tx.erasures.erase(tx.credentials.list_of_issuer(running.slug, 1)[0].uuid, running.installation.service.kek)
    erased = running.client.get(links["log"], headers=running.bearer())
    assert (erased.status_code, erased.json()["code"]) == (410, "credential.erased")


def _get(running: Running, url: str) -> Any:
    answer = running.client.get(url, headers=running.bearer())
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(("language", "title"), [("ja", "公開ログ"), ("en", "Public log")])
def test_people_are_told_what_the_log_is_and_how_far_it_is(
    running: Running, head: SignedCheckpoint, language: str, title: str
) -> None:
    page = running.client.get(f"/log?lang={language}", headers={"accept": "text/html"})
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert f"<h1>{title}</h1>" in page.text
    assert f"<dd>{head.checkpoint.size}</dd>" in page.text
    assert head.checkpoint.text.splitlines()[2] in page.text
    assert _key(running).text in page.text.replace("&#43;", "+")
    assert f">{title}</a>" in running.client.get(f"/?lang={language}").text


def test_the_last_checkpoint_that_a_witness_signed_stays_at_an_address_of_its_own(running: Running) -> None:
    """On a busy log the next checkpoint is there before any witness has signed the last one."""
    assert running.client.get("/log/checkpoint/cosigned").json()["code"] == "log.not_cosigned"
    put_in(running.installation, 3)
    head = advance(running.installation)
    assert head is not None
    key, sign = witness(1)
    note = read_note(head.note.encode())
    line = cosign(SignedCheckpoint(read_checkpoint(note.text), note), key=key, sign=sign, now=running.installation.now)
    with running.installation.service.database.begin() as tx:
        tx.public_log.cosign(head.size, key.text, line.line, running.installation.now)
    put_in(running.installation, 3)
    advance(running.installation)
    assert running.client.get("/log/checkpoint").text != head.note
    cosigned = running.client.get("/log/checkpoint/cosigned")
    assert cosigned.text == head.note + line.line
    proven = running.client.get("/log/entries/0?cosigned=true").json()
    assert (proven["size"], proven["checkpoint"]) == (head.size, cosigned.text)
