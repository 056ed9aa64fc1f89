"""Signatures that prove nothing: broken, of the wrong kind, for another purpose, or by another's key."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from jmc_vc.formats.encoding import multibase
from tests.builders.contexts import EXTENSIONS
from tests.builders.signers import twin
from tests.corpus.bad_documents import ALTERED, KEYLESS, bad
from tests.corpus.case import Case, Findings, Kind, fails, unknown
from tests.corpus.documents import at, changed, pottery
from tests.corpus.good import disclosed, two_proofs
from tests.corpus.issuers import NOW, POTTERY, THIEF, Issuer, Json, did_key, signed
from tests.corpus.keys import ED25519, P256, key

NOT_COVERED = {"coverage": unknown("coverage.not_checked")}


def of(code: str) -> Findings:
    """What is found of a proof that is no good, whatever it covers."""
    return {**NOT_COVERED, "proof": fails(code)}


def proof_with(**members: Any) -> Callable[[], Json]:
    """Members of the proof changed after signing."""
    return lambda: changed(POTTERY.sign(pottery()), lambda d: d["proof"].update(members))


def value_as(change: Callable[[str], str]) -> Callable[[], Json]:
    return lambda: changed(
        POTTERY.sign(pottery()), lambda d: d["proof"].update(proofValue=change(d["proof"]["proofValue"]))
    )


def of_length(size: int) -> Callable[[str], str]:
    return lambda value: multibase.encode_base58((multibase.decode(value) + b"\1")[:size])


def flipped(value: str) -> str:
    """One bit of the signature changed."""
    signature = bytearray(multibase.decode(value))
    signature[40] ^= 1
    return multibase.encode_base58(bytes(signature))


def negated(document: Json) -> None:
    """(r, n−s) in the place of (r, s): as right as that."""
    signature = multibase.decode(document["proof"]["proofValue"])
    document["proof"]["proofValue"] = multibase.encode_base58(twin(signature, P256))


def foreign_key(method: str) -> Callable[[], Json]:
    return lambda: THIEF.sign(pottery(), method=method)


PROOFS: tuple[Case, ...] = (
    bad("no-proof", "never signed", "there is no proof", pottery, "proof",
        {**NOT_COVERED, "proof": fails("proof.missing"), "key": unknown("key.no_proof")}, "VJ-27"),
    bad("empty-proofs", "never signed", "an empty list of proofs", lambda: {**pottery(), "proof": []}, "proof",
        {**NOT_COVERED, "schema": fails("schema.violation"), "proof": fails("proof.missing"),
        "key": unknown("key.no_proof")}, "VJ-27"),
    bad("signature-bit-flipped", "altered after signing", "one bit of the signature is another", value_as(flipped),
        "proof",
        ALTERED),
    bad("signature-of-another", "altered after signing", "the signature of another badge",
        lambda: {**POTTERY.sign(pottery()), "proof": POTTERY.sign(pottery(name="Another"))["proof"]}, "proof", ALTERED),
    bad("created-changed", "altered after signing", "the date of the proof is another",
        proof_with(created="2026-10-24T02:59:59Z"), "proof", ALTERED, "VJ-48"),
    bad("suite-of-another-kind", "altered after signing", "the proof says that it is canonical JSON, and is of RDF",
        proof_with(cryptosuite="eddsa-jcs-2022"), "proof", ALTERED),
    bad("two-proofs-one-broken", "altered after signing", "of two proofs one does not hold",
        lambda: changed(two_proofs(), lambda d: d["proof"][1].update(created="2026-10-24T02:59:59Z")), "proof",
        ALTERED, "VJ-29"),
    bad("own-predecessor", "altered after signing", "a proof that comes before itself",
        proof_with(id="urn:uuid:1", previousProof="urn:uuid:1"), "proof", {**of("proof.chain"),
        "key": unknown("key.no_proof")}, "VJ-30"),
    bad("predecessor-missing", "altered after signing", "a proof that names one that is not there",
        proof_with(previousProof="urn:uuid:2"), "proof", {**of("proof.chain"), "key": unknown("key.no_proof")},
        "VJ-30"),
    bad("chain-cut", "altered after signing", "of a chain the first proof was taken away, and its name",
        lambda: changed(two_in_a_chain(), lambda d: d.update(proof=without(d["proof"][1], "previousProof"))), "proof",
        ALTERED, "VJ-30"),
    bad("proof-for-authentication", "signed like that", "the proof is for signing in",
        lambda: POTTERY.sign(pottery(), purpose="authentication"), "proof", of("proof.purpose"), "VJ-32"),
    bad("value-base64", "altered after signing", "the signature has the prefix of another base",
        value_as(lambda value: "u" + value[1:]), "proof", of("proof.encoding"), "VJ-37"),
    bad("value-no-prefix", "altered after signing", "the signature has no prefix", value_as(lambda value: value[1:]),
        "proof",
        of("proof.encoding"), "VJ-37"),
    bad("signature-63-bytes", "altered after signing", "a signature of 63 bytes", value_as(of_length(63)), "proof",
        of("proof.encoding"), "VJ-39"),
    bad("signature-65-bytes", "altered after signing", "a signature of 65 bytes", value_as(of_length(65)), "proof",
        of("proof.encoding"), "VJ-39"),
    bad("suite-unknown", "altered after signing", "a cryptosuite that nobody has", proof_with(cryptosuite="foo-2099"),
        "proof",
        {**NOT_COVERED, "proof": unknown("proof.suite_unsupported")}, "VJ-44", kind=Kind.OPEN),
    bad("suite-of-another-key", "signed by a P-256 key", "the proof says that it is of Ed25519",
        lambda: changed(POTTERY.sign(pottery(), P256), lambda d: d["proof"].update(cryptosuite="eddsa-rdfc-2022")),
        "proof",
        of("proof.suite"), "VJ-43"),
    bad("made-tomorrow", "signed like that", "the proof was made one day from now",
        lambda: POTTERY.sign(pottery(), created=NOW + timedelta(days=1)), "proof", {"proof": fails("proof.created")},
        "VJ-46"),
    bad("proof-expired", "signed like that", "the proof's own time is over",
        lambda: POTTERY.sign(pottery(), expires="2026-11-22T00:00:00Z"), "proof", {"proof": fails("proof.expired")},
        "VJ-47"),
    bad("jcs-context-added", "altered after signing", "a context was added behind those that were signed",
        lambda: changed(POTTERY.sign(pottery(), suite="eddsa-jcs-2022"), lambda d: d.update(
            {"@context": [*d["@context"], EXTENSIONS]})), "context",
        {"context": fails("context.not_allowed")}),
    bad("jcs-altered", "altered after signing", "a mark was raised, under canonical JSON",
        lambda: at(POTTERY.sign(pottery(), suite="eddsa-jcs-2022"), "credentialSubject/result/0/value", "100"), "proof",
        ALTERED),
    bad("ecdsa-altered", "altered after signing", "a mark was raised, under ecdsa-rdfc-2019",
        lambda: at(POTTERY.sign(pottery(), P256), "credentialSubject/result/0/value", "100"), "proof", ALTERED),
    bad("selective-altered", "altered after signing",
        "a mark was raised, in what was shown of a badge under ecdsa-sd-2023",
        lambda: at(disclosed(), "credentialSubject/result/0/value", "100"), "proof", ALTERED),
    bad("selective-mandatory-withheld", "derived from a badge", "a mandatory part was taken away",
        lambda: at(disclosed(), "name"), "proof", ALTERED),
    Case(name="ecdsa-other-signature", kind=Kind.GOOD, ids=("VJ-42",), body=lambda: changed(POTTERY.sign(pottery(),
        P256), negated),
         what="the other of the two signatures that P-256 has for everything: as right, and the same credential"),
)  # fmt: skip


def two_in_a_chain() -> Json:
    first = POTTERY.sign(pottery(), id="urn:uuid:00000000-0000-4000-8000-000000000001")
    return POTTERY.sign(first, P256, previousProof="urn:uuid:00000000-0000-4000-8000-000000000001")


def without(proof: Json, name: str) -> Json:
    return {member: value for member, value in proof.items() if member != name}


# --- keys -------------------------------------------------------------------------------------------------------------


def identity_point() -> Json:
    """R is the identity and S is nothing: under the identity as a key, a right signature of everything."""
    weak = f"did:key:{multibase.encode_base58(bytes([0xED, 1, 1]) + bytes(31))}"
    document = THIEF.sign(pottery(did=weak), method=f"{weak}#{weak.removeprefix('did:key:')}")
    document["proof"]["proofValue"] = multibase.encode_base58(bytes([1]) + bytes(63))
    return document


def bad_point(prefix: bytes, raw: bytes) -> Callable[[], Json]:
    """Signed in the name of a did:key that is no key for signatures."""

    def make() -> Json:
        did = f"did:key:{multibase.encode_base58(prefix + raw)}"
        return THIEF.sign(pottery(did=did), method=f"{did}#{did.removeprefix('did:key:')}")

    return make


def host(name: str, seed: str = "pottery") -> Issuer:
    """An issuer of its own, whose DID document has something wrong with it."""
    return Issuer(f"{name}.dids.example", "Pottery School", seed)


def document_of(issuer: Issuer, change: Callable[[Json], Any]) -> Callable[[], Mapping[str, Any]]:
    return lambda: {issuer.document_url: changed(issuer.document(), change)}


def _key(
    name: str, what: str, defect: str, found: Findings, *ids: str, change: Callable[[Json], Any] | None = None,
    issuer: Issuer | None = None, body: Callable[[], Any] | None = None, **more: Any,
) -> Case:  # fmt: skip
    issuer = issuer or host(name)
    serves = dict if change is None else document_of(issuer, change)
    return bad(
        name, what, defect, body or (lambda: issuer.sign(pottery(issuer))), "key", found, *ids, serves=serves, **more
    )


def first_method(**members: Any) -> Callable[[Json], Any]:
    """Members of the key that signs."""
    return lambda d: d["verificationMethod"][0].update(members)


UNBOUND = {**KEYLESS, "key": fails("key.binding")}
KEYS: tuple[Case, ...] = (
    _key("key-of-another-did", "signed by another", "the key is in another's DID document, and the signature is right",
         UNBOUND, "VJ-34", body=foreign_key(THIEF.method_id())),
    _key("self-made-did-key", "signed by another", "the key is a did:key that the signer made",
         {"key": fails("key.binding")}, "VJ-36", body=lambda: signed(pottery(), key(ED25519, "thief"),
         did_key(key(ED25519, "thief"))[1])),
    _key("forged-in-the-name-of", "signed by another", "it names the issuer's key, and another one signed", ALTERED,
         body=foreign_key(POTTERY.method_id())),
    _key("key-unknown", "signed like that", "the issuer's document has no such key", {**KEYLESS,
        "key": fails("key.unknown")},
         body=lambda: POTTERY.sign(pottery(), method=f"{POTTERY.did}#key-77")),
    _key("controller-of-another", "in the issuer's DID document", "the key's controller is another DID", UNBOUND,
        "VJ-35",
         change=first_method(controller=THIEF.did)),
    _key("key-not-for-credentials", "in the issuer's DID document", "the key is for signing in and not for credentials",
         {**KEYLESS, "key": fails("key.relationship")}, "VJ-32",
         change=lambda d: d.update(authentication=[d["assertionMethod"].pop(0)])),
    _key("key-revoked", "in the issuer's DID document", "the key was revoked before the proof was made",
         {"key": fails("key.revoked_by_issuer")}, change=first_method(revoked="2026-09-01T00:00:00Z")),
    _key("key-expired", "in the issuer's DID document", "the key had expired when the proof was made",
         {"key": fails("key.binding")}, change=first_method(expires="2026-09-01T00:00:00Z")),
    _key("document-of-another", "the issuer's DID document", "it says that it is another DID's",
         {**KEYLESS, "key": fails("did.mismatch")}, "DD-12", change=lambda d: d.update(id="did:web:other.example")),
    _key("private-key-exposed", "in the issuer's DID document", "the private key stands beside the public one",
         {**KEYLESS, "key": fails("key.exposed")}, "DD-15",
         change=lambda d: d["verificationMethod"].__setitem__(0, exposed(d["verificationMethod"][0]))),
    _key("host-down", "an issuer whose host does not answer", "there is no DID document",
         {**KEYLESS, "key": unknown("did.unavailable")}, "DD-14", kind=Kind.OPEN),
    _key("did-loopback", "an issuer at an address of the verifier's own machine", "nobody may ask there",
         {**KEYLESS, "key": unknown("did.forbidden")}, "DD-01", kind=Kind.OPEN,
         body=lambda: named("did:web:127.0.0.1")),
    _key("did-decimal-address", "an issuer at the same address as one number", "nobody may ask there",
         {**KEYLESS, "key": unknown("did.forbidden")}, "DD-01", kind=Kind.OPEN,
         body=lambda: named("did:web:2130706433")),
    _key("did-dots", "an issuer whose DID climbs out of its folder", "it is no DID",
         {**KEYLESS, "key": unknown("did.syntax")}, "DD-16", kind=Kind.OPEN, body=lambda: named("did:web:a.test:..:x")),
    _key("did-punycode", "an issuer whose host is no name", "it is no DID",
         {**KEYLESS, "key": unknown("did.syntax")}, "DD-17", kind=Kind.OPEN,
         body=lambda: named("did:web:xn--a.example")),
    _key("did-method-unknown", "an issuer with a DID of an unknown method", "nobody knows where its keys are",
         {**KEYLESS, "key": unknown("did.unsupported")}, "DD-20", kind=Kind.OPEN, body=lambda: named("did:foo:1")),
    _key("key-identity-point", "an issuer that is its key", "the key is the identity, under which everything is signed",
         {**KEYLESS, "key": fails("key.weak")}, "VJ-40", body=identity_point),
    _key("key-x25519", "an issuer that is its key", "the key is one for encrypting", {**KEYLESS,
        "key": fails("key.invalid")},
         "DD-19", body=bad_point(b"\xec\x01", bytes(range(32)))),
    _key("key-off-curve", "an issuer that is its key", "the key is no point of P-256",
         {**KEYLESS, "key": fails("key.invalid")}, "DD-19", body=bad_point(b"\x80\x24", b"\2" + b"\xff" * 32)),
)  # fmt: skip


def exposed(method: Json) -> Json:
    private = key(ED25519, "pottery").private_jwk()
    return {
        "id": method["id"], "type": "JsonWebKey", "controller": method["controller"],
        "publicKeyJwk": {name: private[name] for name in ("kty", "crv", "x", "d")},
    }  # fmt: skip


def named(did: str) -> Json:
    """A badge of whoever has this DID."""
    return THIEF.sign(pottery(did=did), method=f"{did}#key-1", suite="eddsa-jcs-2022")
