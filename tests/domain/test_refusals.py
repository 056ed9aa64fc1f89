"""Every refusal of the domain has its sentence, filled by the parameters that it is raised with."""

import importlib
import pkgutil
import re
from string import Formatter

import jmc_vc.domain
from jmc_vc.errors import Error
from jmc_vc.sentences import SENTENCES

KINDS = {
    kind
    for module in pkgutil.iter_modules(jmc_vc.domain.__path__)
    for kind in vars(importlib.import_module(f"jmc_vc.domain.{module.name}")).values()
    if isinstance(kind, type) and issubclass(kind, Error) and kind.__module__.startswith("jmc_vc.domain")
}


def test_every_refusal_has_a_code_of_its_own_and_a_sentence() -> None:
    assert len(KINDS) > 40
    for kind in KINDS:
        assert kind.code != "error", kind
        assert kind.code in SENTENCES, kind
        assert getattr(kind, "sentence_code", kind.code) in SENTENCES, kind


def test_both_languages_of_a_sentence_ask_for_the_same_parameters() -> None:
    for code, pair in SENTENCES.items():
        ja, en = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in pair)
        assert ja == en, code


def test_japanese_sentences_end_as_sentences_do() -> None:
    for kind in KINDS:
        ja, en = SENTENCES[kind.code]
        assert ja.endswith("。"), kind
        assert re.search(r"[.)]$", en), kind


def test_every_verdict_and_every_axis_has_its_sentences() -> None:
    for verdict in [
        "valid",
        "valid_accreditation_ended",
        "revoked",
        "replaced",
        "suspended",
        "expired",
        "indeterminate",
        "not_trustworthy",
        "issuer_not_registered",
    ]:
        assert SENTENCES[f"verdict.{verdict}"][0].endswith("。")
        assert SENTENCES[f"verdict.{verdict}.title"]
    for axis in ("authenticity", "integrity", "status", "accreditedOnAwardDate", "accreditedNow", "holder"):
        for answer in ("title", "good", "unknown"):
            assert SENTENCES[f"axis.{axis}.{answer}"]
