"""The run behind a plan, made again from the case, so that more can be asked of the plan than it tells."""

from dataclasses import dataclass

import numpy as np

from matcher.services.problem import Ints, Run, build
from matcher.services.results import Plan
from matcher.services.searches import Searches, clean_sheet, operational
from models.case import Case
from solvers.arcs import Arcs
from solvers.plan import Plan as Solved

RUNS = {"operational": operational, "clean sheet": clean_sheet}


class NotItsPlanError(ValueError):
    """A plan that is not of the case it is read with."""


@dataclass(frozen=True, eq=False)
class Reopened:
    """A plan with its run: every pair's cost and failed rules, and the plan as columns of homes.

    ``place_of`` has a row for each child of ``run.children``, -1 for no home.
    """

    plan: Plan
    run: Run
    place_of: Ints

    @property
    def case(self) -> Case:
        """The authority."""
        return self.run.case


def reopen(case: Case, plan: Plan) -> Reopened:
    """Make the run of an operational or clean-sheet plan again.

    Raises:
        NotItsPlanError: the plan is of other children, homes, rules or prices than the case has, or of another kind
            of run.
    """
    searches = searches_of(case, plan)
    run = build(case, searches)
    column = {home.id: at for at, home in enumerate(case.homes)}
    homes = [row.home_id for row in plan.rows]
    if strays := sorted({home for home in homes if home is not None} - column.keys()):
        raise NotItsPlanError(f"the plan uses homes that the case does not have: {', '.join(strays[:5])}")
    place_of = np.full(len(run.children), -1, dtype=np.int64)
    place_of[: run.searching] = [-1 if home is None else column[home] for home in homes]
    staying = run.problem.child >= run.searching
    place_of[run.problem.child[staying]] = run.problem.home[staying]
    cost = _cost(run, place_of)
    if cost != plan.certificate.objective_pence:
        raise NotItsPlanError(
            f"the {plan.run} plan costs {cost} with this case and {plan.certificate.objective_pence} by its own "
            "certificate: it was made with other rules, prices or children"
        )
    return Reopened(plan, run, place_of)


def searches_of(case: Case, plan: Plan) -> Searches:
    """Who was looking for a home in a plan.

    Raises:
        NotItsPlanError: as for :func:`reopen`.
    """
    if plan.run not in RUNS:
        raise NotItsPlanError(f"a plan of a run called {plan.run!r}: expected one of {', '.join(RUNS)}")
    searches = RUNS[plan.run](case)
    if [referral.id for referral in searches.referrals] != [row.referral_id for row in plan.rows]:
        raise NotItsPlanError(f"the {plan.run} plan is of other children than the case's {plan.run} run")
    return searches


def _cost(run: Run, place_of: Ints) -> int:
    try:
        return Solved.of(run.problem, Arcs.of(run.problem), place_of).objective
    except (IndexError, KeyError, ValueError):
        return -1
