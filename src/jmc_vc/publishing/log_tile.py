"""The pieces in which the public log is fetched: hash tiles and bundles of entries (https://c2sp.org/tlog-tiles).

What stands under a name never changes, a partial tile's width being part of its name.
"""

from dataclasses import dataclass

from jmc_vc.formats.transparency.entry_bundle import write_bundle
from jmc_vc.formats.transparency.merkle import OutsideTree
from jmc_vc.formats.transparency.tile import read_tile_path
from jmc_vc.publishing.log_head import latest_head
from jmc_vc.publishing.log_tree import LogTree
from jmc_vc.storage.database import Database


@dataclass(frozen=True, kw_only=True)
class PublishLogTile:
    """A tile of the log. A partial one can be fetched for as long as the log exists."""

    database: Database

    def __call__(self, path: str) -> bytes:
        """The tile with that path, such as `tile/0/x001/234` or `tile/entries/000.p/17`. Raises NoSuchTile, and
        OutsideTree for one that the last checkpoint does not reach; LogEmpty before the first."""
        tile = read_tile_path(path)
        with self.database.read() as snapshot:
            size = latest_head(snapshot).checkpoint.size
            if not tile.is_in(size):
                raise OutsideTree
            if tile.level is None:
                return write_bundle(snapshot.public_log.bodies(tile.first, tile.first + tile.width))
            return LogTree(snapshot.public_log, size).hashes(tile.level, tile.index)[: tile.length]
