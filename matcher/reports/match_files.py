"""The ranked homes for one referral as a table for a file."""

from matcher.reports.sheets import Cell, Sheet
from matcher.reports.totals import pounds
from matcher.reports.words import approver, place
from matcher.services.results import Matches, RankedHome
from models.case import Case


def matches_sheet(case: Case, matches: Matches) -> Sheet:
    """A row for each home: those that match, then those nearly matched, every part of the cost in its own column."""
    shown = [(home, None) for home in matches.ranked]
    near = [(row.home, f"{row.title}: {row.by} may relax it ({row.step})") for row in matches.nearly]
    homes = [*shown, *near]
    parts = homes[0][0].explanation.parts if homes else ()
    columns = (
        "referral_id",
        "child_id",
        "rank",
        "home_id",
        "kind",
        "provider",
        "where",
        "approval_for_location",
        "statutory_step",
        "ask_agency",
        "miles_from_home",
        "weekly_fee_pounds",
        "cost_pounds_equivalent",
        *(f"{part.name}_pounds" for part in parts),
        "nearly_matched",
        "others_pay_pounds_at_least",
        "others_pay_pounds_at_most",
        "synthetic",
    )
    return Sheet("matches", columns, [_row(case, matches, home, near) for home, near in homes])


def _row(case: Case, matches: Matches, home: RankedHome, near: str | None) -> tuple[Cell, ...]:
    return (
        matches.referral_id,
        matches.child_id,
        None if near else home.rank,
        home.home_id,
        home.kind_label,
        home.provider,
        place(home.locality),
        approver(home.approval),
        home.statutory,
        "Y" if home.ask else "N",
        None if home.miles_tenths is None else home.miles_tenths / 10,
        home.fee_pence / 100,
        home.cost_pence / 100,
        *(part.pence / 100 for part in home.explanation.parts),
        near,
        *_others(matches, home.home_id),
        "Y" if case.synthetic else "N",
    )


def _others(matches: Matches, home_id: str) -> tuple[float | None, float | None]:
    """What the home would cost the other children; empty where nobody asked, or it was not looked at."""
    for one in matches.others.homes if matches.others else ():
        if one.home_id == home_id:
            return pounds(one.least_pence), pounds(one.most_pence)
    return None, None
