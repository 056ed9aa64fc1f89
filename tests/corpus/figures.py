"""How many of the corpus are judged wrongly, and how many for the wrong reason: by us, and, where it was asked, by
@digitalcredentials/verifier-core.

    python -m tests.corpus.figures    judge all of it and print the table
"""
# ruff: noqa: T201 - a command prints

import io
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jmc_vc import event_log
from tests.corpus.judge import Judged, expected, installed, judged, manifest
from tests.corpus.peer import Answers, answers, ask
from tests.parts import missing


@dataclass
class Figures:
    """Counts over the corpus. `wrong` names what was judged otherwise than it says, and how."""

    good: int = 0
    bad: int = 0
    undecidable: int = 0
    false_rejects: int = 0
    false_accepts: int = 0
    right_verdicts: int = 0
    reasons: int = 0
    right_reasons: int = 0
    checks: int = 0
    right_checks: int = 0
    wrong: dict[str, Any] = field(default_factory=dict)

    def count(self, entry: Mapping[str, Any], found: Judged, *, policy: str = "technical") -> None:
        """One entry more. A false accept is a verdict of valid where another is due; a false reject any other where
        valid is."""
        due = expected(dict(entry), policy)
        wanted = due.verdict or "refused"
        said = found.verdict or "refused"
        match entry["kind"]:
            case "good":
                self.good += 1
            case "bad":
                self.bad += 1
            case _:
                self.undecidable += 1
        self.false_rejects += wanted == "valid" != said
        self.false_accepts += said == "valid" != wanted
        self.right_verdicts += said == wanted
        if "fault" in entry or "refused" in entry:
            self.reasons += 1
            self.right_reasons += _reason(entry) == (
                found.refused if "refused" in entry else found.checks.get(entry["fault"][0], ["", ""])[1]
            )
        self.checks += len(due.checks)
        self.right_checks += sum(found.checks.get(name) == finding for name, finding in due.checks.items())
        if found != due:
            self.wrong[entry["file"]] = found


def _reason(entry: Mapping[str, Any]) -> str:
    reason: str = entry["refused"] if "refused" in entry else entry["fault"][2]
    return reason


def our_figures() -> Figures:
    """All of the corpus through the pipeline, under `technical` (what any verifier can know) and, as to the accredited
    ones, under `default`."""
    figures = Figures()
    with installed() as installation:
        for entry in manifest()["credentials"]:
            # Of what the register alone can tell, `technical` says nothing.
            policy = "default" if entry.get("fault", [""])[0] in ("issuer", "program") else "technical"
            figures.count(entry, judged(installation, entry, policy), policy=policy)
    return figures


def their_figures(said_by_them: Answers) -> Figures:
    """What verifier-core says of the files that it reads. Its reasons are its own."""
    figures = Figures()
    entries = {entry["file"]: entry for entry in manifest()["credentials"]}
    for file, said in said_by_them.items():
        entry = entries[file]
        refused = "refused" in entry and said["verdict"] == "invalid"
        found = Judged(None if refused else said["verdict"], {}, refused=entry.get("refused"))
        figures.count(entry, found)
    return figures


def table(ours: Figures, theirs: Figures) -> str:
    """The table of the README."""
    rows = (
        ("credentials, presentations and other files", *(f.good + f.bad + f.undecidable for f in (ours, theirs))),
        ("good / bad / not to be decided", *(f"{f.good} / {f.bad} / {f.undecidable}" for f in (ours, theirs))),
        ("false accepts: *valid* where it is not due", *(f.false_accepts for f in (ours, theirs))),
        ("false rejects: not *valid* where it is due", *(f.false_rejects for f in (ours, theirs))),
        ("the very verdict that is due", *(f.right_verdicts for f in (ours, theirs))),
        ("for the right reason", f"{ours.right_reasons} of {ours.reasons}", "–"),
        ("answers of single checks as they are due", f"{ours.right_checks} of {ours.checks}", "–"),
    )
    head = "| the corpus | this service | `@digitalcredentials/verifier-core` |\n|---|---|---|\n"
    return head + "".join(f"| {title} | {mine} | {peers} |\n" for title, mine, peers in rows)


def main() -> int:
    """Print the table; 1 when anything was judged otherwise than it says."""
    event_log.configure(io.StringIO())  # what an operator would be told of the entries is no part of this
    ours = our_figures()
    here = missing("node") is None and missing("node-packages") is None
    print(table(ours, their_figures(ask() if here else answers())))
    for file, found in ours.wrong.items():
        print(f"{file}: {found}")
    if not here:
        print("The peer is not here (npm ci in tests/interop): its column is what it said when it was asked last.")
    return bool(ours.wrong)


if __name__ == "__main__":
    sys.exit(main())
