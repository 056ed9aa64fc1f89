"""Signing and verifying any credential, against two peers: `sign/pyld`, `sign/node`, `verify/pyld`, `verify/node`.

The contestants take turns, A B C A B C, so that a machine that slows down slows all of them; the ratio is taken inside
a round, and its median over the rounds is told.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from statistics import median

from bench.contestants import WORKS, Contestant, Node, Ours, Pyld, Work, agree
from bench.row import Row
from bench.typical import material
from tests.parts import PARTS

WARM_UP_SECONDS = 0.5
"""Node's compiler and PyLD's caches are warm after a few dozen credentials."""


def rows(*, rounds: int, seconds: float) -> list[Row]:
    """One row for each work and peer; without Node those of PyLD alone. Each turn lasts `seconds`."""
    pool = material()
    with ExitStack() as stack:
        ours = Ours(pool)
        peers: list[Contestant] = [Pyld(pool, ours.signed)]
        program = PARTS["node"].find()
        if program and PARTS["node-packages"].find():
            node = Node(pool, ours.signed, program)
            stack.callback(node.close)
            peers.append(node)
        agree([ours, *peers])
        return [row for work in WORKS for row in _rows(work, ours, peers, rounds, seconds)]


def _rows(work: Work, ours: Contestant, peers: Sequence[Contestant], rounds: int, seconds: float) -> list[Row]:
    everybody = [ours, *peers]
    for each in everybody:
        each.measure(work, WARM_UP_SECONDS)
    table = [{each.name: each.measure(work, seconds) for each in everybody} for _ in range(rounds)]
    return [
        Row(
            id=f"{work}/{peer.name}",
            ours=median(line[ours.name] for line in table),
            peer=median(line[peer.name] for line in table),
            ratio=median(line[ours.name] / line[peer.name] for line in table),
            versions={**ours.versions, **peer.versions},
        )
        for peer in peers
    ]
