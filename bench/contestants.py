"""Who is measured: this service's engines, PyLD with cryptography, @digitalbazaar/vc on Node, and raw Ed25519.

All that sign do the same work, which `agree` proves: Ed25519 is deterministic, so the same credential, key and time
give the same proof value. Signing begins with a credential as a JSON value and ends with JSON text; verifying begins
with JSON text, with the key at hand, and ends with the answer. Neither asks a status list or a register. Raw Ed25519
does the signature alone, which is the limit for everybody who uses that library.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256, sha512
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pyld import jsonld  # type: ignore[import-untyped]

from bench.growth import Times
from bench.ours import SUITE, Work
from bench.pace import Pace
from bench.poison import Answer
from bench.typical import CREATED, DIFFERENT, SEED, Material
from jmc_vc.formats.encoding import multibase
from jmc_vc.formats.openbadges.date_time import write_date_time_stamp

ROOT = Path(__file__).parents[1]
INTEROP = ROOT / "tests" / "interop"
COMPILED = ROOT / "build" / "compiled"
"""What `make compiled` makes: the package with compiled modules, and `.made` when it is whole."""


class Contestant(Protocol):
    """`measure` does `work` again and again for `seconds` and answers how often a second it was done."""

    name: str
    versions: Mapping[str, str]

    def measure(self, work: Work, seconds: float) -> float: ...


class Signing(Contestant, Protocol):
    """A contestant that signs credentials."""

    def samples(self) -> Sequence[dict[str, Any]]:
        """The first credential of the pool, signed, in each way that is measured."""


class Process:
    """A process for contestants, which speaks JSON lines and waits without computing until it is asked."""

    def __init__(
        self, command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self._process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def close(self) -> None:
        """End it."""
        self._process.communicate()

    def _tell(self, message: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(message, ensure_ascii=False) + "\n")
        self._process.stdin.flush()

    def _listen(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"a contestant ended: {self._process.args!r}")
        return json.loads(line)

    def _ask(self, message: object) -> Any:
        self._tell(message)
        return self._listen()


class Engine(Process):
    """One engine of this service, the plain source or the compiled build. Raises RuntimeError if it is the other."""

    def __init__(self, rsa_pem: bytes, *, compiled: bool) -> None:
        paths = [*([str(COMPILED)] if compiled else []), str(ROOT / "src")]
        super().__init__(
            [sys.executable, "-m", "bench.ours"], ROOT, {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
        )
        self.name = "compiled" if compiled else "source"
        self.remark = "compiled" if compiled else "plain source"
        hello = self._ask({"rsa": rsa_pem.decode()})
        if hello["compiled"] != compiled:
            raise RuntimeError(f"this is not the engine {self.name!r}")
        self.versions: Mapping[str, str] = hello["versions"]
        self.works: frozenset[Work] = frozenset(hello["works"])

    def measure(self, work: Work, seconds: float) -> float:
        rate: float = self._ask({"work": work, "seconds": seconds})
        return rate

    def samples(self) -> Sequence[dict[str, Any]]:
        signed: list[dict[str, Any]] = self._ask({"tell": "samples"})
        return signed

    def make(self, work: Work) -> str:
        made: str = self._ask({"make": work})
        return made

    def takes(self, work: Work, text: str) -> bool:
        taken: bool = self._ask({"take": work, "text": text})
        return taken

    def sizes(self) -> Sequence[str]:
        """The small and the large credential of `growth`, in words."""
        sizes: list[str] = self._ask({"tell": "sizes"})
        return sizes

    def growth(self, seconds: float) -> Times:
        """Milliseconds to verify a small one and a large one."""
        return Times(*self._ask({"growth": seconds}))

    def poison(self, random_graphs: int) -> Sequence[Answer]:
        """How each poison document was answered, the slowest first."""
        return [Answer(*each) for each in self._ask({"poison": random_graphs})]


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
        self._paces = {"sign": Pace(self._sign, material.unsigned), "verify": Pace(self._verify, signed)}

    def measure(self, work: Work, seconds: float) -> float:
        return self._paces[work].measure(seconds)

    def samples(self) -> Sequence[dict[str, Any]]:
        return [json.loads(self._sign(self._unsigned[0]))]

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


class RawEd25519:
    """Nothing but the signature, by cryptography with OpenSSL: 64 bytes, others each time, the key object at hand."""

    name = "raw-ed25519"

    def __init__(self) -> None:
        self.versions: Mapping[str, str] = {"cryptography": version("cryptography")}
        private = Ed25519PrivateKey.from_private_bytes(SEED)
        self._public: Ed25519PublicKey = private.public_key()
        messages = [sha512(str(number).encode()).digest() for number in range(DIFFERENT)]
        signed = [(private.sign(message), message) for message in messages]
        self._paces = {"sign": Pace(private.sign, messages), "verify": Pace(self._verify, signed)}

    def measure(self, work: Work, seconds: float) -> float:
        return self._paces[work].measure(seconds)

    def _verify(self, signed: tuple[bytes, bytes]) -> None:
        signature, message = signed
        self._public.verify(signature, message)


class Node(Process):
    """@digitalbazaar/vc."""

    name = "node"

    def __init__(self, material: Material, signed: Sequence[bytes], program: Path) -> None:
        self.versions: Mapping[str, str] = locked_versions(program, ("@digitalbazaar/vc", "jsonld"))
        super().__init__([program, "timed.mjs"], INTEROP)
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

    def samples(self) -> Sequence[dict[str, Any]]:
        return [self._ask({"work": "sample"})]


def locked_versions(program: Path, packages: Iterable[str]) -> dict[str, str]:
    """The version of Node, which is `program`, and those of `packages`."""
    locked = json.loads((INTEROP / "package-lock.json").read_text())["packages"]
    asked = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    return {
        "node": asked.stdout.strip().removeprefix("v"),
        **{name: locked[f"node_modules/{name}"]["version"] for name in packages},
    }


def agree(contestants: Sequence[Signing]) -> None:
    """Raises ValueError unless all of them sign the same thing: the same credential with the same proof value."""
    made = [(each.name, sample) for each in contestants for sample in each.samples()]
    first = _parts(made[0][1])
    differing = [name for name, sample in made if _parts(sample) != first]
    if differing:
        raise ValueError(f"{', '.join(differing)} did not sign what {made[0][0]} signed")


def _parts(signed: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The credential without its proof, and the proof value."""
    proof: Mapping[str, Any] | list[Mapping[str, Any]] = signed["proof"]
    value: str = (proof[0] if isinstance(proof, list) else proof)["proofValue"]
    return {name: member for name, member in signed.items() if name != "proof"}, value


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
