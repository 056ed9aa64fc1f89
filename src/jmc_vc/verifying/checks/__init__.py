"""The checks, in the order in which the report lists them. Each is one file with one function of four arguments."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from jmc_vc.verifying.check import Finding
from jmc_vc.verifying.checks import (
    claims,
    context,
    coverage,
    endorsement,
    holder,
    issuer,
    key,
    mark,
    parse,
    program,
    proof,
    recipient,
    refresh,
    schema,
    status,
    validity,
)
from jmc_vc.verifying.evidence import Evidence
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Presented

CheckFunction: TypeAlias = Callable[[Presented, Evidence, Policy, datetime], Finding]

CHECKS: tuple[tuple[str, CheckFunction], ...] = (
    ("parse", parse.check),
    ("context", context.check),
    ("schema", schema.check),
    ("coverage", coverage.check),
    ("proof", proof.check),
    ("key", key.check),
    ("claims", claims.check),
    ("validity", validity.check),
    ("status", status.check),
    ("issuer", issuer.check),
    ("program", program.check),
    ("mark", mark.check),
    ("endorsement", endorsement.check),
    ("recipient", recipient.check),
    ("holder", holder.check),
    ("refresh", refresh.check),
)
