"""When two documents are the same credential, and which of them counts (OB-09); where a newer one is found (OB-35).

https://www.imsglobal.org/spec/ob/v3p0/#equality and https://www.imsglobal.org/spec/vccr/v1p0/
"""

from urllib.parse import unquote_to_bytes

from jmc_vc.formats.openbadges.credential import OpenBadgeCredential

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


def refresh_address(credential: OpenBadgeCredential) -> str | None:
    """Where the newest version can be asked for, over HTTPS; None if nowhere, or by a method that we do not know.

    To be asked once, after the proof has passed; the answer counts when it verifies by itself and is the same
    credential, and otherwise the presented one does."""
    service = credential.refresh_service
    if service is None or service.type != REFRESH or not service.id.lower().startswith("https://"):
        return None
    return service.id
