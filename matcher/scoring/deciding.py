"""Which unanswered questions could change a child's first choice."""

from collections.abc import Iterator

import numpy as np

from matcher.scoring.arrays import Bools, Int64
from matcher.scoring.assumptions import About, need_pence
from matcher.scoring.encoding import Encoded
from matcher.scoring.parts import parts_of
from models.needs import NeedsFramework
from models.record import Record

_NO_COST = np.iinfo(np.int64).max


class DecidingAnswer(Record):
    """An assumed level that, were it another, would give the child another first choice.

    Attributes:
        about: Whether to ask about the child or the home.
        home_id: The home to ask, None for a question about the child.
        need: Key of the need.
        label: Its words.
        taken_as: The level assumed.
        level: The level nearest to it that changes the first choice.
        column: The home that is first then; -1 where none of those given stays above the suitability floor.
    """

    about: About
    home_id: str | None
    need: str
    label: str
    taken_as: int
    level: int
    column: int


def deciding_answers(
    encoded: Encoded, row: int, columns: Int64, framework: NeedsFramework
) -> tuple[DecidingAnswer, ...]:
    """Every assumed level, of the child or of one of the homes, that alone could change the first choice.

    Args:
        encoded: The encoded case.
        row: The search.
        columns: int64 (k,), allowed homes in ranked order; of two that cost the same, the earlier stays first.
        framework: The case's needs framework.
    """
    if not len(columns):
        return ()
    ranked = _Ranked(encoded, row, columns)
    found = [*_of_child(ranked, framework), *_of_homes(ranked, framework)]
    return tuple(sorted(found, key=lambda answer: abs(answer.level - answer.taken_as)))


class _Ranked:
    """The ranked homes of one row, and what their order would be were one level another."""

    def __init__(self, encoded: Encoded, row: int, columns: Int64) -> None:
        arrays = encoded.arrays
        self.encoded, self.row, self.columns, self.prices = encoded, row, columns, arrays.policy[0]
        self.child = arrays.child_level[row].astype(np.int64)
        self.homes = arrays.home_level[columns].astype(np.int64)
        self.tenths = arrays.tenths.astype(np.int64)
        self.cost = parts_of(encoded, row, columns).sum(axis=1)

    def first(self, need: int, child: Int64, homes: Int64) -> Int64:
        """Place in the list of the cheapest home, with other levels of one need; -1 where all are under the floor.

        Args:
            need: Which need.
            child: int64 (q, 1) or (1, 1), the child's level in each of q cases.
            homes: int64 (q, k) or (1, k), each home's level.

        Returns:
            int64 (q,).
        """
        prices, weight = self.prices, self.tenths[need]
        per = int(prices.unmet_need_per_tenth), int(prices.surplus_per_tenth)
        now = need_pence(self.child[need], self.homes[:, need], weight, *per)
        cost = self.cost - now + need_pence(child, homes, weight, *per)
        fit: Bools = (child < prices.floor_need_level) | (child - homes < prices.floor_levels_short)
        best = np.where(fit, cost, _NO_COST).argmin(axis=1)
        return np.where(fit.any(axis=1), best, -1)

    def column(self, place: int) -> int:
        """The column of a place in the list, -1 for none."""
        return int(self.columns[place]) if place >= 0 else -1


def _by_closeness(framework: NeedsFramework, taken: int) -> list[int]:
    """Every other level, nearest first."""
    others = (level for level in range(framework.top_level + 1) if level != taken)
    return sorted(others, key=lambda level: abs(level - taken))


def _of_child(ranked: _Ranked, framework: NeedsFramework) -> Iterator[DecidingAnswer]:
    levels = np.arange(framework.top_level + 1).reshape(-1, 1)
    for need in np.flatnonzero(~ranked.encoded.child_known[ranked.row]).tolist():
        places = ranked.first(need, levels, ranked.homes[:, need].reshape(1, -1))
        yield from _nearest(ranked, framework, None, need, places)


def _of_homes(ranked: _Ranked, framework: NeedsFramework) -> Iterator[DecidingAnswer]:
    known = ranked.encoded.home_known[ranked.columns]
    count, every = len(ranked.columns), np.arange(len(ranked.columns))
    levels = np.arange(framework.top_level + 1)
    places = np.zeros((*known.shape, len(levels)), np.int64)
    for need in np.flatnonzero(~known.all(axis=0)).tolist():
        homes = np.tile(ranked.homes[:, need], (count, len(levels), 1))
        homes[every, :, every] = levels  # one case for each home asked and each level it could answer
        firsts = ranked.first(need, ranked.child[need].reshape(1, 1), homes.reshape(-1, count))
        places[:, need] = firsts.reshape(count, -1)
    for asked, need in np.argwhere(~known).tolist():
        yield from _nearest(ranked, framework, asked, need, places[asked, need])


def _nearest(
    ranked: _Ranked, framework: NeedsFramework, asked: int | None, need: int, places: Int64
) -> Iterator[DecidingAnswer]:
    """The answer nearest to what is assumed whose place, one for each level, is not the first; none may be."""
    if not places.any():
        return
    taken = int(ranked.child[need] if asked is None else ranked.homes[asked, need])
    for level in _by_closeness(framework, taken):
        if places[level] != 0:
            yield _answer(ranked, framework, asked, need, taken, level, int(places[level]))
            return


def _answer(
    ranked: _Ranked, framework: NeedsFramework, asked: int | None, need: int, taken: int, level: int, place: int
) -> DecidingAnswer:
    return DecidingAnswer(
        about=About.CHILD if asked is None else About.HOME,
        home_id=None if asked is None else ranked.encoded.homes[ranked.column(asked)].id,
        need=framework.needs[need].key,
        label=framework.needs[need].label,
        taken_as=taken,
        level=level,
        column=ranked.column(place),
    )
