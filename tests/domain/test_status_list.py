from itertools import pairwise

import pytest

from jmc_vc.domain.status_list import SIZE, IndexPastEnd, StatusList, index_at


def status_list(size: int = SIZE, key: bytes = bytes(range(32))) -> StatusList:
    return StatusList(number=3, issuer="a", size=size, allotted=0, change=0, permutation_key=key)


def test_every_place_of_a_whole_list_comes_up_exactly_once() -> None:  # BS-04
    whole = status_list()
    assert sorted(index_at(whole, n) for n in range(SIZE)) == list(range(SIZE))


def test_the_order_depends_on_the_key_and_tells_nothing_of_the_counter() -> None:  # BS-04
    one = [index_at(status_list(), n) for n in range(1000)]
    other = [index_at(status_list(key=bytes(32)), n) for n in range(1000)]
    assert one != other
    assert len(set(one) & set(other)) < 30  # 8 by chance
    neighbours = sum(abs(a - b) < 100 for a, b in pairwise(one))
    assert neighbours < 15  # 1.5 by chance


def test_a_list_has_no_place_past_its_end() -> None:
    for n in (SIZE, -1):
        with pytest.raises(IndexPastEnd):
            index_at(status_list(), n)


def test_the_key_of_the_permutation_is_not_shown() -> None:
    assert "x00" not in repr(status_list(key=bytes(32)))
