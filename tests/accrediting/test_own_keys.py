"""Issuers that sign with their own keys: who may register a DID, with what proof, and what is on record then."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import orjson
import pytest

from jmc_vc.accrediting.challenge_did import LIFETIME
from jmc_vc.formats import jcs
from jmc_vc.formats.did.document import VerificationMethod, did_document
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.encoding.jwk import public_jwk
from jmc_vc.formats.strict_json import parse_object
from jmc_vc.formats.transparency.entry_types import IssuerChanged
from jmc_vc.formats.transparency.log_entry import read_log_entry
from tests.builders.installation import OPERATOR, Installation, make_installation
from tests.builders.own_key_issuer import DID, SLUG, OwnKeyIssuer
from tests.builders.refusals import refused_code

ISSUER = OwnKeyIssuer()
OTHER_PROGRAM = "JMC-P-900003"


@pytest.fixture(scope="module")
def unmoved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One installation for all that is refused, and so changes nothing."""
    made = make_installation(tmp_path_factory.mktemp("unmoved"))
    yield made
    with made.service.database.read() as snapshot:
        assert snapshot.outside_dids.all() == ()
    assert recorded(made) == []
    made.service.database.close()


def recorded(installation: Installation) -> list[IssuerChanged]:
    """What the public log tells of issuers' own DIDs."""
    with installation.service.database.read() as snapshot:
        entries = [read_log_entry(each.body) for each in snapshot.public_log.waiting(1_000) if each.kind == "issuer"]
    return [each for each in entries if isinstance(each, IssuerChanged) and each.event.startswith("did-")]


def audited(installation: Installation) -> list[tuple[str, str | None]]:
    with installation.service.database.read() as snapshot:
        return [(each.action, each.reason) for each in snapshot.audit_log.of_object(DID)]


def test_who_has_the_key_registers_the_did(installation: Installation) -> None:
    registered = ISSUER.register(installation)
    assert (registered.did, registered.issuer, registered.ended_at) == (DID, SLUG, None)
    with installation.service.database.read() as snapshot:
        assert snapshot.outside_dids.get(DID) == registered
        assert snapshot.outside_dids.all() == (registered,)
    assert registered.document == ISSUER.document()  # byte for byte
    (entry,) = recorded(installation)
    assert (entry.did, entry.number, entry.event) == (DID, "JMC-I-90001", "did-registered")
    assert entry.document_digest == jcs.digest(parse_object(ISSUER.document()))
    assert audited(installation) == [("did-registered", "test")]


def test_a_newer_document_takes_the_place_of_the_older_one(installation: Installation) -> None:
    ISSUER.register(installation)
    installation.clock.move(days=30)
    newer = OwnKeyIssuer(seed="a newer key")
    newer.register(installation)
    with installation.service.database.read() as snapshot:
        (found,) = snapshot.outside_dids.all()
    assert (found.document, found.registered_at) == (newer.document(), installation.now)
    assert len(recorded(installation)) == 2


def test_a_did_that_ended_may_be_registered_again_by_the_same_issuer(installation: Installation) -> None:
    ISSUER.register(installation)
    service = installation.service
    installation.clock.move(days=1)
    ended = service.end_did(SLUG, DID, reason="stolen", actor=OPERATOR, now=installation.now)
    assert ended.ended_at == installation.now
    again = lambda: service.end_did(SLUG, DID, reason="again", actor=OPERATOR, now=installation.now)  # noqa: E731
    assert refused_code(again) == "did.not_registered"
    assert recorded(installation)[-1].event == "did-ended"
    assert audited(installation)[-1] == ("did-ended", "stolen")
    installation.clock.move(days=1)
    assert ISSUER.register(installation).ended_at is None


def test_a_proof_is_taken_once(installation: Installation) -> None:
    proof = ISSUER.proof(ISSUER.challenge(installation))
    ISSUER.register(installation, proof=proof)
    replayed = lambda: ISSUER.register(installation, proof=proof)  # noqa: E731
    assert refused_code(replayed) == "did.challenge_used"
    installation.clock.move(seconds=1)
    installation.service.end_did(SLUG, DID, reason="test", actor=OPERATOR, now=installation.now)
    assert refused_code(replayed) == "did.challenge_used"


def test_of_two_who_hand_in_one_proof_at_once_one_registers(installation: Installation) -> None:
    proof = ISSUER.proof(ISSUER.challenge(installation))
    with ThreadPoolExecutor(4) as pool:
        tries = [pool.submit(refused_code, lambda: ISSUER.register(installation, proof=proof)) for _ in range(4)]
        codes = [each.result() for each in tries]
    assert sorted(map(str, codes)) == ["None", "did.challenge_used", "did.challenge_used", "did.challenge_used"]
    assert len(recorded(installation)) == 1


def test_ending_a_did_makes_worthless_what_was_challenged_before(installation: Installation) -> None:
    ISSUER.register(installation)
    installation.clock.move(seconds=1)
    waiting = ISSUER.proof(ISSUER.challenge(installation))
    installation.clock.move(seconds=1)
    installation.service.end_did(SLUG, DID, reason="test", actor=OPERATOR, now=installation.now)
    assert refused_code(lambda: ISSUER.register(installation, proof=waiting)) == "did.challenge_used"


def test_a_proof_holds_for_a_week(installation: Installation) -> None:
    proof = ISSUER.proof(ISSUER.challenge(installation))
    installation.clock.now += LIFETIME + timedelta(seconds=1)
    assert refused_code(lambda: ISSUER.register(installation, proof=proof)) == "did.challenge_expired"
    installation.clock.now -= timedelta(seconds=1)
    ISSUER.register(installation, proof=proof)


def test_a_proof_of_a_time_that_has_not_come_is_never_taken(installation: Installation) -> None:
    """Made while the clock was ahead: it would be newer than every registration and end of one, for a year."""
    installation.clock.move(days=365)
    proof = ISSUER.proof(ISSUER.challenge(installation))
    installation.clock.move(days=-365)
    assert refused_code(lambda: ISSUER.register(installation, proof=proof)) == "did.challenge_ahead"
    ISSUER.register(installation)


@pytest.mark.parametrize("ended", [False, True])
def test_a_key_of_another_issuers_did_is_not_taken_be_it_ended(installation: Installation, ended: bool) -> None:
    other = installation.register(OTHER_PROGRAM)
    ISSUER.register(installation)
    installation.clock.move(hours=1)
    if ended:
        installation.service.end_did(SLUG, DID, reason="test", actor=OPERATOR, now=installation.now)
    theirs = OwnKeyIssuer(did="did:web:vc.other.example.jp", seed="theirs")
    borrowed = VerificationMethod(id=f"{theirs.did}#key-2", controller=theirs.did, public_key=ISSUER.signer.public_key)
    document = orjson.dumps(did_document(theirs.did, [theirs.method(), borrowed]))
    refused = refused_code(lambda: theirs.register(installation, slug=other, document=document))
    assert refused == "did.key_of_another"
    theirs.register(installation, slug=other)


def test_an_issuer_may_use_its_own_key_at_two_dids_of_its_own(installation: Installation) -> None:
    ISSUER.register(installation)
    OwnKeyIssuer(did="did:web:second.hoshimigaoka.example.ac.jp").register(installation)


def test_a_did_is_one_issuers_for_ever(installation: Installation) -> None:
    other = installation.register(OTHER_PROGRAM)
    ISSUER.register(installation)
    assert refused_code(lambda: ISSUER.register(installation, slug=other)) == "did.taken"
    installation.clock.move(days=1)
    installation.service.end_did(SLUG, DID, reason="test", actor=OPERATOR, now=installation.now)
    assert refused_code(lambda: ISSUER.register(installation, slug=other)) == "did.taken"


def test_a_stolen_proof_is_good_for_no_other_issuer_or_did(installation: Installation) -> None:
    other = installation.register(OTHER_PROGRAM)
    elsewhere = OwnKeyIssuer(did="did:web:thief.example.net")
    proof = ISSUER.proof(ISSUER.challenge(installation))
    assert refused_code(lambda: ISSUER.register(installation, slug=other, proof=proof)) == "did.challenge"
    # The thief has a DID of their own, and signs the nonce that was made for the university's.
    stolen = elsewhere.proof(ISSUER.challenge(installation))
    assert refused_code(lambda: elsewhere.register(installation, proof=stolen)) == "did.challenge"
    assert refused_code(lambda: elsewhere.register(installation, proof=proof)) == "did.possession_claims"
    with installation.service.database.read() as snapshot:
        assert snapshot.outside_dids.all() == ()
    assert recorded(installation) == []


PROOFS: dict[str, tuple[Callable[[str], str], str]] = {
    "no token": (lambda _: "hello", "token.syntax"),
    "nothing": (lambda _: "", "token.syntax"),
    "another type": (lambda nonce: ISSUER.proof(nonce, header={"typ": "JWT"}), "token.type"),
    "alg none": (lambda nonce: ISSUER.proof(nonce, header={"alg": "none"}), "token.algorithm"),
    "alg of another kind of key": (lambda nonce: ISSUER.proof(nonce, header={"alg": "ES256"}), "token.algorithm"),
    "crit": (lambda nonce: ISSUER.proof(nonce, header={"crit": ["exp"]}), "token.critical"),
    "no kid": (lambda nonce: ISSUER.proof(nonce, header={"kid": None}), "key.unknown"),
    "kid of another DID": (lambda nonce: ISSUER.proof(nonce, header={"kid": "did:web:a.example#key-1"}), "key.unknown"),
    "kid that is not there": (lambda nonce: ISSUER.proof(nonce, header={"kid": "#key-7"}), "key.unknown"),
    "kid without fragment": (lambda nonce: ISSUER.proof(nonce, header={"kid": DID}), "key.unknown"),
    "for another reader": (lambda nonce: ISSUER.proof(nonce, aud="did:web:other.example"), "did.possession_claims"),
    "for several readers": (
        lambda nonce: ISSUER.proof(nonce, aud=["did:web:localhost%3A8000"]), "did.possession_claims",
    ),
    "of another DID": (lambda nonce: ISSUER.proof(nonce, iss="did:web:a.example"), "did.possession_claims"),
    "no nonce": (lambda nonce: ISSUER.proof(nonce, nonce=None), "did.possession_claims"),
    "nonce of its own": (lambda _: ISSUER.proof(base64url.encode(bytes(40))), "did.challenge"),
    "nonce too short": (lambda nonce: ISSUER.proof(nonce[:-1]), "did.challenge"),
    "nonce no base64url": (lambda nonce: ISSUER.proof("=" * len(nonce)), "did.challenge"),
    "nonce of another time": (lambda nonce: ISSUER.proof("B" + nonce[1:]), "did.challenge"),
    "signed with another key": (lambda nonce: OwnKeyIssuer(seed="thief").proof(nonce), "proof.crypto"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "code"), PROOFS.values(), ids=PROOFS)
def test_who_does_not_prove_to_have_the_key_registers_nothing(
    unmoved: Installation, make: Callable[[str], str], code: str
) -> None:
    proof = make(ISSUER.challenge(unmoved))
    assert refused_code(lambda: ISSUER.register(unmoved, proof=proof)) == code


def with_weak_key() -> bytes:
    """The university's sound key, and beside it an RSA key whose modulus anyone can factor."""
    prime = (1 << 1279) - 1
    modulus = prime * ((1 << 1279) + 1 | 1)
    jwk = {"kty": "RSA", "n": base64url.encode(modulus.to_bytes(-(-modulus.bit_length() // 8))), "e": "AQAB"}
    document = json.loads(ISSUER.document())
    method = {"id": f"{DID}#weak", "type": "JsonWebKey", "controller": DID, "publicKeyJwk": jwk}
    document["verificationMethod"].append(method)
    document["assertionMethod"].append(method["id"])
    return orjson.dumps(document)


def changed(**members: object) -> bytes:
    return orjson.dumps({**json.loads(ISSUER.document()), **members})


DOCUMENTS: dict[str, tuple[Callable[[Installation], bytes], str]] = {
    "DD-12: of another DID": (lambda _: OwnKeyIssuer(did="did:web:a.example").document(), "did.mismatch"),
    "without an id": (lambda _: changed(id=None), "did.mismatch"),
    "no JSON": (lambda _: b"hello", "parse.syntax"),
    "too large": (lambda _: changed(service="x" * 70_000), "parse.size"),
    "key for signing in only": (
        lambda _: changed(assertionMethod=[], authentication=[f"{DID}#key-1"]), "key.relationship",
    ),
    "DD-15: with its private half": (
        lambda _: changed(verificationMethod=[{
            "id": f"{DID}#key-1", "type": "JsonWebKey", "controller": DID,
            "publicKeyJwk": {**public_jwk(ISSUER.signer.public_key), "d": "AAAA"},
        }]), "key.exposed",
    ),
    "a weak key beside the good one": (lambda _: with_weak_key(), "key.weak"),
    "the key revoked": (lambda made: ISSUER.document(revoked=made.now), "did.possession_key"),
    "the key expired": (lambda made: ISSUER.document(expires=made.now - timedelta(1)), "did.possession_key"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "code"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_document_that_is_no_good_is_not_pinned(
    unmoved: Installation, make: Callable[[Installation], bytes], code: str
) -> None:
    document = make(unmoved)
    assert refused_code(lambda: ISSUER.register(unmoved, document=document)) == code


def test_a_key_of_a_kind_that_is_not_read_here_does_no_harm(sqlite_installation: Installation) -> None:
    method = {"id": "#other", "type": "EcdsaSecp256k1VerificationKey2019", "controller": DID}
    document = json.loads(ISSUER.document())
    document["verificationMethod"].append(method)
    document["assertionMethod"].append("#other")
    ISSUER.register(sqlite_installation, document=orjson.dumps(document))


def test_a_key_that_we_keep_is_nobodys_own(installation: Installation) -> None:
    with installation.service.database.read() as snapshot:
        key = snapshot.signing_keys.active(SLUG)
    assert key is not None
    ours = {"id": "#ours", "type": "Multikey", "controller": DID, "publicKeyMultibase": key.public_key}
    document = json.loads(ISSUER.document())
    document["verificationMethod"].append(ours)
    document["assertionMethod"].append("#ours")
    assert refused_code(lambda: ISSUER.register(installation, document=orjson.dumps(document))) == "did.key_is_ours"


PLACES = {
    "our own": ("did:web:localhost%3A8000", "did.forbidden"),
    "an issuer here": ("did:web:localhost%3A8000:issuers:hoshimigaoka", "did.forbidden"),
    "DD-01: an address": ("did:web:127.0.0.1", "did.forbidden"),
    "DD-16: steps up": ("did:web:a.example:..:x", "did.syntax"),
    "capitals": ("did:web:VC.example.ac.jp", "did.syntax"),
    "the usual port": ("did:web:vc.example.ac.jp%3A443", "did.syntax"),
    "the well-known place spelt out": ("did:web:vc.example.ac.jp:.well-known", "did.syntax"),
    "a key itself": ("did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", "did.not_web"),
    "DD-20: another method": ("did:foo:1", "did.not_web"),
    "no DID": ("https://vc.example.ac.jp", "did.not_web"),
}


@pytest.mark.parametrize(("did", "code"), PLACES.values(), ids=PLACES)
def test_only_a_place_of_the_issuers_own_is_registered(unmoved: Installation, did: str, code: str) -> None:
    service, now = unmoved.service, unmoved.now
    assert refused_code(lambda: service.challenge_did(SLUG, did, now=now)) == code
    proof = ISSUER.proof(ISSUER.challenge(unmoved))
    assert refused_code(lambda: ISSUER.register(unmoved, did=did, proof=proof)) == code


@pytest.mark.parametrize(
    "did", ["did:web:vc.example.jp", "did:web:vc.example.jp:issuers:x", "did:web:vc.example.jp%3A9000"]
)
def test_a_did_on_our_own_host_is_refused(tmp_path: Path, did: str) -> None:
    made = make_installation(tmp_path, base_url="https://vc.example.jp:8443")
    assert refused_code(lambda: made.service.challenge_did(SLUG, did, now=made.now)) == "did.own_host"
    made.service.database.close()


def test_nobody_has_no_challenge(unmoved: Installation) -> None:
    nobody = lambda: ISSUER.challenge(unmoved, slug="nobody")  # noqa: E731
    assert refused_code(nobody) == "issuer.not_found"
