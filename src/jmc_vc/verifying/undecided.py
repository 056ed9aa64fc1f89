"""What says nothing against a credential or a presentation: it could not be looked at (SR-7).

We do not read it, may not open it or would never end with it. Whoever asks is told so, and never that it is bad.
"""

from typing import Final

from jmc_vc.errors import Error, TooLarge, Unavailable

_NOT_READ = frozenset(
    {
        "did.unsupported", "disclosure.hash", "disclosure.not_allowed", "envelope.media_type", "key.unsupported",
        "proof.suite_unsupported", "token.algorithm_unsupported", "verify.open_badges_2", "verify.unsupported_token",
    }
)  # fmt: skip
_NOT_OPENED = frozenset({"context.unknown", "did.forbidden", "did.syntax"})
"""A DID that names no host which may be asked: its keys may be honest, and are not to be had."""
_TOO_MUCH = frozenset({"canon.limit", "parse.limit", "proof.limit", "verify.too_many_parts"})
UNDECIDED = _NOT_READ | _NOT_OPENED | _TOO_MUCH
"""Codes of errors whose kind alone does not say it."""

PASSES: Final = frozenset(
    {
        "did.limit", "did.redirect", "did.stale", "did.tls", "did.unavailable", "key.log_unavailable",
        "key.unavailable", "status.encoding", "status.length", "status.limit", "status.retrieval", "status.stale",
        "status.verification",
    }
)  # fmt: skip
"""What is open because of what somebody's server said or did not say: asked again, it may say something else."""


def could_not_check(error: Error) -> bool:
    """Whether `error` leaves open what is true."""
    return isinstance(error, Unavailable | TooLarge) or error.code in UNDECIDED
