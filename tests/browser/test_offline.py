"""The page that opens bundles, from a file and with the network off, in a real browser: what it says of good and bad
bundles, that it asks nobody for anything, and that it can be used by everybody."""

import base64
import json
import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser

from jmc_vc.formats.data_integrity.add_proof import add_proof
from tests.browser.pages import DESKTOP, LANGUAGES, NARROW, PHONE
from tests.browser.stick import Shown, Stick, page_of
from tests.builders.bundles import Change, changed, resealed, text_changed
from tests.builders.installation import NOON
from tests.parts import require
from tests.web.pages.house import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def test_a_genuine_credential_is_shown_with_what_was_signed(shown: Shown, stick: Stick) -> None:
    assert shown.open(stick.bundles["genuine"]) == "good"
    assert shown.page.inner_text("#verdict") == "この証明は有効です。"
    assert "𠮷野" in shown.facts
    assert "葛󠄀葉" in shown.facts
    assert "実務データ分析基礎：統計的推論と可視化" in shown.facts
    assert "星見ヶ丘大学（架空）" in shown.facts
    assert "2026年10月1日（令和8年10月1日）" in shown.facts
    assert "時点の結果です" in shown.page.inner_text(".verdict")
    assert shown.codes == [
        "viewer.bundle_right",
        "proof.verified",
        "key.bound",
        "validity.current",
        "status.clear",
        "issuer.registered",
        "program.accredited_then",
    ]


@pytest.mark.parametrize(
    ("name", "tone", "code"),
    [
        ("revoked", "bad", "status.revoked"),
        ("suspended", "bad", "status.suspended"),
        ("expiring", "good", "validity.current"),
        ("data-integrity-ecdsa", "good", "proof.verified"),
        ("vc-jwt", "good", "proof.verified"),
        ("both", "good", "proof.verified"),
        ("rs256", "good", "proof.verified"),
        ("stolen-key", "good", "key.revoked_logged_before"),
    ],
)
def test_the_verdict(shown: Shown, stick: Stick, name: str, tone: str, code: str) -> None:
    assert shown.open(stick.bundles[name]) == tone
    assert code in shown.codes


def test_a_credential_that_has_ended_by_the_clock_is_expired(browser: Browser, stick: Stick) -> None:
    for each in page_of(browser, stick, today=NOON + timedelta(days=9 * 366)):
        assert each.open(stick.bundles["expiring"]) == "bad"
        assert "validity.expired" in each.codes
        assert each.open(stick.bundles["genuine"]) == "good"
        assert each.page.inner_text("#verdict") == "この証明は、検証用ファイルの作成日時点で有効でした。"
        assert "その後に失効したかどうか" in each.page.inner_text(".verdict")


NO_ED25519 = """
const real = crypto.subtle.importKey.bind(crypto.subtle);
crypto.subtle.importKey = (form, material, algorithm, ...rest) => algorithm === "Ed25519"
  ? Promise.reject(new DOMException("no", "NotSupportedError")) : real(form, material, algorithm, ...rest);
"""


@pytest.mark.parametrize("before", [NO_ED25519, "Object.defineProperty(crypto, 'subtle', {value: undefined})"])
def test_a_browser_that_cannot_check_says_so(browser: Browser, stick: Stick, before: str) -> None:
    for each in page_of(browser, stick, before=before):
        assert each.open(stick.bundles["genuine"]) == "unknown"
        assert each.codes == ["viewer.no_webcrypto"]
        assert each.facts == ""


# --- bundles that somebody changed ------------------------------------------------------------------------------------


def _drop_list(document: dict[str, Any]) -> None:
    del document["statusLists"][1]


def _swap_lists(document: dict[str, Any]) -> None:
    one, two = document["statusLists"]
    one["signed"], two["signed"] = two["signed"], one["signed"]


def _other_log_key(document: dict[str, Any]) -> None:
    document["log"]["keys"] = [each.replace("+A", "+B") for each in document["log"]["keys"]]


def _drop_entries(document: dict[str, Any]) -> None:
    document["log"]["entries"] = []


STATEMENTS = "credential/forms/0/signed/0"
CHANGES: dict[str, tuple[Change, str, str]] = {
    "credential": (
        text_changed("credential/forms/0/text", "実務", "業務"),
        "good",
        "proof.verified",
    ),  # it is not what is shown
    "quads-name": (text_changed(f"{STATEMENTS}/document", "𠮷野", "吉野"), "bad", "proof.crypto"),
    "quads-title": (text_changed(f"{STATEMENTS}/document", "実務", "業務"), "bad", "proof.crypto"),
    "options": (text_changed(f"{STATEMENTS}/options", "2026-11-23", "2026-11-22"), "bad", "proof.crypto"),
    "other-key": (text_changed(f"{STATEMENTS}/options", "hoshimigaoka#", "kirigaura-seiki#"), "bad", "key.binding"),
    "list": (text_changed("statusLists/0/signed/0/document", "uH4s", "uH5s"), "unknown", "status.verification"),
    "lists-swapped": (_swap_lists, "unknown", "status.verification"),
    "list-missing": (_drop_list, "unknown", "status.retrieval"),
    "register": (text_changed("register/program/effectiveUntil", "20", "21"), "bad", "bundle.forged"),
    "did-document": (text_changed("didHistories/0/text", "z6Mk", "z6Ml"), "bad", "bundle.forged"),
    "log-proof": (text_changed("log/entries/0/proof", "index ", "index 1"), "bad", "viewer.log"),
    "log-entry": (text_changed("log/entries/0/entry", '"list":1', '"list":2'), "bad", "viewer.log"),
    "log-key": (_other_log_key, "bad", "viewer.log"),
    "log-missing": (_drop_entries, "unknown", "key.log_unavailable"),
    "index": (lambda each: each["credential"].update(statusIndex=1), "unknown", "status.index"),
    "id": (text_changed("credential/id", "credentials/", "credentials/0"), "bad", "viewer.statements"),
    "made-by": (text_changed("madeBy", "localhost", "elsewhere"), "bad", "bundle.forged"),
}


@pytest.mark.parametrize("change", [each[0] for each in CHANGES.values()], ids=CHANGES)
def test_whatever_was_changed_by_a_stranger_is_told(shown: Shown, stick: Stick, change: Change) -> None:
    assert shown.open(changed(stick.bundles["genuine"], change)) == "bad"
    assert shown.codes == ["bundle.forged"]
    assert shown.facts == ""


@pytest.mark.parametrize(("change", "tone", "code"), CHANGES.values(), ids=CHANGES)
def test_every_part_holds_by_itself(shown: Shown, stick: Stick, change: Change, tone: str, code: str) -> None:
    """Even where the whole is signed rightly."""
    assert shown.open(resealed(stick.installation, stick.bundles["genuine"], change)) == tone
    assert code in shown.codes
    if tone == "good":
        assert "実務データ分析基礎" in shown.facts


def test_a_member_that_stands_there_twice_makes_no_bundle(shown: Shown, stick: Stick) -> None:
    """Readers differ in which of the two they take; the command line refuses it too."""
    genuine = stick.bundles["genuine"]
    assert shown.open(b'{"credential":{},' + genuine.lstrip().removeprefix(b"{")) == "refused"
    assert shown.page.inner_text("#fault").startswith("検証用ファイルではないか")
    again = genuine.replace(b'"madeAt":', b'"made\\u0041t":"2026-01-01T00:00:00Z","madeAt":')
    assert again != genuine
    assert shown.open(again) == "refused"

    def repeat(document: dict[str, Any]) -> None:
        (form,) = document["credential"]["forms"]
        form["text"] = '{"type":[],' + form["text"].removeprefix("{")

    assert shown.open(resealed(stick.installation, genuine, repeat)) == "bad"
    assert "viewer.statements" in shown.codes


def test_a_proof_of_another_part_is_no_statement(shown: Shown, stick: Stick) -> None:
    def swap(document: dict[str, Any]) -> None:
        document["proof"] = document["register"]["proof"]

    assert shown.open(changed(stick.bundles["genuine"], swap)) == "bad"


def test_an_unknown_key_of_the_organization_is_not_called_a_forgery(shown: Shown, stick: Stick) -> None:
    bundle = changed(stick.bundles["genuine"], text_changed("proof/verificationMethod", "#key-1", "#key-9"))
    assert shown.open(bundle) == "unknown"
    assert shown.codes == ["bundle.untrusted"]


def test_a_credential_with_a_proof_over_json_is_read_from_that(shown: Shown, stick: Stick) -> None:
    service, owner = stick.installation.service, "hoshimigaoka"

    def sign(document: dict[str, Any]) -> None:
        with service.database.read() as snapshot:
            key = snapshot.signing_keys.active(owner)
        assert key is not None
        (form,) = document["credential"]["forms"]
        unsigned = {name: each for name, each in json.loads(form["text"]).items() if name != "proof"}
        secured = add_proof(
            unsigned,
            cryptosuite="eddsa-jcs-2022",
            verification_method=f"{service.site.issuer_did(owner)}#{key.kid}",
            created=stick.installation.now,
            sign=service.bundle.keyring.signer(key).sign,
            contexts=service.contexts,
        )
        form.update(text=json.dumps(secured, ensure_ascii=False), signed=[])
        document["madeAt"] = stick.installation.now.isoformat().replace("+00:00", "Z")

    assert shown.open(resealed(stick.installation, stick.bundles["stolen-key"], sign)) == "bad"
    assert shown.codes[1:] == ["proof.verified", "key.unlogged"]  # right, and on no record


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[1]", b"\xff", b'{"type":"CredentialBundle","version":"2.0"}', b"x" * 99]
)
def test_what_is_no_bundle_is_refused_in_words(shown: Shown, data: bytes) -> None:
    assert shown.open(data) == "refused"
    assert shown.page.locator("#fault").inner_text()


@pytest.mark.parametrize("name", ["genuine", "vc-jwt"])
def test_a_credential_by_itself_is_told_where_it_belongs(shown: Shown, stick: Stick, name: str) -> None:
    (form,) = json.loads(stick.bundles[name])["credential"]["forms"]
    assert shown.open(form["text"].encode()) == "refused"
    assert "これは証明であり" in shown.page.locator("#fault").inner_text()


@pytest.mark.parametrize("payload", [b'{"sub":"u-1","iss":"https://login.example"}', b"1", b"null", b"{"])
def test_a_token_for_another_use_is_not_called_a_credential(shown: Shown, payload: bytes) -> None:
    head, body = (base64.urlsafe_b64encode(each).rstrip(b"=") for each in (b'{"alg":"ES256"}', payload))
    assert shown.open(head + b"." + body + b".AAAA") == "refused"
    assert "これは証明であり" not in shown.page.locator("#fault").inner_text()


def test_texts_of_a_bundle_are_never_markup(shown: Shown, stick: Stick) -> None:
    hostile = "<img src=x onerror=alert(1)><script>alert(1)</script>"

    def change(document: dict[str, Any]) -> None:
        document["madeBy"] = hostile

    assert shown.open(resealed(stick.installation, stick.bundles["genuine"], change)) == "bad"
    assert shown.page.locator("main img, main script").count() == 0


def test_no_single_edit_is_shown_as_valid_with_other_data(shown: Shown, stick: Stick) -> None:
    """Of whatever leaf, even where the organization itself signs the whole again."""
    genuine, dice = stick.bundles["genuine"], random.Random(6)
    assert shown.open(genuine) == "good"
    facts = shown.facts
    leaves = list(_leaves(json.loads(genuine)))
    for sealed in (False, True):
        for path in dice.sample(leaves, 40):
            change = _edit(path, dice)
            edited = resealed(stick.installation, genuine, change) if sealed else changed(genuine, change)
            tone = shown.open(edited)
            assert tone != "good" or (sealed and shown.facts == facts), path


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        for step, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(each, (*path, step))
    elif path[0] != "proof":
        yield path


def _edit(path: tuple[Any, ...], dice: random.Random) -> Change:
    def change(document: dict[str, Any]) -> None:
        at: Any = document
        for step in path[:-1]:
            at = at[step]
        value = at[path[-1]]
        if isinstance(value, str) and value:
            place = dice.randrange(len(value))
            at[path[-1]] = value[:place] + chr(ord(value[place]) ^ 1) + value[place + 1 :]
        else:
            at[path[-1]] = not value if isinstance(value, bool) else "x" if value == "" else (value or 0) + 1

    return change


# --- for everybody ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_serious(browser: Browser, stick: Stick, size: tuple[int, int], language: str) -> None:
    # The policy of the page keeps even the checker out of it, so it comes in before the page does.
    checker = require("axe-core").read_text(encoding="utf-8")
    found = []
    for each in page_of(browser, stick, size=size, locale=f"{language}-JP", before=checker):
        for name in (None, "genuine", "revoked"):
            if name is not None:
                each.open(stick.bundles[name])
            violations = each.page.evaluate(
                "options => axe.run(document, options).then(found => found.violations)", _RULES
            )
            found += [(name, one["id"], [node["target"] for node in one["nodes"]]) for one in violations]
        assert each.page.evaluate("document.documentElement.lang") == language
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_sticks_out_on_a_narrow_phone(browser: Browser, stick: Stick, language: str) -> None:
    for each in page_of(browser, stick, size=NARROW, locale=f"{language}-JP"):
        widths = [each.page.evaluate("document.documentElement.scrollWidth")]
        for name in ("genuine", "revoked"):
            each.open(stick.bundles[name])
            widths.append(each.page.evaluate("document.documentElement.scrollWidth"))
        assert max(widths) <= NARROW[0]


def test_the_language_can_be_changed_and_the_result_stays(shown: Shown, stick: Stick) -> None:
    shown.open(stick.bundles["revoked"])
    shown.page.click("#switch")
    assert shown.page.inner_text("#verdict") == "This credential has been revoked."
    assert shown.page.evaluate("document.documentElement.lang") == "en"


def test_it_works_with_the_keyboard_alone(shown: Shown) -> None:
    reached = []
    for _ in range(3):
        shown.page.keyboard.press("Tab")
        reached.append(shown.page.evaluate("document.activeElement.id"))
    assert reached == ["skip", "switch", "file"]


def test_a_credential_under_a_stolen_key_asks_for_its_re_issued_copy(shown: Shown, stick: Stick) -> None:
    shown.open(stick.bundles["stolen-key"])
    assert "再発行された証明を受け取ってください" in shown.page.inner_text(".verdict")


def test_a_dropped_file_is_opened(shown: Shown, stick: Stick) -> None:
    shown.page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.items.add(new File([text], "bundle.json"));
          dispatchEvent(Object.assign(new DragEvent("drop", {dataTransfer: data, cancelable: true})));
        }""",
        stick.bundles["genuine"].decode(),
    )
    shown.page.wait_for_selector("#verdict")
    assert shown.page.inner_text("#verdict") == "この証明は有効です。"


@pytest.mark.loopback
def test_the_same_page_is_served_and_opens_what_is_downloaded(browser: Browser, served: House) -> None:
    site = served.installation.service.site
    served.installation.clock.move(seconds=2)  # so that the public log has everything
    told: list[str] = []
    page = browser.new_page(locale="en-GB")
    page.clock.set_fixed_time(served.installation.now)
    page.on("console", lambda message: told.append(message.text))
    bundle = page.request.get(f"{site.base_url}/credentials/{served.uuids['valid']}/bundle")
    assert bundle.ok
    page.goto(f"{site.base_url}/verify/offline")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_input_files("#file", {"name": "b.json", "mimeType": "application/json", "buffer": bundle.body()})
    page.wait_for_selector("#verdict")
    assert page.inner_text("#verdict") == "This credential is valid."
    assert (asked, told) == ([], [])
    page.close()
