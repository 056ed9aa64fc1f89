"""What the public log answers in JSON."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)


class LogEntryAnswer(_Message):
    """An entry of the public log: its place, what it says, the hash of its leaf, the path from it to the root of the
    tree with `size` leaves, and the signed checkpoint that has this root. The leaf is the entry in canonical JSON
    (RFC 8785)."""

    index: int
    entry: dict[str, Any]
    leaf_hash: str
    size: int
    path: list[str]
    checkpoint: str


class ConsistencyAnswer(_Message):
    """The roots of the log at both sizes, and the path that shows that the larger one begins with the smaller one."""

    old: int = Field(alias="from")
    to: int
    from_root: str
    to_root: str
    path: list[str]
