"""What a document costs grows with its size and no faster, whatever its shape: for everything that is accepted.

Time and memory are those of reading, converting and canonicalizing. Measured are documents of 10 to 80 kB in one
process, one after another; a document of twice the size may cost a little more than twice as much, never four times.
"""

import json
import tracemalloc
from collections.abc import Callable, Mapping
from statistics import median
from time import process_time
from typing import Any

import pytest

from jmc_vc.errors import Malformed
from jmc_vc.formats.encoding import multibase
from jmc_vc.formats.jsonld import canonical_nquads
from jmc_vc.formats.strict_json import parse_object
from tests.builders.badges import small_badge
from tests.builders.contexts import CREDENTIALS, EXTENSIONS, OPEN_BADGES, OURS, shipped_contexts

Json = dict[str, Any]
Shape = Callable[[int], Json]
SIZES = (10_000, 20_000, 40_000, 80_000)
BYTES_PER_BYTE = 60
"""Memory at the peak for each byte that is read. Most is needed for many short values, each of which becomes a
statement with its whole predicate; measured are 20 to 40."""
SLOWER = 2.5
"""How much dearer a byte of the largest document may be than one of the smallest. Linear is 1, quadratic 8; a machine
that others use too is a noisy clock."""


def with_evidence(number: int) -> Json:
    texts = {
        "type": ["Evidence"],
        "name": "Report 報告",
        "narrative": "The learner built a rover. ロボットを製作した。" * 2,
    }
    return {**small_badge(), "evidence": [{"id": f"urn:x:{n}", **texts} for n in range(number)]}


def with_equal_evidence(number: int) -> Json:
    texts = {
        "type": ["Evidence"],
        "name": "Report 報告",
        "narrative": "The learner built a rover. ロボットを製作した。" * 2,
    }
    return {**small_badge(), "evidence": [dict(texts) for _ in range(number)]}


def with_a_long_text(number: int) -> Json:
    return {**small_badge(), "description": '日本語 "quoted" \\ \n\x01 text. ' * number}


def with_languages(number: int) -> Json:
    badge = small_badge()
    badge["@context"].append(OURS)
    tags = [f"{a}{b}{c}" for a in "abcdefghij" for b in "abcdefghij" for c in "abcdefghij"]
    badge["credentialSubject"]["achievement"]["jmc:title"] = dict.fromkeys(tags[:number], "Robotics ロボット工学 " * 3)
    return badge


def with_result_descriptions(number: int) -> Json:
    badge = small_badge()
    badge["credentialSubject"]["achievement"]["resultDescription"] = [
        {"id": f"urn:x:{n}", "type": ["ResultDescription"], "name": f"Result {n} 成績",
         "resultType": "LetterGrade " * 12, "allowedValue": ["A", "B", "C"], "requiredValue": "C"}
        for n in range(number)
    ]  # fmt: skip
    badge["credentialSubject"]["result"] = [
        {"type": ["Result"], "resultDescription": f"urn:x:{n}", "value": "A"} for n in range(number)
    ]
    return badge


def with_a_wide_array(number: int) -> Json:
    badge = small_badge()
    badge["credentialSubject"]["achievement"]["tag"] = [f"tag {n} キーワード" for n in range(number)]
    return badge


def with_deep_nesting(number: int) -> Json:
    badge = small_badge()
    chains = []
    for chain in range(number):
        inner: Json = {"type": ["Profile"], "name": "the top 最上位"}
        for level in range(20):
            inner = {"type": ["Profile"], "name": f"organization {chain}-{level} 組織", "parentOrg": inner}
        chains.append({"id": f"urn:x:{chain}", "type": ["Evidence", "Profile"], "parentOrg": inner})
    return {**badge, "evidence": chains}


def with_endorsements(number: int) -> Json:
    contexts = [CREDENTIALS, OPEN_BADGES, EXTENSIONS]
    made = [
        {"@context": contexts, "id": f"urn:x:{n}", "type": ["VerifiableCredential", "EndorsementCredential"],
         "issuer": {"id": f"did:web:endorser-{n}.example", "type": ["Profile"], "name": "Endorser 推薦者"},
         "validFrom": "2026-01-01T00:00:00Z",
         "credentialSubject": {"id": f"urn:y:{n}", "type": ["EndorsementSubject"], "endorsementComment": "Good."},
         "proof": {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofValue": f"z{n}"}}
        for n in range(number)
    ]  # fmt: skip
    return {**small_badge(), "endorsement": made}


def with_json_literals(number: int) -> Json:
    badge = small_badge()
    badge["@context"].append(OURS)
    badge["jmc:programVersion"] = {f"name {n} 名前": [n, 0.5, None, {"x": "y" * 60}] for n in range(number)}
    return badge


SHAPES: Mapping[str, Shape] = {
    "many evidence": with_evidence,
    "many evidence that look alike": with_equal_evidence,
    "a long text": with_a_long_text,
    "many languages": with_languages,
    "many result descriptions": with_result_descriptions,
    "a wide array": with_a_wide_array,
    "deep nesting": with_deep_nesting,
    "contexts in endorsements": with_endorsements,
    "JSON literals": with_json_literals,
}


def of_size(shape: Shape, size: int) -> bytes:
    """A document of the shape with about `size` bytes."""
    empty, some = (len(written(shape(number))) for number in (0, 20))
    return written(shape(max(1, round((size - empty) / ((some - empty) / 20)))))


def written(document: Json) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def read(data: bytes) -> bytes:
    return canonical_nquads(parse_object(data), shipped_contexts())


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_size(shape: str) -> None:
    documents = [of_size(SHAPES[shape], size) for size in SIZES]
    spent: list[list[float]] = [[] for _ in documents]
    for data in documents:
        read(data)  # compiles the contexts
    for _ in range(5):  # in turn, so that a slow moment of the machine meets all sizes
        for data, times in zip(documents, spent, strict=True):
            rounds = max(1, SIZES[-1] // len(data))
            started = process_time()
            for _ in range(rounds):
                read(data)
            times.append((process_time() - started) / rounds / len(data))
    first, *_, last = (median(times) for times in spent)
    assert last < first * SLOWER


@pytest.mark.parametrize("shape", SHAPES)
def test_memory_grows_with_the_size(shape: str) -> None:
    for size in SIZES:
        data = of_size(SHAPES[shape], size)
        read(data)
        tracemalloc.start()
        try:
            canonical = read(data)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < BYTES_PER_BYTE * size
        assert len(canonical) < BYTES_PER_BYTE * size


def test_base58_is_nearly_linear_up_to_its_limit_and_free_beyond() -> None:
    def cost(text: str) -> float:
        """Of one digit."""
        times = []
        for _ in range(5):
            started = process_time()
            for _ in range(64 * 1024 // len(text) + 1):
                multibase.decode(text)
            times.append((process_time() - started) / (64 * 1024 // len(text) + 1) / len(text))
        return median(times)

    assert cost("z" * multibase.LONGEST) < 4 * cost("z" * (multibase.LONGEST // 16))
    for length in (multibase.LONGEST + 1, 4 << 20):
        for digit in "z12":
            text = "z" + digit * length
            started = process_time()
            with pytest.raises(Malformed):
                multibase.decode(text)
            assert process_time() - started < 0.01
