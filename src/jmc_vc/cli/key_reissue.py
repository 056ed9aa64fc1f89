"""`keys reissue`: sign anew what a compromised key signed before others may have had it."""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from jmc_vc.bootstrap import Service
from jmc_vc.cli.confirming import confirm
from jmc_vc.cli.key_options import Kid, Owner
from jmc_vc.cli.opening import login, opened_to_seal
from jmc_vc.cli.options import AsJson, Data, DryRun, Lang, Yes
from jmc_vc.cli.terminal import ExitCode, Terminal, terminal_of
from jmc_vc.domain.japan_time import to_the_second
from jmc_vc.issuing.reissue import ReissueScope
from jmc_vc.issuing.sign_anew import Fate

_LEFT = (Fate.REVOKED, Fate.TOO_LATE, Fate.OVERTAKEN, Fate.DAMAGED)
_TO_BE_LOOKED_AT = (Fate.TOO_LATE, Fate.DAMAGED)
"""Those that somebody has to decide about: their ids are listed."""
_LISTED = 20
"""Ids on the terminal: more push what matters off the screen, and `--json` has them all."""


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
        found = _run(service, scope, dry_run=dry_run, silent=terminal.as_json)
        seconds = monotonic() - began
        copies = service.reissue.copies(owner, kid)
        found.left[Fate.TOO_LATE] += copies.too_late
        count, learners = found.fates[Fate.REISSUED], len(found.learners | copies.learners)
        many_left = {fate: len(found.left[fate]) for fate in _LEFT}
        value = {
            "owner": owner,
            "kid": kid,
            "done": not dry_run,
            Fate.REISSUED.value: count,
            **{fate.value: many_left[fate] for fate in _LEFT},
            "erased": scope.erased,
            "left": {fate.value: [str(uuid) for uuid in found.left[fate]] for fate in _LEFT},
            "copies": copies.count,
            "seconds": round(seconds, 1),
            "tell": {"issuer": scope.issuer.number, "email": scope.issuer.email, "learners": learners},
        }
        lines = [plan, terminal.text("cli.nothing_done")] if dry_run else []
        said = "cli.reissue_would" if dry_run else "cli.reissued"
        lines.append(terminal.text(said, count=f"{count:,}", seconds=f"{seconds:,.1f}"))
        for fate in _LEFT:
            if many_left[fate]:
                lines.append(terminal.text(f"cli.reissue_{fate.value}", count=f"{many_left[fate]:,}"))
            if fate in _TO_BE_LOOKED_AT:
                lines += _listed(terminal, found.left[fate])
        if scope.erased:
            lines.append(terminal.text("cli.reissue_erased", count=f"{scope.erased:,}"))
        if count or copies.count:  # of earlier runs, too: who was interrupted still has to tell them
            lines += _whom_to_tell(terminal, scope, learners)
        terminal.show(value, *lines)
        return ExitCode.UNAVAILABLE if many_left[Fate.DAMAGED] else ExitCode.DONE


@dataclass(frozen=True)
class _Found:
    """What became of how many, which were left, and a keyed hash of each learner with a new copy."""

    fates: Counter[Fate] = field(default_factory=Counter)
    left: dict[Fate, list[UUID]] = field(default_factory=lambda: {fate: [] for fate in _LEFT})
    learners: set[bytes] = field(default_factory=set)


def _run(service: Service, scope: ReissueScope, *, dry_run: bool, silent: bool) -> _Found:
    """All batches, one after another."""
    found = _Found()
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
                actor=login(scope.issuer),
                now=service.clock(),
                dry_run=dry_run,
            )
            if batch.last is None:
                return found
            found.fates.update(batch.fates.values())
            found.learners.update(batch.learners)
            for uuid, fate in batch.fates.items():
                if fate in _LEFT:
                    found.left[fate].append(uuid)
            after = batch.last
            progress.advance(bar, len(batch.fates))


def _listed(terminal: Terminal, uuids: Sequence[UUID]) -> list[str]:
    more = [] if len(uuids) <= _LISTED else [terminal.text("cli.reissue_more", count=f"{len(uuids) - _LISTED:,}")]
    return [*(f"  {uuid}" for uuid in uuids[:_LISTED]), *more]


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
