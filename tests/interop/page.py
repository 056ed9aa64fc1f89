"""docs/reference/interop.md: what the run compares, without outcomes, which belong to a run."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from tests.interop.formats import FORMATS, Family
from tests.interop.matrix import BACK, BOTH, HOLES, NOTES, ONLY_VERIFIED, TABLE, THERE, Way
from tests.interop.peers import PEERS

SIGNS: Mapping[Way, str] = {BOTH: "⇄", THERE: "→", BACK: "←", Way(0): "–"}

SHOWN: Mapping[Family, str] = {
    Family.EMBEDDED: "An Open Badge with an embedded proof. What the service issues is verified with the DID "
    "document, the context and the status list that the peer fetches from it; what a peer signs is its own "
    "did:key's, `valid` under the policy `technical` and `indeterminate` under `default`, as JMC does not know its "
    "issuer.",
    Family.SELECTIVE_EMBEDDED: "Three sides, each of which may be ours or the peer: who signs the base proof, who "
    "derives from it and shows a part, who verifies that.",
    Family.OB3_JWT: "An Open Badge as a VC-JWT, also one around an embedded proof. What the service issues is "
    "verified with the key at the address in its `kid`.",
    Family.VC_JOSE: "An Open Badge as `vc+jwt`, its key in a did:jwk.",
    Family.VP_JOSE: "A presentation as `vp+jwt` of an enveloped `vc+jwt`, for one audience and one nonce.",
    Family.VC_SD_JWT: "An Open Badge as `vc+sd-jwt`, and three sides again: who issues; who holds, withholds a part "
    "and binds the rest to an audience and a nonce; who verifies.",
    Family.SD_JWT_VC: "The same of plain claims. What the service issues is verified with its DID document, and with "
    "the status list that it names where the peer looks.",
    Family.STATUS: "The lists of the running service are seen to change within five seconds after a revocation, a "
    "suspension and its end; those of a peer are read by our functions. The badge with a 1EdTechRevocationList is "
    "issued and found revoked by us alone.",
    Family.BAKED: "Badges with embedded proofs and as tokens: what one side bakes the other takes out, the same to "
    "the character, and verifies.",
    Family.DID: "One side makes the DID or the document, the other finds the same key by it.",
    Family.CANONICAL: "Canonical N-Quads of a badge of each example program and of a thousand generated documents "
    "are the same, byte for byte; what safe mode refuses, we refuse.",
}


def page() -> str:
    return "\n".join([*_HEAD, *_matrix(), "", *_remarks(), *_shown(), *_versions()])


_HEAD = (
    "# Interoperability",
    "",
    "<!-- Written by `make interop` from tests/interop/matrix.py. -->",
    "",
    "Other implementations check what a running instance of this service issues, and it checks what they sign. The",
    "service runs on `https://localhost` with a throw-away certificate authority; they fetch from it what they need.",
    "`make interop` runs all of it and writes the outcomes to `build/interop.json`, with an id `format/peer/direction`",
    "for each; `.ci/run` demands that all pass.",
    "",
    "→ the peer accepts ours, and refuses it after each of six or more alterations; ← we do so with the peer's; ⇄",
    "both; – neither, for the reason at the number. An empty cell is a format that is none of the peer's business.",
    "",
)


def _matrix() -> Iterable[str]:
    numbers = {text: number for number, text in enumerate(_said(), start=1)}
    yield f"| format | {' | '.join(peer.title for peer in PEERS.values())} |"
    yield "|---|" + ":-:|" * len(PEERS)
    for format_, each in FORMATS.items():
        cells = [_cell(format_, peer, numbers) for peer in PEERS]
        once = " (verified only)" if format_ in ONLY_VERIFIED else ""
        yield f"| {each.family.value}: {each.title}{once} | {' | '.join(cells)} |"


def _cell(format_: str, peer: str, numbers: Mapping[str, int]) -> str:
    if FORMATS[format_].family not in PEERS[peer].families:
        return ""
    sign = SIGNS[TABLE[format_].get(peer, Way(0))]
    marks = [f"[{numbers[text]}](#n{numbers[text]})" for text in _texts(format_, peer)]
    return " ".join([sign, *marks])


def _texts(format_: str, peer: str) -> list[str]:
    """The reason and the remark of a cell."""
    return [table[format_, peer] for table in (HOLES, NOTES) if (format_, peer) in table]


def _said() -> Mapping[str, Sequence[str]]:
    """Text → of which peers it is said, in the order of the table."""
    said: dict[str, list[str]] = {}
    for format_, peer in product(FORMATS, PEERS):
        for text in _texts(format_, peer):
            titles = said.setdefault(text, [])
            if PEERS[peer].title not in titles:
                titles.append(PEERS[peer].title)
    return said


def _remarks() -> Iterable[str]:
    yield "## Reasons and remarks"
    yield ""
    for number, (text, titles) in enumerate(_said().items(), start=1):
        yield f'{number}. <a id="n{number}"></a>{", ".join(titles)}: {text}.'
    yield ""


def _shown() -> Iterable[str]:
    yield "## What is shown"
    yield ""
    for family, text in SHOWN.items():
        yield f"- **{family.value}.** {text}"
    yield ""


def _versions() -> Iterable[str]:
    yield "## Versions"
    yield ""
    yield "| peer | what it is | packages |"
    yield "|---|---|---|"
    for peer in PEERS.values():
        packages = ", ".join(f"{name} {number}" for name, number in peer.versions().items())
        yield f"| {peer.title} | {peer.does} ({peer.registry}) | {packages} |"
    yield ""
