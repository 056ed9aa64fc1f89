"""JMC's accreditation mark in a badge: it counts if JMC signed it, for this very content, and the register agrees."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from jmc_vc.accrediting.sanction_program import Sanction
from jmc_vc.formats.openbadges.endorsement import read_endorsement
from jmc_vc.formats.openbadges.schema import Schema, violations
from tests.builders.endorsements import MARK, badge, by_jmc, by_stranger, endorsement, holding, mark
from tests.builders.forger import Stranger
from tests.builders.installation import OPERATOR, Installation

Change = Callable[[dict[str, Any]], object]


def test_a_badge_without_a_mark_has_none(sqlite_installation: Installation) -> None:
    report = sqlite_installation.verify(sqlite_installation.issue().body)
    assert report.finding("mark").code == "mark.none"


def test_the_mark_can_stand_in_a_badge_and_is_bound_to_what_was_approved(sqlite_installation: Installation) -> None:
    ours = by_jmc(sqlite_installation, mark(sqlite_installation))
    assert violations(ours, Schema.ENDORSEMENT) == ()
    report = sqlite_installation.verify(holding(sqlite_installation, badge(sqlite_installation), ours))
    assert report.finding("mark").code == "mark.bound"
    assert report.finding("program").code == "program.accredited_then", "the mark is no part of what was approved"
    assert report.finding("coverage").code == "coverage.complete"
    assert report.finding("endorsement").code == "endorsement.none", "the mark is told apart"
    (found,) = report.endorsements
    assert (found.finding.code, found.by, found.registered) == (
        "mark.bound",
        sqlite_installation.service.site.did,
        True,
    )
    assert report.verdict == "valid"


def test_a_mark_whose_facts_stand_in_its_subject_is_read_but_cannot_stand_in_a_badge(
    sqlite_installation: Installation,
) -> None:
    """The domain's example, as it is: good alone and in a token."""
    document = sqlite_installation.service.site.rebase(MARK)
    assert violations(document, Schema.ENDORSEMENT) == ()
    assert read_endorsement(document).content_digest == MARK["credentialSubject"]["jmc:contentDigest"]
    ours = by_jmc(sqlite_installation, document)
    with pytest.raises(Exception, match=r"proof\.coverage"):
        holding(sqlite_installation, badge(sqlite_installation), ours)


def _forged(installation: Installation) -> Any:
    """JMC's name, and somebody else's key."""
    return by_stranger(installation, mark(installation)) | {"issuer": mark(installation)["issuer"]}


def _altered(installation: Installation) -> Any:
    return by_jmc(installation, mark(installation)) | {"jmc:contentDigest": "sha-256:" + "0" * 64}


BAD: dict[str, tuple[Callable[[Installation], Any], str]] = {
    "signed by somebody else": (_forged, "mark.not_genuine"),
    "altered after signing": (_altered, "mark.not_genuine"),
    "for other content": (
        lambda made: by_jmc(made, mark(made, **{"jmc:contentDigest": "sha-256:" + "0" * 64})), "mark.digest",
    ),
    "without a digest": (
        lambda made: by_jmc(made, {k: v for k, v in mark(made).items() if k != "jmc:contentDigest"}), "mark.digest",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_mark_shows_no_accreditation_and_takes_none_away(sqlite_installation: Installation, case: str) -> None:
    make, code = BAD[case]
    body = holding(sqlite_installation, badge(sqlite_installation), make(sqlite_installation))
    report = sqlite_installation.verify(body)
    assert report.finding("mark").code == code
    assert report.verdict == "valid", "the register is asked itself"
    assert all(each.name is None for each in report.endorsements)


def test_a_mark_on_an_altered_program_is_no_mark(sqlite_installation: Installation) -> None:
    altered = badge(sqlite_installation)
    altered["credentialSubject"]["achievement"]["name"] = "博士号"
    ours = by_jmc(sqlite_installation, mark(sqlite_installation))
    report = sqlite_installation.verify(holding(sqlite_installation, altered, ours))
    assert report.finding("mark").code == "mark.other_content"
    assert report.verdict == "invalid"


def test_a_mark_copied_to_a_badge_of_somebody_else_is_no_mark(sqlite_installation: Installation) -> None:
    copied = badge(sqlite_installation)
    copied["credentialSubject"]["achievement"]["endorsement"] = [by_jmc(sqlite_installation, mark(sqlite_installation))]
    del copied["credentialStatus"]
    report = sqlite_installation.verify(Stranger().sign(sqlite_installation, copied))
    assert report.finding("mark").code == "mark.other_content"
    assert report.summary == "impersonation_suspected"


def test_a_mark_of_another_program_is_an_endorsement_of_something_else(sqlite_installation: Installation) -> None:
    other = mark(sqlite_installation)
    other["credentialSubject"]["id"] = "http://localhost:8000/programs/JMC-P-900002/v/1"
    body = holding(sqlite_installation, badge(sqlite_installation), by_jmc(sqlite_installation, other))
    assert sqlite_installation.verify(body).finding("mark").code == "mark.not_genuine"


def test_inv_25_a_mark_that_ended_after_the_award_is_told_as_that(sqlite_installation: Installation) -> None:
    ours = by_jmc(sqlite_installation, mark(sqlite_installation))
    body = holding(sqlite_installation, badge(sqlite_installation), ours)
    sqlite_installation.clock.now = datetime(2030, 1, 1, tzinfo=UTC)
    report = sqlite_installation.verify(body)
    assert (report.finding("mark").code, report.verdict) == ("mark.ended_since", "valid")
    assert "mark.ended_since" in {each.code for each in report.notes}


def test_inv_25_a_mark_of_a_program_withdrawn_later_is_told_as_that(sqlite_installation: Installation) -> None:
    ours = by_jmc(sqlite_installation, mark(sqlite_installation))
    body = holding(sqlite_installation, badge(sqlite_installation), ours)
    sqlite_installation.service.sanction_program(
        "JMC-P-900001", "1", Sanction.WITHDRAW, reason="test", actor=OPERATOR, now=sqlite_installation.now
    )
    assert sqlite_installation.verify(body).finding("mark").code == "mark.ended_since"


def test_a_mark_for_an_award_before_the_accreditation_does_not_count(sqlite_installation: Installation) -> None:
    early = badge(sqlite_installation)
    early["awardedDate"] = "2026-03-31T23:59:59+09:00"
    ours = by_jmc(sqlite_installation, mark(sqlite_installation))
    report = sqlite_installation.verify(holding(sqlite_installation, early, ours))
    assert report.finding("mark").code == "mark.not_then"


def test_a_mark_that_cannot_be_checked_is_open(sqlite_installation: Installation) -> None:
    ours = by_jmc(sqlite_installation, mark(sqlite_installation))
    ours["proof"]["cryptosuite"] = "sphincs-2030"
    report = sqlite_installation.verify(holding(sqlite_installation, badge(sqlite_installation), ours))
    assert report.finding("mark").code == "mark.not_checked"
    assert report.verdict == "valid"


def test_an_endorsement_of_an_issuer_by_jmc_is_no_mark(sqlite_installation: Installation) -> None:
    made = badge(sqlite_installation)
    document = endorsement(made["issuer"]["id"], issuer=mark(sqlite_installation)["issuer"])
    body = holding(sqlite_installation, made, by_jmc(sqlite_installation, document), place="issuer")
    report = sqlite_installation.verify(body)
    assert (report.finding("mark").code, report.finding("endorsement").code) == (
        "mark.none",
        "endorsement.all_genuine",
    )
