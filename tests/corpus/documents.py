"""The credentials of the corpus before they are signed, and the status lists that stand beside them."""

import base64
import copy
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jmc_vc.formats.status.entry import bitstring_entry
from jmc_vc.formats.status.status_list_credential import status_list_credential
from tests.builders.contexts import CREDENTIALS, OPEN_BADGES
from tests.builders.installation import make_installation
from tests.corpus.issuers import NOW, POTTERY, REGISTERED, Issuer, Json

BASE_URL = "https://register.jmc.example"
"""Of the service whose register the corpus goes by."""
CREDENTIALS_1 = "https://www.w3.org/2018/credentials/v1"
OLD_SUITE = "https://w3id.org/security/suites/ed25519-2020/v1"
INTEGRITY = "https://w3id.org/security/data-integrity/v2"
LEARNER = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)
"""One grey pixel."""


def pottery(issuer: Issuer = POTTERY, *, did: str | None = None, **changes: Any) -> Json:
    """A badge of another vendor: what wallets and other issuers commonly write. `changes` replace members, and None
    takes one away."""
    made: Json = {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": f"{issuer.base}/credentials/1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Pottery, first year",
        "issuer": {"id": did or issuer.did, "type": ["Profile"], "name": issuer.name, "url": issuer.base},
        "validFrom": "2026-10-05T01:00:00Z",
        "credentialSubject": {
            "id": LEARNER,
            "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "hashed": False, "identityHash": "Aiko Example", "identityType": "name"}
            ],
            "result": [
                {"type": ["Result"], "resultDescription": f"{issuer.base}/achievements/1#exam", "value": "82"}
            ],
            "achievement": {
                "id": f"{issuer.base}/achievements/1",
                "type": ["Achievement"],
                "achievementType": "Certificate",
                "name": "Pottery, first year",
                "description": "Clay, wheel and kiln.",
                "criteria": {"narrative": "Make a pot that holds water."},
                "alignment": [
                    {"type": ["Alignment"], "targetName": "Handicraft",
                    "targetUrl": "https://skills.example/handicraft"}
                ],
                "resultDescription": [
                    {"id": f"{issuer.base}/achievements/1#exam", "type": ["ResultDescription"], "name": "Examination",
                     "resultType": "Percent", "valueMin": "0", "valueMax": "100", "requiredValue": "60"}
                ],
            },
        },
    }  # fmt: skip
    return {name: value for name, value in {**made, **changes}.items() if value is not None}


def older(issuer: Issuer = POTTERY, *contexts: str, **changes: Any) -> Json:
    """The same in the data model of before, VCDM 1.1 and Open Badges 3.0.1."""
    made = pottery(issuer, **changes)
    made["@context"] = [CREDENTIALS_1, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json", *contexts]
    made["issuanceDate"] = made.pop("validFrom")
    return made


def registered(**changes: Any) -> Json:
    """A credential of the accredited program, as its issuer's own system makes it. `changes` as above."""
    made = {**copy.deepcopy(_template()), **changes}
    return {name: value for name, value in made.items() if value is not None}


@cache
def _template() -> Json:
    """What the service makes of the approved version, without what is of the service or by chance."""
    with TemporaryDirectory() as folder:
        installation = make_installation(Path(folder), base_url=BASE_URL)
        made: Json = json.loads(installation.issue().body)
        installation.service.database.close()
    del made["proof"], made["credentialStatus"]
    made["id"] = f"{REGISTERED.base}/credentials/1"
    made["issuer"]["id"] = REGISTERED.did
    made["validFrom"] = "2026-10-05T10:00:00+09:00"
    salt = "corpus-salt"
    email = made["credentialSubject"]["identifier"][1]
    email["salt"] = salt
    email["identityHash"] = "sha256$" + sha256(f"learner-01@learners.example{salt}".encode()).hexdigest()
    return made


def at(document: Json, pointer: str, value: Any = None) -> Json:
    """A copy of `document` in which the member at `pointer` ("a/0/b") is `value`, or is gone where that is None."""
    made = copy.deepcopy(document)
    *path, last = pointer.split("/")
    place: Any = made
    for step in path:
        place = place[int(step)] if isinstance(place, list) else place[step]
    key: Any = int(last) if isinstance(place, list) else last
    if value is None:
        del place[key]
    elif isinstance(place, list) and key == len(place):
        place.append(value)
    else:
        place[key] = value
    return made


def changed(document: Json, change: Callable[[Json], Any]) -> Json:
    """A copy with one change."""
    made = copy.deepcopy(document)
    change(made)
    return made


# --- status lists -----------------------------------------------------------------------------------------------------

NONE_SET = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
NINTH_SET = "uH4sIAAAAAAAAA-3BIQEAAAACIKf5f5UzLEAaAAAAAAAAAAAAAAAAAAAA4GxcqaqmAEAAAA"
SHORT = "uH4sIAAAAAAACA-3BAQ0AAADCoPdPbQ43oAAAAAAAAACAdwOUmfTYACAAAA"
"""Lists of 131,072 entries, none set or that at index 9, and one of 65,536: written here, as not every zlib packs to
the same bytes."""


def entry(url: str, index: int = 7, *, purpose: str = "revocation", **members: Any) -> Json:
    return {**bitstring_entry(list_url=url, index=index, purpose=purpose), **members}


def status_list(
    url: str,
    *,
    issuer: Issuer = POTTERY,
    purpose: str = "revocation",
    issued: datetime = NOW - timedelta(hours=1),
    **changes: Any,
) -> Json:
    """An unsigned list; `changes` replace members, `subject` those of its subject."""
    made: Json = status_list_credential(
        id=url, issuer=issuer.did, purpose=purpose, encoded_list=NINTH_SET, valid_from=issued,
        valid_until=issued + timedelta(days=1), ttl_ms=60_000,
    )  # fmt: skip
    subject = {**made["credentialSubject"], **changes.pop("subject", {})}
    return {**made, "credentialSubject": subject, **changes}
