"""VerifiablePresentation: which credentials somebody shows, and what secures each of them.

https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations

Every credential of a presentation gets a verdict of its own, so one that is bad is not judged here: it is handed out
like the others, and what is wrong with it is found when it is verified.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.data_model.enveloped import ENVELOPED_CREDENTIAL, ENVELOPED_PRESENTATION
from jmc_vc.formats.data_model.shape import DataModel, data_model_of, id_in, id_of, parts_of, types_of
from jmc_vc.formats.openbadges.member import Node
from jmc_vc.formats.strict_json import JsonObject

VERIFIABLE_PRESENTATION: Final = "VerifiablePresentation"

MOST_CREDENTIALS: Final = 20
"""Each costs a verification, with keys and status lists to fetch from hosts that the sender chose. Somebody who shows
everything from four years of study has about a dozen."""


class BadHolder(Unacceptable):
    """`holder` is neither a URL nor an object with a URL as its id."""

    code = "vp.holder"


class BadPresented(Unacceptable):
    """`verifiableCredential` holds something else than objects: a token or a URL as text, for example."""

    code = "vp.credential"


class NestedPresentation(Unacceptable):
    """A presentation stands where a credential has to. Refused at the first, so that depth costs nothing."""

    code = "vp.nested"


class TooManyPresented(Unacceptable):
    """More than `limit` credentials."""

    code = "vp.limit"


class NotSecured(Unacceptable):
    """Nothing secures this credential: anybody may have written it."""

    code = "vp.unsecured"


class NotByHolder(Unacceptable):
    """Somebody else than the holder made the proof of the presentation, and it has to be the holder's."""

    code = "vp.holder_key"


class Securing(StrEnum):
    """What secures a credential in a presentation."""

    PROOF = "proof"
    """Its own embedded proof."""
    ENVELOPE = "envelope"
    """The token in its `data:` URL: `enveloped.read_envelope` takes it out."""
    PRESENTATION = "presentation"
    """The presentation alone. Enough only because the holder says it of himself: he is the issuer."""
    NOTHING = "nothing"
    """No proof, and the issuer is not the holder: anybody may have written it."""


@dataclass(frozen=True)
class PresentedCredential:
    """One credential as it was shown, not judged yet; `pointer` is its place in the presentation."""

    document: JsonObject
    pointer: str
    securing: Securing


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """A presentation that keeps the rules. `holder` is his id, if he names himself: it is the proof that shows whether
    he is the one."""

    data_model: DataModel
    id: str | None
    types: tuple[str, ...]
    holder: str | None
    credentials: tuple[PresentedCredential, ...]


def read_presentation(document: JsonObject, *, pointer: str = "") -> Presentation:
    """What `document` shows (VC-10); `pointer` is where it stands in a greater one.

    An EnvelopedVerifiablePresentation is not read here: its token holds the presentation, and has to be verified first.

    Raises vc.context, vc.id, vc.type, vc.member, vp.holder, vp.credential, vp.nested, vp.limit."""
    node = Node(document, pointer)
    data_model = data_model_of(node)
    types = types_of(node, VERIFIABLE_PRESENTATION)
    holder = _holder(node)
    for policy in parts_of(node, "termsOfUse"):
        types_of(policy)
        id_of(policy)
    return Presentation(
        data_model=data_model,
        id=id_of(node),
        types=types,
        holder=holder,
        credentials=tuple(
            PresentedCredential(each.members, each.pointer, _securing(each, holder)) for each in _presented(node)
        ),
    )


def _holder(node: Node) -> str | None:
    if not node.has("holder"):
        return None
    holder = id_in(node.members["holder"])
    if holder is None:
        raise BadHolder(pointer=node.at("holder"))
    return holder


def _presented(node: Node) -> list[Node]:
    value = node.members.get("verifiableCredential", [])
    at = node.at("verifiableCredential")
    shown = value if isinstance(value, list) else [value]
    if len(shown) > MOST_CREDENTIALS:
        raise TooManyPresented(pointer=at, limit=MOST_CREDENTIALS)
    found = []
    for position, each in enumerate(shown):
        where = f"{at}/{position}" if isinstance(value, list) else at
        if not isinstance(each, dict):
            raise BadPresented(pointer=where)
        found.append(Node(each, where))
    return found


def _securing(credential: Node, holder: str | None) -> Securing:
    written = credential.members.get("type")
    types = written if isinstance(written, list) else [written]
    if VERIFIABLE_PRESENTATION in types or ENVELOPED_PRESENTATION in types:
        raise NestedPresentation(pointer=credential.pointer)
    if ENVELOPED_CREDENTIAL in types:
        return Securing.ENVELOPE
    if credential.has("proof"):
        return Securing.PROOF
    if holder is not None and id_in(credential.members.get("issuer")) == holder:
        return Securing.PRESENTATION
    return Securing.NOTHING
