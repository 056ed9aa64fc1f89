"""People with approval keys, for acts that need two of them."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jmc_vc.authorizing.approval import Sign
from jmc_vc.domain.operator import NEEDED
from jmc_vc.formats.encoding.multikey import KeyAlgorithm, PublicKey, encode_multikey
from tests.builders.installation import OPERATOR, Installation


def approval_key() -> tuple[str, Sign]:
    """A new key: its public part, and what signs with it."""
    key = Ed25519PrivateKey.generate()
    return encode_multikey(PublicKey(KeyAlgorithm.ED25519, key.public_key().public_bytes_raw())), key.sign


def register_operators(installation: Installation, *names: str) -> dict[str, Sign]:
    """What each of them signs with, all registered."""
    signs: dict[str, Sign] = {}
    for count, name in enumerate(names):
        public_key, signs[name] = approval_key()
        installation.service.add_operator(
            name, public_key, reason="test", approved=count >= NEEDED, actor=OPERATOR, now=installation.now
        )
    return signs
