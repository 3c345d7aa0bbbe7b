"""Solve a run, check the answer against the case, and tell it as a :class:`Plan`."""

from collections.abc import Callable, Collection
from dataclasses import replace

import numpy as np

from matcher.scoring import explain, parts_of
from matcher.services.beside import PLAN_ALONE, Beside
from matcher.services.check_plan import check_plan
from matcher.services.outcomes import equality, totals_after, totals_before
from matcher.services.problem import Ints, Run, build
from matcher.services.results import Certificate, Plan, PlanRow
from matcher.services.searches import Searches
from matcher.services.shortages import shortages
from matcher.services.stock import home_of, placement_locality, weekly_fee
from matcher.services.unplaced import count_rules
from matcher.services.why_unplaced import check_asked, with_reasons
from models.case import Case
from models.geography import locality, miles_tenths
from models.placement import Placement
from models.ssda903.derive import home_kind
from models.vocabulary import kind_label
from solvers import AssignmentResult, solve_assignment, solve_without_clashes
from solvers.problem import LARGEST_GROUP

Progress = Callable[[str], None]


def make_plan(
    case: Case,
    run_name: str,
    searches: Searches,
    *,
    time_limit: float | None = None,
    gap: float = 0.0,
    seed: int = 0,
    cancel: Callable[[], bool] | None = None,
    progress: Progress | None = None,
    asked: Collection[str] = (),
    swap_seconds: float = 0.0,
    beside: Beside = PLAN_ALONE,
) -> Plan:
    """Allocate the children searching to homes, with proof.

    Args:
        case: The authority.
        run_name: What the run is called in the plan.
        searches: Who needs a home.
        time_limit: Seconds for the solver; then the best plan so far is given with its honest gap.
        gap: Stop once this gap is proved.
        seed: The solver's seed.
        cancel: Asked from time to time whether to stop with the best plan so far.
        progress: Told, in words, what is going on.
        asked: Ids of children or referrals to explain as those without a home are.
        swap_seconds: How long to look, in all, at what swaps for those explained would change.
        beside: What else to work out about the plan.

    Returns:
        A plan that :func:`check_plan` has passed.

    Raises:
        NotInRunError: if somebody asked about is not looking for a home.
    """
    check_asked(searches, asked)
    tell = progress or (lambda _words: None)
    tell(f"scoring {len(searches.referrals):,} children against {len(case.homes):,} homes")
    run = build(case, searches)
    tell("finding the best plan and proving it")
    result = solve_without_clashes(run.problem, run.clashes, gap=gap, time_limit=time_limit, cancel=cancel, seed=seed)
    tell("checking the plan against the case")
    homes = {run.children[row].id: _home_id(case, home) for row, home in enumerate(result.place_of.tolist())}
    check_plan(case, searches, homes)
    placed = int(np.count_nonzero(result.place_of[: run.searching] >= 0))
    able = int((run.bits == 0).any(axis=1).sum())
    most = able if placed == able else most_placed(run, time_limit)
    tell("explaining the plan")
    rows = [_row(run, row, result.place_of) for row in range(run.searching)]
    told = with_reasons(run, result, rows, asked=asked, swap_seconds=swap_seconds, cancel=cancel)
    plan = _tell(run, run_name, result, most, told)
    return plan.model_copy(update=beside.of(run, result, cancel, tell))


def most_placed(run: Run, time_limit: float | None = None) -> int:
    """No plan places more searching children than this.

    It is what the largest plan places, save that children who clash only with each other are counted as if they did
    not, and that a search cut short by ``time_limit`` gives its bound. Brothers and sisters who stay are placed
    already, and cost nothing to place again, so they never stand in anybody's way.
    """
    problem = run.problem
    count = replace(
        problem,
        cost=np.zeros_like(problem.cost),
        unplaced=np.ones_like(problem.unplaced),
        apart=np.zeros_like(problem.apart),
    )
    result = solve_assignment(count, time_limit=time_limit)
    return run.searching - result.bound


def _home_id(case: Case, column: int) -> str | None:
    return case.homes[column].id if column >= 0 else None


def _tell(run: Run, run_name: str, result: AssignmentResult, most: int, rows: tuple[PlanRow, ...]) -> Plan:
    case = run.case
    gap = result.gap
    certificate = Certificate(
        status=result.status,
        uniqueness=result.uniqueness,
        objective_pence=result.objective,
        bound_pence=result.bound,
        gap_percent=gap * 100 if np.isfinite(gap) else None,
        proved_over=result.proved_over,
        seconds=round(result.seconds, 3),
        seed=result.seed,
        pairs_scored=int(run.bits.size),
        pairs_allowed=int((run.bits == 0).sum()),
        most_that_could_be_placed=most,
        checked=True,
    )
    return Plan(
        run=run_name,
        case=case.name,
        as_at=case.as_at.isoformat(),
        synthetic=case.synthetic,
        policy=f"{case.policy.name} {case.policy.version}",
        rows=rows,
        shortages=shortages(run),
        before=totals_before(case, rows, run.units),
        after=totals_after(rows, run.units),
        equality=equality(case, rows, run.units),
        certificate=certificate,
        welfare_pence=welfare_of(run, result.place_of),
        staying=run.searches.staying,
        notes=_notes(run, result.place_of),
    )


def welfare_of(run: Run, place_of: Ints) -> int:
    """What the placed pairs cost without their fees: the welfare part of a plan, pence-equivalent a week."""
    total = 0
    for row, column in enumerate(place_of[: run.searching].tolist()):
        if column >= 0:
            parts = parts_of(run.encoded, row, np.array([column], dtype=np.int64))
            total += int(parts[0, :-1].sum())
    return total


def _row(run: Run, row: int, place_of: Ints) -> PlanRow:
    case, referral = run.case, run.searches.referrals[row]
    child, column = run.children[row], int(place_of[row])
    before = case.placement_of.get(child.id)
    home = case.homes[column] if column >= 0 else None
    explanation = explain(case, run.encoded, row, column) if home else None
    before_home = home_of(case, before)
    return PlanRow(
        child_id=child.id,
        referral_id=referral.id,
        home_id=home.id if home else None,
        before_home_id=before.home_id if before else None,
        kind_label=kind_label(home.kind, home.sector) if home else None,
        before_kind_label=_before_label(case, before),
        locality=locality(case.authority, home.location.utla) if home else None,
        before_locality=placement_locality(case, before),
        approval=explanation.approval if explanation else None,
        miles_tenths=miles_tenths(child.home, home.location) if child.home and home else None,
        before_miles_tenths=miles_tenths(child.home, before_home.location) if child.home and before_home else None,
        fee_pence=home.fee_pence if home else None,
        before_fee_pence=weekly_fee(case, before) if before else None,
        cost_pence=int(run.cost[row, column]) if home else int(run.problem.unplaced[row]),
        siblings=_siblings(run, row, place_of),
        locked=child.id in run.locks,
        suitable_homes=int(run.suitable(row).size),
        explanation=explanation,
    )


def _before_label(case: Case, before: Placement | None) -> str | None:
    if before is None:
        return None
    home = home_of(case, before)
    if home:
        return kind_label(home.kind, home.sector)
    kind = home_kind(before.kind)
    return (kind.value if kind else before.kind.value).replace("_", " ")


def _siblings(run: Run, row: int, place_of: Ints) -> str | None:
    """Whether the child's unit is together in the plan; None for a child in no unit."""
    for unit, members in zip(run.units, run.problem.groups, strict=True):
        if row in members:
            homes = {int(place_of[member]) for member in members}
            return (
                f"together with {len(members) - 1}"
                if len(homes) == 1 and -1 not in homes
                else f"apart ({unit.group_id})"
            )
    return None


def _notes(run: Run, place_of: Ints) -> tuple[str, ...]:
    """What a reader must know: agreed placements that a rule speaks against, and brothers and sisters too many."""
    large = [
        group.id for group in run.case.sibling_groups if max(map(len, group.planned_units), default=0) > LARGEST_GROUP
    ]
    searching = {unit.group_id for unit in run.units}
    notes = [
        f"sibling group {group}: planned in sets of at most {LARGEST_GROUP} children, in the order given"
        for group in large
        if group in searching
    ]
    for row, referral in enumerate(run.searches.referrals):
        column = run.locks.get(referral.child_id)
        if column is not None and run.bits[row, column] and place_of[row] == column:
            titles = ", ".join(count.title for count in count_rules(run.bits[row, [column]]))
            notes.append(f"{referral.child_id} is agreed for {run.case.homes[column].id} although it fails: {titles}")
    return tuple(notes)
