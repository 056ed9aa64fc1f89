"""Bad pictures over HTTP, by the ids of the catalogue of bad inputs (PN, SV): what each is refused for is told in
`tests/formats/baking`. And good badges in pictures that would do something else besides."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from jmc_vc.formats import baking
from tests.builders import pictures
from tests.builders.installation import award, make_installation
from tests.builders.pictures import itxt, svg
from tests.formats.baking.test_png import BAD as PNG
from tests.formats.baking.test_png import BOMB
from tests.formats.baking.test_svg import BAD as SVG
from tests.hostile.over_http import OverHttp, Refused, over_http

STATUS = {"image.unsupported": 415, "image.no_svg": 415, "image.limit": 413}
"""All others are 422."""
REFUSED = {
    **{
        name: case for name, case in (PNG | SVG).items() if case[1].startswith((b"\x89PNG\r\n", b"<", b"\xff", b"\xfe"))
    },
    "PN-04 200 kB that become 200 MB": ("image.limit", pictures.png(itxt(BOMB, flag=1))),
    "SV-11 gzip": SVG["SV-11 gzip"],
    "SV-11 gzip bomb": SVG["SV-11 gzip bomb"],
}
ACTIVE = {
    "PN-16 a script behind the end": lambda badge: baking.bake(pictures.png(), badge) + b"<script>alert(1)</script>",
    "SV-04 a script": lambda badge: baking.bake(
        svg("<script>alert(1)</script>", attributes=' onload="alert(1)"'), badge
    ),
    "SV-05 active content": lambda badge: baking.bake(
        svg(
            '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="//x.test"/></foreignObject>'
            '<a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="javascript:alert(1)">'
            '<animate attributeName="href" to="javascript:alert(1)"/></a><use href="data:image/svg+xml,x"/>'
            "<style>@import url(http://127.0.0.1/x.css);</style>"
        ),
        badge,
    ),
    "SV-12 a style sheet and an inclusion": lambda badge: baking.bake(
        svg(
            '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="http://127.0.0.1/x"/>',
            before='<?xml-stylesheet href="http://127.0.0.1/x.xsl" type="text/xsl"?>',
        ),
        badge,
    ),
}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OverHttp]:
    with over_http(make_installation(Path(tmp_path_factory.mktemp("pictures")))) as installation:
        yield installation
        installation.service.verify.fetch_outside.read_code.pool.close()
        installation.service.database.close()


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_picture_is_refused(asked: OverHttp, case: str) -> None:
    code, picture = REFUSED[case]
    with pytest.raises(Refused) as refused:
        asked.verify(picture)
    assert (refused.value.code, refused.value.status) == (code, STATUS.get(code, 422))


@pytest.mark.parametrize("case", ACTIVE)
def test_a_badge_in_an_active_picture_is_verified_and_nothing_of_the_picture_comes_back(
    asked: OverHttp, case: str
) -> None:
    picture = ACTIVE[case](asked.issue(award(retake=True)).body)
    assert asked.verify(picture).verdict == "valid"
    page = asked.client.post("/verify?lang=en", headers={"accept": "text/html"}, files={"file": ("badge.svg", picture)})
    if page.status_code == 303:
        page = asked.client.get(page.headers["location"], headers={"accept": "text/html"})
    assert page.status_code == 200
    for part in ("alert(1)", "<iframe", "javascript:", "xml-stylesheet", "127.0.0.1/x"):
        assert part not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
