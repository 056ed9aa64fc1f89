"""The credential has the one shape of Open Badges 3.0 (OV-02): our JSON Schema of the data model, and the rules beside
it.

The published schemas of Open Badges say what ours says. Schemas of others, which a credential may name besides, are
never fetched (VJ-67): whether it follows them is not known.
"""

import re
from datetime import datetime

from jmc_vc.errors import Error
from jmc_vc.verifying.check import Finding, failed, passed, unknown
from jmc_vc.verifying.evidence import Evidence
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Stated

_PUBLISHED = re.compile(r"https://purl\.imsglobal\.org/spec/ob/v3p0/schema/[a-z-]+/ob_v3p0_[a-z]+_schema\.json")


def check(presented: Stated, evidence: Evidence, policy: Policy, now: datetime) -> Finding:
    """No violation of the schema, and the credential can be read through the strict shape."""
    if isinstance(presented.token, Error) and not presented.token.code.startswith("schema."):
        return unknown("schema.not_read")
    if evidence.context is not None and evidence.context.code == "context.type_unknown":
        return unknown("schema.type_unknown")
    if presented.violations:
        return failed(presented.violations[0].code)
    if isinstance(presented.credential, Error):
        return failed(presented.credential.code)
    if any(not _PUBLISHED.fullmatch(each.id) for each in presented.credential.schemas):
        return unknown("schema_ref.not_held")
    return passed("schema.conforms")
