"""Report a key as compromised: others may have it. It signs nothing more, in any process, from the commit on.

What of its signatures is still believed is decided by the public log: what was logged before `since` (security goals
§2.1). The private part stays, sealed and bound to this state, in which nothing opens it to sign.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from jmc_vc.custody.change_keys import ChangeKeys, Step, named, step
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.key_event import KeyEventKind
from jmc_vc.domain.signing_key import KeyState, SigningKey
from jmc_vc.errors import Unacceptable
from jmc_vc.formats.openbadges.date_time import NotADateTimeStamp, read_date_time_stamp


class SinceUnreadable(Unacceptable):
    """No moment, or none that everybody would understand alike: date, time and offset are needed (CL-05)."""

    code = "key.since_form"


class SinceInFuture(Unacceptable):
    """It has not happened yet (CL-05)."""

    code = "key.since_future"


class SinceBeforeCreation(Unacceptable):
    """Nobody can have had a key that was not there. One that was brought here was there before."""

    code = "key.since_early"


class SinceLater(Unacceptable):
    """The key is reported since an earlier moment. What was not believed is not believed again."""

    code = "key.since_later"


@dataclass(frozen=True, kw_only=True)
class Compromised:
    """`key` afterwards. `was` is the state that it had. `successor` is a published key of the same kind, if the owner
    has one that could be activated in its place; it is given only when the key was the active one."""

    key: SigningKey
    was: KeyState
    successor: SigningKey | None


def read_since(text: str) -> datetime:
    """The moment in `text`, such as `2026-11-20T09:00:00+09:00`. Raises SinceUnreadable."""
    try:
        return read_date_time_stamp(text).instant
    except NotADateTimeStamp:
        raise SinceUnreadable from None


@dataclass(frozen=True, kw_only=True)
class CompromiseKey:
    """From any state. A key that was reported already may be reported again, since an earlier moment."""

    change: ChangeKeys

    def __call__(
        self,
        owner: str,
        kid: str,
        *,
        since: datetime,
        reason: str,
        actor: Actor,
        now: datetime,
        dry_run: bool = False,
    ) -> Compromised:
        """`since` is kept to the second, downwards, as the log has it. Raises UnknownKey, SinceUnreadable for one
        without an offset, SinceInFuture, SinceBeforeCreation, SinceLater."""
        if since.utcoffset() is None:
            raise SinceUnreadable
        if since > now:
            raise SinceInFuture
        found: list[Compromised] = []
        with self.change.database.read() as snapshot:
            life = snapshot.audit_log.of_object(f"{owner}#{kid}")
        brought = any(each.action == f"key-{KeyEventKind.IMPORTED}" for each in life)

        def plan(keys: tuple[SigningKey, ...]) -> list[Step]:
            key = named(keys, kid)
            planned = _reported(key, since, now, brought=brought)
            waiting = [each for each in keys if each.state is KeyState.PUBLISHED and each.algorithm == key.algorithm]
            successor = waiting[-1] if waiting and key.state is KeyState.ACTIVE else None
            found[:] = [Compromised(key=planned.after, was=key.state, successor=successor)]
            return [planned]

        (done,) = self.change(owner, plan, actor=actor, now=now, reason=reason, dry_run=dry_run)
        return replace(found[0], key=done.after)


def _reported(key: SigningKey, since: datetime, now: datetime, *, brought: bool) -> Step:
    if not brought and since < key.created_at.replace(microsecond=0):
        raise SinceBeforeCreation(kid=key.kid, moment=key.created_at)
    at = since.astimezone(UTC).replace(microsecond=0)
    details = {"since": at.isoformat(), "was": key.state.value}
    if key.state is not KeyState.COMPROMISED:
        planned = step(key, KeyEventKind.COMPROMISED, now, details)
        return replace(planned, after=replace(planned.after, compromised_since=at), even_damaged=True)
    if key.compromised_since is not None and at >= key.compromised_since:
        raise SinceLater(kid=key.kid, moment=key.compromised_since)
    return Step(before=key, after=replace(key, compromised_since=at), kind=KeyEventKind.COMPROMISED, details=details)
