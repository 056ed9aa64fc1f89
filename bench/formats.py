"""Every format, as ratios to its nearest peers on PyPI and npm. The rows and their targets are `FORMATS`.

Before anything is measured, `agree` has each contestant take what each other one made, and refuse it when a character
is altered: nobody verifies less, or something else.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bench.row import Comparison


@dataclass(frozen=True)
class Format:
    """`works` are what is done with it, and what is inside of each; `peers` have targets of their works."""

    id: str
    works: Mapping[str, str]
    peers: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


SUITE = {
    "sign": "JSON value in, JSON text with its proof out",
    "verify": "JSON text in, verdict on the proof out",
}
SELECTIVE_SUITE = {
    "base": "JSON value in, JSON text with a base proof out",
    "derive": "JSON text with a base proof in, JSON text of five sixths out",
    "verify": "JSON text with a derived proof in, verdict on the proof out",
}
OPEN_BADGE = {
    "sign": "JSON value in, token with its claims out",
    "verify": "token and JWK in, verdict on the signature and the five claims out",
}
TOKEN = {
    "sign": "JSON value in, token out",
    "verify": "token in, verdict on the signature and the claims out",
}
SD_JWT = {
    "issue": "claims in, token with its disclosures out",
    "present": "token in, what the learner shows with a key binding out",
    "verify": "presentation in, verdict on signature, disclosures and key binding out",
}

FORMATS = (
    Format("eddsa-rdfc-2022", SUITE, {"digitalbazaar": {}}),
    Format("eddsa-jcs-2022", SUITE, {"rfc8785": {"sign": 5, "verify": 5}, "digitalbazaar": {}}),
    Format("ecdsa-rdfc-2019-p256", SUITE, {"digitalbazaar": {}}),
    Format("ecdsa-rdfc-2019-p384", SUITE, {"digitalbazaar": {}}),
    Format("ecdsa-jcs-2019-p256", SUITE, {"digitalbazaar": {}}),
    Format("ecdsa-jcs-2019-p384", SUITE, {"digitalbazaar": {}}),
    Format("ecdsa-sd-2023", SELECTIVE_SUITE, {"digitalbazaar": {}}),
    Format("vc-jwt-es256", OPEN_BADGE, {"jwcrypto": {"verify": 3}, "jose": {}}),
    Format("vc-jwt-rs256", OPEN_BADGE, {"jwcrypto": {"verify": 3}, "jose": {}}),
    Format("vc-jose-es256", TOKEN, {"jwcrypto": {}, "jose": {}}),
    Format("vc-jose-es384", TOKEN, {"jwcrypto": {}, "jose": {}}),
    Format("vc-jose-es512", TOKEN, {"jwcrypto": {}, "jose": {}}),
    Format("vc-jose-eddsa", TOKEN, {"jwcrypto": {}, "jose": {}}),
    Format("sd-jwt-vc", SD_JWT, {"sd-jwt": {}, "sd-jwt-js": {}}),
)

COMPARED = tuple(
    Comparison(f"{form.id}/{work}/{peer}", f"{form.id}/{work}", peer, f"{form.id}/{work}", targets.get(work), inside)
    for form in FORMATS
    for work, inside in form.works.items()
    for peer, targets in form.peers.items()
)

TAKEN_BY = {"sign": "verify", "base": "derive", "derive": "verify", "issue": "present", "present": "verify"}
"""What a work makes, and the work that takes it."""


class Maker(Protocol):
    """A contestant; `works` are what it can do, as `format/work`."""

    @property
    def name(self) -> str: ...

    @property
    def works(self) -> Collection[str]: ...

    def make(self, work: str) -> str:
        """What comes out of `work` with the first of its pool."""

    def takes(self, work: str, text: str) -> bool:
        """Whether `work` can be done with `text`, and a signature in it holds."""


def agree(contestants: Sequence[Maker]) -> None:
    """Raises ValueError unless each takes what each other one makes, and finds it bad when it is altered."""
    for form in FORMATS:
        for making in TAKEN_BY.keys() & form.works.keys():
            for maker in contestants:
                if f"{form.id}/{making}" in maker.works:
                    _agree(maker, contestants, f"{form.id}/{making}", f"{form.id}/{TAKEN_BY[making]}")


def _agree(maker: Maker, contestants: Sequence[Maker], making: str, taking: str) -> None:
    made = maker.make(making)
    for taker in contestants:
        if taking not in taker.works:
            continue
        if not taker.takes(taking, made):
            raise ValueError(f"{taker.name} does not take what {maker.name} made: {making}")
        if taking.endswith("/verify") and taker.takes(taking, _altered(made)):
            raise ValueError(f"{taker.name} does not see what was altered: {taking}")


def _altered(text: str) -> str:
    """Another course, or in a token another character of the last signature."""
    if text.startswith("{"):
        return text.replace("Robotics 101", "Robotics 102")
    place = len(text) - 20
    return text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
