"""The audit log as lines of JSON that anybody can check without us.

A line is `{"entry": …, "hash": …, "position": …}` in its canonical spelling (RFC 8785), so that the bytes of the entry
are those that were hashed: hash(n) = SHA-256(hash(n-1) ‖ entry), hash(0) being 32 zero bytes; in base64url.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from jmc_vc.formats.audit_chain import audit_entry_bytes
from jmc_vc.formats.encoding import base64url
from jmc_vc.storage.database import Database

_PAGE = 1_000


@dataclass(frozen=True, kw_only=True)
class ExportAudit:
    """Every entry that has its place in the chain, in the order of the chain, in one moment of the database."""

    database: Database

    def __call__(self) -> Iterator[bytes]:
        """The lines, each with its newline."""
        with self.database.read() as snapshot:
            after = 0
            while page := snapshot.audit_chain.links(after=after, limit=_PAGE):
                for link, entry in page:
                    hashed = base64url.encode(link.hash).encode()
                    written = audit_entry_bytes(**vars(entry))
                    yield b'{"entry":%b,"hash":"%b","position":%d}\n' % (written, hashed, link.position)
                after = page[-1][0].position
