"""The keys of the public log, as those are told them who check its checkpoints (https://c2sp.org/signed-note).

A key that was retired signed checkpoints that somebody may still hold, so it stays in the list; one that may have been
in other hands does not, for what it signed proves nothing any more by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.signing_key import LOG, KeyState
from jmc_vc.formats.encoding.multikey import decode_multikey
from jmc_vc.formats.encoding.public_key import PublicKey
from jmc_vc.formats.transparency.verifier_key import SignatureType, VerifierKey
from jmc_vc.storage.database import Database

_SHOWN = (KeyState.ACTIVE, KeyState.PUBLISHED, KeyState.RETIRED, KeyState.DESTROYED)
"""In this order; a destroyed key was mostly retired before."""


@dataclass(frozen=True, kw_only=True)
class PublishLogKeys:
    """The verifier keys of this installation's log."""

    database: Database
    site: Site

    def __call__(self) -> tuple[VerifierKey, ...]:
        """The key that signs now, then the others, the latest first."""
        with self.database.read() as snapshot:
            keys = snapshot.signing_keys.of_owner(LOG)
        known = (key for key in reversed(keys) if key.was_published and key.state in _SHOWN)
        shown = sorted(known, key=lambda key: _SHOWN.index(key.state))
        return tuple(verifier_key(self.site, decode_multikey(key.public_key)) for key in shown)

    def compromised(self) -> Mapping[VerifierKey, datetime]:
        """The keys that may have been in other hands, and since when: for who has more to go by than a signature."""
        with self.database.read() as snapshot:
            keys = snapshot.signing_keys.of_owner(LOG)
        return {
            verifier_key(self.site, decode_multikey(key.public_key)): key.compromised_since
            for key in keys
            if key.compromised_since is not None
        }


def verifier_key(site: Site, public_key: PublicKey) -> VerifierKey:
    """`public_key` as a key of the log: its name is the log's own. Raises log.key."""
    return VerifierKey(site.log_origin, SignatureType.ED25519, public_key)
