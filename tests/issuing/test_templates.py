"""Templates in use: what leaves is what the general path would have signed, and no template can change that."""

import io
import json
from collections.abc import Callable, Hashable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import product
from typing import Any

import orjson
import pytest

from jmc_vc import event_log
from jmc_vc.domain.japan_time import JST
from jmc_vc.errors import Error
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.data_integrity.proof_template import ProofTemplate
from jmc_vc.formats.openbadges.date_time import read_date_time_stamp
from jmc_vc.issuing.command import Command, IssuedAssertion, Outcome
from jmc_vc.issuing.request import read_request
from jmc_vc.issuing.templates import Templates
from tests.builders.awards import all_programs, award_of, slug_of
from tests.builders.installation import NOON, OPERATOR, PROGRAMS, Installation, award, encode
from tests.builders.keys import did_key
from tests.builders.secured import example, general, secured_by

Json = dict[str, Any]
NAMES: tuple[Json, ...] = (
    {"fullName": "SUKARTO"},
    {"ja": {"family": "𠮷野", "given": "葛󠄀葉"}, "latn": {"family": "O'Brien", "given": "Zoë", "middle": 'J"\\'}},
    {"ja": {"family": "髙", "given": "﨑"}, "kana": {"family": "タカ", "given": "サキ"}, "order": "given-first"},
)
EVIDENCE = [
    {"id": "https://portfolio.example.jp/w/{n}", "name": "報告書 {n}", "narrative": '"全文"\n\\ {n}'},
    {"name": "発表 {n}", "genre": "Presentation"},
]


class Store:
    """A store of templates that tells what was put into it."""

    def __init__(self) -> None:
        self.made: list[Hashable] = []
        self.kept: dict[Hashable, ProofTemplate] = {}

    def get(self, key: Hashable) -> ProofTemplate | None:
        return self.kept.get(key)

    def keep(self, key: Hashable, value: ProofTemplate) -> ProofTemplate:
        self.made.append(key)
        self.kept[key] = value
        return value


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    made = all_programs(tmp_path_factory.mktemp("templates"))
    yield made
    made.service.database.close()


@pytest.fixture
def store(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Store:
    """An empty store, in use."""
    made = Store()
    monkeypatch.setattr(installation.service.issue.templates, "_kept", made)
    return made


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    event_log.configure(stream)
    yield stream
    event_log.configure()


def shaped(number: str, n: int, *, did: bool, email: bool, evidence: bool, name: Json) -> Json:
    """The award `n` of the program `number`, with or without what is optional."""
    made = award_of(number, (NOON - timedelta(days=30 + n)).astimezone(JST).date(), email="", retake=True)
    made["recipient"] = {"name": name}
    if did:
        made["recipient"]["did"] = did_key(n)
    if email:
        made["recipient"]["email"] = f"learner-{n}@learners.example"
    if not did and not email:
        made["externalId"] = f"A-{n}"
    if evidence:
        made["evidence"] = [{key: text.format(n=n) for key, text in each.items()} for each in EVIDENCE]
    return made


SHAPES: list[Json] = [
    {"did": did, "email": email, "evidence": evidence, "name": name}
    for did, email, evidence, name in product((False, True), (False, True), (False, True), NAMES)
]


def by_general_path(installation: Installation, body: bytes, slug: str) -> bytes:
    """What Add Proof gives for the credential `body`, made anew without its proof."""
    document = json.loads(body)
    proof = document.pop("proof")
    service = installation.service
    owner, _, kid = proof["verificationMethod"].partition("#")
    assert owner == service.site.issuer_did(slug)
    with service.database.read() as snapshot:
        key = snapshot.signing_keys.get(slug, kid)
    assert key is not None
    secured = add_proof(
        document,
        cryptosuite="eddsa-rdfc-2022",
        verification_method=proof["verificationMethod"],
        created=read_date_time_stamp(proof["created"]).instant,
        sign=service.issue.keyring.signer(key).sign,
        contexts=service.contexts,
    )
    return orjson.dumps(secured)


def issued(installation: Installation, bodies: list[Json], slug: str) -> list[bytes]:
    outcomes = installation.issue_all(bodies, slug=slug)
    assert all(isinstance(outcome, IssuedAssertion) for outcome in outcomes), outcomes
    return [outcome.body for outcome in outcomes if isinstance(outcome, IssuedAssertion)]


@pytest.mark.parametrize("number", sorted(PROGRAMS))
def test_what_we_issue_is_what_the_general_path_signs(
    installation: Installation, store: Store, log: io.StringIO, number: str
) -> None:
    slug = slug_of(number)
    for turn in range(3):
        bodies = issued(installation, [shaped(number, turn, **shape) for shape in SHAPES], slug)
        for body in bodies:
            assert body == by_general_path(installation, body, slug)
            assert installation.verify(body).verdict == "valid"
        # Each shape has its template, made once, on first use.
        assert len(set(store.made)) == len(store.made) == len(SHAPES)
    assert log.getvalue() == ""


def test_templates_are_made_once_and_used_afterwards(installation: Installation, store: Store) -> None:
    issued(
        installation, [award_of("JMC-P-900001", NOON.date(), email=f"{n}@a.example") for n in range(5)], "hoshimigaoka"
    )
    (key,) = store.made
    installation.clock.move(seconds=1)
    used = 0

    class Counted:
        def secure(self, *values: Any, **how: Any) -> tuple[bytes, bytes] | None:
            nonlocal used
            used += 1
            return kept.secure(*values, **how)

    kept = store.kept[key]
    store.kept[key] = Counted()  # type: ignore[assignment] # what it counts is the template itself
    issued(
        installation, [award_of("JMC-P-900001", NOON.date(), email=f"{n}@b.example") for n in range(5)], "hoshimigaoka"
    )
    assert used == 5
    assert store.made == [key]


def test_another_key_signs_by_another_template(installation: Installation, store: Store) -> None:
    slug = slug_of("JMC-P-900002")
    make = [shaped("JMC-P-900002", n, did=True, email=True, evidence=False, name=NAMES[0]) for n in range(4)]
    methods = []
    for n, each in enumerate(make):
        if n == 2:
            installation.service.rotate_key(slug, immediate=True, actor=OPERATOR, now=installation.now)
        (body,) = issued(installation, [each], slug)
        methods.append(json.loads(body)["proof"]["verificationMethod"].partition("#")[2])
        assert body == by_general_path(installation, body, slug)
        assert installation.verify(body).verdict == "valid"
    assert methods[0] == methods[1] != methods[2] == methods[3]
    assert len(store.made) == 2


def test_many_threads_get_each_their_own(installation: Installation, store: Store) -> None:
    unsigned = [
        json.loads(body)
        for body in issued(
            installation, [shaped("JMC-P-900001", n, **shape) for n in (5, 6) for shape in SHAPES[:6]], "hoshimigaoka"
        )
    ]
    for document in unsigned:
        del document["proof"]
    wanted = [general(document) for document in unsigned]
    templates = Templates(installation.service.contexts)
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda n: secured_by(templates, unsigned[n % len(unsigned)])[0], range(300))
        assert all(body == wanted[n % len(wanted)] for n, body in enumerate(found))
    assert store.made


# --- a template or a signer that is broken ----------------------------------------------------------------------------


class Spoiled:
    """A template whose bytes are altered before they are given out."""

    def __init__(self, true: ProofTemplate, alter: Callable[[bytes], bytes]) -> None:
        self._true = true
        self._alter = alter

    def secure(self, *values: Any, **how: Any) -> tuple[bytes, bytes] | None:
        found = self._true.secure(*values, **how)
        return None if found is None else (found[0], self._alter(found[1]))


class SpoilingStore(Store):
    """A store that spoils what is put into it."""

    def __init__(self, alter: Callable[[bytes], bytes]) -> None:
        super().__init__()
        self.alter = alter

    def keep(self, key: Hashable, value: ProofTemplate) -> ProofTemplate:
        spoiled: Any = Spoiled(value, self.alter)
        return super().keep(key, spoiled)


def _other_signature(body: bytes) -> bytes:
    document = json.loads(body)
    document["proof"]["proofValue"] = json.loads(general(example()))["proof"]["proofValue"]
    return orjson.dumps(document)


def _other_method(body: bytes) -> bytes:
    return body.replace(b"#key-1", b"#key-2")


ALTERATIONS: Mapping[str, Callable[[bytes], bytes]] = {
    "a date": lambda body: body.replace(b'"awardedDate":"2026', b'"awardedDate":"2025'),
    "a name": lambda body: body.replace("𠮷野".encode(), "吉野".encode()),
    "the test mark": lambda body: body.replace(b',"jmc:testData":true', b""),
    "the signature": _other_signature,
    "the method": _other_method,
    "no proof": lambda body: orjson.dumps({k: v for k, v in json.loads(body).items() if k != "proof"}),
    "a member twice": lambda body: body[:-1] + b',"name":"x"}',
    "cut off": lambda body: body[:-1],
    "nothing": lambda _: b"",
}


def issue_again(installation: Installation, body: Json, **changes: Any) -> Outcome:
    """Issue `body` with other parts in the use case."""
    service = installation.service
    broken = type(service.issue)(**{**vars(service.issue), **changes})
    actor = installation.actor(slug_of(body["program"]))
    (outcome,) = broken(
        [Command(request=read_request(encode(body)), actor=actor, idempotency_key=None)], now=installation.now
    )
    return outcome


@pytest.mark.parametrize("alteration", ALTERATIONS)
def test_a_template_that_is_wrong_never_leaves(
    sqlite_installation: Installation, monkeypatch: pytest.MonkeyPatch, log: io.StringIO, alteration: str
) -> None:
    store = SpoilingStore(ALTERATIONS[alteration])
    monkeypatch.setattr(sqlite_installation.service.issue.templates, "_kept", store)
    for turn in range(2):
        body = sqlite_installation.issue(award(retake=True)).body
        assert body == by_general_path(sqlite_installation, body, "hoshimigaoka")
        assert sqlite_installation.verify(body).verdict == "valid"
        events = [json.loads(line)["event"] for line in log.getvalue().splitlines()]
        assert events == ["template-differs"] * (turn + 1)
    assert len(store.made) == 1
    assert "𠮷野" not in log.getvalue()


def test_a_template_of_another_document_never_leaves(
    sqlite_installation: Installation, monkeypatch: pytest.MonkeyPatch, log: io.StringIO
) -> None:
    service = sqlite_installation.service
    stale = Store()
    monkeypatch.setattr(service.issue.templates, "_kept", stale)
    sqlite_installation.issue()
    (key,) = stale.made
    other = json.loads(sqlite_installation.issue(award(retake=True)).body)
    del other["proof"]
    other["name"] = "Another program"
    with service.database.read() as snapshot:
        signing_key = snapshot.signing_keys.get("hoshimigaoka", "key-1")
    assert signing_key is not None
    service.issue.templates.secure(
        other,
        verification_method=f"{service.site.issuer_did('hoshimigaoka')}#key-1",
        created=sqlite_installation.now,
        sign=service.issue.keyring.signer(signing_key).sign,
    )
    assert stale.made == [key, key]  # under the same name is now what would be signed wrongly
    document = json.loads(sqlite_installation.issue(award(retake=True)).body)
    assert document["name"] != "Another program"
    assert stale.made == [key] * 3
    assert log.getvalue() == ""


class BrokenKeyring:
    """Signers whose signatures are not of what they were given; what they were asked is counted."""

    def __init__(self, true: Any) -> None:
        self._true = true
        self.asked = 0

    def signer(self, key: Any) -> Any:
        true, keyring = self._true.signer(key), self

        class Broken:
            public_key = true.public_key

            def sign(self, message: bytes) -> bytes:
                keyring.asked += 1
                signature: bytes = true.sign(message + b"!")
                return signature

        return Broken()


@pytest.mark.parametrize("used_before", [False, True])
def test_a_signer_that_fails_lets_nothing_leave(
    sqlite_installation: Installation, log: io.StringIO, used_before: bool
) -> None:
    before = [sqlite_installation.issue().credential.uuid] if used_before else []
    keyring = BrokenKeyring(sqlite_installation.service.issue.keyring)
    outcome = issue_again(sqlite_installation, award(retake=True), keyring=keyring)
    assert isinstance(outcome, Error)
    assert outcome.code == "issue.self_verification_failed"
    assert keyring.asked == 2  # by the template, and by the general path
    assert sqlite_installation.rows() == before
    assert "template-differs" not in log.getvalue()  # the signer is at fault
    body = sqlite_installation.issue(award(retake=True)).body
    assert body == by_general_path(sqlite_installation, body, "hoshimigaoka")
