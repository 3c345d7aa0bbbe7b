"""Links for the whole pool at once: as many children as any lawful linking, then the closest fit, with proof.

Who is linked is decided first, without heritage, language and faith, so that no child is left out for them; with which
family is then decided by all that counts.

A child, or the brothers and sisters to be placed together, is one row and takes one family; a family takes one of them.
So each is an assignment problem without groups, solved exactly as a flow by the solver that allocates homes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from matcher.services.adoption.screening import Screened
from solvers import AssignmentProblem, AssignmentResult, solve_assignment, value_of_one_more

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Linking:
    """Proposed links, with the problem they solve.

    Attributes:
        screened: The pool.
        problem: Units as children, families as homes with one place.
        result: Its plan, with bound and status.
        kept: By unit, the family of a link whose panel is booked: every linking keeps it.
    """

    screened: Screened
    problem: AssignmentProblem
    result: AssignmentResult
    kept: Mapping[int, int]

    @property
    def children_linked(self) -> int:
        """How many children are linked; brothers and sisters count each."""
        return sum(self.sizes[self.result.place_of >= 0].tolist())

    @property
    def sizes(self) -> Ints:
        """int64 (units,): children in each."""
        return unit_sizes(self.screened)

    @property
    def cost_pence(self) -> int:
        """What the links cost together, pence-equivalent a week; what is not linked costs nothing here."""
        placed = np.flatnonzero(self.result.place_of >= 0)
        return int(self.screened.cost[placed, self.result.place_of[placed]].sum())


def unit_sizes(screened: Screened) -> Ints:
    """int64 (units,): children in each unit."""
    return np.array([len(unit) for unit in screened.pool.units], np.int64)


def link_pool(
    screened: Screened,
    *,
    likelihood: npt.NDArray[np.float64] | None = None,
    time_limit: float | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Linking:
    """Propose links for the whole pool.

    Leaving a child without a link costs more than all that any linking costs, so as many children as possible are
    linked. Where not all can be, the children linked are those of the linking of least cost with nothing for heritage,
    language and faith: those three cannot decide who has no link. Of the linkings that link these children the one of
    least cost, all three counted, is found.

    Args:
        screened: The pool.
        likelihood: float64 (units, families), how likely each family is to say yes. Given, the links that do most on
            average are found instead: each counts for so many of its children, at its cost as often as it comes about.
        time_limit: Seconds after which the best linking so far is returned with its bound.
        cancel: Asked from time to time; once it says so, the best so far is returned.
    """
    problem, kept = linking_problem(screened, likelihood)
    plain, _ = linking_problem(replace(screened, cost=screened.plain), likelihood)
    first = solve_assignment(plain, time_limit=time_limit, cancel=cancel)
    if first.status != "optimal" or np.array_equal(plain.cost, problem.cost):
        return Linking(screened, plain, first, kept)
    problem = _for_these(problem, first.place_of >= 0, by_chance=likelihood is not None)
    left = None if time_limit is None else max(0.0, time_limit - first.seconds)
    result = solve_assignment(problem, time_limit=left, cancel=cancel)
    return Linking(screened, problem, replace(result, seconds=first.seconds + result.seconds), kept)


def _for_these(problem: AssignmentProblem, chosen: npt.NDArray[np.bool_], *, by_chance: bool) -> AssignmentProblem:
    """The problem whose best linking links just the chosen units: leaving one out costs more than anything it saves.

    No linking has more children than theirs, so nobody else can be linked besides them, and one family more adds to
    them without leaving one of them out (bases of a transversal matroid): its exact value is that of the pool. By
    chance a linking of fewer children can be better, so nobody else may be linked then.
    """
    if by_chance:
        ours = chosen[problem.child]
        kept = {name: getattr(problem, name)[ours] for name in ("child", "home", "cost")}
        problem = replace(problem, **kept)
        more = int(problem.unplaced.sum()) + 1
    else:
        dearest = np.zeros(problem.children, np.int64)
        np.maximum.at(dearest, problem.child, problem.cost)
        more = int(dearest.sum()) + 1
    return replace(problem, unplaced=problem.unplaced + np.where(chosen, more, 0))


def linking_problem(
    screened: Screened, likelihood: npt.NDArray[np.float64] | None = None
) -> tuple[AssignmentProblem, dict[int, int]]:
    """The pool as an assignment problem, and the links kept, by unit."""
    sizes = unit_sizes(screened)
    kept = _kept(screened)
    allowed = screened.eligible.copy()
    for unit, family in kept.items():
        allowed[unit], allowed[:, family] = False, False
        allowed[unit, family] = True
    row, column = np.nonzero(allowed)
    cost = screened.cost[row, column]
    # More than twice every unit's dearest link together: one child more is worth any cost, and shows in the total.
    dearest = np.zeros(len(sizes), np.int64)
    np.maximum.at(dearest, row, cost)
    each = 2 * int(dearest.sum()) + 1
    if likelihood is not None:
        chance = likelihood[row, column]
        lost = (each * sizes[row]).astype(np.float64) * (1 - chance)
        cost = np.rint(cost * chance + lost).astype(np.int64)
    problem = AssignmentProblem.from_arcs(
        row.astype(np.int64),
        column.astype(np.int64),
        cost,
        np.ones((len(screened.pool.families), 1), np.int64),
        children=len(sizes),
        groups=[],
        unplaced=each * sizes,
        apart=0,
    )
    return problem, kept


def _kept(screened: Screened) -> dict[int, int]:
    """By unit, the family whose panel is booked, as the records say; it is kept even against a rule.

    Of two panels booked with one family, or for one unit, the link that started first is kept: both cannot be.
    """
    pool = screened.pool
    column = {family.id: at for at, family in enumerate(pool.families)}
    found: dict[int, int] = {}
    for offer in sorted(pool.scored.offers, key=lambda offer: offer.offered_on):
        unit, family = pool.unit_of(offer.child_id), column[offer.home_id]
        if offer.agreed and unit is not None and unit not in found and family not in found.values():
            found[unit] = family
    return found


def value_of_a_like_family(linking: Linking) -> Ints:
    """int64 (families,): how much less the best linking would cost with one more family like each, exact."""
    return value_of_one_more(linking.problem, linking.result).more
