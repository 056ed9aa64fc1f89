"""W3C's names for what we find wrong."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

from jmc_vc import formats
from jmc_vc.errors import Error
from jmc_vc.formats.data_model.problem_details import PROBLEM_TYPES, problem_type
from jmc_vc.sentences import SENTENCES


@pytest.mark.parametrize(
    ("code", "url"),
    [
        pytest.param("parse.syntax", "https://www.w3.org/TR/vc-data-model#PARSING_ERROR", id="VC-14 no JSON"),
        pytest.param("vc.subject", "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR", id="VC-14 a member"),
        pytest.param("validity.reversed", "https://www.w3.org/TR/vc-data-model#RANGE_ERROR", id="VC-14 a range"),
        pytest.param("vc.related_digest", "https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR",
                     id="VC-14 other bytes than were signed"),
        pytest.param("disclosure.unreferenced", "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR",
                     id="VC-14 a disclosure"),
        pytest.param("holder.binding_hash", "https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR",
                     id="VC-14 a key binding"),
        pytest.param("proof.crypto", "https://w3id.org/security#PROOF_VERIFICATION_ERROR", id="DI-02 a signature"),
        pytest.param("proof.missing", "https://w3id.org/security#PARSING_ERROR", id="DI-02 no proof"),
        pytest.param("proof.not_an_object", "https://w3id.org/security#PARSING_ERROR", id="DI-02 no object"),
        pytest.param("proof.domain", "https://w3id.org/security#INVALID_DOMAIN_ERROR", id="DI-02 domain"),
        pytest.param("proof.challenge", "https://w3id.org/security#INVALID_CHALLENGE_ERROR", id="DI-02 challenge"),
        pytest.param("proof.purpose", "https://w3id.org/security#PROOF_VERIFICATION_ERROR", id="DI-02 purpose"),
        pytest.param("proof.coverage", "https://w3id.org/security#DATA_LOSS_DETECTION_ERROR", id="DI-03 data loss"),
        pytest.param("key.binding", "https://w3id.org/security#INVALID_VERIFICATION_METHOD", id="DI-04 controller"),
        pytest.param("key.relationship", "https://w3id.org/security#INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD",
                     id="DI-04 relationship"),
        pytest.param("did.mismatch", "https://w3id.org/security#INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID",
                     id="DI-04 id of the document"),
        pytest.param("key.unknown", "https://w3id.org/security#INVALID_VERIFICATION_METHOD", id="DI-04 method"),
        pytest.param("proof.expired", "https://w3id.org/security#PROOF_VERIFICATION_ERROR", id="DI-04 expired"),
        pytest.param("proof.not_derived", "https://w3id.org/security#PROOF_VERIFICATION_ERROR", id="DI-08 base proof"),
        pytest.param("proof.encoding", "https://w3id.org/security#PROOF_VERIFICATION_ERROR", id="DI-08 CBOR"),
        pytest.param("proof.pointer", "https://w3id.org/security#PROOF_GENERATION_ERROR", id="DI-08 pointer"),
        pytest.param("status.length", "https://www.w3.org/ns/credentials/status-list#STATUS_LIST_LENGTH_ERROR",
                     id="BS-03 length"),
        pytest.param("vp.unsecured", "https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR",
                     id="VC-14 nothing secures it"),
        pytest.param("vp.holder_key", "https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR",
                     id="VC-14 the key of somebody else"),
        pytest.param("recipient.hash", "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR", id="VC-14 a hash"),
        pytest.param("image.damaged", "https://www.w3.org/TR/vc-data-model#PARSING_ERROR", id="VC-14 a picture"),
        pytest.param("status.revoked", None, id="a state is no problem of W3C"),
        pytest.param("internal", None, id="nor are our own troubles"),
    ],
)  # fmt: skip
def test_a_code_has_the_name_that_w3c_gave(code: str, url: str | None) -> None:
    assert problem_type(code) == url


def test_every_code_that_has_a_name_is_one_of_ours() -> None:
    assert {code for code in PROBLEM_TYPES if "." in code} <= SENTENCES.keys()


OF_NO_CREDENTIAL = ("archive.", "batch.", "bundle.", "csv.", "log.")
"""Areas of what W3C has no specification for: what many credentials are handed in with, what is taken along to verify
without a network, and the log in which issuing is written down."""


def _errors(kind: type[Error]) -> Iterator[type[Error]]:
    for each in kind.__subclasses__():
        yield each
        yield from _errors(each)


def _of(package: str) -> list[type[Error]]:
    return [each for each in _errors(Error) if each.__module__.startswith(f"{package}.")]


def _import_formats() -> None:
    for module in pkgutil.walk_packages(formats.__path__, f"{formats.__name__}."):
        importlib.import_module(module.name)


def test_every_refusal_of_a_format_has_a_name() -> None:
    _import_formats()
    codes = {each.code for each in _of(formats.__name__) if "code" in vars(each)}
    assert {code for code in codes if problem_type(code) is None and not code.startswith(OF_NO_CREDENTIAL)} == set()


def test_a_name_of_a_refusal_stands_for_one() -> None:
    _import_formats()
    names = [each.__name__ for each in _of(formats.__name__)]
    assert {name for name in names if names.count(name) > 1} == set()
