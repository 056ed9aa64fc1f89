"""A credential bundle, opened: every signature in it held against the one key that its reader trusts.

1. The statement around everything, by the organization whose DID document the reader has.
2. The histories of DID documents, each signed by the same organization; the last version of each is the one.
3. The extract of the register, signed by itself.
4. The proofs that the public log has entered the credential.

What is not right in one of them makes the whole bundle worthless: it is then another one than was made. That is found
against the bundle and not against the credential, which may be good. The signatures of the issuer, on the credential
and on its lists, are for the pipeline, as ever.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from jmc_vc import vendored
from jmc_vc.domain.credential import CredentialState, RevocationReason
from jmc_vc.domain.identifiers import Site
from jmc_vc.errors import Error, Unacceptable, Unavailable
from jmc_vc.formats import jcs
from jmc_vc.formats.bundle import CRYPTOSUITE, LIMITS, read_bundle
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import read_proofs
from jmc_vc.formats.data_integrity.verify_proof import verify_proof
from jmc_vc.formats.did.did_web import did_of_url
from jmc_vc.formats.did.document import verification_method
from jmc_vc.formats.jsonld import Contexts
from jmc_vc.formats.openbadges.date_time import NotADateTimeStamp, read_date_time_stamp
from jmc_vc.formats.openbadges.schema import Schema, violations
from jmc_vc.formats.strict_json import JsonObject, parse_object
from jmc_vc.formats.transparency.entry_types import CredentialIssued
from jmc_vc.formats.transparency.log_entry import SALT_LENGTH, read_log_entry
from jmc_vc.formats.transparency.log_proof import LogProof, read_log_proof, verify_log_proof
from jmc_vc.formats.transparency.merkle import leaf_hash
from jmc_vc.formats.transparency.signed_note import NoteUnsigned
from jmc_vc.formats.transparency.verifier_key import read_verifier_key
from jmc_vc.verifying.bundled_register import BundledRegister, read_register
from jmc_vc.verifying.evidence import OnRecord
from jmc_vc.verifying.signature_log import SaltedEntry


class BundleForged(Unacceptable):
    """The bundle is not as it was made: a signature in it is not right, or two of its parts contradict each other.
    `pointer` names the part."""

    code = "bundle.forged"


class OtherMaker(Unavailable):
    """The bundle is signed by somebody else than the reader trusts, or with a key that the reader's copy of the DID
    document does not have yet, or that has been revoked."""

    code = "bundle.untrusted"


class OtherContexts(Unavailable):
    """The bundle was made under other contexts than this program holds, which would read the credential otherwise."""

    code = "bundle.contexts"


@dataclass(frozen=True, kw_only=True)
class OpenedBundle:
    """`documents` are DID documents by DID; `lists` what the addresses of status lists served, the first of which ends
    at `lists_good_until`; `list_number` and `index` the credential's place on them, and `on_record` what is told of its
    state besides; `entries` what the public log says of it, with the salts."""

    made_at: datetime
    site: Site
    contexts: Contexts
    credential_id: str
    primary: bytes
    documents: Mapping[str, JsonObject]
    lists: Mapping[str, bytes]
    lists_good_until: datetime | None
    list_number: int
    index: int
    on_record: OnRecord | None
    register: BundledRegister
    entries: tuple[SaltedEntry, ...]


def open_bundle(data: bytes, trusted: JsonObject) -> OpenedBundle:
    """The bundle that `data` is; `trusted` is the DID document of the organization whose word is taken. Raises
    BundleForged, OtherMaker, OtherContexts, and what `read_bundle` raises."""
    bundle: dict[str, Any] = read_bundle(data)
    _require_signed(bundle, trusted, "")  # 1
    site = _site(bundle)
    documents = {site.did: trusted, **dict(_documents(bundle, trusted))}  # 2
    _require_signed(bundle["register"], trusted, "/register")  # 3
    credential = bundle["credential"]
    if violations(bundle["register"]["program"]["content"], Schema.PROGRAM_VERSION):
        raise BundleForged(pointer="/register/program/content")
    try:
        register = read_register(bundle["register"])
        made_at = read_date_time_stamp(bundle["madeAt"]).instant
    except (ValueError, NotADateTimeStamp) as err:
        raise BundleForged(pointer="/register") from err
    if not register.issuer_did == credential["issuer"] == site.issuer_did(register.issuer.slug):
        raise BundleForged(pointer="/credential/issuer")
    return OpenedBundle(
        made_at=made_at,
        site=site,
        contexts=_contexts(bundle, site),
        credential_id=credential["id"],
        primary=credential["forms"][0]["text"].encode(),
        documents=documents,
        lists={each["url"]: each["text"].encode() for each in bundle["statusLists"]},
        lists_good_until=min(_ends(bundle), default=None),
        list_number=credential["statusList"],
        index=credential["statusIndex"],
        on_record=_on_record(credential["status"]) if "status" in credential else None,
        register=register,
        entries=tuple(_entries(bundle)),  # 4
    )


def _require_signed(document: JsonObject, trusted: JsonObject, pointer: str) -> None:
    """Raises OtherMaker unless the proof names a key of `trusted`, and BundleForged unless it holds."""
    try:
        (proof,) = read_proofs(document)
    except (Error, ValueError) as err:
        raise BundleForged(pointer=f"{pointer}/proof") from err
    try:
        method = verification_method(trusted, proof.verification_method)
    except Error as err:
        raise OtherMaker(pointer=f"{pointer}/proof") from err
    if proof.cryptosuite != CRYPTOSUITE or proof.created is None:
        raise BundleForged(pointer=f"{pointer}/proof")
    if any(end is not None and proof.created.instant > end for end in (method.expires, method.revoked)):
        raise OtherMaker(pointer=f"{pointer}/proof")
    try:
        verify_proof(Unsecured(document, Contexts({})), proof, method.public_key)
    except Error as err:
        raise BundleForged(pointer=f"{pointer}/proof") from err


def _site(bundle: Mapping[str, Any]) -> Site:
    said = bundle["site"]
    try:
        did = did_of_url(said["baseUrl"])
        vendored.require_safe_namespace(said["namespace"])
    except (Error, ValueError) as err:
        raise BundleForged(pointer="/site") from err
    if did != bundle["madeBy"] or bundle["proof"]["verificationMethod"].partition("#")[0] != did:
        raise BundleForged(pointer="/site")
    return Site(base_url=said["baseUrl"], did=did, namespace=said["namespace"])


def _documents(bundle: Mapping[str, Any], trusted: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    for place, each in enumerate(bundle["didHistories"]):
        pointer = f"/didHistories/{place}/text"
        try:
            history: dict[str, Any] = parse_object(each["text"].encode(), LIMITS)
            _require_signed(history, trusted, pointer)
            last = history["versions"][-1]
            document = last["document"]
            right = (history["did"], last["digest"], document["id"]) == (
                each["did"],
                jcs.digest(document),
                each["did"],
            )
        except OtherMaker:
            raise
        except (Error, LookupError, TypeError) as err:
            raise BundleForged(pointer=pointer) from err
        if not right:
            raise BundleForged(pointer=pointer)
        yield each["did"], document


def _contexts(bundle: Mapping[str, Any], site: Site) -> Contexts:
    held = vendored.contexts(site.namespace)
    for each in bundle["contexts"]:
        if each["url"] in held and sha256(held[each["url"]]).hexdigest() != each["sha256"]:
            raise OtherContexts
    return Contexts(held)


def _on_record(said: Mapping[str, Any]) -> OnRecord:
    reason = said.get("reason")  # a later release may have others
    try:
        since = read_date_time_stamp(said["since"]).instant
    except NotADateTimeStamp as err:
        raise BundleForged(pointer="/credential/status/since") from err
    known = RevocationReason(reason) if reason in list(RevocationReason) else None
    return OnRecord(CredentialState(said["state"]), since, known)


def _ends(bundle: Mapping[str, Any]) -> Iterator[datetime]:
    """Until when the lists hold by their own word. Whether that word is the issuer's is for the pipeline."""
    for each in bundle["statusLists"]:
        if each["text"].startswith("{"):
            try:
                end = parse_object(each["text"].encode(), LIMITS).get("validUntil")
                if end is not None:
                    yield read_date_time_stamp(end).instant
            except Error as err:
                raise BundleForged(pointer="/statusLists") from err


def _entries(bundle: Mapping[str, Any]) -> Iterator[SaltedEntry]:
    said = bundle["log"]
    for place, each in enumerate(said["entries"]):
        pointer = f"/log/entries/{place}"
        try:
            entry = read_log_entry(each["entry"].encode())
            proof = read_log_proof(each["proof"].encode())
            _require_logged(proof, each["entry"].encode(), said)
        except Error as err:
            raise BundleForged(pointer=pointer) from err
        if not isinstance(entry, CredentialIssued) or proof.extra is None or len(proof.extra) != SALT_LENGTH:
            raise BundleForged(pointer=pointer)
        yield SaltedEntry(entry, proof.extra)


def _require_logged(proof: LogProof, entry: bytes, said: Mapping[str, Any]) -> None:
    """Raises what is wrong with the proof. A log may have had several keys; one of them signed."""
    for text in said["keys"]:
        try:
            verify_log_proof(proof, leaf_hash(entry), origin=said["origin"], key=read_verifier_key(text))
        except NoteUnsigned:
            continue
        return
    raise NoteUnsigned
