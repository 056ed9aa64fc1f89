"""The page docs/reference/problems.md: every code that a problem can have, generated from the errors themselves."""

import importlib
import pkgutil

import jmc_vc
from jmc_vc.errors import Error
from jmc_vc.sentences import SENTENCES
from jmc_vc.web.problems import concrete_errors, kind_of, sentences_of, status_of

_HEAD = """# Problems

Every error of the API is an `application/problem+json` document (RFC 9457). Its `code` is stable; its sentence comes in
Japanese and English, and `type` is an address that explains the code. Below, `{…}` stands for what a sentence is filled
with. A finding of a verification is no problem: it is answered with 200, in the report.

```json
{"type": "https://…/problems/request.extra_member", "title": "受け付けられません", "status": 422, "detail": "…",
 "code": "request.extra_member", "message": {"ja": "…", "en": "…"},
 "errors": [{"pointer": "/issuer", "code": "request.extra_member", "message": {"ja": "…", "en": "…"}}],
 "traceId": "0f3a…"}
```

`traceId` is the number to quote when you ask us; it is also in the header `X-Request-Id`. 429 and 503 come with
`Retry-After`.
"""


def reference() -> str:
    """The page. Every module is imported first, so that no error is missing."""
    for module in pkgutil.walk_packages(jmc_vc.__path__, "jmc_vc."):
        if ".migrations" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    errors = {code: error for code, error in concrete_errors().items() if _is_answered(error)}
    by_status: dict[int, list[str]] = {}
    for code, error in errors.items():
        by_status.setdefault(status_of(error), []).append(code)
    lines = [_HEAD]
    for status, codes in sorted(by_status.items()):
        title = kind_of(errors[codes[0]]).title
        lines += [f"## {status} {title.en} / {title.ja}", "", "| code | ja | en |", "|---|---|---|"]
        lines += [f"| `{code}` | {_cell(errors[code], 0)} | {_cell(errors[code], 1)} |" for code in codes]
        lines.append("")
    return "\n".join(lines)


def _is_answered(error: type[Error]) -> bool:
    """Errors of the configuration stop the start and are never answered over HTTP."""
    return not error.code.startswith("config.") and error.code in SENTENCES


def _cell(error: type[Error], language: int) -> str:
    """Everything that the code can say, a line each."""
    return "<br>".join(SENTENCES[each][language].replace("|", "\\|") for each in sentences_of(error))
