"""An installation with all that a page can show: programs, the test learners, good, bad and strange credentials."""

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from jmc_vc.accrediting.sanction_program import Sanction
from jmc_vc.domain.credential import RevocationReason, StatusAction
from jmc_vc.domain.program import unchecked_alignments
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.did.did_key import did_of_key
from jmc_vc.signing.file_signer import Ed25519Signer
from tests.builders.badges import typical_badge
from tests.builders.endorsements import by_jmc, by_stranger, endorsement, holding, mark
from tests.builders.forger import unsigned
from tests.builders.installation import NOON, OPERATOR, PROGRAMS, Installation, make_installation

SETUP = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
FROM, UNTIL = date(2026, 9, 15), date(2029, 3, 31)
LONGEST = {
    "ja": {
        "family": "ウィリアムズ・モンテネグロ・デ・ラ・フエンテ・イ・サンタクルス・コルドバ",
        "given": "マリア・デル・カルメン・グアダルーペ・エスペランサ・コンセプシオン",
    },
    "latn": {"family": "WILLIAMS-MONTENEGRO DE LA FUENTE Y SANTACRUZ", "given": "Maria del Carmen Guadalupe"},
}
HOSTILE = (
    "# Big\n<script>alert(1)</script> [click](javascript:alert(1)) ![x](https://evil.example/x.png) "
    "<https://evil.example> **bold**\n\n- item"
)
LEARNERS: Mapping[str, dict[str, Any]] = {
    each["id"]: each
    for each in json.loads(
        (Path(__file__).parents[3] / "src/jmc_vc/cli/demo_data/learners.json").read_text(encoding="utf-8")
    )["learners"]
}
"""The test learners by id."""


@dataclass(frozen=True, kw_only=True)
class House:
    """`bodies` are credentials by what they show; those that were issued here have an id in `uuids`."""

    installation: Installation
    bodies: Mapping[str, bytes]
    uuids: Mapping[str, UUID]


def build_house(folder: Path, base_url: str, environment: Mapping[str, str] | None = None) -> House:
    """The installation in `folder`, with the clock at NOON; `environment` has further settings."""
    installation = make_installation(folder, base_url=base_url, empty=True, environment=environment)
    installation.clock.now = SETUP
    _accredit(installation)
    installation.clock.now = NOON
    bodies = _issued(installation)
    uuids = {name: UUID(json.loads(body)["id"].rpartition("/")[2]) for name, body in bodies.items()}
    _change(installation, uuids)
    bodies |= {
        "forged": _with_another_title(bodies["valid"]),
        "foreign": foreign(installation),
        "unreachable": foreign(installation, status=True),
    }
    bodies |= {
        "endorsed": _endorsed(installation, bodies["valid"]),
        "presentation": _presented(installation, bodies["valid"], bodies["revoked"], bodies["foreign"]),
        "presentation-empty": _presented(installation),
        "presentation-valid": _presented(installation, bodies["valid"], bodies["longest"]),
    }
    return House(installation=installation, bodies=bodies, uuids=uuids)


def _accredit(installation: Installation) -> None:
    service = installation.service
    for number, content in PROGRAMS.items():
        installation.register(number)
        installation.import_program(number)
        (version,) = (each for each in service.list_programs() if each.number == number)
        for alignment in unchecked_alignments(version):
            service.confirm_alignment(
                number, version.version, alignment["targetUrl"], note="looked up", actor=OPERATOR, now=SETUP
            )
        installation.approve(
            number,
            version=content["version"],
            effective_from=FROM,
            effective_until=UNTIL,
            decision=f"JMC-D-{number.removeprefix('JMC-P-')}",
        )


def _issued(installation: Installation) -> dict[str, bytes]:
    learning = {"activityStartDate": "2026-06-01", "activityEndDate": "2026-09-20"}
    evidence = {"evidence": [{"name": "<b>x</b>", "narrative": HOSTILE}]}
    wanted: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
        "valid": ("JMC-P-900001", _name("learner-01"), learning),
        "longest": ("JMC-P-900003", LONGEST, {}),
        "hostile": ("JMC-P-900001", _name("learner-08"), evidence),
        "revoked": ("JMC-P-900001", _name("learner-02"), {}),
        "replaced": ("JMC-P-900001", _name("learner-06"), {}),
        "suspended": ("JMC-P-900001", _name("learner-03"), {}),
        "ended": ("JMC-P-900002", _name("learner-04"), {}),
        **{learner: ("JMC-P-900001", _name(learner), {}) for learner in LEARNERS},
    }
    return {name: _issue(installation, name, *what) for name, what in wanted.items()}


def _issue(installation: Installation, name: str, number: str, written: dict[str, Any], more: dict[str, Any]) -> bytes:
    content = PROGRAMS[number]
    body = {
        "program": number,
        "recipient": {"name": written, "email": f"{name}@learners.example"},
        "awardedDate": "2026-10-01",
        "results": [{"assessment": each["id"], "value": _good(each["result"])} for each in content["assessment"]],
        **more,
    }
    return installation.issue(body, slug=content["issuer"]["id"].rpartition("/")[2]).body


def _change(installation: Installation, uuids: Mapping[str, UUID]) -> None:
    service, actor = installation.service, installation.actor()
    changes = (
        ("revoked", StatusAction.REVOKE, RevocationReason.ISSUED_IN_ERROR),
        ("replaced", StatusAction.REVOKE, RevocationReason.SUPERSEDED),
        ("suspended", StatusAction.SUSPEND, None),
    )
    for name, action, reason in changes:
        service.change_status(uuids[name], action, reason=reason, text=None, actor=actor, now=NOON)
    for number, sanction in (("JMC-P-900002", Sanction.WITHDRAW), ("JMC-P-900004", Sanction.SUSPEND)):
        service.sanction_program(number, "1", sanction, reason="test", actor=OPERATOR, now=NOON)


def _with_another_title(body: bytes) -> bytes:
    document = json.loads(body)
    document["credentialSubject"]["achievement"]["name"] += "！"
    return json.dumps(document, ensure_ascii=False).encode()


def foreign(
    installation: Installation, *, status: bool = False, change: Callable[[dict[str, Any]], None] = lambda _: None
) -> bytes:
    """A genuine badge of an issuer that nobody here knows; its status list lies where nobody asks."""
    signer = Ed25519Signer(bytes(32))
    did = did_of_key(signer.public_key)
    badge = typical_badge()
    badge["issuer"]["id"] = did
    badge["credentialSubject"]["identifier"].insert(
        0, {"type": "IdentityObject", "hashed": False, "identityHash": "SMITH Alex", "identityType": "name"}
    )
    badge["credentialSubject"]["achievement"]["criteria"]["narrative"] += f"\n\n{HOSTILE}"
    badge["credentialSubject"]["activityEndDate"] = "2025-12-20T00:00:00Z"
    if not status:
        del badge["credentialStatus"]
    change(badge)
    secured = add_proof(
        badge,
        cryptosuite="eddsa-rdfc-2022",
        verification_method=f"{did}#{did.removeprefix('did:key:')}",
        created=NOON,
        sign=signer.sign,
        contexts=installation.service.contexts,
    )
    return json.dumps(secured, ensure_ascii=False).encode()


def _endorsed(installation: Installation, body: bytes) -> bytes:
    """With JMC's mark, an endorsement by somebody outside, and one that somebody wrote in another's name."""
    document = unsigned(body)
    about = document["credentialSubject"]["achievement"]["id"]
    good = by_stranger(installation, endorsement(about))
    other = by_stranger(installation, endorsement(about, id="urn:uuid:0b6b8d3a-5c0e-4b1f-9d3e-000000000000"))
    forged = {**other, "issuer": good["issuer"] | {"name": "Everybody"}}
    return holding(installation, document, by_jmc(installation, mark(installation)), good, forged)


def _presented(installation: Installation, *bodies: bytes) -> bytes:
    """Shown by somebody whom none of them is about."""
    signer = Ed25519Signer(bytes(range(32)))
    did = did_of_key(signer.public_key)
    document: dict[str, Any] = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": did,
        "verifiableCredential": [json.loads(body) for body in bodies],
    }
    shown = add_proof(
        document,
        cryptosuite="eddsa-jcs-2022",
        verification_method=f"{did}#{did.removeprefix('did:key:')}",
        created=NOON,
        purpose="authentication",
        sign=signer.sign,
        contexts=installation.service.contexts,
    )
    return json.dumps(shown, ensure_ascii=False).encode()


def _name(learner: str) -> dict[str, Any]:
    members = ("fullName", "ja", "kana", "latn", "order")
    return {member: copy.deepcopy(LEARNERS[learner][member]) for member in members if member in LEARNERS[learner]}


def _good(result: Mapping[str, Any]) -> str:
    if result["type"] == "RubricCriterionLevel":
        return str(max(result["levels"], key=lambda level: level["order"])["code"])
    return "Completed" if result["type"] == "Status" else str(result["requiredValue"])
