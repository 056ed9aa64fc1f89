"""The JSON Schema of a report, as it is published: `python -m jmc_vc.web.verify_api.report_schema schemas` writes it.

Made of the messages that openapi.yaml describes, so that the two say the same; a test compares the file with them. It
leaves room for members that a later release adds: who reads a report may ignore what it does not know.
"""

import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

from jmc_vc.domain.identifiers import EXAMPLE_HOST
from jmc_vc.web.verify_api.messages import VerificationMessage

ID = f"https://{EXAMPLE_HOST}/schema/verification-report/1.0/report.json"
FILE = "json-schema/verification-report-1.0.json"
_DESCRIPTION = (
    "What POST /v1/verify answers, and each line of POST /v1/verify/batch holds as its report. The host "
    f"{EXAMPLE_HOST} is a placeholder: the service writes its configured public base URL into $id."
)


def report_schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12)."""
    made = VerificationMessage.model_json_schema(by_alias=True)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": ID}
    opened: dict[str, Any] = _open(made)
    return {**head, **opened, "title": "Verification report", "description": _DESCRIPTION}


def written(schema: dict[str, Any]) -> str:
    """The text of the file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write(folder: Path) -> None:
    """Write the schema into `folder`, and its digest into the manifest there."""
    text = written(report_schema())
    (folder / FILE).write_text(text, encoding="utf-8")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    entry = manifest["jsonSchemas"].setdefault(
        ID,
        {
            "file": FILE,
            "sha256": "",
            "source": f"this project: the verification report 1.0; {EXAMPLE_HOST} is replaced by the base URL when "
            "served",
            "date": "2026-11-23",
            "licence": "Apache-2.0",
        },
    )
    entry["sha256"] = sha256(text.encode()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _open(value: Any) -> Any:
    """Without titles, which say the member's name again, and open to further members."""
    if isinstance(value, dict):
        return {
            name: {member: _open(each) for member, each in inner.items()}
            if name in ("properties", "$defs")
            else _open(inner)
            for name, inner in value.items()
            if name != "title" and not (name == "additionalProperties" and inner is False)
        }
    return [_open(each) for each in value] if isinstance(value, list) else value


if __name__ == "__main__":
    write(Path(sys.argv[1]))
