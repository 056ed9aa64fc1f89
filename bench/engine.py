"""Issuing, signing and verifying, as ratios to peers; every format likewise; growth; and poison. The rows and their
targets are `COMPARED`, `formats.FORMATS`, `GROWTH` and `POISON`.

The contestants take turns, A B C A B C, so that a machine that slows down slows all of them, and only one computes at a
time; the ratio is taken inside a round, and its median over the rounds is told. Each of our rows stands there twice:
under its own name for the engine that would be deployed, which is the compiled one where there is a compiled build, and
with `/source` for the plain source.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import groupby
from statistics import median

from bench import formats
from bench.contestants import COMPILED, Contestant, Engine, Node, Pyld, RawEd25519, agree
from bench.format_peers import FormatPeer, NodeLibraries, libraries
from bench.growth import Times
from bench.keys import new_rsa_pem
from bench.ours import Ours, Work
from bench.pace import freeze
from bench.row import Comparison, Row
from bench.typical import material
from tests.parts import PARTS

WARM_UP_SECONDS = 0.5
"""Node's compiler and PyLD's caches are warm after a few dozen credentials."""
A_FORMATS_TURN = 0.06
"""Of what a turn lasts otherwise: the formats have nine times as many turns, and all of them together take half a
minute so."""

COMPARED = (
    Comparison("issue-template/node", "issue", "node", "sign", 140),
    Comparison("issue-template/raw-ed25519", "issue", "raw-ed25519", "sign", 0.45),
    Comparison("sign/pyld", "sign", "pyld", "sign", 30),
    Comparison("sign/node", "sign", "node", "sign"),
    Comparison("verify/node", "verify", "node", "verify", 35),
    Comparison("verify/raw-ed25519", "verify", "raw-ed25519", "verify", 0.40),
    Comparison("verify/pyld", "verify", "pyld", "verify"),
)
GROWTH = ("growth/100k-10k", 11.0)
"""Ten times the bytes, and a tenth of that for what grows a little faster: sorting."""
POISON = ("poison/ms", 20.0)

Rates = Mapping[tuple[str, Work], float]
"""Name of a contestant and work → how often a second, in one round."""


def rows(*, rounds: int, seconds: float, random_graphs: int) -> list[Row]:
    """Every row; without Node those against Node are missing. Each turn lasts `seconds`; `random_graphs` are poison."""
    rsa_pem = new_rsa_pem()
    pool = material(rsa_pem)
    ours = Ours(pool)
    signed = ours.signed
    with ExitStack() as stack:
        engines = [Engine(rsa_pem, compiled=True)] if (COMPILED / ".made").is_file() else []
        engines.append(Engine(rsa_pem, compiled=False))
        for each in engines:
            stack.callback(each.close)
        pyld = Pyld(pool, signed)
        peers: list[Contestant] = [pyld, RawEd25519()]
        format_peers: list[FormatPeer] = [*libraries(pool, ours.pools())]
        node = None
        program = PARTS["node"].find()
        if program and PARTS["node-packages"].find():
            node = Node(pool, signed, program)
            stack.callback(node.close)
            peers.append(node)
            of_node = NodeLibraries(pool, ours.pools(), program)
            stack.callback(of_node.close)
            format_peers += of_node.all
        agree([*engines, pyld, *([node] if node else [])])
        formats.agree([*engines, *format_peers])
        freeze()
        table = _table(_turns(COMPARED, engines, peers), rounds, seconds)
        format_table = _table(_turns(formats.COMPARED, engines, format_peers), rounds, A_FORMATS_TURN * seconds)
        times = [{engine.name: engine.growth(2 * seconds) for engine in engines} for _ in range(rounds)]
        found = {
            engine.name: [
                *_rows(COMPARED, engine, peers, table),
                *_rows(formats.COMPARED, engine, format_peers, format_table),
                _growth(engine, [line[engine.name] for line in times]),
                _poison(engine, random_graphs),
            ]
            for engine in engines
        }
    return [*found[engines[0].name], *(replace(row, id=f"{row.id}/source") for row in found["source"])]


def _turns(
    compared: Sequence[Comparison], engines: Sequence[Engine], peers: Sequence[Contestant]
) -> list[tuple[Contestant, Work]]:
    """Who does what in one round, and after whom: those who are compared follow each other."""
    turns: dict[tuple[str, Work], tuple[Contestant, Work]] = {}
    for _, group in groupby(compared, lambda each: each.theirs):
        together = list(group)
        for engine in engines:
            for each in together:
                if each.work in engine.works:
                    turns[engine.name, each.work] = engine, each.work
        for peer in peers:
            for each in together:
                if each.peer == peer.name:
                    turns[peer.name, each.theirs] = peer, each.theirs
    return list(turns.values())


def _table(turns: Sequence[tuple[Contestant, Work]], rounds: int, seconds: float) -> list[Rates]:
    for contestant, work in turns:
        contestant.measure(work, min(WARM_UP_SECONDS, seconds))
    return [
        {(contestant.name, work): contestant.measure(work, seconds) for contestant, work in turns}
        for _ in range(rounds)
    ]


def _rows(
    compared: Sequence[Comparison], engine: Engine, peers: Sequence[Contestant], table: Sequence[Rates]
) -> Iterator[Row]:
    versions = {peer.name: peer.versions for peer in peers}
    for each in compared:
        ours, theirs = (engine.name, each.work), (each.peer, each.theirs)
        if ours in table[0] and theirs in table[0]:
            yield Row(
                id=each.id,
                ours=median(line[ours] for line in table),
                peer=median(line[theirs] for line in table),
                ratio=median(line[ours] / line[theirs] for line in table),
                target=each.target,
                versions={**engine.versions, **versions[each.peer]},
                remark=f"{engine.remark}; {each.inside}" if each.inside else engine.remark,
            )


def _growth(engine: Engine, times: Sequence[Times]) -> Row:
    sizes = engine.sizes()
    id_, target = GROWTH
    return Row(
        id=id_,
        ours=median(each.large for each in times),
        peer=median(each.small for each in times),
        ratio=median(each.large / each.small for each in times),
        target=target,
        better="lower",
        unit="milliseconds",
        versions=engine.versions,
        remark=f"{engine.remark}; {sizes[1]} by {sizes[0]}",
    )


def _poison(engine: Engine, random_graphs: int) -> Row:
    answers = engine.poison(random_graphs)
    slowest = answers[0]
    outcomes = Counter(answer.code or "answered" for answer in answers)
    id_, target = POISON
    return Row(
        id=id_,
        ours=slowest.milliseconds,
        peer=None,
        ratio=None,
        target=target,
        better="lower",
        unit="milliseconds",
        versions=engine.versions,
        remark=f"{engine.remark}; {slowest.name}; " + ", ".join(f"{times} {code}" for code, times in outcomes.items()),
    )
