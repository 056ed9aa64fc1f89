"""An unsigned Open Badge as this service issues it, and a way to make it bad in one place."""

import copy
from typing import Any

VERSION = "https://mc.example.jp/programs/JMC-P-900001/v/1"

BADGE: dict[str, Any] = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
        "https://ns.jmc.example/mc/v1/context.json",
    ],
    "id": "https://mc.example.jp/credentials/6f1d2c9e-4b7a-4c38-9e52-1a0f7d3b8e64",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": "実務データ分析基礎",
    "issuer": {
        "id": "did:web:mc.example.jp:issuers:hoshimigaoka",
        "type": ["Profile"],
        "name": "星見ヶ丘大学（架空）",
        "url": "https://hoshimigaoka.example",
        "address": {"type": ["Address"], "addressCountryCode": "JP", "addressRegion": "JP-13"},
        "otherIdentifier": [
            {"type": "IdentifierEntry", "identifier": "JMC-I-90001", "identifierType": "ext:JMCIssuerNumber"}
        ],
    },
    "awardedDate": "2026-10-01T00:00:00+09:00",
    "validFrom": "2026-10-05T10:00:00+09:00",
    "credentialSubject": {
        "type": ["AchievementSubject"],
        "identifier": [
            {"type": "IdentityObject", "hashed": False, "identityHash": "𠮷野 葛󠄀葉", "identityType": "name"},
            {
                "type": "IdentityObject",
                "hashed": True,
                # of learner@example.jp with the salt k3v9
                "identityHash": "sha256$e964009ad72a76ba1bd2e7be5b3ce51fe67e0d57747e6a90d35a4ab92c3f6e69",
                "identityType": "emailAddress",
                "salt": "k3v9",
            },
        ],
        "jmc:recipientName": {
            "ja": {"family": "𠮷野", "given": "葛󠄀葉"},
            "latn": {"family": "YOSHINO", "given": "Kuzuha"},
            "order": "family-first",
        },
        "creditsEarned": 2.0,
        "result": [
            {"type": ["Result"], "resultDescription": f"{VERSION}#A1", "value": "82", "status": "Completed"},
            {"type": ["Result"], "resultDescription": f"{VERSION}#A2", "achievedLevel": f"{VERSION}#A2-L2"},
            {"type": ["Result"], "resultDescription": f"{VERSION}#A3", "status": "Completed"},
        ],
        "achievement": {
            "id": VERSION,
            "type": ["Achievement"],
            "achievementType": "MicroCredential",
            "name": "実務データ分析基礎",
            "description": "データを集め、整え、説明する力を身につける。",
            "criteria": {"narrative": "## 修了要件\nA1・A2・A3ともに合格基準を満たすこと"},
            "alignment": [
                {
                    "type": ["Alignment"],
                    "targetType": "CFItem",
                    "targetCode": "LO1",
                    "targetName": "点検できる。",
                    "targetUrl": "https://mc.example.jp/ims/case/v1p0/CFItems/0f8458f2-f4cc-51b9-9699-5459a01ea97c",
                    "jmc:outcomeKind": "skill",
                }
            ],
            "resultDescription": [
                {
                    "id": f"{VERSION}#A1",
                    "type": ["ResultDescription"],
                    "name": "筆記試験",
                    "resultType": "Percent",
                    "valueMin": "0",
                    "valueMax": "100",
                    "requiredValue": "60",
                },
                {
                    "id": f"{VERSION}#A2",
                    "type": ["ResultDescription"],
                    "name": "分析報告",
                    "resultType": "RubricCriterionLevel",
                    "requiredLevel": f"{VERSION}#A2-L1",
                    "rubricCriterionLevel": [
                        {"id": f"{VERSION}#A2-L1", "type": ["RubricCriterionLevel"], "name": "到達", "level": "1"},
                        {"id": f"{VERSION}#A2-L2", "type": ["RubricCriterionLevel"], "name": "優秀", "level": "2"},
                    ],
                },
                {"id": f"{VERSION}#A3", "type": ["ResultDescription"], "name": "出席", "resultType": "Status"},
            ],
            "jmc:title": {"ja": "実務データ分析基礎", "en": "Practical Data Analysis"},
        },
    },
    "credentialSchema": [
        {
            "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
            "type": "1EdTechJsonSchemaValidator2019",
        }
    ],
    "credentialStatus": {
        "id": "https://mc.example.jp/status/3/revocation#94567",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "94567",
        "statusListCredential": "https://mc.example.jp/status/3/revocation",
    },
    "jmc:programVersion": {
        "id": VERSION,
        "programNumber": "JMC-P-900001",
        "version": "1",
        "contentDigest": "sha-256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "decision": "https://mc.example.jp/decisions/JMC-D-900001",
        "approvedFrom": "2026-04-01",
        "approvedUntil": "2029-03-31",
    },
    "jmc:testData": True,
}

MISSING = object()
"""Given as a value, takes the member away."""


def badge(pointer: str | None = None, value: Any = MISSING) -> dict[str, Any]:
    """A good badge; with `pointer` (RFC 6901) the member there becomes `value`, or goes away."""
    document = copy.deepcopy(BADGE)
    if pointer is None:
        return document
    *path, last = pointer.removeprefix("/").split("/")
    target: Any = document
    for step in path:
        target = target[int(step)] if isinstance(target, list) else target[step]
    key: Any = int(last) if isinstance(target, list) else last
    if value is MISSING:
        del target[key]
    else:
        target[key] = value
    return document
