"""Presentations: who shows what, and what secures it."""

import copy
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.data_model.credential import check_credential
from jmc_vc.formats.data_model.presentation import MOST_CREDENTIALS, Securing, read_presentation
from jmc_vc.formats.data_model.shape import BASE_CONTEXT_V1, BASE_CONTEXT_V2, DataModel
from jmc_vc.sentences import SENTENCES

HOLDER = "did:key:z6MkHolder"
PROOF = {"type": "DataIntegrityProof"}
CREDENTIAL: dict[str, Any] = {
    "@context": [BASE_CONTEXT_V2],
    "type": ["VerifiableCredential"],
    "issuer": "did:web:issuer.example",
    "credentialSubject": {"id": HOLDER},
    "proof": PROOF,
}
ENVELOPE: dict[str, Any] = {
    "@context": BASE_CONTEXT_V2,
    "id": "data:application/vc+jwt,eyJh.e30.c2ln",
    "type": "EnvelopedVerifiableCredential",
}
UNSECURED = {name: value for name, value in CREDENTIAL.items() if name != "proof"}


def presentation(*credentials: Any, **members: Any) -> dict[str, Any]:
    return {
        "@context": [BASE_CONTEXT_V2],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": copy.deepcopy(list(credentials)),
        **members,
    }


GOOD: dict[str, dict[str, Any]] = {
    "VC-10 nothing shown": {"@context": [BASE_CONTEXT_V2], "type": "VerifiablePresentation"},
    "VC-10 with id": presentation(id="urn:uuid:9c9a36f8-518f-4976-a934-6649502d0008"),
    "VC-10 holder as URL": presentation(CREDENTIAL, holder=HOLDER),
    "VC-10 holder as object": presentation(CREDENTIAL, holder={"id": HOLDER, "name": "学生"}),
    "VC-10 further type": presentation(CREDENTIAL, type=["CourseRecord", "VerifiablePresentation"]),
    "VC-10 one credential without a list": presentation(verifiableCredential=CREDENTIAL),
    "VC-10 inline context": presentation(CREDENTIAL, **{"@context": [BASE_CONTEXT_V2, {"a": "urn:a"}]}),
    "VC-12 terms of use": presentation(CREDENTIAL, termsOfUse={"type": "urn:t:Policy"}),
    "as many as are allowed": presentation(*[CREDENTIAL] * MOST_CREDENTIALS),
}

BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "VC-01 no context": (presentation(**{"@context": []}), "vc.context", "/@context"),
    "VC-01 base context second": (presentation(**{"@context": [{"a": "urn:a"}, BASE_CONTEXT_V2]}), "vc.context",
                                  "/@context/0"),
    "VC-01 a number as context": (presentation(**{"@context": [BASE_CONTEXT_V2, 5]}), "vc.context", "/@context/1"),
    "VC-10 no type": (presentation(type=[]), "vc.type", "/type"),
    "VC-10 not VerifiablePresentation": (presentation(type=["CourseRecord"]), "vc.type", "/type"),
    "VC-10 an envelope is not read as what it holds": (
        {**ENVELOPE, "@context": [BASE_CONTEXT_V2], "type": "EnvelopedVerifiablePresentation"}, "vc.type", "/type"),
    "VC-10 two ids": (presentation(id=["urn:a:1", "urn:a:2"]), "vc.id", "/id"),
    "VC-10 id is no URL": (presentation(id="1"), "vc.id", "/id"),
    "VC-10 holder is no URL": (presentation(CREDENTIAL, holder="z6MkHolder"), "vp.holder", "/holder"),
    "VC-10 holder has only a name": (presentation(CREDENTIAL, holder={"name": "学生"}), "vp.holder", "/holder"),
    "VC-10 holder's id is no URL": (presentation(CREDENTIAL, holder={"id": "z6MkHolder"}), "vp.holder", "/holder"),
    "VC-10 holder is null": (presentation(CREDENTIAL, holder=None), "vp.holder", "/holder"),
    "VC-10 a token as text": (presentation("eyJh.e30.c2ln"), "vp.credential", "/verifiableCredential/0"),
    "VC-10 a URL": (presentation(CREDENTIAL, "urn:a:1"), "vp.credential", "/verifiableCredential/1"),
    "VC-10 a number": (presentation(5), "vp.credential", "/verifiableCredential/0"),
    "VC-10 a list in the list": (presentation([CREDENTIAL]), "vp.credential", "/verifiableCredential/0"),
    "VC-10 one text without a list": (presentation(verifiableCredential="eyJh.e30.c2ln"), "vp.credential",
                                      "/verifiableCredential"),
    "VC-10 null": (presentation(verifiableCredential=None), "vp.credential", "/verifiableCredential"),
    "VC-12 terms of use without type": (presentation(termsOfUse={}), "vc.type", "/termsOfUse/type"),
    "VJ-74 an enveloped presentation inside": (
        presentation(CREDENTIAL, {**ENVELOPE, "type": "EnvelopedVerifiablePresentation"}), "vp.nested",
        "/verifiableCredential/1"),
    "one too many": (presentation(*[ENVELOPE] * (MOST_CREDENTIALS + 1)), "vp.limit", "/verifiableCredential"),
}  # fmt: skip


@pytest.mark.parametrize("document", GOOD.values(), ids=GOOD)
def test_a_presentation_that_keeps_the_rules_is_read(document: dict[str, Any]) -> None:
    found = read_presentation(document)
    assert found.data_model is DataModel.V2_0
    assert found.holder in (None, HOLDER)


@pytest.mark.parametrize(("document", "code", "pointer"), BAD.values(), ids=BAD)
def test_a_presentation_that_breaks_a_rule_is_refused_with_the_place(
    document: dict[str, Any], code: str, pointer: str
) -> None:
    with pytest.raises(Error) as refused:
        read_presentation(document)
    assert (refused.value.code, refused.value.pointer) == (code, pointer)
    assert code in SENTENCES


def test_a_bad_credential_does_not_take_the_good_one_with_it() -> None:
    # VJ-73: one verdict each
    good, bad = read_presentation(presentation(CREDENTIAL, {**CREDENTIAL, "type": []})).credentials
    assert check_credential(good.document, pointer=good.pointer).issuer == CREDENTIAL["issuer"]
    with pytest.raises(Error) as refused:
        check_credential(bad.document, pointer=bad.pointer)
    assert refused.value.pointer == "/verifiableCredential/1/type"


def test_thirty_presentations_inside_each_other_are_refused_at_the_first() -> None:
    # VJ-74
    document = presentation(CREDENTIAL)
    for _ in range(30):
        document = presentation(document)
    with pytest.raises(Error) as refused:
        read_presentation(document)
    assert (refused.value.code, refused.value.pointer) == ("vp.nested", "/verifiableCredential/0")


@pytest.mark.parametrize(
    ("credential", "holder", "securing"),
    [
        pytest.param(CREDENTIAL, None, Securing.PROOF, id="its own proof"),
        pytest.param({**CREDENTIAL, "issuer": HOLDER}, HOLDER, Securing.PROOF, id="self-asserted with a proof"),
        pytest.param(ENVELOPE, HOLDER, Securing.ENVELOPE, id="VC-10 a token"),
        pytest.param({**UNSECURED, "issuer": HOLDER}, HOLDER, Securing.PRESENTATION, id="VC-10 self-asserted"),
        pytest.param({**UNSECURED, "issuer": {"id": HOLDER}}, {"id": HOLDER}, Securing.PRESENTATION,
                     id="VC-10 self-asserted, both as objects"),
        pytest.param(UNSECURED, HOLDER, Securing.NOTHING, id="VC-10 another issuer without a proof"),
        pytest.param({**UNSECURED, "issuer": HOLDER}, "did:web:other.example", Securing.NOTHING,
                     id="VC-10 another holder"),
        pytest.param({**UNSECURED, "issuer": HOLDER}, None, Securing.NOTHING, id="VC-10 nobody names himself"),
        pytest.param({**UNSECURED, "issuer": None}, None, Securing.NOTHING, id="neither issuer nor holder"),
        pytest.param({name: value for name, value in ENVELOPE.items() if name != "type"}, HOLDER, Securing.NOTHING,
                     id="VC-10 a token without its type"),
    ],
)  # fmt: skip
def test_what_secures_a_credential_is_told(credential: Any, holder: Any, securing: Securing) -> None:
    members = {} if holder is None else {"holder": holder}
    (found,) = read_presentation(presentation(credential, **members)).credentials
    assert found.securing is securing
    assert found.document == credential


def test_a_presentation_of_version_1_1_is_read() -> None:
    found = read_presentation(presentation(CREDENTIAL, **{"@context": [BASE_CONTEXT_V1]}))
    assert found.data_model is DataModel.V1_1


@given(
    st.dictionaries(
        st.sampled_from(["@context", "type", "id", "holder", "verifiableCredential", "termsOfUse"]),
        st.recursive(
            st.none() | st.sampled_from([0, "", "urn:a:1", "VerifiablePresentation", BASE_CONTEXT_V2]),
            lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "type"]), inner),
            max_leaves=5,
        ),
    )
)
def test_nothing_but_a_typed_refusal_comes_of_any_presentation(members: dict[str, Any]) -> None:
    with suppress(Error):
        read_presentation(presentation() | members)
