"""Bundles, and such that somebody tampered with: as a stranger could, or as only this organization itself could."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from jmc_vc.domain.signing_key import JMC
from jmc_vc.formats.bundle import CRYPTOSUITE
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.verifying.bundled import OpenedBundle, open_bundle
from tests.builders.installation import Installation

Change = Callable[[dict[str, Any]], None]


def uuid_of(body: bytes) -> UUID:
    return UUID(json.loads(body)["id"].rpartition("/")[2])


def bundle_of(installation: Installation, uuid: UUID) -> bytes:
    """The bundle as it is two seconds from now: a credential is in the log a second after it was issued."""
    installation.clock.move(seconds=2)
    return installation.service.bundle(uuid, now=installation.now)


def opened(installation: Installation, bundle: bytes) -> OpenedBundle:
    return open_bundle(bundle, installation.service.did_document(None))


def changed(bundle: bytes, change: Change) -> bytes:
    """As anybody can change it who has the file."""
    document = json.loads(bundle)
    change(document)
    return json.dumps(document, ensure_ascii=False).encode()


def resealed(installation: Installation, bundle: bytes, change: Change) -> bytes:
    """Changed, and signed by this organization again: what is inside has to hold all the same."""
    document = json.loads(bundle)
    change(document)
    return json.dumps(signed_by_jmc(installation, document), ensure_ascii=False).encode()


def signed_by_jmc(installation: Installation, document: Mapping[str, Any]) -> dict[str, Any]:
    """`document` with a new proof of this organization in the place of the one that it has."""
    service = installation.service
    with service.database.read() as snapshot:
        key = snapshot.signing_keys.active(JMC)
    assert key is not None
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    return add_proof(
        unsigned,
        cryptosuite=CRYPTOSUITE,
        verification_method=f"{service.site.did}#{key.kid}",
        created=installation.now,
        sign=service.bundle.keyring.signer(key).sign,
        contexts=service.contexts,
    )


def text_changed(place: str, old: str, new: str) -> Change:
    """A change of the text at `place`, whose steps are parted by slashes: `new` for `old`, which is there."""

    def change(document: dict[str, Any]) -> None:
        *path, last = place.split("/")
        at: Any = document
        for step in path:
            at = at[int(step) if step.isdigit() else step]
        assert old in at[last], place
        at[last] = at[last].replace(old, new)

    return change
