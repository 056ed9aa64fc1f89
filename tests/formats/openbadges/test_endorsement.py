"""Endorsements and profiles: JMC's mark above all."""

from typing import Any

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.openbadges.endorsement import read_endorsement
from jmc_vc.formats.openbadges.member import Node
from jmc_vc.formats.openbadges.profile import profile_document, read_profile
from jmc_vc.formats.openbadges.schema import Schema, violations
from tests.builders.open_badge import VERSION, badge


def _mark(**changes: Any) -> dict[str, Any]:
    return {
        "@context": badge()["@context"],
        "id": "https://mc.example.jp/marks/JMC-M-900001",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "JMC認証マーク",
        "issuer": {"id": "did:web:mc.example.jp", "type": ["Profile"], "name": "JMC"},
        "validFrom": "2026-04-01T00:00:00+09:00",
        "validUntil": "2029-03-31T23:59:59+09:00",
        "credentialSubject": {
            "id": VERSION,
            "type": ["EndorsementSubject"],
            "jmc:decision": "https://mc.example.jp/decisions/JMC-D-900001",
            "jmc:contentDigest": "sha-256:00",
        },
        **changes,
    }


def test_the_mark_conforms_and_names_what_it_endorses() -> None:
    assert violations(_mark(), Schema.ENDORSEMENT) == ()
    mark = read_endorsement(_mark())
    assert (mark.endorsed, mark.content_digest) == (VERSION, "sha-256:00")
    assert mark.issuer.id == "did:web:mc.example.jp"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": ""}, "schema.violation"),
        ({"type": ["VerifiableCredential"]}, "schema.type"),
        ({"credentialSubject": {"type": ["EndorsementSubject"]}}, "schema.id"),
        ({"credentialSubject": {"id": VERSION, "type": ["AchievementSubject"]}}, "schema.type"),
        ({"validFrom": "2026-04-01"}, "schema.datetime"),
    ],
)
def test_an_endorsement_of_another_shape_is_refused_by_schema_and_reader(changes: dict[str, Any], code: str) -> None:
    assert code in {each.code for each in violations(_mark(**changes), Schema.ENDORSEMENT)}
    with pytest.raises(Error) as refusal:
        read_endorsement(_mark(**changes))
    assert refusal.value.code == code


def test_an_endorsement_inside_a_badge_is_held_to_the_same_schema() -> None:
    assert violations(badge("/endorsement", [_mark()]), Schema.OPEN_BADGE) == ()
    assert violations(badge("/endorsement", [_mark(name="")]), Schema.OPEN_BADGE)


def test_a_profile_that_we_make_conforms_and_reads_back() -> None:
    made = profile_document(
        id="did:web:mc.example.jp:issuers:hoshimigaoka",
        name="星見ヶ丘大学（架空）",
        url="https://hoshimigaoka.example",
        image="https://mc.example.jp/logo.svg",
        country="Japan",
        country_code="JP",
        region="JP-13",
        identifiers={"ext:JMCIssuerNumber": "JMC-I-90001"},
    )
    assert violations(made, Schema.PROFILE) == ()
    read = read_profile(Node(made))
    assert (read.country_code, read.identifiers) == ("JP", (("ext:JMCIssuerNumber", "JMC-I-90001"),))


def test_a_bare_profile_has_nothing_empty_in_it() -> None:
    assert profile_document(id="did:web:a.example", name="A") == {
        "id": "did:web:a.example",
        "type": ["Profile"],
        "name": "A",
    }
