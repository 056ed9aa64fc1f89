"""The acts on signing keys that need two people: what is lost, brought in, given up or hurried with a key, nobody can
take back."""

from jmc_vc.bootstrap import Service
from jmc_vc.cli.act import Act, Order, Values, moment, optional_text, text
from jmc_vc.cli.key_file import read_key_file
from jmc_vc.cli.key_options import found, row
from jmc_vc.cli.opening import login
from jmc_vc.cli.terminal import Terminal
from jmc_vc.custody.activate_key import Activated
from jmc_vc.custody.change_keys import require_owner
from jmc_vc.custody.import_key import KeyExists, require_not_pinned
from jmc_vc.custody.private_key_file import PrivateKey
from jmc_vc.custody.rotate_key import RotationPlan
from jmc_vc.domain.japan_time import to_the_second
from jmc_vc.domain.signing_key import KEYS_CACHED, KeyState, SigningKey
from jmc_vc.formats.encoding.multikey import decode_multikey
from jmc_vc.web.health import WrongKek


def require_kek(service: Service) -> None:
    """Raises WrongKek: what another key seals is lost (CF-07)."""
    if not service.kek_matches:
        raise WrongKek


# keys activate --now


def _plan_activate(terminal: Terminal, service: Service, values: Values) -> str:
    require_kek(service)
    planned = service.activate_key(
        values["owner"],
        values["kid"],
        immediate=True,
        expected=values["active"],
        actor=login(),
        now=service.clock(),
        dry_run=True,
    )
    return "\n".join([*activation_plan(terminal, service, planned), _hurry(terminal)])


def activation_plan(terminal: Terminal, service: Service, planned: Activated) -> list[str]:
    """What an activation would do, in words."""
    lines = [terminal.text("cli.key_activate_plan", owner=planned.key.owner, kid=planned.key.kid)]
    if planned.retired is not None:
        lines.append(retirement(terminal, service, planned.retired))
    return lines


def retirement(terminal: Terminal, service: Service, key: SigningKey) -> str:
    """What retiring `key` would do, in words."""
    stored, count = found(service, key.owner, key.kid)
    said = terminal.text("cli.key_retire_plan", owner=key.owner, kid=key.kid, count=f"{count:,}")
    return "\n".join([said, *_damage(terminal, service, stored, "cli.key_damaged")])


def _damage(terminal: Terminal, service: Service, key: SigningKey, code: str) -> list[str]:
    """`code`, which says so, if the private part of `key` does not open."""
    whole = service.rotate_key.change.keyring.opens(key)
    return [] if whole else [terminal.text(code, owner=key.owner, kid=key.kid)]


def _hurry(terminal: Terminal) -> str:
    return terminal.text("cli.key_now", seconds=int(KEYS_CACHED.total_seconds()))


def _activate(terminal: Terminal, service: Service, order: Order) -> None:
    require_kek(service)
    done = service.activate_key(
        order.values["owner"],
        order.values["kid"],
        immediate=True,
        expected=order.values["active"],
        actor=order.actor,
        now=order.now,
        reason=order.reason,
    )
    show_activated(terminal, service, done)


def show_activated(terminal: Terminal, service: Service, done: Activated) -> None:
    """Say which key signs now."""
    value = {**row(service, done.key), "retired": None if done.retired is None else done.retired.kid}
    if done.retired is None:
        terminal.show(value, terminal.text("cli.key_activated", owner=done.key.owner, kid=done.key.kid))
        return
    said = terminal.text("cli.rotated", owner=done.key.owner, old=done.retired.kid, new=done.key.kid)
    terminal.show(value, said, *_damage(terminal, service, done.retired, "cli.key_retired_damaged"))


# keys rotate --now


def _plan_rotate(terminal: Terminal, service: Service, values: Values) -> str:
    require_kek(service)
    begun = service.rotate_key.plan(values["owner"], values["algorithm"], expected=values["active"])
    return "\n".join([*rotation_plan(terminal, service, values["owner"], begun), _hurry(terminal)])


def rotation_plan(terminal: Terminal, service: Service, owner: str, begun: RotationPlan) -> list[str]:
    """What a rotation would do, in words."""
    lines = []
    if begun.active is not None:
        lines.append(retirement(terminal, service, begun.active))
    if begun.waiting is None:
        lines.append(terminal.text("cli.rotate_new", owner=owner))
    else:
        lines.append(terminal.text("cli.rotate_waiting", owner=owner, kid=begun.waiting.kid))
    return lines


def _rotate(terminal: Terminal, service: Service, order: Order) -> None:
    require_kek(service)
    done = service.rotate_key(
        order.values["owner"],
        order.values["algorithm"],
        immediate=True,
        expected=order.values["active"],
        actor=order.actor,
        now=order.now,
        reason=order.reason,
    )
    show_activated(terminal, service, Activated(key=done.new, retired=done.retired))


# keys destroy


def _plan_destroy(terminal: Terminal, service: Service, values: Values) -> str:
    owner, kid = values["owner"], values["kid"]
    planned = service.destroy_key(owner, kid, actor=login(), now=service.clock(), dry_run=True)
    _, count = found(service, owner, kid)
    stolen = planned.state is KeyState.COMPROMISED
    code = "cli.key_destroy_stolen_plan" if stolen else "cli.key_destroy_plan"
    return terminal.text(code, owner=owner, kid=kid, count=f"{count:,}")


def _destroy(terminal: Terminal, service: Service, order: Order) -> None:
    key = service.destroy_key(
        order.values["owner"], order.values["kid"], actor=order.actor, now=order.now, reason=order.reason
    )
    terminal.show(row(service, key), terminal.text("cli.key_destroyed", owner=key.owner, kid=key.kid))


# keys compromise


def _plan_compromise(terminal: Terminal, service: Service, values: Values) -> str:
    owner, kid, since = values["owner"], values["kid"], values["since"]
    service.compromise_key(owner, kid, since=since, reason="", actor=login(), now=service.clock(), dry_run=True)
    _, count = found(service, owner, kid)
    with service.database.read() as snapshot:  # an earlier theft takes the copies with it
        count += len(snapshot.signed_documents.reissued_of_key(owner, kid))
    return terminal.text(
        "cli.key_compromise_plan", owner=owner, kid=kid, since=to_the_second(since), count=f"{count:,}"
    )


def _compromise(terminal: Terminal, service: Service, order: Order) -> None:
    done = service.compromise_key(
        order.values["owner"],
        order.values["kid"],
        since=order.values["since"],
        reason=order.reason,
        actor=order.actor,
        now=order.now,
    )
    key, lines = done.key, []
    lines.append(terminal.text("cli.key_compromised", owner=key.owner, kid=key.kid))
    if done.successor is not None:
        lines.append(terminal.text("cli.key_successor", owner=key.owner, kid=done.successor.kid))
    elif done.was is KeyState.ACTIVE:
        lines.append(terminal.text("cli.key_no_successor", owner=key.owner, algorithm=key.algorithm))
    successor = None if done.successor is None else done.successor.kid
    terminal.show({**row(service, key), "was": done.was.value, "successor": successor}, *lines)


# keys import


def _plan_import(terminal: Terminal, service: Service, values: Values) -> str:
    require_kek(service)
    with service.database.read() as snapshot:
        require_owner(snapshot, values["owner"], decode_multikey(values["publicKey"]).algorithm)
        if snapshot.signing_keys.with_public_key(values["publicKey"]) is not None:
            raise KeyExists
        require_not_pinned(snapshot, values["owner"], values["publicKey"])
    return terminal.text("cli.key_import_plan", owner=values["owner"], file=values["file"], key=values["publicKey"])


def _rehearse_import(terminal: Terminal, service: Service, values: Values) -> None:
    service.import_key(
        values["owner"],
        _brought(terminal, values),
        expected=values["publicKey"],
        actor=login(),
        now=service.clock(),
        dry_run=True,
    )


def _brought(terminal: Terminal, values: Values) -> PrivateKey:
    return read_key_file(terminal, values["file"], values["passphraseFile"])


def _import(terminal: Terminal, service: Service, order: Order) -> None:
    require_kek(service)
    values = order.values
    key = service.import_key(
        values["owner"],
        _brought(terminal, values),
        expected=values["publicKey"],
        actor=order.actor,
        now=order.now,
        reason=order.reason,
    )
    said = terminal.text("cli.key_imported", owner=key.owner, kid=key.kid, algorithm=key.algorithm)
    terminal.show(row(service, key), said, terminal.text("cli.key_import_file", file=values["file"]))


ACTIVATE = Act(reads={"owner": text, "kid": text, "active": optional_text}, plan=_plan_activate, do=_activate)
ROTATE = Act(reads={"owner": text, "algorithm": text, "active": optional_text}, plan=_plan_rotate, do=_rotate)
DESTROY = Act(reads={"owner": text, "kid": text}, plan=_plan_destroy, do=_destroy)
COMPROMISE = Act(reads={"owner": text, "kid": text, "since": moment}, plan=_plan_compromise, do=_compromise)
IMPORT = Act(
    reads={"owner": text, "file": text, "passphraseFile": optional_text, "publicKey": text},
    plan=_plan_import,
    rehearse=_rehearse_import,
    do=_import,
)
