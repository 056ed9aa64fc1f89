"""The peers of `bench.formats`: libraries of Python in this process, and those of Node in one of theirs."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature
from jwcrypto.common import JWException  # type: ignore[import-untyped]

from bench import formats, suites, tokens
from bench.contestants import INTEROP, Contestant, Process, locked_versions
from bench.keys import P256
from bench.pace import Pace
from bench.typical import CREATED, Material
from jmc_vc.formats.jose import compact_jws
from jmc_vc.formats.openbadges.date_time import write_date_time_stamp

Pools = Mapping[str, Sequence[Any]]
"""Format and work → what everybody does it with."""


class FormatPeer(Contestant, formats.Maker, Protocol):
    """A library that is measured, and that makes and takes what others take and make."""


class Library:
    """A library of Python, and `refusals`, which it raises for what does not hold."""

    def __init__(
        self, name: str, packages: Collection[str], paces: Mapping[str, Pace], refusals: tuple[type[Exception], ...]
    ) -> None:
        self.name = name
        self.versions: Mapping[str, str] = {package: version(package) for package in packages}
        self.works = frozenset(paces)
        self._paces = paces
        self._refusals = refusals

    def measure(self, work: str, seconds: float) -> float:
        return self._paces[work].measure(seconds)

    def make(self, work: str) -> str:
        made = self._paces[work].once()
        assert made is not None
        return made

    def takes(self, work: str, text: str) -> bool:
        try:
            self._paces[work].once(text)
        except self._refusals:
            return False
        return True


def libraries(given: Material, pools: Pools) -> list[Library]:
    """Those of Python."""
    return [
        Library("rfc8785", ["rfc8785", "cryptography"], suites.plain_rfc8785(given, pools), (InvalidSignature,)),
        Library(
            "jwcrypto", ["jwcrypto", "cryptography"], tokens.with_jwcrypto(given, pools), (JWException, ValueError)
        ),
        Library("sd-jwt", ["sd-jwt", "jwcrypto"], tokens.with_sd_jwt(given, pools), (JWException, ValueError)),
    ]


NODE: Mapping[str, Sequence[str]] = {
    "digitalbazaar": ("@digitalbazaar/vc", "@digitalbazaar/data-integrity"),
    "jose": ("jose",),
    "sd-jwt-js": ("@sd-jwt/sd-jwt-vc",),
}
"""Those of Node, with the packages whose versions tell what was measured."""


class NodeLibraries(Process):
    """The process of those of Node."""

    def __init__(self, given: Material, pools: Pools, program: Path) -> None:
        super().__init__([program, "timed_formats.mjs"], INTEROP)
        self._tell(_material(given, pools))
        self.all = [
            NodeLibrary(
                name=name,
                works=frozenset(each.theirs for each in formats.COMPARED if each.peer == name),
                versions=locked_versions(program, packages),
                ask=self._ask,
            )
            for name, packages in NODE.items()
        ]


@dataclass(kw_only=True)
class NodeLibrary:
    """One of them; `ask` asks the process."""

    name: str
    works: frozenset[str]
    versions: Mapping[str, str]
    ask: Callable[[object], Any]

    def measure(self, work: str, seconds: float) -> float:
        done = self.ask({"peer": self.name, "work": work, "seconds": seconds})
        rate: float = done["count"] / done["seconds"]
        return rate

    def make(self, work: str) -> str:
        made: str = self.ask({"peer": self.name, "make": work})
        return made

    def takes(self, work: str, text: str) -> bool:
        taken: bool = self.ask({"peer": self.name, "take": work, "text": text})
        return taken


def _material(given: Material, pools: Pools) -> dict[str, Any]:
    """The first line of timed_formats.mjs."""
    claims = pools[f"{tokens.SD_JWT}/issue"][0]
    keys = given.keys.issuer
    return {
        "supplied": given.documents,
        "created": write_date_time_stamp(CREATED),
        "pointers": {"mandatory": suites.MANDATORY, "selected": suites.SELECTED},
        "jose": {"kid": tokens.KID, "openBadges": list(tokens.OPEN_BADGES)},
        "sdJwt": {
            "disclosable": tokens.disclosable(claims),
            "shown": tokens.kept(claims),
            "audience": tokens.AUDIENCE,
            "nonce": tokens.NONCE,
            "kid": tokens.KID,
        },
        "keys": {
            "suites": {
                name: {
                    "cryptosuite": suite,
                    "method": keys[algorithm].did_key_method,
                    "jwk": keys[algorithm].private_jwk,
                }
                for name, (suite, algorithm) in {**suites.SUITES, suites.SELECTIVE: (suites.SELECTIVE, P256)}.items()
            },
            "tokens": {
                name: {
                    "alg": compact_jws.ALGORITHMS[algorithm],
                    "pem": keys[algorithm].pem.decode(),
                    "publicPem": keys[algorithm].public_pem.decode(),
                }
                for name, algorithm in tokens.WITHOUT_DISCLOSURES.items()
            },
            "issuer": keys[P256].private_jwk,
            "holder": given.keys.holder.private_jwk,
        },
        "pools": {
            work: [each.decode() if isinstance(each, bytes) else each for each in pool]
            for work, pool in pools.items()
            if "/" in work
        },
    }
