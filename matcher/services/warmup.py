"""Everything that is compiled once on a machine, compiled before anybody waits for it."""

from collections.abc import Callable

from matcher.scoring import best_homes, encode
from matcher.services.match import match
from models.case import Case


def warm_up(case: Case, *, progress: Callable[[str], None] | None = None) -> None:
    """Call every compiled function of scoring once, so that its machine code is kept on disk.

    Args:
        case: A case with a referral and a home.
        progress: Called with a few words before each step.
    """
    tell = progress or (lambda _: None)
    tell("compiling what ranks homes")
    match(case, case.referrals[0], top=1)
    tell("compiling what finds the best homes of many children")
    best_homes(encode(case, case.referrals), 1)
