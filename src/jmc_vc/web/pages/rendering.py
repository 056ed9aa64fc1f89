"""From a template and values to a page in one language.

One Jinja environment per language and wording, made once. Everything is escaped unless it is Markup; a name that a
template misspells is an error and not an empty place. Texts stand in English in the templates and in Japanese in
`locale/ja/LC_MESSAGES/pages.po`; sentences with a code come from `jmc_vc.sentences`.
"""

import gettext
import re
from collections.abc import Iterator, Mapping
from functools import cache, partial
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, Undefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from jmc_vc.domain.vocabulary import label
from jmc_vc.sentences import sentence
from jmc_vc.web.headers import CONTENT_SECURITY_POLICY
from jmc_vc.web.pages import dates
from jmc_vc.web.pages.language import Language, address, language_of, other, same_page
from jmc_vc.web.pages.markdown import inert
from jmc_vc.web.pages.names import text_language
from jmc_vc.web.pages.shown_text import MOST, ShownText, shown_text
from jmc_vc.web.pages.static_files import static_address
from jmc_vc.web.pages.wording import Wording, wording_of

_PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
"""For pages about a person: kept by nobody on the way, found by no search engine, and the address goes nowhere."""
_SCRIPTED = {
    "Content-Security-Policy": f"{CONTENT_SECURITY_POLICY}; script-src 'self'; connect-src 'self'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
}
"""For the few pages with a script: a file of ours, which talks to us alone and cannot make markup out of text."""


def render(
    request: Request,
    template: str,
    *,
    status: int = 200,
    private: bool = False,
    test_data: bool = False,
    script: str | None = None,
    headers: Mapping[str, str] | None = None,
    **values: Any,
) -> HTMLResponse:
    """The page. `private` for pages about a person, `test_data` if anything on it is fictional (gray band on top);
    `script` is the one of our static files that it may run."""
    language = language_of(request)
    body = rendered(
        request,
        template,
        private=private,
        test_data=test_data,
        script=script,
        path=request.url.path,
        this_page=same_page(request, language),
        other_page=same_page(request, other(language)),
        **values,
    )
    own = headers_of(language, private=private)
    return HTMLResponse(body, status, {**own, **(_SCRIPTED if script else {}), **(headers or {})})


def rendered(request: Request, template: str, **values: Any) -> str:
    """The text of a template, or of a part of a page that goes out piece by piece."""
    environment = _environment(language_of(request), wording_of(request.app.state.service.settings))
    return environment.get_template(template).render(**values)


def headers_of(language: Language, *, private: bool = False) -> dict[str, str]:
    """Those that every page carries."""
    sent = {"Content-Language": language, "Vary": "Accept", "Cache-Control": "no-cache"}
    return {**sent, **(_PRIVATE if private else {})}


def translations(language: Language) -> gettext.NullTranslations:
    """The catalogue of `language`; English is what stands in the templates."""
    if language == "en":
        return gettext.NullTranslations()
    with (files("jmc_vc.web.pages") / "locale" / language / "LC_MESSAGES" / "pages.mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled)


class Absent(Undefined):
    """A member that a JSON object does not have counts as no and as empty, for many members are optional. It cannot be
    written out, and a name that the template itself misspells stays an error everywhere."""

    def __bool__(self) -> bool:
        self._require_optional()
        return False

    def __iter__(self) -> Iterator[Any]:
        self._require_optional()
        return iter(())

    def __str__(self) -> str:
        return self._fail_with_undefined_error()

    def _require_optional(self) -> None:
        if not isinstance(self._undefined_obj, Mapping):
            self._fail_with_undefined_error()


@cache
def _environment(language: Language, wording: Wording) -> Environment:
    environment = Environment(
        loader=PackageLoader("jmc_vc.web.pages"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=Absent,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(
        day=partial(dates.day, language=language),
        moment=partial(dates.moment, language=language),
        era=dates.era,
        machine_day=dates.machine_day,
        machine_moment=dates.machine_moment,
        number=_number,
        inert=inert,
        displayed=_displayed,
        first_sentence=_first_sentence,
        text_language=text_language,
    )
    environment.globals.update(
        language=language,
        other_language=other(language),
        **chosen_words(language, wording),
        url=partial(address, language),
        static=static_address,
        label=partial(_label, language),
        say=partial(_say, language),
        written=partial(_written, language),
    )
    return environment


def _label(language: Language, vocabulary: str, code: str) -> str:
    """What the vocabulary's value is called."""
    return label(vocabulary, code).in_language(language)


def _say(language: Language, code: str, params: Mapping[str, Any] | None = None) -> str:
    """The sentence of `code`."""
    return sentence(code, **(params or {})).in_language(language)


def _written(language: Language, text: Mapping[str, str]) -> str:
    """A text that stands in both languages, in that of the page."""
    return text.get(language) or text["ja"]


def _displayed(text: str, most: int = MOST) -> ShownText:
    return shown_text(str(text), most=most)


def _first_sentence(text: str) -> str:
    """What is wrong, without what to do about it: for a link to where both stand."""
    return re.split(r"(?<=。)|(?<=[.?]) ", text, maxsplit=1)[0]


def _number(value: float) -> str:
    """90, 1.3, 88,000: no decimal point after a whole number, a comma in thousands."""
    return f"{value:,.10g}"


def chosen_words(language: Language, wording: Wording) -> Mapping[str, str]:
    """The configurable words as the texts have them. English needs four forms, two of them at the start of a sentence;
    Japanese has one."""
    japanese = language == "ja"
    noun, adjective = (wording.japanese, wording.japanese) if japanese else (wording.noun, wording.adjective)
    return {
        "organization": wording.name_ja if japanese else wording.name_en,
        "organization_short": wording.short,
        "accreditation": noun,
        "Accreditation": noun[:1].upper() + noun[1:],
        "accredited": adjective,
        "Accredited": adjective[:1].upper() + adjective[1:],
    }
