"""What we write into the public log: one JSON object an entry, in its one canonical spelling (RFC 8785).

Every entry has a `type` of the closed set below and `at`, when it was written, in UTC to the second. Everybody can read
all of it for ever, and nothing can be taken back. That is why there is no free text, no name, no address of a person,
and why each member is one that may be public:

- `issuer`, `did`, `owner`, `number`: issuers and programs are public in the register.
- `kid`, `algorithm`, `publicKeyMultibase`: stand in the public DID document.
- `format`, `list`, `index`: a place in a status list that anyone may fetch. Who holds the credential finds its entry by
  it, as a verifier must; to all others it means nothing, and its order is unguessable. How many credentials an issuer
  issued, and when, becomes known: so it shall, for otherwise a false one could be slipped in.
- `digest`: over 16 random bytes and the hash of the signature. It shows that the credential at this place is the very
  one that was signed, but only to who is given the salt; with the salt destroyed it is a random number.
- `state`: the status list says the same.
- `contentDigest`, `documentDigest`, `decision`, and the `digest` of a DID document: of documents that are published
  whole.
- `entries`, `hash`: a count and the head of a hash chain over entries that hold no personal data.
- `reason` of a restart, `origin`, `size`, `root`, `kept`: about the log alone.

A credential's address is a secret (who has it may open its page), so neither the address nor the UUID in it is here.
The award date, its program and its results belong to the learner and are left out too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from jmc_vc.errors import Malformed
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jcs import NotCanonicalizable, canonicalize
from jmc_vc.formats.strict_json import JsonObject, Limits, parse_object
from jmc_vc.formats.transparency import entry_forms as forms
from jmc_vc.formats.transparency.entry_forms import Form
from jmc_vc.formats.transparency.entry_types import (
    AuditHead,
    BadLogEntry,
    CredentialIssued,
    DidDocumentPublished,
    IssuerChanged,
    KeyChanged,
    LogEntry,
    LogRestarted,
    ProgramChanged,
    StatusChanged,
)

LIMITS: Final = Limits(bytes=4_096, depth=2, values=32)
"""Of an entry of ours: flat, with up to nine members, of which two can be long (a DID and an RSA key)."""
SALT_LENGTH: Final = 16
"""Bytes: too many to try, while the rest of a digest could be known to somebody."""


class NotALogEntry(Malformed):
    """Not the canonical JSON of an entry of a type that we know."""

    code = "log.entry_syntax"


@dataclass(frozen=True)
class EntryType:
    """The class of a type's entries, and its members beside `type` and `at`: name → (attribute, form)."""

    entry: type[LogEntry]
    required: Mapping[str, tuple[str, Form]]
    optional: Mapping[str, tuple[str, Form]] = field(default_factory=dict)


ENTRY_TYPES: Final[Mapping[str, EntryType]] = {
    "credential": EntryType(CredentialIssued, {
        "issuer": ("issuer", forms.did),
        "kid": ("kid", forms.kid),
        "format": ("format", forms.one_of("json", "jwt", "sd-jwt")),
        "list": ("list_number", forms.count),
        "index": ("status_index", forms.count),
        "digest": ("digest", forms.sha256_base64url),
    }),
    "status": EntryType(StatusChanged, {
        "issuer": ("issuer", forms.did),
        "list": ("list_number", forms.count),
        "index": ("status_index", forms.count),
        "state": ("state", forms.one_of("active", "suspended", "revoked")),
    }),
    "program": EntryType(ProgramChanged, {
        "number": ("number", forms.program_number),
        "version": ("version", forms.program_version),
        "event": ("event", forms.one_of("submitted", "approved", "suspended", "reinstated", "withdrawn")),
        "contentDigest": ("content_digest", forms.jcs_digest),
    }, optional={
        "decision": ("decision", forms.decision_number),
    }),
    "key": EntryType(KeyChanged, {
        "owner": ("owner", forms.did),
        "kid": ("kid", forms.kid),
        "algorithm": ("algorithm", forms.one_of(*KeyAlgorithm)),
        "publicKeyMultibase": ("public_key", forms.multikey),
        "event": ("event", forms.one_of(
            "created", "imported", "published", "activated", "retired", "compromised", "destroyed",
        )),
    }, optional={
        "since": ("since", forms.moment),
    }),
    "did-document": EntryType(DidDocumentPublished, {
        "did": ("did", forms.did),
        "digest": ("digest", forms.jcs_digest),
    }),
    "issuer": EntryType(IssuerChanged, {
        "did": ("did", forms.did),
        "number": ("number", forms.issuer_number),
        "event": ("event", forms.one_of("registered", "suspended", "reinstated", "did-registered", "did-ended")),
    }, optional={
        "documentDigest": ("document_digest", forms.jcs_digest),
    }),
    "audit-head": EntryType(AuditHead, {
        "entries": ("entries", forms.count),
        "hash": ("hash", forms.sha256_base64url),
    }),
    "restart": EntryType(LogRestarted, {
        "reason": ("reason", forms.one_of("restored", "succeeded")),
        "origin": ("origin", forms.origin),
        "size": ("size", forms.count),
        "root": ("root", forms.sha256_base64url),
        "kept": ("kept", forms.count),
    }),
}  # fmt: skip

_NAMES: Final = {each.entry: name for name, each in ENTRY_TYPES.items()}
_MEMBERS: Final[Mapping[str, Mapping[str, tuple[str, Form]]]] = {
    name: {"at": ("at", forms.moment), **each.required, **each.optional} for name, each in ENTRY_TYPES.items()
}


def write_log_entry(entry: LogEntry) -> bytes:
    """The bytes that are hashed and published; times are cut to the second. Raises log.entry."""
    name = _NAMES[type(entry)]
    members: JsonObject = {"type": name}
    for member, (attribute, form) in _MEMBERS[name].items():
        value = getattr(entry, attribute)
        if value is None and member in ENTRY_TYPES[name].optional:
            continue
        written = forms.write_moment(value) if form is forms.moment else form(value)
        if written is None:
            raise BadLogEntry(pointer=f"/{member}")
        members[member] = written
    return canonicalize(members)


def read_log_entry(data: bytes) -> LogEntry:
    """The entry that `data` is. Raises log.entry_syntax for another spelling or type, log.entry for its members, and
    what `strict_json.parse_object` raises."""
    members = parse_object(data, LIMITS)
    name = members.pop("type", None)
    if not isinstance(name, str) or name not in ENTRY_TYPES or not _is_canonical({**members, "type": name}, data):
        raise NotALogEntry
    kind, known = ENTRY_TYPES[name], _MEMBERS[name]
    if not members.keys() <= known.keys():
        raise BadLogEntry  # without a pointer: the name of a foreign member may be anything
    values: dict[str, Any] = {}
    for member, (attribute, form) in known.items():
        if member in members:
            values[attribute] = form(members[member])
        if values.get(attribute) is None and (member in members or member not in kind.optional):
            raise BadLogEntry(pointer=f"/{member}")
    return kind.entry(**values)


def credential_digest(salt: bytes, signature: bytes) -> str:
    """The `digest` of a credential with these signature bytes: SHA-256 over `salt` and their SHA-256, in base64url.
    `salt` is 16 fresh random bytes; another length is a mistake of our own (ValueError)."""
    if len(salt) != SALT_LENGTH:
        raise ValueError(f"a salt has {SALT_LENGTH} bytes, not {len(salt)}")
    return base64url.encode(sha256(salt + sha256(signature).digest()).digest())


def _is_canonical(members: JsonObject, data: bytes) -> bool:
    try:
        return canonicalize(members) == data
    except NotCanonicalizable:
        return False
