"""The history of a DID document: every version, dated, with its digest and its place in the public log.

A did:web says what its keys are now and nothing else. Here anybody sees since when each key was published, when it was
taken back, and that nobody rewrote it since: the digest of each version stands in the public log, whose entries never
change. This organization signs the list with its active key (eddsa-jcs-2022, https://www.w3.org/TR/vc-di-eddsa/)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

import orjson

from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.signing_key import JMC, SigningKey
from jmc_vc.errors import Unavailable
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.jsonld import Contexts
from jmc_vc.formats.openbadges.date_time import write_date_time_stamp
from jmc_vc.formats.strict_json import JsonValue
from jmc_vc.formats.transparency.entry_types import DidDocumentPublished
from jmc_vc.formats.transparency.log_entry import write_log_entry
from jmc_vc.signing.keyring import Keyring
from jmc_vc.storage.database import Database
from jmc_vc.storage.did_documents import DidDocumentVersion
from jmc_vc.storage.transaction import Snapshot

CRYPTOSUITE = "eddsa-jcs-2022"


class NoHistoryKey(Unavailable):
    """This organization has no active key to sign the history with."""

    code = "did_history.no_key"


@dataclass(frozen=True)
class _Proof:
    """The proof over the history with this digest, by the key of this id."""

    digest: bytes
    kid: str
    proof: JsonValue


@dataclass(frozen=True, kw_only=True)
class PublishDidHistory:
    """The history at did-history.json."""

    database: Database
    keyring: Keyring
    site: Site
    contexts: Contexts
    _proofs: dict[str, _Proof] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, slug: str | None, *, now: datetime) -> bytes:
        """The signed history of the issuer `slug`; None means this organization. Raises IssuerNotFound, NoHistoryKey
        and what a signer raises."""
        with self.database.read() as snapshot:
            owner = JMC if slug is None else snapshot.issuers.registered(slug).slug
            key = snapshot.signing_keys.active(JMC)
            versions = snapshot.did_documents.history(owner)
            places = _places(snapshot, self.site.owner_did(owner), versions)
        if key is None:
            raise NoHistoryKey
        history = {
            "id": self.site.did_history(owner),
            "did": self.site.owner_did(owner),
            "versions": [_written(each, places.get(each.version)) for each in versions],
        }
        return orjson.dumps({**history, "proof": self._proof(owner, orjson.dumps(history), key, now)})

    def _proof(self, owner: str, unsigned: bytes, key: SigningKey, now: datetime) -> JsonValue:
        """Made anew only for another content or key: fetching costs no signature."""
        digest, known = sha256(unsigned).digest(), self._proofs.get(owner)
        if known is not None and (known.digest, known.kid) == (digest, key.kid):
            return known.proof
        secured = add_proof(
            orjson.loads(unsigned),
            cryptosuite=CRYPTOSUITE,
            verification_method=f"{self.site.did}#{key.kid}",
            created=now,
            sign=self.keyring.signer(key).sign,
            contexts=self.contexts,
        )
        self._proofs[owner] = _Proof(digest, key.kid, secured["proof"])
        return secured["proof"]


def _places(snapshot: Snapshot, did: str, versions: tuple[DidDocumentVersion, ...]) -> Mapping[int, int]:
    """Number of a version → its place in the log, for those that have one by now."""
    entries = snapshot.public_log.of_did_documents([each.at for each in versions])
    leaves = {entry.body: entry.leaf for entry in entries if entry.leaf is not None}
    found = {each.version: leaves.get(_entry(did, each)) for each in versions}
    return {version: leaf for version, leaf in found.items() if leaf is not None}


def _entry(did: str, version: DidDocumentVersion) -> bytes:
    return write_log_entry(DidDocumentPublished(at=version.at, did=did, digest=_digest(version)))


def _written(version: DidDocumentVersion, leaf: int | None) -> dict[str, object]:
    return {
        "version": version.version,
        "date": write_date_time_stamp(version.at.astimezone(UTC)),
        "digest": _digest(version),
        **({} if leaf is None else {"logIndex": leaf}),
        "document": orjson.Fragment(version.body),
    }


def _digest(version: DidDocumentVersion) -> str:
    """As the log has it: what is stored is the canonical spelling already."""
    return f"sha-256:{sha256(version.body).hexdigest()}"
