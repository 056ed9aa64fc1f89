"""The corpus judged by the service's own pipeline: in an installation with the register that the corpus names, and with
other hosts that serve what stands in its folder."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jmc_vc.custody.private_key_file import read_private_key
from jmc_vc.domain.signing_key import JMC as OWNER
from jmc_vc.errors import Error
from jmc_vc.formats.data_integrity.verify_proof import Expected
from jmc_vc.verifying.presentation_json import any_report_json
from jmc_vc.verifying.wanted import NOTHING_MORE, Wanted
from tests.builders.installation import OPERATOR, Installation, make_installation
from tests.corpus.documents import BASE_URL
from tests.corpus.issuers import ENDED, JMC, NOW, REGISTERED, Issuer, dumped, jws
from tests.simulators.network import online

HERE = Path(__file__).parent
SLUG = "hoshimigaoka"
OTHER_PROGRAM = "JMC-P-900003"
Json = dict[str, Any]


@cache
def manifest() -> Json:
    """What stands in manifest.json."""
    found: Json = json.loads((HERE / "manifest.json").read_bytes())
    return found


def hosts() -> dict[str, bytes]:
    """What the hosts of the corpus serve, by address."""
    return {address: (HERE / file).read_bytes() for address, file in manifest()["hosts"].items()}


@contextmanager
def installed(
    served: Mapping[str, bytes] | None = None, folder: Path | None = None, *, database_url: str | None = None
) -> Iterator[Installation]:
    """An installation that knows the issuers and programs of the corpus, and those hosts."""
    with TemporaryDirectory() as temporary:
        made = make_installation(folder or Path(temporary), database_url, base_url=BASE_URL)
        made.register(OTHER_PROGRAM)
        made.import_program(OTHER_PROGRAM)
        made.approve(OTHER_PROGRAM, decision="JMC-D-900003")
        _register(made, REGISTERED)
        _register(made, ENDED)
        made.service.end_did(SLUG, ENDED.did, reason="corpus", actor=OPERATOR, now=made.now)
        _take_the_key_of_the_marks(made)
        online(made, hosts() if served is None else served)
        yield made
        made.service.verify.fetch_outside.read_code.pool.close()
        made.service.database.close()


def _register(installation: Installation, issuer: Issuer) -> None:
    service = installation.service
    nonce = service.challenge_did(SLUG, issuer.did, now=installation.now).nonce
    header = {"alg": "EdDSA", "typ": "jmc-key-possession+jwt", "kid": issuer.method_id()}
    claims = {"iss": issuer.did, "aud": service.site.did, "nonce": nonce}
    service.register_did(
        SLUG, issuer.did, document=dumped(issuer.document()), proof=jws(header, dumped(claims), issuer.key().sign),
        reason="corpus", actor=OPERATOR, now=installation.now,
    )  # fmt: skip


def _take_the_key_of_the_marks(installation: Installation) -> None:
    service, now = installation.service, installation.now
    key = service.import_key(OWNER, read_private_key(dumped(JMC.key().private_jwk())), actor=OPERATOR, now=now)
    service.publish_key(OWNER, key.kid, actor=OPERATOR, now=now)
    service.activate_key(OWNER, key.kid, immediate=True, actor=OPERATOR, now=now)
    assert f"{service.site.did}#{key.kid}" == JMC.method_id()


@dataclass(frozen=True)
class Judged:
    """What was found of one entry. `checks` is id → [outcome, code]; `refused` the code of a refusal, which has no
    checks; `verdicts` are those of the credentials in a presentation, `endorsements` what was found of each in a badge.
    """

    verdict: str | None
    checks: Mapping[str, Sequence[str]]
    refused: str | None = None
    verdicts: Sequence[str] | None = None
    endorsements: Sequence[Sequence[str]] = ()

    @classmethod
    def of(cls, report: Json) -> "Judged":
        """What a report in JSON says."""
        inside = report.get("credentials")
        return cls(
            verdict=report["verdict"],
            # That of all the credentials in a presentation says what `verdicts` say one by one.
            checks={
                check["id"]: [check["outcome"], check["code"]]
                for check in report["checks"]
                if check["id"] != "credentials"
            },
            verdicts=None if inside is None else [each["verdict"] for each in inside],
            endorsements=[[each["outcome"], each["code"]] for each in report.get("endorsements", ())],
        )


def expected(entry: Json, policy: str) -> Judged:
    """What an entry of the manifest says that is to be found."""
    if "refused" in entry:
        return Judged(None, {}, refused=entry["refused"])
    inside = entry.get("credentials")
    return Judged(
        entry["verdict"][policy],
        entry["checks"],
        verdicts=None if inside is None else inside[policy],
        endorsements=entry.get("endorsements", []),
    )


def moment(entry: Json) -> datetime:
    """When an entry is to be judged."""
    return datetime.fromisoformat(entry["at"]) if "at" in entry else NOW


def wanted(entry: Json) -> Wanted:
    """What its verifier asked the holder for."""
    return Wanted(for_us=Expected(**entry["asked"])) if "asked" in entry else NOTHING_MORE


def judged(installation: Installation, entry: Json, policy: str) -> Judged:
    """What the pipeline finds of an entry of the manifest."""
    data = (HERE / entry["file"]).read_bytes()
    try:
        report = installation.service.verify_handed_in(data, policy=policy, now=moment(entry), wanted=wanted(entry))
    except Error as refused:
        return Judged(None, {}, refused=refused.code)
    return Judged.of(any_report_json(report, "en"))
