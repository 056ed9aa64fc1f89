"""The contexts are known, byte for byte, and in the order that Open Badges prescribes (OB-04, VC-01, DI-04).

A context that we do not know may be honest: that is *unknown*. A context object written into the credential could give
its words any meaning, and a wrong order too: those fail. An SD-JWT VC has no contexts: its type (`vct`) says what its
claims mean.
"""

from datetime import datetime

from jmc_vc.errors import Error
from jmc_vc.verifying.check import Finding, failed, passed, unknown
from jmc_vc.verifying.evidence import Evidence
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Secured
from jmc_vc.verifying.presented_token import PresentedToken

_FIRST = ("https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1")
"""Data model 2.0, and 1.1 for the badges that exist (OB-47)."""
_UNKNOWN = frozenset({"context.unknown", "context.type_unknown"})
_OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context"


def check(presented: Secured, evidence: Evidence, policy: Policy, now: datetime) -> Finding:
    """Every context is one that we hold, the data model's first and that of Open Badges second."""
    fault = evidence.context
    if isinstance(presented.token, Error):
        return unknown("context.not_read")
    if fault is not None:
        return unknown(fault.code) if fault.code in _UNKNOWN else failed(fault.code)
    if isinstance(presented.token, PresentedToken) and presented.token.claims is not None:
        return passed("context.type_known")
    contexts = presented.document.get("@context")
    listed = contexts if isinstance(contexts, list) else [contexts]
    if listed[0] not in _FIRST or len(listed) < 2 or not str(listed[1]).startswith(_OPEN_BADGES):
        return failed("context.order")
    return passed("context.known")
