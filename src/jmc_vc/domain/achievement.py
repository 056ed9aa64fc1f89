"""From an approved program version to the Open Badges 3.0 Achievement (domain model §4; INV-05, INV-06).

The achievement of a credential is made here and nowhere else: issuers send no achievement text. Core fields first,
so that a reader without our extension understands everything; the `jmc:` members are the sharp copies. Members whose
value is an object are JSON literals in the context and are carried verbatim.

https://www.imsglobal.org/spec/ob/v3p0/#achievement
"""

from collections.abc import Iterator, Mapping
from typing import Any

from jmc_vc.domain.award import credits_earned
from jmc_vc.domain.criteria_text import narrative
from jmc_vc.domain.exact_number import plain, written
from jmc_vc.domain.framework import framework, level_node
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.domain.vocabulary import label

Content = Mapping[str, Any]
JSONObject = dict[str, Any]

LANGUAGES = ("ja", "en")

_OUTCOMES_OF: Mapping[str, str] = {"ja": "学修成果", "en": "learning outcomes"}

_VERBATIM = {
    "workload": "jmc:workload",
    "level": "jmc:level",
    "assessmentSecurity": "jmc:assessmentSecurity",
    "participation": "jmc:participation",
    "qualityAssurance": "jmc:qualityAssurance",
    "prerequisites": "jmc:prerequisites",
    "stackability": "jmc:stackability",
    "validity": "jmc:validity",
    "legalBasis": "jmc:legalBasis",
    "deliveryPartners": "jmc:deliveryPartners",
}
"""Members of the profile that go into the credential as they are. Purpose, need, target learners, fees and the like
do not: they stand on the register's page."""


def achievement(program: ProgramVersion | Content, site: Site, language: str = "ja") -> JSONObject:
    """The Achievement of a program version, in the edition of `language` ("ja", the one that credentials carry, or
    "en").

    `program` is the version or its content, already rebased to this installation. The id is the version's URL in both
    editions. The result is new at every call; its `jmc:` members share values with the content.
    """
    content = program.content if isinstance(program, ProgramVersion) else program
    number, version = content["programNumber"], content["version"]
    url = site.program_version(number, version)
    made: JSONObject = {
        "id": url,
        "type": ["Achievement"],
        "achievementType": "MicroCredential",
        "name": content["title"][language],
        "description": content["description"][language],
        "inLanguage": language,
        "version": version,
        "humanCode": number,
        "fieldOfStudy": _field_of_study(content),
    }
    if "image" in content:
        made["image"] = {"id": content["image"], "type": "Image"}
    earned = credits_earned(content)
    if earned is not None:
        made["creditsAvailable"] = earned
    made |= {
        "criteria": {"id": f"{url}#criteria", "narrative": narrative(content, language)},
        "creator": _profile(content["issuer"], language),
        "alignment": list(_alignments(content, site, language)),
        "resultDescription": [_result_description(content, a, url) for a in content["assessment"]],
        "related": list(_related(content, url, language)),
        "otherIdentifier": [
            {"type": "IdentifierEntry", "identifier": number, "identifierType": "ext:JMCProgramNumber"},
        ],
        "jmc:profileVersion": content["profileVersion"],
        "jmc:title": {code: content["title"][code] for code in LANGUAGES},
        "jmc:notionalHours": plain(content["workload"]["notionalHours"]),
        "jmc:assessment": [
            {"id": f"{url}#{a['id']}", "method": a["method"], "outcomes": list(a["outcomes"]), "weight": a["weight"]}
            for a in content["assessment"]
        ],
    }
    if content["workload"].get("credits"):
        made["jmc:credits"] = content["workload"]["credits"]
    return made | {term: content[member] for member, term in _VERBATIM.items() if member in content}


def program_version(version: ProgramVersion, site: Site) -> JSONObject:
    """`jmc:programVersion` (INV-06): what lets a verifier check version and window without asking anyone.

    Raises ValueError for a version that was never approved.
    """
    if version.approval is None:
        raise ValueError("a credential names an approved version")
    return {
        "id": site.program_version(version.number, version.version),
        "programNumber": version.number,
        "version": version.version,
        "contentDigest": version.content_digest,
        "decision": site.decision(version.approval.decision),
        "approvedFrom": version.approval.effective_from.isoformat(),
        "approvedUntil": version.approval.effective_until.isoformat(),
    }


def assessor(content: Content, language: str = "ja") -> JSONObject | None:
    """`credentialSubject.source`: the partner that assessed on behalf of the issuer, if one did.

    OB 3.0 has one source. Of several partners, the first is taken: all of them stand in `jmc:deliveryPartners`.
    """
    partners = content.get("deliveryPartners")
    if not partners or not any(
        a.get("assessedBy") in ("delivery_partner", "independent_assessor") for a in content["assessment"]
    ):
        return None
    return _profile(partners[0], language)


def _field_of_study(content: Content) -> str:
    place = content["fieldOfEducation"]
    return f"{place['scheme']} {place['code']} {place['label']['en']}"


def _profile(organization: Content, language: str) -> JSONObject:
    return {"id": organization["id"], "type": ["Profile"], "name": organization["name"][language]}


def _alignments(content: Content, site: Site, language: str) -> Iterator[JSONObject]:
    number, version = content["programNumber"], content["version"]
    for outcome in content["learningOutcomes"]:
        yield {
            "type": ["Alignment"],
            "targetType": "CFItem",
            "targetCode": outcome["code"],
            "targetName": outcome["statement"][language],
            "targetUrl": site.outcome(number, version, outcome["code"]),
            "targetFramework": f"{number} v{version} {_OUTCOMES_OF[language]}",
            "jmc:outcomeKind": outcome["kind"],
        }
    kinds = {alignment["targetType"] for alignment in content["alignments"]}
    if "ext:FieldOfEducation" not in kinds:
        yield _field_alignment(content)
    if "ext:QualificationLevel" not in kinds:
        yield _level_alignment(content)
    for alignment in content["alignments"]:
        yield _alignment(alignment)


def _alignment(alignment: Content) -> JSONObject:
    made: JSONObject = {
        "type": ["Alignment"],
        "targetName": alignment["targetName"],
        "targetUrl": alignment["targetUrl"],
        "targetType": alignment["targetType"],
        "targetFramework": f"{alignment['framework']} {alignment['frameworkVersion']}",
        "jmc:matchRelation": alignment["relation"],
    }
    if "assertedBy" in alignment:
        made["jmc:assertedBy"] = alignment["assertedBy"]
    if "targetCode" in alignment:
        made["targetCode"] = alignment["targetCode"]
    return made


def _field_alignment(content: Content) -> JSONObject:
    """The field of education, where the program does not list it among its alignments."""
    isced = framework("isced-f")
    place = content["fieldOfEducation"]
    return _alignment(
        {
            "framework": isced.alignment_names[0],
            "frameworkVersion": isced.version,
            "targetType": "ext:FieldOfEducation",
            "targetCode": place["code"],
            "targetName": place["label"]["en"],
            "targetUrl": f"{isced.url}{place['code']}",
            "relation": "exactMatch",
            "assertedBy": "issuer",
        }
    )


def _level_alignment(content: Content) -> JSONObject:
    """The level, where the program does not list it; its description says whose claim it is, so that nobody takes the
    issuer's own word for a finding of the review."""
    jeqf = framework("jeqf")
    node = level_node(content["level"]["value"])
    claim = label("level-claim", content["level"]["claim"])
    made = _alignment(
        {
            "framework": jeqf.alignment_names[0],
            "frameworkVersion": jeqf.version,
            "targetType": node.target_type,
            "targetCode": node.code,
            "targetName": node.label,
            "targetUrl": node.uri,
            "relation": "closeMatch",
            "assertedBy": "issuer",
        }
    )
    return made | {"targetDescription": f"{claim.ja} / {claim.en}"}


def _result_description(content: Content, assessment: Content, url: str) -> JSONObject:
    method = label("assessment-method", assessment["method"])
    result = assessment["result"]
    made: JSONObject = {
        "id": f"{url}#{assessment['id']}",
        "type": ["ResultDescription"],
        "name": f"{method.ja} / {method.en}",
        "resultType": result["type"],
    }
    if result["type"] in ("Percent", "RawScore"):
        made |= {
            "valueMin": written(result["min"]),
            "valueMax": written(result["max"]),
            "requiredValue": written(result["requiredValue"]),
        }
    elif result["type"] == "RubricCriterionLevel":
        made |= {
            "requiredLevel": f"{url}#{assessment['id']}-{result['requiredLevel']}",
            "rubricCriterionLevel": [
                {
                    "id": f"{url}#{assessment['id']}-{level['code']}",
                    "type": ["RubricCriterionLevel"],
                    "name": f"{level['name']['ja']} / {level['name']['en']}",
                    "level": str(level["order"]),
                }
                for level in result["levels"]
            ],
        }
    skills = list(_skills(content, assessment))
    return made | {"alignment": skills} if skills else made


def _skills(content: Content, assessment: Content) -> Iterator[JSONObject]:
    """The external skills of the outcomes that this assessment covers, each once."""
    seen = set()
    for outcome in content["learningOutcomes"]:
        if outcome["code"] in assessment["outcomes"]:
            for alignment in outcome.get("alignments", ()):
                key = (alignment["targetUrl"], alignment["targetName"])
                if key not in seen:
                    seen.add(key)
                    yield _alignment(alignment)


def _related(content: Content, url: str, language: str) -> Iterator[JSONObject]:
    for other in LANGUAGES:
        if other != language:
            yield {
                "id": f"{url}?lang={other}",
                "type": ["Related"],
                "inLanguage": other,
                "version": content["version"],
            }
    if "supersedes" in content:
        yield {
            "id": content["supersedes"],
            "type": ["Related"],
            "version": content["supersedes"].rsplit("/v/", 1)[-1],
        }
