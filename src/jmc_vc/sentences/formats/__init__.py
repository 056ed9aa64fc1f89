"""Sentences about formats: what cannot be read or does not hold in a credential's own form."""

from collections.abc import Mapping

from jmc_vc.sentences.formats.badges import BADGES
from jmc_vc.sentences.formats.data_model import DATA_MODEL
from jmc_vc.sentences.formats.images import IMAGES
from jmc_vc.sentences.formats.proofs import PROOFS
from jmc_vc.sentences.formats.tokens import TOKENS
from jmc_vc.sentences.formats.transparency import TRANSPARENCY

FORMATS: Mapping[str, tuple[str, str]] = {
    **BADGES, **DATA_MODEL, **IMAGES, **PROOFS, **TOKENS, **TRANSPARENCY,
}  # fmt: skip
