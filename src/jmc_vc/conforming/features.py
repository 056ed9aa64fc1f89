"""What the public test suites ask for, each under the name that stands in the address: how is a credential secured?

https://www.w3.org/TR/vc-di-eddsa/, https://www.w3.org/TR/vc-di-ecdsa/, https://www.w3.org/TR/vc-data-model-2.0/ and
https://www.w3.org/TR/vc-bitstring-status-list/ each have a suite that looks for implementations by such names.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from jmc_vc.errors import Malformed
from jmc_vc.formats.encoding.public_key import KeyAlgorithm


class UnknownFeature(Malformed):
    """There is no feature of this name. Of its kind because the suites want 400 for everything."""

    code = "conformance.feature"


@dataclass(frozen=True)
class Feature:
    """`cryptosuite` secures the credential, or, if None, a token around it; `with_status` gives it a status entry."""

    algorithm: KeyAlgorithm
    cryptosuite: str | None
    with_status: bool = False


FEATURES: Mapping[str, Feature] = {
    "eddsa-rdfc-2022": Feature(KeyAlgorithm.ED25519, "eddsa-rdfc-2022"),
    "eddsa-jcs-2022": Feature(KeyAlgorithm.ED25519, "eddsa-jcs-2022"),
    "ecdsa-rdfc-2019": Feature(KeyAlgorithm.P256, "ecdsa-rdfc-2019"),
    "ecdsa-rdfc-2019-p384": Feature(KeyAlgorithm.P384, "ecdsa-rdfc-2019"),
    "ecdsa-jcs-2019": Feature(KeyAlgorithm.P256, "ecdsa-jcs-2019"),
    "ecdsa-jcs-2019-p384": Feature(KeyAlgorithm.P384, "ecdsa-jcs-2019"),
    "ecdsa-sd-2023": Feature(KeyAlgorithm.P256, "ecdsa-sd-2023"),
    "vc2.0": Feature(KeyAlgorithm.ED25519, "eddsa-rdfc-2022"),
    "BitstringStatusList": Feature(KeyAlgorithm.ED25519, "eddsa-rdfc-2022", with_status=True),
    "EnvelopingProof": Feature(KeyAlgorithm.P256, None),
}
"""The name in the address → what is done there. A verifier takes every form under each name."""


def feature_named(name: str) -> Feature:
    """The feature called `name`. Raises UnknownFeature."""
    try:
        return FEATURES[name]
    except KeyError:
        raise UnknownFeature from None
