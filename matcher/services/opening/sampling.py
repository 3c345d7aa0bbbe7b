"""A week as the solver takes it: who may live where at what cost, with which options."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.services.opening.keeping import Keeping, kept_columns
from matcher.services.opening.menu_options import Option
from matcher.services.opening.weeks import Week
from matcher.services.problem import Run, build
from models.vocabulary import Urgency
from solvers import AssignmentProblem
from solvers.opening_problem import OpeningSample

Ints = npt.NDArray[np.int64]
_AT_ONCE = (Urgency.SAME_DAY, Urgency.WITHIN_72_HOURS)


@dataclass(frozen=True, eq=False)
class Sample:
    """A week ready to be planned.

    Attributes:
        solver: What the solver takes: homes in the order of the week's case, then a column for each option that keeps
            children where they are.
        run: The week's run, without those columns.
        keeping: Those columns.
        ending: For each child who looks, the column of the home that the child must leave, -1 for none.
    """

    solver: OpeningSample
    run: Run
    keeping: Keeping
    ending: tuple[int, ...]


def sample_of(week: Week, options: Sequence[Option], charge: int, rng: np.random.Generator) -> Sample:
    """State a week for the solver.

    Args:
        week: The week.
        options: What could be opened or changed, in the order of the week's numbers.
        charge: What a child without a home costs at least, the same in every week.
        rng: Whether each support package would hold.
    """
    run = build(week.case, week.searches, charge=charge)
    keeping = kept_columns(run, week, options, rng)
    problem = _with_columns(run.problem, _lawful(run, week, options), _credits(run, week, options), keeping)
    opened = np.array([*week.opened_by, *keeping.option], dtype=np.int64)
    closing = np.array(week.closing, dtype=np.int64).reshape(-1, 2)
    return Sample(OpeningSample(problem, opened, closing, _Clashes(run)), run, keeping, week.ending)


@dataclass(frozen=True, eq=False)
class _Clashes:
    """Clashes of a plan; nobody clashes who is kept where they are."""

    run: Run

    def __call__(self, place_of: Ints) -> list[tuple[tuple[int, ...], int]]:
        return self.run.clashes(np.where(place_of < len(self.run.case.homes), place_of, -1))


@dataclass(frozen=True, eq=False)
class _Use:
    """What brothers and sisters use together; of a column that keeps children, one for each."""

    run: Run

    def __call__(self, group: int, members: tuple[int, ...], home: int) -> tuple[int, ...]:
        if home >= len(self.run.case.homes):
            return (len(members),) * int(self.run.problem.capacity.shape[1])
        use = self.run.problem.use
        if use is None:
            raise TypeError("a run says what brothers and sisters use together")
        return tuple(int(each) for each in use(group, members, home))


def _lawful(run: Run, week: Week, options: Sequence[Option]) -> npt.NDArray[np.bool_]:
    """Which pairs may be planned: nobody goes back to a home that is ending, or is there for those leaving it only.

    An emergency bed is for those who need a home within three days.
    """
    problem = run.problem
    left = np.full(len(run.children), -1)
    left[: len(week.ending)] = week.ending
    urgent = np.array([referral.urgency in _AT_ONCE for referral in week.searches.referrals])
    emergency = np.array([number >= 0 and options[number].same_day_only for number in week.opened_by])
    gone = np.isin(problem.home, list(week.ended))
    barred = (left[problem.child] == problem.home) | gone | (emergency[problem.home] & ~urgent[problem.child])
    return np.asarray(~barred)


def _credits(run: Run, week: Week, options: Sequence[Option]) -> Ints:
    """What using a place of each home forgoes: the income from selling it unused, as the policy weighs money."""
    forgone = [options[number].credit_per_unused_place_pence if number >= 0 else 0 for number in week.opened_by]
    credit = [pence * week.case.policy.fee_per_mille // 1000 for pence in forgone]
    found: Ints = np.array(credit, dtype=np.int64)[run.problem.home]
    return found


def _with_columns(
    problem: AssignmentProblem, lawful: npt.NDArray[np.bool_], dearer: Ints, keeping: Keeping
) -> AssignmentProblem:
    """The problem with its lawful pairs, dearer by what they forgo, and the columns that keep children."""
    resources = problem.capacity.shape[1]
    one_each = np.ones((problem.child.size, resources), dtype=np.int64)
    units = one_each if problem.units is None else problem.units
    return AssignmentProblem.from_arcs(
        np.concatenate([problem.child[lawful], keeping.child]),
        np.concatenate([problem.home[lawful], problem.homes + keeping.column]),
        np.concatenate([(problem.cost + dearer)[lawful], keeping.cost]),
        np.concatenate([problem.capacity, np.repeat(keeping.places[:, None], resources, axis=1)]),
        children=problem.children,
        groups=problem.groups,
        unplaced=problem.unplaced,
        apart=problem.apart,
        units=np.concatenate([units[lawful], np.ones((keeping.child.size, resources), dtype=np.int64)]),
        use=_Use(keeping.run),
    )
