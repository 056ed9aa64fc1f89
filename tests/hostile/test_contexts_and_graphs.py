"""Documents that would leave something unsigned or never end, by the ids of the catalogue of bad inputs."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jmc_vc.formats.jsonld import CanonicalizationLimit, DataLoss, canonical_nquads, require_covered
from tests.builders.badges import small_badge
from tests.builders.contexts import CREDENTIALS, shipped_contexts
from tests.builders.installation import Installation, make_installation
from tests.hostile.over_http import Refused, over_http

Json = dict[str, Any]


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, bytes]]:
    with over_http(make_installation(Path(tmp_path_factory.mktemp("hostile")))) as installation:
        yield installation, installation.issue().body
        installation.service.database.close()


def status_list(identifier: str, encoded: str) -> Json:
    return {
        "@context": [CREDENTIALS],
        "id": identifier,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": "did:web:issuer.example",
        "credentialSubject": {
            "id": identifier, "type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": encoded,
        },
    }  # fmt: skip


@pytest.mark.parametrize("encoded", ["uH4sIAAA", "uAltered"], ids=["VJ-04 as signed", "VJ-04 altered"])
def test_a_status_list_without_a_name_signs_nothing_and_is_refused(encoded: str) -> None:
    require_covered(status_list("https://issuer.example/status/1", encoded), shipped_contexts())
    with pytest.raises(DataLoss) as refused:
        require_covered(status_list("", encoded), shipped_contexts())
    assert refused.value.params == {"reason": "relative_iri"}


def linked(edges: list[tuple[int, int]], other: list[tuple[int, int]] = []) -> Json:  # noqa: B006 - read only
    """A badge with nodes that have labels only, linked by `evidence` and `related`: each node is described once."""
    count = 1 + max(max(edge) for edge in [*edges, *other])
    described: list[Json] = []
    for node in range(count):
        targets = {f"_:n{to}" for start, to in edges if start == node}
        more = {f"_:n{to}" for start, to in other if start == node}
        described.append(
            {"id": f"_:n{node}", "type": ["VerifiableCredential", "Achievement"],
             "evidence": sorted(targets), "related": [{"id": label} for label in sorted(more)]}
        )  # fmt: skip
    return {**small_badge(), "evidence": described}


POISON = {
    **{
        f"VJ-22 clique of {size}": linked([(i, j) for i in range(size) for j in range(size) if i != j])
        for size in (8, 10, 20)
    },
    "VJ-23 two interlinked rings of 9": linked(
        [(i, (i + 1) % 9) for i in range(9)] + [(9 + i, 9 + (i + 1) % 9) for i in range(9)],
        [(i, 9 + (i * 2) % 9) for i in range(9)] + [(9 + i, (i * 4) % 9) for i in range(9)],
    ),
    "VJ-23 chains that look alike": {
        **small_badge(),
        "evidence": [
            json.loads('{"type":"Profile","parentOrg":' * 20 + '{"type":"Profile"}' + "}" * 20) for _ in range(60)
        ],
    },
}


@pytest.mark.parametrize("case", POISON)
def test_a_poison_graph_costs_less_than_a_second(case: str) -> None:
    """Answered or given up; a clique in any case is given up."""
    started = time.process_time()
    try:
        canonical_nquads(POISON[case], shipped_contexts())
        given_up = False
    except (CanonicalizationLimit, DataLoss):
        given_up = True
    assert time.process_time() - started < 1
    assert given_up or "clique" not in case


@pytest.mark.parametrize("deep", [1, 2, 10, 30], ids=lambda deep: f"VJ-74 presentation in presentation {deep} deep")
@pytest.mark.parametrize("in_array", [False, True], ids=["bare", "in an array"])
def test_a_good_badge_inside_presentations_is_never_called_valid(
    one: tuple[Installation, bytes], deep: int, in_array: bool
) -> None:
    installation, body = one
    document: Json = json.loads(body)
    for _ in range(deep + 1):
        inside: Any = [document] if in_array else document
        document = {"@context": [CREDENTIALS], "type": ["VerifiablePresentation"], "verifiableCredential": inside}
    try:
        verdict = str(installation.verify(json.dumps(document, ensure_ascii=False).encode()).verdict)
    except Refused as refused:
        verdict = refused.code
    assert verdict != "valid"
    if deep == 30:
        assert verdict == "parse.depth"
