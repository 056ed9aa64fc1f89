"""Every refusal and every finding has its sentence, in both languages, with the same placeholders."""

import importlib
import pkgutil
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import jmc_vc
from jmc_vc.errors import Error
from jmc_vc.sentences import SENTENCES

_FINDING = re.compile(r'\b(?:passed|failed|unknown|not_applicable)\(\s*"([a-z_.]+)"')
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")


def _errors(kind: type[Error]) -> Iterator[type[Error]]:
    for each in kind.__subclasses__():
        yield each
        yield from _errors(each)


def codes() -> set[str]:
    for module in pkgutil.walk_packages(jmc_vc.__path__, "jmc_vc."):
        if ".migrations" not in module.name:
            importlib.import_module(module.name)
    found = {each.code for each in _errors(Error) if "code" in vars(each) and each.__module__.startswith("jmc_vc.")}
    for path in (Path(jmc_vc.__file__).parent / "verifying").rglob("*.py"):
        found |= set(_FINDING.findall(path.read_text(encoding="utf-8")))
    return found


@pytest.mark.parametrize("code", sorted(codes()))
def test_a_code_has_its_sentence(code: str) -> None:
    assert code in SENTENCES


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_says_the_same_in_both_languages(code: str) -> None:
    ja, en = SENTENCES[code]
    placeholders = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (ja, en)]
    assert placeholders[0] == placeholders[1]
    assert _JAPANESE.search(ja)
    assert not _JAPANESE.search(re.sub(r"（[^）]*）|\([^)]*\)", "", en)), "Japanese left in the English sentence"


def test_a_refusal_ends_as_a_sentence_does() -> None:
    from jmc_vc.sentences.refusals import REFUSALS

    for code, (ja, en) in REFUSALS.items():
        assert ja.endswith("。"), code
        assert en.endswith((".", "?")), code
