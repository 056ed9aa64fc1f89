"""The achievement is the approved version's, whole and unchanged, and the reference to the version is true (INV-05,
INV-06).

The digest is that of the stored content as it was read: a row altered behind our back must not be signed.
"""

from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.issuing.lints.approved import written
from jmc_vc.issuing.lints.facts import Facts


def lint(document: JsonObject, facts: Facts) -> str | None:
    """The achievement, the reference to the version and the test-data label are the approved version's. Returns the
    pointer of what is not so."""
    version, approved = facts.version, facts.approved
    if approved.content_digest != version.content_digest:
        return "stored content"
    subject = document["credentialSubject"]
    if not isinstance(subject, dict) or written(subject.get("achievement")) != approved.achievement:
        return "/credentialSubject/achievement"
    reference = document.get("jmc:programVersion")
    if not isinstance(reference, dict) or reference.get("contentDigest") != version.content_digest:
        return "/jmc:programVersion/contentDigest"
    if document.get("jmc:testData") is not (True if version.fictional else None):
        return "/jmc:testData"
    return None
