"""The credential could be read: strict JSON inside the limits, or a token of three parts (VW-11, VW-12, VW-23).

JSON that cannot be read never comes this far: it is refused before there is a report, because then there is nothing to
report on. A token that cannot be read is told from other text by how it begins, so that there is.
"""

from datetime import datetime

from jmc_vc.errors import Error
from jmc_vc.verifying.check import Finding, failed, passed, unknown
from jmc_vc.verifying.evidence import Evidence
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Presented
from jmc_vc.verifying.presented_token import PresentedToken
from jmc_vc.verifying.undecided import could_not_check

_OF_THIS_CHECK = ("parse.", "encoding.", "token.syntax", "disclosure.")


def check(presented: Presented, evidence: Evidence, policy: Policy, now: datetime) -> Finding:
    """The bytes are one JSON object, or a token that holds one, read strictly."""
    fault = presented.token
    if isinstance(fault, Error) and fault.code.startswith(_OF_THIS_CHECK):
        code, params = fault.code, fault.params
        return unknown(code, **params) if could_not_check(fault) else failed(code, **params)
    disclosed = fault.disclosed if isinstance(fault, PresentedToken) else None
    hidden = disclosed is not None and disclosed.hides_parts
    return passed("parse.parts_hidden" if hidden else "parse.read")
