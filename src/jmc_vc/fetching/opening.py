"""The gateway of a service, by its settings."""

from collections.abc import Callable
from datetime import datetime

from jmc_vc.fetching.asking import Asking
from jmc_vc.fetching.copies import Copies
from jmc_vc.fetching.gateway import Gateway
from jmc_vc.fetching.hosts_file import read_hosts
from jmc_vc.fetching.pinning import DEVELOPERS, STRANGERS, Pinning
from jmc_vc.fetching.resolving import Resolve, Resolver
from jmc_vc.settings import Settings


def open_gateway(
    settings: Settings, *, clock: Callable[[], datetime], random: Callable[[int], bytes], resolve: Resolve
) -> Gateway:
    """A gateway with nothing in it. Raises BadHostsFile and UnreadableAuthorities.

    With the names of a test network the rules are those of production: that network stands for the internet."""
    hosts = settings.fetch_hosts_file
    reach = STRANGERS if settings.production or hosts is not None else DEVELOPERS
    pinning = Pinning(reach, Resolver(resolve), None if hosts is None else read_hosts(hosts))
    return Gateway(Asking(pinning, settings.fetch_ca_file), clock=clock, random=random, copies=Copies())
