"""A small internet, and the gateway of a service in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest

from jmc_vc import settings
from jmc_vc.fetching.document_kind import DocumentKind
from jmc_vc.fetching.gateway import Fetched, Gateway
from jmc_vc.fetching.opening import open_gateway
from tests.builders.installation import Clock
from tests.simulators.outside import Outside, outside


@dataclass(frozen=True)
class Visitor:
    """A gateway, and the clock that it goes by."""

    gateway: Gateway
    clock: Clock

    def get(self, address: str, kind: DocumentKind = DocumentKind.DID_DOCUMENT, *, patience: float = 2.0) -> Fetched:
        return self.gateway.get(address, kind, deadline=monotonic() + patience)


@pytest.fixture
def internet(tmp_path: Path) -> Iterator[Outside]:
    with outside(tmp_path) as made:
        yield made


@pytest.fixture
def visit(internet: Outside) -> Callable[[], Visitor]:
    """To be called when all hosts are there."""

    def made() -> Visitor:
        clock = Clock(datetime(2026, 11, 23, 3, 0, tzinfo=UTC))
        configured = settings.load(internet.environment)
        return Visitor(open_gateway(configured, clock=clock, random=bytes, resolve=_nobody), clock)

    return made


def _nobody(host: str) -> list[str]:
    raise OSError(f"{host}: this internet has no resolver")
