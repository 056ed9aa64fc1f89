"""The cryptosuites that we sign and verify with, by the name that stands in a proof."""

from collections.abc import Mapping

from jmc_vc.formats.data_integrity.cryptosuite import Cryptosuite
from jmc_vc.formats.data_integrity.cryptosuites.eddsa_rdfc_2022 import EddsaRdfc2022

CRYPTOSUITES: Mapping[str, Cryptosuite] = {
    "eddsa-rdfc-2022": EddsaRdfc2022(),
}
