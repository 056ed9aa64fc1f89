"""Operators. Who was one stays on record, with the key that their signatures are checked against."""

from sqlalchemy import RowMapping, select

from jmc_vc.domain.operator import Operator
from jmc_vc.storage.aggregate import Aggregate
from jmc_vc.storage.tables import operators


class ReadOperators(Aggregate):
    """Operators, by name."""

    def get(self, name: str) -> Operator | None:
        """The operator `name`, also one who was removed."""
        row = self._one(self._shared(select(operators).where(operators.c.name == name)))
        return None if row is None else _operator(row)

    def all(self) -> tuple[Operator, ...]:
        """All there ever were, in the order in which they were added."""
        return tuple(map(_operator, self._all(select(operators).order_by(operators.c.added_at, operators.c.name))))

    def registered(self) -> tuple[Operator, ...]:
        """Those of today."""
        return tuple(each for each in self.all() if each.removed_at is None)


class Operators(ReadOperators):
    """As read, and may be added and removed."""

    locks = True

    def for_change(self) -> tuple[Operator, ...]:
        """All there ever were, whose number this transaction is about to change: nobody else changes it, and nobody
        who relies on an operator commits, before us."""
        self._alone(operators)
        return self.all()

    def add(self, operator: Operator) -> None:
        """Register an operator. Raises BrokenRule when the name or the key is taken."""
        self._connection.execute(
            operators.insert().values(**{column.name: getattr(operator, column.name) for column in operators.columns})
        )
        self._wrote(operators, (operator.name,))

    def save(self, operator: Operator) -> None:
        """Write when the operator was removed."""
        self._connection.execute(
            operators.update().where(operators.c.name == operator.name).values(removed_at=operator.removed_at)
        )
        self._wrote(operators, (operator.name,))


def _operator(row: RowMapping) -> Operator:
    return Operator(**row)
