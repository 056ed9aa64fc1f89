"""Names for blank nodes that tell nothing (https://www.w3.org/TR/vc-di-ecdsa/#createhmacidlabelmapfunction).

Canonical labels count, `c14n0`, `c14n1`: from those of a part one could tell how much there is besides, and guess what.
So each is replaced by its HMAC under a key that only issuer and holder know. The derived proof tells the names of those
nodes alone that it shows.
"""

import hmac
from collections.abc import Mapping

from jmc_vc.formats.encoding import multibase

KEY_BYTES = 32
"""RFC 2104 §3: as long as the hash, which is SHA-256 with P-256."""
DIGEST_BYTES = 32
_PREFIX = "_:c14n"


def number_of(canonical_label: str) -> int:
    """The 3 of `_:c14n3`."""
    return int(canonical_label.removeprefix(_PREFIX))


def digests(canonical_labels: Mapping[str, str], key: bytes) -> dict[str, bytes]:
    """Blank nodes → their digests. `canonical_labels` are by the same nodes."""
    return {
        node: hmac.digest(key, label.removeprefix("_:").encode(), "sha256") for node, label in canonical_labels.items()
    }


def label_of(digest: bytes) -> str:
    """The digest as the label that is signed: `_:u…`."""
    return "_:" + multibase.encode_base64url(digest)
