"""What is wrong, as the VC API tells it: https://w3c.github.io/vcalm/#error-handling, with types that W3C has named.

Our code and the sentence stand beside, because they are finer than the types.
"""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import Headers
from starlette.types import Scope

from jmc_vc.errors import Error, Param
from jmc_vc.formats.data_model.problem_details import problem_type
from jmc_vc.sentences import Sentence, sentence
from jmc_vc.verifying.check import Check, Outcome
from jmc_vc.verifying.report import Report
from jmc_vc.web.negotiation import best_language
from jmc_vc.web.problems import kind_of, said_of, type_url

_TITLES: Mapping[Outcome, Sentence] = {
    Outcome.FAIL: Sentence("確認の結果、問題がありました", "A check failed"),
    Outcome.UNKNOWN: Sentence("確認できませんでした", "Could not be checked"),
}


def problem_detail(error: Error, scope: Scope, *, base_url: str) -> dict[str, Any]:
    """`type`, `title`, `detail` and `code` of `error`, and the `pointer` to the member at fault, if there is one."""
    return _detail(
        error.code, kind_of(type(error)).title, said_of(error), scope, base_url=base_url, pointer=error.pointer
    )


def problem_details(report: Report, scope: Scope, *, base_url: str) -> list[dict[str, Any]]:
    """Of every check that the policy needs and that failed or could not be made."""
    return [
        _of_check(check, scope, base_url=base_url)
        for check in report.checks
        if check.id in report.policy.required and check.finding.outcome in _TITLES
    ]


def _of_check(check: Check, scope: Scope, *, base_url: str) -> dict[str, Any]:
    params: Mapping[str, Param] = check.finding.params
    said = sentence(check.finding.code, **params)
    return _detail(check.finding.code, _TITLES[check.finding.outcome], said, scope, base_url=base_url)


def _detail(
    code: str, title: Sentence, said: Sentence, scope: Scope, *, base_url: str, pointer: str | None = None
) -> dict[str, Any]:
    language = best_language(Headers(scope=scope).get("accept-language"))
    detail = {
        "type": problem_type(code) or type_url(base_url, code),
        "title": title.in_language(language),
        "detail": said.in_language(language),
        "code": code,
    }
    return detail if pointer is None else {**detail, "pointer": pointer}
