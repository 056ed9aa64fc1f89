"""`log verify|mirror|witness|witness-keygen`: the public log held against its rows, copied, and witnessed."""

import time
from pathlib import Path
from typing import Annotated

import typer

from jmc_vc.auditing.log_source import NoLogKeyKnown, open_by_any
from jmc_vc.auditing.mirror_log import Mirrored, MirrorLog
from jmc_vc.auditing.witness_log import WitnessLog
from jmc_vc.cli import findings
from jmc_vc.cli.files import read_bytes
from jmc_vc.cli.opening import clock, opened
from jmc_vc.cli.options import AsJson, Data, Lang
from jmc_vc.cli.terminal import Terminal, said_of, terminal_of
from jmc_vc.cli.witness_key import load_witness_key, new_witness_key
from jmc_vc.errors import Unavailable
from jmc_vc.fetching.http_log import HttpLog
from jmc_vc.formats.transparency.note_text import write_base64
from jmc_vc.formats.transparency.verifier_key import read_verifier_key
from jmc_vc.publishing.published_log import PublishedLog
from jmc_vc.storage.log_folder import LogFolder

group = typer.Typer(help="The public log / 公開ログ", no_args_is_help=True)

Url = Annotated[str | None, typer.Argument(metavar="[URL]", help="The base URL of the service whose log it is.")]
LogKey = Annotated[
    str | None,
    typer.Option(
        "--log-key",
        metavar="KEY",
        help="The log's verifier key (`name+id+key`), told by its operator. Needed the first time; kept in the folder.",
    ),
]
Authority = Annotated[
    Path | None,
    typer.Option("--authority", metavar="PEM", help="A certificate authority to trust in the place of the machine's."),
]


@group.command("verify")
def verify(
    context: typer.Context,
    *,
    from_checkpoint: Annotated[
        str | None,
        typer.Option(
            "--from-checkpoint",
            metavar="FILE",
            help="A checkpoint that was kept elsewhere; the log must contain it. Without one it does not show that the "
            "end of the log was cut off, nor that a stored checkpoint other than the last was removed.",
        ),
    ] = None,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> int:
    """Compute the public log anew, and hold all rows that it tells of against it / 公開ログを検証する"""
    terminal = terminal_of(context)
    with opened(data) as service, findings.progress_bars(terminal) as progress:
        outside = None
        if from_checkpoint is not None:
            # One of before a theft of the log's key, too: if it fits, nobody rewrote what is below it.
            keys = (*service.log.verifier_keys(), *service.log.verifier_keys.compromised())
            outside = open_by_any(read_bytes(from_checkpoint), service.site.log_origin, keys)[0].checkpoint
        audit = service.records.verify_log(outside, progress)
    code = findings.exit_code(audit.findings)
    root = "" if audit.root is None else write_base64(audit.root)
    value = {
        "size": audit.size,
        "root": root,
        "credentials": audit.credentials,
        "findings": findings.as_json(audit.findings),
        "more": audit.more,
        "restored": [{"kept": kept, "size": size} for kept, size in audit.restored],
    }
    summary = terminal.text(f"cli.log_verified_{code.name.lower()}", size=f"{audit.size:,}", root=root)
    more = [terminal.text("cli.more_findings")] if audit.more else []
    if any(each.code.endswith("_not_logged") for each in audit.findings):
        more.append(terminal.text("cli.not_logged"))
    restored = findings.restored(terminal, audit.restored)
    terminal.show(value, summary, *restored, *findings.lines(terminal, audit.findings), *more)
    return code


@group.command("mirror")
def mirror(
    context: typer.Context,
    *,
    url: Url = None,
    local: Annotated[
        bool, typer.Option("--local", help="Copy the log of this installation, from its database.")
    ] = False,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder of the copy; one that exists grows.")],
    log_key: LogKey = None,
    authority: Authority = None,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Copy a public log into a folder, or bring the copy up to date / 公開ログの写しを取る"""
    terminal = terminal_of(context)
    if local == (url is not None):
        raise typer.BadParameter("either URL or --local")
    with LogFolder(out) as folder, findings.progress_bars(terminal) as progress:
        if url is None:
            with opened(data) as service:
                folder.write("keys", "".join(f"{key.text}\n" for key in service.log.verifier_keys()).encode())
                source = _Local(service.log)
                done = MirrorLog(source=source, folder=folder, origin=service.site.log_origin)(progress)
        else:
            _remember(folder, log_key)
            log = HttpLog(url, authority=authority)
            done = MirrorLog(source=log, folder=folder, origin=log.origin)(progress)
    _show_mirrored(terminal, done, out)


@group.command("witness")
def witness(
    context: typer.Context,
    *,
    url: Annotated[str, typer.Argument(metavar="URL", help="The base URL of the service whose log it is.")],
    key: Annotated[Path, typer.Option("--key", metavar="FILE", help="Our key, from `log witness-keygen`.")],
    state: Annotated[Path, typer.Option("--state", metavar="DIR", help="Where we keep what we saw. Never to be lost.")],
    log_key: LogKey = None,
    every: Annotated[
        int | None, typer.Option("--every", min=1, metavar="SECONDS", help="Go on until stopped; without it, once.")
    ] = None,
    authority: Authority = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Sign another service's public log, if as far as we saw it only grew / 他機関の公開ログに立会署名する"""
    terminal = terminal_of(context)
    name, sign = load_witness_key(key)
    log = HttpLog(url, authority=authority)
    with LogFolder(state) as folder:
        _remember(folder, log_key)
        look = WitnessLog(log=log, state=folder, origin=log.origin, key=name, sign=sign)
        while True:
            try:
                head = look(now=clock())
                terminal.show(
                    {"origin": head.origin, "size": head.size, "root": write_base64(head.root), "witness": name.text},
                    terminal.text("cli.witnessed", origin=head.origin, size=f"{head.size:,}"),
                )
            except Unavailable as err:  # it may be back next time; what contradicts itself ends the command
                if every is None:
                    raise
                terminal.refuse(err.code, said_of(err))
            if every is None:
                return
            time.sleep(every)


@group.command("witness-keygen")
def witness_keygen(
    context: typer.Context,
    *,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="What others call this witness, such as witness.example.jp/jmc.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The new file; one that exists is never touched.")],
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Make the key of a witness in a file; the public half is for the log's operator / 立会人の鍵を作成する"""
    terminal = terminal_of(context)
    key = new_witness_key(out, name)
    terminal.show(
        {"file": str(out), "verifierKey": key.text}, terminal.text("cli.witness_key", file=str(out)), key.text
    )


class _Local:
    """The log of an installation that is open."""

    def __init__(self, log: PublishedLog) -> None:
        self._log = log

    def checkpoint(self) -> bytes:
        return self._log.head().note

    def tile(self, path: str) -> bytes:
        return self._log.tile(path)


def _remember(folder: LogFolder, log_key: str | None) -> None:
    """Keep the key that was told; one more beside those that are known, for a log whose key has changed."""
    if log_key is None:
        if not folder.has("keys"):
            raise NoLogKeyKnown
        return
    key = read_verifier_key(log_key).text
    known = folder.read("keys").decode().splitlines() if folder.has("keys") else []
    if key not in known:
        folder.write("keys", "".join(f"{each}\n" for each in (key, *known)).encode())


def _show_mirrored(terminal: Terminal, done: Mirrored, out: Path) -> None:
    terminal.show(
        {"before": done.before, "size": done.head.size, "root": write_base64(done.head.root), "folder": str(out)},
        terminal.text("cli.mirrored", before=f"{done.before:,}", size=f"{done.head.size:,}", folder=str(out)),
    )
