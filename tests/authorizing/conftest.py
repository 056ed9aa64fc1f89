"""An office with three operators."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import text

from jmc_vc.authorizing.approval import DangerousAct, Sign
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.proposal import Proposal
from tests.builders.installation import OPERATOR, Installation
from tests.builders.operators import register_operators

ARGUMENTS: dict[str, Any] = {"owner": "hoshimigaoka", "kid": "key-1"}


@dataclass
class Office:
    """An installation with three operators, and what was carried out in it."""

    installation: Installation
    signs: dict[str, Sign]
    done: list[tuple[DangerousAct, Actor]]

    def propose(self, by: str = "alice", sign: Sign | None = None) -> Proposal:
        return self.installation.service.propose(
            "keys destroy",
            ARGUMENTS,
            reason="the shredder was bought",
            by=by,
            sign=sign or self.signs[by],
            now=self.installation.now,
        )

    def confirm(
        self,
        number: int,
        by: str = "bob",
        sign: Sign | None = None,
        carry_out: Callable[[DangerousAct, Actor], None] | None = None,
    ) -> None:
        self.confirm_shown(self.get(number), by, sign, carry_out)

    def confirm_shown(
        self,
        shown: Proposal,
        by: str = "bob",
        sign: Sign | None = None,
        carry_out: Callable[[DangerousAct, Actor], None] | None = None,
    ) -> None:
        self.installation.service.confirm_proposal(
            shown,
            by=by,
            sign=sign or self.signs[by],
            carry_out=carry_out or (lambda act, actor: self.done.append((act, actor))),
        )

    def withdraw(self, number: int, by: str = "alice", sign: Sign | None = None) -> Proposal:
        return self.installation.service.withdraw_proposal(
            self.get(number), by=by, sign=sign or self.signs[by], now=self.installation.now
        )

    def get(self, number: int) -> Proposal:
        with self.installation.service.database.read() as snapshot:
            found = snapshot.proposals.get(number)
        assert found is not None
        return found

    def by_hand(self, *statements: str) -> None:
        """As somebody who can write to the database."""
        with self.installation.service.database._writing() as connection:
            for statement in statements:
                connection.execute(text(statement))

    def without_rule(self, name: str) -> None:
        """As somebody who owns the database."""
        on = "" if self.installation.service.settings.database_url.startswith("sqlite") else " ON proposals"
        self.by_hand(f"DROP TRIGGER {name}{on}")

    def remove(self, name: str) -> None:
        self.installation.service.remove_operator(name, reason="left", actor=OPERATOR, now=self.installation.now)

    def actions(self, number: int) -> list[tuple[str, str]]:
        with self.installation.service.database.read() as snapshot:
            return [(each.action, each.actor_id) for each in snapshot.audit_log.of_object(f"proposal-{number}")]


@pytest.fixture
def office(installation: Installation) -> Office:
    return Office(installation, register_operators(installation, "alice", "bob", "carol"), [])
