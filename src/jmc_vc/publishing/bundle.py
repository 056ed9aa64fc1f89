"""The credential bundle: everything that one credential's verification needs, signed by this organization as it stood.

1. The credential, in every form, as it was issued.
2. The history of its issuer's DID document, its status lists, as they are served.
3. What the register says of its issuer and its program version, signed by itself.
4. What the public log says of it, with the proofs and the salts.
5. The statement around all of it.

Whoever may have the credential may have its bundle; nobody else is in it. Nothing is kept here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final, Protocol
from uuid import UUID

import orjson

from jmc_vc import vendored
from jmc_vc.domain.accreditation import public_state
from jmc_vc.domain.credential import Credential, CredentialState, Format, Representation
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.signing_key import JMC
from jmc_vc.domain.status_list import ListForm, StatusForm
from jmc_vc.errors import Unavailable
from jmc_vc.formats.bundle import CRYPTOSUITE, TYPE, VERSION
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.data_integrity.hash_data import Unsecured, rdfc_options
from jmc_vc.formats.data_integrity.proof import Proof, read_proofs
from jmc_vc.formats.jsonld import Contexts
from jmc_vc.formats.strict_json import JsonObject, JsonValue, parse_object
from jmc_vc.formats.transparency.entry_types import CredentialIssued
from jmc_vc.formats.transparency.log_entry import read_log_entry
from jmc_vc.publishing.credential import FetchCredential
from jmc_vc.publishing.log_proof import proven_entries
from jmc_vc.publishing.published_log import PublishedLog
from jmc_vc.publishing.register_extract import moment, register_extract
from jmc_vc.publishing.revocation_list import PublishRevocationList
from jmc_vc.publishing.status_list import PublishStatusList
from jmc_vc.signing.keyring import Keyring
from jmc_vc.storage.database import Database

_MEDIA_TYPES: Final = {
    Format.JSON: "application/vc",
    Format.JWT: "application/jwt",
    Format.SD_JWT: "application/dc+sd-jwt",
}
_RDFC: Final = frozenset({"eddsa-rdfc-2022", "ecdsa-rdfc-2019"})
"""Suites that sign the hashes of canonical N-Quads."""


class NoBundleKey(Unavailable):
    """This organization has no active key to sign the bundle with."""

    code = "bundle.no_key"


class NotLoggedYet(Unavailable):
    """The credential was issued this very second, and waits for its place in the public log."""

    code = "bundle.not_logged_yet"


class BundleIncomplete(Unavailable):
    """Something that belongs into the bundle is not there: the issuer, the version or the history of its keys."""

    code = "bundle.incomplete"


class DidHistory(Protocol):
    """Gives the signed history of the DID document of an issuer."""

    def __call__(self, slug: str | None, *, now: datetime) -> bytes: ...


@dataclass(frozen=True, kw_only=True)
class MakeBundle:
    """Make the bundle of a credential."""

    database: Database
    keyring: Keyring
    site: Site
    contexts: Contexts
    fetch_credential: FetchCredential
    did_history: DidHistory
    status_list: PublishStatusList
    revocation_list: PublishRevocationList
    log: PublishedLog

    def __call__(self, uuid: UUID, *, for_issuer: bool = False, now: datetime) -> bytes:
        """The bundle as JSON. Raises what FetchCredential raises, NoBundleKey, BundleIncomplete, NotLoggedYet, and what
        publishing its parts and signing raise."""
        at = now.replace(microsecond=0)
        fetched = self.fetch_credential(uuid, for_issuer=for_issuer, now=now)
        record, slug = fetched.record, fetched.record.issuer
        self._require_logged(uuid, now)
        whole = self._signed(
            {
                "type": TYPE,
                "version": VERSION,
                "madeAt": moment(at),
                "madeBy": self.site.did,
                "site": {"baseUrl": self.site.base_url, "namespace": self.site.namespace},
                "credential": {
                    "id": self.site.credential(uuid),
                    "issuer": self.site.issuer_did(slug),
                    "statusList": record.list_number,
                    "statusIndex": record.status_index,
                    **_status(record),
                    "forms": [self._form(each) for each in fetched.representations],  # 1
                },
                "didHistories": [  # 2
                    {"did": self.site.issuer_did(slug), "text": self.did_history(slug, now=now).decode()}
                ],
                "statusLists": [*self._lists(record, now)],
                "register": self._signed(self._register(record, at), at),  # 3
                "log": self._log(uuid),  # 4
                "contexts": [
                    {"url": url, "sha256": sha256(body).hexdigest()}
                    for url, body in vendored.contexts(self.site.namespace).items()
                ],
            },
            at,
        )
        return orjson.dumps(whole)

    def _form(self, representation: Representation) -> JsonObject:
        form: JsonObject = {
            "format": representation.format.value,
            "mediaType": _MEDIA_TYPES[representation.format],
            "text": representation.body.decode(),
        }
        if representation.format is Format.JSON:
            form["signed"] = self._linked_data(representation.body)
        return form

    def _linked_data(self, body: bytes) -> list[JsonValue]:
        """What proofs of linked data sign, so that who cannot read it can hash it."""
        document = parse_object(body)
        unsecured = Unsecured(document, self.contexts)
        return [self._statements(unsecured, proof) for proof in read_proofs(document) if proof.cryptosuite in _RDFC]

    def _statements(self, unsecured: Unsecured, proof: Proof) -> JsonObject:
        covered = unsecured.under(proof.previous_proofs)
        # Only the hash depends on the key; a P-384 key labels by SHA-384 too, and none of ours signs badges with one.
        return {
            "options": rdfc_options(covered, proof.options, algorithm="sha256").decode(),
            "document": covered.rdfc("sha256").decode(),
            "proofValue": proof.value,
        }

    def _lists(self, record: Credential, now: datetime) -> Iterator[JsonValue]:
        number = record.list_number
        for form in (ListForm.REVOCATION, ListForm.SUSPENSION):
            body = self.status_list(number, form, now=now).body
            signed = _served(self.site.status_list(number, form), form, "application/vc", body)
            yield {**signed, "signed": self._linked_data(body)}
        if Format.SD_JWT in record.forms:
            token = self.status_list(number, ListForm.TOKEN, now=now).body
            yield _served(self.site.token_status_list(number), ListForm.TOKEN, "application/statuslist+jwt", token)
        if record.status_form is StatusForm.REVOCATION_LIST:
            revoked = self.revocation_list(number)
            yield _served(self.site.revocation_list(number), "revoked", "application/json", revoked)

    def _register(self, record: Credential, at: datetime) -> JsonObject:
        with self.database.read() as snapshot:
            issuer = snapshot.issuers.get(record.issuer)
            versions = snapshot.programs.versions(record.program_number)
            keys = snapshot.signing_keys.of_owner(record.issuer)
        version = next((each for each in versions if each.version == record.program_version), None)
        if issuer is None or version is None or version.approval is None:
            raise BundleIncomplete
        state = public_state(version, jst_day(at), versions)
        return register_extract(
            issuer=issuer, entry=(version, state), versions=versions, keys=keys, site=self.site, as_of=at
        )

    def _require_logged(self, uuid: UUID, now: datetime) -> None:
        """Raises NotLoggedYet while an entry has no place under a signed head, which takes a second at most."""
        if self._waits(uuid):
            self.log.advance(now=now)
            if self._waits(uuid):
                raise NotLoggedYet

    def _waits(self, uuid: UUID) -> bool:
        with self.database.read() as snapshot:
            head, entries = snapshot.public_log.latest(), snapshot.public_log.of_credential(uuid)
        return any(each.leaf is None or head is None or each.leaf >= head.size for each in entries)

    def _log(self, uuid: UUID) -> JsonObject:
        entries: list[JsonValue] = []
        with self.database.read() as snapshot:
            known = [each for each in snapshot.public_log.of_credential(uuid) if each.leaf is not None and each.salt]
            proven = proven_entries(snapshot, *(each.leaf for each in known if each.leaf is not None)) if known else ()
        for row, found in zip(known, proven, strict=True):
            said = read_log_entry(row.body)
            if isinstance(said, CredentialIssued):
                proof = found.proof(row.salt).encoded.decode()
                entries.append({"format": said.format, "entry": row.body.decode(), "proof": proof})
        return {
            "origin": self.site.log_origin,
            "keys": [each.text for each in self.log.verifier_keys()],
            "entries": entries,
        }

    def _signed(self, document: JsonObject, at: datetime) -> JsonObject:
        with self.database.read() as snapshot:
            key = snapshot.signing_keys.active(JMC)
        if key is None:
            raise NoBundleKey
        return add_proof(
            document,
            cryptosuite=CRYPTOSUITE,
            verification_method=f"{self.site.did}#{key.kid}",
            created=at,
            sign=self.keyring.signer(key).sign,
            contexts=self.contexts,
        )


def _served(url: str, form: str, media_type: str, body: bytes) -> JsonObject:
    return {"url": url, "form": str(form), "mediaType": media_type, "text": body.decode()}


def _status(record: Credential) -> JsonObject:
    """Since when it has been revoked or suspended, and why: the lists say neither. Nothing of one that is in force."""
    if record.state not in (CredentialState.REVOKED, CredentialState.SUSPENDED) or record.status_at is None:
        return {}
    status: JsonObject = {"state": record.state.value, "since": moment(record.status_at)}
    if record.status_reason is not None:
        status["reason"] = record.status_reason.value
    return {"status": status}
