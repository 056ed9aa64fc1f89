"""The gate before the signer: only a credential that passed every lint can be signed, because `secure` takes nothing
else.

A lint that fails is our own mistake or a gap in an earlier check, never the caller's: the row is abandoned with the
lint's name, nothing is signed, and somebody has to look.
"""

from collections.abc import Callable
from dataclasses import dataclass

from jmc_vc.errors import Unavailable
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.issuing.lints import approved_content, contexts, identity, portable_order, portable_values, published_shape
from jmc_vc.issuing.lints.facts import Facts

Lint = Callable[[JsonObject, Facts], str | None]

LINTS: tuple[tuple[str, Lint], ...] = (
    ("contexts", contexts.lint),
    ("identity", identity.lint),
    ("published_shape", published_shape.lint),
    ("approved_content", approved_content.lint),
    ("portable_values", portable_values.lint),
    ("portable_order", portable_order.lint),
)
"""Each takes the credential and the facts it must agree with, and returns what is wrong, or None."""


class LintFailed(Unavailable):
    """The credential that we assembled breaks a rule of our own. Nothing was signed."""

    code = "issue.lint_failed"


@dataclass(frozen=True)
class LintedCredential:
    """A credential that passed every lint. Only `lint` makes one, and `linted_before`."""

    document: JsonObject


def lint(document: JsonObject, facts: Facts) -> LintedCredential:
    """The credential, fit to be signed. Raises LintFailed with the lint's name."""
    for name, find_fault in LINTS:
        fault = find_fault(document, facts)
        if fault is not None:
            raise LintFailed(lint=name, fault=fault)
    return LintedCredential(document)


def linted_before(document: JsonObject) -> LintedCredential:
    """A credential that passed them when it was issued, out of the very bytes that were recorded then. It is not judged
    anew: the names of its issuer or its program may be others today, and what was awarded stays what it was."""
    return LintedCredential(document)
