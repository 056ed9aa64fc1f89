"""What holds after every fault: no key lost, none double-active, and log, rows and DID documents tell one story."""

from collections import Counter
from typing import Any

from jmc_vc.bootstrap import Service
from jmc_vc.domain.signing_key import JMC, LOG, KeyState
from tests.builders.installation import Installation


def require_sound(installation: Installation) -> None:
    """The public log agrees with itself and with every row, the audit log with its chain; each owner has its keys."""
    service = installation.service
    audit = service.records.verify_log()
    assert audit.findings == ()
    assert service.records.verify_audit().findings == ()
    with service.database.read() as snapshot:
        owners = (JMC, LOG, *(issuer.slug for issuer in snapshot.issuers.all()))
    for owner in owners:
        _require_keys(service, owner)
    for uuid in installation.rows():
        found = service.fetch_credential(uuid, for_issuer=True, now=installation.now)  # held against its digest
        key = service.verify(found.body, now=installation.now).finding("key")
        assert key.code in {"key.bound", "key.retired", "key.revoked_logged_before"}


def _require_keys(service: Service, owner: str) -> None:
    with service.database.read() as snapshot:
        keys = snapshot.signing_keys.of_owner(owner)
        signed = {kid for (issuer, kid) in snapshot.credentials.by_key() if issuer == owner}
    active = Counter(key.algorithm for key in keys if key.state is KeyState.ACTIVE)
    stolen = {key.algorithm for key in keys if key.state is KeyState.COMPROMISED}
    for algorithm in {key.algorithm for key in keys}:
        assert active[algorithm] == 1 or (active[algorithm] == 0 and algorithm in stolen)
    for key in keys:
        if key.state is KeyState.ACTIVE:
            service.status_list.keyring.signer(key).sign(b"it opens")
    if owner == LOG:
        return
    document: Any = service.did_document(None if owner == JMC else owner)
    listed = {method["id"].rpartition("#")[2] for method in document["verificationMethod"]}
    trusted = {str(name).rpartition("#")[2] for name in document["assertionMethod"]}
    needed = {key.kid for key in keys if key.was_published}
    assert needed <= listed
    assert signed <= listed
    assert trusted == {key.kid for key in keys if key.was_published and key.state is not KeyState.COMPROMISED}
