"""Endorsements and marks, signed by whoever may give them, and badges that hold them."""

import json
from pathlib import Path
from typing import Any

from jmc_vc.formats.data_integrity.add_proof import add_proof
from tests.builders.forger import Stranger, signed_by_issuer, unsigned
from tests.builders.installation import Installation

MARK: dict[str, Any] = json.loads((Path(__file__).parent / "mark_900001.json").read_bytes())
"""The mark of the domain's example, unsigned."""
PRAISE = "Excellent in every respect"
ENDORSER = "Imperial Academy of Everything"


def endorsement(about: str, **changes: Any) -> dict[str, Any]:
    """An unsigned endorsement of what has the id `about`; what is None is left out."""
    document: dict[str, Any] = {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:0b6b8d3a-5c0e-4b1f-9d3e-3a52f6d1b7c9",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Endorsement",
        "issuer": {"id": "", "type": ["Profile"], "name": ENDORSER},
        "validFrom": "2026-10-01T00:00:00Z",
        "credentialSubject": {"id": about, "type": ["EndorsementSubject"], "endorsementComment": PRAISE},
        **changes,
    }
    return {name: member for name, member in document.items() if member is not None}


def by_stranger(installation: Installation, document: dict[str, Any], stranger: Stranger | None = None) -> Any:
    """The endorsement with the proof of somebody whom JMC does not know."""
    return json.loads((stranger or Stranger()).sign(installation, document))


def mark(installation: Installation, **changes: Any) -> dict[str, Any]:
    """The unsigned mark of program 900001, as the domain's example has it, with the digest of what was approved."""
    service = installation.service
    with service.database.read() as snapshot:
        (version,) = snapshot.programs.versions("JMC-P-900001")
    document = service.site.rebase(MARK)
    facts = {name: value for name, value in document["credentialSubject"].items() if name.startswith("jmc:")}
    for name in facts:
        del document["credentialSubject"][name]
    document["@context"][3] = service.site.context_url
    return {**document, **facts, "jmc:contentDigest": version.content_digest, **changes}


def by_jmc(installation: Installation, document: dict[str, Any]) -> Any:
    """The document with the proof of JMC itself."""
    service = installation.service
    with service.database.read() as snapshot:
        key = snapshot.signing_keys.active("jmc")
    assert key is not None
    return add_proof(
        document,
        cryptosuite="eddsa-rdfc-2022",
        verification_method=f"{service.site.did}#{key.kid}",
        created=installation.now,
        sign=service.issue.keyring.signer(key).sign,
        contexts=service.contexts,
    )


def badge(installation: Installation) -> dict[str, Any]:
    """A badge as the service issues it, without its proof."""
    return unsigned(installation.issue().body)


def holding(
    installation: Installation,
    badge: dict[str, Any],
    *endorsements: Any,
    place: str = "achievement",
    suite: str = "eddsa-rdfc-2022",
) -> bytes:
    """`badge` with `endorsements` at its `place`, documents or tokens, signed anew by its issuer."""
    places = {
        "credential": badge,
        "achievement": badge["credentialSubject"]["achievement"],
        "issuer": badge["issuer"],
    }
    for each in endorsements:
        member = "endorsementJwt" if isinstance(each, str) else "endorsement"
        places[place].setdefault(member, []).append(each)
    return signed_by_issuer(installation, badge, suite=suite)
