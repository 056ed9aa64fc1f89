"""The verification pipeline: bytes in, a report out.

1. Detect what the bytes are, and take the credential out of its picture.
2. Parse into `Presented`, inside limits.
3. Gather evidence: keys, status, register.
4. Judge: each check in CHECKS.
5. Report: findings become a verdict with reasons.
"""

from dataclasses import dataclass
from datetime import datetime

from jmc_vc.verifying.check import Check
from jmc_vc.verifying.checks import CHECKS
from jmc_vc.verifying.detect import detect
from jmc_vc.verifying.gather import Gather
from jmc_vc.verifying.keys import RsaKeys
from jmc_vc.verifying.policy import policy_named
from jmc_vc.verifying.presented import read_presented
from jmc_vc.verifying.report import Report, report


@dataclass(frozen=True, kw_only=True)
class Verify:
    """Verify one credential under a policy. A bad credential is a report; an error means that there was nothing to
    check."""

    gather: Gather

    def __call__(
        self, data: bytes, *, policy: str = "default", now: datetime, rsa_keys: RsaKeys | None = None
    ) -> Report:
        """The report on `data`; `rsa_keys` are those of the request so far, when it asks about more than this. Raises
        Malformed, TooLarge, Unsupported or Unacceptable for what is no credential, and PolicyUnknown."""
        applied = policy_named(policy)
        detected = detect(data)  # 1
        presented = read_presented(detected)  # 2
        evidence = self.gather(presented, rsa_keys or RsaKeys())  # 3
        checks = tuple(Check(name, check(presented, evidence, applied, now)) for name, check in CHECKS)  # 4
        return report(presented, evidence, checks, applied, now)  # 5
