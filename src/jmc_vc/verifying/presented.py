"""What somebody handed us: the bytes as received, and views of them. There is no setter; nothing is ever re-serialized.

A view that could not be made is kept as the error that says why, so that the check it belongs to can answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from jmc_vc.errors import Error, TooLarge, Unacceptable
from jmc_vc.formats import strict_json
from jmc_vc.formats.bundle import TYPE as BUNDLE
from jmc_vc.formats.data_integrity.proof import Proof, read_proofs
from jmc_vc.formats.data_model.enveloped import (
    ENVELOPED_CREDENTIAL,
    ENVELOPED_PRESENTATION,
    EnvelopeMediaType,
    read_envelope,
)
from jmc_vc.formats.data_model.presentation import VERIFIABLE_PRESENTATION
from jmc_vc.formats.jose import compact_jws, sd_jwt, vp_claim
from jmc_vc.formats.jose.compact_jws import NotAToken
from jmc_vc.formats.jose.disclosed_credential import read_disclosed
from jmc_vc.formats.jose.sd_jwt_vc import SdJwtVc
from jmc_vc.formats.jose.token_kind import ANY_KIND, TokenKind, declared_kinds, kind_of
from jmc_vc.formats.jose.vc_jose import PRESENTATIONS
from jmc_vc.formats.openbadges.credential import OpenBadgeCredential, read_credential
from jmc_vc.formats.openbadges.endorsement import Endorsement, EndorsementCredential, read_endorsement
from jmc_vc.formats.openbadges.schema import Violation, badge_schema, endorsement_schema, violations
from jmc_vc.formats.status.entry import StatusEntry, status_entry
from jmc_vc.formats.status.token_status_list import TokenStatusReference, read_status_claim
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.verifying.detect import Detected, Notation
from jmc_vc.verifying.input import Form, Input
from jmc_vc.verifying.misplaced import ABundle, require_no_other_token
from jmc_vc.verifying.presented_token import PresentedToken, UnsupportedToken, read_token

Entry: TypeAlias = StatusEntry | TokenStatusReference
"""Where a credential says that its status stands."""

S = TypeVar("S")
T = TypeVar("T")

MOST_STATUSES = 8
"""Each may cost a fetch; four purposes exist."""
MOST_KEYS = 4
"""Of the proofs in one document. Each is looked up in a document of its own; an issuer or holder signs with keys of two
or three kinds side by side."""


MOST_ENDORSEMENTS = 8
"""Of one credential that are read: each is held against a schema, and may cost a fetch. Honest ones have one to three.
"""


class NotACredential(Unacceptable):
    """JSON, but nothing that says it is a verifiable credential."""

    code = "verify.not_a_credential"


class OlderOpenBadge(Unacceptable):
    """An Open Badges 2.0 assertion: what it says is at addresses of its issuer, which are not asked (VJ-75)."""

    code = "verify.open_badges_2"


class APresentation(Unacceptable):
    """A presentation, where one credential was asked for: what it shows has a verdict of its own each."""

    code = "verify.presentation"


class TooManyParts(Unacceptable):
    """More status entries, or proofs by more keys, than a credential can reasonably have; or tokens by more RSA keys
    than one request may bring."""

    code = "verify.too_many_parts"


@dataclass(frozen=True, kw_only=True)
class Secured:
    """A signed document, whatever it states. `document` is the document as parsed, empty when the token that should
    hold one cannot be read; `token` is what encloses it, None for plain JSON, or why it cannot be read; `proofs` are
    those in it, or what is wrong with them, and empty for a document that a token alone secures."""

    data: bytes
    document: JsonObject
    token: PresentedToken | Error | None
    proofs: tuple[Proof, ...] | Error

    @property
    def issuer_id(self) -> str | None:
        """Who the document says issued it; None if it does not say so readably."""
        issuer = self.document.get("issuer")
        found = issuer.get("id") if isinstance(issuer, dict) else issuer
        return found if isinstance(found, str) else None


@dataclass(frozen=True, kw_only=True)
class Presented(Secured):
    """A credential: `form` is how it is written, None for a token that cannot be read; the rest are views of the
    document, or why there is none, and of the `endorsements` in it."""

    form: Form | None
    violations: tuple[Violation, ...]
    credential: OpenBadgeCredential | Error
    statuses: tuple[Entry | Error, ...]
    endorsements: "tuple[PresentedEndorsement, ...]" = ()


@dataclass(frozen=True, kw_only=True)
class PresentedEndorsement(Secured):
    """An endorsement and its `place` in a credential, with the same views; nothing of it counts before its own proof
    has passed."""

    place: Endorsement

    violations: tuple[Violation, ...]
    credential: EndorsementCredential | Error
    statuses: tuple[Entry | Error, ...]


Stated: TypeAlias = Presented | PresentedEndorsement
"""What has an issuer, a period and a status: a credential, or an endorsement in it."""


@dataclass(frozen=True)
class Asked:
    """What somebody asks about, and in what form it came."""

    presented: Presented
    input: Input


def read_presented(detected: Detected) -> Presented:
    """The views of a credential. Raises Malformed for what is no JSON, TooLarge, and Unacceptable for what is no single
    credential."""
    if detected.notation is Notation.TOKEN:
        return _enclosed(detected.data, detected.data.decode("ascii", "replace"))
    return present_document(strict_json.parse_object(detected.data), detected.data)


def present_document(document: JsonObject, data: bytes) -> Presented:
    """The views of a credential that was parsed already, as one inside a presentation; `data` is what it came in.
    Raises as `read_presented` does."""
    types, contexts = _listed(document.get("type")), _listed(document.get("@context"))
    if ENVELOPED_CREDENTIAL in types:
        token = read_envelope(document)
        return _enclosed(data, token.text, declared_kinds(token), form=Form.ENVELOPED)
    if _is_presentation(document):
        raise APresentation
    if "payload" in document and {"signature", "signatures"} & document.keys():
        return _unreadable(data, NotAToken())  # the JSON serialization, of which two readers may see two signatures
    if _is_older(document):
        raise OlderOpenBadge
    if BUNDLE in types and not contexts:
        raise ABundle
    if not contexts or not types:
        raise NotACredential
    return _presented(data, document, None, Form.JSON)


def presentation_in(detected: Detected) -> JsonObject | str | None:
    """The presentation that was handed in, as a document or as a token; None for anything else, whatever is wrong with
    it. Raises parse.* for JSON that cannot be read."""
    if detected.notation is Notation.TOKEN:
        text = detected.data.decode("ascii", "replace")
        return text if _is_presentation_token(text) else None
    if b"Presentation" not in detected.data:
        return None  # and a credential need not be parsed twice; with letters written as escapes it is refused as one
    document = strict_json.parse_object(detected.data)
    return document if _is_presentation(document) else None


def _endorsement(place: Endorsement) -> PresentedEndorsement:
    """Never raises for what is wrong with it."""
    content, token = place.content, None
    try:
        if isinstance(content, str):
            token = read_token(content)
            content = token.document
        proofs, statuses = _some_proofs(content, token), _statuses(content)
        if len(statuses) > MOST_STATUSES:
            raise TooManyParts
    except Error as err:
        return _unreadable_endorsement(place, err)
    return PresentedEndorsement(
        place=place,
        data=b"",
        document=content,
        token=token,
        proofs=proofs,
        violations=violations(content, endorsement_schema(content)),
        credential=_or_why_not(read_endorsement, content),
        statuses=statuses,
    )


def read_secured(detected: Detected) -> Secured:
    """The document of somebody else than the presenter, of whatever kind: a status list, for one. Raises parse.*,
    verify.too_many_parts, and for a token that cannot be read what is wrong with it."""
    if detected.notation is Notation.TOKEN:
        return _in_token(detected, read_token(detected.data.decode("ascii", "replace")))
    document = strict_json.parse_object(detected.data)
    if ENVELOPED_CREDENTIAL in _listed(document.get("type")):
        envelope = read_envelope(document)
        return _in_token(detected, read_token(envelope.text, declared_kinds(envelope)))
    return Secured(data=detected.data, document=document, token=None, proofs=_some_proofs(document, None))


def require_few_keys(proofs: tuple[Proof, ...]) -> None:
    """Raises TooManyParts when the proofs of one document name more than MOST_KEYS."""
    if len({each.verification_method for each in proofs}) > MOST_KEYS:
        raise TooManyParts(pointer="/proof")


_FORMS: Mapping[TokenKind, Form] = {
    TokenKind.OB3_VC_JWT: Form.VC_JWT,
    TokenKind.VC_JWT: Form.VC_JOSE,
    TokenKind.VC_SD_JWT: Form.VC_JOSE,
    TokenKind.DC_SD_JWT: Form.SD_JWT_VC,
}
_OPEN_BADGES_2 = "https://w3id.org/openbadges/v2"
_PRESENTATION_TYPES = frozenset({VERIFIABLE_PRESENTATION, ENVELOPED_PRESENTATION})


def _enclosed(data: bytes, text: str, kinds: frozenset[TokenKind] = ANY_KIND, *, form: Form | None = None) -> Presented:
    try:
        token = read_token(text, kinds)
    except (TooLarge, UnsupportedToken, EnvelopeMediaType):
        raise
    except Error as err:
        _require_not_older(text)
        if form is None:
            require_no_other_token(text)
        return _unreadable(data, err, form)
    if form is None and token.kind is TokenKind.OB3_VC_JWT:
        require_no_other_token(text)
    if token.claims is not None:
        return _of_claims(data, token, token.claims, form or Form.SD_JWT_VC)
    return _presented(data, token.document, token, form or _FORMS[token.kind])


def _unreadable(data: bytes, fault: Error, form: Form | None = None) -> Presented:
    """A token that is no good whatever is in it: a report can say so, and needs nothing of its content."""
    return Presented(
        data=data, document={}, token=fault, proofs=(), form=form, violations=(), credential=fault, statuses=()
    )


def _presented(data: bytes, document: JsonObject, token: PresentedToken | None, form: Form) -> Presented:
    proofs, statuses = _some_proofs(document, token), _statuses(document)
    if len(statuses) > MOST_STATUSES:
        raise TooManyParts
    credential = _or_why_not(read_credential, document)
    return Presented(
        data=data,
        document=document,
        token=token,
        proofs=proofs,
        form=form,
        violations=_violations(document),
        credential=credential,
        statuses=statuses,
        endorsements=() if isinstance(credential, Error) else _endorsements(credential.endorsements),
    )


def _endorsements(places: tuple[Endorsement, ...]) -> tuple[PresentedEndorsement, ...]:
    most, more = places[:MOST_ENDORSEMENTS], places[MOST_ENDORSEMENTS:]
    return (*map(_endorsement, most), *(_unreadable_endorsement(each, TooManyParts()) for each in more))


def _of_claims(data: bytes, token: PresentedToken, claims: SdJwtVc, form: Form) -> Presented:
    """An SD-JWT VC, which is no document: its claims are read instead."""
    try:
        status = read_status_claim(claims.claims)
        statuses: tuple[TokenStatusReference | Error, ...] = () if status is None else (status,)
    except Error as err:
        statuses = (err,)
    return Presented(
        data=data,
        document=token.document,
        token=token,
        proofs=(),
        form=form,
        violations=(),
        credential=_or_why_not(read_disclosed, claims),
        statuses=statuses,
    )


def _unreadable_endorsement(place: Endorsement, fault: Error) -> PresentedEndorsement:
    return PresentedEndorsement(
        place=place, data=b"", document={}, token=fault, proofs=(), violations=(), credential=fault, statuses=()
    )


def _is_presentation(document: JsonObject) -> bool:
    return not _PRESENTATION_TYPES.isdisjoint(each for each in _listed(document.get("type")) if isinstance(each, str))


def _is_presentation_token(text: str) -> bool:
    try:
        jws = sd_jwt.read(text).jws if "~" in text else compact_jws.read(text)
        kind = kind_of(jws.header)
        may_hold_one = kind is TokenKind.OB3_VC_JWT and f'"{vp_claim.CLAIM}"'.encode() in jws.payload
        return kind in PRESENTATIONS or (may_hold_one and vp_claim.CLAIM in jws.claims())
    except Error:
        return False


def _is_older(document: JsonObject) -> bool:
    types, contexts = _listed(document.get("type")), _listed(document.get("@context"))
    return "Assertion" in types and _OPEN_BADGES_2 in contexts


def _require_not_older(text: str) -> None:
    """A badge of Open Badges 2.0 may be a token too, of which ours would say only what is wrong with it."""
    try:
        older = _is_older(compact_jws.read(text).claims())
    except Error:
        return
    if older:
        raise OlderOpenBadge


def _in_token(detected: Detected, token: PresentedToken) -> Secured:
    proofs = _some_proofs(token.document, token)
    return Secured(data=detected.data, document=token.document, token=token, proofs=proofs)


def _some_proofs(document: JsonObject, token: PresentedToken | None) -> tuple[Proof, ...] | Error:
    """The proofs of a document, which a token does without. Raises TooManyParts."""
    proofs = () if token is not None and "proof" not in document else _proofs(document)
    if isinstance(proofs, tuple):
        require_few_keys(proofs)
    return proofs


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _proofs(document: JsonObject) -> tuple[Proof, ...] | Error:
    try:
        return read_proofs(document)
    except Error as err:
        return err


def _or_why_not(read: Callable[[S], T], source: S) -> T | Error:
    try:
        return read(source)
    except Error as err:
        return err


def _violations(document: JsonObject) -> tuple[Violation, ...]:
    """Open Badges 3.0 has one status entry, where the data model of W3C has a list: each is held against the schema as
    if it stood alone."""
    schema, listed = badge_schema(document), document.get("credentialStatus")
    each_alone = [{**document, "credentialStatus": each} for each in listed] if isinstance(listed, list) else []
    found = (each for alone in each_alone or [document] for each in violations(alone, schema))
    return tuple(dict.fromkeys(found))


def _statuses(document: JsonObject) -> tuple[StatusEntry | Error, ...]:
    return tuple(_status(entry) for entry in _listed(document.get("credentialStatus")))


def _status(entry: object) -> StatusEntry | Error:
    return _or_why_not(status_entry, entry if isinstance(entry, dict) else {})
