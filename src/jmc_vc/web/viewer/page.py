"""Put the page together: markup, style sheet, words, keys and script in one file that needs nothing else.

The policy in its head allows this one script and this one style sheet, by their hashes, and nothing else: no
connection, no picture, no frame, no form. The keys that it trusts are a part of the script, so that the hash covers
them.
"""

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Final

from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.sentences import SENTENCES

SCRIPTS: Final = ("bytes", "keys", "graph", "signatures", "claims", "status", "log", "judge", "show", "main")
"""Files of `script/`, in their order: together they are one module."""
_WORDS: Final = (
    "viewer.", "verdict.", "axis.", "bundle.", "fixed.whatItDoesNotMean", "fixed.disclaimer", "proof.", "key.",
    "validity.", "status.", "issuer.", "program.", "token.", "schema.datetime",
)  # fmt: skip
"""How the codes begin whose sentences the page may say."""
_ICONS: Final = ("good", "bad", "unknown", "neutral", "seal", "language")


@dataclass(frozen=True)
class ViewerPage:
    """The file, and the policy that it names itself, without what only a header can say."""

    html: str
    policy: str


def viewer_page(trusted: JsonObject) -> ViewerPage:
    """The page that believes what is signed by the keys of `trusted`, a DID document."""
    script = _script(trusted)
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


def _script(trusted: JsonObject) -> str:
    given = f"const TRUST = {_literal(trusted)};\nconst WORDS = {_literal(_words())};\n"
    return given + "\n".join(_file(f"viewer/script/{name}.js") for name in SCRIPTS)


def _words() -> Mapping[str, Iterable[str]]:
    return {code: said for code, said in SENTENCES.items() if code.startswith(_WORDS)}


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
