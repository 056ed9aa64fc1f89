"""Column types that mean the same on SQLite and PostgreSQL.

The two differ where it hurts: SQLite keeps no time zone and takes a NUL in text, PostgreSQL refuses the NUL with an
error of its own. Both differences end here.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from jmc_vc.errors import Malformed


class UnstorableText(Malformed):
    """Text with a NUL or a lone surrogate: no database would give it back as it came."""

    code = "text.unstorable"


class Moment(TypeDecorator[datetime]):
    """An aware moment; comes back in UTC. PostgreSQL: timestamptz; SQLite: ISO 8601 text of one length, so that it
    sorts."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return String(27) if dialect.name == "sqlite" else DateTime(timezone=True)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("a moment without a time zone")
        utc = value.astimezone(UTC)
        if dialect.name == "sqlite":
            return utc.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
        return utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return datetime.fromisoformat(value) if dialect.name == "sqlite" else value.astimezone(UTC)


class PlainText(TypeDecorator[str]):
    """Text of any length, code point by code point as it came. Raises UnstorableText."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        if value is None:
            return None
        if "\0" in value or not (value.isascii() or _is_unicode(value)):
            raise UnstorableText
        return str(value)  # a member of a StrEnum goes in as what it says


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)
