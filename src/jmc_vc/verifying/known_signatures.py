"""Signatures of lists that were found right before: a list that all graduates of a course share is verified once, and
not for each of them.

What is known is that these very bytes hold this signature by this very key, which never changes. Whether that key
counts for the issuer, until when, and whether the list is out of date, is asked anew each time. Credentials are not
among them: each is somebody's own, and seldom seen twice.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock
from typing import Final, TypeAlias

from jmc_vc.formats.encoding.public_key import PublicKey

MOST_KNOWN: Final = 4_096
"""Signatures: a megabyte."""
_Known: TypeAlias = tuple[bytes, int, PublicKey]


@dataclass(frozen=True)
class KnownSignatures:
    """Those found right, as long as this process lives; the ones not asked for longest are forgotten first."""

    most: int = MOST_KNOWN
    _known: OrderedDict[_Known, None] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def require(self, data: bytes, place: int, verify: Callable[[PublicKey], None], key: PublicKey) -> None:
        """That the signature at `place` among those in `data` is right and by `key`; by `verify`, if it is not known.
        Raises what that raises; what is wrong is not remembered."""
        this = (sha256(data).digest(), place, key)
        with self._lock:
            if this in self._known:
                self._known.move_to_end(this)
                return
        verify(key)
        with self._lock:
            self._known[this] = None
            if len(self._known) > self.most:
                self._known.popitem(last=False)
