"""The same public keys as JSON Web Keys: as sets, and each one alone (Open Badges 3.0 §8.2; OB-44, OB-45).

The set at /.well-known/jwks.json holds the keys of everybody who signs here, because that is where a verifier looks for
an issuer's key, by the host of its id. There `kid` is the whole DID URL, as `key-1` would be the name of many keys."""

from dataclasses import dataclass

from jmc_vc.custody.did_document import verification_methods, verifies
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.signing_key import JMC, SigningKey
from jmc_vc.errors import NotFound
from jmc_vc.formats.jose.jwks import jwks, single_jwk
from jmc_vc.formats.strict_json import JsonObject, JsonValue
from jmc_vc.storage.database import Database


class KeyNotFound(NotFound):
    """The issuer has published no such key."""

    code = "key.not_found"


@dataclass(frozen=True, kw_only=True)
class PublishKeySet:
    """A JWK Set."""

    database: Database
    site: Site

    def __call__(self, slug: str | None) -> JsonObject:
        """The keys of the issuer `slug`; None means those of everybody. Raises IssuerNotFound."""
        with self.database.read() as snapshot:
            if slug is None:
                owners = [JMC, *(issuer.slug for issuer in snapshot.issuers.all())]
            else:
                owners = [snapshot.issuers.registered(slug).slug]
            keys = {owner: snapshot.signing_keys.of_owner(owner) for owner in owners}
        if slug is not None:
            return self._set(slug, keys[slug])
        return {"keys": [named for owner in owners for named in self._with_whole_names(owner, keys[owner])]}

    def _set(self, owner: str, keys: tuple[SigningKey, ...]) -> JsonObject:
        return jwks(verification_methods(trusted(keys), self.site), iss=self.site.owner_did(owner))

    def _with_whole_names(self, owner: str, keys: tuple[SigningKey, ...]) -> list[JsonValue]:
        iss = self.site.owner_did(owner)
        methods = verification_methods(trusted(keys), self.site)
        return [{**single_jwk(method, iss=iss), "kid": method.id} for method in methods]


@dataclass(frozen=True, kw_only=True)
class PublishKey:
    """One JWK at an address of its own, which a `kid` in a JWS header may name."""

    database: Database
    site: Site

    def __call__(self, slug: str | None, kid: str) -> JsonObject:
        """The key `kid` of the issuer `slug`; None means this organization. Raises IssuerNotFound, KeyNotFound."""
        with self.database.read() as snapshot:
            owner = JMC if slug is None else snapshot.issuers.registered(slug).slug
            key = snapshot.signing_keys.get(owner, kid)
        if key is None or not trusted((key,)):
            raise KeyNotFound
        (method,) = verification_methods((key,), self.site)
        return single_jwk(method, iss=method.controller)


def trusted(keys: tuple[SigningKey, ...]) -> tuple[SigningKey, ...]:
    """Those whose signatures count. A JWK cannot say that it was compromised, so such a key is left out."""
    return tuple(key for key in keys if verifies(key))
