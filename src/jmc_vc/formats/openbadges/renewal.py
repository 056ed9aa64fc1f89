"""When two documents are the same credential, and which of them counts (OB-09); where a newer one is found (OB-35).

https://www.imsglobal.org/spec/ob/v3p0/#equality and https://www.imsglobal.org/spec/vccr/v1p0/
"""

from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from jmc_vc.formats.openbadges.credential import OpenBadgeCredential
from jmc_vc.formats.openbadges.recipient_hash import UnsupportedRecipientHash, matches
from jmc_vc.formats.openbadges.subject import AchievementSubject, Identifier

REFRESH = "1EdTechCredentialRefresh"


def normalized(uri: str) -> bytes:
    """`uri` as it is compared: percent-decoded once, then without white space at its ends. Bytes, because what an
    escape stands for need not be text; letters keep their case."""
    return unquote_to_bytes(uri.encode("utf-8", "surrogatepass")).strip()


def identity(credential: OpenBadgeCredential) -> tuple[bytes, bytes]:
    """What makes a credential the one that it is: the ids of its issuer and its own, normalized."""
    return normalized(credential.issuer.id), normalized(credential.id or "")


def same_credential(one: OpenBadgeCredential, other: OpenBadgeCredential) -> bool:
    """The two documents are copies or versions of one credential."""
    return identity(one) == identity(other)


def replaces(new: OpenBadgeCredential, old: OpenBadgeCredential) -> bool:
    """`new` takes the place of `old`: the same credential with a later `validFrom`.

    For the same moment or an earlier one the specification has no rule. Ours: the one that is there stays, so that
    nobody takes a correction back by handing in the first copy again, and sending a copy twice changes nothing. Both
    are to be verified first; this compares what they say."""
    return same_credential(new, old) and new.valid_from.instant > old.valid_from.instant


def same_subject(new: AchievementSubject, old: AchievementSubject) -> bool:
    """The two are about one person: the same id, or without ids an identifier or name that agrees, and no kind of which
    none does. Hashes under other salts tell nothing."""
    if new.id is not None or old.id is not None:
        return new.id == old.id
    ours, theirs = set(_identified_by(old)), set(_identified_by(new))
    if ours == theirs:
        return True
    compared = [
        {_agree(one, other) for one in ours for other in theirs if one.kind == other.kind == kind}
        for kind in {each.kind for each in ours}
    ]
    return any(True in each for each in compared) and not any(False in each and True not in each for each in compared)


def _identified_by(subject: AchievementSubject) -> Iterator[Identifier]:
    yield from subject.identifiers
    if subject.recipient_name is not None and subject.recipient_name.full_name is not None:
        yield Identifier(kind="name", hashed=False, value=subject.recipient_name.full_name, salt=None)


def _agree(one: Identifier, other: Identifier) -> bool | None:
    """None where nobody can tell."""
    if one.hashed and other.hashed:
        return one.value.lower() == other.value.lower() if one.salt == other.salt else None
    hashed, plain = (one, other) if one.hashed else (other, one)
    try:
        return matches(hashed, plain.value).matched
    except UnsupportedRecipientHash:
        return None


def refresh_address(credential: OpenBadgeCredential) -> str | None:
    """Where the newest version can be asked for, over HTTPS; None if nowhere, or by a method that we do not know.

    To be asked once, after the proof has passed; the answer counts when it verifies by itself and is the same
    credential, and otherwise the presented one does."""
    service = credential.refresh_service
    if service is None or service.type != REFRESH or not service.id.lower().startswith("https://"):
        return None
    return service.id
