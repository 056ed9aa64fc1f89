"""What holds for every page, in both languages."""

import re
from html.parser import HTMLParser

import pytest

from tests.builders.web import WebClient
from tests.web.pages.house import House

HTML = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
"""What browsers send."""
PATHS = (
    "/",
    "/programs",
    "/programs?state=suspended&state=ended",
    "/programs?q=quantum",
    "/programs/JMC-P-900001",
    "/programs/JMC-P-900001/v/1",
    "/programs/JMC-P-900002/v/1",
    "/programs/JMC-P-900003/v/1",
    "/programs/JMC-P-900004/v/1",
    "/programs/JMC-P-900005/v/2",
    "/programs/JMC-P-900006/v/1",
    "/issuers/hoshimigaoka",
    "/decisions/JMC-D-900001",
    "/pathways/JMC-PW-90001",
    "/verify",
    "/verify/receipt",
    "/api",
    "/readyz",
    "/problems/request.extra_member",
    "/credentials/{valid}",
    "/credentials/{longest}",
    "/verify?credential={revoked}",
    "/verify?credential={ended}",
)
LANGUAGES = ("ja", "en")


class Reader(HTMLParser):
    """The elements, links and texts of a page; a text inside `lang` of another language is not read."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self._unread: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        unread = self._unread or (tag != "html" and "lang" in dict(attrs)) or tag in ("code", "title")
        if unread and tag not in ("meta", "link", "input", "br", "img", "use"):
            self._unread.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._unread and self._unread[-1] == tag:
            self._unread.pop()

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.text.append(data)

    def values(self, attribute: str) -> list[str]:
        return [str(attributes[attribute]) for _, attributes in self.tags if attribute in attributes]


def at(path: str, house: House, language: str) -> str:
    filled = path.format_map({name: str(uuid) for name, uuid in house.uuids.items()})
    return filled if language == "ja" else f"{filled}{'&' if '?' in filled else '?'}lang=en"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_whole_and_inert(web: WebClient, house: House, path: str, language: str) -> None:
    answer = web.get(at(path, house, language), headers=HTML)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-language"] == language
    page = Reader(answer.text)
    assert page.tags[0] == ("html", {"lang": language})
    assert [tag for tag, _ in page.tags].count("h1") == 1
    assert not [tag for tag, _ in page.tags if tag in ("style", "iframe", "object")]
    scripts = [attributes for tag, attributes in page.tags if tag == "script"]
    assert all(each.keys() == {"type", "src"} for each in scripts), "a file of ours, and nothing in the page"
    assert not page.values("style")
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert "%(" not in answer.text
    assert all(value.startswith(("/static/", "/credentials/")) for value in page.values("src"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_a_level_or_credit_never_stands_without_its_indicative(
    web: WebClient, house: House, path: str, language: str
) -> None:
    """INV-31. A level that the review confirmed stands under a label that says so, or says that it was confirmed."""
    text = " ".join(Reader(web.get(at(path, house, language), headers=HTML).text).text)
    word = "目安" if language == "ja" else "indicative"
    allowed = "審査で確認" if language == "ja" else "confirmed in review"
    for found in re.finditer(r"(JEQF|EQF|CEFR|ECTS)( ?(レベル|level)? ?[0-9B])", text):
        around = text[found.start() : found.end() + 60]
        before = text[max(0, found.start() - 400) : found.start()]
        assert word in around or allowed in around or word in before, around


@pytest.mark.parametrize("path", PATHS)
def test_every_link_inside_leads_somewhere(web: WebClient, house: House, path: str) -> None:
    page = Reader(web.get(at(path, house, "en"), headers=HTML).text)
    for link in {link.partition("#")[0] for link in page.values("href")}:
        if link.startswith("/") and not link.startswith("/static/"):
            assert web.get(link, headers=HTML).status_code in (200, 503), link
        assert link != "#"


@pytest.mark.parametrize("path", PATHS)
def test_the_language_switch_keeps_the_page_and_its_query(web: WebClient, house: House, path: str) -> None:
    japanese = at(path, house, "ja")
    page = Reader(web.get(japanese, headers=HTML).text)
    switch = next(str(each["href"]) for tag, each in page.tags if tag == "a" and each.get("hreflang") == "en")
    assert sorted(re.split("[?&]", switch)) == sorted(re.split("[?&]", at(path, house, "en")))
    back = Reader(web.get(switch, headers=HTML).text)
    assert next(str(each["href"]) for _, each in back.tags if each.get("hreflang") == "ja") == japanese


@pytest.mark.parametrize("path", PATHS)
def test_fictional_records_stand_below_the_gray_band(web: WebClient, house: House, path: str) -> None:
    shown = web.get(at(path, house, "ja"), headers=HTML).text
    nothing_shown = path in (
        "/verify", "/verify/receipt", "/programs?q=quantum", "/api", "/readyz", "/problems/request.extra_member",
    )  # fmt: skip
    assert ("テスト用データ</b>" in shown) is not nothing_shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_disclaimer_stands_on_every_page(web: WebClient, house: House, language: str) -> None:
    wanted = {
        "ja": "この認証は民間の第三者認証であり",
        "en": "This accreditation is a private third-party accreditation.",
    }
    for path in (*PATHS, "/nowhere"):
        assert wanted[language] in web.get(at(path, house, language), headers=HTML).text


def test_the_language_is_that_of_the_address_and_of_nothing_else(web: WebClient) -> None:
    answer = web.get("/", headers={**HTML, "accept-language": "en-US,en"})
    assert '<html lang="ja">' in answer.text
    assert "set-cookie" not in answer.headers
    assert '<html lang="ja">' in web.get("/?lang=fr", headers=HTML).text


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/nowhere", 404, "見つかりません"),
        ("/programs/JMC-P-999999", 404, "見つかりません"),
        ("/programs/JMC-P-900001/v/9", 404, "見つかりません"),
        ("/issuers/nobody", 404, "見つかりません"),
        ("/decisions/JMC-D-999999", 404, "見つかりません"),
        ("/pathways/nowhere", 404, "見つかりません"),
        ("/credentials/not-an-id", 404, "見つかりません"),
        ("/credentials/00000000-0000-4000-8000-000000000000", 404, "見つかりません"),
        ("/verify?credential=x", 404, "見つかりません"),
    ],
)
def test_what_is_not_there_is_told_in_the_same_look(web: WebClient, path: str, status: int, said: str) -> None:
    answer = web.get(path, headers=HTML)
    assert answer.status_code == status
    assert f"<h1>{said}</h1>" in answer.text
    assert "jmc.css" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert web.get(path).headers["content-type"] == "application/problem+json"


def test_a_wrong_method_is_told_in_the_same_look(web: WebClient) -> None:
    answer = web.post("/programs", headers=HTML)
    assert answer.status_code == 405
    assert "jmc.css" in answer.text


def test_an_icon_that_no_page_named_is_there_too(web: WebClient) -> None:
    answer = web.get("/favicon.ico")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")


def test_the_number_of_a_failure_says_whom_to_tell(web: WebClient) -> None:
    page = web.get("/nowhere", headers=HTML).text
    assert "この番号を控えて、運営者にお知らせください。" in page
    assert "お問い合わせ番号" not in page


def test_the_style_sheet_is_kept_for_a_year_under_its_version_only(web: WebClient) -> None:
    page = Reader(web.get("/", headers=HTML).text)
    (sheet,) = [link for link in page.values("href") if "jmc.css" in link]
    answer = web.get(sheet)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert web.get("/static/jmc.css").headers["cache-control"] == "no-cache"
    assert web.get(sheet, headers={"if-none-match": answer.headers["etag"]}).status_code == 304
    assert web.get("/static/../catalogue.py").status_code == 404
