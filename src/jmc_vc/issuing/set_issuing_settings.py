"""Set in which forms a program's credentials are made from now on, and make the keys that its issuer lacks for them."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from jmc_vc.domain.actor import Actor
from jmc_vc.domain.issuing_settings import (
    IssuingProfile,
    IssuingSettings,
    JwtAlgorithm,
    SettingsChange,
    in_force,
)
from jmc_vc.domain.program import ProgramNotFound
from jmc_vc.domain.signing_key import KeyState, SigningKey
from jmc_vc.domain.status_list import StatusForm
from jmc_vc.signing.keyring import Keyring
from jmc_vc.storage.audit_log import Detail
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class SetIssuingSettings:
    """Settings and keys come into being in one transaction: no program ever has settings that nobody can sign for."""

    database: Database
    keyring: Keyring

    def __call__(
        self,
        number: str,
        *,
        profile: IssuingProfile | None = None,
        jwt_algorithm: JwtAlgorithm | None = None,
        sd_jwt_vc: bool | None = None,
        status_form: StatusForm | None = None,
        actor: Actor,
        now: datetime,
    ) -> tuple[IssuingSettings, tuple[SigningKey, ...]]:
        """The settings of program `number` afterwards, and the keys that were made. What is None stays as it was; what
        says nothing new changes nothing. Raises ProgramNotFound."""
        given: dict[str, Any] = {
            "profile": profile,
            "jwt_algorithm": jwt_algorithm,
            "sd_jwt_vc": sd_jwt_vc,
            "status_form": status_form,
        }
        wanted = {name: value for name, value in given.items() if value is not None}
        with self.database.read() as snapshot:
            # Beforehand: a version never changes its issuer, and whoever waits for keys may hold no version locked.
            versions = snapshot.programs.versions(number)
        if not versions:
            raise ProgramNotFound
        owner = versions[0].issuer

        def work(tx: Transaction) -> tuple[IssuingSettings, tuple[SigningKey, ...]]:
            keys = tx.signing_keys.of_owner_for_change(owner)  # first: it makes those who set the same program wait
            changes = tx.issuing_settings.of_program(number)
            present = in_force(changes, now)
            settings = replace(present, **wanted)
            if settings != present:
                tx.issuing_settings.add(
                    SettingsChange(program=number, number=len(changes) + 1, settings=settings, in_force_from=now)
                )
                tx.audit_log.append("issuing-settings-changed", number, actor, now, details=_told(settings))
            made = self._lacking(owner, keys, settings, now)
            for key in made:
                tx.signing_keys.add(key)
                tx.audit_log.append("key-created", f"{owner}#{key.kid}", actor, now)
            return settings, made

        return self.database.write(work)

    def _lacking(
        self, owner: str, keys: tuple[SigningKey, ...], settings: IssuingSettings, now: datetime
    ) -> tuple[SigningKey, ...]:
        active = {key.algorithm for key in keys if key.state is KeyState.ACTIVE}
        lacking = [algorithm for algorithm in settings.algorithms if algorithm not in active]
        return tuple(
            self.keyring.generate(owner, f"key-{count}", algorithm, now=now, state=KeyState.ACTIVE)
            for count, algorithm in enumerate(lacking, start=len(keys) + 1)
        )


def _told(settings: IssuingSettings) -> dict[str, Detail]:
    return {
        "profile": settings.profile.value,
        "jwtAlgorithm": settings.jwt_algorithm.value,
        "sdJwtVc": settings.sd_jwt_vc,
        "statusForm": settings.status_form.value,
    }
