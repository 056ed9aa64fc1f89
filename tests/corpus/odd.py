"""Odd but good: what honest issuers, wallets and editors write, and a verifier that is strict in the wrong place
refuses."""

import json
import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from html import escape
from typing import Any

from jmc_vc.formats import baking, jcs
from tests.builders.contexts import EXTENSIONS, OURS
from tests.builders.pictures import itxt, png, svg
from tests.corpus.case import ACCREDITED, AS_TOKEN, Case, Findings, as_bytes, passed
from tests.corpus.documents import (
    INTEGRITY,
    at,
    changed,
    entry,
    pottery,
    registered,
    status_list,
)
from tests.corpus.good import LIST, OWN_LIST, baked_svg, in_envelope, listed
from tests.corpus.issuers import POTTERY, REGISTERED, Json, dumped

CLEAR: Findings = {"status": passed("status.clear")}


def genuine() -> Json:
    return POTTERY.sign(pottery())


def backwards(value: Any) -> Any:
    """With the members of every object in the opposite order."""
    if isinstance(value, dict):
        return {name: backwards(value[name]) for name in reversed(value)}
    return [backwards(item) for item in value] if isinstance(value, list) else value


def escaped(document: Json) -> str:
    """Every character of every text as an escape."""
    written = json.dumps(document, ensure_ascii=False)
    inside, out, skip = False, [], False
    for character in written:
        if skip:
            out.append(character)
            skip = False
        elif character == "\\":
            out.append(character)
            skip = True
        elif character == '"':
            inside = not inside
            out.append(character)
        else:
            out.append(f"\\u{ord(character):04X}" if inside and ord(character) < 0x10000 else character)
    return "".join(out)


def with_exponents() -> str:
    """Numbers that are written otherwise and are the same."""
    document = POTTERY.sign(at(pottery(), "credentialSubject/creditsEarned", 20))
    return dumped(document).decode().replace('"creditsEarned":20', '"creditsEarned":2e1')


def signed_with(pointer: str, value: Any) -> Callable[[], Json]:
    return lambda: POTTERY.sign(at(pottery(), pointer, value))


def dated(**members: Any) -> Callable[[], Json]:
    return lambda: POTTERY.sign(pottery(**members))


SUBJECT, ACHIEVEMENT = "credentialSubject", "credentialSubject/achievement"
NAME = f"{SUBJECT}/identifier/0/identityHash"
NAMES: Mapping[str, str] = {
    "name-variation-selector": "葛󠄀葉 辻󠄁",
    "name-outside-the-basic-plane": "𠮷野 𩸽",
    "name-compatibility-forms": "髙﨑 邉 神",
    "name-combining-marks": "が e\u0301 ệ",
    "name-right-to-left": "نور الهدى",
    "name-thai": "สมชาย ใจดี",
    "name-devanagari-joiner": "क्\u200dष",
    "name-apostrophes": "O’Neil-D'Arcy y Núñez",
    "name-markup": '<b onclick="x">Aiko</b> & "Co"',
    "name-of-one-letter": "U",
}
"""What stands in passports, and what looks like markup and is a name."""
DATES: Mapping[str, tuple[str, Json]] = {
    "leap-day": ("awarded on a leap day", {"validFrom": "2024-02-29T00:00:00Z"}),
    "offset-behind": ("a date with an offset behind UTC", {"validFrom": "2026-10-04T15:00:00-10:00"}),
    "offset-of-half-an-hour": ("an offset of five and a half hours", {"validFrom": "2026-10-05T06:30:00+05:30"}),
    "fractions-of-seconds": ("fractions of seconds", {"validFrom": "2026-10-05T01:00:00.123456789Z"}),
    "before-1970": ("valid since before 1970", {"validFrom": "1968-04-01T00:00:00+09:00"}),
    "end-of-the-calendar": ("valid to the end of the calendar", {"validUntil": "9999-12-31T23:59:59-14:00"}),
    "ends-tomorrow": ("valid for one more day", {"validUntil": "2026-11-24T03:00:00Z"}),
    "within-the-skew": (
        "valid from four minutes ahead, by a clock that goes ahead",
        {"validFrom": "2026-11-23T03:04:00Z"},
    ),
}
DATE_IDS = {"end-of-the-calendar": ("VJ-52",)}
CONTENTS: Mapping[str, tuple[str, str, Any]] = {
    "long-text": ("a narrative of 20,000 characters", f"{ACHIEVEMENT}/criteria/narrative", "土をこねる。" * 3_300),
    "line-breaks": ("line breaks, tabs and quotes in a text", f"{ACHIEVEMENT}/description",
        'a\r\nb\tc "d" \\ e\u2028f'),
    "markdown": ("Markdown in a narrative", f"{ACHIEVEMENT}/criteria/narrative",
        "# Pots\n\n- [a](https://x.example)\n"),
    "emoji": ("pictographs in the title", "name", "Pottery 🏺👩🏽‍🎨"),
    "image-as-data": ("a picture of the achievement as a data: URL of 400 kB", f"{ACHIEVEMENT}/image",
                      {"id": "data:image/png;base64," + "A" * 400_000, "type": "Image"}),
    "image-elsewhere": ("a picture at an address that nobody needs", f"{ACHIEVEMENT}/image",
                        {"id": "https://pictures.example/1.png", "type": "Image", "caption": "A pot"}),
    "evidence-elsewhere": ("evidence at an address that nobody needs", "evidence",
                           [{"id": "https://portfolio.example/1", "type": ["Evidence"], "name": "The pot"}]),
    "many-alignments": ("forty alignments", f"{ACHIEVEMENT}/alignment",
                        [{"type": ["Alignment"], "targetName": f"Skill {n}", "targetUrl": f"https://skills.example/{n}"}
                         for n in range(40)]),
    "alike-alignments": ("two alignments that differ in one word", f"{ACHIEVEMENT}/alignment",
                         [{"type": ["Alignment"], "targetName": name, "targetUrl": "https://skills.example/1"}
                          for name in ("Clay", "Kiln")]),
    "many-results": ("thirty results", f"{SUBJECT}/result",
                     [{"type": ["Result"], "resultDescription": f"{POTTERY.base}/achievements/1#exam", "value": str(n)}
                      for n in range(30)]),
    "result-value-zero": ("a result of zero", f"{SUBJECT}/result/0/value", "0"),
    "fractional-credits": ("one and a half credits", f"{SUBJECT}/creditsEarned", 1.5),
    "parent-organization": ("an issuer with its parent organization", "issuer/parentOrg",
                            {"id": "https://university.example/", "type": ["Profile"], "name": "A university"}),
    "issuer-with-many-names": ("an issuer with other identifiers", "issuer/otherIdentifier",
                               [{"type": "IdentifierEntry", "identifier": "https://ror.org/000000000",
                                 "identifierType": "ext:ROR"}]),
    "hashed-recipient": ("a recipient by a hash of an address", f"{SUBJECT}/identifier",
                         [{"type": "IdentityObject", "hashed": True, "identityType": "emailAddress", "salt": "s",
                           "identityHash": "sha256$" + "0" * 64}]),
    "language-of-the-achievement": ("an achievement with its language", f"{ACHIEVEMENT}/inLanguage", "ja"),
    "tags": ("tags in several scripts", f"{ACHIEVEMENT}/tag", ["陶芸", "pottery", "ceràmica"]),
    "extended-type": ("a type of the issuer's own, written as an address", "type",
                      ["VerifiableCredential", "OpenBadgeCredential", "https://badges.pottery.example/types#Kiln"]),
    "achievement-credential": ("the other name of the type", "type", ["VerifiableCredential", "AchievementCredential"]),
    "urn-id": ("an id that is a UUID", "id", "urn:uuid:6f1d2c9e-4b7a-4c38-9e52-1a0f7d3b8e64"),
    "id-with-query": ("an id with a query, a port and escapes", "id",
        "https://badges.pottery.example:8443/c?id=%E5%A3%BA&x=1#a"),
    "extensions-context": ("the context of extensions beside the others", "@context", [*pottery()["@context"],
        EXTENSIONS]),
    "our-context": ("the context of the national specification beside the others", "@context",
                    [*pottery()["@context"], EXTENSIONS, OURS]),
    "integrity-context": ("the context of Data Integrity, which the first has inside", "@context",
                          [*pottery()["@context"], INTEGRITY]),
}  # fmt: skip
CONTENT_IDS = {"image-as-data": ("VJ-79",), "image-elsewhere": ("VJ-68",), "evidence-elsewhere": ("VJ-68",)}

SPELLINGS: tuple[Case, ...] = (
    Case(name="members-backwards", what="members in another order", body=lambda: backwards(genuine())),
    Case(name="pretty-printed", what="indented", body=lambda: json.dumps(genuine(), ensure_ascii=False, indent=4)),
    Case(name="line-ends-of-windows", what="indented, with the line ends of Windows",
         body=lambda: json.dumps(genuine(), indent="\t").replace("\n", "\r\n")),
    Case(name="ascii-only", what="everything beyond ASCII as escapes",
         body=lambda: json.dumps(REGISTERED.sign(registered())), found=ACCREDITED),
    Case(name="all-escaped", what="every character as an escape", body=lambda: escaped(genuine())),
    Case(name="slashes-escaped", what="slashes as PHP escapes them",
         body=lambda: dumped(genuine()).replace(b"/", b"\\/")),
    Case(name="canonical-json", what="in canonical JSON", body=lambda: jcs.canonicalize(genuine())),
    Case(name="white-space-around", what="white space before and after",
        body=lambda: b" \n" + dumped(genuine()) + b"\r\n\t"),
    Case(name="number-with-exponent", what="a number with an exponent", body=with_exponents),
    Case(name="proof-in-an-array", what="one proof, in an array",
         body=lambda: changed(genuine(), lambda d: d.update(proof=[d["proof"]]))),
    Case(name="proof-first", what="the proof as the first member",
         body=lambda: {"proof": genuine()["proof"], **genuine()}),
)  # fmt: skip


def baked(picture: bytes, credential: Any) -> bytes:
    return baking.bake(picture, as_bytes(credential))


def stored(data: bytes) -> bytes:
    """Compressed without compressing, which every zlib writes alike."""
    return zlib.compress(data, 0)


PICTURES: tuple[Case, ...] = (
    Case(name="png", what="a badge in a PNG", suffix="png", body=lambda: baked(png(), genuine())),
    Case(name="png-token", what="a VC-JWT in a PNG", suffix="png", found=AS_TOKEN,
         body=lambda: baked(png(), POTTERY.token(pottery()))),
    Case(name="png-compressed-behind-the-pixels", ids=("PN-15",), suffix="png",
         what="a chunk behind the pixels, compressed, with a language and a translated keyword",
         body=lambda: png(end=itxt(stored(dumped(genuine())), flag=1, language=b"ja", translated="バッジ".encode())
                          + png()[-12:])),
    Case(name="png-other-texts", what="a PNG with texts of other programs", suffix="png",
         body=lambda: baked(png(itxt(b"GIMP", keyword=b"Software"), itxt(b"c", keyword=b"Comment")), genuine())),
    Case(name="svg", what="a badge in an SVG", suffix="svg", body=lambda: baked(svg(), genuine())),
    Case(name="svg-token", what="a VC-JWT in an SVG", suffix="svg", found=AS_TOKEN,
         body=lambda: baked(svg(), POTTERY.token(pottery()))),
    Case(name="svg-entities", what="an SVG with the quotes of the JSON as entities", ids=("SV-13",), suffix="svg",
         body=lambda: baked_svg(escape(dumped(genuine()).decode()))),
    Case(name="svg-doctype", what="an SVG with the DOCTYPE that drawing programs write", suffix="svg",
         body=lambda: b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
         b'"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n' + baked(svg(), genuine())),
    Case(name="enveloped", what="a `vc+jwt` in its envelope", found=AS_TOKEN,
         body=lambda: in_envelope(POTTERY.vc_jose(pottery()))),
)  # fmt: skip

SUSPENDABLE = f"{POTTERY.base}/status/suspension"
REVOCATIONS = f"{POTTERY.base}/status/1edtech"


STATUSES: tuple[Case, ...] = (
    Case(name="status-clear", what="a status list in which it is not set", found=CLEAR, serves=listed,
         body=lambda: POTTERY.sign(pottery(credentialStatus=entry(LIST)))),
    Case(name="registered-status-clear", what="the same of an accredited program", found={**ACCREDITED, **CLEAR},
         serves=lambda: listed(REGISTERED, OWN_LIST),
         body=lambda: REGISTERED.sign(registered(credentialStatus=entry(OWN_LIST)))),
    Case(name="status-index-as-text", what="an index with a small number as text", found=CLEAR, serves=listed,
         body=lambda: POTTERY.sign(pottery(credentialStatus=entry(LIST, 0)))),
    Case(name="status-first-and-last", what="the last index of the list", found=CLEAR, serves=listed,
         body=lambda: POTTERY.sign(pottery(credentialStatus=entry(LIST, 131_071)))),
    Case(name="status-list-as-token", what="a status list that is a `vc+jwt`", found=CLEAR,
         serves=lambda: {f"{LIST}-jwt": POTTERY.vc_jose(status_list(f"{LIST}-jwt"))},
         body=lambda: POTTERY.sign(pottery(credentialStatus=entry(f"{LIST}-jwt")))),
    Case(name="suspension-clear", what="a list of suspensions in which it is not set", found=CLEAR,
         serves=lambda: listed(url=SUSPENDABLE, purpose="suspension"),
         body=lambda: POTTERY.sign(pottery(credentialStatus=entry(SUSPENDABLE, purpose="suspension")))),
    Case(name="status-1edtech", what="a 1EdTech revocation list that does not name it", found=CLEAR,
         serves=lambda: {REVOCATIONS: {"id": REVOCATIONS, "issuer": POTTERY.did, "revokedCredential": []}},
         body=lambda: POTTERY.sign(
             at(pottery(credentialStatus={"id": REVOCATIONS, "type": "1EdTechRevocationList"}), "@context/2",
             EXTENSIONS)
         )),
)  # fmt: skip

TIMES: tuple[Case, ...] = (
    Case(
        name="judged-a-year-later", what="the same a year later: a credential without an end does not age",
        at=datetime(2027, 11, 23, 3, 0, tzinfo=UTC), body=genuine,
    ),
    Case(
        name="just-before-its-end", what="one minute before its end", at=datetime(2026, 12, 31, 23, 59, tzinfo=UTC),
        body=lambda: POTTERY.sign(pottery(validUntil="2027-01-01T00:00:00Z")),
    ),
    Case(
        name="after-its-end-within-the-skew", what="four minutes after its end, by clocks that may differ by five",
        at=datetime(2027, 1, 1, 0, 4, tzinfo=UTC),
        body=lambda: POTTERY.sign(pottery(validUntil="2027-01-01T00:00:00Z")),
    ),
)  # fmt: skip

REGISTERED_ONES: tuple[Case, ...] = (
    Case(name="another-name-of-the-issuer", ids=("VJ-56",),
         what="an accredited issuer under a name that is not the register's, which goes before",
         found={**ACCREDITED, "issuer": passed("issuer.name_differs")},
         body=lambda: REGISTERED.sign(at(registered(), "issuer/name", "University of Everything"))),
    Case(name="first-day-of-the-approval", what="awarded on the first day of the approval", found=ACCREDITED,
         body=lambda: REGISTERED.sign(registered(awardedDate="2026-04-01T00:00:00+09:00"))),
    Case(name="award-date-in-another-zone", found=ACCREDITED,
         what="awarded at a moment that is the first day in Japan, and the day before in Hawaii",
         body=lambda: REGISTERED.sign(registered(awardedDate="2026-03-31T05:00:00-10:00"))),
    Case(name="registered-no-results", what="an accredited program's credential without its results", found=ACCREDITED,
         body=lambda: REGISTERED.sign(changed(registered(), lambda d: d["credentialSubject"].pop("result")))),
)  # fmt: skip

ODD: tuple[Case, ...] = (
    *SPELLINGS,
    *PICTURES,
    *STATUSES,
    *TIMES,
    *REGISTERED_ONES,
    *(
        Case(name=name, what=f"a learner called {value}", body=signed_with(NAME, value))
        for name, value in NAMES.items()
    ),
    *(
        Case(name=name, what=what, ids=DATE_IDS.get(name, ()), body=dated(**given))
        for name, (what, given) in DATES.items()
    ),
    *(
        Case(name=name, what=what, ids=CONTENT_IDS.get(name, ()), body=signed_with(pointer, value))
        for name, (what, pointer, value) in CONTENTS.items()
    ),
)
