"""What a plan of one week does for its children, and the same with and without some options."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.services.opening.sampling import Sample
from models.geography import miles_tenths
from models.vocabulary import Urgency
from solvers.opening_sample import plan_sample

Ints = npt.NDArray[np.int64]


class WeekTold(NamedTuple):
    """One week's plan in figures.

    Attributes:
        children: Children who look for a home.
        unplaced: Of them without one.
        urgent: Of them who need one the same day.
        objective: Pence a week, charges included; ``charges`` are for children without a home and groups apart.
        fees: Full fee of each child's home, pence a week; None without one.
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


@dataclass(frozen=True, eq=False)
class Asked:
    """A choice of options to tell a week by, and how near its plan must be proved."""

    taken: Ints
    gap: float


def tell(sample: Sample, asked: Asked) -> WeekTold:
    """Plan a week with these options, and tell it."""
    run = sample.run
    found = plan_sample(sample.solver, asked.taken, gap=asked.gap)
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
    """What the home costs a week in full, with the support that keeps a child there."""
    if home < 0:
        return None
    support = sample.keeping.support[home - len(sample.run.case.homes)] if home >= len(sample.run.case.homes) else 0
    return sample.run.case.homes[_home(sample, row, home)].fee_pence + int(support)


def _miles(sample: Sample, row: int, home: int) -> int:
    family = sample.run.children[row].home
    if home < 0 or family is None:
        return -1
    return miles_tenths(family, sample.run.case.homes[_home(sample, row, home)].location)
