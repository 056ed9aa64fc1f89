"""Keys, DID documents, programs and issuers against what the public log says of them."""

from collections.abc import Iterator
from hashlib import sha256

from jmc_vc.auditing.finding import Finding, wrong
from jmc_vc.auditing.told import ISSUER_STATES, KEY_STATES, PROGRAM_STATES, Told
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.signing_key import JMC, SigningKey
from jmc_vc.errors import Error
from jmc_vc.formats import jcs
from jmc_vc.formats.jcs import NotCanonicalizable
from jmc_vc.formats.strict_json import parse_object
from jmc_vc.storage.transaction import Snapshot


def verify_keys(snapshot: Snapshot, told: Told, site: Site) -> Iterator[Finding]:
    """Each key is in the state that its last entry says, and the same key; there are no others."""
    missing = dict(told.keys)
    for key in snapshot.signing_keys.all():
        name = f"{key.owner}#{key.kid}"
        said = missing.pop((site.owner_did(key.owner), key.kid), None)
        if said is None:
            yield wrong("record.key_not_logged", key=name)
        elif (said.algorithm, said.public_key) != (key.algorithm, key.public_key):
            yield wrong("record.key_other", key=name)
        elif KEY_STATES[said.event] is not key.state:
            yield wrong("record.key_state", key=name, row=key.state, log=KEY_STATES[said.event])
        elif said.since != _to_the_second(key):
            yield wrong("record.key_since", key=name)
    yield from (wrong("record.key_missing", key=f"{did}#{kid}") for did, kid in missing)


def verify_did_documents(snapshot: Snapshot, told: Told, site: Site) -> Iterator[Finding]:
    """Each version of each document has its entry, in the same order, and there are no other entries."""
    stored = snapshot.ledger.did_documents()
    said = dict(told.did_documents)
    for owner, versions in stored.items():
        digests = said.pop(site.owner_did(owner), [])
        for place, version in enumerate(versions):
            digest = f"sha-256:{sha256(version.body).hexdigest()}"
            if version.version != place + 1 or place >= len(digests) or digests[place] != digest:
                yield wrong("record.did_document", owner=owner, version=version.version)
        if len(digests) > len(versions):
            yield wrong("record.did_document_missing", did=site.owner_did(owner), version=len(versions) + 1)
    yield from (wrong("record.did_document_missing", did=did, version=1) for did in said)
    owners = (JMC, *(issuer.slug for issuer in snapshot.issuers.all()))
    yield from (wrong("record.did_document_not_logged", owner=owner) for owner in owners if owner not in stored)


def verify_programs(snapshot: Snapshot, told: Told) -> Iterator[Finding]:
    """Each version is in the state that its last entry says, with the content and the decision that were logged."""
    missing = dict(told.programs)
    for version in snapshot.programs.all():
        said = missing.pop((version.number, version.version), None)
        name = f"{version.number} v{version.version}"
        decision = None if version.approval is None else version.approval.decision
        if said is None:
            yield wrong("record.program_not_logged", program=name)
        elif not said.content_digest == version.content_digest == _digest(version.content):
            yield wrong("record.program_content", program=name)
        elif PROGRAM_STATES[said.event] is not version.state or said.decision != decision:
            yield wrong("record.program_state", program=name, row=version.state, log=PROGRAM_STATES[said.event])
    yield from (wrong("record.program_missing", program=f"{number} v{version}") for number, version in missing)


def verify_issuers(snapshot: Snapshot, told: Told, site: Site) -> Iterator[Finding]:
    """Each issuer is in the state that its last entry says; each DID of an issuer's own is, too, with the very
    document."""
    missing = dict(told.issuers)
    for issuer in snapshot.issuers.all():
        said = missing.pop(site.issuer_did(issuer.slug), None)
        if said is None:
            yield wrong("record.issuer_not_logged", issuer=issuer.slug)
        elif said.number != issuer.number or ISSUER_STATES[said.event] is not issuer.state:
            yield wrong("record.issuer_state", issuer=issuer.slug, row=issuer.state, log=ISSUER_STATES[said.event])
    yield from (wrong("record.issuer_missing", issuer=did) for did in missing)
    outside = dict(told.outside_dids)
    for own in snapshot.outside_dids.all():
        last = outside.pop(own.did, None)
        if last is None or (last.event == "did-registered") != (own.ended_at is None):
            yield wrong("record.outside_did", did=own.did)
        elif own.ended_at is None and last.document_digest != _document_digest(own.document):
            yield wrong("record.outside_document", did=own.did)
    yield from (wrong("record.outside_did", did=did) for did in outside)


def _to_the_second(key: SigningKey) -> object:
    return None if key.compromised_since is None else key.compromised_since.replace(microsecond=0)


def _digest(content: object) -> str | None:
    try:
        return jcs.digest(content)  # type: ignore[arg-type]
    except NotCanonicalizable:
        return None


def _document_digest(document: bytes) -> str | None:
    try:
        return jcs.digest(parse_object(document))
    except Error:
        return None
