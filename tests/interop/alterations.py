"""What must cost a credential its validity in everybody's eyes: mostly one changed character, and a few tricks."""

import copy
from collections.abc import Mapping
from typing import Any

import orjson

from jmc_vc.formats.encoding import base64url

PLACES: Mapping[str, tuple[str, int]] = {
    "the id": ("/id", -1),
    "the award date": ("/awardedDate", 9),
    "the beginning of validity": ("/validFrom", 3),
    "the date of issue": ("/issuanceDate", 3),
    "the learner": ("/credentialSubject/id", -1),
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
    "the bits of a status list": ("/credentialSubject/encodedList", 40),
    "the packed states": ("/status_list/lst", 20),
    "the digest of the program": ("/jmc:programVersion/contentDigest", -1),
    "the enveloped credential": ("/verifiableCredential/0/id", 200),
    "the holder": ("/holder", -1),
    "the nonce": ("/nonce", 0),
    "the claim of the issuer": ("/iss", -1),
    "the claim of the id": ("/jti", -1),
    "the claim of the subject": ("/sub", -1),
    "the claim of the type": ("/vct", -1),
    "the time of signing": ("/proof/created", 3),
    "the purpose of the proof": ("/proof/proofPurpose", 2),
    "the signature": ("/proof/proofValue", 40),
}
"""What is changed → where it stands (RFC 6901) in a credential, in a presentation or in the claims of a token that has
it, and which character of it. A signature is not changed at its end, where a character may hold bits that nobody
reads."""


def altered(members: dict[str, Any], pointer: str, position: int) -> dict[str, Any]:
    """A copy of `members` with one other character of the same sort."""
    document = copy.deepcopy(members)
    *path, last = pointer.removeprefix("/").split("/")
    target: Any = document
    for step in path:
        target = target[int(step)] if isinstance(target, list) else target[step]
    text: str = target[last]
    place = position % len(text)
    target[last] = text[:place] + _another(text[place]) + text[place + 1 :]
    return document


def altered_documents(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What was changed → `document` with that change, at each of PLACES that it has."""
    return {what: altered(document, *place) for what, place in PLACES.items() if _has(document, place[0])}


def alterations(shown: Any) -> Mapping[str, Any]:
    """What was changed → a document, a token or an SD-JWT with a key binding, with that change."""
    if isinstance(shown, dict):
        return altered_documents(shown)
    return altered_presentations(shown) if "~" in shown else altered_tokens(shown)


def altered_tokens(token: str) -> dict[str, str]:
    """What was changed → the compact JWS with that change in its header, its payload or its signature."""
    header, payload, signature = token.split(".")
    read, claims = _read(header), _read(payload)
    changed = {what: f"{header}.{_written(each)}.{signature}" for what, each in altered_documents(claims).items()}
    name = next((each for each in ("kid", "typ") if each in read), None)
    if name is not None:
        changed[f"the header's {name}"] = f"{_written(altered(read, f'/{name}', -1))}.{payload}.{signature}"
    changed["the signature"] = f"{header}.{payload}.{_altered_text(signature, 40)}"
    changed["no signature"] = f"{_written({**read, 'alg': 'none'})}.{payload}."
    return changed


def altered_presentations(presentation: str) -> dict[str, str]:
    """What was changed → the SD-JWT with a key binding, with that change."""
    token, *disclosures, binding = presentation.split("~")

    def written(token: str = token, disclosures: list[str] = disclosures, binding: str = binding) -> str:
        return "~".join((token, *disclosures, binding))

    *salt_and_name, value = orjson.loads(base64url.decode(disclosures[0]))
    header, claims, signature = binding.split(".")
    another = base64url.encode(orjson.dumps([*salt_and_name, [value]]))
    return {
        **{what: written(token=each) for what, each in altered_tokens(token).items()},
        "a disclosed value": written(disclosures=[another, *disclosures[1:]]),
        "a disclosure left out": written(disclosures=disclosures[1:]),
        "a disclosure shown twice": written(disclosures=[disclosures[0], *disclosures]),
        "no key binding": written(binding=""),
        "the nonce of the binding": written(binding=f"{header}.{_changed(claims, '/nonce')}.{signature}"),
        "the audience of the binding": written(binding=f"{header}.{_changed(claims, '/aud')}.{signature}"),
        "the signature of the binding": written(binding=f"{header}.{claims}.{_altered_text(signature, 40)}"),
    }


def _has(document: dict[str, Any], pointer: str) -> bool:
    target: Any = document
    for step in pointer.removeprefix("/").split("/"):
        if isinstance(target, list) and step.isdigit() and int(step) < len(target):
            target = target[int(step)]
        elif isinstance(target, dict) and step in target:
            target = target[step]
        else:
            return False
    return isinstance(target, str)


def _changed(part: str, pointer: str) -> str:
    return _written(altered(_read(part), pointer, 0))


def _read(part: str) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(base64url.decode(part))
    return found


def _written(members: dict[str, Any]) -> str:
    return base64url.encode(orjson.dumps(members))


def _altered_text(text: str, position: int) -> str:
    return text[:position] + _another(text[position]) + text[position + 1 :]


def _another(character: str) -> str:
    # Digits without 0 and letters without l, so that hexadecimal and base58 stay what they are.
    if character.isascii() and character.isdigit():
        return "2" if character == "1" else "1"
    if character.isascii() and (character.isalpha() or character in "-_"):  # what base64url has
        return "b" if character == "a" else "a"
    return "川" if character == "山" else "山"
