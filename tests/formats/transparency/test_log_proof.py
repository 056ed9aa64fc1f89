"""Proofs that need no network: one spelling, and nothing in them believed without the log's key."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.formats.transparency.checkpoint import Checkpoint, sign_checkpoint
from jmc_vc.formats.transparency.cosignature import cosign, cosigned_at
from jmc_vc.formats.transparency.log_proof import LONGEST_EXTRA, LogProof, read_log_proof, verify_log_proof
from jmc_vc.formats.transparency.merkle import LONGEST_PATH, inclusion_path
from jmc_vc.formats.transparency.note_text import write_base64
from jmc_vc.formats.transparency.signed_note import LARGEST
from tests.builders.refusals import refused_code
from tests.formats.transparency.written_logs import (
    ORIGIN,
    key_pair,
    leaves,
    signed_checkpoint,
    subtree_of_leaves,
    witness,
)

LEAVES = leaves(13)
KEY = key_pair(1)[0]
CHECKPOINT = signed_checkpoint(LEAVES)
PROOF = LogProof(
    index=5,
    path=inclusion_path(5, 13, subtree_of_leaves(LEAVES)),
    checkpoint=CHECKPOINT.note.encoded,
    extra=bytes(16),
)
WRITTEN = PROOF.encoded.decode()
HASHES = "".join(f"{write_base64(each)}\n" for each in PROOF.path)


def test_a_proof_is_written_line_by_line() -> None:
    head = f"c2sp.org/tlog-proof@v1\nextra AAAAAAAAAAAAAAAAAAAAAA==\nindex 5\n{HASHES}\n"
    assert head + CHECKPOINT.note.encoded.decode() == WRITTEN
    assert b"extra" not in replace(PROOF, extra=None).encoded


@pytest.mark.parametrize("proof", [PROOF, replace(PROOF, extra=None)], ids=["with extra", "without"])
def test_a_proof_is_read_and_verified(proof: LogProof) -> None:
    found = read_log_proof(proof.encoded)
    assert found == proof
    assert verify_log_proof(found, LEAVES[5], origin=ORIGIN, key=KEY) == CHECKPOINT


def test_the_only_entry_of_a_log_needs_no_path() -> None:
    proof = LogProof(index=0, path=(), checkpoint=signed_checkpoint(LEAVES[:1]).note.encoded)
    assert read_log_proof(proof.encoded) == proof
    assert verify_log_proof(proof, LEAVES[0], origin=ORIGIN, key=KEY).checkpoint.size == 1


def test_witnesses_come_along() -> None:
    key, sign = witness(1)
    noon = datetime(2026, 10, 1, 12, tzinfo=UTC)
    note = CHECKPOINT.note.signed_also(cosign(CHECKPOINT, key=key, sign=sign, now=noon))
    found = verify_log_proof(replace(PROOF, checkpoint=note.encoded), LEAVES[5], origin=ORIGIN, key=KEY)
    assert cosigned_at(found, (key,)) == {key: noon}


_KEY_2, _SIGN_2 = key_pair(2)
_FORGED = sign_checkpoint(Checkpoint(ORIGIN, 13, CHECKPOINT.checkpoint.root), _KEY_2, _SIGN_2).note.encoded
NOT_PROVEN = {
    "another place": (replace(PROOF, index=4), "log.inclusion"),
    "place behind the end": (replace(PROOF, index=13), "log.inclusion"),
    "path cut short": (replace(PROOF, path=PROOF.path[:-1]), "log.inclusion"),
    "an earlier checkpoint": (replace(PROOF, checkpoint=signed_checkpoint(LEAVES[:5]).note.encoded), "log.inclusion"),
    "checkpoint of another key": (replace(PROOF, checkpoint=_FORGED), "log.unsigned"),
    "no checkpoint": (replace(PROOF, checkpoint=b""), "log.note"),
}


@pytest.mark.parametrize(("proof", "code"), NOT_PROVEN.values(), ids=NOT_PROVEN)
def test_a_proof_with_something_wrong_proves_nothing(proof: LogProof, code: str) -> None:
    assert refused_code(lambda: verify_log_proof(proof, LEAVES[5], origin=ORIGIN, key=KEY)) == code


def test_another_entry_or_log_is_not_proven() -> None:
    assert refused_code(lambda: verify_log_proof(PROOF, LEAVES[6], origin=ORIGIN, key=KEY)) == "log.inclusion"
    assert refused_code(lambda: verify_log_proof(PROOF, LEAVES[5], origin="other", key=KEY)) == "log.origin"


NO_PROOFS = {
    "empty": "",
    "checkpoint alone": CHECKPOINT.note.encoded.decode(),
    "another version": WRITTEN.replace("@v1", "@v2"),
    "first line missing": WRITTEN.partition("\n")[2],
    "no index": WRITTEN.replace("index 5\n", ""),
    "index with a zero before": WRITTEN.replace("index 5", "index 05"),
    "index below zero": WRITTEN.replace("index 5", "index -5"),
    "index of 2^63": WRITTEN.replace("index 5", f"index {2**63}"),
    "index of many digits": WRITTEN.replace("index 5", "index " + "9" * 5_000),
    "index with two blanks": WRITTEN.replace("index 5", "index  5"),
    "empty extra": WRITTEN.replace("extra AAAAAAAAAAAAAAAAAAAAAA==", "extra "),
    "extra no base64": WRITTEN.replace("extra AAAA", "extra !"),
    "extra behind the index": WRITTEN.replace("extra AAAAAAAAAAAAAAAAAAAAAA==\nindex 5\n", "index 5\nextra AAAA\n"),
    "extra twice": WRITTEN.replace("extra", "extra AAAA\nextra"),
    "extra too long": WRITTEN.replace("A" * 22 + "==", write_base64(bytes(LONGEST_EXTRA + 1))),
    "short hash": WRITTEN.replace(HASHES[:44], write_base64(bytes(31))),
    "hash unpadded": WRITTEN.replace(HASHES[:44], HASHES[:43]),
    "path too long": WRITTEN.replace(HASHES, HASHES[:45] * (LONGEST_PATH + 1)),
    "no blank line": WRITTEN.replace("\n\n", "\n", 1).partition("\n\n")[0] + "\n",
    "carriage returns": WRITTEN.replace("\n", "\r\n"),
    "Japanese in the head": WRITTEN.replace("index", "索引", 1),
    "more bytes than any proof": WRITTEN + "x" * (2 * LARGEST),
    "checkpoint too large": WRITTEN + "x" * LARGEST,
}


@pytest.mark.parametrize("text", NO_PROOFS.values(), ids=NO_PROOFS)
def test_text_that_is_no_proof_is_refused(text: str) -> None:
    assert refused_code(lambda: read_log_proof(text.encode())) == "log.proof"


@given(
    st.integers(0, 2**63 - 1),
    st.lists(st.binary(min_size=32, max_size=32), max_size=LONGEST_PATH),
    st.none() | st.binary(min_size=1, max_size=50),
    st.binary(max_size=50),
)
def test_proofs_come_back(index: int, path: list[bytes], extra: bytes | None, checkpoint: bytes) -> None:
    proof = LogProof(index=index, path=tuple(path), extra=extra, checkpoint=checkpoint)
    assert read_log_proof(proof.encoded) == proof


@given(st.binary() | st.binary().map(lambda data: b"c2sp.org/tlog-proof@v1\n" + data))
def test_whatever_comes_as_a_proof_is_read_or_refused(data: bytes) -> None:
    assert refused_code(lambda: read_log_proof(data)) in {None, "log.proof"}
