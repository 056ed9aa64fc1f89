"""What somebody handed us: the bytes as received, and views of them. There is no setter; nothing is ever re-serialized.

A view that could not be made is kept as the error that says why, so that the check it belongs to can answer.
"""

from dataclasses import dataclass

from jmc_vc.errors import Error, TooLarge, Unacceptable
from jmc_vc.formats import strict_json
from jmc_vc.formats.data_integrity.proof import Proof, read_proofs
from jmc_vc.formats.data_model.enveloped import (
    ENVELOPED_CREDENTIAL,
    ENVELOPED_PRESENTATION,
    EnvelopeMediaType,
    read_envelope,
)
from jmc_vc.formats.data_model.presentation import VERIFIABLE_PRESENTATION
from jmc_vc.formats.jose.compact_jws import NotAToken
from jmc_vc.formats.jose.token_kind import ANY_KIND, TokenKind, declared_kinds
from jmc_vc.formats.openbadges.credential import OpenBadgeCredential, read_credential
from jmc_vc.formats.openbadges.schema import Violation, badge_schema, violations
from jmc_vc.formats.status.entry import StatusEntry, status_entry
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.verifying.detect import Detected, Form
from jmc_vc.verifying.presented_token import PresentedToken, UnsupportedToken, read_token

MOST_STATUSES = 8
"""Each may cost a fetch; four purposes exist."""
MOST_KEYS = 4
"""Of the proofs in one document. Each is looked up in a document of its own; an issuer or holder signs with keys of two
or three kinds side by side."""


class NotACredential(Unacceptable):
    """JSON, but nothing that says it is a verifiable credential."""

    code = "verify.not_a_credential"


class OlderOpenBadge(Unacceptable):
    """An Open Badges 2.0 assertion: it has no proof of its own that could be checked here."""

    code = "verify.open_badges_2"


class APresentation(Unacceptable):
    """A presentation: what it shows has a verdict of its own each, and is asked about one by one."""

    code = "verify.presentation"


class TooManyParts(Unacceptable):
    """More status entries, or proofs by more keys, than a credential can reasonably have; or tokens by more RSA keys
    than one request may bring."""

    code = "verify.too_many_parts"


@dataclass(frozen=True, kw_only=True)
class Presented:
    """`document` is the credential as parsed, empty when the token that should hold one cannot be read; `token` is
    what encloses it, None for plain JSON, or why it cannot be read; the rest are views of the document, or why there
    is none. `proofs` is empty for a credential that a token alone secures."""

    data: bytes
    document: JsonObject
    token: PresentedToken | Error | None
    proofs: tuple[Proof, ...] | Error
    violations: tuple[Violation, ...]
    credential: OpenBadgeCredential | Error
    statuses: tuple[StatusEntry | Error, ...]

    @property
    def issuer_id(self) -> str | None:
        """Who the credential says issued it; None if it does not say so readably."""
        issuer = self.document.get("issuer")
        found = issuer.get("id") if isinstance(issuer, dict) else issuer
        return found if isinstance(found, str) else None


def read_presented(detected: Detected) -> Presented:
    """The views of a credential. Raises Malformed for what is no JSON, TooLarge, and Unacceptable for what is no single
    credential."""
    if detected.form is Form.TOKEN:
        return _enclosed(detected.data, detected.data.decode("ascii", "replace"))
    return present_document(strict_json.parse_object(detected.data), detected.data)


def present_document(document: JsonObject, data: bytes) -> Presented:
    """The views of a credential that was parsed already, as one inside a presentation; `data` is what it came in.
    Raises as `read_presented` does."""
    types, contexts = _listed(document.get("type")), _listed(document.get("@context"))
    if ENVELOPED_CREDENTIAL in types:
        token = read_envelope(document)
        return _enclosed(data, token.text, declared_kinds(token))
    if {VERIFIABLE_PRESENTATION, ENVELOPED_PRESENTATION} & {each for each in types if isinstance(each, str)}:
        raise APresentation
    if "payload" in document and {"signature", "signatures"} & document.keys():
        return _unreadable(data, NotAToken())  # the JSON serialization, of which two readers may see two signatures
    if "Assertion" in types and "https://w3id.org/openbadges/v2" in contexts:
        raise OlderOpenBadge
    if not contexts or not types:
        raise NotACredential
    return _presented(data, document, None)


def require_few_keys(proofs: tuple[Proof, ...]) -> None:
    """Raises TooManyParts when the proofs of one document name more than MOST_KEYS."""
    if len({each.verification_method for each in proofs}) > MOST_KEYS:
        raise TooManyParts(pointer="/proof")


def _enclosed(data: bytes, text: str, kinds: frozenset[TokenKind] = ANY_KIND) -> Presented:
    try:
        token = read_token(text, kinds)
    except (TooLarge, UnsupportedToken, EnvelopeMediaType):
        raise
    except Error as err:
        return _unreadable(data, err)
    return _presented(data, token.document, token)


def _unreadable(data: bytes, fault: Error) -> Presented:
    """A token that is no good whatever is in it: a report can say so, and needs nothing of its content."""
    return Presented(data=data, document={}, token=fault, proofs=(), violations=(), credential=fault, statuses=())


def _presented(data: bytes, document: JsonObject, token: PresentedToken | None) -> Presented:
    raw_statuses = _listed(document.get("credentialStatus"))
    proofs = () if token is not None and "proof" not in document else _proofs(document)
    if isinstance(proofs, tuple):
        require_few_keys(proofs)
    if len(raw_statuses) > MOST_STATUSES:
        raise TooManyParts
    return Presented(
        data=data,
        document=document,
        token=token,
        proofs=proofs,
        violations=violations(document, badge_schema(document)),
        credential=_credential(document),
        statuses=tuple(_status(entry) for entry in raw_statuses),
    )


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _proofs(document: JsonObject) -> tuple[Proof, ...] | Error:
    try:
        return read_proofs(document)
    except Error as err:
        return err


def _credential(document: JsonObject) -> OpenBadgeCredential | Error:
    try:
        return read_credential(document)
    except Error as err:
        return err


def _status(entry: object) -> StatusEntry | Error:
    try:
        return status_entry(entry if isinstance(entry, dict) else {})
    except Error as err:
        return err
