"""Files that hold no credential that could be judged: no JSON, no picture, too much of something. They are refused,
and the refusal says why. And presentations, each credential of which has a verdict of its own."""

import json
from collections.abc import Callable
from html import escape
from typing import Any

from jmc_vc.formats.jose import vc_jose
from tests.builders.contexts import CREDENTIALS
from tests.builders.pictures import chunk, element, itxt, png, svg
from tests.corpus.case import Case, Findings, Kind, fails, passed, unknown
from tests.corpus.documents import at, pottery
from tests.corpus.good import in_envelope
from tests.corpus.issuers import POTTERY, THIEF, Json, did_key, dumped, signed
from tests.corpus.keys import ED25519, P256, CorpusKey, key


def genuine() -> bytes:
    return dumped(POTTERY.sign(pottery()))


def forged() -> bytes:
    return dumped(at(POTTERY.sign(pottery()), "name", "Doctor of Pottery"))


def replaced(old: bytes, new: bytes) -> Callable[[], bytes]:
    return lambda: genuine().replace(old, new, 1)


def _refused(
    name: str, defect: str, body: Callable[[], Any], code: str, *ids: str, what: str = "a file", suffix: str = "json"
) -> Case:
    return Case(
        name=name, what=what, defect=defect, body=body, refused=code, ids=ids, kind=Kind.BAD, suffix=suffix,
    )  # fmt: skip


def _picture(name: str, defect: str, body: Callable[[], bytes], code: str, *ids: str, suffix: str = "png") -> Case:
    return _refused(name, defect, body, code, *ids, what=f"a picture ({suffix.upper()})", suffix=suffix)


def twice(member: bytes) -> bytes:
    """The picture's last twelve bytes are its end."""
    return png(itxt(member), itxt(forged()))


SYNTAX: tuple[Case, ...] = (
    _refused("duplicate-member", "`name` stands twice, and the second is the one that was signed",
             replaced(b'"name":', b'"name":"Doctor of Pottery","name":'), "parse.duplicate_key", "VJ-11"),
    _refused("not-a-number", "NaN in the place of a value", replaced(b'"value":"82"', b'"value":NaN'), "parse.number",
        "VJ-13"),
    _refused("number-too-large", "a number that no machine holds", replaced(b'"value":"82"', b'"value":1e999'),
        "parse.number", "VJ-14"),
    _refused("integer-of-5000-digits", "a number of 5,000 digits", replaced(b'"value":"82"',
        b'"value":' + b"9" * 5_000),
             "parse.number", "VJ-15"),
    _refused("lone-surrogate", "half a character", replaced(b"Pottery, first", b"\\ud800Pottery, first"),
        "parse.unicode", "VJ-16"),
    _refused("nul", "a NUL in a name", replaced(b"Pottery, first", b"\\u0000Pottery, first"), "parse.unicode", "VJ-17"),
    _refused("utf-16", "UTF-16", lambda: genuine().decode().encode("utf-16"), "parse.encoding", "VJ-24"),
    _refused("invalid-utf-8", "a byte that is no UTF-8", replaced(b"Pottery, first", b"\xffPottery, first"),
        "parse.encoding", "VJ-25"),
    _refused("comment", "a comment", replaced(b"{", b"/* c */{"), "parse.syntax"),
    _refused("trailing-comma", "a comma too many", lambda: genuine()[:-1] + b",}", "parse.syntax"),
    _refused("cut-off", "cut off in the middle", lambda: genuine()[:700], "parse.syntax"),
    _refused("two-documents", "two documents", lambda: genuine() + genuine(), "parse.syntax"),
    _refused("a-number", "a number", lambda: b"1", "parse.not_an_object", "VJ-26"),
    _refused("an-array", "an array", lambda: b"[]", "parse.not_an_object", "VJ-26"),
    _refused("empty-object", "an empty object", lambda: b"{}", "verify.not_a_credential", "VJ-26"),
    _refused("nothing", "nothing", lambda: b"", "parse.syntax", "VJ-26"),
    _refused("nested-arrays", "a thousand arrays in each other", lambda: b"[" * 1_000, "parse.depth", "VJ-18"),
    _refused("nested-evidence", "600 objects in each other", lambda: b'{"evidence":' * 600 + b"1" + b"}" * 600,
        "parse.depth", "VJ-19"),
    _refused("open-badges-2", "an assertion of Open Badges 2.0",
             lambda: {"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://x.example/1",
                      "verify": {"type": "hosted", "url": "https://x.example/1"}}, "verify.open_badges_2", "VJ-75"),
    _refused("many-statuses", "a thousand status entries",
             lambda: at(json.loads(genuine()), "credentialStatus", [{"id": "https://h.example/1",
             "type": "X"}] * 1_000),
             "verify.too_many_parts", "VJ-64"),
)  # fmt: skip

PICTURES: tuple[Case, ...] = (
    _picture("png-empty", "no badge is in it", png, "image.not_baked", "PN-01"),
    _picture("png-two-badges", "two badges, the second forged", lambda: twice(genuine()), "image.ambiguous", "PN-02"),
    _picture("png-length-lies", "a chunk that says it is longer than the file",
             lambda: png(itxt(genuine())).replace(len(itxt(genuine())[8:-4]).to_bytes(4), b"\x7f\xff\xff\xff", 1),
             "image.damaged", "PN-05"),
    _picture("png-check-sum", "the check sum of the badge's chunk is wrong",
             lambda: png(chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0" + genuine(), crc=1)), "image.damaged",
             "PN-07"),
    _picture("png-behind-the-end", "the badge stands behind the end", lambda: png() + itxt(genuine()),
        "image.not_baked", "PN-08"),
    _picture("png-cut-off", "cut off in the badge", lambda: png(itxt(genuine()))[:200], "image.damaged", "PN-09"),
    _picture("png-open-badges-2", "a badge of Open Badges 2.0 at an address",
             lambda: png(itxt(b"https://x.example/1", keyword=b"openbadges")), "image.open_badges_2", "PN-12"),
    _picture("png-flag-2", "a compression that there is not", lambda: png(itxt(genuine(), flag=2)),
        "image.compression", "PN-13"),
    _picture("png-method-7", "a method of compression that there is not", lambda: png(itxt(genuine(), flag=1,
        method=7)),
             "image.compression", "PN-13"),
    _picture("png-not-utf-8", "a badge that is no UTF-8", lambda: png(itxt(b"\xff" + genuine())), "image.encoding",
        "PN-14"),
    _picture("svg-external-entity", "an entity that is a file of the verifier",
             lambda: svg(element(genuine().decode()),
             before='<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
             "image.dtd_forbidden", "SV-01", suffix="svg"),
    _picture("svg-billion-laughs", "entities of entities", lambda: svg(
        element("&b;"), before='<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'),
             "image.dtd_forbidden", "SV-02", suffix="svg"),
    _picture("svg-two-badges", "two badges, the second forged",
             lambda: svg(element(escape(genuine().decode())) + element(escape(forged().decode()))), "image.ambiguous",
             "SV-06",
             suffix="svg"),
    _picture("svg-other-namespace", "the right name in another namespace",
             lambda: svg(element(escape(genuine().decode()), name="credential")), "image.not_baked", "SV-07",
             suffix="svg"),
    _picture("svg-in-a-comment", "the badge stands in a comment", lambda: svg("<!-- " + element("{}") + " -->"),
        "image.not_baked",
             "SV-07", suffix="svg"),
    _picture("svg-utf-16", "UTF-16", lambda: svg(element(escape(genuine().decode()))).decode().encode("utf-16"),
             "image.encoding", "SV-10", suffix="svg"),
)  # fmt: skip


# --- presentations ----------------------------------------------------------------------------------------------------

HOLDER = key(ED25519, "holder")


def presentation(
    *credentials: Any, by: CorpusKey = HOLDER, purpose: str = "authentication", **proof: Any
) -> Json:  # fmt: skip
    """A presentation of `credentials`; `proof` has members of the proof."""
    did, method = did_key(by)
    document = {
        "@context": [CREDENTIALS], "type": ["VerifiablePresentation"], "holder": did,
        "verifiableCredential": list(credentials),
    }  # fmt: skip
    return signed(document, by, method, purpose=purpose, **proof)


def loaded(data: bytes) -> Json:
    found: Json = json.loads(data)
    return found


def as_token(*credentials: str, **members: Any) -> str:
    """A `vp+jwt` of enveloped tokens."""
    did, method = did_key(key(P256, "holder"))
    document = {
        "@context": [CREDENTIALS], "type": ["VerifiablePresentation"], "holder": did,
        "verifiableCredential": [in_envelope(each) for each in credentials], **members,
    }  # fmt: skip
    signing = key(P256, "holder")
    return vc_jose.sign_presentation(document, kid=method, algorithm=signing.alg, sign=signing.sign)


def _presented(
    name: str, what: str, body: Callable[[], Any], verdicts: tuple[str, ...], found: Findings, *ids: str,
    defect: str | None = None, fault: str | None = None, suffix: str = "json",
) -> Case:  # fmt: skip
    return Case(
        name=name, what=what, body=body, verdicts=verdicts, found=found, ids=ids, defect=defect, fault=fault,
        kind=Kind.GOOD if defect is None else Kind.BAD, suffix=suffix,
    )  # fmt: skip


HELD: Findings = {"proof": passed("vp.proof_verified"), "holder": unknown("holder.not_for_us")}
"""Signed by whoever shows it, and perhaps for somebody else: nobody asked for it here."""


def not_held(code: str) -> Findings:
    return {"proof": fails(code), "holder": fails(code)}


PRESENTATIONS: tuple[Case, ...] = (
    _presented("presentation", "a presentation of one badge", lambda: presentation(loaded(genuine())), ("valid",),
        HELD),
    _presented("presentation-of-two", "a presentation of two badges",
               lambda: presentation(loaded(genuine()), POTTERY.sign(pottery(id=f"{POTTERY.base}/credentials/2"), P256)),
               ("valid", "valid"), HELD),
    _presented("presentation-token", "a `vp+jwt` of an enveloped `vc+jwt`",
        lambda: as_token(POTTERY.vc_jose(pottery())),
               ("valid",), HELD, suffix="jwt"),
    _presented("presentation-one-bad", "a presentation of two badges", lambda: presentation(loaded(genuine()),
        loaded(forged())),
               ("valid", "invalid"), HELD, "VJ-73", defect="the second badge was altered"),
    _presented("presentation-token-one-bad", "a `vp+jwt` of two enveloped tokens",
               lambda: as_token(POTTERY.vc_jose(pottery()), THIEF.vc_jose(pottery())), ("valid", "invalid"), HELD,
               "VJ-73",
               defect="the second badge is signed by another", suffix="jwt"),
    _presented("presentation-holder-swapped", "a presentation, altered after signing",
               lambda: {**presentation(loaded(genuine())), "holder": "did:example:bob"}, ("valid",),
               not_held("proof.crypto"),
               defect="the holder is another", fault="proof"),
    _presented("presentation-not-signed", "a presentation that nobody signed",
               lambda: {name: value for name, value in presentation(loaded(genuine())).items() if name != "proof"},
               ("valid",),
               not_held("vp.proof_missing"), defect="there is no proof", fault="proof"),
    _presented("presentation-for-credentials", "a presentation, signed like that",
               lambda: presentation(loaded(genuine()), purpose="assertionMethod"), ("valid",),
               not_held("proof.purpose"),
               defect="the proof is one for credentials", fault="proof"),
    _presented("presentation-unsecured", "a presentation", lambda: presentation(pottery()), ("invalid",),
               {**HELD, "holder": unknown("holder.not_read")}, defect="the badge in it was never signed"),
)  # fmt: skip
