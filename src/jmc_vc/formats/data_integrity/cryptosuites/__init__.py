"""The cryptosuites that we sign and verify with, by the name that stands in a proof."""

from collections.abc import Mapping

from jmc_vc.formats.data_integrity.cryptosuite import Cryptosuite, SigningSuite
from jmc_vc.formats.data_integrity.cryptosuites.ecdsa_jcs_2019 import ECDSA_JCS_2019
from jmc_vc.formats.data_integrity.cryptosuites.ecdsa_rdfc_2019 import ECDSA_RDFC_2019
from jmc_vc.formats.data_integrity.cryptosuites.ecdsa_sd_2023 import EcdsaSd2023
from jmc_vc.formats.data_integrity.cryptosuites.ed25519_signature_2020 import ED25519_SIGNATURE_2020
from jmc_vc.formats.data_integrity.cryptosuites.eddsa_2022 import EDDSA_2022
from jmc_vc.formats.data_integrity.cryptosuites.eddsa_jcs_2022 import EDDSA_JCS_2022
from jmc_vc.formats.data_integrity.cryptosuites.eddsa_rdfc_2022 import EDDSA_RDFC_2022

SIGNING_SUITES: Mapping[str, SigningSuite] = {
    "eddsa-rdfc-2022": EDDSA_RDFC_2022,
    "eddsa-jcs-2022": EDDSA_JCS_2022,
    "ecdsa-rdfc-2019": ECDSA_RDFC_2019,
    "ecdsa-jcs-2019": ECDSA_JCS_2019,
}
"""Those with which `add_proof` signs."""

CRYPTOSUITES: Mapping[str, Cryptosuite] = {
    **SIGNING_SUITES,
    "ecdsa-sd-2023": EcdsaSd2023(),
    "eddsa-2022": EDDSA_2022,
}
"""Of proofs that name one in `cryptosuite`. `selective` signs with ecdsa-sd-2023; with eddsa-2022 nobody should."""

OLD_SUITES: Mapping[str, Cryptosuite] = {"Ed25519Signature2020": ED25519_SIGNATURE_2020}
"""Of proofs whose type says it all: `proof.OLD_PROOF_TYPES`."""

DEPRECATED = frozenset({"eddsa-2022", *OLD_SUITES})
"""Verified only in badges of VCDM 1.1: they are as old as these. Who writes 2.0 has the suites of today."""
