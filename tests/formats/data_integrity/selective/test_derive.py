"""DI-08: whatever a holder picks of whatever badge, what is shown holds, says what was picked and no more."""

import copy
import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats import strict_json
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import LONGEST_VALUE, SuiteUnsupported
from jmc_vc.formats.data_integrity.selective.derive import NoBaseProof, NothingSelected, derive
from jmc_vc.formats.data_integrity.selective.labelled import NotSelectable
from jmc_vc.formats.data_integrity.selective.pointers import KEPT, select
from jmc_vc.formats.data_integrity.selective.proof_value import MOST_STATEMENTS, read_base, read_derived
from jmc_vc.formats.encoding import multibase
from jmc_vc.formats.jsonld import DataLoss
from tests.builders.badges import small_badge, typical_badge
from tests.builders.contexts import OURS, shipped_contexts
from tests.builders.disclosed import CREATED, P256Key, issued, pointers_into, shown, verify
from tests.builders.generated_badges import generated
from tests.builders.keys import did_key_method, ed25519_private_key

Json = dict[str, Any]
ACHIEVEMENT = "/credentialSubject/achievement"
NOTHING_MANDATORY = Path(__file__).parents[3] / "vectors" / "ecdsa-sd-2023" / "nothing-mandatory"
"""As others may issue; we do not."""


def unsecured(document: Json) -> Json:
    return {name: member for name, member in document.items() if name != "proof"}


# --- any badge, any pointers ------------------------------------------------------------------------------------------

seeds = st.integers(0, 2**64 - 1)


@settings(max_examples=150)
@given(seeds)
def test_what_is_derived_holds_and_says_what_was_picked(seed: int) -> None:
    chance = Random(seed)
    badge = unsecured(generated(chance, size=12))
    every = list(pointers_into(badge))
    mandatory = chance.sample(every[1:], min(len(every) - 1, chance.randint(1, 2)))
    selective = chance.sample(every, min(len(every), chance.randint(0, 4)))
    try:
        base = issued(badge, mandatory, seed=seed)
        document = shown(base, *selective)
    except NotSelectable:
        assert any(lies_in_one_value(badge, pointer) for pointer in [*mandatory, *selective])
        return
    except DataLoss as refused:
        assert refused.params["reason"] == "depth"  # noqa: PT017 - the badge itself asks for more contexts than we apply
        return
    verify(document)
    assert unsecured(document) == select(badge, [*mandatory, *selective]).document
    for pointer in mandatory:
        assert is_in(value_at(badge, pointer), texts_of(document))
    forged = copy.deepcopy(document)
    altered = change_one_leaf(forged, chance)
    if altered:
        with pytest.raises(Error):
            verify(forged)


def value_at(document: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        document = document[int(name)] if isinstance(document, list) else document[name]
    return document


def texts_of(value: Any) -> set[str]:
    return {json.dumps(value_at(value, pointer), sort_keys=True) for pointer in pointers_into(value)}


def is_in(value: Any, texts: set[str]) -> bool:
    return json.dumps(value, sort_keys=True) in texts


def lies_in_one_value(badge: Json, pointer: str) -> bool:
    """Whether `pointer` picks a piece of what RDF states as one: a value object, a list, a JSON literal."""
    steps = pointer.split("/")[1:]
    return any(step.startswith("@") and step != "@context" for step in steps) or bool(
        {"allowedValue", "_sd", "jwk", *(step for step in steps if step.startswith("jmc:"))} & set(steps[:-1])
    )


def change_one_leaf(document: Json, chance: Random) -> bool:
    """Change a leaf outside the proof for something else of its kind; False when there is none."""
    places = [
        pointer
        for pointer in pointers_into(unsecured(document))
        if isinstance(leaf := value_at(document, pointer), str | int | float)
        and not str(leaf).startswith("_:")  # a blank node's label: another one says the same
    ]
    if not places:
        return False
    pointer = chance.choice(places)
    around, _, last = pointer.rpartition("/")
    container, old = value_at(document, around), value_at(document, pointer)
    step = int(last) if isinstance(container, list) else last.replace("~1", "/").replace("~0", "~")
    container[step] = not old if isinstance(old, bool) else old + "x" if isinstance(old, str) else old + 1
    return bool(container[step] != old)


# --- picking ----------------------------------------------------------------------------------------------------------


def test_nothing_outside_the_selection_is_told_by_any_member_or_proof() -> None:
    badge = typical_badge()
    document = shown(issued(badge, ["/issuer"]), f"{ACHIEVEMENT}/name", "/credentialSubject/result/0/value")
    told = json.dumps(unsecured(document), ensure_ascii=False)
    for hidden in ("Capstone", "87", "STEM", "2036", "sha256$", "criteria", "alignment", "credentialStatus", "tag"):
        assert hidden not in told
    assert unsecured(document) == {
        "@context": badge["@context"],
        "id": badge["id"],
        "type": badge["type"],
        "issuer": badge["issuer"],
        "credentialSubject": {
            "id": badge["credentialSubject"]["id"],
            "type": ["AchievementSubject"],
            "achievement": {
                "id": badge["credentialSubject"]["achievement"]["id"],
                "type": ["Achievement"],
                "name": badge["credentialSubject"]["achievement"]["name"],
            },
            "result": [{"type": ["Result"], "value": "A"}],
        },
    }
    value = multibase.decode(document["proof"]["proofValue"], longest=LONGEST_VALUE)
    base = read_base(issued(badge, ["/issuer"])["proof"]["proofValue"])
    assert base.hmac_key not in value
    # A signature of a statement that is not shown would let a verifier try what it might say.
    assert sum(signature in value for signature in base.signatures) == len(
        read_derived(document["proof"]["proofValue"]).signatures
    )


def test_the_members_stand_in_the_order_of_the_badge_whatever_was_picked_first() -> None:
    base = issued(small_badge(), ["/validFrom"])
    one, other = shown(base, "/name", "/issuer"), shown(base, "/issuer", "/name")
    assert json.dumps(one) == json.dumps(other)


def test_what_is_mandatory_is_shown_unasked() -> None:
    base = issued(small_badge(), ["/issuer", ACHIEVEMENT])
    document = shown(base)
    verify(document)
    assert document["issuer"] == base["issuer"]
    assert document["credentialSubject"]["achievement"] == base["credentialSubject"]["achievement"]
    assert "name" not in document


def test_everything_can_be_shown() -> None:
    for mandatory in (["/issuer"], [""]):
        base = issued(typical_badge(), mandatory)
        document = shown(base, "")
        verify(document)
        assert unsecured(document) == unsecured(base)


def test_a_derived_credential_is_no_base_for_another() -> None:
    document = shown(issued(small_badge(), ["/issuer"]), "/name")
    with pytest.raises(NoBaseProof, match=r"^proof\.no_base at /proof$"):
        derive(document, selective_pointers=["/name"], contexts=shipped_contexts())


def test_one_language_of_several_can_be_shown() -> None:
    badge = small_badge()
    badge["@context"].append(OURS)
    badge["credentialSubject"]["achievement"]["jmc:title"] = {"ja": "ロボット", "en": "Robots"}
    document = shown(issued(badge, ["/issuer"]), f"{ACHIEVEMENT}/jmc:title/ja")
    verify(document)
    assert document["credentialSubject"]["achievement"]["jmc:title"] == {"ja": "ロボット"}


@pytest.mark.parametrize(
    "pointer",
    [
        f"{ACHIEVEMENT}/resultDescription/0/allowedValue/1",
        "/credentialSubject/jmc:recipientName/ja",
        "/description/@value",
        "/description/@language",
    ],
)
def test_a_piece_of_what_is_stated_as_one_cannot_be_shown(pointer: str) -> None:
    badge = typical_badge()
    badge["@context"].append(OURS)
    badge["credentialSubject"]["jmc:recipientName"] = {"ja": {"family": "山田"}, "order": "family-first"}
    badge["description"] = {"@value": "ロボット", "@language": "ja"}
    with pytest.raises(NotSelectable, match=r"^proof\.selection$"):
        shown(issued(badge, ["/issuer"]), pointer)
    with pytest.raises(NotSelectable):
        issued(badge, ["/issuer", pointer])
    verify(shown(issued(badge, ["/issuer"]), pointer.rpartition("/")[0]))


def test_one_thing_described_at_two_places_is_shown_the_same_at_both_or_not_at_all() -> None:
    badge = small_badge()
    badge["credentialSubject"]["achievement"]["creator"] = badge["issuer"]
    base = issued(badge, ["/issuer"])
    with pytest.raises(NotSelectable):
        shown(base, f"{ACHIEVEMENT}/creator/name")
    verify(shown(base, f"{ACHIEVEMENT}/creator"))
    verify(shown(base, f"{ACHIEVEMENT}/creator/id"))


def test_an_object_that_python_has_at_two_places_is_two_nodes() -> None:
    badge = small_badge()
    twice = {"type": ["Evidence"], "name": "Report"}
    badge["evidence"] = [twice, twice]
    badge["credentialSubject"]["result"] = [{"type": ["Result"], "value": "A", "alignment": []}]
    document = shown(issued(badge, ["/issuer"]), "/evidence/1")
    verify(document)
    assert document["evidence"] == [twice]


def test_labels_of_blank_nodes_stay_so_that_others_can_refer_to_them() -> None:
    badge = small_badge()
    badge["credentialSubject"]["achievement"]["criteria"]["id"] = "_:c"
    badge["evidence"] = {"id": "_:c"}
    document = shown(issued(badge, ["/evidence"]), f"{ACHIEVEMENT}/criteria/narrative")
    verify(document)
    assert document["credentialSubject"]["achievement"]["criteria"]["id"] == document["evidence"]["id"] == "_:c"


# --- refusals ---------------------------------------------------------------------------------------------------------


def test_a_pointer_that_matches_nothing_is_refused_at_issue_and_at_deriving() -> None:
    with pytest.raises(Error, match=r"^proof\.pointer$"):
        issued(small_badge(), ["/issuer", "/grade"])
    with pytest.raises(Error) as refused:
        shown(issued(small_badge(), ["/issuer"]), "/name", "/grade")
    assert refused.value.params == {"position": 2}
    with pytest.raises(Error, match=r"^proof\.pointer$"):
        shown(issued(small_badge(), ["/issuer"]), "/proof")


def test_to_show_nothing_is_refused() -> None:
    with pytest.raises(NothingSelected, match=r"^proof\.nothing_selected$"):
        shown(strict_json.parse_object((NOTHING_MANDATORY / "base.json").read_bytes()))


def test_a_document_with_more_statements_than_are_signed_one_by_one_is_refused() -> None:
    badge = small_badge()
    badge["credentialSubject"]["achievement"]["tag"] = [f"tag {n}" for n in range(MOST_STATEMENTS)]
    with pytest.raises(Error, match=r"^proof\.statements$"):
        issued(badge, ["/issuer"])
    verify(shown(issued(badge, ["/issuer", f"{ACHIEVEMENT}/tag"]), "/name"))


def test_what_no_proof_covers_is_not_signed() -> None:
    with pytest.raises(DataLoss):
        issued({**small_badge(), "grade": "A+"}, ["/issuer"])
    with pytest.raises(DataLoss):
        issued(small_badge(), ["/issuer"], unknown="x")


def test_a_base_proof_of_another_document_gives_nothing() -> None:
    base = issued(small_badge(), ["/issuer"])
    with pytest.raises(Error, match=r"^proof\.crypto at /proof/proofValue$"):
        shown({**base, "description": "one statement more"}, "/name")
    with pytest.raises(Error):  # as many statements as before
        verify(shown({**base, "name": "Robotics 999"}, "/name"))
    with pytest.raises(Error, match=r"^proof\.encoding at /proof/proofValue$"):
        shown({**base, "proof": {**base["proof"], "proofValue": base["proof"]["proofValue"][:-4]}}, "/name")


# --- beside other proofs ----------------------------------------------------------------------------------------------


def test_a_proof_over_the_whole_stays_with_the_holder() -> None:
    whole = add_proof(
        small_badge(),
        cryptosuite="eddsa-rdfc-2022",
        verification_method=did_key_method(),
        created=CREATED,
        sign=ed25519_private_key().sign,
        contexts=shipped_contexts(),
    )
    both = issued(whole, ["/issuer"])
    assert [proof["cryptosuite"] for proof in both["proof"]] == ["eddsa-rdfc-2022", "ecdsa-sd-2023"]
    document = shown(both, "/name")
    verify(document)
    assert document["proof"]["cryptosuite"] == "ecdsa-sd-2023"


def test_with_two_base_proofs_it_is_not_clear_which() -> None:
    twice = issued(issued(small_badge(), ["/issuer"]), ["/issuer"], key=P256Key(1), seed=1)
    with pytest.raises(NoBaseProof):
        shown(twice, "/name")
    with pytest.raises(NoBaseProof):
        shown(add_proof(
            small_badge(), cryptosuite="eddsa-rdfc-2022", verification_method=did_key_method(), created=CREATED,
            sign=ed25519_private_key().sign, contexts=shipped_contexts()), "/name")  # fmt: skip


def test_a_proof_in_a_chain_is_not_for_selective_disclosure() -> None:
    with pytest.raises(Error, match=r"^proof\.chain at /proof/previousProof$"):
        issued(small_badge(), ["/issuer"], previousProof="urn:x:1")


def test_further_members_of_the_proof_are_signed_and_kept() -> None:
    document = shown(issued(small_badge(), ["/issuer"], expires="2030-01-01T00:00:00Z", domain="a.example"), "/name")
    verify(document)
    assert document["proof"]["domain"] == "a.example"
    document["proof"]["expires"] = "2031-01-01T00:00:00Z"
    with pytest.raises(Error, match=r"^proof\.crypto "):
        verify(document)


def test_what_the_issuer_states_of_the_proof_is_not_overwritten() -> None:  # as with the other suites
    proof = issued(small_badge(), ["/issuer"], proofPurpose="authentication", type="Other")["proof"]
    assert (proof["proofPurpose"], proof["type"]) == ("assertionMethod", "DataIntegrityProof")


@pytest.mark.parametrize(
    ("document", "members", "code"),
    [
        (small_badge(), {"expires": "tomorrow"}, "schema.datetime"),
        (small_badge(), {"proofValue": "u"}, "proof.encoding"),
        (small_badge(), {"id": "no address"}, "proof.encoding"),
        ({**small_badge(), "proof": "none"}, {}, "proof.not_an_object"),
    ],
)
def test_a_proof_that_nobody_could_read_is_not_signed(document: Json, members: Json, code: str) -> None:
    class Unused(P256Key):
        def sign(self, message: bytes) -> bytes:
            raise AssertionError("signed")

    with pytest.raises(Error) as refused:
        issued(document, ["/issuer"], key=Unused(), **members)
    assert refused.value.code == code


def test_no_base_proof_is_issued_whose_derivations_nobody_would_read() -> None:
    def awarded(evidence: int) -> Json:
        return {
            **small_badge(),
            "evidence": [
                {"type": ["Evidence"], "name": f"n{number}", "narrative": f"w{number}"} for number in range(evidence)
            ],
        }

    base = issued(awarded(600), [f"/evidence/{number}/narrative" for number in range(600)])
    assert len(shown(base, "")["proof"]["proofValue"]) <= LONGEST_VALUE
    with pytest.raises(Error) as refused:
        issued(awarded(900), [f"/evidence/{number}/narrative" for number in range(900)])
    assert refused.value.code == "proof.statements"


def test_the_suite_does_not_sign_with_one_call() -> None:
    with pytest.raises(SuiteUnsupported):
        add_proof(
            small_badge(),
            cryptosuite="ecdsa-sd-2023",
            verification_method=P256Key().method,
            created=CREATED,
            sign=P256Key().sign,
            contexts=shipped_contexts(),
            algorithm=P256Key().public_key.algorithm,
        )


def test_the_same_randomness_gives_the_same_proof_and_other_randomness_another() -> None:
    one, same, other = (issued(small_badge(), ["/issuer"], seed=seed)["proof"]["proofValue"] for seed in (1, 1, 2))
    assert one == same
    assert read_base(one).public_key != read_base(other).public_key
    assert read_base(one).hmac_key != read_base(other).hmac_key
    assert not set(read_base(one).signatures) & set(read_base(other).signatures)


def test_a_document_is_stated_once_for_all_its_proofs_or_refused_once() -> None:
    good = Unsecured(small_badge(), shipped_contexts())
    assert good.statements()[0] is good.statements()[0]
    bad = Unsecured({**small_badge(), "grade": "A+"}, shipped_contexts())
    refusals = []
    for _ in range(2):
        with pytest.raises(DataLoss) as refused:
            bad.statements()
        refusals.append(refused.value)
    assert refusals[0] is refusals[1]


def test_ids_and_types_are_kept_on_the_way() -> None:
    assert {"@context", "id", "type"} == KEPT
