"""Presentations that somebody asked for with a domain and a challenge: did the holder of the badge show it, to us and
now? And what is shown without that, or not at all."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.corpus.bad_files import genuine, loaded, presentation
from tests.corpus.case import Case, Findings, Kind, fails, passed, unknown
from tests.corpus.documents import at, pottery
from tests.corpus.issuers import NOW, POTTERY, Json, did_key
from tests.corpus.keys import ED25519, P256, key
from tests.corpus.sd_jwt_vcs import ASKED

HOLDER, FRIEND = key(ED25519, "holder"), key(P256, "holder")
DOMAIN, CHALLENGE = ASKED


def own(by: Any = HOLDER, **changes: Any) -> Json:
    """A badge of the holder of this key."""
    return POTTERY.sign(at(pottery(**changes), "credentialSubject/id", did_key(by)[0]))


def shown(*credentials: Json, domain: str | None = DOMAIN, challenge: str | None = CHALLENGE, **options: Any) -> Json:
    """A presentation in answer to a question."""
    asked: Json = {"domain": domain, "challenge": challenge}
    return presentation(*credentials, **{name: value for name, value in asked.items() if value is not None}, **options)


def _shown(
    name: str, what: str, body: Callable[[], Any], verdicts: tuple[str, ...] | None, found: Findings,
    defect: str | None = None, fault: str | None = None, kind: Kind | None = None, **more: Any,
) -> Case:  # fmt: skip
    return Case(
        name=f"shown-{name}", what=what, body=body, verdicts=verdicts, found=found, defect=defect, fault=fault,
        kind=kind or (Kind.GOOD if defect is None else Kind.BAD), asked=more.pop("asked", ASKED), **more,
    )  # fmt: skip


PROVED: Findings = {"proof": passed("vp.proof_verified")}
BY_THE_HOLDER: Findings = {**PROVED, "holder": passed("holder.is_subject")}


def refused(code: str) -> Findings:
    return {"proof": fails(code), "holder": fails(code)}


A_BADGE = "a presentation of a badge, in answer to a question"
SHOWN: tuple[Case, ...] = (
    _shown("by-the-holder", A_BADGE, lambda: shown(own()), ("valid",), BY_THE_HOLDER),
    _shown("two-by-the-holder", "a presentation of two badges, in answer to a question",
           lambda: shown(own(), own(id=f"{POTTERY.base}/credentials/2")), ("valid", "valid"), BY_THE_HOLDER),
    _shown("to-another", A_BADGE, lambda: shown(own(), domain="https://other.example"), ("invalid",),
           refused("proof.domain"), "it was made for another", "proof"),
    _shown("for-another-challenge", A_BADGE, lambda: shown(own(), challenge="old"), ("invalid",),
           refused("proof.challenge"), "it answers another question", "proof"),
    _shown("to-nobody", A_BADGE, lambda: shown(own(), domain=None, challenge=None), ("invalid",),
           refused("proof.domain"), "it was made for nobody in particular", "proof"),
    _shown("of-somebody-else", A_BADGE, lambda: shown(own(FRIEND)), ("invalid",),
           {**PROVED, "holder": fails("holder.other_subject")}, "the badge is another's", "holder"),
    _shown("one-of-somebody-else", "a presentation of two badges, in answer to a question",
           lambda: shown(own(), own(FRIEND, id=f"{POTTERY.base}/credentials/2")), ("valid", "invalid"),
           {**PROVED, "holder": fails("holder.other_subject")}, "the second badge is another's", "holder"),
    _shown("of-nobody", A_BADGE, lambda: shown(POTTERY.sign(at(pottery(), "credentialSubject/id"))), ("indeterminate",),
           {**PROVED, "holder": unknown("holder.subject_unnamed")}, "the badge does not say by an id whose it is",
           "holder", Kind.OPEN),
    _shown("one-altered", "a presentation of two badges, in answer to a question",
           lambda: shown(own(), at(own(id=f"{POTTERY.base}/credentials/2"), "name", "Doctor of Pottery")),
           ("valid", "invalid"), {**PROVED, "holder": unknown("holder.not_judged")}, "the second badge was altered",
           ids=("VJ-73",)),
    _shown("altered", A_BADGE, lambda: {**shown(own()), "verifiableCredential": [loaded(genuine())]}, ("invalid",),
           refused("proof.crypto"), "the badge was exchanged for another after signing", "proof"),
    _shown("made-tomorrow", A_BADGE, lambda: shown(own(), created=NOW + timedelta(days=1)), ("invalid",),
           refused("vp.not_yet"), "the proof was made one day from now", "proof"),
    _shown("expired", A_BADGE, lambda: shown(own(), expires="2026-11-22T00:00:00Z"), ("invalid",),
           refused("vp.expired"), "the proof's own time is over", "proof"),
    _shown("bare", "a badge alone, where its holder was asked to show it", genuine, None,
           {"holder": fails("holder.no_binding")}, "nobody shows to have the holder's key", "holder"),
    _shown("nothing", "a presentation of nothing, in answer to a question", shown, (),
           {**PROVED, "holder": unknown("vp.empty")}, "there is no badge in it", "holder", Kind.OPEN),
    _shown("nothing-asked-by-nobody", "a presentation of nothing", presentation, (),
           {**PROVED, "holder": unknown("vp.empty")}, "there is no badge in it", kind=Kind.OPEN, asked=None),
)  # fmt: skip
