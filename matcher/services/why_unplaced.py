"""Why children have no home in a plan: what each rule removes, what would open a home, and who has those that suit."""

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence

from matcher.services.openings import Openings
from matcher.services.problem import Ints, Run
from matcher.services.results import PlanRow
from matcher.services.searches import Searches
from matcher.services.swaps import LOOKED_AT, swap, worth_asking
from matcher.services.unplaced import count_rules
from matcher.services.why_results import Swap
from solvers import AssignmentResult


class NotInRunError(LookupError):
    """Somebody asked about is not looking for a home in this run."""


def check_asked(searches: Searches, asked: Collection[str]) -> None:
    """Refuse to explain anybody who is not looking for a home.

    Args:
        searches: The run.
        asked: Ids of children or of referrals.

    Raises:
        NotInRunError: saying who was asked about and who is looking.
    """
    known = {id_ for referral in searches.referrals for id_ in (referral.id, referral.child_id)}
    for id_ in asked:
        if id_ not in known:
            some = ", ".join(referral.child_id for referral in searches.referrals[:10]) or "nobody"
            raise NotInRunError(f"{id_} is no child or referral looking for a home in this run. Looking are: {some}.")


def with_reasons(
    run: Run,
    result: AssignmentResult,
    rows: Sequence[PlanRow],
    *,
    asked: Collection[str] = (),
    swap_seconds: float = 0.0,
    cancel: Callable[[], bool] | None = None,
) -> tuple[PlanRow, ...]:
    """The rows of a plan, those without a home and those asked about with the reasons.

    Args:
        run: The run.
        result: Its plan.
        rows: A row for each child searching, in the order of the run.
        asked: Ids of children or referrals to explain although they have a home.
        swap_seconds: How long to look at swaps, for all children together; 0 for none.
        cancel: Asked from time to time whether to leave out the swaps not looked at yet.
    """
    wanted = [
        index for index, row in enumerate(rows) if row.home_id is None or {row.child_id, row.referral_id} & set(asked)
    ]
    openings = Openings(run, result.place_of)
    swaps = _swaps(run, result, wanted, swap_seconds, cancel)
    told = list(rows)
    for index in wanted:
        told[index] = rows[index].model_copy(
            update={
                "why_unplaced": count_rules(run.bits[index]),
                "openings": openings.of(index),
                "suitable_taken_by": _who_holds(run, run.suitable(index), result.place_of, index),
                "swaps": tuple(swaps[index]),
            }
        )
    return tuple(told)


def _swaps(
    run: Run, result: AssignmentResult, wanted: Sequence[int], seconds: float, cancel: Callable[[], bool] | None
) -> dict[int, list[Swap]]:
    """Swaps for each child, everybody's best home before anybody's second, until time is up."""
    ends, found = time.monotonic() + seconds, defaultdict[int, list[Swap]](list)
    homes = {row: worth_asking(run, result, row).tolist() for row in wanted} if seconds else {}
    for rank in range(LOOKED_AT):
        for row, best in homes.items():
            left = ends - time.monotonic()
            if rank < len(best) and left > 0 and not (cancel and cancel()):
                found[row].append(swap(run, result, row, best[rank], time_limit=left, cancel=cancel))
    return found


def _who_holds(run: Run, suitable: Ints, place_of: Ints, row: int) -> tuple[str, ...]:
    """Ids of the other children whom the plan gives the homes that also suit this one."""
    wanted = set(suitable.tolist())
    there = (other for other, home in enumerate(place_of[: run.searching].tolist()) if home in wanted and other != row)
    return tuple(run.children[other].id for other in there)
