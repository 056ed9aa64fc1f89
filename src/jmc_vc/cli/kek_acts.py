"""The act of putting another key-encryption key in the place of the one in use."""

from pathlib import Path
from typing import Any

import typer

from jmc_vc.bootstrap import Service
from jmc_vc.cli.act import Act, Order, Values, text
from jmc_vc.cli.terminal import Terminal
from jmc_vc.custody.rotate_kek import KekRotation
from jmc_vc.errors import Conflict
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.settings import Settings, require_usable
from jmc_vc.signing.pkcs11_kek import load_kek

ROTATE_KEK = "kek rotate"


class OtherKek(Conflict):
    """The file holds another key than when this was proposed."""

    code = "kek.other"


def load_new_kek(service: Service, file: Path) -> KeyEncryptionKey:
    """The key in `file`, judged as the next start will judge it. Raises as settings and `load_kek` do."""
    next_settings: Settings = service.settings.model_copy(update={"kek_file": file})
    require_usable(next_settings)
    return load_kek(next_settings)


def counted(rotation: KekRotation) -> dict[str, Any]:
    """As JSON."""
    return {
        "signingKeys": rotation.signing_keys,
        "credentials": rotation.credentials,
        "unreadable": rotation.unreadable,
    }


def _new_kek(service: Service, values: Values) -> KeyEncryptionKey:
    kek = load_new_kek(service, Path(values["file"]))
    if kek.check_value.hex() != values["key"]:
        raise OtherKek(file=Path(values["file"]).name)
    return kek


def _plan(terminal: Terminal, service: Service, values: Values) -> str:
    planned = service.rotate_kek.plan(_new_kek(service, values))
    lines = [
        terminal.text(
            "cli.kek_plan",
            file=values["file"],
            keys=f"{planned.signing_keys:,}",
            credentials=f"{planned.credentials:,}",
        )
    ]
    if planned.unreadable:
        lines.append(terminal.text("cli.kek_unreadable", count=f"{planned.unreadable:,}"))
    return "\n".join(lines)


def _do(terminal: Terminal, service: Service, order: Order) -> None:
    kek = _new_kek(service, order.values)
    with service.database.read() as snapshot:
        count = snapshot.data_keys.count()
    with typer.progressbar(length=count, file=typer.get_text_stream("stderr")) as bar:
        done = service.rotate_kek(
            kek,
            reason=order.reason,
            actor=order.actor,
            now=order.now,
            progress=lambda finished: bar.update(finished - bar.pos),
        )
    lines = [terminal.text("cli.kek_rotated", file=order.values["file"])]
    if done.unreadable:
        lines.append(terminal.text("cli.kek_unreadable", count=f"{done.unreadable:,}"))
    terminal.show({**counted(done), "file": order.values["file"], "done": True}, *lines)


ROTATE = Act(reads={"file": text, "key": text}, plan=_plan, do=_do)
