"""Set in which forms a program's credentials are made from now on, and make the keys that its issuer lacks for them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from jmc_vc.domain.actor import Actor
from jmc_vc.domain.issuing_settings import (
    DEFAULT,
    IssuingProfile,
    IssuingSettings,
    JwtAlgorithm,
    SettingsChange,
    in_force,
)
from jmc_vc.domain.key_event import KeyEvent, born_active
from jmc_vc.domain.program import ProgramNotFound
from jmc_vc.domain.signing_key import KEYS_CACHED, KeyState, SigningKey
from jmc_vc.domain.status_list import StatusForm
from jmc_vc.signing.keyring import Keyring
from jmc_vc.storage.audit_log import Detail
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class SettingsSet:
    """`settings` hold from `in_force_from` on, instead of `before` which was set last; it is None while nothing was
    ever set. `lacking` are the kinds of key for which `keys` were made, or would be."""

    settings: IssuingSettings
    before: IssuingSettings
    in_force_from: datetime | None
    lacking: tuple[str, ...]
    keys: tuple[SigningKey, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SetIssuingSettings:
    """Settings and keys come into being in one transaction: no program ever has settings that nobody can sign for. With
    a kind of key that is new they begin when no cache holds the issuer's keys without it any more. `announce` tells the
    world of keys: the transaction, their owner, what happened to which, and when."""

    database: Database
    keyring: Keyring
    announce: Callable[[Transaction, str, Sequence[KeyEvent], datetime], None]

    def __call__(
        self,
        number: str,
        *,
        profile: IssuingProfile | None = None,
        jwt_algorithm: JwtAlgorithm | None = None,
        sd_jwt_vc: bool | None = None,
        status_form: StatusForm | None = None,
        dry_run: bool = False,
        actor: Actor,
        now: datetime,
    ) -> SettingsSet:
        """The settings of program `number` afterwards; with `dry_run` what they would be. What is None stays as it was
        set last; what says nothing new changes nothing. Raises ProgramNotFound."""
        given: dict[str, Any] = {
            "profile": profile,
            "jwt_algorithm": jwt_algorithm,
            "sd_jwt_vc": sd_jwt_vc,
            "status_form": status_form,
        }
        wanted = {name: value for name, value in given.items() if value is not None}
        while True:
            with self.database.read() as snapshot:
                versions = snapshot.programs.versions(number)
                if not versions:
                    raise ProgramNotFound
                owner = versions[0].issuer  # a version never changes it
                keys = snapshot.signing_keys.of_owner(owner)
                changes = snapshot.issuing_settings.of_program(number)
            planned = _planned(changes, keys, wanted, now)
            if dry_run or (planned.settings == planned.before and not planned.lacking):
                return planned
            # Before the transaction: an RSA key may take a second, and everybody who signs would wait for it.
            made = tuple(
                self.keyring.generate(owner, f"key-{count}", algorithm, now=now, state=KeyState.ACTIVE)
                for count, algorithm in enumerate(planned.lacking, start=len(keys) + 1)
            )
            done = replace(planned, keys=made)
            store = partial(
                self._store, owner=owner, number=number, seen=(keys, changes), done=done, actor=actor, now=now
            )
            if self.database.write(store):
                return done

    def _store(
        self,
        tx: Transaction,
        *,
        owner: str,
        number: str,
        seen: tuple[tuple[SigningKey, ...], tuple[SettingsChange, ...]],
        done: SettingsSet,
        actor: Actor,
        now: datetime,
    ) -> bool:
        """False, and nothing stored, when somebody changed meanwhile what was `seen` and the plan rests on."""
        keys = tx.signing_keys.of_owner_for_change(owner)  # first: it makes those who set the same program wait
        changes = tx.issuing_settings.of_program(number)
        if (keys, changes) != seen:
            return False
        if done.settings != done.before and done.in_force_from is not None:
            change = SettingsChange(
                program=number, number=len(changes) + 1, settings=done.settings, in_force_from=done.in_force_from
            )
            tx.issuing_settings.add(change)
            tx.audit_log.append("issuing-settings-changed", number, actor, now, details=_told(change))
        for key in done.keys:
            tx.signing_keys.add(key)
            tx.audit_log.append("key-created", f"{owner}#{key.kid}", actor, now, details={"algorithm": key.algorithm})
        if done.keys:
            self.announce(tx, owner, [event for key in done.keys for event in born_active(key)], now)
        return True


def _planned(
    changes: Sequence[SettingsChange], keys: Sequence[SigningKey], wanted: Mapping[str, Any], now: datetime
) -> SettingsSet:
    last = max(changes, key=lambda each: each.number, default=None)
    before = DEFAULT if last is None else last.settings
    settings = replace(before, **wanted)
    made_at = {key.algorithm: key.created_at for key in keys if key.state is KeyState.ACTIVE}
    lacking = tuple(algorithm for algorithm in settings.algorithms if algorithm not in made_at)
    if settings == before:
        begin = None if last is None else last.in_force_from
    else:
        # What the program signs with already waits for nothing; a key that other settings had made just now does wait.
        known = set(in_force(changes, now).algorithms) - set(lacking)
        new = [each for each in settings.algorithms if each not in known]
        begin = max([now, *(made_at.get(each, now) + KEYS_CACHED for each in new)])
    return SettingsSet(settings=settings, before=before, in_force_from=begin, lacking=lacking)


def _told(change: SettingsChange) -> dict[str, Detail]:
    settings = change.settings
    return {
        "profile": settings.profile.value,
        "jwtAlgorithm": settings.jwt_algorithm.value,
        "sdJwtVc": settings.sd_jwt_vc,
        "statusForm": settings.status_form.value,
        "inForceFrom": change.in_force_from.isoformat(),
    }
