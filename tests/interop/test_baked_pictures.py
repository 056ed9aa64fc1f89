"""Baked pictures, PNG and SVG, with both kinds of proof: openbadgeslib takes out what we baked, and we what it did."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from openbadgeslib import baking as their_baking
from openbadgeslib.ob3.verifier import OB3Verifier

from jmc_vc.formats import baking
from tests.builders.pictures import png, svg
from tests.interop.alterations import alterations
from tests.interop.formats import FORMATS
from tests.interop.matrix import BACK, THERE, row
from tests.interop.parties.party import OURS, Party
from tests.interop.served import Served

pytestmark = [pytest.mark.interop, pytest.mark.loopback]

CREDENTIALS = ["openbadge-eddsa-rdfc-2022", "openbadge-jwt-es256"]
PICTURES: Mapping[str, bytes] = {"png": png(), "svg": svg()}
EXTRACT = {"png": OB3Verifier.extract_token_from_png, "svg": OB3Verifier.extract_token_from_svg}
KINDS_THERE = [pytest.param(kind, marks=row(f"baked-{kind}", "openbadgeslib", THERE)) for kind in PICTURES]
KINDS_BACK = [pytest.param(kind, marks=row(f"baked-{kind}", "openbadgeslib", BACK)) for kind in PICTURES]


@pytest.mark.parametrize("format_", CREDENTIALS)
@pytest.mark.parametrize("kind", KINDS_THERE)
def test_it_takes_out_what_we_baked_and_verifies_it(sides: Mapping[str, Party], kind: str, format_: str) -> None:
    issued = sides[OURS].issue(FORMATS[format_])
    accepted = []
    for each in bakeable(issued):
        taken_out = EXTRACT[kind](baking.bake(PICTURES[kind], written(each).encode()))
        assert taken_out == written(each)
        accepted.append(sides["openbadgeslib"].accept(FORMATS[format_], [issued, read(taken_out)])[1])
    assert accepted == [True] + [False] * (len(accepted) - 1)


@pytest.mark.parametrize("format_", CREDENTIALS)
@pytest.mark.parametrize("kind", KINDS_BACK)
def test_we_take_out_what_it_baked_and_verify_it(
    served: Served, sides: Mapping[str, Party], kind: str, format_: str
) -> None:
    issued = sides["openbadgeslib"].issue(FORMATS[format_])
    verdicts = []
    for each in bakeable(issued):
        picture = baked_by_them(kind, written(each))
        assert read(baking.unbake(picture).data.decode()) == each
        verdicts.append(served.verify_bytes(picture, "technical")["verdict"])
    assert verdicts == ["valid"] + ["invalid"] * (len(verdicts) - 1)


def bakeable(issued: Any) -> list[Any]:
    """The credential and its alterations, but for the token without a signature: nobody takes that for a credential."""
    return [issued, *(each for what, each in alterations(issued).items() if what != "no signature")]


def baked_by_them(kind: str, credential: str) -> bytes:
    if kind == "png":
        return their_baking.bake_png(PICTURES[kind], credential, keyword=their_baking.ITXT_KEYWORD_OB3)
    return their_baking.bake_svg(
        PICTURES[kind],
        credential,
        element=their_baking.SVG_ELEMENT_OB3,
        namespace=their_baking.SVG_NS_OB3,
        as_text=credential.startswith("{"),
    )


def written(credential: Any) -> str:
    return credential if isinstance(credential, str) else json.dumps(credential, ensure_ascii=False)


def read(text: str) -> Any:
    return json.loads(text) if text.startswith("{") else text
