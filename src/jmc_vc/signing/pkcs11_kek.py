"""The key-encryption key under an AES-256 key on a token: the file alone opens nothing, and neither does the token.

What the file holds is `id ‖ nonce ‖ ciphertext ‖ tag`: 8, 12, 32 and 16 bytes, AES-256-GCM (`CKM_AES_GCM`). GCM, and
not AES key wrap: `CKM_AES_KEY_WRAP` answers with a key object on the token, whose bytes a token that is set up well
does not give away, and only GCM tells a damaged file from a right one in the same step. Each file has an AES key of its
own, found by its `id`, so every nonce is used with a key once.

It is opened once, at the start. The AES key never leaves the token; the key-encryption key is in the memory of the
service afterwards as one from a plain file is.
"""

import os
from collections.abc import Callable
from pathlib import Path

from pkcs11 import Attribute, GCMParams, KeyType, Mechanism, MechanismFlag, ObjectClass
from pkcs11.exceptions import EncryptedDataInvalid, EncryptedDataLenRange, GeneralError

from jmc_vc.sealing import KEY_BYTES, KekUnreadable, KeyEncryptionKey
from jmc_vc.settings import Settings
from jmc_vc.signing.pkcs11_signer import TokenCannot, TokenKeyMissing
from jmc_vc.signing.pkcs11_token import OpenToken, TokenAccess

_LABEL = "jmc-vc-kek"
_CONTEXT = b"jmc-vc-kek-pkcs11-1"
_ID_BYTES = 8
_NONCE_BYTES = 12
_TAG_BYTES = 16
_BYTES = _ID_BYTES + _NONCE_BYTES + KEY_BYTES + _TAG_BYTES


def load_kek(settings: Settings) -> KeyEncryptionKey:
    """The key-encryption key of the settings, wherever it lives. Raises as `KeyEncryptionKey.load` and the token do."""
    if settings.pkcs11_module is None:
        return KeyEncryptionKey.load(settings.kek_file)
    access = TokenAccess.of(settings)
    return KeyEncryptionKey.load(settings.kek_file, lambda wrapped: _unwrap(access, wrapped))


def create_kek(target: Path, settings: Settings, random: Callable[[int], bytes] = os.urandom) -> KeyEncryptionKey:
    """A new key-encryption key in the new file `target`, wrapped on the token if the settings say so. Raises KekExists
    and what the token raises."""
    if not settings.kek_on_token:
        return KeyEncryptionKey.create(target, random)
    access = TokenAccess.of(settings)
    return KeyEncryptionKey.create(target, random, lambda secret: _wrap(access, secret, random))


def _wrap(access: TokenAccess, secret: bytes, random: Callable[[int], bytes]) -> bytes:
    identifier, nonce = random(_ID_BYTES), random(_NONCE_BYTES)

    def wrap(opened: OpenToken) -> bytes:
        if not {Mechanism.AES_KEY_GEN, Mechanism.AES_GCM} <= opened.session.token.slot.get_mechanisms():
            raise TokenCannot(algorithm="AES-256-GCM", token=access.chosen)
        with opened.writing() as session:
            key = session.generate_key(
                KeyType.AES,
                8 * KEY_BYTES,
                id=identifier,
                label=_LABEL,
                store=True,
                capabilities=MechanismFlag.ENCRYPT | MechanismFlag.DECRYPT,
                template={Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False},
            )
            sealed: bytes = key.encrypt(  # type: ignore[attr-defined]
                secret, mechanism=Mechanism.AES_GCM, mechanism_param=GCMParams(nonce, _CONTEXT, 8 * _TAG_BYTES)
            )
            return sealed

    return identifier + nonce + access.run(access.chosen, wrap)


def _unwrap(access: TokenAccess, wrapped: bytes) -> bytes:
    if len(wrapped) != _BYTES:
        raise KekUnreadable
    identifier, rest = wrapped[:_ID_BYTES], wrapped[_ID_BYTES:]
    nonce, sealed = rest[:_NONCE_BYTES], rest[_NONCE_BYTES:]

    def unwrap(opened: OpenToken) -> bytes:
        attributes = {Attribute.CLASS: ObjectClass.SECRET_KEY, Attribute.LABEL: _LABEL, Attribute.ID: identifier}
        found = list(opened.session.get_objects(attributes))
        if len(found) != 1:
            raise TokenKeyMissing(token=access.chosen, object=_LABEL)
        try:
            secret: bytes = found[0].decrypt(  # type: ignore[attr-defined]
                sealed, mechanism=Mechanism.AES_GCM, mechanism_param=GCMParams(nonce, _CONTEXT, 8 * _TAG_BYTES)
            )
        except (EncryptedDataInvalid, EncryptedDataLenRange, GeneralError):
            # The last is SoftHSM's answer to a wrong tag. The token was opened and the key found a moment ago.
            raise KekUnreadable from None
        return secret

    return access.run(access.chosen, unwrap)
