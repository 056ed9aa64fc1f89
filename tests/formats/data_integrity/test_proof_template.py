"""Securing by template gives the very bytes of Add Proof, whatever the moment, and whoever secures at the same time."""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from inspect import signature
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest

from jmc_vc.errors import Error
from jmc_vc.formats import strict_json
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import read_proofs
from jmc_vc.formats.data_integrity.proof_template import ProofTemplate, compile_proof_template
from jmc_vc.formats.data_integrity.verify_proof import verify_proof
from jmc_vc.formats.encoding.multikey import decode_multikey
from jmc_vc.formats.jsonld import DataLoss
from jmc_vc.formats.jsonld.template import Place
from tests.builders.badges import small_badge, typical_badge
from tests.builders.contexts import shipped_contexts
from tests.builders.keys import did_key_method, ed25519_private_key, ed25519_public_key
from tests.builders.templated import with_values

Json = dict[str, Any]
CREATED = datetime(2026, 1, 1, tzinfo=UTC)
PLACES: list[Place] = [
    ("id",),
    ("credentialSubject", "id"),
    ("credentialSubject", "identifier", 0, "identityHash"),
    ("evidence", 0, "narrative"),
]
SIGN = ed25519_private_key(0).sign
MOMENTS = [
    CREATED,
    CREATED + timedelta(seconds=1),
    CREATED + timedelta(microseconds=999_999),
    CREATED.astimezone(timezone(timedelta(hours=9))),
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(2025, 12, 31, 15, tzinfo=timezone(-timedelta(hours=9, minutes=30))),
    datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
]


def values_of(number: int) -> list[str]:
    odd = ['"', "\\", "\x7f\x01", "語", "\U0001f600", "\ue0000\ue001"][number % 6]
    return [f"urn:uuid:{number}", f"did:example:{number}", f"{odd}{number}", f"{number}{odd}"]


def template(document: Json | None = None, places: list[Place] = PLACES) -> ProofTemplate:
    found = compile_proof_template(
        typical_badge() if document is None else document,
        places,
        verification_method=did_key_method(0),
        created=CREATED,
        contexts=shipped_contexts(),
    )
    assert found is not None
    return found


def by_general_path(values: list[str], created: datetime) -> tuple[bytes, bytes]:
    unsecured = with_values(typical_badge(), PLACES, values)
    secured = add_proof(
        unsecured,
        cryptosuite="eddsa-rdfc-2022",
        verification_method=did_key_method(0),
        created=created,
        sign=SIGN,
        contexts=shipped_contexts(),
    )
    return orjson.dumps(unsecured), orjson.dumps(secured)


def test_what_was_secured_verifies() -> None:
    secured = template().secure(values_of(1), created=CREATED, sign=SIGN)
    assert secured is not None
    document = strict_json.parse_object(secured[1])
    (proof,) = read_proofs(document)
    verify_proof(Unsecured(document, shipped_contexts()), proof, ed25519_public_key(0))


def test_the_bytes_are_those_of_add_proof_at_every_moment() -> None:
    compiled = template()
    for number, created in enumerate([*MOMENTS, *reversed(MOMENTS), MOMENTS[0], MOMENTS[0]]):
        values = values_of(number)
        assert compiled.secure(values, created=created, sign=SIGN) == by_general_path(values, created)


def test_the_repeated_hour_in_autumn_is_two_hours() -> None:
    # In one zone both moments are equal for Python; the proofs are an hour apart.
    zone = ZoneInfo("Europe/Paris")
    compiled = template()
    for fold in (0, 1, 0):
        created = datetime(2026, 10, 25, 2, 30, tzinfo=zone, fold=fold)
        assert compiled.secure(values_of(1), created=created, sign=SIGN) == by_general_path(values_of(1), created)


def test_threads_that_secure_at_different_moments_do_not_mix_them_up() -> None:
    compiled = template()
    wanted = {
        (number, created): by_general_path(values_of(number), created) for number in range(3) for created in MOMENTS
    }

    def secure(turn: int) -> bool:
        number, created = turn % 3, MOMENTS[turn % len(MOMENTS)]
        found = compiled.secure(values_of(number), created=created, sign=SIGN)
        return found == wanted[number, created]

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # threads change as often as they can
    try:
        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(secure, range(2_000)))
    finally:
        sys.setswitchinterval(before)


def test_there_is_one_suite_and_it_takes_no_key_of_another() -> None:
    assert not {"cryptosuite", "algorithm"} & signature(compile_proof_template).parameters.keys()
    secured = template().secure(values_of(1), created=CREATED, sign=SIGN)
    assert secured is not None
    document = strict_json.parse_object(secured[1])
    (proof,) = read_proofs(document)
    assert proof.cryptosuite == "eddsa-rdfc-2022"
    p256 = decode_multikey("zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP")
    with pytest.raises(Error, match=r"proof\.suite "):
        verify_proof(Unsecured(document, shipped_contexts()), proof, p256)


def refuse_to_sign(_data: bytes) -> bytes:
    raise AssertionError("asked to sign")


def test_nothing_reaches_the_signer_that_is_not_what_was_expected() -> None:
    compiled = template()
    values = values_of(1)
    unsecured, secured = by_general_path(values, CREATED)
    assert compiled.secure(values, created=CREATED, sign=SIGN, expected=unsecured) == (unsecured, secured)
    for other in (b"", unsecured + b" ", orjson.dumps(typical_badge())):
        assert compiled.secure(values, created=CREATED, sign=refuse_to_sign, expected=other) is None


@pytest.mark.parametrize(
    "change",
    [{0: "relative"}, {0: "did:web:issuer.example"}, {2: "\ud800"}, {1: "urn:a> <b:c> <d:e> .\n<f"}],
    ids=ascii,
)
def test_nothing_reaches_the_signer_that_the_general_path_refuses(change: dict[int, str]) -> None:
    values = [change.get(position, value) for position, value in enumerate(values_of(1))]
    assert template().secure(values, created=CREATED, sign=refuse_to_sign) is None
    with pytest.raises(DataLoss):
        by_general_path(values, CREATED)


@pytest.mark.parametrize("proof", [[], None, {"type": "DataIntegrityProof", "proofValue": "z5"}], ids=str)
def test_a_document_that_has_proofs_is_for_the_general_path(proof: Any) -> None:
    assert compile_proof_template(
        {**small_badge(), "proof": proof},
        [("id",)],
        verification_method=did_key_method(0),
        created=CREATED,
        contexts=shipped_contexts(),
    ) is None  # fmt: skip


def test_what_no_proof_would_cover_has_no_template() -> None:
    for document, method in (
        ({**small_badge(), "grade": "A+"}, did_key_method(0)),
        (small_badge(), "key-1"),
        (small_badge(), "jmc x"),
    ):
        with pytest.raises(DataLoss):
            compile_proof_template(
                document, [("id",)], verification_method=method, created=CREATED, contexts=shipped_contexts()
            )
