"""What a text leads to: the cases QR-* as far as they need no picture."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.domain.identifiers import Site
from jmc_vc.errors import Error
from jmc_vc.verifying.links import (
    ForeignAddress,
    ForeignLink,
    LinkToNothing,
    OtherScheme,
    OwnKind,
    OwnLink,
    read_link,
    read_own_link,
)
from jmc_vc.verifying.open_link import MarkNotFound, OfferLink, OpenLink, ShareNotFound

SITE = Site(base_url="https://verify.jmc.example", did="did:web:verify.jmc.example", namespace="https://ns.test/mc/v1")
LOCAL = Site(base_url="http://localhost:8000", did="did:web:localhost%3A8000", namespace="https://ns.test/mc/v1")
UUID_TEXT = "6f1d2c9e-3a4b-4c5d-8e6f-7a8b9c0d1e2f"
OURS = f"https://verify.jmc.example/credentials/{UUID_TEXT}"
CREDENTIAL = OwnLink(OwnKind.CREDENTIAL, UUID_TEXT)
TOKEN = "Vb1-_0123456789abcdefg"
FOREIGN = "https://badges.example.ac.jp/assertions/1?x=a%20b&y=(1)"

AS_PEOPLE_WRITE = {
    "as it is": OURS,
    "with white space around it": f"  {OURS}\r\n",
    "broken over lines": OURS[:20] + "\n" + OURS[20:44] + "\r\n   " + OURS[44:],
    "with a Japanese space": OURS[:27] + "\u3000" + OURS[27:],
    "in capitals": OURS.upper(),
    "as QR codes are made small": f"HTTPS://VERIFY.JMC.EXAMPLE/credentials/{UUID_TEXT.upper()}",
    "without its scheme": OURS.removeprefix("https://"),
    "with http": OURS.replace("https", "http"),
    "with its port": OURS.replace("example/", "example:443/"),
    "with a closing slash": OURS + "/",
    "with a fragment": OURS + "#top",
    "in a language": OURS + "?lang=en",
    "QR-04 with a next address": OURS + "?next=https://evil.test",
    "QR-04 with an address behind everything": OURS + "?credential=x&next=//evil.test#https://evil.test/",
    "of the page of the verdict": f"https://verify.jmc.example/verify?credential={UUID_TEXT}&lang=en#x",
    "in angle brackets, as mail programs write": f"<{OURS}>",
    "in Japanese brackets": f"（{OURS}）",
    "in double quotes": f'"{OURS}"',
    "in single quotes": f"'{OURS}'",
    "with a full stop": f"{OURS}。",
    "with a comma": f"{OURS}, ",
    "in a sentence": f"修了証のリンクは{OURS}です。ご確認ください。",
    "in an English sentence": f"Please see my badge ({OURS}).",
    "in a mail": f"人事部 御中\n\n証明：<{OURS}>\n\n--\n星 花子\nhttps://example.ac.jp/\nmailto:hanako@example.ac.jp",
    "twice in a text": f"{OURS}\n（英語：{OURS}?lang=en）",
    "its number in brackets": f"「{UUID_TEXT}」",
    "its number alone": UUID_TEXT,
    "its number in capitals, over two lines": f"{UUID_TEXT[:18]}\n{UUID_TEXT[18:]}".upper(),
}


@pytest.mark.parametrize("text", AS_PEOPLE_WRITE.values(), ids=AS_PEOPLE_WRITE)
def test_a_link_to_a_credential_of_ours_is_told_however_it_is_written(text: str) -> None:
    assert read_link(text, SITE) == read_own_link(text, SITE) == CREDENTIAL


@pytest.mark.parametrize(
    ("path", "link"),
    [
        (f"/s/{TOKEN}", OwnLink(OwnKind.SHARE, TOKEN)),
        ("/marks/JMC-M-900001", OwnLink(OwnKind.MARK, "JMC-M-900001")),
        ("/marks/jmc-m-2027-0001", OwnLink(OwnKind.MARK, "JMC-M-2027-0001")),
        (f"/claim/{TOKEN}", OwnLink(OwnKind.OFFER, TOKEN)),
        (f"/credentials/{UUID_TEXT}", CREDENTIAL),
    ],
)
def test_every_kind_of_link_of_ours_is_told(path: str, link: OwnLink) -> None:
    assert read_link(f"https://verify.jmc.example{path}", SITE) == link
    assert read_link(f"localhost:8000{path}/?x=1", LOCAL) == link


LEADS_NOWHERE = {
    "QR-05 ../": "/credentials/../admin",
    "QR-05 ../ behind an id": f"/credentials/{UUID_TEXT}/../../verify",
    "QR-05 %00": f"/credentials/{UUID_TEXT}%00",
    "QR-05 quotes": f"/credentials/{UUID_TEXT}'\"",
    "QR-05 4 KB": "/credentials/" + "a" * 4096,
    "QR-05 an escaped hyphen": "/credentials/" + UUID_TEXT.replace("-", "%2d"),
    "QR-05 digits that are not ASCII": "/credentials/" + UUID_TEXT.replace("1", "１"),
    "no id": "/credentials/",
    "the first page": "",
    "another page": "/programs/JMC-P-900001",
    "two slashes": f"//credentials/{UUID_TEXT}",
    "a backslash in the path": f"/credentials\\{UUID_TEXT}",
    "a short share token": "/s/abc",
    "a share token in two parts": f"/s/{TOKEN}/{TOKEN}",
    "a mark of another form": "/marks/1",
    "a path in capitals": f"/S/{TOKEN}",
    "an address inside ours": "/https://evil.test/",
}


@pytest.mark.parametrize("path", LEADS_NOWHERE.values(), ids=LEADS_NOWHERE)
def test_a_link_of_ours_to_nothing_is_not_found(path: str) -> None:
    with pytest.raises(LinkToNothing):
        read_link(f"https://verify.jmc.example{path}", SITE)


NOT_TO_BE_OPENED = {
    "QR-01 our name in front": f"https://verify.jmc.example.evil.test/credentials/{UUID_TEXT}",
    "QR-01 our name behind": f"https://evil-verify.jmc.example/credentials/{UUID_TEXT}",
    "QR-01 our name as a path": f"https://evil.test/verify.jmc.example/credentials/{UUID_TEXT}",
    "QR-01 without its scheme": f"verify.jmc.example.evil.test/credentials/{UUID_TEXT}",
    "QR-01 a Cyrillic letter": f"https://v\u0435rify.jmc.example/credentials/{UUID_TEXT}",
    "QR-01 a Kelvin sign": f"https://\u212a.jmc.example/credentials/{UUID_TEXT}",
    "QR-01 wide letters": f"https://ｖerify.jmc.example/credentials/{UUID_TEXT}",
    "QR-01 a Japanese dot": f"https://verify。jmc.example/credentials/{UUID_TEXT}",
    "QR-01 another port": f"https://verify.jmc.example:8443/credentials/{UUID_TEXT}",
    "QR-03 a backslash and an at": f"https://verify.jmc.example\\@evil.test/credentials/{UUID_TEXT}",
    "QR-03 our host as a user": "https://verify.jmc.example:443@evil.test/",
    "QR-03 our host as a user without a password": "https://verify.jmc.example@evil.test/",
    "QR-03 a user at our host": f"https://user@verify.jmc.example/credentials/{UUID_TEXT}",
    "QR-03 backslashes": f"https:\\\\verify.jmc.example\\credentials\\{UUID_TEXT}",
    "QR-03 three slashes": f"https:///verify.jmc.example/credentials/{UUID_TEXT}",
    "QR-03 no scheme": f"//verify.jmc.example/credentials/{UUID_TEXT}",
    "QR-03 an escaped dot": f"https://verify%2ejmc.example/credentials/{UUID_TEXT}",
    "QR-03 an empty host": "https://",
    "another one, broken over lines": FOREIGN[:30] + "\n" + FOREIGN[30:],
    "longer than any": "https://evil.test/" + "x" * 2048,
    "an address of a machine": "http://169.254.169.254/latest",
    "another service": FOREIGN,
}
ADDRESSES = {
    "QR-01 our name in front", "QR-01 our name behind", "QR-01 our name as a path", "QR-01 another port",
    "an address of a machine", "another service",
}  # fmt: skip
"""Those of which it is clear at least whose they are: the gateway may judge them, when somebody posts them."""


@pytest.mark.parametrize("name", NOT_TO_BE_OPENED)
def test_a_link_of_somebody_else_is_not_opened(name: str) -> None:
    with pytest.raises(ForeignLink):
        read_own_link(NOT_TO_BE_OPENED[name], SITE)


def test_quotes_around_a_link_are_no_part_of_it() -> None:
    assert read_link(f'"{FOREIGN}"', SITE) == ForeignAddress(FOREIGN)
    with pytest.raises(ForeignLink):
        read_own_link(f'"{FOREIGN}"', SITE)


@pytest.mark.parametrize("name", NOT_TO_BE_OPENED)
def test_only_a_plain_address_gets_as_far_as_the_gateway(name: str) -> None:
    text = NOT_TO_BE_OPENED[name]
    if name in ADDRESSES:
        assert read_link(text, SITE) == ForeignAddress(text)
    else:
        with pytest.raises(ForeignLink):
            read_link(text, SITE)


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)//https://verify.jmc.example/", "data:text/html,<script>",
        "file:///etc/passwd", "ftp://verify.jmc.example/x", f"ftp://verify.jmc.example/credentials/{UUID_TEXT}",
        "openid-credential-offer://?credential_offer_uri=https://verify.jmc.example/oid4vci/offers/1",
        "mailto:a@b.test", "did:web:verify.jmc.example", "gopher://127.0.0.1:6379/_x", "view-source:https://verify.jmc.example/",
        f"javascript://verify.jmc.example/credentials/{UUID_TEXT}",
    ],
)  # fmt: skip
def test_qr_02_another_scheme_is_refused(text: str) -> None:
    with pytest.raises(OtherScheme):
        read_link(text, SITE)


@pytest.mark.parametrize(
    "text",
    [
        "", "  \n", '{"a": "https://evil.test/"}', "eyJhbGciOiJFUzI1NiJ9.e30.AA", "hello", "この証明を検証",
        "JMC-D-900001", "see https://evil.test/ for it", "3bcb-c23f", "[1]", "example.com", "{" * 100_000,
        "a" * 100_000, UUID_TEXT + UUID_TEXT, UUID_TEXT[:-1], f'{{"id": "{OURS}"}}', f' ["x", "{OURS}"]',
        f'<svg xmlns="http://www.w3.org/2000/svg"><a href="{OURS}"/></svg>', f"two: {OURS} {OURS[:-1]}0",
        f"inside another: see https://evil.test/?{OURS}", f"a user: at https://x@{OURS.removeprefix('https://')}",
        "ours to nothing: at https://verify.jmc.example/programs",
    ],
    ids=lambda text: repr(text[:20]),
)  # fmt: skip
def test_what_is_no_link_is_none(text: str) -> None:
    assert read_link(text, SITE) is None


@given(st.text(max_size=80), st.sampled_from([SITE, LOCAL]))
def test_whatever_stands_between_our_host_and_a_path_makes_it_another(inserted: str, site: Site) -> None:
    text = f"{site.base_url}{inserted}/credentials/{UUID_TEXT}"
    try:
        link = read_link(text, site)
    except Error:
        return
    if isinstance(link, OwnLink):  # nothing but white space, the port, or an address of the verdict's page
        assert inserted.strip() in {"", ":443"} or inserted.lower().startswith(("/", "?", "#"))


def test_a_link_is_opened_by_the_reader_of_its_kind() -> None:
    now = datetime(2027, 4, 1, tzinfo=UTC)
    shares = {TOKEN: b"shared"}
    opened = OpenLink(
        {
            OwnKind.CREDENTIAL: lambda text, at: f"{UUID(text)} {at:%Y}".encode(),
            OwnKind.SHARE: lambda token, _: shares[token],
            OwnKind.MARK: lambda number, _: number.encode(),
        }
    )
    assert opened(CREDENTIAL, now=now) == f"{UUID_TEXT} 2027".encode()
    assert opened(OwnLink(OwnKind.SHARE, TOKEN), now=now) == b"shared"
    assert opened(OwnLink(OwnKind.MARK, "JMC-M-900001"), now=now) == b"JMC-M-900001"


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        pytest.param(OwnKind.SHARE, ShareNotFound, id="a share"),
        pytest.param(OwnKind.MARK, MarkNotFound, id="a mark"),
        pytest.param(OwnKind.OFFER, OfferLink, id="QR-10 an offer is not redeemed"),
    ],
)
def test_what_has_no_reader_is_told_by_its_kind(kind: OwnKind, error: type[Error]) -> None:
    with pytest.raises(error):
        OpenLink({})(OwnLink(kind, TOKEN), now=datetime(2027, 4, 1, tzinfo=UTC))
