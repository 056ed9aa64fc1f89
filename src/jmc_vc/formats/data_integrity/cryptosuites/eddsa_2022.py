"""eddsa-2022, the name that eddsa-rdfc-2022 had in drafts of its specification; badges of 2022 and 2023 carry it
(https://www.w3.org/TR/2022/WD-vc-di-eddsa-20221013/). For verifying only."""

from jmc_vc.formats.data_integrity.signed_hash import RdfcVerifier
from jmc_vc.formats.encoding.public_key import KeyAlgorithm

EDDSA_2022 = RdfcVerifier(name="eddsa-2022", key_algorithms=frozenset({KeyAlgorithm.ED25519}))
