"""RFC 7512, as strictly as the row of a key needs it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.signing.pkcs11_uri import BadSignerUri, TokenUri

KEY = TokenUri(token="jmc", object="hoshimigaoka:key-1", id=b"\x00\x7f;")


def test_an_address_is_written_as_the_rfc_says() -> None:
    assert str(KEY) == "pkcs11:token=jmc;object=hoshimigaoka:key-1;id=%00%7F%3B"
    assert str(TokenUri(token="鍵 1", object="a;b/c?", id=b"\xff")) == (
        "pkcs11:token=%E9%8D%B5%201;object=a%3Bb%2Fc%3F;id=%FF"
    )


def test_attributes_come_in_any_order_and_escaped_more_than_needed() -> None:
    assert TokenUri.parse("pkcs11:id=%00%7f%3b;object=hoshimigaoka%3Akey-1;token=%6Amc") == KEY


LABELS = st.text(st.characters(blacklist_categories=["C", "Z"]), min_size=1, max_size=8)


@given(token=LABELS, name=LABELS, identifier=st.binary(min_size=1, max_size=32))
def test_what_is_written_is_read(token: str, name: str, identifier: bytes) -> None:
    uri = TokenUri(token=token, object=name, id=identifier)
    assert TokenUri.parse(str(uri)) == uri


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("pkcs11:", id="nothing-in-it"),
        pytest.param("file:", id="another-scheme"),
        pytest.param("PKCS11:token=a;object=b;id=c", id="scheme-in-capitals"),
        pytest.param("pkcs11:token=a;object=b", id="without-id"),
        pytest.param("pkcs11:object=b;id=c", id="without-token"),
        pytest.param("pkcs11:token=a;object=b;id=c;id=d", id="id-twice"),
        pytest.param("pkcs11:token=a;object=b;id=c;serial=1", id="an-attribute-more"),
        pytest.param("pkcs11:token=a;object=b;id=c;", id="closing-semicolon"),
        pytest.param("pkcs11:token=;object=b;id=c", id="empty-token"),
        pytest.param("pkcs11:token=a;object=b;id=c?pin-value=1234", id="a-pin"),
        pytest.param("pkcs11:token=a;object=b;id=c?pin-source=/etc/pin", id="a-pin-file"),
        pytest.param("pkcs11:token=a;object=b;id=c?module-path=/tmp/x.so", id="a-library"),
        pytest.param("pkcs11:token=a;object=b;id=c#x", id="a-fragment"),
        pytest.param("pkcs11:token=a b;object=b;id=c", id="a-blank"),
        pytest.param("pkcs11:token=鍵;object=b;id=c", id="not-ascii"),
        pytest.param("pkcs11:token=%e;object=b;id=c", id="half-an-escape"),
        pytest.param("pkcs11:token=%ff;object=b;id=c", id="not-utf-8"),
        pytest.param("pkcs11:token=%00;object=b;id=c", id="nul-in-a-label"),
        pytest.param("pkcs11:token=a%20;object=b;id=c", id="a-blank-at-the-end"),
        pytest.param("pkcs11:token=a;object=b;id=c\n", id="a-line-break"),
        pytest.param(f"pkcs11:token={'a' * 33};object=b;id=c", id="a-token-label-that-no-token-has"),
        pytest.param(f"pkcs11:token=a;object={'b' * 97};id=c", id="a-long-object"),
        pytest.param(f"pkcs11:token=a;object=b;id={'%00' * 33}", id="a-long-id"),
        pytest.param("pkcs11:" + "token=a;" * 1_000_000, id="a-long-text"),
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BadSignerUri):
        TokenUri.parse(text)
