"""did:web, where a stranger's text becomes an address."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.did import DID_METHODS, Expanded, Hosted, did_method
from jmc_vc.formats.did.did_web import BadDid, ForbiddenHost, did_of_url, document_url
from jmc_vc.sentences import SENTENCES

ADDRESSES = {
    "did:web:mc.example.jp": "https://mc.example.jp/.well-known/did.json",
    "did:web:mc.example.jp:issuers:abc": "https://mc.example.jp/issuers/abc/did.json",
    "did:web:mc.example.jp%3A8443": "https://mc.example.jp:8443/.well-known/did.json",
    "did:web:mc.example.jp%3a8443:a": "https://mc.example.jp:8443/a/did.json",
    "did:web:mc.example.jp%3A443": "https://mc.example.jp/.well-known/did.json",
    "did:web:MC.Example.jp:Issuers": "https://mc.example.jp/Issuers/did.json",
    "did:web:xn--wgv71a.example": "https://xn--wgv71a.example/.well-known/did.json",
    "did:web:a.example:v1.0:x_y-z": "https://a.example/v1.0/x_y-z/did.json",
    "did:web:a.example:8443": "https://a.example/8443/did.json",  # a port is written with %3A only
    "did:web:a.example:.well-known": "https://a.example/.well-known/did.json",
    "did:web:a.example%3A1024:a:b:c": "https://a.example:1024/a/b/c/did.json",
    "did:web:a.example%3A65535": "https://a.example:65535/.well-known/did.json",
    "did:web:12.example": "https://12.example/.well-known/did.json",
    "did:web:a--b.example": "https://a--b.example/.well-known/did.json",
    "did:web:" + "a" * 63 + ".example": "https://" + "a" * 63 + ".example/.well-known/did.json",
}

REFUSED = {
    # DD-01
    "did:web:127.0.0.1": "did.forbidden",
    "did:web:127.1": "did.forbidden",
    "did:web:2130706433": "did.forbidden",
    "did:web:0x7f000001": "did.forbidden",
    "did:web:0x7F.1": "did.forbidden",
    "did:web:0177.0.0.1": "did.forbidden",
    "did:web:127.0.0.1.": "did.forbidden",
    "did:web:127.0.0.1%3A8080": "did.forbidden",
    "did:web:[::1]": "did.forbidden",
    "did:web:[::ffff:127.0.0.1]": "did.forbidden",
    "did:web:localhost": "did.forbidden",
    "did:web:localhost%3A8080": "did.forbidden",
    "did:web:LOCALHOST": "did.forbidden",
    "did:web:a.localhost": "did.forbidden",
    "did:web:printer.local": "did.forbidden",
    "did:web:metadata.google.internal": "did.forbidden",
    "did:web:router": "did.forbidden",
    "did:web:0": "did.forbidden",
    "did:web:0x": "did.forbidden",
    "did:web:017700000001": "did.forbidden",
    "did:web:a.test.1": "did.forbidden",
    "did:web:169.254.169.254": "did.forbidden",
    "did:web:100.64.0.1": "did.forbidden",
    "did:web:[fe80::1%25eth0]": "did.forbidden",
    "did:web:[::1]%3A8080": "did.forbidden",
    "did:web:%5B::1%5D": "did.forbidden",
    "did:web:%5B%3A%3A1%5D": "did.forbidden",
    "did:web:%5b%3a%3a1%5d%3A8443:issuers:a": "did.forbidden",
    "did:web:%5B2001%3Adb8%3A%3A1%5D": "did.forbidden",
    "did:web:[::1": "did.forbidden",
    "did:web:%31%32%37.0.0.1": "did.forbidden",
    "did:web:127%2E0%2E0%2E1%3A8443": "did.forbidden",
    "did:web:2001:db8::1": "did.forbidden",
    "did:web:１２７.0.0.1": "did.forbidden",
    "did:web:::1": "did.syntax",
    "did:web:%ff%fe": "did.syntax",
    "did:web:a.test.localdomain": "did.forbidden",
    "did:web:nas.home.arpa": "did.forbidden",
    "did:web:facebookcorewwwi.onion": "did.forbidden",
    "did:web:intranet": "did.forbidden",
    # DD-16
    "did:web:a.test:..:x": "did.syntax",
    "did:web:a.test:.:x": "did.syntax",
    "did:web:a.test:...": "did.syntax",
    "did:web:a.test:%2e%2e:x": "did.syntax",
    "did:web:a.test:a%2Fb": "did.syntax",
    "did:web:a.test%2Fb": "did.syntax",
    "did:web:a.test%3A22": "did.syntax",
    "did:web:a.test%3A0": "did.syntax",
    "did:web:a.test%3A08443": "did.syntax",
    "did:web:a.test%3A65536": "did.syntax",
    "did:web:a.test%3A": "did.syntax",
    "did:web:a.test%3A8443%3A1": "did.syntax",
    "did:web:127%2E0%2E0%2E1": "did.forbidden",
    "did:web:%6cocalhost": "did.syntax",
    "did:web:a.test%00": "did.syntax",
    "did:web:a.test%0D%0AHost": "did.syntax",
    "did:web:a.test%40evil.test": "did.syntax",
    "did:web:u%3Ap%40a.test": "did.syntax",
    "did:web:a.test%23": "did.syntax",
    "did:web:a.test%3A%38%34%34%33": "did.syntax",
    "did:web:a.test%3A８４４３": "did.syntax",
    "did:web:a.test%3A+8443": "did.syntax",
    "did:web:a.test%3A-1": "did.syntax",
    "did:web:a.test%3A1023": "did.syntax",
    "did:web:a.test%3A80": "did.syntax",
    "did:web:a.test%253A8443": "did.syntax",
    "did:web:a.test:a%20b": "did.syntax",
    "did:web:a.test:a+b": "did.syntax",
    "did:web:a.test:a\\b": "did.syntax",
    "did:web:a.test:a;b": "did.syntax",
    "did:web:a.test:a?b": "did.syntax",
    "did:web:a.test:大学": "did.syntax",
    "did:web:\u017f.test": "did.syntax",  # capital S to who compares without case
    "did:web:\u212a.test": "did.syntax",  # likewise K
    "did:web:a.test:a\x00": "did.syntax",
    "did:web:a..test": "did.syntax",
    "did:web:a-.test": "did.syntax",
    "did:web:" + "a" * 64 + ".test": "did.syntax",
    "did:web:a.test::x": "did.syntax",
    "did:web:a.test:": "did.syntax",
    "did:web:a.test:x/y": "did.syntax",
    "did:web:a.test/x": "did.syntax",
    "did:web:a.test?x=1": "did.syntax",
    "did:web:a.test#key": "did.syntax",
    "did:web:a.test:x#key": "did.syntax",
    "did:web:u@a.test": "did.syntax",
    "did:web:good.test\\@evil.test": "did.syntax",
    "did:web:a.test\n": "did.syntax",
    "did:web:a .test": "did.syntax",
    "did:web:a.test.": "did.syntax",
    "did:web:.a.test": "did.syntax",
    "did:web:-a.test": "did.syntax",
    "did:web:a_b.test": "did.syntax",
    "did:web:日本.test": "did.syntax",
    "did:web:ａ.test": "did.syntax",
    "did:web:": "did.syntax",
    "did:web:" + "a." * 130 + "test": "did.syntax",
    "did:web:a.test:" + "x" * 1_000: "did.syntax",
    # DD-17
    "did:web:xn--a": "did.syntax",
    "did:web:xn--a.test": "did.syntax",
    "did:web:XN--A.test": "did.syntax",
    "did:web:xn--.test": "did.syntax",
    "did:Web:a.test": "did.syntax",
    "https://a.test": "did.syntax",
}


@pytest.mark.parametrize(("did", "address"), ADDRESSES.items())
def test_a_did_has_one_address(did: str, address: str) -> None:
    assert document_url(did) == address


@pytest.mark.parametrize(("did", "code"), REFUSED.items())
def test_a_did_that_leads_elsewhere_is_refused(did: str, code: str) -> None:
    with pytest.raises(Error) as refusal:
        document_url(did)
    assert refusal.value.code == code
    assert code in SENTENCES


@pytest.mark.parametrize(
    ("base_url", "path", "did"),
    [
        ("https://mc.example.jp", (), "did:web:mc.example.jp"),
        ("https://mc.example.jp/", ("issuers", "abc"), "did:web:mc.example.jp:issuers:abc"),
        ("https://mc.example.jp/vc", ("issuers", "abc"), "did:web:mc.example.jp:vc:issuers:abc"),
        ("http://localhost:8000", ("issuers", "abc"), "did:web:localhost%3A8000:issuers:abc"),
    ],
)
def test_our_own_did_follows_from_the_base_url(base_url: str, path: tuple[str, ...], did: str) -> None:
    assert did_of_url(base_url, *path) == did


@pytest.mark.parametrize(
    ("base_url", "path"),
    [
        ("ftp://a.example", ()),
        ("https://u@a.example", ()),
        ("https://a.example?x", ()),
        ("https://a.example#x", ()),
        ("https://a.example:x", ()),
        ("https://[::1]", ()),
        ("https://", ()),
        ("https://a.example", ("..",)),
        ("https://a.example", ("a:b",)),
        ("https://a.example", ("大学",)),
        ("https://a.example", ("",)),
    ],
)
def test_no_did_is_made_of_what_it_cannot_hold(base_url: str, path: tuple[str, ...]) -> None:
    with pytest.raises(Error) as refusal:
        did_of_url(base_url, *path)
    assert refusal.value.code == "did.syntax"


@given(
    host=st.from_regex(r"[a-z][a-z0-9]{0,10}\.example", fullmatch=True),
    port=st.none() | st.integers(1024, 65535),
    path=st.lists(st.from_regex(r"[A-Za-z0-9_-]{1,8}", fullmatch=True), max_size=3),
)
def test_a_base_url_becomes_a_did_and_the_same_address_again(host: str, port: int | None, path: list[str]) -> None:
    authority = host if port is None else f"{host}:{port}"
    steps = "/".join(path) or ".well-known"
    assert document_url(did_of_url(f"https://{authority}", *path)) == f"https://{authority}/{steps}/did.json"


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_typed_refusal(text: str) -> None:
    with suppress(BadDid, ForbiddenHost):
        assert document_url("did:web:" + text).startswith("https://")


def test_methods_are_found_by_name() -> None:
    assert isinstance(did_method("did:web:mc.example.jp"), Hosted)
    assert isinstance(did_method("did:key:z6Mk"), Expanded)
    assert isinstance(did_method("did:jwk:eyJ"), Expanded)
    assert set(DID_METHODS) == {"jwk", "key", "web"}


@pytest.mark.parametrize(
    ("did", "code"),
    [
        ("did:foo:1", "did.unsupported"),
        ("did:keys:z6Mk", "did.unsupported"),
        ("did:web:a.example/path", "did.unsupported"),
        ("did:web:a.example?versionId=1", "did.unsupported"),
        ("did:ion:" + "a" * 100_000, "did.unsupported"),
        ("did:", "did.syntax"),
        ("did:key:", "did.syntax"),
        ("did:KEY:z6Mk", "did.syntax"),
        ("DID:key:z6Mk", "did.syntax"),
        ("did:key:\n", "did.syntax"),
        (" did:key:z6Mk", "did.syntax"),
        ("did:" + "a" * 100_000, "did.syntax"),
        ("", "did.syntax"),
        ("x", "did.syntax"),
    ],
)
def test_another_method_is_unsupported_and_no_did_is_bad_syntax(did: str, code: str) -> None:
    # DD-20
    with pytest.raises(Error) as refusal:
        did_method(did)
    assert refusal.value.code == code
