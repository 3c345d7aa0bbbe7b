"""A run in which one home has a place more or fewer: one place approved and one bedroom, all else as it is.

That is more than another number in the solver's capacity: the rules bar a full home to every child, so pairs that only
the lack of a place bars must be listed too; and a child who must live alone uses every place there is.
"""

from dataclasses import replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from matcher.services.problem import Ints, Run, build
from models.case import Case
from models.home import Home
from solvers import AssignmentProblem

Mask = npt.NDArray[np.bool_]


def with_places(home: Home, places: int) -> Home:
    """The home with so many places approved, and bedrooms, more or fewer; the usual fostering limit stays."""
    terms = home.terms
    siblings = None if terms.sibling_places is None else max(terms.sibling_places + places, 0)
    changed = {"places": max(terms.places + places, 0), "sibling_places": siblings}
    bedrooms = max(home.bedrooms + places, 0)
    return home.model_copy(update={"terms": terms.model_copy(update=changed), "bedrooms": bedrooms})


def with_homes(case: Case, homes: tuple[Home, ...]) -> Case:
    """The case with these homes in place of its own, checked afresh."""
    return Case(**{**{name: getattr(case, name) for name in Case.model_fields}, "homes": homes})


class RoomChanged:
    """A run, and the same with places more or fewer at any one of its homes.

    ``plain`` is the run's own problem with the charge for leaving a child out above the dearest pair of either,
    so that plans compare; ``all_homes`` is the run with every home changed.
    """

    def __init__(self, run: Run, places: int) -> None:
        self.run, self.places = run, places
        homes = tuple(with_places(home, places) for home in run.case.homes)
        self.all_homes = build(with_homes(run.case, homes), run.searches)
        charge = np.maximum(run.problem.unplaced, self.all_homes.problem.unplaced)
        self.plain = replace(run.problem, unplaced=charge)

    @cached_property
    def change(self) -> Ints:
        """What the places change in each home's resources, ``(homes, resources)``; 0 where a limit stands anyway."""
        changed: Ints = self.all_homes.problem.capacity - self.plain.capacity
        return changed

    @cached_property
    def every_pair(self) -> AssignmentProblem:
        """The plain problem with every pair listed that a place more anywhere would allow."""
        plain, changed = self.plain, self.all_homes.problem
        known = np.isin(changed.child * changed.homes + changed.home, plain.child * plain.homes + plain.home)
        return _joined(plain, np.ones(plain.child.size, dtype=bool), changed, ~known)

    def at(self, home: int) -> Run:
        """The run with one home changed, its problem's capacity not yet: see ``change``."""
        plain, changed = self.plain, self.all_homes.problem
        problem = _joined(plain, plain.home != home, changed, changed.home == home)

        def use(group: int, members: tuple[int, ...], column: int) -> object:
            asked = changed.use if column == home else plain.use
            return asked(group, members, column) if asked else None

        homes = tuple(with_places(h, self.places) if c == home else h for c, h in enumerate(self.run.case.homes))
        rooms = tuple(self.all_homes.rooms[c] if c == home else room for c, room in enumerate(self.run.rooms))
        case = with_homes(self.run.case, homes)
        return replace(self.run, case=case, rooms=rooms, problem=replace(problem, use=use))


def _joined(plain: AssignmentProblem, keep: Mask, changed: AssignmentProblem, add: Mask) -> AssignmentProblem:
    """The plain problem with some of its own pairs and some of the changed one's."""
    child = np.concatenate([plain.child[keep], changed.child[add]])
    home = np.concatenate([plain.home[keep], changed.home[add]])
    order = np.lexsort((home, child))
    units = None
    if plain.units is not None and changed.units is not None:
        units = np.concatenate([plain.units[keep], changed.units[add]])[order]
    cost = np.concatenate([plain.cost[keep], changed.cost[add]])[order]
    return replace(plain, child=child[order], home=home[order], cost=cost, units=units)
