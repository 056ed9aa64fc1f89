"""The language of a page: Japanese unless the address says `lang=en`. Never guessed from the caller, remembered
nowhere.

So a link always opens in the language in which it was sent, and two people who compare an address see the same page
(domain journeys §1: language by URL, never by IP address).
"""

from collections.abc import Iterable, Mapping
from typing import Literal
from urllib.parse import urlencode

from starlette.requests import Request

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")


def language_of(request: Request) -> Language:
    """The language that the address asks for."""
    return "en" if request.query_params.get("lang") == "en" else "ja"


def other(language: Language) -> Language:
    """The language that the switch leads to."""
    return "ja" if language == "en" else "en"


def address(language: Language, path: str, query: Mapping[str, str] | None = None) -> str:
    """`path` with `query` in `language`: links keep the language of the page on which they stand."""
    return with_query(language, path, (query or {}).items())


def same_page(request: Request, language: Language) -> str:
    """This very page, with its query, in `language`."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return with_query(language, request.url.path, kept)


def with_query(language: Language, path: str, pairs: Iterable[tuple[str, str]]) -> str:
    """`path` with a query in which a name may stand several times."""
    query = urlencode([*pairs, *([("lang", "en")] if language == "en" else [])])
    return f"{path}?{query}" if query else path
