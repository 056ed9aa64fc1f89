"""Who is measured: this service's engine, PyLD with cryptography, and @digitalbazaar/vc on Node.

All do the same work, which `agree` proves: Ed25519 is deterministic, so the same credential, key and time give the same
proof value. Signing begins with a credential as a JSON value and ends with JSON text; verifying begins with JSON text,
with the key at hand, and ends with the answer. Neither asks a status list or a register.
"""

import itertools
import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any, Literal, Protocol

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pyld import jsonld  # type: ignore[import-untyped]

from bench.typical import CREATED, SEED, Material
from jmc_vc.formats import strict_json
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.data_integrity.proof import read_proofs
from jmc_vc.formats.data_integrity.verify_proof import verify_proof
from jmc_vc.formats.encoding import multibase
from jmc_vc.formats.openbadges.date_time import write_date_time_stamp

SUITE = "eddsa-rdfc-2022"
INTEROP = Path(__file__).parents[1] / "tests" / "interop"

Work = Literal["sign", "verify"]
WORKS: tuple[Work, ...] = ("sign", "verify")


class Contestant(Protocol):
    """`measure` does `work` again and again for `seconds` and answers how often a second it was done."""

    name: str
    versions: Mapping[str, str]

    def measure(self, work: Work, seconds: float) -> float: ...

    def sample(self) -> dict[str, Any]:
        """The first credential of the pool, signed."""


class Ours:
    """The engine of this service, on any credential: strict parse, safe-mode conversion, RDFC-1.0, SHA-256, Ed25519."""

    name = "ours"

    def __init__(self, material: Material) -> None:
        self._material = material
        self.versions: Mapping[str, str] = {"jmc-vc": version("jmc-vc"), "pynacl": version("pynacl")}
        self.signed = tuple(self._sign(each) for each in material.unsigned)
        self._turns = {"sign": _turns(self._sign, material.unsigned), "verify": _turns(self._verify, self.signed)}

    def measure(self, work: Work, seconds: float) -> float:
        return _rate(self._turns[work], seconds)

    def sample(self) -> dict[str, Any]:
        signed: dict[str, Any] = orjson.loads(self.signed[0])
        return signed

    def _sign(self, credential: dict[str, Any]) -> bytes:
        material = self._material
        return orjson.dumps(
            add_proof(
                credential,
                cryptosuite=SUITE,
                verification_method=material.method,
                created=CREATED,
                sign=material.signer.sign,
                contexts=material.contexts,
            )
        )

    def _verify(self, data: bytes) -> None:
        document = strict_json.parse_object(data)
        (proof,) = read_proofs(document)
        verify_proof(document, proof, self._material.signer.public_key, self._material.contexts)


class Pyld:
    """PyLD's canonical form and OpenSSL's Ed25519, as most Python services wire them.

    PyLD does less than we do: it drops what no context defines instead of refusing it, and it writes control characters
    unescaped, which is not RDFC-1.0. On these credentials neither makes a difference. Its contexts are marked as
    static, which lets it keep them resolved.
    """

    name = "pyld"

    def __init__(self, material: Material, signed: Sequence[bytes]) -> None:
        self._documents = material.documents
        self._method = material.method
        self._unsigned = material.unsigned
        self.versions: Mapping[str, str] = {"pyld": version("pyld"), "cryptography": version("cryptography")}
        self._private = Ed25519PrivateKey.from_private_bytes(SEED)
        self._public: Ed25519PublicKey = self._private.public_key()
        self._turns = {"sign": _turns(self._sign, material.unsigned), "verify": _turns(self._verify, signed)}

    def measure(self, work: Work, seconds: float) -> float:
        return _rate(self._turns[work], seconds)

    def sample(self) -> dict[str, Any]:
        signed: dict[str, Any] = json.loads(self._sign(self._unsigned[0]))
        return signed

    def _sign(self, credential: dict[str, Any]) -> str:
        options = {
            "type": "DataIntegrityProof",
            "cryptosuite": SUITE,
            "created": write_date_time_stamp(CREATED),
            "verificationMethod": self._method,
            "proofPurpose": "assertionMethod",
        }
        value = multibase.encode_base58(self._private.sign(self._hashes(credential, options)))
        return json.dumps({**credential, "proof": {**options, "proofValue": value}}, ensure_ascii=False)

    def _verify(self, data: bytes) -> None:
        document = json.loads(data)
        options = document.pop("proof")
        signature = multibase.decode(options.pop("proofValue"), longest=89)
        self._public.verify(signature, self._hashes(document, options))

    def _hashes(self, document: dict[str, Any], options: dict[str, Any]) -> bytes:
        configuration = {"@context": document["@context"], **options}
        return sha256(self._canonical(configuration)).digest() + sha256(self._canonical(document)).digest()

    def _canonical(self, document: dict[str, Any]) -> bytes:
        options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": self._load}
        text: str = jsonld.normalize(document, options)
        return text.encode()

    def _load(self, url: str, _options: object) -> dict[str, Any]:
        document = self._documents[url]
        return {"contextUrl": None, "documentUrl": url, "document": document, "tag": "static"}


class Node:
    """@digitalbazaar/vc in a process of its own that lives through all rounds and measures its own time."""

    name = "node"

    def __init__(self, material: Material, signed: Sequence[bytes], program: Path) -> None:
        locked = json.loads((INTEROP / "package-lock.json").read_text())["packages"]
        asked = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
        self.versions: Mapping[str, str] = {
            "node": asked.stdout.strip().removeprefix("v"),
            **{name: locked[f"node_modules/{name}"]["version"] for name in ("@digitalbazaar/vc", "jsonld")},
        }
        self._process = subprocess.Popen(
            [program, "timed.mjs"], cwd=INTEROP, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._tell(
            {
                "supplied": material.documents,
                "key": _multikey(material),
                "created": write_date_time_stamp(CREATED),
                "unsigned": material.unsigned,
                "signed": [each.decode() for each in signed],
            }
        )

    def measure(self, work: Work, seconds: float) -> float:
        done = self._ask({"work": work, "seconds": seconds})
        rate: float = done["count"] / done["seconds"]
        return rate

    def sample(self) -> dict[str, Any]:
        return self._ask({"work": "sample"})

    def close(self) -> None:
        self._process.communicate()

    def _tell(self, message: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(message, ensure_ascii=False) + "\n")
        self._process.stdin.flush()

    def _ask(self, message: object) -> dict[str, Any]:
        self._tell(message)
        assert self._process.stdout is not None
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


def agree(contestants: Sequence[Contestant]) -> None:
    """Raises ValueError unless all of them sign the same thing."""
    values = {each.name: _proof(each.sample())["proofValue"] for each in contestants}
    if len(set(values.values())) != 1:
        raise ValueError(f"the contestants do not do the same work: {values}")


def _proof(signed: Mapping[str, Any]) -> Mapping[str, Any]:
    proof: Mapping[str, Any] | list[Mapping[str, Any]] = signed["proof"]
    return proof[0] if isinstance(proof, list) else proof


def _multikey(material: Material) -> dict[str, str]:
    did, _, public = material.method.partition("#")
    return {
        "@context": "https://w3id.org/security/multikey/v1",
        "type": "Multikey",
        "id": material.method,
        "controller": did,
        "publicKeyMultibase": public,
        "secretKeyMultibase": multibase.encode_base58(b"\x80\x26" + SEED),  # multicodec ed25519-priv
    }


def _turns(work: Callable[[Any], object], pool: Sequence[Any]) -> Callable[[], object]:
    """Does `work` with the next of `pool` each time."""
    endless = itertools.cycle(pool)
    return lambda: work(next(endless))


def _rate(once: Callable[[], object], seconds: float) -> float:
    begun = perf_counter()
    count, passed = 0, 0.0
    while passed < seconds:
        once()
        count += 1
        passed = perf_counter() - begun
    return count / passed
