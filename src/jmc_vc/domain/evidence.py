"""What an issuer may attach as evidence: a few links and short texts, kept as data (bad inputs AP-16 to AP-19).

A link is never fetched by this service, but a reader may click it: so https only, and no address inside anybody's
network.
"""

import re
from collections.abc import Iterable
from unicodedata import category
from urllib.parse import urlsplit

from jmc_vc.domain.award import Evidence
from jmc_vc.domain.bidi_controls import BIDI_CONTROLS
from jmc_vc.errors import Unacceptable

MOST_ITEMS = 20
LONGEST_URL = 2_048
LONGEST_NAME = 200
LONGEST_TEXT = 5_000
"""More than a page of prose is a document: it belongs behind the link."""

# RFC 3986 §3, whole: what it does not allow, canonicalization or somebody's schema would refuse after the award was
# taken.
_PATH, _QUERY = (rf"(?:[A-Za-z0-9._~!$&'()*+,;=:@/{more}-]|%[0-9A-Fa-f]{{2}})*+" for more in ("", "?"))
_URL = re.compile(rf"https://[a-z0-9.:-]+(?:/{_PATH})?(?:\?{_QUERY})?(?:#{_QUERY})?", re.IGNORECASE | re.ASCII)
_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE | re.ASCII
)
_INTERNAL = (".local", ".localhost", ".internal", ".intranet", ".lan", ".home.arpa")


class TooMuchEvidence(Unacceptable):
    """More items than a reader would look at."""

    code = "request.evidence_count"


class EvidenceLinkRefused(Unacceptable):
    """Not an https address of a public host name."""

    code = "request.evidence_url"


class EvidenceRepeated(Unacceptable):
    """Two items with one address. In the credential they would be one thing, described twice: no proof could say which
    text belongs to which item."""

    code = "request.evidence_repeated"


class EvidenceTextRefused(Unacceptable):
    """Too long, or with control characters or such that turn the text round."""

    code = "request.evidence_text"


def check(evidence: Iterable[Evidence]) -> None:
    """Raises for the first item that cannot go into a credential. Pointers are those of an assertion request."""
    items = tuple(evidence)
    if len(items) > MOST_ITEMS:
        raise TooMuchEvidence(pointer="/evidence", max=MOST_ITEMS)
    seen: set[str] = set()
    for i, item in enumerate(items):
        if item.url in seen:
            raise EvidenceRepeated(pointer=f"/evidence/{i}/id")
        if item.url is not None:
            seen.add(item.url)
        if item.url is not None and not _is_public_https(item.url):
            raise EvidenceLinkRefused(pointer=f"/evidence/{i}/id")
        for member, most in (
            ("name", LONGEST_NAME),
            ("genre", LONGEST_NAME),
            ("description", LONGEST_TEXT),
            ("narrative", LONGEST_TEXT),
        ):
            text = getattr(item, member)
            if text is not None and (len(text) > most or not text.strip() or _has_controls(text)):
                raise EvidenceTextRefused(pointer=f"/evidence/{i}/{member}", max=most)


def _is_public_https(url: str) -> bool:
    if len(url) > LONGEST_URL or not _URL.fullmatch(url):
        return False
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:  # a bracket or a port that is none
        return False
    # The last label of a name begins with a letter, so no spelling of an IPv4 address passes for one.
    return bool(_HOST.fullmatch(host)) and not host.lower().endswith(_INTERNAL)


def _has_controls(text: str) -> bool:
    return any((category(c) in ("Cc", "Cs") and c not in "\n\t") or c in BIDI_CONTROLS for c in text)
