"""Checkpoints: the example of the specification, three lines in one spelling, and whose they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.formats.transparency.checkpoint import Checkpoint, open_checkpoint, read_checkpoint, sign_checkpoint
from jmc_vc.formats.transparency.merkle import EMPTY_ROOT, LARGEST_SIZE
from jmc_vc.formats.transparency.note_text import write_base64
from jmc_vc.formats.transparency.signed_note import NoteSignature, SignedNote, read_note, sign_note
from tests.builders.refusals import refused_code
from tests.formats.transparency.written_logs import ORIGIN, key_pair, leaves, signed_checkpoint, witness

# https://c2sp.org/tlog-cosignature: the specification gives the note, but not its keys.
EXAMPLE = """\
example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa \
Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 \
jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
"""
KEY, SIGN = key_pair(1)
ROOT = write_base64(bytes(range(32)))


def test_the_example_of_the_specification_is_read() -> None:
    note = read_note(EXAMPLE.encode())
    checkpoint = read_checkpoint(note.text)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20_852_163)
    assert checkpoint.root.hex() == "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62"
    assert checkpoint.text == note.text
    assert [len(each.signature) for each in note.signatures] == [64, 72]
    assert note.encoded.decode() == EXAMPLE


def test_a_signed_checkpoint_is_opened_with_the_key_of_its_log() -> None:
    signed = signed_checkpoint(leaves(5))
    assert open_checkpoint(signed.note.encoded, origin=ORIGIN, key=KEY) == signed
    assert signed.checkpoint.size == 5


def test_other_signatures_below_do_no_harm() -> None:
    signed = signed_checkpoint(leaves(5))
    note = signed.note.signed_also(NoteSignature(witness(1)[0].name, b"abcd", bytes(72)))
    assert open_checkpoint(note.encoded, origin=ORIGIN, key=KEY).checkpoint == signed.checkpoint


REFUSED = {
    "another key": (signed_checkpoint(leaves(5), key_number=2).note, ORIGIN, "log.unsigned"),
    "another log of the same key": (signed_checkpoint(leaves(5)).note, "log.example/other", "log.origin"),
    "another size": (
        SignedNote(signed_checkpoint(leaves(6)).note.text, signed_checkpoint(leaves(5)).note.signatures),
        ORIGIN,
        "log.signature",
    ),
    "no checkpoint though signed": (
        SignedNote("hello\n", (sign_note("hello\n", KEY, SIGN),)),
        ORIGIN,
        "log.checkpoint",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("note", "origin", "code"), REFUSED.values(), ids=REFUSED)
def test_another_checkpoint_is_not_opened(note: SignedNote, origin: str, code: str) -> None:
    assert refused_code(lambda: open_checkpoint(note.encoded, origin=origin, key=KEY)) == code


NO_CHECKPOINTS = {
    "empty": "",
    "two lines": "a\n1\n",
    "no newline at the end": f"a\n1\n{ROOT}",
    "blank line at the end": f"a\n1\n{ROOT}\n\n",
    "no origin": f"\n1\n{ROOT}\n",
    "no size": f"a\n\n{ROOT}\n",
    "size with a zero before": f"a\n01\n{ROOT}\n",
    "size with a sign": f"a\n+1\n{ROOT}\n",
    "size below zero": f"a\n-1\n{ROOT}\n",
    "size with a blank": f"a\n1 \n{ROOT}\n",
    "size in hex": f"a\n0x1\n{ROOT}\n",
    "size in other digits": f"a\n１\n{ROOT}\n",
    "size of 2^63": f"a\n{2**63}\n{ROOT}\n",
    "size of ten thousand digits": f"a\n{'9' * 10_000}\n{ROOT}\n",
    "empty log with a root": f"a\n0\n{ROOT}\n",
    "root of 31 bytes": f"a\n1\n{write_base64(bytes(31))}\n",
    "root of 33 bytes": f"a\n1\n{write_base64(bytes(33))}\n",
    "root in hex": f"a\n1\n{bytes(32).hex()}\n",
    "root without padding": f"a\n1\n{ROOT[:-1]}\n",
    "root with unused bits": f"a\n1\n{ROOT[:-2]}9=\n",
    "carriage returns": f"a\r\n1\r\n{ROOT}\r\n",
    "blank extension": f"a\n1\n{ROOT}\n\nmore\n",
}


@pytest.mark.parametrize("text", NO_CHECKPOINTS.values(), ids=NO_CHECKPOINTS)
def test_text_that_is_no_checkpoint_is_refused(text: str) -> None:
    assert refused_code(lambda: read_checkpoint(text)) == "log.checkpoint"


@pytest.mark.parametrize("origin", ["", "a\nb", "a\tb", "\ud800"], ids=repr)
def test_no_log_has_an_origin_that_a_line_cannot_hold(origin: str) -> None:
    assert refused_code(lambda: Checkpoint(origin, 1, bytes(32))) == "log.checkpoint"


def test_extension_lines_of_other_logs_are_kept() -> None:
    text = f"a\n1\n{ROOT}\nmore\nand more\n"
    assert read_checkpoint(text).extensions == ("more", "and more")
    assert read_checkpoint(text).text == text


def test_the_empty_log_has_a_checkpoint_too() -> None:
    signed = sign_checkpoint(Checkpoint(ORIGIN, 0, EMPTY_ROOT), KEY, SIGN)
    assert signed.note.text == f"{ORIGIN}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"


@given(st.text(min_size=1, max_size=20), st.integers(1, LARGEST_SIZE), st.binary(min_size=32, max_size=32))
def test_checkpoints_come_back(origin: str, size: int, root: bytes) -> None:
    if refused_code(lambda: Checkpoint(origin, size, root)) is None:
        checkpoint = Checkpoint(origin, size, root)
        assert read_checkpoint(checkpoint.text) == checkpoint


@given(st.text())
def test_whatever_comes_as_a_checkpoint_is_read_or_refused(text: str) -> None:
    if refused_code(lambda: read_checkpoint(text)) is None:
        assert read_checkpoint(text).text == text
