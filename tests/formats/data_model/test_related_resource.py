"""Related resources: the digests that an issuer states, and the bytes that somebody has."""

import hashlib
from base64 import b64encode, urlsafe_b64encode
from typing import Any

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.data_model.credential import check_credential
from jmc_vc.formats.data_model.related_resource import MOST_DIGESTS, RelatedResource, check_resource
from jmc_vc.formats.data_model.shape import BASE_CONTEXT_V2
from jmc_vc.formats.encoding import multibase
from jmc_vc.sentences import SENTENCES

DATA = "資料".encode()
URL = "https://a.example/material.pdf"


def sri(algorithm: str, data: bytes = DATA) -> str:
    return f"{algorithm}-{b64encode(hashlib.new(algorithm, data).digest()).decode()}"


def multihash(algorithm: str, code: bytes, data: bytes = DATA) -> bytes:
    return code + hashlib.new(algorithm, data).digest()


SHA256, SHA384 = multihash("sha256", b"\x12\x20"), multihash("sha384", b"\x20\x30")


def read(related: Any) -> tuple[RelatedResource, ...]:
    return check_credential(
        {
            "@context": [BASE_CONTEXT_V2],
            "type": ["VerifiableCredential"],
            "issuer": "did:web:issuer.example",
            "credentialSubject": {"id": "did:web:learner.example"},
            "relatedResource": related,
        }
    ).related_resources


DIGESTS: dict[str, dict[str, Any]] = {
    "sha256": {"digestSRI": sri("sha256")},
    "sha384": {"digestSRI": sri("sha384")},
    "sha512": {"digestSRI": sri("sha512")},
    "in the alphabet for URLs": {
        "digestSRI": "sha384-" + urlsafe_b64encode(hashlib.sha384(DATA).digest()).decode(),
    },
    "one of two strongest fits": {"digestSRI": f"{sri('sha384', b'other')} {sri('sha384')}"},
    "a weaker one does not count": {"digestSRI": f"{sri('sha256', b'other')}\t{sri('sha384')}"},
    "beside one that we do not know": {"digestSRI": f"md5-abc {sri('sha256')}"},
    "two in a list": {"digestSRI": [sri("sha256"), sri("sha512")]},
    "multihash sha2-256 in base64url": {"digestMultibase": multibase.encode_base64url(SHA256)},
    "multihash sha2-256 in base 58": {"digestMultibase": multibase.encode_base58(SHA256)},
    "multihash sha2-384": {"digestMultibase": multibase.encode_base64url(SHA384)},
    "multihash sha3-256": {"digestMultibase": multibase.encode_base64url(multihash("sha3_256", b"\x16\x20"))},
    "multihash sha3-384": {"digestMultibase": multibase.encode_base58(multihash("sha3_384", b"\x15\x30"))},
    "multihashes in a list": {"digestMultibase": [multibase.encode_base58(SHA256), multibase.encode_base58(SHA384)]},
    "bare sha-256, as the suite of W3C writes it": {"digestMultibase": multibase.encode_base64url(SHA256[2:])},
    "bare sha-384": {"digestMultibase": multibase.encode_base64url(SHA384[2:])},
    "both members": {"digestSRI": sri("sha256"), "digestMultibase": multibase.encode_base64url(SHA384)},
}


@pytest.mark.parametrize("digests", DIGESTS.values(), ids=[f"VC-11 {name}" for name in DIGESTS])
def test_the_bytes_that_the_issuer_saw_fit_and_no_others(digests: dict[str, Any]) -> None:
    (resource,) = read({"id": URL, "mediaType": "application/pdf", **digests})
    assert (resource.id, resource.media_type) == (URL, "application/pdf")
    check_resource(resource, DATA)
    for other in (DATA + b"\n", b"", b"another"):
        with pytest.raises(Error) as refused:
            check_resource(resource, other)
        assert (refused.value.code, refused.value.pointer) == ("vc.related_digest", "/relatedResource")


@pytest.mark.parametrize(
    "digests",
    [
        pytest.param({"digestSRI": sri("sha256", b"x"), "digestMultibase": multibase.encode_base58(SHA256)},
                     id="VC-11 only one member fits"),
        pytest.param({"digestSRI": f"{sri('sha256')} {sri('sha384', b'x')}"}, id="VC-11 only a weaker one fits"),
    ],
)  # fmt: skip
def test_every_member_has_to_fit_with_its_strongest_digest(digests: dict[str, Any]) -> None:
    (resource,) = read({"id": URL, **digests})
    with pytest.raises(Error) as refused:
        check_resource(resource, DATA)
    assert refused.value.code == "vc.related_digest"


BAD: dict[str, tuple[Any, str, str]] = {
    "a list of texts": ([URL], "vc.member", "/relatedResource/0"),
    "a text": (URL, "vc.member", "/relatedResource"),
    "nothing": ([], "vc.member", "/relatedResource"),
    "no id": ([{"digestSRI": sri("sha256")}], "vc.id", "/relatedResource/0/id"),
    "id is no URL": ({"id": "material.pdf", "digestSRI": sri("sha256")}, "vc.id", "/relatedResource/id"),
    "id twice": ([{"id": URL, "digestSRI": sri("sha256")}, {"id": URL, "digestSRI": sri("sha384")}],
                 "vc.related_resource", "/relatedResource/1/id"),
    "no digest": ({"id": URL}, "vc.related_resource", "/relatedResource"),
    "media type is a number": ({"id": URL, "digestSRI": sri("sha256"), "mediaType": 5}, "vc.related_resource",
                               "/relatedResource/mediaType"),
}  # fmt: skip


@pytest.mark.parametrize(("related", "code", "pointer"), BAD.values(), ids=[f"VC-11 {name}" for name in BAD])
def test_a_related_resource_that_cannot_be_checked_is_refused(related: Any, code: str, pointer: str) -> None:
    with pytest.raises(Error) as refused:
        read(related)
    assert (refused.value.code, refused.value.pointer) == (code, pointer)
    assert code in SENTENCES


BAD_DIGESTS: dict[str, dict[str, Any]] = {
    "SRI is a number": {"digestSRI": 5},
    "SRI is null": {"digestSRI": None},
    "SRI is an object": {"digestSRI": {"sha256": "x"}},
    "SRI is empty": {"digestSRI": ""},
    "SRI is an empty list": {"digestSRI": []},
    "SRI without algorithm": {"digestSRI": b64encode(hashlib.sha256(DATA).digest()).decode()},
    "SRI of an algorithm that is broken": {"digestSRI": "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk="},
    "SRI of the wrong length": {"digestSRI": "sha384-" + b64encode(hashlib.sha256(DATA).digest()).decode()},
    "SRI of an impossible length": {"digestSRI": "sha256-" + "A" * 45},
    "SRI with bits that no byte uses": {"digestSRI": "sha256-" + "A" * 42 + "B="},
    "SRI that is no base64": {"digestSRI": "sha256-" + "%" * 43},
    "SRI with options": {"digestSRI": sri("sha256") + "?ct=application/pdf"},
    "SRI too long": {"digestSRI": " ".join([sri("sha512")] * (MOST_DIGESTS + 3))},
    "SRI too many": {"digestSRI": [sri("sha256")] * (MOST_DIGESTS + 1)},
    "SRI too many in one text": {"digestSRI": " ".join([sri("sha256")] * (MOST_DIGESTS + 1))},
    "multibase of another base": {"digestMultibase": "f" + SHA256.hex()},
    "multibase with padding": {"digestMultibase": "u" + urlsafe_b64encode(SHA256).decode()},
    "multibase is a number": {"digestMultibase": 5},
    "multibase too long": {"digestMultibase": "u" + "A" * 200},
    "multihash of another algorithm": {"digestMultibase": multibase.encode_base58(b"\x11\x14" + bytes(20))},
    "multihash cut short": {"digestMultibase": multibase.encode_base58(SHA256[:-1])},
    "multihash with a byte more": {"digestMultibase": multibase.encode_base58(SHA256 + b"\0")},
    "multihash that is a bare code": {"digestMultibase": "z"},
    "one good member, one bad": {"digestSRI": sri("sha256"), "digestMultibase": "x"},
}


@pytest.mark.parametrize("digests", BAD_DIGESTS.values(), ids=[f"VC-11 {name}" for name in BAD_DIGESTS])
def test_a_digest_that_cannot_be_checked_is_none(digests: dict[str, Any]) -> None:
    with pytest.raises(Error) as refused:
        read({"id": URL, **digests})
    assert refused.value.code == "vc.related_resource"
    assert str(refused.value.pointer).startswith("/relatedResource/digest")
