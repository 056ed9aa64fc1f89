"""Signed notes and their keys: the example of the specification, one spelling, and what is no note."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey
from jmc_vc.formats.transparency.note_text import write_base64
from jmc_vc.formats.transparency.signed_note import (
    LARGEST,
    MOST_SIGNATURES,
    NoteSignature,
    SignedNote,
    read_note,
    sign_note,
    verify_note,
)
from jmc_vc.formats.transparency.verifier_key import SignatureType, VerifierKey, read_verifier_key
from tests.builders.keys import ed25519_public_key
from tests.builders.refusals import refused_code
from tests.formats.transparency.written_logs import key_pair, witness

# https://c2sp.org/signed-note, "Example"
EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE_SIGNATURE = "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
EXAMPLE = f"This is an example message.\n\n— example.com/foo {EXAMPLE_SIGNATURE}\n"

KEY, SIGN = key_pair(1)
OTHER, SIGN_OTHER = key_pair(2)
TEXT = "first line\n\nlast line\n"
NOTE = SignedNote(TEXT, (sign_note(TEXT, KEY, SIGN),))


def test_the_example_of_the_specification_verifies() -> None:
    key, note = read_verifier_key(EXAMPLE_KEY), read_note(EXAMPLE.encode())
    assert verify_note(note, (key,)) == (key,)
    assert (note.text, key.name, key.kind) == (
        "This is an example message.\n", "example.com/foo", SignatureType.ED25519,
    )  # fmt: skip
    assert key.text == EXAMPLE_KEY
    assert note.encoded.decode() == EXAMPLE


def test_the_example_with_another_letter_does_not_verify() -> None:
    note = read_note(EXAMPLE.replace("example message", "Example message").encode())
    assert refused_code(lambda: verify_note(note, (read_verifier_key(EXAMPLE_KEY),))) == "log.signature"


def test_what_was_signed_is_read_and_verified() -> None:
    assert read_note(NOTE.encoded) == NOTE
    assert verify_note(NOTE, (OTHER, KEY)) == (KEY,)


LINE = f"— a {write_base64(bytes(68))}\n"
NO_NOTES = {
    "nothing": b"",
    "text alone": b"text\n",
    "no signature": b"text\n\n",
    "no blank line": f"text\n{LINE}".encode(),
    "no text": f"\n{LINE}".encode(),
    "no newline at the end": f"text\n\n{LINE}".rstrip("\n").encode(),
    "a blank line behind": f"text\n\n{LINE}\n".encode(),
    "text between signatures": f"text\n\n{LINE}text\n{LINE}".encode(),
    "hyphen instead of a dash": f"text\n\n{LINE}".replace("—", "-").encode(),
    "en dash": f"text\n\n{LINE}".replace("—", "–").encode(),
    "two blanks": f"text\n\n{LINE}".replace("— ", "—  ").encode(),
    "no name": f"text\n\n— {write_base64(bytes(68))}\n".encode(),
    "plus in the name": f"text\n\n{LINE}".replace(" a ", " a+b ").encode(),
    "wide space in the name": f"text\n\n{LINE}".replace(" a ", " a\u3000b ").encode(),
    "unbreakable space in the name": f"text\n\n{LINE}".replace(" a ", " a\u00a0b ").encode(),
    "line separator in the name": f"text\n\n{LINE}".replace(" a ", " a\u2028b ").encode(),
    "a word behind": f"text\n\n{LINE}".replace("\n— a", "\n— a a").encode(),
    "no base64": "text\n\n— a !!!!\n".encode(),
    "base64url": "text\n\n— a AAAAA-__\n".encode(),
    "no padding": "text\n\n— a AAAAAAA\n".encode(),
    "unused bits": "text\n\n— a AAAAAAB=\n".encode(),
    "key id alone": "text\n\n— a AAAAAA==\n".encode(),
    "less than a key id": "text\n\n— a AAA=\n".encode(),
    "tab": f"te\txt\n\n{LINE}".encode(),
    "carriage return": f"text\r\n\n{LINE}".encode(),
    "NUL": f"te\0xt\n\n{LINE}".encode(),
    "Latin-1": b"t\xe9xt\n\n" + LINE.encode(),
    "a surrogate": b"\xed\xa0\x80\n\n" + LINE.encode(),
    "UTF-16": f"text\n\n{LINE}".encode("utf-16"),
}


@pytest.mark.parametrize("data", NO_NOTES.values(), ids=NO_NOTES)
def test_bytes_that_are_no_note_are_refused(data: bytes) -> None:
    assert refused_code(lambda: read_note(data)) == "log.note"


@pytest.mark.parametrize("text", ["", "no newline", "tab\t\n", "\ud800\n", "\0\n"], ids=repr)
def test_what_no_note_can_hold_is_not_signed(text: str) -> None:
    assert refused_code(lambda: sign_note(text, KEY, SIGN)) == "log.note"
    assert refused_code(lambda: SignedNote(text, NOTE.signatures)) == "log.note"


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u2003b", "\ud800"], ids=repr)
def test_no_key_has_a_name_that_no_note_can_hold(name: str) -> None:
    assert refused_code(lambda: VerifierKey(name, SignatureType.ED25519, ed25519_public_key())) == "log.key"
    assert refused_code(lambda: NoteSignature(name, bytes(4), bytes(64))) == "log.note"


def test_as_many_signatures_as_the_limit_are_read_and_one_more_is_not() -> None:
    assert len(read_note(b"text\n\n" + LINE.encode() * MOST_SIGNATURES).signatures) == MOST_SIGNATURES
    assert refused_code(lambda: read_note(b"text\n\n" + LINE.encode() * (MOST_SIGNATURES + 1))) == "log.note_size"
    assert refused_code(lambda: NOTE.signed_also(*NOTE.signatures * MOST_SIGNATURES)) == "log.note_size"


def test_a_note_of_any_size_is_refused_at_once() -> None:
    assert refused_code(lambda: read_note(b"\n" * (LARGEST + 1))) == "log.note_size"
    assert refused_code(lambda: SignedNote("a" * LARGEST + "\n", NOTE.signatures)) == "log.note_size"


def test_signatures_of_unknown_keys_are_nothing() -> None:
    same_name = NoteSignature(KEY.name, bytes(4), bytes(64))
    same_id = NoteSignature("another", KEY.id, bytes(64))
    unknown_kind = NoteSignature("large", b"\6abc", bytes(2_420))
    note = NOTE.signed_also(same_name, same_id, unknown_kind)
    assert verify_note(read_note(note.encoded), (KEY,)) == (KEY,)


def test_a_note_that_no_known_key_signed_is_refused() -> None:
    assert refused_code(lambda: verify_note(NOTE, (OTHER,))) == "log.unsigned"
    assert refused_code(lambda: verify_note(NOTE, ())) == "log.unsigned"


def test_one_false_signature_of_a_known_key_spoils_the_note() -> None:
    false = NoteSignature(OTHER.name, OTHER.id, bytes(64))
    assert refused_code(lambda: verify_note(NOTE.signed_also(false), (KEY, OTHER))) == "log.signature"
    again = NoteSignature(KEY.name, KEY.id, bytes(64))
    assert refused_code(lambda: verify_note(NOTE.signed_also(again), (KEY,))) == "log.signature"


def test_a_signer_with_another_key_is_noticed_before_anything_leaves() -> None:
    assert refused_code(lambda: sign_note(TEXT, KEY, SIGN_OTHER)) == "log.signature"
    assert refused_code(lambda: sign_note(TEXT, KEY, lambda _: b"")) == "log.signature"


def test_a_witness_key_signs_no_notes() -> None:
    key, sign = witness(1)
    assert refused_code(lambda: sign_note(TEXT, key, sign)) == "log.key"
    assert refused_code(lambda: verify_note(NOTE, (key,))) == "log.key"


def test_one_key_has_another_id_for_another_use_or_name() -> None:
    assert len({KEY.id, replace(KEY, kind=SignatureType.COSIGNATURE).id, replace(KEY, name="other").id}) == 3


NAME, HASH, MATERIAL = EXAMPLE_KEY.split("+", 2)
NO_KEYS = {
    "empty": "",
    "no name": f"+{HASH}+{MATERIAL}",
    "no hash": f"{NAME}+{MATERIAL}",
    "another name": f"{NAME}x+{HASH}+{MATERIAL}",
    "another hash": f"{NAME}+530d903b+{MATERIAL}",
    "capital hash": f"{NAME}+{HASH.upper()}+{MATERIAL}",
    "short hash": f"{NAME}+530d90+{MATERIAL}",
    "blank in the name": f"a b+{HASH}+{MATERIAL}",
    "newline behind": f"{EXAMPLE_KEY}\n",
    "no base64": f"{NAME}+{HASH}+====",
    "ECDSA": f"{NAME}+{HASH}+{write_base64(bytes([2]) + bytes(64))}",
    "ML-DSA": f"{NAME}+{HASH}+{write_base64(bytes([6]) + bytes(600))}",
    "longer than any": "a" * 2_000 + f"+{HASH}+{MATERIAL}",
}


@pytest.mark.parametrize("text", NO_KEYS.values(), ids=NO_KEYS)
def test_text_that_is_no_verifier_key_is_refused(text: str) -> None:
    assert refused_code(lambda: read_verifier_key(text)) == "log.key"


def test_an_unsound_public_key_is_refused_as_everywhere() -> None:
    assert refused_code(lambda: read_verifier_key(f"{NAME}+{HASH}+{write_base64(bytes([1]) * 32)}")) == "key.invalid"
    identity = bytes([1, 1]) + bytes(31)
    assert refused_code(lambda: read_verifier_key(f"{NAME}+{HASH}+{write_base64(identity)}")) == "key.weak"


def test_a_key_of_another_algorithm_signs_no_notes() -> None:
    p256 = PublicKey(
        KeyAlgorithm.P256, bytes.fromhex("036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296")
    )
    assert refused_code(lambda: VerifierKey("a", SignatureType.ED25519, p256)) == "log.key"


@given(st.integers(0, 50), st.sampled_from(SignatureType), st.text(min_size=1, max_size=20))
def test_keys_come_back(number: int, kind: SignatureType, name: str) -> None:
    if refused_code(lambda: VerifierKey(name, kind, ed25519_public_key(number))) is None:
        key = VerifierKey(name, kind, ed25519_public_key(number))
        assert read_verifier_key(key.text) == key


@given(st.text(max_size=60).map(lambda text: text + "\n"))
def test_any_text_that_can_be_signed_comes_back(text: str) -> None:
    if refused_code(lambda: sign_note(text, KEY, SIGN)) is None:
        note = SignedNote(text, (sign_note(text, KEY, SIGN),))
        assert read_note(note.encoded) == note
        assert verify_note(read_note(note.encoded), (KEY,)) == (KEY,)


@given(st.data())
def test_a_note_has_one_spelling(data: st.DataObject) -> None:
    whole = bytearray(NOTE.encoded)
    for _ in range(data.draw(st.integers(1, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.sampled_from(b"\n A/+=\xe2\x80\x94a\0"))
    if refused_code(lambda: read_note(bytes(whole))) is None:
        assert read_note(bytes(whole)).encoded == bytes(whole)


@given(st.text() | st.binary().map(lambda data: f"a+00000000+{write_base64(data)}"))
def test_whatever_comes_as_a_key_is_read_or_refused(text: str) -> None:
    assert refused_code(lambda: read_verifier_key(text)) in {None, "log.key", "key.invalid", "key.weak"}
