"""Markdown that others wrote, as inert HTML: paragraphs, lists, emphasis, and nothing that leads anywhere.

Links and pictures become their text: a badge must not be able to put an address under our name (bad-input catalogue
AP-18, AP-19). Characters that cannot be seen become visible (`shown_text`). markdown-it makes the HTML with raw HTML
switched off, nh3 then lets only the tags below through, so that either alone would do.
"""

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from jmc_vc.web.pages.shown_text import WHOLE, shown_text

_TAGS = {"p", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "br", "h3"}
_READER = MarkdownIt("commonmark", {"html": False}).disable(["link", "autolink", "image", "html_block", "html_inline"])


def inert(text: str) -> Markup:
    """The HTML of `text`. Headings of every level become `h3`, so that they stand below the headings of the page."""
    tokens = _READER.parse(shown_text(text, most=WHOLE, lines=True).text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "h3"
    rendered = _READER.renderer.render(tokens, _READER.options, {})
    return Markup(nh3.clean(rendered, tags=_TAGS, attributes={}))  # noqa: S704 - cleaned in this very line
