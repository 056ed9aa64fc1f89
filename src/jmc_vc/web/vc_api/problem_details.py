"""What is wrong, as the VC API tells it: https://w3c.github.io/vcalm/#error-handling, with types that W3C has named.

Our code and the sentence stand beside, because they are finer than the types.
"""

from typing import Any

from starlette.datastructures import Headers
from starlette.types import Scope

from jmc_vc.errors import Error
from jmc_vc.formats.data_model.problem_details import problem_type
from jmc_vc.web.negotiation import best_language
from jmc_vc.web.problems import kind_of, said_of, type_url


def problem_detail(error: Error, scope: Scope, *, base_url: str) -> dict[str, Any]:
    """`type`, `title`, `detail` and `code` of `error`, and the `pointer` to the member at fault, if there is one."""
    language = best_language(Headers(scope=scope).get("accept-language"))
    detail = {
        "type": problem_type(error.code) or type_url(base_url, error.code),
        "title": kind_of(type(error)).title.in_language(language),
        "detail": said_of(error).in_language(language),
        "code": error.code,
    }
    return detail if error.pointer is None else {**detail, "pointer": error.pointer}
