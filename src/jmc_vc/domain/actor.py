"""Who calls. Use cases take an actor and never ask how it proved itself."""

from dataclasses import dataclass
from enum import StrEnum

from jmc_vc.errors import Forbidden


class ActorKind(StrEnum):
    """How the caller came in. LOGIN is whoever was logged in at the machine, by the name of the account; OPERATOR one
    registered operator, or two together, by what they signed."""

    API_KEY = "api_key"
    LOGIN = "login"
    OPERATOR = "operator"
    SYSTEM = "system"


class Scope(StrEnum):
    """What an API key may be used for."""

    ISSUE = "issue"
    STATUS = "status"
    READ = "read"


class ScopeMissing(Forbidden):
    """The API key was not given for this."""

    code = "auth.scope"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """`id` goes into the audit log: an API key's prefix, a login name or operators' names. `issuer` is the slug it acts
    for."""

    kind: ActorKind
    id: str
    issuer: str | None = None
    scopes: frozenset[Scope] = frozenset()


def ensure_scope(actor: Actor, scope: Scope) -> None:
    """An API key needs the scope; people at the machine and the service itself are not bound by scopes."""
    if actor.kind is ActorKind.API_KEY and scope not in actor.scopes:
        raise ScopeMissing(scope=scope.value)
