"""The credential has the one shape of Open Badges 3.0 (OV-02): our JSON Schema of the data model, and the rules beside
it."""

from datetime import datetime

from jmc_vc.errors import Error
from jmc_vc.verifying.check import Finding, failed, passed, unknown
from jmc_vc.verifying.evidence import Evidence
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Presented


def check(presented: Presented, evidence: Evidence, policy: Policy, now: datetime) -> Finding:
    """No violation of the schema, and the credential can be read through the strict shape."""
    if isinstance(presented.token, Error) and not presented.token.code.startswith("schema."):
        return unknown("schema.not_read")
    if presented.violations:
        return failed(presented.violations[0].code)
    if isinstance(presented.credential, Error):
        return failed(presented.credential.code)
    return passed("schema.conforms")
