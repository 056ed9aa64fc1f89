"""@digitalcredentials/verifier-core on Node: what the Digital Credentials Consortium's wallet and verifier site run."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.interop.formats import Format
from tests.interop.served import Node


@dataclass(frozen=True)
class VerifierCore:
    node: Node

    def issue(self, kind: Format) -> Any:
        raise LookupError(kind)

    def show(self, kind: Format, credential: Any) -> Any:
        raise LookupError(kind)

    def accept(self, kind: Format, shown: Sequence[Any]) -> list[bool]:
        return [result["signature"] for result in self.node("verifyWithCore", credentials=list(shown))]
