"""Write the corpus: its files, what their hosts serve, its keys, and the manifest that says what is to be found.

python -m tests.corpus            what is in the folder then is the same bytes wherever it is made
"""

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jmc_vc import vendored
from tests.builders.contexts import NAMESPACE, OURS
from tests.corpus import (
    bad_documents,
    bad_files,
    bad_proofs,
    bad_statuses,
    bad_tokens,
    endorsed,
    good,
    odd,
    renewed,
    sd_jwt_vcs,
    shown,
)
from tests.corpus.case import REQUIRED, Case, as_bytes
from tests.corpus.documents import BASE_URL, registered
from tests.corpus.issuers import ENDED, GUILD, JMC, NOW, POTTERY, REGISTERED, THIEF, Issuer
from tests.corpus.keys import ED25519, P256, P384, key

HERE = Path(__file__).parent
CASES: tuple[Case, ...] = (
    *good.SECURED, *good.TOKENS, *odd.ODD,
    *bad_documents.ALTERATIONS, *bad_documents.BREACHES, *bad_documents.NOT_APPROVED,
    *bad_proofs.PROOFS, *bad_proofs.KEYS, *bad_tokens.TOKENS, *bad_statuses.STATUSES,
    *bad_files.SYNTAX, *bad_files.PICTURES, *bad_files.PRESENTATIONS,
    *endorsed.ENDORSED, *endorsed.MARKED, *sd_jwt_vcs.SD_JWT_VCS, *shown.SHOWN, *renewed.RENEWED,
)  # fmt: skip
ISSUERS = (REGISTERED, ENDED, POTTERY, THIEF, GUILD, JMC)
MADE = ("credentials", "hosts", "keys.json", "register.json", "manifest.json")
"""What stands in the folder by this script alone."""


def files() -> dict[str, bytes]:
    """Every file of the corpus by its path."""
    names = [case.file for case in CASES]
    assert len(set(names)) == len(names), "two entries have one name"
    served = _served()
    return {
        **{case.file: case.written() for case in CASES},
        **dict(served.values()),
        "keys.json": _pretty({"note": "Test keys. They are public and protect nothing.", "keys": _keys()}),
        "register.json": _pretty(_register()),
        "manifest.json": _pretty(_manifest(served)),
    }


def write(folder: Path = HERE) -> None:
    """Put the files into `folder`, and take those away that are no longer made."""
    for name in ("credentials", "hosts"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name, body in files().items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)


def _served() -> dict[str, tuple[str, bytes]]:
    """What stands at each address: its file, and the bytes."""
    found: dict[str, Any] = {OURS: vendored.contexts(NAMESPACE)[OURS]}
    for issuer in ISSUERS:
        found[issuer.document_url] = issuer.document()
    for case in CASES:
        for address, body in case.serves().items():
            written = as_bytes(body)
            assert as_bytes(found.get(address, written)) == written, f"{address} would serve two things"
            found[address] = written
    return {address: (_file_of(address), as_bytes(body)) for address, body in sorted(found.items())}


def _file_of(address: str) -> str:
    parts = urlsplit(address)
    return f"hosts/{parts.hostname}{parts.path.replace('/.well-known/', '/well-known/')}"


def _keys() -> list[dict[str, str]]:
    made = [issuer.key(kind) for issuer in ISSUERS for kind in issuer.kinds]
    loose = [key(kind, "loose") for kind in (ED25519, P256, P384)]
    holders = [key(kind, "holder") for kind in (ED25519, P256)]
    return [each.private_jwk() for each in (*made, *loose, *holders)]


def _register() -> dict[str, Any]:
    def did(issuer: Issuer, **more: str) -> dict[str, str]:
        return {"did": issuer.did, "document": _file_of(issuer.document_url), **more}

    return {
        "service": BASE_URL,
        "issuers": [{
            "number": "JMC-I-90001", "name": {"ja": REGISTERED.name}, "registeredFrom": "2025-04-01",
            "dids": [did(REGISTERED), did(ENDED, ended=NOW.isoformat())],
        }],
        "programs": [{
            "number": "JMC-P-900001", "version": "1", "issuer": "JMC-I-90001", "effectiveFrom": "2026-04-01",
            "effectiveUntil": "2029-03-31", "decision": "JMC-D-900001",
            "achievement": registered()["credentialSubject"]["achievement"],
        }],
    }  # fmt: skip


def _manifest(served: Mapping[str, tuple[str, bytes]]) -> dict[str, Any]:
    return {
        "at": NOW.isoformat(),
        "policies": {name: list(required) for name, required in REQUIRED.items()},
        "hosts": {address: file for address, (file, _) in served.items()},
        "credentials": [_entry(case) for case in CASES],
    }


def _entry(case: Case) -> dict[str, Any]:
    entry: dict[str, Any] = {"file": case.file, "kind": case.kind.value, "what": case.what}
    if case.defect is not None:
        entry["defect"] = case.defect
    if case.ids:
        entry["catalogue"] = list(case.ids)
    if case.at != NOW:
        entry["at"] = case.at.isoformat()
    if case.asked is not None:
        entry["asked"] = dict(zip(("domain", "challenge"), case.asked, strict=True))
    if case.refused is not None:
        return {**entry, "refused": case.refused}
    entry["verdict"] = {policy: case.verdict(policy) for policy in REQUIRED}
    if case.verdicts is not None:
        entry["credentials"] = {policy: case.credentials(policy) for policy in REQUIRED}
    if case.fault is not None:
        entry["fault"] = [case.fault, *case.findings()[case.fault]]
    if case.endorsements:
        entry["endorsements"] = [list(finding) for finding in case.endorsements]
    return {**entry, "checks": {check: list(finding) for check, finding in case.findings().items()}}


def _pretty(value: Any) -> bytes:
    """JSON that can be read and compared, each list of texts on one line."""
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    return re.sub(r"\[\s+([^][{}]*?)\s+\]", lambda found: f"[{' '.join(found[1].split())}]", text).encode()


if __name__ == "__main__":
    write()
