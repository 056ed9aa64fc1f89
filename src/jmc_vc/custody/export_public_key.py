"""A public key as a file for others: Multikey, JWK or PEM. There is no such thing for a private one."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from jmc_vc.custody.change_keys import named
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.signing_key import SigningKey
from jmc_vc.formats.did.document import VerificationMethod
from jmc_vc.formats.encoding.multikey import decode_multikey
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jose.jwks import single_jwk
from jmc_vc.storage.database import Database


class PublicForm(StrEnum):
    """How a public key is written."""

    MULTIKEY = "multikey"
    JWK = "jwk"
    PEM = "pem"


@dataclass(frozen=True, kw_only=True)
class ExportPublicKey:
    """Of any key, in whatever state: whoever holds the file has to ask elsewhere whether the key is still good."""

    database: Database
    site: Site

    def __call__(self, owner: str, kid: str, form: PublicForm) -> str:
        """Lines of text. Raises UnknownKey."""
        with self.database.read() as snapshot:
            key = named(snapshot.signing_keys.of_owner(owner), kid)
        return _FORMS[form](key, self.site)


def _multikey(key: SigningKey, _: Site) -> str:
    return key.public_key + "\n"


def _jwk(key: SigningKey, site: Site) -> str:
    did = site.owner_did(key.owner)
    public = decode_multikey(key.public_key)
    method = VerificationMethod(id=f"{did}#{key.kid}", controller=did, public_key=public)
    return json.dumps(single_jwk(method, iss=did), indent=1) + "\n"


def _pem(key: SigningKey, _: Site) -> str:
    public = decode_multikey(key.public_key)
    ed25519 = public.algorithm is KeyAlgorithm.ED25519
    loaded = Ed25519PublicKey.from_public_bytes(public.raw) if ed25519 else public.openssl
    return loaded.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


_FORMS: Mapping[PublicForm, Callable[[SigningKey, Site], str]] = {
    PublicForm.MULTIKEY: _multikey,
    PublicForm.JWK: _jwk,
    PublicForm.PEM: _pem,
}
