"""Witnesses: what they sign, when, and what of it a reader believes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from jmc_vc.formats.transparency.checkpoint import SignedCheckpoint, open_checkpoint
from jmc_vc.formats.transparency.cosignature import cosign, cosigned_at
from jmc_vc.formats.transparency.signed_note import NoteSignature
from jmc_vc.formats.transparency.verifier_key import SignatureType
from tests.builders.keys import ed25519_private_key
from tests.builders.refusals import refused_code
from tests.formats.transparency.written_logs import ORIGIN, key_pair, leaves, signed_checkpoint, witness

NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)
SIGNED = signed_checkpoint(leaves(5))
LOG_KEY = key_pair(1)[0]
(FIRST, SIGN_FIRST), (SECOND, SIGN_SECOND) = witness(1), witness(2)


def also(*lines: NoteSignature) -> SignedCheckpoint:
    return replace(SIGNED, note=SIGNED.note.signed_also(*lines))


def first_at(moment: datetime) -> NoteSignature:
    return cosign(SIGNED, key=FIRST, sign=SIGN_FIRST, now=moment)


def test_a_cosignature_is_over_the_time_and_the_whole_text() -> None:
    line = first_at(NOON)
    assert int.from_bytes(line.signature[:8]) == int(NOON.timestamp()) == 1_790_856_000
    message = f"cosignature/v1\ntime 1790856000\n{SIGNED.note.text}".encode()
    ed25519_private_key(101).public_key().verify(line.signature[8:], message)


def test_witnesses_are_found_in_the_published_note_with_their_times() -> None:
    second = cosign(SIGNED, key=SECOND, sign=SIGN_SECOND, now=NOON + timedelta(minutes=1))
    published = also(first_at(NOON), second).note.encoded
    opened = open_checkpoint(published, origin=ORIGIN, key=LOG_KEY)
    assert cosigned_at(opened, (FIRST, SECOND)) == {FIRST: NOON, SECOND: NOON + timedelta(minutes=1)}
    assert cosigned_at(opened, (SECOND,)).keys() == {SECOND}
    assert cosigned_at(opened, (witness(3)[0],)) == {}


def test_of_two_by_one_witness_the_later_counts() -> None:
    assert cosigned_at(also(first_at(NOON), first_at(NOON - timedelta(hours=1))), (FIRST,)) == {FIRST: NOON}


FALSE = {
    "another time": NoteSignature(FIRST.name, FIRST.id, bytes(8) + first_at(NOON).signature[8:]),
    "time beyond the calendar": NoteSignature(FIRST.name, FIRST.id, b"\x7f" + bytes(7) + first_at(NOON).signature[8:]),
    "a plain note signature": NoteSignature(FIRST.name, FIRST.id, SIGN_FIRST(SIGNED.note.text.encode())),
    "a time alone": NoteSignature(FIRST.name, FIRST.id, bytes(8)),
    "a byte": NoteSignature(FIRST.name, FIRST.id, b"\0"),
    "a byte too many": NoteSignature(FIRST.name, FIRST.id, first_at(NOON).signature + b"\0"),
    "of another checkpoint": cosign(signed_checkpoint(leaves(6)), key=FIRST, sign=SIGN_FIRST, now=NOON),
    "of another witness": NoteSignature(
        FIRST.name, FIRST.id, cosign(SIGNED, key=SECOND, sign=SIGN_SECOND, now=NOON).signature
    ),
}


@pytest.mark.parametrize("line", FALSE.values(), ids=FALSE)
def test_one_false_cosignature_of_a_known_witness_is_refused(line: NoteSignature) -> None:
    assert refused_code(lambda: cosigned_at(also(first_at(NOON), line), (FIRST,))) == "log.cosignature"
    assert cosigned_at(also(line), (SECOND,)) == {}


def test_a_witness_with_another_key_or_before_1970_signs_nothing() -> None:
    assert refused_code(lambda: cosign(SIGNED, key=FIRST, sign=SIGN_SECOND, now=NOON)) == "log.cosignature"
    before = datetime(1969, 12, 31, tzinfo=UTC)
    assert refused_code(lambda: cosign(SIGNED, key=FIRST, sign=SIGN_FIRST, now=before)) == "log.cosignature"


def test_the_key_of_a_log_cosigns_nothing() -> None:
    key, sign = key_pair(1, kind=SignatureType.ED25519)
    assert refused_code(lambda: cosign(SIGNED, key=key, sign=sign, now=NOON)) == "log.key"
    assert refused_code(lambda: cosigned_at(SIGNED, (key,))) == "log.key"
