"""The forms of our did:web DIDs (CD-03), and the documents at them, held against files.

`python -m tests.custody.test_did_forms` writes the files anew, for whoever changed the documents on purpose."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jmc_vc import settings
from jmc_vc.bootstrap import build
from jmc_vc.custody.did_document import document_of
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.signing_key import JMC, KeyState, SigningKey
from jmc_vc.formats.did.did_web import ForbiddenHost, did_of_url, document_url
from jmc_vc.formats.did.document import verification_method
from jmc_vc.formats.encoding.multikey import decode_multikey
from jmc_vc.formats.strict_json import JsonObject, JsonValue
from jmc_vc.installation import IdentityChanged
from jmc_vc.sentences import sentence
from tests.builders.installation import Clock, make_installation

GOLDEN = Path(__file__).parents[1] / "golden" / "did"
SLUG = "hoshimigaoka"
AT = datetime(2026, 4, 1, tzinfo=UTC)

# base URL → (its DID, that of an issuer, where a resolver looks for both)
FORMS = {
    "http://localhost:8000": (
        "did:web:localhost%3A8000", "did:web:localhost%3A8000:issuers:hoshimigaoka", None, None,
    ),
    "https://vc.example.jp": (
        "did:web:vc.example.jp", "did:web:vc.example.jp:issuers:hoshimigaoka",
        "https://vc.example.jp/.well-known/did.json", "https://vc.example.jp/issuers/hoshimigaoka/did.json",
    ),
    "https://vc.example.jp:8443": (
        "did:web:vc.example.jp%3A8443", "did:web:vc.example.jp%3A8443:issuers:hoshimigaoka",
        "https://vc.example.jp:8443/.well-known/did.json",
        "https://vc.example.jp:8443/issuers/hoshimigaoka/did.json",
    ),
}  # fmt: skip

ED25519 = (
    "z6Mki7LiedrXHHBuesipdaCkf1Hsa4sBmwJPyZRk4eo7p6rd",
    "z6Mkex9jD8mKuXdh3sarV9GDeEng1bnLgf6Syt2SYqaFRB5H",
    "z6MkqHMDJ8haui7bBxgyUGoLK1VjvdzH12VsHNaozUUrGF4W",
    "z6Mkw8DJ6rDEhErG7vG4PtPiXejsDs8AyUFbzAj4RhLoV28k",
    "z6MkifAnQGTfUr47Cs1nnEKjh576K4NrG9vAhEC9BpvGeHqv",
)
P256 = "zDnaea1YYsBzZWoeVithwzqjHjCSSJXg7QBULsYdoNtQoFu8E"


def site(base_url: str) -> Site:
    return Site(base_url=base_url, did=did_of_url(base_url), namespace="https://ns.jmc.example/mc/v1")


def key(number: int, state: KeyState, *, owner: str = SLUG, public_key: str | None = None) -> SigningKey:
    return SigningKey(
        owner=owner,
        kid=f"key-{number}",
        algorithm="Ed25519" if public_key is None else "P-256",
        public_key=public_key or ED25519[number - 1],
        state=state,
        created_at=AT,
        published_at=None if state is KeyState.CREATED else AT,
        active_from=None,
        retired_at=None,
        compromised_since=AT + timedelta(days=200) if state is KeyState.COMPROMISED else None,
        sealed_private=b"",
        signer_uri="file:",
    )


LIVES = (
    key(1, KeyState.DESTROYED),
    key(2, KeyState.COMPROMISED),
    key(3, KeyState.RETIRED),
    key(4, KeyState.ACTIVE),
    key(5, KeyState.CREATED),
    key(6, KeyState.ACTIVE, public_key=P256),
)


def documents() -> dict[str, JsonObject]:
    """File → what stands in it: JMC's document and that of an issuer with keys in all states."""
    found = {}
    for base_url in FORMS:
        name = base_url.partition("//")[2].replace(":", "-")
        found[f"{name}.json"] = document_of(JMC, [key(1, KeyState.ACTIVE, owner=JMC)], site(base_url))
        found[f"{name}-issuer.json"] = document_of(SLUG, LIVES, site(base_url))
    return found


@pytest.mark.parametrize("base_url", FORMS)
def test_cd_03_a_did_is_the_base_url_and_its_path(base_url: str) -> None:
    did, issuer_did, address, issuer_address = FORMS[base_url]
    here = site(base_url)
    assert (here.owner_did(JMC), here.owner_did(SLUG)) == (did, issuer_did)
    if address is None:
        with pytest.raises(ForbiddenHost):  # nobody else may follow it, and we need not
            document_url(did)
    else:
        assert (document_url(did), document_url(issuer_did)) == (address, issuer_address)


@pytest.mark.parametrize("name", documents())
def test_cd_02_a_document_is_as_in_its_file(name: str) -> None:
    assert documents()[name] == json.loads((GOLDEN / name).read_bytes())


@pytest.mark.parametrize("name", documents())
def test_di_04_every_key_is_named_by_a_fragment_of_its_own_did(name: str) -> None:
    document: dict[str, JsonValue] = json.loads((GOLDEN / name).read_bytes())
    asserting = document["assertionMethod"]
    assert isinstance(asserting, list)
    for method_id in asserting:
        assert isinstance(method_id, str)
        did, _, fragment = method_id.partition("#")
        assert did == document["id"]
        found = verification_method(document, method_id)
        multikey = P256 if fragment == "key-6" else ED25519[int(fragment.removeprefix("key-")) - 1]
        assert found.public_key == decode_multikey(multikey)


def test_another_host_is_refused_and_told_the_way(tmp_path: Path) -> None:
    make_installation(tmp_path, empty=True).service.database.close()
    moved = settings.load({"JMC_VC_DATA_DIR": str(tmp_path), "JMC_VC_BASE_URL": "https://vc.example.jp"})
    with pytest.raises(IdentityChanged) as refused:
        build(moved, clock=Clock())
    said = sentence(refused.value.code, **refused.value.params)
    page = "docs/operations/move-to-another-host.md"
    assert all(page in each and "http://localhost:8000" in each for each in (said.ja, said.en))
    assert (Path(__file__).parents[2] / page).exists()


if __name__ == "__main__":
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for file, content in documents().items():
        (GOLDEN / file).write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
