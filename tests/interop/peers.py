"""The other implementations, with the versions that are locked here."""

import json
import platform
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from tests.interop.formats import Family

HERE = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Peer:
    """`packages` are those whose versions matter; `registry` is npm or PyPI; `does` says what it is to whom it is new;
    `families` are the formats that one may expect of it."""

    title: str
    registry: str
    does: str
    families: frozenset[Family]
    packages: tuple[str, ...]

    def versions(self) -> Mapping[str, str]:
        """Package → version, as locked."""
        if self.registry == "npm":
            locked = json.loads((HERE / "package-lock.json").read_text())["packages"]
            return {name: locked[f"node_modules/{name}"]["version"] for name in self.packages}
        pins = (HERE.parents[1] / "requirements-dev.txt").read_text()
        return {name: _pinned(pins, name) for name in self.packages}

    def runtime(self) -> Mapping[str, str]:
        """What it runs on here."""
        if self.registry == "npm":
            program = shutil.which("node")
            if program is None:
                return {}
            node = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
            return {"node": node.stdout.strip().removeprefix("v")}
        return {"python": platform.python_version(), "cryptography": version("cryptography")}


def _pinned(pins: str, name: str) -> str:
    found = re.search(rf"^{re.escape(name)}==(\S+)", pins, re.MULTILINE | re.IGNORECASE)
    if found is None:
        raise LookupError(f"{name} is not in requirements-dev.txt")
    return found[1]


_JOSE = frozenset({Family.OB3_JWT, Family.VC_JOSE, Family.VP_JOSE})
_SD_JWT = frozenset({Family.VC_SD_JWT, Family.SD_JWT_VC})
_EMBEDDED = frozenset({Family.EMBEDDED, Family.SELECTIVE_EMBEDDED})

PEERS: Mapping[str, Peer] = {
    "digitalbazaar-vc": Peer(
        title="@digitalbazaar/vc",
        registry="npm",
        does="the reference implementation of Data Integrity, which most wallets are built on",
        families=_EMBEDDED | {Family.STATUS, Family.DID},
        packages=(
            "@digitalbazaar/vc",
            "@digitalbazaar/data-integrity",
            "@digitalbazaar/eddsa-rdfc-2022-cryptosuite",
            "@digitalbazaar/eddsa-jcs-2022-cryptosuite",
            "@digitalbazaar/ecdsa-rdfc-2019-cryptosuite",
            "@digitalbazaar/ecdsa-jcs-2019-cryptosuite",
            "@digitalbazaar/ecdsa-sd-2023-cryptosuite",
            "@digitalbazaar/ed25519-signature-2020",
            "@digitalbazaar/ed25519-multikey",
            "@digitalbazaar/ecdsa-multikey",
            "@digitalbazaar/vc-bitstring-status-list",
        ),
    ),
    "digitalcredentials-verifier-core": Peer(
        title="@digitalcredentials/verifier-core",
        registry="npm",
        does="what the wallet and the verifier of the Digital Credentials Consortium run",
        families=frozenset({Family.EMBEDDED, Family.STATUS}),
        packages=("@digitalcredentials/verifier-core",),
    ),
    "jose": Peer(
        title="jose", registry="npm", does="signs and verifies tokens of any kind", families=_JOSE, packages=("jose",)
    ),
    "sd-jwt-js": Peer(
        title="@sd-jwt/sd-jwt-vc",
        registry="npm",
        does="SD-JWT VC and status lists of the OpenWallet Foundation",
        families=_SD_JWT | {Family.STATUS},
        packages=("@sd-jwt/sd-jwt-vc", "@sd-jwt/core", "@sd-jwt/crypto-nodejs", "@sd-jwt/jwt-status-list"),
    ),
    "sd-jwt-python": Peer(
        title="sd-jwt",
        registry="PyPI",
        does="SD-JWT by its authors",
        families=_SD_JWT,
        packages=("sd-jwt", "jwcrypto"),
    ),
    "openbadgeslib": Peer(
        title="openbadgeslib",
        registry="PyPI",
        does="an independent Open Badges implementation",
        families=frozenset(Family) - {Family.CANONICAL},
        packages=("openbadgeslib", "pyld"),
    ),
    "openvc-core": Peer(
        title="openvc-core",
        registry="PyPI",
        does="credentials for the European wallet",
        families=_JOSE | _SD_JWT | _EMBEDDED | {Family.STATUS, Family.DID},
        packages=("openvc-core", "pyld"),
    ),
    "jsonld.js": Peer(
        title="jsonld.js",
        registry="npm",
        does="JSON-LD and its canonical form",
        families=frozenset({Family.CANONICAL}),
        packages=("jsonld",),
    ),
}
