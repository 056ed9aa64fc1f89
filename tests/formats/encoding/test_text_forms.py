"""base64url and multibase: one value has one text, and hostile lengths cost nothing."""

import base64
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.errors import Malformed
from jmc_vc.formats.encoding import base64url, multibase
from jmc_vc.formats.encoding.base64url import NotBase64Url
from jmc_vc.formats.encoding.multibase import NotMultibase


@given(st.binary(max_size=200))
def test_bytes_come_back_from_every_form(data: bytes) -> None:
    assert base64url.decode(base64url.encode(data)) == data
    assert multibase.decode(multibase.encode_base58(data)) == data
    assert multibase.decode(multibase.encode_base64url(data)) == data


@given(st.binary(max_size=120))
def test_base58_is_what_the_digits_mean(data: bytes) -> None:
    number, digits = int.from_bytes(data), ""
    while number:
        number, digit = divmod(number, 58)
        digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"[digit] + digits
    assert multibase.encode_base58(data) == "z" + "1" * (len(data) - len(data.lstrip(b"\0"))) + digits


@given(st.text(alphabet="AQgw-_+/= \nAé", max_size=12))
def test_base64url_has_one_text_for_one_value(text: str) -> None:
    try:
        data = base64url.decode(text)
    except NotBase64Url:
        return
    assert base64.urlsafe_b64encode(data).rstrip(b"=").decode() == text


@pytest.mark.parametrize("text", ["AA==", "AB", "A", "A+A/", "AA\n", " AAAA", "AAéA", "AAA=", "A" * 5])
def test_other_spellings_of_base64_are_refused(text: str) -> None:
    with pytest.raises(NotBase64Url):
        base64url.decode(text)


@pytest.mark.parametrize("text", ["", "z0", "zO", "zI", "zl", "z é", "m" + "A" * 8, "f00", "zab\n", "z\uff11"])
def test_other_bases_and_digits_are_refused(text: str) -> None:
    with pytest.raises(NotMultibase):
        multibase.decode(text)


@pytest.mark.parametrize("digit", ["z", "1", "2"])
def test_400_kb_of_base58_are_refused_before_they_are_read(digit: str) -> None:  # VJ-38
    started = process_time()
    with pytest.raises(Malformed):
        multibase.decode("z" + digit * 400_000)
    assert process_time() - started < 1


def test_the_longest_text_that_is_read_costs_little() -> None:
    started = process_time()
    multibase.decode("z" * multibase.LONGEST)
    assert process_time() - started < 1
