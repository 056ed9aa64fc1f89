"""The engine of this service, on any credential: strict parse, safe-mode conversion, RDFC-1.0, SHA-256, Ed25519.

    python -m bench.ours

is one engine in a process of its own: the plain source or the compiled build, whichever `PYTHONPATH` names first. It
lives through all rounds and measures its own time, as the Node side does. The first line that it reads is the RSA key;
then it says which engine it is. Each further line is an order and is answered by a line: {"work", "seconds"}, {"make"},
{"take", "text"}, {"growth"}, {"poison"} or {"tell"}.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any, TypeAlias

import orjson

from bench import growth, poison, suites, tokens
from bench.pace import Pace, freeze
from bench.template import template
from bench.typical import CREATED, Material, material
from jmc_vc.errors import Error
from jmc_vc.formats import strict_json
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import read_proofs
from jmc_vc.formats.data_integrity.verify_proof import verify_proof
from jmc_vc.formats.jsonld import convert

SUITE = "eddsa-rdfc-2022"

Work: TypeAlias = str
"""`issue` from a template, `sign` any credential, `verify` any credential, or a format and its work of
`bench.formats`."""


class Ours:
    """Signing begins with a credential as a JSON value and ends with JSON text; issuing begins with what differs from
    one award to the next and ends with the same JSON text; verifying begins with JSON text and ends with the
    answer."""

    name = "ours"

    def __init__(self, given: Material) -> None:
        self._material = given
        compiled = not str(convert.__file__).endswith(".py")
        self.versions: Mapping[str, str] = {
            **{name: version(name) for name in ("jmc-vc", "pynacl", "cryptography", "orjson")},
            **({"mypy": version("mypy")} if compiled else {}),
        }
        self.compiled = compiled
        self.signed = tuple(self._sign(each) for each in given.unsigned)
        small, large = (growth.grown(given, size) for size in (growth.SMALL, growth.LARGE))
        self._sizes = [str(growth.measured(pool[0], given)) for pool in (small, large)]
        self._growth = growth.Growth(
            self._verify, [self._sign(each) for each in small], [self._sign(each) for each in large]
        )
        self._paces: dict[Work, Pace] = {
            "sign": Pace(self._sign, given.unsigned),
            "verify": Pace(self._verify, self.signed),
            **suites.ours(given),
            **tokens.ours(given),
        }
        self._template = template(given)
        if self._template:
            self._paces["issue"] = Pace(*self._template)

    def measure(self, work: Work, seconds: float) -> float:
        return self._paces[work].measure(seconds)

    @property
    def works(self) -> list[Work]:
        """What `measure` can do."""
        return list(self._paces)

    def pools(self) -> dict[Work, Sequence[Any]]:
        """What each work is done with."""
        return {work: pace.pool for work, pace in self._paces.items()}

    def make(self, work: Work) -> str:
        """What comes out of `work` with the first of its pool."""
        made = self._paces[work].once()
        assert made is not None
        return made

    def takes(self, work: Work, text: str) -> bool:
        """Whether `work` can be done with `text`, and a signature in it holds."""
        try:
            self._paces[work].once(text)
        except Error:
            return False
        return True

    def samples(self) -> list[dict[str, Any]]:
        texts = [self.signed[0]]
        if self._template:
            issue, awards = self._template
            texts.append(issue(awards[0]))
        return [orjson.loads(text) for text in texts]

    def sizes(self) -> list[str]:
        """The small and the large credential of `growth`, in words."""
        return self._sizes

    def growth(self, seconds: float) -> growth.Times:
        """Milliseconds to verify a small one and a large one."""
        return self._growth.measure(seconds)

    def poison(self, random_graphs: int) -> list[poison.Answer]:
        """How each poison document was answered, the slowest first."""
        return poison.answers(self._material.contexts, random_graphs)

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
        verify_proof(Unsecured(document, self._material.contexts), proof, self._material.signer.public_key)


def main() -> None:
    """Take orders until there are no more."""
    ours = Ours(material(json.loads(sys.stdin.readline())["rsa"].encode()))
    freeze()
    _tell({"compiled": ours.compiled, "versions": ours.versions, "works": ours.works})
    for line in sys.stdin:
        order = json.loads(line)
        if "work" in order:
            _tell(ours.measure(order["work"], order["seconds"]))
        elif "make" in order:
            _tell(ours.make(order["make"]))
        elif "take" in order:
            _tell(ours.takes(order["take"], order["text"]))
        elif "growth" in order:
            _tell(ours.growth(order["growth"]))
        elif "poison" in order:
            _tell(ours.poison(order["poison"]))
        else:
            _tell({"samples": ours.samples, "sizes": ours.sizes}[order["tell"]]())


def _tell(answer: object) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
