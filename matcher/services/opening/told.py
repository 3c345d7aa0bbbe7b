"""What a plan of one week does for its children, and the same with and without some options."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.services.opening.menu_options import NEW
from matcher.services.opening.sampling import Sample
from models.geography import miles_tenths
from models.vocabulary import Urgency
from solvers import AssignmentResult
from solvers.opening_sample import plan_sample

Ints = npt.NDArray[np.int64]


class WeekTold(NamedTuple):
    """One week's plan in figures.

    Attributes:
        children: Children who look for a home.
        unplaced: Of them without one.
        urgent: Of them who need one the same day.
        objective: Pence a week, charges included; ``charges`` are for children without a home and groups apart.
        fees: What each child's home costs a week, pence: in full, but of homes that options open what using them
            adds; None without one.
        miles: Of each child from the family home, tenths; -1 without a home or where it is not known.
        together: Sibling groups looking who all share a home; ``groups`` how many look.
        option: The option that each child's home is there with, -1 for none.
    """

    children: int
    unplaced: int
    urgent: int
    objective: int
    charges: int
    fees: tuple[int | None, ...]
    miles: tuple[int, ...]
    together: int
    groups: int
    option: tuple[int, ...]


class _Planned(NamedTuple):
    """A week's plan with some options taken."""

    taken: Ints
    plan: AssignmentResult


def tell(sample: Sample, choices: Sequence[Ints], gap: float) -> list[WeekTold]:
    """Plan a week with each of some choices of options, and tell it.

    Args:
        sample: The week.
        choices: Options taken, ``(options,)`` of 0 and 1 each. A choice that has less than one before it, of options
            that nobody uses there, has the same plan.
        gap: How near each plan must be proved.
    """
    planned: list[_Planned] = []
    for taken in choices:
        known = next((each for each in planned if _serves(sample, each, taken)), None)
        plan = known.plan if known else plan_sample(sample.solver, taken, gap=gap)
        planned.append(_Planned(taken, plan))
    return [_told(sample, each.plan) for each in planned]


def _serves(sample: Sample, known: _Planned, taken: Ints) -> bool:
    """Whether a plan made with more options is the plan without them too: they only open homes, and nobody is there."""
    less = np.flatnonzero(known.taken != taken)
    if (known.taken[less] < taken[less]).any() or np.isin(sample.solver.closing[:, 1], less).any():
        return False
    placed = known.plan.place_of[known.plan.place_of >= 0]
    return not np.isin(sample.solver.opened_by[placed], less).any()


def _told(sample: Sample, found: AssignmentResult) -> WeekTold:
    run = sample.run
    placed = found.place_of[: run.searching].tolist()
    groups = [[row for row in members if row < run.searching] for members in run.problem.groups]
    groups = [members for members in groups if len(members) > 1]
    opened = sample.solver.opened_by
    return WeekTold(
        children=run.searching,
        unplaced=placed.count(-1),
        urgent=sum(referral.urgency is Urgency.SAME_DAY for referral in run.searches.referrals),
        objective=found.objective,
        charges=found.unplaced_charge + found.apart_charge,
        fees=tuple(_fee(sample, row, home) for row, home in enumerate(placed)),
        miles=tuple(_miles(sample, row, home) for row, home in enumerate(placed)),
        together=sum(len({placed[row] for row in members}) == 1 and placed[members[0]] >= 0 for members in groups),
        groups=len(groups),
        option=tuple(int(opened[home]) if home >= 0 else -1 for home in placed),
    )


def _home(sample: Sample, row: int, home: int) -> int:
    """The column of the home a child lives in: of one who is kept, the home that was ending."""
    return home if home < len(sample.run.case.homes) else sample.ending[row]


def _fee(sample: Sample, row: int, home: int) -> int | None:
    """What the home costs a week because the child is there: its full fee, and the support that keeps a child there.

    Of a home that an option opens, what using it adds: what is paid anyway is in the option's own cost.
    """
    if home < 0:
        return None
    given = sample.run.case.homes[_home(sample, row, home)]
    if home >= len(sample.run.case.homes):
        return given.fee_pence + int(sample.keeping.support[home - len(sample.run.case.homes)])
    new = sample.solver.opened_by[home] >= 0 and given.provider_id == NEW
    return given.marginal_fee_pence if new else given.fee_pence


def _miles(sample: Sample, row: int, home: int) -> int:
    family = sample.run.children[row].home
    if home < 0 or family is None:
        return -1
    return miles_tenths(family, sample.run.case.homes[_home(sample, row, home)].location)
