"""Policies as data: which checks a verdict of `valid` needs. The report names the policy.

`default` is for employers, `strict` also wants what is optional there, and `technical` looks at proof, validity and
status and says nothing of JMC's accreditation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from jmc_vc.errors import Unacceptable

_TECHNICAL = frozenset({"parse", "context", "schema", "coverage", "proof", "key", "claims", "validity", "status"})
_MAY_NOT_APPLY = frozenset({"claims", "status"})
"""Plain JSON has no claims beside it; and an issuer may give no status."""
_BY_THE_REGISTER = frozenset({"issuer", "program"})
_ACCREDITED = _TECHNICAL | _BY_THE_REGISTER


class PolicyUnknown(Unacceptable):
    """The policy asked for does not exist."""

    code = "verify.policy_unknown"


@dataclass(frozen=True, kw_only=True)
class Policy:
    """`required`: ids of checks that must pass or not apply; `must_pass`: those for which "does not apply" is not
    enough; `skew`: how far two clocks may differ."""

    name: str
    required: frozenset[str]
    must_pass: frozenset[str]
    skew: timedelta

    @property
    def is_technical(self) -> bool:
        """Whether `valid` says nothing of who the issuer is, so that it may be anybody."""
        return not self.required & _BY_THE_REGISTER


POLICIES: Mapping[str, Policy] = {
    policy.name: policy
    for policy in (
        Policy(name="default", required=_ACCREDITED, must_pass=_ACCREDITED - _MAY_NOT_APPLY, skew=timedelta(minutes=5)),
        Policy(name="strict", required=_ACCREDITED, must_pass=_ACCREDITED - {"claims"}, skew=timedelta(0)),
        Policy(name="technical", required=_TECHNICAL, must_pass=_TECHNICAL - _MAY_NOT_APPLY, skew=timedelta(minutes=5)),
    )
}
"""`strict` also wants a status entry, and grants no difference between clocks."""


def policy_named(name: str) -> Policy:
    """The policy called `name`; raises PolicyUnknown."""
    try:
        return POLICIES[name]
    except KeyError:
        raise PolicyUnknown(pointer="/policy") from None
