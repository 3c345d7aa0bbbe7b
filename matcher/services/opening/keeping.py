"""Support that keeps a child where the placement would end: a column of the solver for each option that gives it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.services.opening.menu_options import Option
from matcher.services.opening.weeks import Week
from matcher.services.problem import Run

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Keeping:
    """Columns that keep children where they are, and who may stay at what cost.

    Attributes:
        run: The week's run.
        option: Option of each column, ``(columns,)``.
        places: How many children it supports at once, ``(columns,)``.
        support: What it costs a week for each, ``(columns,)``.
        child: Row of each pair; ``column`` its column; ``cost`` pence a week, of the home and of the support.
    """

    run: Run
    option: Ints
    places: Ints
    support: Ints
    child: Ints
    column: Ints
    cost: Ints


def kept_columns(run: Run, week: Week, options: Sequence[Option], rng: np.random.Generator) -> Keeping:
    """Who may stay with which support: those whose home is ending, where the support would hold, by chance.

    Staying costs what the home costs for the child now, and the support. Chance is drawn for every child and option,
    whatever is on the menu besides, so that it does not change with it.
    """
    giving = [(number, option.keeps) for number, option in enumerate(options) if option.keeps is not None]
    pairs: list[tuple[int, int, int]] = []
    for column, (_, keeps) in enumerate(giving):
        luck = rng.random(run.searching) * 100
        for row in range(run.searching):
            home = week.ending[row]
            if home < 0 or luck[row] >= keeps.chance_percent:
                continue
            age, kind = run.children[row].age_on(run.case.as_at), run.case.homes[home].kind
            if kind in keeps.kinds and keeps.age_from <= age <= keeps.age_to:
                support = keeps.each_pence * run.case.policy.fee_per_mille // 1000
                pairs.append((row, column, int(run.cost[row, home]) + support))
    rows = np.array(pairs, dtype=np.int64).reshape(-1, 3)
    places = [keeps.children for _, keeps in giving]
    return Keeping(
        run,
        np.array([number for number, _ in giving], dtype=np.int64),
        np.array(places, dtype=np.int64),
        np.array([keeps.each_pence for _, keeps in giving], dtype=np.int64),
        rows[:, 0],
        rows[:, 1],
        rows[:, 2],
    )
