"""SD-JWT VCs (`dc+sd-jwt`) with the claims of the national learning credential, of which a holder shows what is asked
for: good ones, and each defect that a token, a disclosure or a key binding may have."""

import json
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.jose import compact_jws, disclosures, key_binding, learning_credential, sd_jwt, sd_jwt_vc
from jmc_vc.formats.status import token_status_list
from jmc_vc.formats.status.token_status_list import TokenStatusList, TokenStatusReference
from tests.builders.contexts import NAMESPACE
from tests.builders.jose_keys import salts
from tests.corpus.bad_documents import ALTERED, KEYLESS
from tests.corpus.bad_tokens import UNREADABLE, unread
from tests.corpus.case import ACCREDITED, AS_TOKEN, Case, Findings, Kind, fails, passed, unknown
from tests.corpus.documents import at, pottery, registered
from tests.corpus.issuers import NOW, POTTERY, REGISTERED, THIEF, Issuer, Json, did_key, dumped, jws
from tests.corpus.keys import ED25519, P256, P384, CorpusKey, key

HOLDER = key(P256, "holder")
ASKED = ("https://employer.example", "n-0S6_WzA2Mj")
LIST = f"{POTTERY.base}/status/token"
FEW = ("results", "assessment_grade", "jti")
"""What is kept back where something is."""
READ: Findings = {**AS_TOKEN, "context": passed("context.type_known")}
"""Of one of the type that the national specification has for it."""
HIDING: Findings = {"parse": passed("parse.parts_hidden")}
"""Besides, of one of which something is kept back."""


def claims(document: Json | None = None, *, index: int | None = None, **changes: Any) -> Json:
    """The claims of a badge; `index` is its place in the status list; a change to None takes a member away."""
    status = None if index is None else token_status_list.status_claim(TokenStatusReference(list_url=LIST, index=index))
    made = learning_credential.claims_of(document or pottery(), namespace=NAMESPACE, status=status)
    return {name: value for name, value in {**made, **changes}.items() if value is not None}


def token(
    said: Json | None = None, *, by: CorpusKey | None = None, kid: str | None = None, holder: CorpusKey | None = None,
    kind: Any = P256, issuer: Issuer = POTTERY, decoys: int = 0,
) -> str:  # fmt: skip
    """Signed by the issuer, and everything shown."""
    said = claims() if said is None else said
    signing = by or issuer.key(kind)
    return sd_jwt_vc.issue(
        said, kid=kid or issuer.method_id(kind), algorithm=signing.alg, sign=signing.sign,
        selectively_disclosable=learning_credential.withholdable(said), salts=salts(),
        holder_key=None if holder is None else holder.public_key, decoys=decoys,
    )  # fmt: skip


def headed(header: Json, said: Json | None = None, sign: Callable[[bytes], bytes] | None = None) -> str:
    """With another header, nothing of it selectively disclosable."""
    made = {"alg": "ES256", "typ": "dc+sd-jwt", "kid": POTTERY.method_id(P256), **header}
    return jws(made, dumped(claims() if said is None else said), sign or POTTERY.key(P256).sign) + "~"


def concealed(*paths: disclosures.Path) -> str:
    """With other claims that the holder may keep back than the type says, all of them shown."""
    payload, shown = disclosures.conceal(claims(exp=int(NOW.timestamp()) + 86_400), paths, salts())
    return "~".join((headed({}, payload)[:-1], *shown, ""))


def by_key(by: CorpusKey) -> str:
    did, method = did_key(by)
    return token(claims(pottery(did=did)), by=by, kid=method)


def without(text: str, *names: str) -> str:
    return sd_jwt.withhold(sd_jwt.read(text), [(name,) for name in names])


def first_part(text: str) -> str:
    return text.split("~", maxsplit=1)[0] + "~"


def spoiled(text: str) -> str:
    """With the first character of the signature changed."""
    head, _, rest = text.rpartition(".")
    return f"{head}.{'A' if rest[0] != 'A' else 'B'}{rest[1:]}"


def disclosed(text: str, change: Callable[[list[str]], list[str]]) -> str:
    """With other disclosures."""
    head, *shown, _ = text.split("~")
    return "~".join((head, *change(shown), ""))


def raised(shown: list[str]) -> list[str]:
    """A mark in a disclosure is another."""
    return [
        base64url.encode(base64url.decode(each).replace(b'"82"', b'"92"'))
        if b'"82"' in base64url.decode(each)
        else each
        for each in shown
    ]


def listed(states: dict[int, int]) -> Callable[[], dict[str, Any]]:
    """The issuer's list, packed without compressing, which every zlib writes alike."""
    packed = bytearray(1024)
    for index, state in states.items():
        packed[index // 4] |= state << index % 4 * 2
    found = TokenStatusList(
        list_url=LIST, issued=NOW - timedelta(hours=1), expires=NOW + timedelta(hours=1), ttl=None, bits=2,
        packed=base64url.encode(zlib.compress(packed, 0)),
    )  # fmt: skip
    said = token_status_list.status_list_claims(found, issuer=POTTERY.did)
    header: Json = {"alg": "ES256", "typ": token_status_list.TYP, "kid": POTTERY.method_id(P256)}
    return lambda: {LIST: compact_jws.write(header, dumped(said), POTTERY.key(P256).sign)}


def bound(
    text: str | None = None, *, audience: str = ASKED[0], nonce: str = ASKED[1], now: datetime = NOW,
    by: CorpusKey = HOLDER,
) -> str:  # fmt: skip
    """Shown by its holder to who asked for it."""
    shown = without(token(holder=HOLDER), *FEW) if text is None else text
    return key_binding.bind(shown, audience=audience, nonce=nonce, now=now, algorithm=by.alg, sign=by.sign)


def over_less() -> str:
    """The key binding is one over fewer disclosures than are shown."""
    whole, bare = token(holder=HOLDER), without(token(holder=HOLDER), *FEW)
    return whole + bound(bare).removeprefix(bare)


def _good(name: str, what: str, body: Callable[[], str], found: Findings | None = None, **more: Any) -> Case:
    return Case(
        name=f"dc+sd-jwt-{name}", what=f"a `dc+sd-jwt` {what}", body=body, suffix="jwt",
        found={**READ, **(found or {})}, **more,
    )  # fmt: skip


def _bad(
    name: str, defect: str, body: Callable[[], str], fault: str, found: Findings, *ids: str, kind: Kind = Kind.BAD,
    **more: Any,
) -> Case:  # fmt: skip
    return Case(
        name=f"dc+sd-jwt-{name}", what=more.pop("what", "a `dc+sd-jwt`"), defect=defect, body=body, fault=fault,
        found={**READ, **found}, ids=ids, kind=kind, suffix="jwt", **more,
    )  # fmt: skip


def _not_held(name: str, defect: str, body: Callable[[], str], code: str, found: Findings = HIDING) -> Case:
    what = "a `dc+sd-jwt` that its holder was asked to show"
    return _bad(name, defect, body, "holder", {**found, "holder": fails(code)}, asked=ASKED, what=what)


SD_JWT_VCS: tuple[Case, ...] = (
    _good("all-shown", "of which everything is shown", token),
    _good("nothing-shown", "of which nothing is shown that may be kept back", lambda: first_part(token()), HIDING),
    _good("some-shown", "of which some is kept back", lambda: without(token(), *FEW), HIDING),
    _good("decoys", "with digests of nothing among the others", lambda: token(decoys=5), HIDING),
    _good("es384", "with P-384", lambda: token(kind=P384)),
    _good("eddsa", "with Ed25519", lambda: token(kind=ED25519)),
    _good("did-key", "by an issuer that is its key", lambda: by_key(key(P256, "loose"))),
    _good("typ-of-before", "with the type of before 2025, `vc+sd-jwt`", lambda: headed({"typ": "vc+sd-jwt"})),
    _good("status-clear", "with a Token Status List, in which it is valid",
          lambda: token(claims(index=7)), {"status": passed("status.clear")}, serves=listed({9: 1, 10: 2})),
    _good("registered", "of an accredited program",
          lambda: token(claims(registered()), issuer=REGISTERED), ACCREDITED),
    _good("bound", "that its holder shows to who asked", bound,
          {**HIDING, "holder": passed("holder.by_key")}, asked=ASKED),
    _good("bound-and-nobody-asked", "with a key binding that nobody asked for", bound, HIDING),
    _bad("payload-altered", "the issuer's part was altered",
         lambda: spoiled_payload(token()), "proof", {**HIDING, **ALTERED}),
    _bad("signature-of-another", "the signature is another's", lambda: spoiled(first_part(token())), "proof",
         {**HIDING, **ALTERED}),
    _bad("alg-none", "not signed, and it says so", lambda: headed({"alg": "none"}, sign=lambda _: b""), "proof",
         unread("proof", "token.algorithm"), "VW-01"),
    _bad("signed-by-another", "the key is another issuer's, and the signature is right",
         lambda: token(by=THIEF.key(P256), kid=THIEF.method_id(P256)), "key", {**KEYLESS, "key": fails("key.binding")},
         "VW-10"),
    _bad("no-issuer", "it does not say whose it is", lambda: headed({}, claims(iss=None)), "key",
         {**KEYLESS, "key": fails("key.binding"), "schema": fails("schema.violation"),
          "validity": unknown("validity.not_read"), "issuer": unknown("issuer.not_read"),
          "program": unknown("program.not_read")}),
    _bad("no-type", "it does not say what it is", lambda: headed({}, claims(vct=None)), "claims",
         unread("claims", "claims.vct")),
    _bad("of-unknown-type", "it is of a type that nobody here knows",
         lambda: headed({}, {"vct": "urn:eudi:pid:1", "iss": POTTERY.did, "given_name": "Erika"}), "context",
         {"context": unknown("context.type_unknown"), "schema": unknown("schema.type_unknown"),
          "validity": unknown("validity.not_read")}, kind=Kind.OPEN),
    _bad("disclosure-altered", "a mark in a disclosure was raised", lambda: disclosed(token(), raised), "parse",
         unread("parse", "disclosure.unreferenced"), "VW-27"),
    _bad("disclosure-of-nobody", "a disclosure that the issuer did not sign",
         lambda: token() + base64url.encode(b'["salt","grade","A+"]') + "~", "parse",
         unread("parse", "disclosure.unreferenced"), "VW-27"),
    _bad("disclosure-twice", "a disclosure stands twice", lambda: disclosed(token(), lambda each: [*each, each[0]]),
         "parse", unread("parse", "disclosure.repeated"), "VW-27"),
    _bad("disclosure-no-json", "a disclosure is no JSON",
         lambda: token() + base64url.encode(b"hello") + "~", "parse",
         unread("parse", "disclosure.unreferenced"), "VW-27"),
    _bad("end-may-be-kept-back", "the end of the validity may be kept back, and is shown",
         lambda: concealed(("exp",)), "parse", {**UNREADABLE, "parse": unknown("disclosure.not_allowed")},
         kind=Kind.OPEN),
    _bad("hash-unknown", "the digests are by a hash that nobody has",
         lambda: headed({}, claims(_sd_alg="md5", _sd=["x"])), "parse",
         {**UNREADABLE, "parse": unknown("disclosure.hash")}, kind=Kind.OPEN),
    _bad("expired", "its time is over", lambda: token(claims(exp=int(NOW.timestamp()) - 3_600)), "validity",
         {"validity": fails("validity.expired")}),
    _bad("later", "it counts from next year on",
         lambda: token(claims(nbf=int(datetime(2027, 1, 1, tzinfo=UTC).timestamp()))), "validity",
         {"validity": fails("validity.not_yet")}),
    _bad("exp-text", "`exp` is a text", lambda: headed({}, claims(exp="soon")), "schema",
         unread("schema", "schema.numeric_date"), "VW-21"),
    _bad("revoked", "it was revoked", lambda: token(claims(index=9)), "status", {"status": fails("status.revoked")},
         serves=listed({9: 1, 10: 2})),
    _bad("suspended", "it is suspended", lambda: token(claims(index=10)), "status",
         {"status": fails("status.suspended")}, serves=listed({9: 1, 10: 2})),
    _bad("not-what-was-approved", "it says more of the program than was approved",
         lambda: token(claims(at(registered(), "credentialSubject/achievement/name",
         "医学博士")), issuer=REGISTERED), "program", {**ACCREDITED, "program": fails("program.match")},
         what="a `dc+sd-jwt` of an accredited issuer"),
    _not_held("bound-for-another", "it was shown to another", lambda: bound(audience="https://other.example"),
              "holder.binding_audience"),
    _not_held("bound-for-another-challenge", "it was shown in answer to another challenge", lambda: bound(nonce="old"),
              "holder.binding_audience"),
    _not_held("bound-an-hour-ago", "it was shown an hour ago", lambda: bound(now=NOW - timedelta(hours=1)),
              "holder.binding_age"),
    _not_held("bound-over-less", "it was shown with fewer disclosures", over_less, "holder.binding_hash", {}),
    _not_held("not-bound", "nobody shows to have the holder's key", lambda: token(holder=HOLDER), "holder.no_binding",
              {}),
    _not_held("bound-by-another", "another key than the holder's shows it", lambda: bound(by=key(P256, "loose")),
              "proof.crypto"),
)  # fmt: skip


def spoiled_payload(text: str) -> str:
    """One member of the issuer's part has another value."""
    header, payload, signature = first_part(text)[:-1].split(".")
    said = json.loads(base64url.decode(payload))
    return f"{header}.{base64url.encode(dumped({**said, 'achievement_title': 'Doctor of Pottery'}))}.{signature}~"
