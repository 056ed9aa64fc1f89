"""Places of status lists that the public log names and the database has forgotten: they are never given away again, and
their bits say what was logged."""

from collections.abc import Callable, Mapping

from jmc_vc.auditing.finding import Finding, wrong
from jmc_vc.auditing.told import Place
from jmc_vc.domain.credential import CredentialState, RowState
from jmc_vc.domain.lost_credential import LostCredential
from jmc_vc.domain.status_list import StatusList, index_at
from jmc_vc.formats.transparency.entry_types import CredentialIssued, StatusChanged
from jmc_vc.storage.transaction import Transaction


def keep_places(
    tx: Transaction,
    places: Mapping[Place, CredentialIssued],
    states: Mapping[Place, StatusChanged],
    *,
    slug_of: Callable[[str], str | None],
    random: Callable[[int], bytes],
    done: list[Finding],
) -> int:
    """Put on record those of `places` that have no issued credential; how many they are. `done` is told of lists that
    could not be made."""
    lost = []
    for (number, index), said in places.items():
        row = tx.credentials.at_place(number, index)
        if row is not None and row.row_state is RowState.ISSUED:
            continue
        if row is not None:
            tx.credentials.abandon([row.uuid], "restored")
        status = states.get((number, index))
        state = CredentialState.ACTIVE if status is None else CredentialState(status.state)
        lost.append(
            LostCredential(
                list_number=number, status_index=index, issuer=said.issuer, state=state, changed_at=(status or said).at
            )
        )
    tx.lost_credentials.add(lost)
    by_list: dict[int, set[int]] = {}
    owners: dict[int, str] = {}
    for each in tx.lost_credentials.all():  # those of an earlier restore too: their issuer may be known by now
        by_list.setdefault(each.list_number, set()).add(each.status_index)
        owners[each.list_number] = each.issuer
    for number, indexes in sorted(by_list.items()):
        known = tx.status_lists.get(number)
        slug = slug_of(owners[number])
        if known is not None:
            tx.status_lists.skip(number, _first_free(known, indexes))
        elif slug is not None and tx.issuers.get(slug) is not None:
            tx.status_lists.put_back(number, slug, random)
        else:
            done.append(wrong("restore.list_lost", list=number, issuer=owners[number]))
    return len(lost)


def _first_free(known: StatusList, indexes: set[int]) -> int:
    """The first counter of the list behind those that gave these indexes: places go in an order that only the list's
    key tells, so one looks through them: four seconds at
    the utmost."""
    left, free = set(indexes), 0
    for n in range(known.size):
        if not left:
            break
        index = index_at(known, n)
        if index in left:
            left.discard(index)
            free = n + 1
    return max(free, known.allotted)
