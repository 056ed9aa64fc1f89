"""Put the page together: markup, style sheet, words, keys and script in one file that needs nothing else.

The policy in its head allows this one script and this one style sheet, by their hashes, and nothing else: no
connection, no picture, no frame, no form. The keys that it trusts are a part of the script, so that the hash covers
them. It says what the page of a verification says, so its words come from the same tables: sentences by their codes,
labels by their English text out of the catalogue of the pages, and the vocabularies.
"""

import base64
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Final

from jmc_vc.domain.vocabulary import VOCABULARIES
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.sentences import SENTENCES
from jmc_vc.web.pages.rendering import chosen_words, translations
from jmc_vc.web.pages.wording import Wording

SCRIPTS: Final = (
    "bytes",
    "text",
    "keys",
    "graph",
    "signatures",
    "claims",
    "status",
    "log",
    "judge",
    "content",
    "show",
    "main",
)
"""Files of `script/`, in their order: together they are one module."""
_WORDS: Final = (
    "viewer.", "verdict.", "axis.", "bundle.", "fixed.whatItDoesNotMean", "fixed.disclaimer", "proof.", "key.",
    "validity.", "status.", "issuer.", "program.", "token.", "schema.datetime", "check.", "lapsed.", "next.",
)  # fmt: skip
"""How the codes begin whose sentences the page may say."""
_LABELS: Final = (
    "(no legible characters)", "All names and numbers are invented", "Assessment", "Award date", "Awarding body",
    "Content", "Could not be checked", "Credential", "Criteria of the issuer",
    "Decisions on hiring or treatment are the responsibility of the person who receives the credential.",
    "Description by the issuer", "Details of the checks", "Expiry", "Form of participation", "Holder", "Identity check",
    "Learning outcomes", "Level (indicative)", "None", "Not passed", "Notional learning hours", "Passed",
    "Period of learning", "Show the full text", "Signature and content", "Status",
    "Supervision and identity verification", "Test data", "The credential does not contain a name that can be read.",
    "This organization has not examined what this credential certifies.",
    "What the credential says", "What to do next", "What the holder can do", "What this result does not prove",
    "%(Accreditation)s and validity", "%(Accredited)s on award date",
    "The validity of a credential and the %(accreditation)s of its program are separate matters.",
    "%(scheme)s level %(value)s (indicative, declared by the issuer)",
    "Comparable to %(scheme)s level %(value)s (confirmed in review)",
    "%(scheme)s level %(value)s (%(status)s)", "%(scheme)s %(value)s (%(status)s)", "%(hours)s hours",
    "%(system)s %(value)s awarded", "%(system)s %(value)s (indicative)",
    "%(method)s (%(weight)s%%): %(score)s", "%(method)s: %(score)s", "Pass criterion: %(criterion)s",
    "%(value)s points", "%(value)s of %(most)s points", "%(mode)s (%(place)s)",
    "Program number %(number)s, version %(version)s",
    "Register number %(number)s", "As written by the issuer; not confirmed with the register",
    "The content is not shown, because it could not be confirmed that the issuer wrote it.",
    (
        "The credential contains characters that cannot be seen, or that turn the direction of writing. "
        "They are shown as “�”. They may be meant to make it read otherwise than it is."
    ),
)  # fmt: skip
"""Texts of the templates that the page says too."""
_COUNTED: Final = (
    ("%(value)s credit (45 h of study) awarded", "%(value)s credits (45 h of study each) awarded"),
    ("%(value)s credit of 45 h of study (indicative)", "%(value)s credits of 45 h of study (indicative)"),
)
"""Those with a singular."""
_PLACE: Final = re.compile(r"%\((\w+)\)s")
_VOCABULARIES: Final = (
    "assessment-method", "assessment-security", "credit-system", "level-reference-status", "outcome-kind",
    "participation-mode", "revocation-reason",
)  # fmt: skip
_ICONS: Final = ("good", "bad", "unknown", "neutral", "seal", "language")


@dataclass(frozen=True)
class ViewerPage:
    """The file, and the policy that it names itself, without what only a header can say."""

    html: str
    policy: str


def viewer_page(trusted: JsonObject, wording: Wording) -> ViewerPage:
    """The page that believes what is signed by the keys of `trusted`, a DID document, in the words of the
    installation."""
    script = _script(trusted, wording)
    style = _file("pages/static/jmc.css") + _file("viewer/viewer.css")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(script)}",
            f"style-src {_hash(style)}",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
    filled = {"POLICY": policy, "STYLE": style, "SCRIPT": script, "ICONS": _icons()}
    html = _file("viewer/page.html")
    for name, value in filled.items():
        html = html.replace(f"<!--{name}-->", value)
    return ViewerPage(html, policy)


def _script(trusted: JsonObject, wording: Wording) -> str:
    given = {
        "TRUST": trusted,
        "ORGANIZATION": (wording.name_ja, wording.name_en),
        "WORDS": _words(),
        "LABELS": _labels(wording),
        "VOCABULARIES": {name: VOCABULARIES[name] for name in _VOCABULARIES},
    }
    constants = "".join(f"const {name} = {_literal(value)};\n" for name, value in given.items())
    return constants + "\n".join(_file(f"viewer/script/{name}.js") for name in SCRIPTS)


def _words() -> Mapping[str, Iterable[str]]:
    return {code: said for code, said in SENTENCES.items() if code.startswith(_WORDS)}


def _labels(wording: Wording) -> Mapping[str, tuple[str, str]]:
    """English text → (Japanese, English), with the chosen words in them and `{name}` for the other placeholders. An
    English singular stands under a key of its own."""
    japanese = translations("ja")
    found = {text: (japanese.gettext(text), text) for text in _LABELS}
    for one, many in _COUNTED:
        found[one], found[many] = ((japanese.ngettext(one, many, 2), text) for text in (one, many))
    said = (chosen_words("ja", wording), chosen_words("en", wording))
    return {key: (_filled(ja, said[0]), _filled(en, said[1])) for key, (ja, en) in found.items()}


def _filled(text: str, words: Mapping[str, str]) -> str:
    filled = _PLACE.sub(lambda place: words.get(place[1], f"{{{place[1]}}}"), text)
    return filled.replace("%%", "%")


def _literal(value: object) -> str:
    """JSON that can stand in a script: nothing in it ends the element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _icons() -> str:
    lines = _file("pages/static/icons.svg").splitlines()
    return "\n".join(line.strip() for line in lines if any(f'<symbol id="{name}"' in line for name in _ICONS))


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _file(name: str) -> str:
    return (files("jmc_vc.web") / name).read_text(encoding="utf-8")
