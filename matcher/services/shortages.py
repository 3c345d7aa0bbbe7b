"""Totals that make a home for everyone impossible, known before anything is solved, that anybody can add up.

Every lawful plan is a flow through `Ways`, so children whom no flow can place no plan can (Hall, 1935). Of the cuts
of least capacity, the one nearest to the children names the fewest who are short by as many.
"""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, maximum_flow

from matcher.services.problem import Ints, Run
from matcher.services.shortage_words import what_they_share
from matcher.services.unplaced import count_rules
from matcher.services.ways import Way, Ways
from matcher.services.why_results import RoomFor, Shortage

_WITHIN = 3
_SOURCE, _SINK, _FIRST = 0, 1, 2


def shortages(run: Run) -> tuple[Shortage, ...]:
    """Sets of children who between them can live in fewer places than they are, the largest first.

    Together they are short by all that the flow is short; no smaller set is short by as much as each is.
    """
    ways = Ways(run)
    found = [_shortage(run, ways, rows, within=_within(run, ways, rows)) for rows in _parts(ways, _out_of_reach(ways))]
    return tuple(sorted(found, key=lambda one: (-one.places, -len(one.child_ids), one.child_ids)))


def _shortage(run: Run, ways: Ways, rows: list[int], *, within: tuple[Shortage, ...] = ()) -> Shortage:
    room = ways.room(rows)
    places = sum(room.values())
    return Shortage(
        child_ids=tuple(run.children[row].id for row in rows),
        homes=tuple(RoomFor(home_id=run.case.homes[home].id, places=n) for home, n in sorted(room.items()) if n),
        places=places,
        short=len(rows) - places,
        shared=what_they_share(run, rows),
        rules=count_rules(np.bitwise_and.reduce(run.bits[rows], axis=0)),
        within=within,
    )


def _within(run: Run, ways: Ways, rows: list[int]) -> tuple[Shortage, ...]:
    """Smaller shortages in one: those who can only live where some one of them can; fewest places first."""
    homes = {row: set(ways.of(row)) for row in rows}
    closed = {tuple(row for row in rows if homes[row] <= homes[one]) for one in rows}
    smaller = [list(some) for some in closed if len(some) < len(rows) and sum(ways.room(some).values()) < len(some)]
    told: list[Shortage] = []
    for one in sorted((_shortage(run, ways, some) for some in smaller), key=lambda one: (one.places, one.child_ids)):
        if len(told) < _WITHIN and all(set(one.child_ids).isdisjoint(other.child_ids) for other in told):
            told.append(one)
    return tuple(told)


def _out_of_reach(ways: Ways) -> list[int]:
    """Children on the source's side of the least cut nearest to it: the source reaches them in what is left."""
    most = _network(ways)
    left = csr_array(most - maximum_flow(most, _SOURCE, _SINK).flow)
    left.eliminate_zeros()
    reached = set(breadth_first_order(left, _SOURCE, return_predecessors=False).tolist())
    return [row for row in range(ways.children) if _FIRST + row in reached]


def _network(ways: Ways) -> csr_array:
    """The most that can flow from node to node: source, sink, children, and a node for each way into each home."""

    def node(home: Ints, way: Ints) -> Ints:
        return np.where(way == Way.CERTAIN, _SINK, _FIRST + ways.children + home * len(Way) + way)

    child = _FIRST + np.arange(ways.children)
    through = np.array([(home, *step) for home in range(ways.homes) for step in ways.through(home)], dtype=np.int64)
    home, way, onward, most = through.reshape(-1, 4).T
    start = np.concatenate([np.full(child.size, _SOURCE), _FIRST + ways.child, node(home, way)])
    end = np.concatenate([child, node(ways.home, ways.way), node(home, onward)])
    capacity = np.concatenate([np.ones(child.size + ways.child.size, dtype=np.int64), most])
    size = _FIRST + ways.children + ways.homes * len(Way)
    return coo_array((capacity.astype(np.int32), (start, end)), shape=(size, size)).tocsr()


def _parts(ways: Ways, rows: list[int]) -> Iterable[list[int]]:
    """These children, split into those who share no home."""
    pairs = [(row, ways.children + home) for row in rows for home in ways.of(row)]
    start, end = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
    size = ways.children + ways.homes
    graph = coo_array((np.ones(len(pairs), dtype=np.int8), (start, end)), shape=(size, size))
    _, part = connected_components(graph.tocsr(), directed=False)
    by_part: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        by_part[int(part[row])].append(row)
    return by_part.values()
