"""The two runs: the operational allocation of who waits now, and the clean sheet of what supply could do at best."""

from collections.abc import Callable, Collection

from matcher.services.beside import PLAN_ALONE, Beside
from matcher.services.plan import make_plan
from matcher.services.results import Plan
from matcher.services.searches import clean_sheet as clean_sheet_searches
from matcher.services.searches import operational
from models.case import Case

SWAP_SECONDS = 5.0
"""How long to look, in all, at what swaps would change for children without a home."""
CLEAN_SHEET_SECONDS = 20.0
"""How long the clean sheet looks for a better proof unless told otherwise."""


def allocate(
    case: Case,
    *,
    time_limit: float | None = None,
    seed: int = 0,
    cancel: Callable[[], bool] | None = None,
    progress: Callable[[str], None] | None = None,
    asked: Collection[str] = (),
    beside: Beside = PLAN_ALONE,
) -> Plan:
    """Allocate open referrals and placements that are ending; everyone else stays and uses capacity.

    Those without a home are explained, and so are the children or referrals in ``asked``; what ``beside`` asks for
    is worked out too. See :func:`make_plan`.
    """
    return make_plan(
        case,
        "operational",
        operational(case),
        time_limit=time_limit,
        seed=seed,
        cancel=cancel,
        progress=progress,
        asked=asked,
        swap_seconds=SWAP_SECONDS if time_limit is None else min(time_limit, SWAP_SECONDS),
        beside=beside,
    )


def clean_sheet(
    case: Case,
    *,
    time_limit: float | None = CLEAN_SHEET_SECONDS,
    seed: int = 0,
    cancel: Callable[[], bool] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Plan:
    """Allocate every child who can be moved against every home: what this supply could do at best."""
    searches = clean_sheet_searches(case)
    return make_plan(case, "clean sheet", searches, time_limit=time_limit, seed=seed, cancel=cancel, progress=progress)
