"""The homes that would suit one child: what each would mean in miles and money, and how many children fit at once."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from matcher.services.counts import mean
from matcher.services.room import rooms
from matcher.services.step_down_results import HomeThere, KindThere, Money
from matcher.services.step_down_scoring import Asked
from matcher.services.stock import home_of, weekly_fee
from models.case import Case
from models.geography import locality, miles_tenths
from models.home import Home
from models.placement import Placement
from models.vocabulary import Training, kind_label


def home_there(case: Case, asked: Asked, place: int, short_needs: tuple[str, ...]) -> HomeThere:
    """One of the homes that suit a child, by its place in ``asked.homes``."""
    home, now, address = asked.homes[place], home_of(case, asked.placement), asked.child.home
    miles = miles_tenths(address, home.location) if address else None
    before = miles_tenths(address, now.location) if address and now else None
    fee, marginal = weekly_fee(case, asked.placement), marginal_fee(case, asked.placement)
    return HomeThere(
        home_id=home.id,
        kind_label=_label(home),
        open_now=bool(asked.open_now[place]),
        locality=locality(case.authority, home.location.utla),
        miles_tenths=miles,
        nearer_tenths=None if before is None or miles is None else before - miles,
        saving_pence=None if fee is None else fee - home.fee_pence,
        marginal_saving_pence=None if marginal is None else marginal - home.marginal_fee_pence,
        cost_pence=int(asked.cost[place]),
        short_needs=short_needs,
    )


def examples(asked: Asked, number: int) -> list[int]:
    """Places in ``asked.homes`` of the best matches with a place open today, then of the best of the others."""
    return sorted(range(len(asked.homes)), key=lambda place: not asked.open_now[place])[:number]


def marginal_fee(case: Case, placement: Placement) -> int | None:
    """What leaving a placement frees, pence a week: its own fee, unless the home's place costs some of it empty too."""
    home, fee = home_of(case, placement), weekly_fee(case, placement)
    if home is None or home.marginal_fee_pence == home.fee_pence:
        return fee
    return home.marginal_fee_pence


def saving_over(fee: int | None, fees: Sequence[int]) -> Money | None:
    """What a fee is above the mean of some others, with the least and the most; None where it is not known."""
    value = mean(sum(fees), len(fees))
    if fee is None or value is None:
        return None
    return Money(pence=fee - value, low_pence=fee - max(fees), high_pence=fee - min(fees))


def kinds_there(asked: Asked) -> tuple[KindThere, ...]:
    """How many homes of each kind suit, specialist carers apart, commonest first."""
    counts = {_label(home): [0, 0] for home in asked.homes}
    for home, open_now in zip(asked.homes, asked.open_now.tolist(), strict=True):
        counts[_label(home)][not open_now] += 1
    ranked = sorted(counts.items(), key=lambda item: (-sum(item[1]), item[0]))
    return tuple(KindThere(label=label, open_now=free, full=full) for label, (free, full) in ranked)


def _label(home: Home) -> str:
    label = kind_label(home.kind, home.sector)
    return f"specialist {label}" if home.training is Training.SPECIALIST else label


def at_once(case: Case, some: Sequence[Asked]) -> int:
    """The most children who could move together into places open today: one child to a place, company not looked at."""
    free = {room.home.id: max(room.single_places, 1) for room in rooms(case, frozenset())}
    places: dict[tuple[str, int], int] = {}
    rows, columns = [], []
    for row, asked in enumerate(some):
        for home in _open_homes(asked):
            for number in range(free[home.id]):
                rows.append(row)
                columns.append(places.setdefault((home.id, number), len(places)))
    if not rows:
        return 0
    graph = csr_array((np.ones(len(rows), np.int8), (rows, columns)), shape=(len(some), len(places)))
    return int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())


def _open_homes(asked: Asked) -> list[Home]:
    return [home for home, open_now in zip(asked.homes, asked.open_now.tolist(), strict=True) if open_now]
