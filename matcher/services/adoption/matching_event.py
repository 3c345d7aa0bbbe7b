"""Whom to invite to a matching event: the seats that give most children families worth meeting, with proof."""

from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from matcher.services.adoption.linking import unit_sizes
from matcher.services.adoption.screening import Screened
from models.record import Record

SECONDS = 10.0


class Invitations(Record):
    """Families to invite, and the children who would meet enough of them.

    Attributes:
        children: Of them, those who would meet at least ``families_each`` eligible families.
        meetings: How many eligible pairs would meet.
        most_children: No other choice of as many families would do this for more children (a proved bound).
        optimal: Whether nobody could do better: as many children, then as little stretch, then as many meetings.
    """

    seats: int
    families_each: int
    families: tuple[str, ...]
    children: tuple[str, ...]
    meetings: int
    most_children: int
    optimal: bool


@dataclass(frozen=True)
class _Model:
    model: cp_model.CpModel
    invited: list[cp_model.IntVar]
    served: list[cp_model.IntVar]


def invitations(
    screened: Screened, seats: int, *, families_each: int = 2, seconds: float = SECONDS, seed: int = 0
) -> Invitations:
    """The families to invite to a matching event with so many seats.

    Children come first: as many as possible are to meet at least ``families_each`` families eligible for them. Among
    choices that do as much, the one whose pairs are stretched least on average per meeting is looked for by cost.

    Args:
        screened: The pool.
        seats: How many families can come.
        families_each: How many eligible families a child should meet.
        seconds: For proving; the best found is returned, with its bound.
        seed: Of the solver.

    Raises:
        ValueError: no seats, or no family to meet.
    """
    if seats < 1 or families_each < 1:
        raise ValueError(f"{seats} seats and {families_each} families for each child: both must be 1 or more")
    built, eligible = _model(screened, seats, families_each), screened.eligible
    sizes = unit_sizes(screened)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = 1 if seed else 0
    children = sum(int(size) * var for size, var in zip(sizes, built.served, strict=True))
    built.model.maximize(children)
    first = solver.solve(built.model)
    most = int(solver.best_objective_bound + 1e-6) if built.served else 0
    reached = int(solver.objective_value) if built.served else 0
    built.model.add(children >= reached)
    worth = _worth(screened)
    built.model.maximize(sum(int(value) * var for value, var in zip(worth, built.invited, strict=True)))
    second = solver.solve(built.model)
    chosen = np.array([solver.boolean_value(var) for var in built.invited], bool)
    met = eligible[:, chosen].sum(axis=1)
    units = screened.pool.units
    return Invitations(
        seats=seats,
        families_each=families_each,
        families=tuple(f.id for f, come in zip(screened.pool.families, chosen, strict=True) if come),
        children=tuple(c for unit, count in zip(units, met, strict=True) if count >= families_each for c in unit),
        meetings=int(met.sum()),
        most_children=max(most, reached),
        optimal=first == cp_model.OPTIMAL and second == cp_model.OPTIMAL,
    )


def _model(screened: Screened, seats: int, families_each: int) -> _Model:
    model = cp_model.CpModel()
    invited = [model.new_bool_var("") for _ in screened.pool.families]
    served = [model.new_bool_var("") for _ in screened.pool.units]
    model.add(sum(invited) <= seats)
    for unit, var in enumerate(served):
        meets = sum(invited[column] for column in np.flatnonzero(screened.eligible[unit]).tolist())
        model.add(meets >= families_each * var)
    return _Model(model, invited, served)


def _worth(screened: Screened) -> np.ndarray:
    """int64 (families,): meetings each family brings, those without stretch counting double."""
    eligible, plain = screened.eligible, screened.eligible & (screened.stretch == 0)
    found: np.ndarray = eligible.sum(axis=0) + plain.sum(axis=0)
    return found
