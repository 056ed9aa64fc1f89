"""The same rows in other forms: the token that SD-JWT VCs name, and the list of ids for readers that know no bits."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from jmc_vc.domain.credential import Format, RevocationReason, StatusAction
from jmc_vc.domain.issuing_settings import IssuingProfile
from jmc_vc.domain.status_list import StatusForm
from jmc_vc.formats.did.document import verification_method
from jmc_vc.formats.jose import compact_jws, sd_jwt
from jmc_vc.formats.status.revocation_list import read_revocation, read_revocation_list
from jmc_vc.formats.status.token_status_list import (
    TokenStatus,
    read_status_claim,
    read_status_list_claims,
    read_token_status,
)
from jmc_vc.issuing.command import IssuedAssertion
from jmc_vc.publishing.status_list import StatusListNotFound
from jmc_vc.storage.status_lists import PublishedStatusList
from tests.builders.installation import OPERATOR, Installation, award
from tests.builders.web import web_client

SLUG, PROGRAM = "hoshimigaoka", "JMC-P-900001"


def set_up(installation: Installation, **settings: Any) -> None:
    installation.set_issuing(PROGRAM, **settings)


def issue(installation: Installation, count: int) -> list[IssuedAssertion]:
    return [installation.issue(award(retake=True)) for _ in range(count)]


def change(installation: Installation, uuid: UUID, action: StatusAction = StatusAction.REVOKE) -> None:
    installation.service.change_status(
        uuid,
        action,
        reason=RevocationReason.ISSUED_IN_ERROR,
        text=None,
        actor=installation.actor(),
        now=installation.now,
    )


def token_list(installation: Installation) -> PublishedStatusList:
    return installation.service.status_list(1, "token", now=installation.now)


def state(installation: Installation, issued: IssuedAssertion) -> TokenStatus:
    """What a wallet finds: the place that the token names, in the list at the address that it names."""
    (selective,) = (each.body for each in issued.representations if each.format is Format.SD_JWT)
    reference = read_status_claim(sd_jwt.read(selective.decode()).jws.claims())
    assert reference is not None
    jws = compact_jws.read(token_list(installation).body.decode())
    method = verification_method(installation.service.did_document(SLUG), str(jws.header["kid"]))
    compact_jws.verify(jws, method.public_key)
    assert jws.header["typ"] == "statuslist+jwt"
    return read_token_status(read_status_list_claims(jws.claims(), url=reference.list_url), reference)


def test_the_token_tells_each_state_of_each_place(installation: Installation) -> None:
    set_up(installation, sd_jwt_vc=True)
    valid, revoked, suspended = issue(installation, 3)
    change(installation, revoked.credential.uuid)
    change(installation, suspended.credential.uuid, StatusAction.SUSPEND)
    installation.clock.move(seconds=1)
    assert state(installation, valid) is TokenStatus.VALID
    assert state(installation, revoked) is TokenStatus.INVALID
    assert state(installation, suspended) is TokenStatus.SUSPENDED
    change(installation, suspended.credential.uuid, StatusAction.REINSTATE)
    installation.clock.move(seconds=1)
    assert state(installation, suspended) is TokenStatus.VALID


def test_the_token_is_there_before_a_credential_that_names_it(installation: Installation) -> None:
    set_up(installation, sd_jwt_vc=True)
    issue(installation, 1)
    with installation.service.database.read() as snapshot:
        keys = snapshot.signing_keys.of_owner(SLUG)
    with installation.service.database.begin() as tx:  # nobody could sign it any more
        keyring = installation.service.issue.keyring
        for key in keys:
            tx.signing_keys.save(keyring.rewrap(key, type(key.state).RETIRED))
    assert token_list(installation).kid == "key-2"


def test_the_token_is_signed_anew_as_the_other_lists_are(installation: Installation) -> None:
    set_up(installation, sd_jwt_vc=True)
    issue(installation, 1)
    first = token_list(installation)
    assert first.valid_until - first.signed_at <= timedelta(hours=24)
    installation.clock.move(hours=11, minutes=59)
    assert token_list(installation) == first
    installation.clock.move(minutes=1)
    second = token_list(installation)
    assert second.signed_at == installation.now
    installation.clock.move(minutes=1)
    installation.service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=installation.now)
    assert token_list(installation) == second, "another key than the token's was rotated"
    installation.service.rotate_key(SLUG, "P-256", immediate=True, actor=OPERATOR, now=installation.now)
    assert token_list(installation).kid == "key-4"


def test_where_nobody_issues_sd_jwt_vcs_there_is_no_token(installation: Installation) -> None:
    issue(installation, 1)
    with pytest.raises(StatusListNotFound):
        token_list(installation)


def test_ob_34_a_revoked_credential_is_in_the_list_that_it_names(installation: Installation) -> None:
    set_up(installation, profile=IssuingProfile.VC_JWT, status_form=StatusForm.REVOCATION_LIST)
    kept, revoked, suspended = issue(installation, 3)
    url = "http://localhost:8000/status/1/revoked"

    def found() -> dict[str, Any]:
        document: dict[str, Any] = json.loads(installation.service.revocation_list(1))
        return document

    assert found() == {
        "id": url,
        "issuer": installation.service.site.issuer_did(SLUG),
        "revokedCredential": [],
    }
    change(installation, revoked.credential.uuid)
    change(installation, suspended.credential.uuid, StatusAction.SUSPEND)
    read = read_revocation_list(found(), url=url)
    site = installation.service.site
    assert read_revocation(read, site.credential(revoked.credential.uuid)).value == 1
    assert read_revocation(read, site.credential(kept.credential.uuid)).value == 0
    assert read_revocation(read, site.credential(suspended.credential.uuid)).value == 0
    assert "revocationReason" not in json.dumps(found()), "why is a matter of the learner and the issuer"


def test_who_names_a_bit_is_in_no_list_of_ids(installation: Installation) -> None:
    """The address of a credential is a secret of its holder."""
    (quiet,) = issue(installation, 1)
    set_up(installation, status_form=StatusForm.REVOCATION_LIST)
    (named,) = issue(installation, 1)
    for each in (quiet, named):
        change(installation, each.credential.uuid)
    listed = json.loads(installation.service.revocation_list(1))["revokedCredential"]
    assert [each["id"] for each in listed] == [installation.service.site.credential(named.credential.uuid)]


@pytest.mark.parametrize("number", [0, 2, 2**63])
def test_there_is_no_list_of_ids_where_there_is_no_list(installation: Installation, number: int) -> None:
    issue(installation, 1)
    with pytest.raises(StatusListNotFound):
        installation.service.revocation_list(number)


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/status/1/revocation", "application/vc"),
        ("/status/1/suspension", "application/vc"),
        ("/status/1/token", "application/statuslist+jwt"),
        ("/status/1/revoked", "application/json"),
    ],
)
def test_every_form_is_fetched_in_its_own_type_and_kept_for_seconds_only(
    sqlite_installation: Installation, path: str, media_type: str
) -> None:
    set_up(sqlite_installation, sd_jwt_vc=True)
    issue(sqlite_installation, 1)
    with web_client(sqlite_installation.service) as web:
        answer = web.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
        assert answer.headers["cache-control"] == "public, max-age=5"
        assert answer.headers["access-control-allow-origin"] == "*"
        assert web.get(path, headers={"if-none-match": answer.headers["etag"]}).status_code == 304
        assert web.get(path.replace("/1/", "/99/")).status_code == 404
