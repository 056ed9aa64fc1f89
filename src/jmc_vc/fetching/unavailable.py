"""Why a document of another host is not there: the codes of fetching, which callers turn into those of their area."""

from datetime import datetime
from typing import ClassVar

from jmc_vc.errors import Param, Unavailable


class NotFetched(Unavailable):
    """The document could not be had. `last_copy` is when it was fetched last, if a copy too old to show was there."""

    code = "fetch.unreachable"
    hosts_fault: ClassVar[bool] = False
    """Whether it counts against the host as a whole: no connection, no TLS, no answer in time."""
    asked: ClassVar[bool] = True
    """Whether anybody was asked: if not, it says nothing of the host and is not remembered."""
    copy_helps: ClassVar[bool] = False
    """Whether an older copy says more than nothing: not where the host answers that there is no such document."""

    def __init__(self, *, last_copy: datetime | None = None, **params: Param) -> None:
        super().__init__(pointer=None, **params)
        self.last_copy = last_copy


class BadAddress(NotFetched):
    """The address is none that we ask: scheme, host name, port or path are not written as they should be."""

    code = "fetch.syntax"


class ForbiddenAddress(NotFetched):
    """The address names a machine, a private network or a port that is not for the public, or leads there."""

    code = "fetch.forbidden"


class NoTls(NotFetched):
    """No TLS, or a certificate that is not this host's, has expired, or comes from no authority that we trust."""

    code = "fetch.tls"
    hosts_fault = True
    copy_helps = True


class Redirected(NotFetched):
    """The host sends us elsewhere. Nobody is followed."""

    code = "fetch.redirect"


class PastLimit(NotFetched):
    """The answer is larger than its kind may be, or compressed, so that its size is unknown."""

    code = "fetch.limit"


class TookTooLong(NotFetched):
    """No whole answer within the time."""

    code = "fetch.timeout"
    hosts_fault = True
    copy_helps = True


class NotAsked(NotFetched):
    """We were too busy with the names of others to ask for the address of this one."""

    code = "fetch.timeout"
    asked = False
    copy_helps = True


class BadStatus(NotFetched):
    """An answer with another status than 200: the host has a trouble of its own."""

    code = "fetch.status"
    copy_helps = True


class NoSuchDocument(BadStatus):
    """404 or 410: the host says that there is no such document, so a copy of it says nothing any more."""

    copy_helps = False


class Unreachable(NotFetched):
    """No such name, no connection, or an answer that is no HTTP."""

    code = "fetch.unreachable"
    hosts_fault = True
    copy_helps = True
