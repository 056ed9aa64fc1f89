"""A document with texts left open, and texts to fill in. The template gives what the general path gives, or nothing."""

from random import Random
from time import process_time

from hypothesis import strategies as st

from tests.builders.templated import compiled, fills_rightly, read_templated, templated, write_templated

SECONDS = 1.0


def inputs() -> st.SearchStrategy[bytes]:
    return st.integers(0, 2**64 - 1).map(lambda seed: write_templated(templated(Random(seed))))


def check(data: bytes) -> None:
    """Raises AssertionError, or whatever escapes the template."""
    made = read_templated(data)
    started = process_time()
    template = compiled(made.document, made.places)
    if template is not None:
        for values in made.values:
            fills_rightly(template, made, values)
    assert process_time() - started < SECONDS
