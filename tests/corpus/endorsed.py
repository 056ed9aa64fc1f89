"""Badges with what others say in them: endorsements, and the mark of the accrediting body. Whatever is wrong with that
takes nothing from the badge, and must not be shown as said."""

import copy
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.builders import endorsements
from tests.builders.installation import make_installation
from tests.corpus.bad_documents import ALTERED
from tests.corpus.case import ACCREDITED, Case, Finding, Findings, Kind, fails, passed, unknown
from tests.corpus.documents import BASE_URL, at, changed, entry, pottery, registered, status_list
from tests.corpus.issuers import GUILD, JMC, POTTERY, REGISTERED, THIEF, Issuer, Json, did_key, signed
from tests.corpus.keys import ED25519, key

ACHIEVEMENT = "credentialSubject/achievement"
PLACES = {"achievement": ACHIEVEMENT, "issuer": "issuer"}
LIST = f"{GUILD.base}/status/1"


def endorsement(issuer: Issuer = GUILD, *, about: str | None = None, did: str | None = None, **changes: Any) -> Json:
    """An unsigned endorsement of the achievement of the badge."""
    return endorsements.endorsement(
        about or f"{POTTERY.base}/achievements/1",
        issuer={"id": did or issuer.did, "type": ["Profile"], "name": issuer.name},
        **changes,
    )


def holding(*said: Any, place: str = "achievement", suite: str | None = None) -> Json:
    """A badge with endorsements, documents or tokens, under its own signature."""
    return POTTERY.sign(_with(pottery(), said, PLACES[place]), suite=suite)


def _with(document: Json, said: tuple[Any, ...], place: str) -> Json:
    made = document
    for name, of_kind in (("endorsement", dict), ("endorsementJwt", str)):
        if found := [each for each in said if isinstance(each, of_kind)]:
            made = at(made, f"{place}/{name}", found)
    return made


def by_a_stranger() -> Json:
    did, method = did_key(key(ED25519, "loose"))
    return signed(endorsement(did=did), key(ED25519, "loose"), method)


def altered() -> Json:
    return at(GUILD.sign(endorsement()), "credentialSubject/endorsementComment", "Best of all")


def spoiled_token() -> str:
    head, _, signature = GUILD.token(endorsement()).rpartition(".")
    return f"{head}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"


GENUINE_ONE, ALL_GENUINE = passed("endorsement.genuine"), passed("endorsement.all_genuine")
NOT_GENUINE, ENDED, NOT_CHECKED = (
    fails("endorsement.not_genuine"), fails("endorsement.ended"), unknown("endorsement.not_checked"),
)  # fmt: skip


def _endorsed(
    name: str, what: str, body: Callable[[], Json], *found: Finding, defect: str | None = None,
    finding: Finding = ALL_GENUINE, ids: tuple[str, ...] = (), **more: Any,
) -> Case:  # fmt: skip
    return Case(
        name=name, what=f"a badge with {what}", body=body, found={"endorsement": finding}, endorsements=found,
        defect=defect, fault=None if defect is None else "endorsement", ids=ids, **more,
    )  # fmt: skip


def _not_endorsed(
    name: str, defect: str, said: Callable[[], Any], code: str, finding: Finding = NOT_GENUINE, *ids: str, **more: Any
) -> Case:
    outcome = unknown if finding is NOT_CHECKED else fails
    return _endorsed(
        name, "an endorsement", lambda: holding(said()), outcome(code), defect=defect, finding=finding, ids=ids, **more
    )


ENDORSED: tuple[Case, ...] = (
    _endorsed("endorsed", "an endorsement of its achievement", lambda: holding(GUILD.sign(endorsement())),
              GENUINE_ONE),
    _endorsed("endorsed-issuer", "an endorsement of its issuer",
              lambda: holding(GUILD.sign(endorsement(about=POTTERY.did)), place="issuer"), GENUINE_ONE),
    _endorsed("endorsed-by-a-stranger", "an endorsement by somebody who is their key", lambda: holding(by_a_stranger()),
              GENUINE_ONE),
    _endorsed("endorsed-in-a-token", "an endorsement that is a VC-JWT", lambda: holding(GUILD.token(endorsement())),
              GENUINE_ONE),
    _endorsed("endorsed-over-json", "an endorsement under eddsa-jcs-2022, in a badge under the same",
              lambda: holding(GUILD.sign(endorsement(), suite="eddsa-jcs-2022"), suite="eddsa-jcs-2022"), GENUINE_ONE),
    _endorsed("endorsed-twice", "an endorsement as a document and one as a token",
              lambda: holding(GUILD.sign(endorsement()), GUILD.token(endorsement())), GENUINE_ONE, GENUINE_ONE),
    _not_endorsed("endorsement-altered", "the endorsement was made kinder after signing", altered, "proof.crypto",
                  NOT_GENUINE, "VJ-76"),
    _not_endorsed("endorsement-token-altered", "the signature of the endorsement is another's", spoiled_token,
                  "proof.crypto"),
    _not_endorsed("endorsement-not-signed", "nobody signed the endorsement", endorsement, "proof.missing"),
    _not_endorsed("endorsement-of-another", "the endorsement is of another achievement",
                  lambda: GUILD.sign(endorsement(about="https://elsewhere.example/achievements/1")),
                  "endorsement.other_subject"),
    _not_endorsed("endorsement-in-the-name-of", "the endorsement is in the guild's name, by another's key",
                  lambda: THIEF.sign(endorsement()), "key.binding"),
    _not_endorsed("endorsement-expired", "the endorsement's time is over",
                  lambda: GUILD.sign(endorsement(validUntil="2026-11-01T00:00:00Z")), "validity.expired", ENDED),
    _not_endorsed("endorsement-later", "the endorsement counts from next year on",
                  lambda: GUILD.sign(endorsement(validFrom="2027-01-01T00:00:00Z")), "validity.not_yet", ENDED),
    _not_endorsed("endorsement-revoked", "the endorsement was revoked",
                  lambda: GUILD.sign(endorsement(credentialStatus=entry(LIST, 9))), "status.revoked", ENDED,
                  serves=lambda: {LIST: GUILD.sign(status_list(LIST, issuer=GUILD))}),
    _not_endorsed("endorsement-list-down", "the endorsement's status list is not to be had",
                  lambda: GUILD.sign(endorsement(credentialStatus=entry(f"{GUILD.base}/status/down"))),
                  "status.retrieval", NOT_CHECKED),
    _not_endorsed("endorsement-host-down", "the endorser's host does not answer",
                  lambda: Issuer("gone.example", "Gone", "guild").sign(endorsement(did="did:web:gone.example")),
                  "proof.key_missing", NOT_CHECKED),
    _not_endorsed("endorsement-suite-unknown", "the endorsement has a cryptosuite that nobody has",
                  lambda: at(GUILD.sign(endorsement()), "proof/cryptosuite", "foo-2099"), "proof.suite_unsupported",
                  NOT_CHECKED),
    _endorsed("endorsed-and-not", "two endorsements",
              lambda: holding(GUILD.sign(endorsement()), {**altered(), "id": "urn:uuid:1"}), GENUINE_ONE,
              fails("proof.crypto"), defect="the second was altered", finding=NOT_GENUINE),
    Case(name="endorsement-added", what="a badge, altered after signing", defect="a good endorsement was added",
         kind=Kind.BAD, fault="proof", found={**ALTERED, "endorsement": passed("endorsement.all_genuine")},
         body=lambda: _with(POTTERY.sign(pottery()), (GUILD.sign(endorsement()),), ACHIEVEMENT)),
)  # fmt: skip


# --- marks ------------------------------------------------------------------------------------------------------------


def mark(**changes: Any) -> Json:
    """The unsigned mark of the program, with the digest of what was approved. `changes` replace members."""
    return {**copy.deepcopy(_mark()), **changes}


@cache
def _mark() -> Json:
    with TemporaryDirectory() as folder:
        installation = make_installation(Path(folder), base_url=BASE_URL)
        made = endorsements.mark(installation)
        installation.service.database.close()
    assert made["issuer"]["id"] == JMC.did
    return made


def marked(said: Json, document: Json | None = None, by: Issuer = REGISTERED) -> Json:
    return by.sign(_with(registered() if document is None else document, (said,), ACHIEVEMENT))


def _marked(
    name: str, what: str, body: Callable[[], Json], finding: Finding, defect: str | None = None, *,
    found: Findings = ACCREDITED, **more: Any,
) -> Case:  # fmt: skip
    return Case(
        name=name, what=what, body=body, defect=defect, fault=None if defect is None else "mark",
        found={**found, "mark": finding}, endorsements=more.pop("said", (finding,)), **more,
    )  # fmt: skip


A_MARK = "an accredited program's credential with a mark"
OTHER_DIGEST = {"jmc:contentDigest": "sha-256:" + "0" * 64}
MARKED: tuple[Case, ...] = (
    _marked("mark", "an accredited program's credential with its mark", lambda: marked(JMC.sign(mark())),
            passed("mark.bound")),
    _marked("mark-of-an-accreditation-that-ended", "the same after the accreditation has ended",
            lambda: marked(JMC.sign(mark())), passed("mark.ended_since"), at=datetime(2030, 1, 1, tzinfo=UTC)),
    _marked("mark-other-digest", A_MARK, lambda: marked(JMC.sign(mark(**OTHER_DIGEST))), fails("mark.digest"),
            "the mark is for other content"),
    _marked("mark-no-digest", A_MARK,
            lambda: marked(JMC.sign(changed(mark(), lambda d: d.pop("jmc:contentDigest")))), fails("mark.digest"),
            "the mark does not say for what content it is"),
    _marked("mark-altered", A_MARK, lambda: marked({**JMC.sign(mark()), "jmc:criteriaVersion": "9"}),
            fails("mark.not_genuine"), "the mark was altered after signing"),
    _marked("mark-of-another-program", A_MARK,
            lambda: marked(JMC.sign(at(mark(), "credentialSubject/id", f"{BASE_URL}/programs/JMC-P-900003/v/1"))),
            fails("mark.not_genuine"), "the mark is that of another program"),
    _marked("mark-forged", A_MARK, lambda: marked(THIEF.sign(mark())), fails("mark.not_genuine"),
            "the mark is signed by another"),
    _marked("mark-suite-unknown", A_MARK,
            lambda: marked(at(JMC.sign(mark()), "proof/cryptosuite", "foo-2099")), unknown("mark.not_checked"),
            "the mark has a cryptosuite that nobody has"),
    _marked("mark-copied-to-a-badge-of-another", "a badge of another vendor with a mark",
            lambda: marked(JMC.sign(mark()), pottery(), POTTERY), fails("mark.not_genuine"),
            "the mark is for somebody else's program", found={}),
    _marked("mark-on-the-same-words-of-another", "a badge of another vendor with the words of an accredited program",
            lambda: marked(JMC.sign(mark()), at(registered(), "issuer/id", POTTERY.did), POTTERY),
            fails("mark.other_content"), "the mark is for the program of its own issuer",
            found={"issuer": unknown("issuer.impersonation_suspected")}),
)  # fmt: skip
