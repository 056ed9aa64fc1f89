"""What @digitalcredentials/verifier-core says of the same files, and why it says something else than we do.

python -m tests.corpus.peer       ask it (Node, npm ci in tests/interop) and write its answers and the page about them
"""

import json
import subprocess
from collections.abc import Mapping
from typing import Any

from tests.corpus.judge import HERE, manifest
from tests.parts import require

ROOT = HERE.parents[1]
ANSWERS = HERE / "verifier_core.json"
PAGE = ROOT / "docs" / "reference" / "agreement-with-verifier-core.md"
Answers = Mapping[str, Mapping[str, str]]

REASONS: Mapping[str, tuple[str, ...]] = {
    "It has two suites, eddsa-rdfc-2022 and Ed25519Signature2020, and calls the proof of every other one invalid."
    " We verify them.": (
        "good/eddsa-jcs-2022", "good/registered-eddsa-jcs-2022", "good/ecdsa-rdfc-2019",
        "good/registered-ecdsa-rdfc-2019", "good/ecdsa-jcs-2019", "good/registered-ecdsa-jcs-2019",
        "good/ecdsa-rdfc-2019-p384", "good/ecdsa-jcs-2019-p384", "good/did-key-p256", "good/did-key-p384",
        "good/did-jwk-p256", "good/ecdsa-sd-2023-derived", "good/vcdm-1.1-eddsa-2022", "good/ecdsa-other-signature",
        "good/endorsed-over-json",
    ),
    "It reads no tokens, and so no envelope of one. We read it.": (
        "good/enveloped",
    ),
    "It reads no status list that is a token: it says that it could not look. We read it, and find what is in it.": (
        "good/status-list-as-token", "bad/revoked-token-list",
    ),
    "It grants no difference between clocks at the end of the validity, or at its start. We grant five minutes "
    "under the policies `default` and `technical`, as its own base library does since 7.1, and none under "
    "`strict`.": (
        "good/after-its-end-within-the-skew", "good/within-the-skew",
    ),
    "It takes the same statements under other names, by which nobody who reads the JSON finds them: a status or "
    "an end of validity could be hidden so. We refuse every spelling but the plain one (decision 0010).": (
        "bad/term-as-iri", "bad/id-as-keyword",
    ),
    "It drops an empty `@graph`, `@included` or `@reverse` unseen. Open Badges has no use for these keywords; we "
    "refuse them.": (
        "bad/graph-keyword", "bad/included-keyword", "bad/reverse-keyword",
    ),
    "It looks at the proof and not at the form. We compare with the data model of Open Badges 3.0, in which this "
    "is an error.": (
        "bad/no-badge-type", "bad/no-achievement", "bad/no-criteria", "bad/no-valid-from", "bad/valid-from-no-zone",
        "bad/day-that-is-none",
    ),
    "It would fetch the JSON Schema at whatever address the badge names, and reports the outcome apart from the "
    "verdict. We never fetch one, and say that it is open whether the badge conforms to a schema that we do not "
    "hold.": (
        "open/schema-elsewhere",
    ),
    "It is content with one proof that holds, as Open Badges allows. We want all of them to hold: otherwise "
    "somebody could add a proof of a famous name to any badge.": (
        "bad/two-proofs-one-broken",
    ),
    "It does not look at the dates of the proof. We refuse a proof that was made in the future or has expired.": (
        "bad/made-tomorrow", "bad/proof-expired",
    ),
    "It does not look at `revoked` and `expires` of a key. We refuse what was signed afterwards.": (
        "bad/key-revoked", "bad/key-expired",
    ),
    "It does not mind a private key in the issuer's DID document, with which anybody may have signed. We do.": (
        "bad/private-key-exposed",
    ),
    "It takes the identity point as a key, under which one signature is right for every content. We refuse weak "
    "keys.": (
        "bad/key-identity-point",
    ),
    "It does not know the revocation lists of 1EdTech, and says nothing of the status then. We read them.": (
        "bad/revoked-1edtech", "open/revocations-of-another",
    ),
    "It takes a list of another issuer. The specification leaves that to the verifier; we want the list of the "
    "issuer itself, or a list that it names in its DID document, and say that the status is open.": (
        "open/list-of-another",
    ),
    "It takes lists of any length. The specification asks for 131,072 entries at least (Bitstring Status List "
    "§3.2), so that nobody learns who was looked up; we say that the status is open.": (
        "open/list-too-short",
    ),
    "It does not compare the id of the list with the address that the badge names. We do: it could be any list of"
    " that issuer.": (
        "open/list-of-another-address",
    ),
    "It looks at one bit and does not read `statusSize` and `statusMessage`. We say that an entry that "
    "contradicts itself is open.": (
        "open/three-messages-for-two-bits", "open/size-zero", "open/size-huge",
    ),
    "It reads base64 with padding, and an index in any notation of JavaScript. We read what the specification "
    "writes, and say that everything else is open.": (
        "open/list-padded", "open/index-exponent", "open/index-hexadecimal",
    ),
    "It has no third answer for what could not be looked at, except of a status: an unknown context, suite, DID "
    "method or type of status and a host that is down are an invalid signature. We say that it is open: nobody "
    "has found the badge to be forged.": (
        "open/context-unknown", "open/suite-unknown", "open/host-down", "open/did-loopback",
        "open/did-decimal-address", "open/did-dots", "open/did-punycode", "open/did-method-unknown",
        "open/status-of-unknown-type",
    ),
    "It gets what the JSON parser of JavaScript makes of the file: the last of two members with one name. We "
    "refuse the file: readers differ in which of them they show.": (
        "bad/duplicate-member",
    ),
    "It looks in a presentation for a proof with the purpose of credentials, `assertionMethod`. So it refuses every "
    "one that was made for `authentication`, whatever was asked, and takes one that was not. We want `authentication`, "
    "as the specification does (VC Data Integrity §4.7), and tell apart who signed, and for whom (check `holder`).": (
        "good/presentation", "good/presentation-of-two", "good/shown-by-the-holder", "good/shown-two-by-the-holder",
        "open/shown-of-nobody", "open/shown-nothing", "open/shown-nothing-asked-by-nobody",
        "bad/presentation-for-credentials",
    ),
    "It cannot be asked who shows a badge that comes alone. Where somebody asks, we want the holder to show it.": (
        "bad/shown-bare",
    ),
    "Its copy of the context of Open Badges has no `endorsementJwt`, so it refuses a badge with an endorsement that is "
    "a token. Ours, of release 3.0.3, has it. What the endorsement is worth, neither takes from the badge nor adds to "
    "it.": (
        "good/endorsed-in-a-token", "good/endorsed-twice", "good/endorsement-token-altered",
    ),
    "It does not ask the issuer for a newer version. We ask once, and judge that one.": (
        "bad/renewed-and-revoked", "good/renewed-in-time",
    ),
}  # fmt: skip
"""Why the two differ: each entry of the corpus on which they do, once."""


def ask() -> Answers:
    """Its answers now."""
    node = require("node")
    require("node-packages")
    run = subprocess.run(
        [node, "tests/interop/corpus.mjs", "tests/corpus"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    found: Answers = json.loads(run.stdout)
    return found


def answers() -> Answers:
    """Its answers as they were when it was asked last."""
    found: Answers = json.loads(ANSWERS.read_bytes())
    return found


def ours(entry: Mapping[str, Any]) -> str:
    """What is to be found of an entry under `technical`, which says nothing of any register; a refusal is a refusal."""
    verdict: str = entry["verdict"]["technical"] if "verdict" in entry else "invalid"
    return verdict


def disagreements() -> dict[str, tuple[str, str, str]]:
    """File → our verdict, theirs, and what they say."""
    entries = {entry["file"]: entry for entry in manifest()["credentials"]}
    return {
        file: (ours(entries[file]), said["verdict"], said["said"])
        for file, said in answers().items()
        if said["verdict"] != ours(entries[file])
    }


def short(file: str) -> str:
    """How REASONS names a file."""
    return file.removeprefix("credentials/").removesuffix(".json")


_HEAD = (
    "# Where @digitalcredentials/verifier-core and we disagree",
    "",
    "<!-- Written by `python -m tests.corpus.peer`. -->",
    "",
)
_SAID = (
    "Both judged the {files} files of [the corpus](../../tests/corpus/README.md) that are JSON, at the same "
    "moment and with the same hosts: `@digitalcredentials/verifier-core` {core}, and this service under the "
    "policy `technical`. It is the library behind the wallets and the verifier of the Digital Credentials "
    "Consortium; it reads neither tokens nor pictures. We agree on {same} and disagree on {differ}, each of which"
    " is below. Its verdict is *valid* where its log has a valid signature and no step that failed, "
    "*indeterminate* where a step has an error and no answer, and *invalid* otherwise."
)


def page() -> str:
    """The page about it."""
    differ = {short(file): found for file, found in disagreements().items()}
    entries = {short(entry["file"]): entry for entry in manifest()["credentials"]}
    whole = answers()
    version = json.loads((ROOT / "tests/interop/package-lock.json").read_bytes())["packages"]
    core = version["node_modules/@digitalcredentials/verifier-core"]["version"]
    lines = [*_HEAD, _SAID.format(core=core, files=len(whole), same=len(whole) - len(differ), differ=len(differ)), ""]
    for reason, names in REASONS.items():
        lines += [reason, "", "| file | what it is | ours | theirs | what it says |", "|---|---|---|---|---|"]
        for name in names:
            mine, theirs, said = differ[name]
            entry = entries[name]
            what = entry["what"] + (f": {entry['defect']}" if "defect" in entry else "")
            lines.append(f"| `{name}` | {what} | {mine} | {theirs} | {said or '–'} |")
        lines.append("")
    return "\n".join(lines)


def write() -> None:
    """Ask, and write what came."""
    ANSWERS.write_text(json.dumps(ask(), indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write()
