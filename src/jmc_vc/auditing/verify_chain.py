"""The chain of the audit log computed anew, and its ends in the public log held against it (`formats.audit_chain`)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jmc_vc.auditing.finding import Finding, Progress, wrong
from jmc_vc.formats.audit_chain import BEGINNING, audit_entry_bytes, chained
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.jcs import NotCanonicalizable
from jmc_vc.formats.transparency.entry_types import AuditHead
from jmc_vc.storage.audit_chain import Link
from jmc_vc.storage.transaction import Snapshot

_PAGE = 1_000


@dataclass
class VerifyChain:
    """`heads` are the ends of the chain that the public log tells of, in their order there. After the call `end` is
    the last link; `waiting` counts the entries that have no place in it yet."""

    snapshot: Snapshot
    heads: Sequence[AuditHead]
    progress: Progress
    end: Link | None = None

    def __call__(self) -> Iterator[Finding]:
        told = {head.entries: head.hash for head in self.heads}
        last = self.snapshot.audit_chain.last()
        total = last.position if last else 0
        link, hashed = Link(0, 0, BEGINNING), BEGINNING
        while page := self.snapshot.audit_chain.links(after=link.position, limit=_PAGE):
            for found, entry in page:
                if found.position != link.position + 1:
                    yield wrong("record.audit_gap", position=link.position + 1)
                    return
                try:
                    hashed = chained(hashed, audit_entry_bytes(**vars(entry)))
                except NotCanonicalizable:
                    hashed = b""
                if hashed != found.hash:
                    yield wrong("record.audit_changed", position=found.position, entry=found.entry)
                    return  # every later hash would be another one
                link = found
                said = told.pop(found.position, None)
                if said is not None and said != base64url.encode(hashed):
                    yield wrong("record.audit_head", position=found.position)
            self.progress(link.position, total)
        if link.position != total:
            yield wrong("record.audit_gap", position=link.position + 1)
        yield from (wrong("record.audit_head_beyond", position=position, entries=total) for position in sorted(told))
        self.end = link if link.position else None
