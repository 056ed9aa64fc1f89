"""`keys reissue`: sign anew what a compromised key signed before others may have had it."""

import sys
from collections import Counter
from time import monotonic

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from jmc_vc.bootstrap import Service
from jmc_vc.cli.confirming import confirm
from jmc_vc.cli.key_options import Kid, Owner
from jmc_vc.cli.opening import opened_to_seal, operator
from jmc_vc.cli.options import AsJson, Data, DryRun, Lang, Yes
from jmc_vc.cli.terminal import ExitCode, Terminal, terminal_of
from jmc_vc.domain.japan_time import to_the_second
from jmc_vc.issuing.reissue import ReissueScope
from jmc_vc.issuing.sign_anew import Fate

_LEFT = (Fate.REVOKED, Fate.TOO_LATE, Fate.OVERTAKEN, Fate.DAMAGED)


def reissue(
    context: typer.Context,
    *,
    owner: Owner,
    kid: Kid,
    dry_run: DryRun = False,
    yes: Yes = False,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> ExitCode:
    """Sign the credentials of a compromised key anew / 危殆化した鍵の証明に署名し直す"""
    terminal = terminal_of(context)
    with opened_to_seal(data) as service:
        scope = service.reissue.scope(owner, kid, now=service.clock())
        plan = terminal.text(
            "cli.reissue_plan",
            owner=owner,
            kid=kid,
            count=f"{scope.credentials:,}",
            since=to_the_second(scope.key.compromised_since or scope.key.created_at),
        )
        if not dry_run:
            confirm(terminal, plan, scope.issuer.number, yes=yes)
        began = monotonic()
        fates, learners = _run(service, scope, dry_run=dry_run, silent=terminal.as_json)
        seconds = monotonic() - began
        count = fates[Fate.REISSUED]
        value = {
            "owner": owner,
            "kid": kid,
            "done": not dry_run,
            **{fate.value: fates[fate] for fate in Fate},
            "erased": scope.erased,
            "seconds": round(seconds, 1),
            "tell": {"issuer": scope.issuer.number, "email": scope.issuer.email, "learners": learners},
        }
        lines = [plan, terminal.text("cli.nothing_done")] if dry_run else []
        said = "cli.reissue_would" if dry_run else "cli.reissued"
        lines.append(terminal.text(said, count=f"{count:,}", seconds=f"{seconds:,.1f}"))
        left = {**{fate.value: fates[fate] for fate in _LEFT}, "erased": scope.erased}
        lines += [terminal.text(f"cli.reissue_{name}", count=f"{many:,}") for name, many in left.items() if many]
        if count:
            lines += _whom_to_tell(terminal, scope, learners)
        terminal.show(value, *lines)
        return ExitCode.UNAVAILABLE if fates[Fate.DAMAGED] else ExitCode.DONE


def _run(service: Service, scope: ReissueScope, *, dry_run: bool, silent: bool) -> tuple[Counter[Fate], int]:
    """All batches, one after another: what became of how many, and the number of learners with a new copy."""
    fates: Counter[Fate] = Counter()
    learners: set[bytes] = set()
    columns = BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    # Beside the output; where no terminal is, nothing is drawn.
    with Progress(*columns, console=Console(file=sys.stderr), transient=True, disable=silent) as progress:
        bar = progress.add_task("", total=scope.credentials)
        after = None
        while True:
            batch = service.reissue(
                scope.issuer.slug,
                scope.key.kid,
                after=after,
                actor=operator(scope.issuer),
                now=service.clock(),
                dry_run=dry_run,
            )
            if batch.last is None:
                return fates, len(learners)
            fates.update(batch.fates.values())
            learners |= batch.learners
            after = batch.last
            progress.advance(bar, len(batch.fates))


def _whom_to_tell(terminal: Terminal, scope: ReissueScope, learners: int) -> list[str]:
    issuer = scope.issuer
    code = "cli.reissue_tell" if issuer.email else "cli.reissue_tell_no_address"
    return [
        terminal.text(
            code,
            number=issuer.number,
            name=issuer.name_ja if terminal.language == "ja" else issuer.name_en,
            email=issuer.email or "",
            learners=f"{learners:,}",
        )
    ]
