"""Which DIDs an issuer may bring: a did:web on a host that is not ours, in its one spelling."""

from urllib.parse import urlsplit

from jmc_vc.domain.identifiers import Site
from jmc_vc.errors import Unacceptable
from jmc_vc.formats.did import did_web
from jmc_vc.formats.did.did_web import BadDid


class NotDidWeb(Unacceptable):
    """A DID of another method. Its keys either never change or stand where nobody here can look."""

    code = "did.not_web"


class OwnHost(Unacceptable):
    """The DID lies on our own host, whose keys are kept by us."""

    code = "did.own_host"


def require_outside(did: str, site: Site) -> None:
    """Raises NotDidWeb, OwnHost, did.syntax for what is no did:web or one in another spelling than the usual one (two
    names of one document would be two issuers' to register), and did.forbidden for a host that is nobody's."""
    if not did.startswith(did_web.PREFIX):
        raise NotDidWeb
    url = did_web.document_url(did)
    if did_web.did_of_url(url.removesuffix("/did.json").removesuffix("/.well-known")) != did:
        raise BadDid
    if urlsplit(url).hostname == urlsplit(site.base_url).hostname:
        raise OwnHost
