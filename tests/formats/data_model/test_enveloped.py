"""Tokens in `data:` URLs: one spelling, nothing beside the token."""

from base64 import b64encode
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.data_model.enveloped import (
    ENVELOPED_CREDENTIAL,
    ENVELOPED_PRESENTATION,
    LONGEST,
    Token,
    TokenMediaType,
    is_enveloped,
    read_data_url,
    read_envelope,
    write_envelope,
)
from jmc_vc.formats.data_model.shape import BASE_CONTEXT_V1, BASE_CONTEXT_V2
from jmc_vc.sentences import SENTENCES

JWT = "eyJhbGciOiJFUzI1NiJ9.e30.c2ln"
SD_JWT = f"{JWT}~WyJhIiwiYiIsImMiXQ~"
ENVELOPE: dict[str, Any] = {
    "@context": BASE_CONTEXT_V2, "id": f"data:application/vc+jwt,{JWT}", "type": "EnvelopedVerifiableCredential",
}  # fmt: skip
PRESENTATION = {**ENVELOPE, "id": f"data:application/vp+jwt,{JWT}", "type": "EnvelopedVerifiablePresentation"}


@pytest.mark.parametrize(
    ("document", "token"),
    [
        pytest.param(ENVELOPE, Token(TokenMediaType.VC_JWT, JWT), id="VC-10 credential"),
        pytest.param({**ENVELOPE, "type": ["EnvelopedVerifiableCredential"]}, Token(TokenMediaType.VC_JWT, JWT),
                     id="type in a list"),
        pytest.param({**ENVELOPE, "@context": [BASE_CONTEXT_V2]}, Token(TokenMediaType.VC_JWT, JWT),
                     id="context in a list"),
        pytest.param({**ENVELOPE, "id": f"data:application/jwt,{JWT}"}, Token(TokenMediaType.JWT, JWT),
                     id="JC-02 any JWT"),
        pytest.param({**ENVELOPE, "id": f"data:application/vc+sd-jwt,{SD_JWT}"},
                     Token(TokenMediaType.VC_SD_JWT, SD_JWT), id="SD-JWT"),
        pytest.param({**ENVELOPE, "id": f"data:application/dc+sd-jwt,{SD_JWT}"},
                     Token(TokenMediaType.DC_SD_JWT, SD_JWT), id="SD-JWT VC"),
        pytest.param({**ENVELOPE, "id": f"data:application/vc+jwt;base64,{b64encode(JWT.encode()).decode()}"},
                     Token(TokenMediaType.VC_JWT, JWT), id="base64 where the URL declares it"),
        pytest.param(PRESENTATION, Token(TokenMediaType.VP_JWT, JWT), id="VC-10 presentation"),
        pytest.param({**PRESENTATION, "id": f"data:application/jwt,{JWT}"}, Token(TokenMediaType.JWT, JWT),
                     id="JC-02 presentation as any JWT"),
    ],
)  # fmt: skip
def test_the_token_is_taken_out(document: dict[str, Any], token: Token) -> None:
    assert is_enveloped(document)
    assert read_envelope(document) == token


BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "VC-10 no context": ({"@context": []}, "vc.context", "/@context"),
    "VC-10 another context": ({"@context": "https://a.example/v1"}, "vc.context", "/@context"),
    "VC-10 the older base context": ({"@context": [BASE_CONTEXT_V1]}, "vc.context", "/@context"),
    "VC-10 context is null": ({"@context": None}, "vc.context", "/@context"),
    "VC-10 no type": ({"type": []}, "vc.type", "/type"),
    "VC-10 another type": ({"type": "VerifiableCredential"}, "vc.type", "/type"),
    "VC-10 two types": ({"type": ["EnvelopedVerifiableCredential", "VerifiableCredential"]}, "vc.type", "/type"),
    "VC-10 type is an object": ({"type": {}}, "vc.type", "/type"),
    "VC-10 a token as id": ({"id": JWT}, "envelope.data_url", "/id"),
    "VC-10 an address as id": ({"id": "https://a.example/1"}, "envelope.data_url", "/id"),
    "VC-10 no token": ({"id": "data:application/vc+jwt,"}, "envelope.data_url", "/id"),
    "VC-10 two ids": ({"id": [ENVELOPE["id"]]}, "envelope.data_url", "/id"),
    "no media type": ({"id": f"data:,{JWT}"}, "envelope.data_url", "/id"),
    "no comma": ({"id": "data:application/vc+jwt"}, "envelope.data_url", "/id"),
    "scheme in capitals": ({"id": f"DATA:application/vc+jwt,{JWT}"}, "envelope.data_url", "/id"),
    "a parameter": ({"id": f"data:application/vc+jwt;charset=utf-8,{JWT}"}, "envelope.data_url", "/id"),
    "base64url is not declared like this": ({"id": f"data:application/vc+jwt;base64url,{JWT}"}, "envelope.data_url",
                                            "/id"),
    "base64 declared, none there": ({"id": f"data:application/vc+jwt;base64,{JWT}"}, "envelope.data_url", "/id"),
    "base64 with bits that no byte uses": ({"id": "data:application/vc+jwt;base64,YR=="}, "envelope.data_url", "/id"),
    "base64 of what is no text": ({"id": "data:application/vc+jwt;base64,/w=="}, "envelope.data_url", "/id"),
    "percent-encoded": ({"id": f"data:application/vc+jwt,{JWT.replace('.', '%2E')}"}, "envelope.data_url", "/id"),
    "a blank after the token": ({"id": f"data:application/vc+jwt,{JWT} "}, "envelope.data_url", "/id"),
    "a line feed after the token": ({"id": f"data:application/vc+jwt,{JWT}\n"}, "envelope.data_url", "/id"),
    "a fragment": ({"id": f"data:application/vc+jwt,{JWT}#a"}, "envelope.data_url", "/id"),
    "JSON": ({"id": "data:application/vc,{}"}, "envelope.media_type", "/id"),
    "COSE": ({"id": "data:application/vc+cose;base64,0oREoQE4"}, "envelope.media_type", "/id"),
    "a presentation in a credential's envelope": ({"id": f"data:application/vp+jwt,{JWT}"}, "envelope.media_type",
                                                  "/id"),
    "one with disclosures too": ({"id": f"data:application/vp+sd-jwt,{SD_JWT}"}, "envelope.media_type", "/id"),
    "a name that nothing signs": ({"name": "Award"}, "envelope.member", "/name"),
    "a proof": ({"proof": {}}, "envelope.member", "/proof"),
}  # fmt: skip


@pytest.mark.parametrize(("members", "code", "pointer"), BAD.values(), ids=BAD)
def test_anything_else_is_refused_with_the_place(members: dict[str, Any], code: str, pointer: str) -> None:
    with pytest.raises(Error) as refused:
        read_envelope({**ENVELOPE, **members})
    assert (refused.value.code, refused.value.pointer) == (code, pointer)
    assert code in SENTENCES


def test_a_credential_in_a_presentations_envelope_is_refused() -> None:
    with pytest.raises(Error) as refused:
        read_envelope({**PRESENTATION, "id": ENVELOPE["id"]}, pointer="/verifiablePresentation")
    assert (refused.value.code, refused.value.pointer) == ("envelope.media_type", "/verifiablePresentation/id")


def test_a_url_that_is_too_long_is_refused_before_it_is_read() -> None:
    with pytest.raises(Error) as refused:
        read_data_url("data:application/jwt," + "e" * LONGEST)
    assert refused.value.code == "envelope.data_url"


@pytest.mark.parametrize("types", [None, 5, "VerifiableCredential", [], [{}], {}], ids=repr)
def test_what_has_no_type_of_an_envelope_is_none(types: Any) -> None:
    assert not is_enveloped({"type": types})


@pytest.mark.parametrize(
    ("kind", "token"),
    [
        (ENVELOPED_CREDENTIAL, Token(TokenMediaType.VC_JWT, JWT)),
        (ENVELOPED_CREDENTIAL, Token(TokenMediaType.DC_SD_JWT, SD_JWT)),
        (ENVELOPED_PRESENTATION, Token(TokenMediaType.VP_JWT, JWT)),
        (ENVELOPED_PRESENTATION, Token(TokenMediaType.VP_SD_JWT, SD_JWT)),
    ],
)
def test_what_we_put_into_an_envelope_we_take_out_again(kind: str, token: Token) -> None:
    # SF-07
    document = write_envelope(kind, token)
    assert document["type"] == kind
    assert read_envelope(document) == token


@given(st.text(alphabet="data:pliction/v+jw;bse64,.~-_e30=% \n", max_size=60) | st.text(max_size=20))
def test_nothing_but_a_typed_refusal_comes_of_any_text(text: str) -> None:
    for url in (text, f"data:application/jwt,{text}", f"data:application/jwt;base64,{text}"):
        with suppress(Error):
            assert read_data_url(url).text.isascii()
