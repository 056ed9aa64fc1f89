"""What two people sign: a dangerous act as canonical JSON (RFC 8785), and the signatures below it (Ed25519, RFC 8032).

    {"arguments": {…}, "at": "…", "command": "keys destroy", "installation": "https://…", "nonce": "…", "reason": "…"}

Both sign exactly these bytes after words that say what the signature is for: one made to propose confirms nothing, and
no other signature of an operator's key is either. The installation binds them to one place. The nonce makes each act
another one, and the database takes no act twice; `at` is when it was proposed, from which its end follows.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TypeAlias

from jmc_vc.domain.actor import Actor, ActorKind
from jmc_vc.domain.operator import JOINT, NotAnOperator
from jmc_vc.domain.proposal import Proposal
from jmc_vc.domain.readable_line import is_readable_line
from jmc_vc.errors import Error, Unavailable
from jmc_vc.formats import jcs, strict_json
from jmc_vc.formats.encoding.multikey import decode_multikey
from jmc_vc.formats.signature import verify
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.storage.operators import ReadOperators

Sign: TypeAlias = Callable[[bytes], bytes]
"""Makes the 64 bytes of an Ed25519 signature; the private key stays with its owner."""

NONCE_BYTES = 16
_WORDS = "jmc-vc two people v1"


class ProposalUnreadable(Unavailable):
    """The row holds no act of this installation as it was signed: the database was tampered with or damaged."""

    code = "proposal.unreadable"


class Role(StrEnum):
    """What a signature below an act says."""

    PROPOSE = "propose"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, kw_only=True)
class DangerousAct:
    """`command` is a name of the table of acts, `arguments` what it takes; `installation` is the base URL."""

    command: str
    arguments: JsonObject
    reason: str
    at: str
    installation: str
    nonce: str


_MEMBERS: Mapping[str, type] = {
    "command": str, "arguments": dict, "reason": str, "at": str, "installation": str, "nonce": str,
}  # fmt: skip


def written(act: DangerousAct) -> bytes:
    """The bytes that both sign."""
    return jcs.canonicalize(asdict(act))


def read_act(data: bytes, installation: str) -> DangerousAct:
    """The act in `data`. Raises ProposalUnreadable when it is none, or one of another installation, or gives a reason
    in which something could hide from whoever reads it."""
    try:
        members = strict_json.parse_object(data)
    except Error:
        raise ProposalUnreadable from None
    if {name: type(value) for name, value in members.items()} != _MEMBERS or members["installation"] != installation:
        raise ProposalUnreadable
    act = DangerousAct(**members)  # type: ignore[arg-type]  # the types were compared just now
    if written(act) != data or not is_readable_line(act.reason):
        raise ProposalUnreadable
    return act


def proposed_act(proposal: Proposal, installation: str) -> DangerousAct:
    """What was proposed. Raises ProposalUnreadable as `read_act` does, and when the row has another time than was
    signed."""
    act = read_act(proposal.act, installation)
    if act.at != proposal.proposed_at.isoformat():
        raise ProposalUnreadable
    return act


def signed_bytes(role: Role, act: bytes) -> bytes:
    """What is signed in that role."""
    return f"{_WORDS}\n{role}\n".encode() + act


def ensure_signed(operators: ReadOperators, name: str, role: Role, act: bytes, signature: bytes) -> None:
    """Raise NotAnOperator unless `signature` is by the registered key of `name`, who is an operator today."""
    operator = operators.get(name)
    if operator is None or operator.removed_at is not None:
        raise NotAnOperator
    if not verify(decode_multikey(operator.public_key), signature, signed_bytes(role, act)):
        raise NotAnOperator


def acting(*names: str) -> Actor:
    """One operator, or two together: `alice+bob`."""
    return Actor(kind=ActorKind.OPERATOR, id=JOINT.join(names))


def proposal_name(number: int) -> str:
    """What a proposal is called in the audit log."""
    return f"proposal-{number}"
