"""Status lists: when they are signed anew, by which key, and that none ever takes a revocation back."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from jmc_vc.domain.credential import RevocationReason, StatusAction
from jmc_vc.domain.signing_key import KeyState, SigningKey
from jmc_vc.errors import Error
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import read_proofs
from jmc_vc.formats.data_integrity.verify_proof import verify_proof
from jmc_vc.formats.did.document import verification_method
from jmc_vc.formats.status import bitstring
from jmc_vc.formats.status.status_list_credential import read_status_list
from jmc_vc.publishing.status_list import NoStatusKey, PublishStatusList, StatusListNotFound
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.signing.keyring import Keyring, KeyUnusable, Signer
from jmc_vc.storage.status_lists import PublishedStatusList
from tests.builders.installation import OPERATOR, Installation, award

SLUG = "hoshimigaoka"


def _list(installation: Installation, purpose: str = "revocation") -> PublishedStatusList:
    return installation.service.status_list(1, purpose, now=installation.now)


def _bits(published: PublishedStatusList) -> bytes:
    return bitstring.decode(json.loads(published.body)["credentialSubject"]["encodedList"])


def _revoke(installation: Installation, uuid: UUID, action: StatusAction = StatusAction.REVOKE) -> None:
    installation.service.change_status(
        uuid,
        action,
        reason=RevocationReason.ISSUED_IN_ERROR,
        text=None,
        actor=installation.actor(),
        now=installation.now,
    )


def _issued(installation: Installation, count: int = 1) -> list[tuple[UUID, int]]:
    bodies = [award(externalId=f"x-{n}", recipient=_recipient(n)) for n in range(count)]
    outcomes = installation.issue_all(bodies)
    rows = [outcome.credential for outcome in outcomes if not isinstance(outcome, Exception)]
    assert len(rows) == count
    return [(row.uuid, row.status_index) for row in rows]


def _recipient(number: int) -> dict[str, object]:
    return {"name": {"fullName": f"Learner {number}"}, "email": f"{number}@learners.example"}


def test_bs_02_a_list_verifies_with_the_issuers_published_key(installation: Installation) -> None:
    _issued(installation)
    published = _list(installation)
    document = json.loads(published.body)
    url = installation.service.site.status_list(1, "revocation")
    read = read_status_list(document, url=url, purpose="revocation")
    assert read.issuer == installation.service.site.issuer_did(SLUG)
    assert len(_bits(published)) * 8 == bitstring.MINIMUM
    (proof,) = read_proofs(document)
    method = verification_method(installation.service.did_document(SLUG), proof.verification_method).public_key
    verify_proof(Unsecured(document, installation.service.contexts), proof, method)
    assert published.valid_until - published.signed_at <= timedelta(hours=24)


def test_only_the_revoked_bit_is_set_and_only_in_its_own_list(installation: Installation) -> None:
    (_, kept), (uuid, index), (suspended, place) = _issued(installation, 3)
    _revoke(installation, uuid)
    _revoke(installation, suspended, StatusAction.SUSPEND)
    installation.clock.move(seconds=1)
    revocation, suspension = _bits(_list(installation)), _bits(_list(installation, "suspension"))
    assert [n for n in range(bitstring.MINIMUM) if bitstring.bit(revocation, n)] == [index]
    assert [n for n in range(bitstring.MINIMUM) if bitstring.bit(suspension, n)] == [place]
    assert not bitstring.bit(revocation, kept)


def test_an_unchanged_list_is_the_same_bytes_until_half_of_its_time_is_spent(installation: Installation) -> None:
    _issued(installation)
    first = _list(installation)
    installation.clock.move(hours=11, minutes=59)
    assert _list(installation) == first
    installation.clock.move(minutes=1)
    second = _list(installation)
    assert second.signed_at == installation.now
    assert second.etag != first.etag


def test_a_list_is_signed_at_most_once_a_second(installation: Installation) -> None:
    (first, a), (second, b) = _issued(installation, 2)
    before = _list(installation)
    installation.clock.move(seconds=2)
    _revoke(installation, first)
    one = _list(installation)
    assert bitstring.bit(_bits(one), a)
    _revoke(installation, second)
    installation.clock.move(milliseconds=900)
    assert _list(installation) == one != before
    installation.clock.move(milliseconds=100)
    assert bitstring.bit(_bits(_list(installation)), b)


def test_a_suspended_issuers_lists_go_on_being_signed(installation: Installation) -> None:
    ((uuid, index),) = _issued(installation)
    _revoke(installation, uuid)
    installation.service.suspend_issuer(SLUG, reason="test", actor=OPERATOR, now=installation.now)
    installation.clock.move(hours=30)
    published = _list(installation)
    assert published.signed_at == installation.now
    assert bitstring.bit(_bits(published), index)


def test_after_a_rotation_the_new_key_signs(installation: Installation) -> None:
    _issued(installation)
    _list(installation)
    _rotate(installation)
    installation.clock.move(seconds=1)
    document = json.loads(_list(installation).body)
    assert document["proof"]["verificationMethod"].endswith("#key-2")


def test_without_an_active_key_the_last_list_is_served_until_it_ends(installation: Installation) -> None:
    _issued(installation)
    first = _list(installation)
    with installation.service.database.begin() as tx:
        key = tx.signing_keys.active(SLUG)
        assert key is not None
        tx.signing_keys.save(replace(key, state=KeyState.RETIRED, retired_at=installation.now))
    installation.clock.move(hours=23, minutes=59)
    assert _list(installation) == first
    installation.clock.move(minutes=1)
    with pytest.raises(NoStatusKey):
        _list(installation)


@pytest.mark.parametrize("form", ["revocation", "suspension", "token"])
def test_what_a_stolen_key_signed_is_served_by_nobody_until_there_is_a_new_one(
    installation: Installation, form: str
) -> None:
    """Invariant 7. Whoever asks meanwhile learns nothing, and least of all that all is well."""
    installation.set_issuing(sd_jwt_vc=True)
    _issued(installation)
    here, there = installation.service.status_list, _another_process(installation)
    kid = here(1, form, now=installation.now).kid
    assert there(1, form, now=installation.now).kid == kid
    stolen_at = installation.now
    installation.service.compromise_key(
        SLUG, kid, since=stolen_at, reason="stolen", actor=OPERATOR, now=installation.now
    )
    for process in (here, there, _another_process(installation)):
        with pytest.raises(NoStatusKey):
            process(1, form, now=installation.now)
    kind = "P-256" if form == "token" else "Ed25519"
    new = installation.service.rotate_key(SLUG, kind, immediate=True, actor=OPERATOR, now=installation.now).new
    for process in (here, there):
        assert process(1, form, now=installation.now).kid == new.kid  # within the second that a list may stay


def _another_process(installation: Installation) -> PublishStatusList:
    here = installation.service.status_list
    return PublishStatusList(
        database=here.database,
        keyring=here.keyring,
        site=here.site,
        contexts=here.contexts,
        valid_for=here.valid_for,
        ttl=here.ttl,
    )


def test_two_processes_agree_on_the_newest_list(installation: Installation) -> None:
    (first, a), (second, b) = _issued(installation, 2)
    here, there = installation.service.status_list, _another_process(installation)
    assert there(1, "revocation", now=installation.now) == here(1, "revocation", now=installation.now)
    installation.clock.move(seconds=1)
    _revoke(installation, first)
    from_there = there(1, "revocation", now=installation.now)
    assert here(1, "revocation", now=installation.now) == from_there
    assert bitstring.bit(_bits(from_there), a)
    installation.clock.move(seconds=1)
    _revoke(installation, second)
    # The other one is late: it signs after a newer list was stored, and gives that one out.
    newest = here(1, "revocation", now=installation.now)
    assert there(1, "revocation", now=installation.now) == newest
    assert bitstring.bit(_bits(newest), b)


def test_many_readers_of_a_changed_list_get_one_list(installation: Installation) -> None:
    issued = _issued(installation, 5)
    _list(installation)
    for uuid, _ in issued:
        _revoke(installation, uuid)
    installation.clock.move(seconds=1)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: _list(installation), range(40)))
    # Whoever asked while it was being signed may still have got the one before.
    assert len({each.etag for each in found}) <= 2
    assert all(bitstring.bit(_bits(_list(installation)), index) for _, index in issued)


@dataclass
class WrongSigner:
    """Signs, but with another key than it says."""

    real: Signer
    other: Signer

    @property
    def public_key(self) -> object:
        return self.real.public_key

    def sign(self, message: bytes) -> bytes:
        return self.other.sign(message)


def test_a_signature_that_does_not_verify_replaces_nothing(installation: Installation) -> None:
    _issued(installation)
    first = _list(installation)
    keyring = installation.service.status_list.keyring
    stranger = keyring.generate("stranger", "key-1", now=installation.now, state=KeyState.ACTIVE)

    class Broken(Keyring):
        def signer(self, key: SigningKey) -> Signer:
            return WrongSigner(keyring.signer(key), keyring.signer(stranger))  # type: ignore[return-value]

    broken = replace(installation.service.status_list, keyring=Broken(installation.service.kek))
    installation.clock.move(hours=13)
    assert broken(1, "revocation", now=installation.now) == first  # nothing has changed, and it has not ended
    installation.clock.move(hours=11)
    with pytest.raises(KeyUnusable):
        broken(1, "revocation", now=installation.now)
    with installation.service.database.read() as snapshot:
        assert snapshot.status_lists.published(1, first.form) == first


def test_sl_02_a_list_that_was_altered_or_is_not_signed_does_not_verify(sqlite_installation: Installation) -> None:
    ((uuid, _),) = _issued(sqlite_installation)
    innocent = json.loads(_list(sqlite_installation).body)
    sqlite_installation.clock.move(seconds=1)
    _revoke(sqlite_installation, uuid)
    document = json.loads(_list(sqlite_installation).body)
    did_document, contexts = sqlite_installation.service.did_document(SLUG), sqlite_installation.service.contexts

    def verify(listed: dict[str, Any]) -> None:
        (proof,) = read_proofs(listed)
        method = verification_method(did_document, proof.verification_method)
        verify_proof(Unsecured(listed, contexts), proof, method.public_key)

    verify(document)
    for altered in (
        {**document, "credentialSubject": innocent["credentialSubject"]},
        {**document, "id": sqlite_installation.service.site.status_list(1, "suspension")},
        {**document, "validUntil": "2099-01-01T00:00:00Z"},
        {**document, "proof": innocent["proof"]},
    ):
        with pytest.raises(Error, match=r"proof\.crypto"):
            verify(altered)
    unsigned = {name: member for name, member in document.items() if name != "proof"}
    with pytest.raises(Error, match=r"proof\.missing"):
        verify(unsigned)


@pytest.mark.parametrize(("number", "purpose"), [(0, "revocation"), (2, "revocation"), (2**63, "revocation"), (1, "x")])
def test_what_does_not_exist_is_not_found(installation: Installation, number: int, purpose: str) -> None:
    _issued(installation)
    with pytest.raises(StatusListNotFound):
        installation.service.status_list(number, purpose, now=installation.now)


def _rotate(installation: Installation) -> None:
    keyring = installation.service.status_list.keyring
    new = keyring.generate(SLUG, "key-2", now=installation.now, state=KeyState.ACTIVE)
    with installation.service.database.begin() as tx:
        old = tx.signing_keys.active(SLUG)
        assert old is not None
        retired = keyring.rewrap(replace(old, retired_at=installation.now), KeyState.RETIRED)
        tx.signing_keys.save(retired)
        tx.signing_keys.add(new)


def test_a_list_from_a_machine_whose_clock_is_ahead_stays_and_a_revocation_still_gets_out(
    installation: Installation,
) -> None:
    ((uuid, index),) = _issued(installation)
    installation.clock.move(hours=13)
    ahead = _list(installation)
    installation.clock.move(seconds=-1)
    _rotate(installation)
    lazy = installation.service.status_list
    without_signer = PublishStatusList(
        database=lazy.database,
        keyring=Keyring(KeyEncryptionKey(bytes(32))),  # opens no key: whoever signs, fails
        site=lazy.site,
        contexts=lazy.contexts,
        valid_for=lazy.valid_for,
        ttl=lazy.ttl,
    )
    assert without_signer(1, "revocation", now=installation.now) == ahead
    _revoke(installation, uuid)
    assert bitstring.bit(_bits(_list(installation)), index)
