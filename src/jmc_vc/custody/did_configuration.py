"""The linked-domain file: each DID that is hosted here says in a credential of its own that it belongs to this origin.

https://identity.foundation/.well-known/resources/did-configuration/ . The credentials are JWTs, the second of the two
forms of that specification: the first needs a JSON-LD context that we have from no package, and nothing is signed here
under a context that is not shipped. They hold for a day and are renewed when half of it is spent or a key has changed;
so one that was made with a key that is compromised now is out of the file with the next request."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import orjson

from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.signing_key import JMC, SigningKey
from jmc_vc.errors import Unavailable
from jmc_vc.formats.jose import compact_jws
from jmc_vc.formats.jose.domain_linkage import did_configuration, domain_linkage_claims
from jmc_vc.signing.keyring import Keyring
from jmc_vc.storage.database import Database

VALID_FOR = timedelta(hours=24)
"""As long as a status list: who has no newer copy than of yesterday should fetch one."""


@dataclass(frozen=True, kw_only=True)
class _Served:
    keys: tuple[tuple[str, str], ...]
    signed_at: datetime
    body: bytes


@dataclass(frozen=True, kw_only=True)
class PublishDidConfiguration:
    """The file at did-configuration.json, ready as bytes."""

    database: Database
    keyring: Keyring
    site: Site
    _served: list[_Served] = field(default_factory=list, repr=False, compare=False)

    def __call__(self, *, now: datetime) -> bytes:
        """The file, in which each owner has one credential; who has no active Ed25519 key has none. Raises a signer's
        error when there is nothing to serve that still holds."""
        with self.database.read() as snapshot:
            active = snapshot.signing_keys.active_of_all()
            slugs = {issuer.slug for issuer in snapshot.issuers.all()}
        keys = sorted((key for key in active if key.owner in {JMC, *slugs}), key=lambda key: key.owner != JMC)
        names = tuple((key.owner, key.kid) for key in keys)
        served = self._served[-1] if self._served else None
        same = served is not None and served.keys == names
        if served is not None and same and timedelta(0) <= now - served.signed_at < VALID_FOR / 2:
            return served.body
        try:
            body = orjson.dumps(did_configuration([self._linkage(key, now) for key in keys]))
        except Unavailable:
            if served is not None and same and now < served.signed_at + VALID_FOR:
                return served.body
            raise
        self._served[:] = [_Served(keys=names, signed_at=now, body=body)]
        return body

    def _linkage(self, key: SigningKey, now: datetime) -> str:
        did, signer = self.site.owner_did(key.owner), self.keyring.signer(key)
        claims = domain_linkage_claims(
            did, origin=self.site.base_url, valid_from=now.replace(microsecond=0), valid_for=VALID_FOR
        )
        algorithm = compact_jws.ALGORITHMS[signer.public_key.algorithm]
        return compact_jws.write({"alg": algorithm, "kid": f"{did}#{key.kid}"}, orjson.dumps(claims), signer.sign)
