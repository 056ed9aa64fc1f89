"""Badges in SVG drawings: OB-08 and the cases SV-*."""

import gzip
import os
import socket
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openbadgeslib.baking import SVG_ELEMENT_OB3, SVG_NS_OB3, bake_svg, extract_svg

from jmc_vc.errors import Error, TooLarge
from jmc_vc.formats import baking
from jmc_vc.formats.baking import drawing
from jmc_vc.formats.baking.baked import LARGEST_CREDENTIAL, LARGEST_PICTURE, Baked, Kind
from tests.builders import pictures
from tests.builders.pictures import JSON, JSON_ELEMENT, JWS, JWS_ELEMENT, NAMESPACE, SVG_NAMESPACE, element, svg

PLAIN = f'<svg xmlns="{SVG_NAMESPACE}"><circle r="4"/></svg>'.encode()
PUBLIC_DOCTYPE = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
ESCAPED = JSON.decode().replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
OLDER = '<openbadges:assertion xmlns:openbadges="http://openbadges.org" verify="https://badges.test/1"/>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def doctype(inside: str, system: str = "") -> str:
    return f"<!DOCTYPE svg{system} [{inside}]>"


def elsewhere(namespace: str, prefix: str = "x") -> str:
    return element(JSON.decode().replace("&", "&amp;").replace("<", "&lt;"), f' xmlns:{prefix}="{namespace}"',
                   f"{prefix}:credential")  # fmt: skip


BAD = {
    "SV-01 external entity to a file": (
        "image.dtd_forbidden",
        svg(element("&file;"), before=doctype('<!ENTITY file SYSTEM "file:///etc/passwd">')),
    ),
    "SV-01 external entity beside a DTD": (
        "image.dtd_forbidden",
        svg(element("&file;"), before=doctype('<!ENTITY file SYSTEM "file:///etc/passwd">', ' SYSTEM "x.dtd"')),
    ),
    "SV-01 parameter entity": (
        "image.dtd_forbidden",
        svg(JSON_ELEMENT, before=doctype('<!ENTITY % all SYSTEM "http://host.test/all.dtd"> %all;')),
    ),
    "SV-02 billion laughs": (
        "image.dtd_forbidden",
        svg(element("&l9;"), before=doctype('<!ENTITY l0 "ha">' + LAUGHS)),
    ),
    "SV-02 empty declarations": ("image.dtd_forbidden", svg(JSON_ELEMENT, before=doctype(""))),
    "SV-02 default attribute": (
        "image.dtd_forbidden",
        svg(element(), before=doctype(f'<!ATTLIST openbadges:credential verify CDATA "{JWS.decode()}">')),
    ),
    "entity of a DTD that is not read, in the text": (
        "image.dtd_forbidden",
        svg(element(ESCAPED + "&x;"), before=PUBLIC_DOCTYPE),
    ),
    "entity of a DTD that is not read, in the attribute": (
        "image.dtd_forbidden",
        svg(element(attributes=f' verify="{JWS.decode()}&x;"'), before=PUBLIC_DOCTYPE),
    ),
    "entity of a DTD that is not read, in a namespace": (
        "image.dtd_forbidden",
        svg(f'<x:credential xmlns:x="{NAMESPACE}&x;"/>', before=PUBLIC_DOCTYPE),
    ),
    "entity without a DTD": ("image.damaged", svg(element("&x;"))),
    "SV-06 two badges": ("image.ambiguous", svg(JSON_ELEMENT + JWS_ELEMENT)),
    "SV-06 the same twice": ("image.ambiguous", svg(JWS_ELEMENT + JWS_ELEMENT)),
    "SV-06 one inside the other": ("image.ambiguous", svg(element(JSON_ELEMENT))),
    "SV-06 one deep in the drawing": ("image.ambiguous", svg(f"{JSON_ELEMENT}<g><g>{JWS_ELEMENT}</g></g>")),
    "SV-06 token and text": (
        "image.ambiguous",
        svg(element(f"<![CDATA[{JSON.decode()}]]>", f' verify="{JWS.decode()}"')),
    ),
    "SV-06 one under another prefix": ("image.ambiguous", svg(JWS_ELEMENT + elsewhere(NAMESPACE))),
    "SV-06 one by its prefix alone": ("image.ambiguous", svg(JWS_ELEMENT + elsewhere("urn:x:y", "openbadges"))),
    "SV-06 an older badge beside it": ("image.ambiguous", svg(JWS_ELEMENT + OLDER)),
    "SV-07 another namespace": ("image.not_baked", svg(elsewhere("https://host.test/ob/v3p0"))),
    "SV-07 namespace of the vocabulary": ("image.not_baked", svg(elsewhere("https://purl.imsglobal.org/spec/ob/v3p0"))),
    "SV-07 namespace with a slash": ("image.not_baked", svg(elsewhere(NAMESPACE + "/"))),
    "SV-07 right prefix, another namespace": ("image.not_baked", svg(elsewhere("urn:x:y", "openbadges"))),
    "SV-07 no namespace": ("image.not_baked", svg("<credential xmlns=''>{}</credential>")),
    "SV-07 in a comment": ("image.not_baked", svg(f"<!--{JWS_ELEMENT}-->")),
    "SV-07 in CDATA": ("image.not_baked", svg(f"<text><![CDATA[{JWS_ELEMENT}]]></text>")),
    "SV-07 in an attribute": ("image.not_baked", svg(f"<text id='{ESCAPED}'/>")),
    "SV-07 nothing": ("image.not_baked", svg()),
    "SV-09 200,000 nested groups": ("image.complex", svg("<g>" * 200_000 + "</g>" * 200_000)),
    "SV-09 200,000 groups": ("image.complex", svg("<g/>" * 200_000)),
    "SV-10 UTF-16": ("image.encoding", svg(JSON_ELEMENT).decode().encode("utf-16")),
    "SV-10 UTF-16 without a mark": ("image.encoding", svg(JSON_ELEMENT).decode().encode("utf-16-be")),
    "SV-10 UTF-16 declared": ("image.encoding", svg(JSON_ELEMENT, before='<?xml version="1.0" encoding="UTF-16"?>')),
    "SV-10 UTF-7 declared": ("image.encoding", svg(JSON_ELEMENT, before='<?xml version="1.0" encoding="UTF-7"?>')),
    "SV-10 Latin-1 declared": (
        "image.encoding",
        svg(JSON_ELEMENT, before='<?xml version="1.0" encoding="iso-8859-1"?>'),
    ),
    "SV-10 Shift_JIS": (
        "image.encoding",
        svg("<text>架空</text>", before='<?xml version="1.0" encoding="Shift_JIS"?>').decode().encode("shift_jis"),
    ),
    "SV-10 not declared and not UTF-8": ("image.encoding", svg("<text>架空</text>").decode().encode("euc-jp")),
    "SV-11 gzip": ("image.unsupported", gzip.compress(svg(JSON_ELEMENT))),
    "SV-11 gzip bomb": ("image.unsupported", gzip.compress(bytes(100 << 20))),
    "older badge": ("image.open_badges_2", svg(OLDER)),
    "cut": ("image.damaged", svg(JSON_ELEMENT)[:-20]),
    "prefix without a namespace": ("image.damaged", svg("<x:g/>")),
    "attribute twice": ("image.damaged", svg('<g id="a" id="b"/>')),
    "text behind the drawing": ("image.damaged", svg(JWS_ELEMENT) + b"x"),
    "NUL": ("image.encoding", svg(JWS_ELEMENT) + b"\0"),
    "another root": ("image.no_svg", b"<note>" + JWS_ELEMENT.encode().replace(b"openbadges:", b"") + b"</note>"),
    "feed": ("image.no_svg", b'<?xml version="1.0"?><rss version="2.0"/>'),
    "svg of another namespace": ("image.no_svg", b'<svg xmlns="urn:x:y"/>'),
    "empty badge": ("image.content", svg(element())),
    "token as text": ("image.content", svg(element(JWS.decode()))),
    "JSON as the attribute": ("image.content", svg(element(attributes=f' verify="{ESCAPED}"'))),
    "address as the attribute": ("image.content", svg(element(attributes=' verify="https://badges.test/1"'))),
    "no token": ("image.content", svg(element(attributes=' verify=""'))),
    "element amid the text": ("image.content", svg(element('{"a":<g>1</g>}'))),
    "comment amid the text": ("image.content", svg(element('{"a":1<!-- 2 -->}'))),
}
"""Case: the code of its refusal, and a picture."""


@pytest.mark.parametrize("case", BAD)
def test_a_bad_drawing_is_refused(case: str) -> None:
    code, picture = BAD[case]
    assert baking.is_picture(picture)
    with pytest.raises(Error) as refused:
        baking.unbake(picture)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "picture",
    [
        svg(element(f'{{"a":"{"a" * LARGEST_CREDENTIAL}"}}')),
        svg(f"<text>{'a' * LARGEST_PICTURE}</text>"),
    ],
    ids=["credential", "drawing"],
)
def test_too_much_is_refused(picture: bytes) -> None:
    with pytest.raises(TooLarge) as refused:
        baking.unbake(picture)
    assert refused.value.code == "image.limit"


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(svg(JSON_ELEMENT), id="as it should be"),
        pytest.param(svg(JSON_ELEMENT, before='\ufeff<?xml version="1.0" encoding="utf-8"?>\n'), id="declaration"),
        pytest.param(svg(JSON_ELEMENT, before=PUBLIC_DOCTYPE), id="bare DOCTYPE"),
        pytest.param(svg(JSON_ELEMENT, before='<!DOCTYPE svg SYSTEM "http://127.0.0.1/x.dtd">'), id="DOCTYPE, address"),
        pytest.param(svg(element(ESCAPED)), id="SV-13 entities instead of CDATA"),
        pytest.param(svg(element(ESCAPED, ' xmlns="urn:x:y"')), id="SV-13 another default namespace"),
        pytest.param(svg("<g>" + JSON_ELEMENT + "</g>"), id="deeper in the drawing"),
        pytest.param(svg(element(ESCAPED, f' xmlns:o="{NAMESPACE}"', "o:credential")), id="another prefix"),
        pytest.param(svg(element(ESCAPED, f' xmlns="{NAMESPACE}"', "credential")), id="no prefix"),
        pytest.param(svg(JSON_ELEMENT).replace(f' xmlns="{SVG_NAMESPACE}"'.encode(), b""), id="no namespace of SVG"),
        pytest.param(
            svg(JSON_ELEMENT + "<script>alert(1)</script>", attributes=' onload="alert(1)"'), id="SV-04 script"
        ),
        pytest.param(
            svg(
                JSON_ELEMENT + '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="//x.test"/>'
                '</foreignObject><a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="javascript:alert(1)">'
                '<animate attributeName="href" to="javascript:alert(1)"/></a><use href="data:image/svg+xml,x"/>'
                "<style>@import url(http://127.0.0.1/x.css);</style>"
            ),
            id="SV-05 active content",
        ),
        pytest.param(
            svg(
                JSON_ELEMENT + '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="http://127.0.0.1/x"/>',
                before='<?xml-stylesheet href="http://127.0.0.1/x.xsl" type="text/xsl"?>',
            ),
            id="SV-12 style sheet and XInclude",
        ),
    ],
)
def test_the_json_is_read_byte_for_byte_and_nothing_else_is(picture: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*what: object, **how: object) -> None:
        raise AssertionError(what)

    for place, name in ((socket, "socket"), (socket, "getaddrinfo"), (os, "open"), (Path, "open")):
        monkeypatch.setattr(place, name, never)
    monkeypatch.setattr("builtins.open", never)
    assert baking.unbake(picture) == Baked(Kind.JSON, JSON)


@pytest.mark.parametrize("written", [JWS_ELEMENT, f'<openbadges:credential verify="{JWS.decode()}" />'])
def test_a_token_stands_in_its_attribute(written: str) -> None:
    assert baking.unbake(svg(written)) == Baked(Kind.JWS, JWS)


def test_ob_08_json_is_baked_as_cdata_directly_behind_the_start_tag() -> None:
    assert baking.bake(PLAIN, JSON).decode() == (
        f'<svg xmlns:openbadges="{NAMESPACE}" xmlns="{SVG_NAMESPACE}">'
        f'<openbadges:credential><![CDATA[{JSON.decode()}]]></openbadges:credential><circle r="4"/></svg>'
    )


def test_ob_08_a_token_is_baked_as_an_attribute() -> None:
    assert baking.bake(PLAIN, JWS).decode() == (
        f'<svg xmlns:openbadges="{NAMESPACE}" xmlns="{SVG_NAMESPACE}">'
        f'<openbadges:credential verify="{JWS.decode()}"/><circle r="4"/></svg>'
    )


@pytest.mark.parametrize(
    "inside",
    [
        JWS_ELEMENT,
        JSON_ELEMENT + JWS_ELEMENT,
        element(element("x") + "<g/>") + JWS_ELEMENT,
        element("not a credential"),
        element(attributes=" ") + "<openbadges:credential\n verify='>'/>",
        element(),
    ],
    ids=["a badge", "two", "one inside the other", "a broken one", "signs in an attribute", "an empty one"],
)
def test_ob_08_baking_again_takes_the_place_of_what_was_there(inside: str) -> None:
    assert baking.bake(svg(inside), JSON) == baking.bake(svg(), JSON) == svg(JSON_ELEMENT)


def test_a_badge_of_an_older_version_is_replaced_and_its_prefix_left_to_the_drawing() -> None:
    older = PLAIN.replace(b"<circle", b'<openbadges:assertion verify="x"></openbadges:assertion ><circle')
    older = older.replace(b"<svg", b'<svg xmlns:openbadges="http://openbadges.org"')
    baked = baking.bake(older, JWS)
    assert baking.unbake(baked) == Baked(Kind.JWS, JWS)
    assert baked.decode() == (
        f'<svg xmlns:openbadges="http://openbadges.org" xmlns="{SVG_NAMESPACE}">'
        f'<openbadges:credential xmlns:openbadges="{NAMESPACE}" verify="{JWS.decode()}"/><circle r="4"/></svg>'
    )
    assert baking.bake(baked, JWS) == baked


@pytest.mark.parametrize(
    ("picture", "ends"),
    [
        (f'<svg xmlns="{SVG_NAMESPACE}"/>', "</svg>"),
        (f"<svg\n\txmlns='{SVG_NAMESPACE}'\n id='a>b'\n/>\n", "</svg>\n"),
        (f'<s:svg xmlns:s="{SVG_NAMESPACE}"/><!-- > -->', "</s:svg><!-- > -->"),
    ],
)
def test_a_drawing_of_nothing_takes_a_badge(picture: str, ends: str) -> None:
    baked = baking.bake(picture.encode(), JSON)
    assert baking.unbake(baked).data == JSON
    assert baked.decode().endswith("</openbadges:credential>" + ends)


@pytest.mark.parametrize("picture", [b"<svg><g></svg>", svg(before=doctype("")), b"<note/>", b"\xff\xfe<\0"])
def test_a_bad_drawing_is_not_baked(picture: bytes) -> None:
    with pytest.raises(Error):
        baking.bake(picture, JSON)


def test_a_character_that_xml_cannot_hold_is_not_baked() -> None:
    for character in "\x01\x0b\x1f\ufffe\uffff":
        with pytest.raises(baking.svg.NoXmlText):
            baking.bake(PLAIN, f'{{"a":"{character}"}}'.encode())


def test_a_drawing_that_could_not_be_read_afterwards_is_not_baked() -> None:
    picture = svg("<g/>" * (drawing.MOST_ELEMENTS - 2))
    with pytest.raises(baking.baked.NotBaked):
        baking.unbake(picture)
    with pytest.raises(baking.baked.PictureTooComplex):
        baking.bake(picture, JSON)


XML_TEXTS = st.lists(
    st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from(["\r", "\n", "\t", "]", "]]>", "<", "&", "&amp;", "&#13;", "<![CDATA["]),
    max_size=20,
).map("".join)
DRAWINGS = st.builds(
    svg,
    st.sampled_from(["", "<g/>", "<g>架空</g>", JWS_ELEMENT, JSON_ELEMENT, JWS_ELEMENT + JSON_ELEMENT, "<!-- <g> -->"]),
    before=st.sampled_from(["", PUBLIC_DOCTYPE, "\ufeff", '<?xml version="1.0"?>\n', "<!-- <svg> -->"]),
    attributes=st.sampled_from(["", " id='>'", ' id="/>"\r\n', " id='&gt;&#62;\"'"]),
)


@given(DRAWINGS, st.just(JWS) | XML_TEXTS.map(lambda text: f'{{"text":{text}}}'.encode()))
def test_what_is_baked_is_read_again_and_the_rest_is_as_it_was(picture: bytes, credential: bytes) -> None:
    baked = baking.bake(picture, credential)
    assert baking.unbake(baked).data == credential
    assert baking.bake(baked, credential) == baked
    assert _without_badges(baked) == _without_badges(picture)


def _without_badges(picture: bytes) -> str:
    root = ET.fromstring(picture.decode("utf-8-sig"))
    for badge in root.findall(f"{{{NAMESPACE}}}credential"):
        root.remove(badge)
    return ET.canonicalize(ET.tostring(root, "unicode"))


GOOD = svg(JSON_ELEMENT, before=PUBLIC_DOCTYPE)


@given(at=st.integers(0, len(GOOD)), length=st.integers(0, 9), put=st.binary(max_size=3) | st.sampled_from(
    [b"<", b"&x;", b"]]>", b"<!--", b"<!DOCTYPE svg [", b"/>", b'"', JWS_ELEMENT.encode()]))  # fmt: skip
def test_any_bytes_are_read_or_refused(at: int, length: int, put: bytes) -> None:
    changed = GOOD[:at] + put + GOOD[at + length :]
    for do in (baking.unbake, lambda picture: baking.unbake(baking.bake(picture, JWS))):
        try:
            assert do(changed).data
        except Error as refused:
            assert refused.code.startswith("image.")  # noqa: PT017 - the other outcome is a value


@pytest.mark.parametrize("credential", [JSON, JWS], ids=["JSON", "JWS"])
def test_another_implementation_reads_what_we_bake_and_we_read_what_it_bakes(credential: bytes) -> None:
    ours = baking.bake(PLAIN, credential)
    assert extract_svg(ours, element=SVG_ELEMENT_OB3, text_fallback=True) == credential.decode()
    theirs = bake_svg(
        PLAIN, credential.decode(), element=SVG_ELEMENT_OB3, namespace=SVG_NS_OB3, as_text=credential is JSON
    )
    assert baking.unbake(theirs).data == credential


def test_a_picture_of_either_format_is_told_by_its_first_bytes() -> None:
    for picture, media_type in (
        (pictures.png(), "image/png"),
        (PLAIN, "image/svg+xml"),
        (b"\n <svg/>", "image/svg+xml"),
    ):
        assert baking.picture_format(picture).media_type == media_type
