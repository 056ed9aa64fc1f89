"""The one total function from findings to a verdict (invariants 12 and 13): all of its table."""

import itertools
from dataclasses import replace

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.data_model.presentation import NotByHolder
from jmc_vc.verifying.check import Check, Finding, Outcome, failed, not_applicable, passed, unknown
from jmc_vc.verifying.checks import CHECKS
from jmc_vc.verifying.policy import POLICIES, Policy
from jmc_vc.verifying.presentation_ruling import PresentationReport
from jmc_vc.verifying.ruling import Indeterminate, Invalid, Valid, Verdict, rule
from tests.builders.installation import NOON

NAMES = [name for name, _ in CHECKS]
FINDINGS: dict[Outcome, Finding] = {
    Outcome.PASS: passed("status.clear"),
    Outcome.FAIL: failed("proof.crypto"),
    Outcome.UNKNOWN: unknown("status.retrieval"),
    Outcome.NOT_APPLICABLE: not_applicable("status.none"),
}
every_policy = pytest.mark.parametrize("policy", POLICIES.values(), ids=lambda policy: policy.name)


def checks(outcomes: dict[str, Outcome]) -> tuple[Check, ...]:
    """All checks, passed but for `outcomes`."""
    return tuple(Check(name, FINDINGS[outcomes.get(name, Outcome.PASS)]) for name in NAMES)


def expected(outcomes: dict[str, Outcome], policy: Policy) -> Verdict:
    """By the words of the policy, check by check."""
    needed = {name: outcome for name, outcome in outcomes.items() if name in policy.required}
    if Outcome.FAIL in needed.values():
        return Verdict.INVALID
    still_open = [
        name
        for name, outcome in needed.items()
        if outcome is Outcome.UNKNOWN or (outcome is Outcome.NOT_APPLICABLE and name in policy.must_pass)
    ]
    return Verdict.INDETERMINATE if still_open else Verdict.VALID


@every_policy
def test_every_check_in_every_outcome(policy: Policy) -> None:
    for name, outcome in itertools.product(NAMES, Outcome):
        assert rule(checks({name: outcome}), policy).verdict is expected({name: outcome}, policy), (name, outcome)


@every_policy
def test_every_pair_of_checks_in_every_outcome(policy: Policy) -> None:
    for (one, other), (first, second) in itertools.product(
        itertools.combinations(NAMES, 2), itertools.product(Outcome, repeat=2)
    ):
        outcomes = {one: first, other: second}
        assert rule(checks(outcomes), policy).verdict is expected(outcomes, policy), outcomes


@every_policy
def test_all_checks_in_one_outcome(policy: Policy) -> None:
    for outcome in Outcome:
        outcomes = dict.fromkeys(NAMES, outcome)
        assert rule(checks(outcomes), policy).verdict is expected(outcomes, policy)


@every_policy
def test_a_check_that_was_not_made_is_open(policy: Policy) -> None:
    for name in policy.required:
        left = tuple(each for each in checks({}) if each.id != name)
        assert rule(left, policy) == Indeterminate(frozenset({name}))


@every_policy
def test_valid_has_no_room_for_what_is_not_satisfied(policy: Policy) -> None:
    good = {check.id: check.finding for check in checks({}) if check.id in policy.required}
    for name in policy.required:
        for outcome in (Outcome.FAIL, Outcome.UNKNOWN):
            with pytest.raises(AssertionError):
                Valid(policy, {**good, name: FINDINGS[outcome]})  # type: ignore[dict-item]  # which is the point
        with pytest.raises(AssertionError):
            Valid(policy, {each: finding for each, finding in good.items() if each != name})  # type: ignore[misc]


def test_no_verdict_without_a_reason() -> None:
    with pytest.raises(AssertionError):
        Invalid(())
    with pytest.raises(AssertionError):
        Invalid((unknown("status.retrieval"),))  # type: ignore[arg-type]  # which is the point
    with pytest.raises(AssertionError):
        Indeterminate(frozenset())


def test_every_required_check_exists() -> None:
    for policy in POLICIES.values():
        assert policy.must_pass <= policy.required <= set(NAMES)


@pytest.mark.parametrize(
    ("faults", "asked", "verdict"),
    [
        pytest.param((), {"recipient", "holder"}, Verdict.INDETERMINATE, id="of nothing, when more was asked"),
        pytest.param((), set(), Verdict.INDETERMINATE, id="of nothing"),
        pytest.param((NotByHolder(pointer="/holder"),), set(), Verdict.INVALID, id="with a fault"),
    ],
)
def test_no_presentation_without_a_good_credential_is_valid(
    faults: tuple[Error, ...], asked: set[str], verdict: Verdict
) -> None:
    """Its ruling is made of its own checks, and cannot be given."""
    default = POLICIES["default"]
    made = PresentationReport(
        policy=replace(default, required=default.required | asked, must_pass=default.must_pass | asked),
        checked_at=NOON,
        holder=None,
        signers=(),
        faults=faults,
        warnings=(),
        document=None,
        credentials=(),
    )
    assert made.verdict is verdict
    if isinstance(made.ruling, Indeterminate):
        assert made.ruling.open == {"credentials", *asked}
