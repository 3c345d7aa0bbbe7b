"""Everything that is compiled once on a machine, compiled before anybody waits for it."""

from collections.abc import Callable

from matcher.scoring import encode
from matcher.scoring import warm_up as warm_up_kernels
from models.case import Case


def warm_up(case: Case, *, progress: Callable[[str], None] | None = None) -> None:
    """Call every compiled function of scoring once, so that its machine code is kept on disk.

    Args:
        case: A case with a referral and a home.
        progress: Called with a few words before each step.
    """
    warm_up_kernels(encode(case, case.referrals), progress=progress)
