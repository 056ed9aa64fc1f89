import pytest

from jmc_vc.domain.person_name import NameMissing, PersonName
from jmc_vc.domain.recipient import DidRefused, EmailRefused, ExternalIdRefused, Recipient, RecipientUnidentified, check

NAME = PersonName(full_name="SUKARTO")


@pytest.mark.parametrize(
    "email",
    [
        "learner-01@learners.example",
        "a.b+tag@sub.a-b.example",
        "o'brien@x.co",
        "A" * 64 + "@" + "b" * 63 + ".example",
        "x@xn--fiqs8s.example",
        "1@1.jp",
    ],
)
def test_an_address_that_mail_can_be_sent_to_is_taken(email: str) -> None:
    check(Recipient(name=NAME, email=email))


@pytest.mark.parametrize(
    "email",
    [
        "",
        "a",
        "a@",
        "@b.example",
        "a@b",
        "a@localhost",
        "a@@b.example",
        "a@b.example@c.example",
        "a b@c.example",
        ".a@b.example",
        "a.@b.example",
        "a..b@c.example",
        "a@b..example",
        "a@-b.example",
        "a@b-.example",
        "a@127.0.0.1",
        "a@[127.0.0.1]",
        '"a b"@c.example',
        "学習者@learners.example",
        "a@例え.example",
        "a@b.example\n",
        "a@b.example\r\nBcc: x@y.example",
        "A" * 65 + "@b.example",
        "a@" + "b" * 64 + ".example",
        "a@" + ".".join(["b" * 60] * 5),
    ],
)
def test_any_other_address_is_refused(email: str) -> None:
    with pytest.raises(EmailRefused) as refusal:
        check(Recipient(name=NAME, email=email))
    assert refusal.value.pointer == "/recipient/email"
    assert not refusal.value.params


@pytest.mark.parametrize(
    "did",
    [
        "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
        "did:web:localhost%3A8000:issuers:x",
        "did:jwk:eyJrdHkiOiJFQyJ9",
        "did:example::b",
    ],
)
def test_a_did_is_taken(did: str) -> None:
    check(Recipient(name=NAME, did=did))


@pytest.mark.parametrize(
    "did",
    [
        "",
        "did:",
        "did:key",
        "did:key:",
        "DID:key:x",
        "did:Key:x",
        "did:key:x#0",  # a key of the holder, not the holder
        "did:web:a.example/path",
        "did:web:a?x=1",
        "did:web:a%zz",
        "did:key:x y",
        "did:key:x\n",
        "did:key:é",
        "urn:uuid:00000000-0000-4000-8000-000000000000",
        "x",  # AP-07
        "_:b0",  # AP-07
        "did:key:" + "x" * 2048,
    ],
)
def test_what_is_no_absolute_did_is_refused(did: str) -> None:
    with pytest.raises(DidRefused):
        check(Recipient(name=NAME, did=did))


@pytest.mark.parametrize("external_id", ["2026-0001", "学籍 12", "x" * 200])
def test_an_external_id_is_the_issuers_own_text(external_id: str) -> None:
    check(Recipient(name=NAME, external_id=external_id))


@pytest.mark.parametrize("external_id", ["", " ", "x" * 201, "a\x00", "a\nb", "a\u202eb", "\ud800"])
def test_an_external_id_that_cannot_be_stored_or_read_is_refused(external_id: str) -> None:
    with pytest.raises(ExternalIdRefused) as refusal:
        check(Recipient(name=NAME, external_id=external_id))
    assert refusal.value.pointer == "/externalId"


def test_a_recipient_needs_an_identifier_and_a_name() -> None:
    with pytest.raises(RecipientUnidentified) as refusal:
        check(Recipient(name=NAME))
    assert refusal.value.code == "request.recipient_identifier"
    with pytest.raises(NameMissing):
        check(Recipient(name=PersonName(), email="a@b.example"))
