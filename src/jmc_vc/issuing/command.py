"""What goes into the issuance cycle and what comes out of it."""

from dataclasses import dataclass
from typing import TypeAlias

from jmc_vc.domain.actor import Actor
from jmc_vc.domain.credential import Credential, Representation
from jmc_vc.errors import Error
from jmc_vc.issuing.request import AssertionRequest
from jmc_vc.sealing import KeyEncryptionKey


@dataclass(frozen=True, kw_only=True)
class Command:
    """One request with its caller; `idempotency_key` is the caller's own, unique per issuer."""

    request: AssertionRequest
    actor: Actor
    idempotency_key: str | None


def idempotency_name(kek: KeyEncryptionKey, key: str) -> str:
    """What is stored of an idempotency key: some systems send an e-mail address or a student number as theirs."""
    return kek.lookup_hash("idempotency", key).hex()


@dataclass(frozen=True, kw_only=True)
class IssuedAssertion:
    """A credential that is durable and may leave: its row and its exact bytes, the primary form first."""

    credential: Credential
    representations: tuple[Representation, ...]

    @property
    def body(self) -> bytes:
        """The bytes of the primary form."""
        return self.representations[0].body


Outcome: TypeAlias = IssuedAssertion | Error
