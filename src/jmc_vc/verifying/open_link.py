"""Open a link of ours: from storage, never over the network, and without using anything up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from jmc_vc.errors import NotFound, Unacceptable
from jmc_vc.verifying.links import OwnKind, OwnLink

Reader = Callable[[str, datetime], bytes]
"""An id and the time → the bytes of the credential that it stands for. Raises errors of its own."""


class ShareNotFound(NotFound):
    """There is no such share link, or there is no more: the same answer."""

    code = "link.share_not_found"


class MarkNotFound(NotFound):
    """There is no such accreditation mark."""

    code = "link.mark_not_found"


class OfferLink(Unacceptable):
    """A link by which its receiver takes a credential. To look at it here uses nothing up (QR-10)."""

    code = "link.offer"


_WITHOUT_READER: Mapping[OwnKind, type[NotFound | Unacceptable]] = {
    OwnKind.SHARE: ShareNotFound,
    OwnKind.MARK: MarkNotFound,
    OwnKind.OFFER: OfferLink,
}


@dataclass(frozen=True)
class OpenLink:
    """`readers` have what this installation can open; an offer has none."""

    readers: Mapping[OwnKind, Reader]

    def __call__(self, link: OwnLink, *, now: datetime) -> bytes:
        """The credential that `link` stands for. Raises ShareNotFound, MarkNotFound, OfferLink, and what the readers
        raise."""
        reader = self.readers.get(link.kind)
        if reader is None:
            raise _WITHOUT_READER[link.kind]
        return reader(link.id, now)
