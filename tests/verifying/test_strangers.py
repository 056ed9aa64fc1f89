"""Issuers that nobody registered: nothing of a report says that they are whom they call themselves, and one that goes
by a registered issuer's name is called a suspicion, on top."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from jmc_vc.sentences import SENTENCES
from jmc_vc.verifying.axes import Tone
from jmc_vc.verifying.borrowed import name_keys
from jmc_vc.verifying.report import Report
from jmc_vc.verifying.report_json import report_json
from tests.builders.forger import Stranger, changed
from tests.builders.installation import Installation, make_installation
from tests.builders.outside_issuer import OutsideIssuer
from tests.simulators.network import online

Json = dict[str, Any]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return make_installation(tmp_path_factory.mktemp("installation"))


@pytest.fixture(scope="module")
def issued(here: Installation) -> bytes:
    return here.issue().body


def by_a_stranger(
    here: Installation, change: Callable[[Json], None] = lambda _: None, policy: str = "default"
) -> Report:
    document = OutsideIssuer().badge()
    change(document)
    return here.verify(Stranger().sign(here, document), policy)


def named(name: str) -> Callable[[Json], None]:
    return lambda document: document["issuer"].update(name=name)


def test_whose_the_key_is_stays_open(here: Installation) -> None:
    report = by_a_stranger(here)
    assert (report.verdict, report.summary) == ("indeterminate", "issuer_not_registered")
    assert report.axes[0].code == "axis.authenticity.not_registered"
    assert report.axes[0].tone is Tone.UNKNOWN
    technical = by_a_stranger(here, policy="technical")
    assert (technical.verdict, technical.summary) == ("valid", "valid_technical")
    assert technical.axes[0].tone is Tone.UNKNOWN


def test_no_word_calls_a_strangers_badge_genuine(here: Installation) -> None:
    for report in (by_a_stranger(here), by_a_stranger(here, named("星見ヶ丘大学"))):
        said = json.dumps(report_json(report), ensure_ascii=False)
        assert "genuine" not in said.lower()
        assert "偽造であることを意味するものではありません" not in said
        assert "発行機関の署名を確認しました" not in said


def _numbered(document: Json) -> None:
    entry = {"type": "IdentifierEntry", "identifier": "JMC-I-90001", "identifierType": "ext:JMCIssuerNumber"}
    document["issuer"]["otherIdentifier"] = [entry]


def _achievement(here: Installation) -> Callable[[Json], None]:
    address = here.service.site.program_version("JMC-P-900001", "1")
    return lambda document: document["credentialSubject"]["achievement"].update(id=address)


BORROWED: dict[str, Callable[[Installation], Callable[[Json], None]]] = {
    "name": lambda _: named("星見ヶ丘大学（架空）"),
    "name without what is in brackets": lambda _: named("星見ヶ丘大学"),
    "name in other brackets": lambda _: named("【公式】星見ヶ丘大学"),
    "name with spaces and a legal form": lambda _: named("学校法人　星見ケ丘 大學"),
    "name in half width and with what cannot be seen": lambda _: named("星見\u200bｹ丘大学"),
    "English name": lambda _: named("HOSHIMIGAOKA  university."),
    "number": lambda _: _numbered,
    "address of its page": lambda here: (
        lambda document: document["issuer"].update(url=f"{here.service.site.issuer_profile('hoshimigaoka')}/")
    ),
    "address of its program": _achievement,
    "address of its program, oddly written": lambda here: (
        lambda document: document["credentialSubject"]["achievement"].update(
            id=odd(here.service.site.program_version("JMC-P-900001", "1"))
        )
    ),
}


def odd(url: str) -> str:
    """Another spelling of the same address."""
    scheme, _, place = url.partition("://")
    host, _, path = place.partition("/")
    return f"{scheme.upper()}://{host.upper()}//{path.replace('/', '//')}"


@pytest.mark.parametrize("what", BORROWED)
def test_whoever_goes_by_a_registered_issuers_name_is_suspected(here: Installation, what: str) -> None:
    report = by_a_stranger(here, BORROWED[what](here))
    assert (report.verdict, report.summary) == ("indeterminate", "impersonation_suspected")
    assert report.finding("issuer").code == "issuer.impersonation_suspected"
    assert report.registered.resembled is not None
    assert report.registered.resembled.number == "JMC-I-90001"
    said = report_json(report)
    assert said["text"].startswith("なりすましのおそれがあります。登録簿にある「星見ヶ丘大学")
    assert said["text"].count("なりすまし") == 1
    assert said["credential"]["issuer"]["resembles"]["number"] == "JMC-I-90001"
    assert "連絡先" in said["next"]["ja"]


@pytest.mark.parametrize("name", ["星見大学", "星見ヶ丘大学附属高等学校", "Elsewhere", "（）", "株式会社", "\u3164"])
def test_whoever_has_another_name_is_not(here: Installation, name: str) -> None:
    assert by_a_stranger(here, named(name)).summary == "issuer_not_registered"


def test_a_copy_of_an_issued_credential_names_whose_it_is(here: Installation, issued: bytes) -> None:
    own_words = OutsideIssuer().badge(id=json.loads(issued)["id"])
    report = here.verify(Stranger().sign(here, own_words))
    assert report.finding("issuer").code == "issuer.impersonation_suspected"
    assert report.registered.resembled is not None


def test_an_address_of_ours_that_nobody_was_given_is_suspected_too(here: Installation) -> None:
    made_up = OutsideIssuer().badge(id=f"{here.service.site.base_url}/credentials/6f1d2c9e-0000-4000-8000-000000000000")
    report = here.verify(Stranger().sign(here, made_up))
    assert (report.summary, report.finding("issuer").code) == ("impersonation_suspected", "issuer.address_borrowed")


def test_the_address_of_a_credential_of_ours_is_found_however_it_is_written(here: Installation, issued: bytes) -> None:
    own_words = OutsideIssuer().badge(id=odd(json.loads(issued)["id"]))
    report = here.verify(Stranger().sign(here, own_words))
    assert report.finding("issuer").code == "issuer.impersonation_suspected"


ACCREDITOR: dict[str, Callable[[Installation], Callable[[Json], None]]] = {
    "name": lambda _: named("日本マイクロクレデンシャル機構"),
    "name with a legal form": lambda _: named("一般社団法人 日本マイクロクレデンシャル機構（認証部）"),
    "English name": lambda _: named("Japan Micro-credential organization"),
    "short name": lambda _: named("ＪＭＣ"),
    "address": lambda here: lambda document: document["issuer"].update(url=here.service.site.base_url),
    "address, oddly written": lambda here: (
        lambda document: document["issuer"].update(url=odd(f"{here.service.site.base_url}/about"))
    ),
    "DID": lambda here: lambda document: document["issuer"].update(url=here.service.site.did),
}


@pytest.mark.parametrize("what", ACCREDITOR)
def test_whoever_goes_by_the_accreditors_name_is_suspected(here: Installation, what: str) -> None:
    report = by_a_stranger(here, ACCREDITOR[what](here))
    assert (report.verdict, report.summary) == ("indeterminate", "impersonation_suspected")
    assert report.finding("issuer").code == "issuer.accreditor_borrowed"
    assert report_json(report)["text"].startswith("なりすましのおそれがあります。本機構と同じ名称又はアドレス")


REGISTERED = "https://hoshimigaoka.example"


def at(address: str, did: str, *, keys: str = "elsewhere") -> Callable[[Installation], Report]:
    """A badge in the university's name by a platform whose DID document, at `address`, has the keys of `keys`."""

    def judged(here: Installation) -> Report:
        theirs = OutsideIssuer(did)
        document = theirs.badge(issuer={"id": did, "type": ["Profile"], "name": "星見ヶ丘大学"})
        online(here, {address: json.dumps(OutsideIssuer(did, seed=keys).document()).encode()})
        return here.verify(theirs.sign(document))

    return judged


def test_who_has_the_registered_address_is_accused_of_nothing(here: Installation) -> None:
    report = at(f"{REGISTERED}/.well-known/did.json", "did:web:hoshimigaoka.example")(here)
    assert (report.verdict, report.summary) == ("indeterminate", "issuer_not_registered")
    assert report.finding("issuer").code == "issuer.identifier_not_registered"
    said = report_json(report)
    assert "なりすまし" not in json.dumps(said, ensure_ascii=False)
    assert "ウェブサイトと同じアドレス" in said["text"]
    assert "登録された発行機関" not in said["text"]


@pytest.mark.parametrize(
    ("address", "did", "keys"),
    [
        (f"{REGISTERED}/.well-known/did.json", "did:web:hoshimigaoka.example", "a forger"),
        ("https://hoshimigaoka.example.net/.well-known/did.json", "did:web:hoshimigaoka.example.net", "elsewhere"),
    ],
)
def test_who_only_names_it_is_suspected(here: Installation, address: str, did: str, keys: str) -> None:
    assert at(address, did, keys=keys)(here).finding("issuer").code == "issuer.impersonation_suspected"


def test_a_suspicion_is_noted_where_something_else_stands_on_top(here: Installation) -> None:
    technical = by_a_stranger(here, named("星見ヶ丘大学"), "technical")
    assert technical.verdict == "valid"
    assert [note.code for note in technical.notes] == ["issuer.impersonation_suspected"]


def expired(document: Json) -> None:
    document["validUntil"] = "2026-01-02T00:00:00Z"
    document["validFrom"] = "2026-01-01T00:00:00Z"


def expired_in_its_name(document: Json) -> None:
    expired(document)
    named("星見ヶ丘大学")(document)


def test_a_look_alike_that_has_expired_is_suspected_all_the_same(here: Installation) -> None:
    report = by_a_stranger(here, expired_in_its_name)
    assert (report.verdict, report.summary, report.besides) == ("invalid", "expired", "impersonation_suspected")
    said = report_json(report)
    expected = "この証明は有効期限を過ぎています。なりすましのおそれもあります。登録簿にある「星見ヶ丘大学"
    assert said["text"].startswith(expected)
    assert said["text"].count("なりすまし") == 1
    assert said["next"]["ja"] == SENTENCES["next.impersonation_suspected"][0]
    technical = by_a_stranger(here, expired_in_its_name, "technical")
    assert technical.besides == "impersonation_suspected"


def test_of_a_stranger_whose_badge_has_expired_both_are_told(here: Installation) -> None:
    report = by_a_stranger(here, expired)
    assert (report.summary, report.besides) == ("expired", "issuer_not_registered")
    assert report_json(report)["text"].startswith("この証明は有効期限を過ぎています。発行機関は登録されていません。")
    assert by_a_stranger(here, expired, "technical").besides is None


def test_of_a_registered_issuers_badge_nothing_is_said_besides(here: Installation, issued: bytes) -> None:
    assert here.verify(issued).besides is None
    assert here.verify(changed(issued, lambda document: document.update(name="Doctor"))).besides is None


def test_an_issuer_that_was_registered_since_is_known(tmp_path: Any) -> None:
    here = make_installation(tmp_path)
    name = named("霧ヶ浦精機株式会社　ものづくり学苑")
    assert by_a_stranger(here, name).summary == "issuer_not_registered"
    here.register("JMC-P-900003")
    assert by_a_stranger(here, name).summary == "impersonation_suspected"
    here.service.database.close()


def test_what_is_longer_than_any_name_is_cut() -> None:
    assert max(map(len, name_keys("長" * 100_000))) <= 400


# what is not told of what may be anybody's


ABOUT_ITS_ISSUER = ("validity", "status", "issuer", "program", "mark")


def test_of_a_forgery_nothing_is_found_good(here: Installation, issued: bytes) -> None:
    forged = changed(issued, lambda document: document.update(name="Doctor"))
    report = here.verify(forged)
    assert (report.verdict, report.summary) == ("invalid", "not_trustworthy")
    for name in ABOUT_ITS_ISSUER:
        assert report.finding(name).outcome in ("unknown", "not_applicable"), name
        assert report.finding(name).code in (f"{name}.not_judged", "mark.none"), name
    assert report.axes[2].code == "axis.status.not_judged"
    assert "判断していません" not in report_json(report)["text"]


def test_every_verdict_but_a_good_one_says_what_to_do_next() -> None:
    summaries = {
        code.removeprefix("verdict.")
        for code in SENTENCES
        if code.startswith("verdict.") and not code.endswith(".title") and "valid" not in code.replace("invalid", "")
    }
    more = {"next.indeterminate_for_good", "next.not_theirs_by_identifier"}
    steps = {f"next.{summary}" for summary in summaries} | more
    assert steps == {code for code in SENTENCES if code.startswith("next.")}
