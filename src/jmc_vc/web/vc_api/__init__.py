"""The VC API of W3C: credentials issued, verified, derived and looked up in the shapes that its clients know.

https://w3c.github.io/vcalm/. For accredited issuers, with the API keys of `/v1`; the rules are those of `/v1` too.
"""

from jmc_vc.web.vc_api import derive, issue, own_credentials, verify

ROUTERS = (issue.router, verify.router, own_credentials.router, derive.router)
