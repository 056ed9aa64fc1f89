"""`bake` and `unbake`: what goes in comes out, and nothing else is written."""

import json
from pathlib import Path

import pytest

from jmc_vc.formats import baking
from tests.builders import pictures
from tests.builders.pictures import JSON, JWS, itxt
from tests.cli.conftest import Command
from tests.cli.test_work import AWARD

PICTURES = {"badge.png": pictures.png(), "badge.svg": pictures.svg()}


@pytest.fixture(params=PICTURES)
def picture(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / str(request.param)
    path.write_bytes(PICTURES[request.param])
    return path


@pytest.mark.parametrize("credential", [JSON, JWS], ids=["json", "jws"])
def test_what_is_baked_is_taken_out_byte_for_byte(
    command: Command, tmp_path: Path, picture: Path, credential: bytes
) -> None:
    baked, out = tmp_path / "baked", tmp_path / "out"
    ran = command("bake", "-", str(picture), "--out", str(baked), stdin=credential)
    assert ran.code == 0, ran.err
    assert ran.out == f"The credential was baked into the picture.\nWritten to {baked}.\n"
    assert baked.read_bytes() == baking.bake(picture.read_bytes(), credential)

    assert command("unbake", str(baked)).out == credential.decode() + "\n"
    ran = command("unbake", str(baked), "--out", str(out))
    assert "It was not verified" in ran.out
    assert out.read_bytes() == credential
    assert {path.stat().st_mode & 0o777 for path in (baked, out)} == {0o600}


def test_json_tells_the_kind(command: Command, tmp_path: Path, picture: Path) -> None:
    baked = tmp_path / "baked"
    ran = command("bake", "-", str(picture), "--out", str(baked), "--json", stdin=JWS + b"\n")
    media_type = "image/png" if picture.suffix == ".png" else "image/svg+xml"
    assert ran.json == {"file": str(baked), "mediaType": media_type, "kind": "jws"}
    assert command("unbake", str(baked), "--json").json == {"kind": "jws", "credential": JWS.decode()}
    command("bake", "-", str(baked), "--out", str(tmp_path / "again"), stdin=JSON)
    ran = command("unbake", str(tmp_path / "again"), "--json")
    assert ran.json == {"kind": "json", "credential": json.loads(JSON)}


def test_an_issued_credential_is_valid_after_its_way_through_a_picture(
    installed: Command, tmp_path: Path, picture: Path
) -> None:
    issued, baked, out = (tmp_path / name for name in ("issued", "baked", "out"))
    installed("issue", "-", "--issuer", "hoshimigaoka", "--out", str(issued), stdin=AWARD)
    assert installed("bake", str(issued), str(picture), "--out", str(baked)).code == 0
    assert installed("unbake", str(baked), "--out", str(out)).code == 0
    assert out.read_bytes() == issued.read_bytes()
    assert installed("verify", str(out)).code == 0


@pytest.mark.parametrize(
    ("code", "credential", "picture"),
    [
        ("image.content", b"no credential", pictures.png()),
        ("parse.syntax", b'{"a":}', pictures.png()),
        ("parse.duplicate_key", b'{"a":1,"a":2}', pictures.svg()),
        ("image.damaged", JSON, pictures.png()[:-3]),
        ("image.unsupported", JSON, b"\xff\xd8\xff\xe0"),
        ("image.unsupported", JSON, b"no picture"),
    ],
)
def test_what_cannot_be_baked_leaves_no_file(
    command: Command, tmp_path: Path, code: str, credential: bytes, picture: bytes
) -> None:
    (tmp_path / "picture").write_bytes(picture)
    out = tmp_path / "baked"
    ran = command("bake", "-", str(tmp_path / "picture"), "--out", str(out), "--json", stdin=credential)
    assert (ran.code, ran.out) == (1, "")
    assert json.loads(ran.err)["error"]["code"] == code
    assert not out.exists()


def test_a_file_that_exists_is_never_written_over(command: Command, tmp_path: Path, picture: Path) -> None:
    before = picture.read_bytes()
    ran = command("bake", "-", str(picture), "--out", str(picture), "--json", stdin=JSON)
    assert ran.code == 1
    assert json.loads(ran.err)["error"]["code"] == "cli.file_unwritable"
    assert picture.read_bytes() == before


@pytest.mark.parametrize(
    ("code", "picture"),
    [
        ("image.not_baked", pictures.png()),
        ("image.not_baked", pictures.svg()),
        ("parse.syntax", pictures.png(itxt(b'{"a":"\x1b]0;owned\x07"}'))),
        ("image.damaged", b""),
    ],
)
def test_what_is_no_baked_badge_prints_nothing(command: Command, code: str, picture: bytes) -> None:
    ran = command("unbake", "-", "--json", stdin=picture)
    assert (ran.code, ran.out) == (1, "")
    assert json.loads(ran.err)["error"]["code"] == code
