"""Open Badges of three sizes, as JSON, before a proof: for tests and benchmarks that need a plausible document.

`typical` has 4.4 kB, 113 quads and 10 blank nodes; `small` 1.1 kB and 21 quads.
"""

from typing import Any

from tests.builders.contexts import CREDENTIALS, EXTENSIONS, OPEN_BADGES


def small_badge(number: int = 0) -> dict[str, Any]:
    """A badge with its mandatory members and a picture."""
    return {
        "@context": [CREDENTIALS, OPEN_BADGES, EXTENSIONS],
        "id": f"urn:uuid:00000000-0000-4000-8000-{number:012x}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {
            "id": "did:web:issuer.example",
            "type": ["Profile"],
            "name": "Example University 例示大学",
            "url": "https://issuer.example",
            "email": "badges@issuer.example",
        },
        "validFrom": "2026-01-01T00:00:00Z",
        "name": "Robotics 101",
        "credentialSubject": {
            "id": f"did:example:learner:{number:08d}",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://issuer.example/achievements/robotics-101",
                "type": ["Achievement"],
                "achievementType": "Certificate",
                "name": "Robotics 101 ロボット工学入門",
                "description": "Foundations of mobile robotics: kinematics, sensing and control.",
                "criteria": {
                    "narrative": 'All six labs and the "capstone" project.\nPass mark: 70 %.\n最終試験に合格すること。'
                },
                "image": {"id": "https://issuer.example/badges/robotics-101.png", "type": "Image", "caption": "Badge"},
            },
        },
    }


def typical_badge(number: int = 0, *, scale: int = 1) -> dict[str, Any]:
    """A badge as a university issues it. `scale` repeats alignments, results and evidence."""
    badge = small_badge(number)
    subject = badge["credentialSubject"]
    achievement = subject["achievement"]
    achievement["tag"] = ["robotics", "ロボット", "control"]
    achievement["creator"] = {
        "id": "https://issuer.example/profiles/eng",
        "type": ["Profile"],
        "name": "School of Engineering 工学部",
    }
    achievement["criteria"]["id"] = "https://issuer.example/achievements/robotics-101/criteria"
    achievement["alignment"] = [
        {
            "type": ["Alignment"],
            "targetCode": f"STEM.{k}",
            "targetName": f"Competency {k} 能力項目{k}",
            "targetDescription": f"Learner can design and evaluate subsystem {k} of an autonomous robot.",
            "targetFramework": "National STEM Framework",
            "targetType": "ceasn:Competency",
            "targetUrl": f"https://frameworks.example/stem/{k}",
        }
        for k in range(3 * scale)
    ]
    achievement["resultDescription"] = [_result_description(k) for k in range(2 * scale)]
    subject["activityEndDate"] = "2025-12-20T00:00:00+09:00"
    subject["creditsEarned"] = 3.5
    subject["identifier"] = [
        {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": "sha256$" + f"{number:064x}",
            "identityType": "emailAddress",
            "salt": f"s{number:06d}",
        }
    ]
    subject["result"] = [
        {"type": ["Result"], "resultDescription": each["id"], "value": ["A", "87"][k % 2]}
        for k, each in enumerate(achievement["resultDescription"])
    ]
    badge["description"] = "Awarded for completing Robotics 101. ロボット工学入門の修了証です。"
    badge["evidence"] = [
        {
            "id": f"https://issuer.example/evidence/{number}/{k}",
            "type": ["Evidence"],
            "name": f"Capstone report {k}",
            "narrative": "The learner built a line-following rover.\n自律走行ロボットを製作した。",
            "genre": "Project",
        }
        for k in range(scale)
    ]
    badge["validUntil"] = "2036-01-01T00:00:00Z"
    badge["awardedDate"] = "2025-12-24T10:00:00+09:00"
    badge["credentialStatus"] = {
        "id": f"https://issuer.example/status/1#{number}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(number),
        "statusListCredential": "https://issuer.example/status/1",
    }
    badge["credentialSchema"] = [
        {
            "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
            "type": "1EdTechJsonSchemaValidator2019",
        }
    ]
    return badge


def _result_description(k: int) -> dict[str, Any]:
    described: dict[str, Any] = {
        "id": f"urn:uuid:11111111-0000-4000-8000-{k:012x}",
        "type": ["ResultDescription"],
        "name": f"Result {k} 成績{k}",
        "resultType": ["LetterGrade", "Percent"][k % 2],
    }
    if k % 2 == 0:
        return {**described, "allowedValue": ["A", "B", "C", "F"], "requiredValue": "C"}
    levels = [
        {
            "id": f"urn:uuid:22222222-{k:04x}-4000-8000-{j:012x}",
            "type": ["RubricCriterionLevel"],
            "name": f"Level {j}",
            "level": str(j),
            "points": str(10 * j),
        }
        for j in range(2)
    ]
    return {**described, "valueMin": "0", "valueMax": "100", "rubricCriterionLevel": levels}
