"""Why a document of another host could not be had, in the words of what it was needed for.

The gateway tells what happened on the way (`fetch.…`); a reader of a report wants to know what could not be checked
for it. None of these says anything against the credential (SR-7).
"""

from collections.abc import Mapping
from datetime import datetime

from jmc_vc.errors import Error, Unavailable
from jmc_vc.fetching.gateway import Fetched
from jmc_vc.fetching.unavailable import NotFetched
from jmc_vc.formats.did.did_web import BadDid, ForbiddenHost
from jmc_vc.formats.status.compressed import StatusListTooLarge
from jmc_vc.formats.status.freshness import StaleStatusList
from jmc_vc.verifying.outside import Need, Outside


class DidUnavailable(Unavailable):
    """The DID document could not be had."""

    code = "did.unavailable"


class DidTls(DidUnavailable):
    """The host of the DID document did not show that it is the one."""

    code = "did.tls"


class DidRedirected(DidUnavailable):
    """The host of the DID document sends us elsewhere, which could be anybody's."""

    code = "did.redirect"


class DidTooLarge(DidUnavailable):
    """The DID document is larger than any honest one."""

    code = "did.limit"


class DidStale(DidUnavailable):
    """There is only a copy of the DID document, of the time `since`: the key may have been withdrawn after it."""

    code = "did.stale"


class KeyUnavailable(Unavailable):
    """The key lies at an address on another host, and could not be had."""

    code = "key.unavailable"


class StatusListUnavailable(Unavailable):
    """The status list could not be had."""

    code = "status.retrieval"


_DID: Mapping[str, type[Error]] = {
    "fetch.syntax": BadDid,
    "fetch.forbidden": ForbiddenHost,
    "fetch.tls": DidTls,
    "fetch.redirect": DidRedirected,
    "fetch.limit": DidTooLarge,
}
_STATUS: Mapping[str, type[Error]] = {"fetch.limit": StatusListTooLarge}
"""Everything that is not in these tables is `did.unavailable` and `status.retrieval`; a key is `key.unavailable`."""


def did_document_from(outside: Outside, need: Need) -> bytes:
    """The bytes of a DID document. Raises did.*; `did.stale` for an old copy, and for one too old to be shown."""
    fetched = _or_why(outside, need)
    if isinstance(fetched, Error):
        last = _last_copy(fetched)
        if last is not None:
            raise DidStale(since=last) from fetched
        kind = _DID.get(fetched.code, DidUnavailable)
        raise kind from fetched
    if fetched.stale_since is not None:
        raise DidStale(since=fetched.fetched_at)
    return fetched.body


def key_from(outside: Outside, need: Need) -> bytes:
    """The bytes of a key or a set of keys. Raises KeyUnavailable."""
    fetched = _or_why(outside, need)
    if isinstance(fetched, Error) or fetched.stale_since is not None:
        raise KeyUnavailable from (fetched if isinstance(fetched, Error) else None)
    return fetched.body


def status_list_from(outside: Outside, need: Need) -> bytes:
    """The bytes of a status list. Raises status.retrieval, status.limit, and status.stale for an old copy."""
    fetched = _or_why(outside, need)
    if isinstance(fetched, Error):
        if _last_copy(fetched) is not None:
            raise StaleStatusList from fetched
        kind = _STATUS.get(fetched.code, StatusListUnavailable)
        raise kind from fetched
    if fetched.stale_since is not None:
        raise StaleStatusList
    return fetched.body


def _or_why(outside: Outside, need: Need) -> Fetched | Error:
    try:
        return outside.get(need)
    except Error as err:
        return err


def _last_copy(error: Error) -> datetime | None:
    return error.last_copy if isinstance(error, NotFetched) else None
