"""The service as a command finds it: settings of the environment, an open installation, who is at the machine."""

import os
import pwd
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from jmc_vc import bootstrap, settings
from jmc_vc.bootstrap import Service
from jmc_vc.domain.actor import Actor, ActorKind, Scope
from jmc_vc.domain.issuer import Issuer, IssuerNotFound
from jmc_vc.errors import Error
from jmc_vc.settings import PREFIX, Settings
from jmc_vc.web.health import WrongKek


def clock() -> datetime:
    """The time now."""
    return datetime.now(UTC)


def configured(data: Path | None = None, overrides: Mapping[str, str] | None = None) -> Settings:
    """The settings of the environment. `overrides`, by the settings' names without prefix, go before it, and `data`
    goes before both."""
    given = dict(overrides or {})
    if data is not None:
        given["DATA_DIR"] = str(data)
    return settings.load({**os.environ, **{f"{PREFIX}{name}": value for name, value in given.items()}})


@contextmanager
def opened(data: Path | None, *, rolled_back: bool = False) -> Iterator[Service]:
    """The installation that the environment and `--data` name, for as long as the block runs; with `rolled_back` also
    when its database is older than what was published."""
    service = bootstrap.build(configured(data), clock=clock, rolled_back=rolled_back)
    try:
        yield service
        _advance_log(service)
    finally:
        service.database.close()


def _advance_log(service: Service) -> None:
    """What a command did gets its place in the public log at once, with a head: no service may be running. If that is
    not possible now, the command has done its work all the same, and the next one or the service sees to it. A command
    that only looked signs nothing: it may have looked at a copy, whose heads would contradict those of the original, or
    at what somebody put in."""
    if service.kek_matches and service.database.logged:
        with suppress(Error):
            service.log.advance(now=clock())


@contextmanager
def opened_to_seal(data: Path | None, *, rolled_back: bool = False) -> Iterator[Service]:
    """As `opened`, for commands that sign or seal: what a wrong key seals is lost (CF-07). Raises WrongKek."""
    with opened(data, rolled_back=rolled_back) as service:
        if not service.kek_matches:
            raise WrongKek
        yield service


def login(issuer: Issuer | None = None) -> Actor:
    """Whoever is logged in at this machine, acting for `issuer` if one is given."""
    return Actor(
        kind=ActorKind.LOGIN,
        id=_account(),
        issuer=None if issuer is None else issuer.slug,
        scopes=frozenset() if issuer is None else frozenset(Scope),
    )


def registered(service: Service, slug: str) -> Issuer:
    """The issuer `slug`. Raises IssuerNotFound."""
    with service.database.read() as snapshot:
        issuer = snapshot.issuers.get(slug)
    if issuer is None:
        raise IssuerNotFound
    return issuer


def _account() -> str:
    """The name of the account that runs this process; the environment, which says LOGNAME and USER, is not asked,
    because anybody writes there what they like."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid-{os.getuid()}"  # in a container the number has no name
