"""Characters that make text read in another order than it is stored in.

A text with them can show a reader something else than a program finds in it, and can reach beyond itself into the page
around it. https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters; threat:
https://trojansource.codes/.
"""

BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Embeddings, overrides and isolates. The marks U+200E, U+200F and U+061C turn nothing but their neighbours, and
Arabic and Hebrew need them."""
