"""One changed character: each of these must cost a badge its validity, in everybody's eyes."""

import copy
from collections.abc import Mapping
from typing import Any

PLACES: Mapping[str, tuple[str, int]] = {
    "the id": ("/id", -1),
    "the award date": ("/awardedDate", 9),
    "the beginning of validity": ("/validFrom", 3),
    "the learner's name": ("/credentialSubject/identifier/0/identityHash", 0),
    "the learner's name in parts": ("/credentialSubject/jmc:recipientName/ja/family", 0),
    "the learner's address": ("/credentialSubject/identifier/1/identityHash", -1),
    "a result": ("/credentialSubject/result/0/value", 0),
    "the level reached": ("/credentialSubject/result/1/achievedLevel", -1),
    "the achievement": ("/credentialSubject/achievement/name", 0),
    "the criteria": ("/credentialSubject/achievement/criteria/narrative", -1),
    "the issuer's name": ("/issuer/name", 0),
    "the place in the status list": ("/credentialStatus/statusListIndex", -1),
    "the status list": ("/credentialStatus/statusListCredential", -1),
    "the digest of the program": ("/jmc:programVersion/contentDigest", -1),
    "the time of signing": ("/proof/created", 3),
    "the signature": ("/proof/proofValue", -1),
}
"""What is changed → where it stands (RFC 6901) in a badge of JMC-P-900001, and which character of it."""


def altered(badge: dict[str, Any], pointer: str, position: int) -> dict[str, Any]:
    """A copy of `badge` with one other character of the same sort."""
    document = copy.deepcopy(badge)
    *path, last = pointer.removeprefix("/").split("/")
    target: Any = document
    for step in path:
        target = target[int(step)] if isinstance(target, list) else target[step]
    text: str = target[last]
    place = position % len(text)
    target[last] = text[:place] + _another(text[place]) + text[place + 1 :]
    return document


def _another(character: str) -> str:
    # Digits without 0 and letters without l, so that hexadecimal and base58 stay what they are.
    if character.isascii() and character.isdigit():
        return "2" if character == "1" else "1"
    if character.isascii() and character.isalpha():
        return "b" if character == "a" else "a"
    return "川" if character == "山" else "山"
