"""The shared test vectors: published data that stands beside the repository and is never copied into it."""

from pathlib import Path

from tests.parts import require


def vectors(name: str) -> Path:
    """The folder of vectors `name`; skips the test when there is none, or fails it with `TEST_REQUIRE=all`."""
    return require("test-data") / "vectors" / name
