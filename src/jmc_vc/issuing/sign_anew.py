"""One credential of a compromised key: may it be signed anew, and what comes of it.

The recorded bytes are opened, the signature is taken off, and each form that rested on the key is made again with the
issuer's active key of that kind: same id, award date, place in the status list and results, in the same words. What it
says is not assembled anew, for the program and the issuer may have other names today. It is proved as every new
credential is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from jmc_vc.domain.credential import Credential, CredentialState, Format, Representation
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.issuing_settings import Securing
from jmc_vc.domain.signing_key import SigningKey
from jmc_vc.errors import Error, Malformed, Unacceptable
from jmc_vc.event_log import events
from jmc_vc.formats import strict_json
from jmc_vc.formats.issuer_signature import signature_bytes_of
from jmc_vc.formats.jose import compact_jws, ob3_vc_jwt
from jmc_vc.formats.jsonld import Contexts
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.formats.transparency.entry_types import CredentialIssued
from jmc_vc.formats.transparency.log_entry import credential_digest, read_log_entry
from jmc_vc.issuing.lint import linted_before
from jmc_vc.issuing.open_forms import OpenForms, open_forms
from jmc_vc.issuing.secure import Key, SelfVerificationFailed, Signing, secure
from jmc_vc.issuing.templates import Templates
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.storage.transaction import Snapshot


class Fate(StrEnum):
    """What became of a credential: it was signed anew; or left, for it is revoked, or came into being when others may
    have had the key, or cannot be read, or was changed by somebody else in this moment."""

    REISSUED = "reissued"
    REVOKED = "revoked"
    TOO_LATE = "too_late"
    DAMAGED = "damaged"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True, kw_only=True)
class Work:
    """A credential to be signed anew: all its forms, the primary one first, how each is secured, and those that are
    `kept` because they do not rest on the key."""

    credential: Credential
    opened: OpenForms
    securings: tuple[Securing, ...]
    kept: Mapping[Format, Representation]

    @property
    def algorithms(self) -> frozenset[str]:
        """The kinds of key that are needed."""
        return frozenset(each.algorithm for each in self.securings if each.format not in self.kept)


@dataclass(frozen=True, kw_only=True)
class SignAnew:
    """Looks at a credential, and makes its forms."""

    kek: KeyEncryptionKey
    contexts: Contexts
    templates: Templates
    site: Site
    random: Callable[[int], bytes]

    def look_at(self, snapshot: Snapshot, uuid: UUID, kid: str, keys: Mapping[str, SigningKey]) -> Work | Fate:
        """What there is to do so that it no longer rests on the key `kid`; `keys` are all of the issuer, by their
        id."""
        credential, sealed = snapshot.credentials.get(uuid), snapshot.credentials.sealed(uuid)
        if credential is None or sealed is None:
            return Fate.OVERTAKEN
        if credential.state is CredentialState.REVOKED:
            return Fate.REVOKED
        try:
            opened = open_forms(self.kek, uuid, sealed)
            again = [each for each in opened.representations if each.kid == kid]
            if any(each.format is Format.JSON for each in again):
                # A token is around the document with its old proof.
                again += [each for each in opened.representations if each.format is Format.JWT and each not in again]
            if not _is_ours(snapshot, uuid, again, keys):
                return Fate.TOO_LATE
        except Error:
            return _damaged(credential)
        return Work(
            credential=credential,
            opened=opened,
            securings=tuple(Securing(each.format, keys[each.kid].algorithm) for each in opened.representations),
            kept={each.format: each for each in opened.representations if each not in again},
        )

    def make(self, work: Work, keys: Mapping[str, Key], now: datetime) -> tuple[Representation, ...] | Fate:
        """The forms that are new. Raises a signer's Unavailable."""
        try:
            signing = Signing(
                linted=linted_before(_unsigned(work.opened.representations[0])),
                created=now,
                list_number=work.credential.list_number,
                status_index=work.credential.status_index,
                site=self.site,
                contexts=self.contexts,
                templates=self.templates,
                random=self.random,
            )
            forms = secure(signing, work.securings, keys, kept=work.kept)
        except (SelfVerificationFailed, Malformed, Unacceptable):
            return _damaged(work.credential)
        return tuple(each for each in forms if each.format not in work.kept)


def _is_ours(snapshot: Snapshot, uuid: UUID, forms: Sequence[Representation], keys: Mapping[str, SigningKey]) -> bool:
    """Whether the log has each of `forms` that is by a compromised key, and the credential came into being in this form
    when nobody else had the key that it was signed with first. What came after that, its copies, was made by us."""
    logged = [
        (entry, row.salt)
        for row in snapshot.public_log.of_credential(uuid)
        if row.salt is not None and isinstance(entry := read_log_entry(row.body), CredentialIssued)
    ]
    for form in forms:
        if keys[form.kid].stolen_since is None:
            continue
        signature = signature_bytes_of(form.format, form.body)
        known = any(
            entry.kid == form.kid and entry.digest == credential_digest(salt, signature) for entry, salt in logged
        )
        if not known or _came_late([entry for entry, _ in logged if entry.format == form.format], keys):
            return False
    return True


def any_came_late(snapshot: Snapshot, uuid: UUID, keys: Mapping[str, SigningKey]) -> bool:
    """Whether that is so of a form of the credential; of an erased one nobody can tell any more."""
    forms: dict[str, list[CredentialIssued]] = {}
    for row in snapshot.public_log.of_credential(uuid):
        entry = read_log_entry(row.body)
        if isinstance(entry, CredentialIssued):
            forms.setdefault(entry.format, []).append(entry)
    return any(_came_late(entries, keys) for entries in forms.values())


def _came_late(entries: Sequence[CredentialIssued], keys: Mapping[str, SigningKey]) -> bool:
    """Whether others may have had the key already with which a credential came into being: that of the first of its
    `entries` of one form, oldest first. Nobody can say so of a key whose row was lost."""
    key = keys.get(entries[0].kid)
    return key is None or (key.stolen_since is not None and entries[0].at >= key.stolen_since)


def _unsigned(primary: Representation) -> JsonObject:
    """The document that the primary form signs, without its signature."""
    if primary.format is Format.JWT:
        return ob3_vc_jwt.read(compact_jws.read(primary.body.decode())).credential
    document = strict_json.parse_object(primary.body)
    return {name: value for name, value in document.items() if name != "proof"}


def _damaged(credential: Credential) -> Fate:
    events.error("credential-damaged", issuer=credential.issuer, program=credential.program_number)
    return Fate.DAMAGED
