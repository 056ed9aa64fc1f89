import pytest

from jmc_vc.domain.actor import Actor, ActorKind, Scope, ScopeMissing, ensure_scope


def test_ap_24_an_api_key_without_the_scope_is_refused() -> None:
    reader = Actor(kind=ActorKind.API_KEY, id="k", issuer="a", scopes=frozenset({Scope.READ}))
    ensure_scope(reader, Scope.READ)
    with pytest.raises(ScopeMissing) as refusal:
        ensure_scope(reader, Scope.ISSUE)
    assert refusal.value.code == "auth.scope"


def test_an_operator_at_the_machine_needs_no_scope() -> None:
    ensure_scope(Actor(kind=ActorKind.OPERATOR, id="o"), Scope.ISSUE)
    ensure_scope(Actor(kind=ActorKind.SYSTEM, id="s"), Scope.STATUS)
