"""Whether the credential is the one of the person whom the caller asks about (OV-06), by a name, an e-mail address or a
DID. Made only when somebody asks.

Identifiers are compared as Open Badges 3.0 says (§9.3): of the same type, plain or hashed, to the letter. An address is
tried in small letters too, because that is how mail systems take it and how many issuers hash it. A name is compared
with every writing of it in the credential. Where it is the same only after folding (渡邉 and 渡辺, kana, width, case,
spaces), that is told: it may be the same person, and a look at an identity document decides.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Final

from jmc_vc.domain.person_name import search_key
from jmc_vc.errors import Error, Wording
from jmc_vc.formats.openbadges.recipient_hash import UnsupportedRecipientHash, matches
from jmc_vc.formats.openbadges.subject import AchievementSubject, Identifier, NameParts
from jmc_vc.verifying.check import Finding, failed, not_applicable, passed, unknown
from jmc_vc.verifying.evidence import Evidence
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Presented
from jmc_vc.verifying.wanted import Person

NAME: Final = Wording("氏名", "the name")
_EMAIL = Wording("メールアドレス", "the e-mail address")
_DID = Wording("DID", "the DID")


class _Likeness(IntEnum):
    """How well one thing agrees, the best first."""

    SAME = 0
    WEAK = 1
    """By a hash of MD5."""
    FOLDED = 2
    UNKNOWN = 3
    """There is nothing to compare it with."""
    OTHER = 4


@dataclass(frozen=True)
class _Compared:
    what: Wording
    likeness: _Likeness


def check(presented: Presented, evidence: Evidence, policy: Policy, now: datetime) -> Finding:
    """All that the caller knows of the person agrees with the credential."""
    wanted, credential = evidence.recipient, presented.credential
    if wanted is None:
        return not_applicable("recipient.not_asked")
    if isinstance(credential, Error):
        return unknown("recipient.not_read")
    compared = list(_compared(wanted, credential.subject))
    worst = max((each.likeness for each in compared), default=_Likeness.UNKNOWN)
    what = _listed([each.what for each in compared if each.likeness is worst])
    match worst:
        case _Likeness.OTHER:
            return failed("recipient.mismatch", what=what)
        case _Likeness.UNKNOWN:
            return unknown("recipient.not_comparable", what=what)
        case _Likeness.FOLDED:
            return passed("recipient.match_folded")
        case _Likeness.WEAK:
            return passed("recipient.match_weak")
        case _:
            return passed("recipient.match")


def _compared(wanted: Person, subject: AchievementSubject) -> Iterator[_Compared]:
    if wanted.name is not None:
        yield _Compared(NAME, _name(wanted.name, subject))
    if wanted.email is not None:
        yield _Compared(_EMAIL, _email(wanted.email, subject))
    if wanted.did is not None:
        yield _Compared(_DID, _did(wanted.did, subject))


def _name(name: str, subject: AchievementSubject) -> _Likeness:
    by_identifier = _identified((name,), subject, "name")
    if by_identifier in (_Likeness.SAME, _Likeness.WEAK):
        return by_identifier
    writings = set(_writings(subject))
    if name in writings:
        return _Likeness.SAME
    if search_key(name) in {search_key(each) for each in writings}:
        return _Likeness.FOLDED
    return _Likeness.OTHER if writings else by_identifier


def _email(email: str, subject: AchievementSubject) -> _Likeness:
    spellings = tuple(dict.fromkeys((email, email.lower())))
    found = _identified(spellings, subject, "emailAddress")
    if subject.id is None or not subject.id.lower().startswith("mailto:"):
        return found
    if subject.id[len("mailto:") :].lower() == email.lower():
        return _Likeness.SAME
    return _Likeness.OTHER if found is _Likeness.UNKNOWN else found


def _did(did: str, subject: AchievementSubject) -> _Likeness:
    if subject.id == did:
        return _Likeness.SAME
    found = _identified((did,), subject, "identifier")
    return _Likeness.OTHER if found is _Likeness.UNKNOWN and subject.id is not None else found


def _identified(values: Iterable[str], subject: AchievementSubject, kind: str) -> _Likeness:
    """How one of `values` agrees with the identifiers of that kind: the best of them counts (first match wins)."""
    found = [_likeness(each, value) for each in subject.identifiers if each.kind == kind for value in values]
    known = [each for each in found if each is not _Likeness.UNKNOWN]
    if known and min(known) is _Likeness.OTHER and len(known) < len(found):
        return _Likeness.UNKNOWN  # it may be the one that is hashed as nobody knows how
    return min(known, default=_Likeness.UNKNOWN)


def _likeness(identifier: Identifier, value: str) -> _Likeness:
    if identifier.kind == "emailAddress" and not identifier.hashed:
        return _Likeness.SAME if identifier.value.lower() == value.lower() else _Likeness.OTHER
    try:
        found = matches(identifier, value)
    except UnsupportedRecipientHash:
        return _Likeness.UNKNOWN
    if not found.matched:
        return _Likeness.OTHER
    return _Likeness.SAME if found.warning is None else _Likeness.WEAK


def _writings(subject: AchievementSubject) -> Iterator[str]:
    """The name in every way in which the credential has it in clear."""
    yield from (each.value for each in subject.identifiers if each.kind == "name" and not each.hashed)
    name = subject.recipient_name
    if name is None:
        return
    if name.full_name is not None:
        yield name.full_name
    for parts in (name.ja, name.kana, name.latn):
        if parts is not None:
            yield _joined(parts.family, parts.middle, parts.given)
            yield from _given_first(parts)


def _given_first(parts: NameParts) -> Iterator[str]:
    if parts.family and parts.given:
        yield _joined(parts.given, parts.middle, parts.family)
        if parts.middle:
            yield _joined(parts.family, parts.given, parts.middle)


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _listed(what: list[Wording]) -> Wording:
    return Wording("、".join(each.ja for each in what), " and ".join(each.en for each in what))
