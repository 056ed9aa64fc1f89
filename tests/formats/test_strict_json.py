"""The hostile table of JSON: each line is one case of the bad-input catalogue, by its id."""

import contextlib
import json
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.errors import Error, Malformed, TooLarge
from jmc_vc.formats import strict_json
from jmc_vc.formats.strict_json import DuplicateKey, Limits, NotAnObject, TooManyBytes, shown_name, written_size
from jmc_vc.sentences import sentence
from tests.builders.badges import typical_badge

HOSTILE = [
    pytest.param(b'{"name":"forged","a":1,"name":"signed"}', "parse.duplicate_key", id="VJ-11 same member twice"),
    pytest.param(b'{"a":{"na\\u006de":1,"name":2}}', "parse.duplicate_key", id="VJ-11 same member, once escaped"),
    pytest.param(b'{"a":NaN}', "parse.number", id="VJ-13 NaN"),
    pytest.param(b"[Infinity]", "parse.number", id="VJ-13 Infinity"),
    pytest.param(b"[-Infinity]", "parse.number", id="VJ-13 -Infinity"),
    pytest.param(b'{"value":1e999}', "parse.number", id="VJ-14 reads as infinity"),
    pytest.param(b'{"value":-1E999}', "parse.number", id="VJ-14 reads as -infinity"),
    pytest.param(b'{"v":' + b"7" * 5000 + b"}", "parse.number", id="VJ-15 5,000 digits"),
    pytest.param(b"[9007199254740993]", "parse.number", id="VJ-15 2^53 + 1"),
    pytest.param(b"[-9007199254740993]", "parse.number", id="VJ-15 -2^53 - 1"),
    pytest.param(b'{"name":"\\ud800"}', "parse.unicode", id="VJ-16 lone high surrogate"),
    pytest.param(b'{"name":"\\uDC00\\uD800"}', "parse.unicode", id="VJ-16 pair in the wrong order"),
    pytest.param(b'{"\\udfff":1}', "parse.unicode", id="VJ-16 in a member's name"),
    pytest.param(b'{"name":"\xed\xa0\x80"}', "parse.encoding", id="VJ-16 surrogate as bytes"),
    pytest.param(b'{"name":"a\\u0000b"}', "parse.unicode", id="VJ-17 escaped NUL"),
    pytest.param(b'{"name":"a\x00b"}', "parse.syntax", id="VJ-17 raw NUL"),
    pytest.param(b"[" * 100_000 + b"]" * 100_000, "parse.depth", id="VJ-18 100,000 arrays"),
    pytest.param(b'{"a":' * 600 + b"1" + b"}" * 600, "parse.depth", id="VJ-19 600 objects"),
    pytest.param(b'{"a":"\\\\"}[' * 4000, "parse.depth", id="VJ-18 hidden behind escaped backslashes"),
    pytest.param(b" " * (10 << 20), "parse.size", id="VJ-20 10 MiB"),
    pytest.param(b"[" + b"{}," * 20_000 + b"1]", "parse.limit", id="VJ-21 20,000 nodes"),
    pytest.param('{"a":1}'.encode("utf-16"), "parse.encoding", id="VJ-24 UTF-16"),
    pytest.param('{"a":1}'.encode("utf-16-be"), "parse.syntax", id="VJ-24 UTF-16 without mark"),
    pytest.param(b'\xef\xbb\xbf{"a":1}', "parse.encoding", id="VJ-24 byte-order mark"),
    pytest.param(b'{"a":"\xff"}', "parse.encoding", id="VJ-25 not UTF-8"),
    pytest.param(b'{"a":"\xc0\xaf"}', "parse.encoding", id="VJ-25 overlong UTF-8"),
    pytest.param(b"", "parse.syntax", id="VJ-26 nothing"),
    pytest.param(b"5", "parse.not_an_object", id="VJ-26 a number"),
    pytest.param(b'"x"', "parse.not_an_object", id="VJ-26 a text"),
    pytest.param(b"[]", "parse.not_an_object", id="VJ-26 an array"),
    pytest.param(b"null", "parse.not_an_object", id="VJ-26 null"),
    pytest.param(b'{"a":1} {"b":2}', "parse.syntax", id="two documents"),
    pytest.param(b'{"a":1,}', "parse.syntax", id="comma at the end"),
    pytest.param(b"{'a':1}", "parse.syntax", id="single quotes"),
    pytest.param(b'{"a":01}', "parse.syntax", id="leading zero"),
    pytest.param(b'{"a":"\n"}', "parse.syntax", id="raw line feed in a text"),
    pytest.param('{"a":１}'.encode(), "parse.syntax", id="full-width digit"),
    pytest.param('{"a":1}\u00a0'.encode(), "parse.syntax", id="no-break space"),
]


@pytest.mark.parametrize(("data", "code"), HOSTILE)
def test_hostile_json_is_refused_with_its_code(data: bytes, code: str) -> None:
    with pytest.raises(Error) as refused:
        strict_json.parse_object(data)
    assert refused.value.code == code
    assert isinstance(refused.value, Malformed | TooLarge)


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 2_000_000,
        b'"\\"' * 680_000,
        b'"' * 2_000_001,
        b"\\" * 2_000_000,
        b"1" * 2_000_000,
        b'{"a":' * 400_000,
        b"[],"[:2] * 1_000_000,
        b'["' + b"\\u0041" * 340_000 + b'"]',
    ],
    ids=lambda data: data[:8].decode(),
)
def test_two_megabytes_of_anything_are_judged_in_bounded_time(data: bytes) -> None:
    started = process_time()
    with contextlib.suppress(Malformed):
        strict_json.parse(data)
    assert process_time() - started < 1


def test_an_empty_object_and_the_largest_integers_are_read() -> None:
    assert strict_json.parse_object(b" {} ") == {}
    assert strict_json.parse(b"[9007199254740992,-9007199254740992]") == [2**53, -(2**53)]


def test_brackets_and_commas_inside_strings_do_not_count() -> None:
    text = json.dumps({'[{,"\\': "[" * 10_000 + '"\\' + "," * 10_000})
    assert strict_json.parse(text.encode()) == json.loads(text)


def test_an_escaped_backslash_before_u0000_is_no_nul() -> None:
    assert strict_json.parse(b'{"a":"\\\\u0000"}') == {"a": "\\u0000"}


def test_depth_is_counted_to_the_limit_and_not_past_it() -> None:
    limits = Limits(depth=3)
    assert strict_json.parse(b'[[["[[["]]]', limits) == [[["[[["]]]
    with pytest.raises(Malformed, match=r"parse\.depth"):
        strict_json.parse(b"[[[[]]]]", limits)


def test_a_badge_with_a_picture_of_400_kb_inside_is_read() -> None:  # VJ-79
    data = json.dumps({"image": "data:image/png;base64," + "A" * 400_000}).encode()
    assert strict_json.parse(data) == json.loads(data)


def test_a_refusal_does_not_repeat_the_document() -> None:
    with pytest.raises(DuplicateKey) as refused:
        strict_json.parse(
            json.dumps({"x": 1}).replace('"x": 1', f'"{"山田太郎" * 30}": 1, "{"山田太郎" * 30}": 2').encode()
        )
    assert refused.value.params == {"member": "…"}
    with pytest.raises(DuplicateKey) as short:
        strict_json.parse('{"山田CANARY":1,"山田CANARY":2}'.encode())
    assert short.value.params == {"member": "…"}
    with pytest.raises(Error) as syntax:
        strict_json.parse(b'{"name": "Taro Yamada" oops')
    assert syntax.value.__cause__ is None
    assert "Taro" not in f"{syntax.value!r}{syntax.value.params}"


@pytest.mark.parametrize("name", ["@context", "type", "jmc:credits", "_x", "validFrom", "a" * 40])
def test_a_name_that_looks_like_an_identifier_is_told(name: str) -> None:
    assert shown_name(name) == name


@pytest.mark.parametrize("name", ["山田", "YAMADA Taro", "taro@learners.example", "090-1234-5678", "", "a" * 41, "a\n"])
def test_a_name_that_could_be_somebodys_data_is_not(name: str) -> None:
    assert shown_name(name) == "…"


def test_a_size_is_told_as_people_say_it() -> None:
    assert [written_size(size) for size in (65_536, 2 << 20, 1_600_000)] == ["64 KB", "2 MB", "1.53 MB"]
    with pytest.raises(TooManyBytes) as refused:
        strict_json.parse(b" " * (2_097_152 + 1))
    assert (
        sentence(refused.value.code, **refused.value.params).ja
        == "データが大きすぎます（上限 2 MB）。読み取っていません。"
    )


def test_not_an_object_is_a_refusal_of_its_own() -> None:
    with pytest.raises(NotAnObject):
        strict_json.parse_object(b"[1]")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(json_values, st.booleans())
def test_what_is_allowed_reads_as_the_standard_library_reads_it(value: object, ascii_only: bool) -> None:
    data = json.dumps(value, ensure_ascii=ascii_only).encode()
    assert strict_json.parse(data) == json.loads(data)


@given(st.binary(max_size=60) | st.text(alphabet='{}[]",:\\u0d8e1. tnull', max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        value = strict_json.parse(data)
    except Malformed:
        return
    assert value == json.loads(data)


def test_a_typical_badge_is_read_as_it_was_written() -> None:
    badge = typical_badge()
    assert strict_json.parse(json.dumps(badge, ensure_ascii=False).encode()) == badge


@pytest.mark.parametrize("container", [b"[]", b"{}"])
@pytest.mark.parametrize("blank", [b"", b" ", b"\n"])
def test_empty_containers_are_counted_whoever_reads(container: bytes, blank: bytes) -> None:
    limit = strict_json.Limits().values
    for number, accepted in ((limit // 2 - 1, True), (limit // 2 + 1, False)):
        data = b"[" + (b"," + blank).join([container] * number) + b"]"
        if accepted:
            assert len(strict_json.parse(data)) == number  # type: ignore[arg-type]
        else:
            with pytest.raises(strict_json.TooManyValues):
                strict_json.parse(data)
