"""What an entry of the corpus is: a file, and what whoever verifies it should find."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from tests.corpus.issuers import NOW, dumped

Finding = tuple[str, str]
"""An outcome and its code."""
Findings = Mapping[str, Finding]


class Kind(StrEnum):
    """What the entry is for."""

    GOOD = "good"
    """Genuine, and to be accepted."""
    BAD = "bad"
    """To be refused: forged, altered, revoked, out of date or malformed."""
    OPEN = "open"
    """Neither: something about it cannot be found out."""


def passed(code: str) -> Finding:
    return "pass", code


def fails(code: str) -> Finding:
    return "fail", code


def unknown(code: str) -> Finding:
    return "unknown", code


def nothing(code: str) -> Finding:
    return "not_applicable", code


GENUINE: Findings = {
    "parse": passed("parse.read"), "context": passed("context.known"), "schema": passed("schema.conforms"),
    "coverage": passed("coverage.complete"), "proof": passed("proof.verified"), "key": passed("key.bound"),
    "claims": nothing("claims.none"), "validity": passed("validity.current"), "status": nothing("status.none"),
    "issuer": unknown("issuer.not_registered"), "program": unknown("program.issuer_unknown"),
    "mark": nothing("mark.none"), "endorsement": nothing("endorsement.none"),
    "recipient": nothing("recipient.not_asked"), "holder": nothing("holder.not_shown"),
    "refresh": nothing("refresh.not_offered"),
}  # fmt: skip
"""What is found of a genuine badge with an embedded proof, of an issuer that is not in the register."""
ACCREDITED: Findings = {"issuer": passed("issuer.registered"), "program": passed("program.accredited_then")}
"""Besides, of one that is."""
_OF_ITS_ISSUER = frozenset({"validity", "status", "issuer", "program", "mark", "endorsement", "recipient", "holder"})
AS_TOKEN: Findings = {"claims": passed("claims.agree")}
"""Besides, of one in a token."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One entry. `body` makes what is in the file, JSON where it answers a dict; `what` tells what it is, and `defect`
    the one thing that is wrong with it. `found` is what differs from GENUINE, and `fault` names the check by which the
    defect is found. `refused` is the code of a refusal, in the place of all findings, when there is nothing to report
    on. `serves` is what its hosts have for it, by address. `verdicts` are those of the credentials in a presentation;
    `asked` is the domain and the challenge by which the verifier asked the holder; `endorsements` is what is found of
    each endorsement in a badge, the mark of the accrediting body among them.
    """

    name: str
    what: str
    body: Callable[[], Any]
    kind: Kind = Kind.GOOD
    ids: tuple[str, ...] = ()
    defect: str | None = None
    fault: str | None = None
    found: Findings = field(default_factory=dict)
    refused: str | None = None
    serves: Callable[[], Mapping[str, Any]] = dict
    at: datetime = NOW
    verdicts: tuple[str, ...] | None = None
    suffix: str = "json"
    asked: tuple[str, str] | None = None
    endorsements: tuple[Finding, ...] = ()

    @property
    def file(self) -> str:
        """Where it stands in the corpus."""
        return f"credentials/{self.kind.value}/{self.name}.{self.suffix}"

    def written(self) -> bytes:
        """The bytes of the file."""
        return as_bytes(self.body())

    def findings(self) -> dict[str, Finding]:
        """What each check finds; of a presentation, those about who shows it. Of what is not shown to be its issuer's
        word, nothing that would pass is told, and of a forgery nothing that would fail either: it may speak of somebody
        else's credential."""
        if self.verdicts is not None:
            return dict(self.found)
        found = {**GENUINE, **self.found}
        of_proof = {found[check][0] for check in ("context", "schema", "coverage", "proof", "key", "claims")}
        hidden = {"pass", "fail"} if "fail" in of_proof else {"pass"} if "unknown" in of_proof else set()
        return {
            check: unknown(f"{check}.not_judged") if check in _OF_ITS_ISSUER and finding[0] in hidden else finding
            for check, finding in found.items()
        }

    def credentials(self, policy: str) -> list[str]:
        """The verdicts on those in a presentation, whose issuers are not in the register."""
        known = {"valid": "indeterminate"} if policy == "default" else {}
        return [known.get(verdict, verdict) for verdict in self.verdicts or ()]

    def verdict(self, policy: str) -> str:
        """By the rule that every policy shares: a failure refutes, and what is open leaves open."""
        found = self.findings()
        required = (*REQUIRED[policy], "holder") if self.asked else REQUIRED[policy]
        outcomes = {found[check][0] for check in required if check in found}
        if self.verdicts == ():
            outcomes.add("unknown")  # nothing was shown, so nothing was found to be good
        outcomes.update(
            {"invalid": "fail", "indeterminate": "unknown"}.get(each, "pass") for each in self.credentials(policy)
        )
        return "invalid" if "fail" in outcomes else "indeterminate" if "unknown" in outcomes else "valid"


_TECHNICAL = ("parse", "context", "schema", "coverage", "proof", "key", "claims", "validity", "status")
REQUIRED: Mapping[str, tuple[str, ...]] = {"technical": _TECHNICAL, "default": (*_TECHNICAL, "issuer", "program")}
"""What each policy wants to pass, or not to apply in the case of `claims` and `status`."""


def as_bytes(made: Any) -> bytes:
    """What stands in a file: bytes and texts as they are, everything else as JSON."""
    return made if isinstance(made, bytes) else made.encode() if isinstance(made, str) else dumped(made)
