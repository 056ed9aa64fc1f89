"""The public log as others read it: computed anew from its entries, nothing taken on trust."""

import itertools
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import text

from jmc_vc import bootstrap
from jmc_vc.domain.signing_key import LOG, KeyState
from jmc_vc.errors import Error
from jmc_vc.formats.transparency.checkpoint import open_checkpoint
from jmc_vc.formats.transparency.log_proof import read_log_proof, verify_log_proof
from jmc_vc.formats.transparency.merkle import leaf_hash, verify_consistency, verify_inclusion
from jmc_vc.formats.transparency.tile import Tile, tiles_added
from jmc_vc.publishing.advance_log import LogDamaged, NoLogKey
from jmc_vc.publishing.log_proof import proven_entries
from jmc_vc.storage.public_log import Checkpoint
from tests.builders.installation import Installation, award
from tests.builders.public_log import advance, let_seconds_pass, published_entries, put_in, written
from tests.builders.refusals import refused_code
from tests.formats.transparency import by_the_book
from tests.storage.together import together


def _heads(installation: Installation, *counts: int) -> list[Checkpoint]:
    """The heads of a log to which so many entries came one after the other."""
    heads = []
    for count in counts:
        put_in(installation, count)
        head = advance(installation)
        assert head is not None
        heads.append(head)
    return heads


def _whole_tiles(leaves: list[bytes]) -> dict[int, list[bytes]]:
    """Level → hashes, as the specification of tiles defines them."""
    levels = {0: leaves}
    while len(row := levels[len(levels) - 1]) >= 256:
        levels[len(levels)] = [by_the_book.root(row[n : n + 256]) for n in range(0, len(row) - len(row) % 256, 256)]
    return levels


def test_everything_that_is_published_follows_from_the_entries(installation: Installation) -> None:
    heads = _heads(installation, 1, 236, 1, 3, 255, 88, 40)
    service, size = installation.service, heads[-1].size
    assert size > 600
    entries = published_entries(installation, size)
    leaves = [sha256(b"\0" + entry).digest() for entry in entries]
    (key,) = service.log.verifier_keys()
    assert key.name == "localhost:8000/log"
    for head in heads:
        signed = open_checkpoint(head.note.encode(), origin="localhost:8000/log", key=key)
        assert (signed.checkpoint.size, signed.checkpoint.root) == (head.size, head.root)
        assert head.root == by_the_book.root(leaves[: head.size])
    assert service.log.head().note == heads[-1].note.encode()
    for level, hashes in _whole_tiles(leaves).items():
        for tile in (tile for tile in tiles_added(0, size) if tile.level == level):
            assert service.log.tile(tile.path) == b"".join(hashes[tile.first : tile.first + tile.width])
    for old, new in itertools.combinations_with_replacement(heads, 2):
        growth = service.log.growth(old.size, new.size)
        assert (growth.old_root, growth.new_root) == (old.root, new.root)
        assert list(growth.path) == by_the_book.proof(old.size, leaves[: new.size])
        verify_consistency(old.size, new.size, growth.path, old.root, new.root)


def test_every_entry_has_its_proof(installation: Installation) -> None:
    (head,) = _heads(installation, 590)
    (key,) = installation.service.log.verifier_keys()
    leaves = [leaf_hash(entry) for entry in published_entries(installation, head.size)]
    with installation.service.database.read() as snapshot:
        every = proven_entries(snapshot, *range(head.size))
    for index, (leaf, found) in enumerate(zip(leaves, every, strict=True)):
        assert leaf_hash(found.body) == leaf
        verify_inclusion(index, head.size, leaf, found.path, head.root)
    for index in range(0, head.size, 64):
        found = installation.service.log.entry(index)
        assert list(found.path) == by_the_book.path(index, leaves)
        proof = read_log_proof(found.proof().encoded)
        verify_log_proof(proof, leaves[index], origin="localhost:8000/log", key=key)


def test_a_partial_tile_of_every_width_can_still_be_fetched_when_it_has_grown(
    sqlite_installation: Installation,
) -> None:
    (head,) = _heads(sqlite_installation, 300)
    tile, entries = sqlite_installation.service.log.tile, published_entries(sqlite_installation, head.size)
    whole = tile("tile/0/000")
    for width in range(1, 256):
        assert tile(f"tile/0/000.p/{width}") == whole[: width * 32]
        bundle = tile(f"tile/entries/000.p/{width}")
        assert bundle == b"".join(len(entry).to_bytes(2) + entry for entry in entries[:width])


def test_what_the_last_head_does_not_reach_is_not_there(installation: Installation) -> None:
    tile = installation.service.log.tile
    assert refused_code(lambda: tile("tile/0/000")) == "log.empty"
    assert refused_code(installation.service.log.head) == "log.empty"
    (head,) = _heads(installation, 300)
    rest = head.size - 256
    put_in(installation, 300)  # they wait
    assert tile(f"tile/0/001.p/{rest}")
    for path in (f"tile/0/001.p/{rest + 1}", "tile/0/001", "tile/1/000", "tile/1/000.p/2", "tile/2/000.p/1"):
        assert refused_code(lambda path=path: tile(path)) == "log.outside", path  # type: ignore[misc]
    assert refused_code(lambda: tile(f"tile/entries/001.p/{rest + 1}")) == "log.outside"
    for index in (head.size, 2**63, 10**18):
        assert refused_code(lambda index=index: installation.service.log.entry(index)) == "log.outside"  # type: ignore[misc]
    growth = installation.service.log.growth
    assert refused_code(lambda: growth(0, head.size + 1)) == "log.outside"
    assert refused_code(lambda: growth(head.size + 1)) == "log.outside"
    assert growth(0).path == growth(head.size).path == ()


@pytest.mark.parametrize("path", ["", "tile", "tile/0/0", "tile/0/x000/001", "tile/00/000", "tile/0/000.p/0"])
def test_a_path_that_is_no_tiles_is_not_there(sqlite_installation: Installation, path: str) -> None:
    _heads(sqlite_installation, 1)
    assert refused_code(lambda: sqlite_installation.service.log.tile(path)) == "log.tile_path"


def test_whole_tiles_are_stored_and_others_are_not(installation: Installation) -> None:
    (head,) = _heads(installation, 700)
    with installation.service.database.read() as snapshot:
        assert [snapshot.public_log.tile(0, n) is not None for n in range(head.size // 256 + 1)] == [True, True, False]
        assert snapshot.public_log.tile(1, 0) is None
        assert len(snapshot.public_log.tile_roots(0, 0, 10)) == 2
    assert Tile(1, 0, 2).path == "tile/1/000.p/2"
    assert len(installation.service.log.tile("tile/1/000.p/2")) == 64


def test_nothing_is_signed_when_nothing_waits_or_the_last_head_is_younger_than_a_second(
    installation: Installation,
) -> None:
    (head,) = _heads(installation, 1)
    assert advance(installation) is None
    put_in(installation, 1)
    assert installation.service.log.advance(now=head.signed_at + timedelta(milliseconds=999)) is None
    second = installation.service.log.advance(now=head.signed_at + timedelta(seconds=1))
    assert second is not None
    assert second.size == head.size + 1


def test_a_clock_that_goes_back_neither_stops_the_log_nor_dates_anything_back(installation: Installation) -> None:
    first, second = _heads(installation, 3, 3)
    installation.clock.move(days=-400)
    put_in(installation, 2)
    assert advance(installation) is None  # a second has gone by on the clock that goes back, and none on the other
    let_seconds_pass(installation)
    third = advance(installation)
    (fourth,) = _heads(installation, 2)
    assert third is not None
    assert [head.size - first.size for head in (second, third, fourth)] == [3, 5, 7]
    assert first.signed_at < second.signed_at == third.signed_at == fourth.signed_at
    installation.clock.move(days=800)
    (fifth,) = _heads(installation, 1)
    assert fifth.signed_at == installation.now
    assert installation.service.log.growth(first.size, fifth.size).old_root == first.root


def test_a_long_backlog_is_worked_off_in_pieces(sqlite_installation: Installation) -> None:
    put_in(sqlite_installation, 16_400)
    sizes = []
    while head := advance(sqlite_installation):
        sizes.append(head.size)
    assert sizes[0] == 16_384
    assert sizes[-1] == len(written(sqlite_installation))
    growth = sqlite_installation.service.log.growth(sizes[0])
    verify_consistency(growth.old, growth.new, growth.path, growth.old_root, growth.new_root)


def test_issuing_and_two_processes_that_advance_leave_no_gap_and_no_double(installation: Installation) -> None:
    again = bootstrap.build(installation.service.settings, clock=installation.clock)
    services = (installation.service, again)
    started, rounds = installation.now, 12

    def work(number: int) -> list[Checkpoint | None]:
        if number < 2:
            for n in range(rounds):
                bodies = [
                    award(externalId=f"{number}-{n}-{k}", recipient=_learner(f"{number}-{n}-{k}")) for k in range(3)
                ]
                assert not any(isinstance(outcome, Error) for outcome in installation.issue_all(bodies))
            return []
        advance_log = services[number - 2].log.advance
        return [advance_log(now=started + timedelta(seconds=n)) for n in range(rounds)]

    heads = [head for found in together(4, work) for head in found if head is not None]
    installation.clock.move(minutes=5)
    last = advance(installation)
    again.database.close()
    with installation.service.database.read() as snapshot:
        entries = snapshot.public_log.entries(0, 10_000)
        assert not snapshot.public_log.waiting(1)
    assert [entry.leaf for entry in entries] == list(range(len(entries)))
    assert len({entry.id for entry in entries}) == len(entries)
    issued = [entry for entry in entries if entry.kind == "credential"]
    assert len(issued) == len({entry.credential for entry in issued}) == 2 * 3 * rounds
    leaves = [leaf_hash(entry.body) for entry in entries]
    every = [*heads, *([] if last is None else [last])]
    assert len({head.size for head in every}) == len(every)
    for head in every:
        assert head.root == by_the_book.root(leaves[: head.size])


def _learner(name: str) -> dict[str, object]:
    return {"name": {"fullName": f"Learner {name}"}, "email": f"{name}@learners.example"}


def test_only_one_of_two_that_advance_at_once_signs(installation: Installation) -> None:
    again = bootstrap.build(installation.service.settings, clock=installation.clock)
    advances = (installation.service.log.advance, again.log.advance)
    for _ in range(5):
        put_in(installation, 5)
        installation.clock.move(seconds=1)
        found = together(4, lambda number: advances[number % 2](now=installation.now))
        assert sum(head is not None for head in found) == 1
    again.database.close()


SPOILED: dict[str, list[str]] = {
    "an entry changed": [
        "DROP TRIGGER log_entries_fixed",
        "UPDATE log_entries SET body = X'7B7D' WHERE leaf = 2",
    ],
    "the last entry removed": [
        "DROP TRIGGER log_entries_no_delete",
        "DELETE FROM log_entries WHERE leaf = (SELECT max(leaf) FROM log_entries)",
    ],
    "an entry in the middle removed": [
        "DROP TRIGGER log_entries_no_delete",
        "DELETE FROM log_entries WHERE leaf = 5",
    ],
    "two entries in each other's place": [
        "DROP TRIGGER log_entries_fixed",
        "UPDATE log_entries SET leaf = 1000000 WHERE leaf = 3",
        "UPDATE log_entries SET leaf = 3 WHERE leaf = 4",
        "UPDATE log_entries SET leaf = 4 WHERE leaf = 1000000",
    ],
    "another head": [
        "DROP TRIGGER log_checkpoints_no_update",
        "UPDATE log_checkpoints SET root = zeroblob(32)",
    ],
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_head_that_contradicts_the_last_one_is_never_signed(sqlite_installation: Installation, name: str) -> None:
    (head,) = _heads(sqlite_installation, 20)
    with sqlite_installation.service.database._writing() as connection:
        for statement in SPOILED[name]:
            connection.execute(text(statement))
    put_in(sqlite_installation, 1)
    with pytest.raises(LogDamaged):
        advance(sqlite_installation)
    assert sqlite_installation.service.log.head().checkpoint.note == head.note


def test_an_installation_older_than_the_log_gets_its_key_at_the_first_advance(
    sqlite_installation: Installation,
) -> None:
    database = sqlite_installation.service.database
    with database._writing() as connection:
        connection.execute(text("DROP TRIGGER signing_keys_no_delete"))
        connection.execute(text("DELETE FROM signing_keys WHERE owner = 'log'"))
    assert sqlite_installation.service.log.verifier_keys() == ()
    head = advance(sqlite_installation)
    assert head is not None
    (key,) = sqlite_installation.service.log.verifier_keys()
    open_checkpoint(head.note.encode(), origin="localhost:8000/log", key=key)
    told = [entry["event"] for entry in written(sqlite_installation) if entry.get("owner", "").endswith(":log")]
    assert told[-3:] == ["created", "published", "activated"]


def test_a_lost_log_key_is_not_replaced_in_silence(sqlite_installation: Installation) -> None:
    _heads(sqlite_installation, 1)
    with sqlite_installation.service.database._writing() as connection:
        connection.execute(text("UPDATE signing_keys SET state = 'retired' WHERE owner = 'log'"))
    put_in(sqlite_installation, 1)
    with pytest.raises(NoLogKey):
        advance(sqlite_installation)


def test_a_retired_log_key_is_still_told_and_a_stolen_one_is_not(sqlite_installation: Installation) -> None:
    service, now = sqlite_installation.service, sqlite_installation.now
    (old,) = service.log.verifier_keys()
    fresh = service.log.advance.keyring.generate(LOG, "key-2", now=now, state=KeyState.ACTIVE)
    with service.database._writing() as connection:
        connection.execute(text("UPDATE signing_keys SET state = 'retired' WHERE owner = 'log'"))
    with service.database.begin() as tx:
        tx.signing_keys.add(fresh)
    new, still = service.log.verifier_keys()
    assert (still, new.id != old.id) == (old, True)
    (head,) = _heads(sqlite_installation, 1)
    open_checkpoint(head.note.encode(), origin="localhost:8000/log", key=new)
    with service.database._writing() as connection:
        connection.execute(text("UPDATE signing_keys SET state = 'compromised' WHERE owner = 'log' AND kid = 'key-1'"))
    assert service.log.verifier_keys() == (new,)


def test_the_lines_of_witnesses_stand_behind_our_own(installation: Installation) -> None:
    (head,) = _heads(installation, 1)
    lines = [f"— witness.example/w{n} AAAAAAAA\n" for n in (1, 2)]
    with installation.service.database.begin() as tx:
        for n in (1, 0):
            tx.public_log.cosign(head.size, f"w{n}", lines[n], installation.now)
    assert installation.service.log.head().note.decode() == head.note + "".join(lines)
