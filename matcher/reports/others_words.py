"""What a home for one child would cost the other children who wait, in words."""

from matcher.reports.unmet import listed, moves_words
from matcher.reports.words import NONE, money, plural
from matcher.services.value_results import CostToOthers, OthersWaiting

TITLE = "What each home would cost the other children who wait"
COLUMNS = ("Home", "Costs them", "How sure", "Who would move")


def others_rows(others: OthersWaiting) -> list[tuple[str, ...]]:
    """A row for each home looked at."""
    return [(one.home_id, *_figure(one), _who(one)) for one in others.homes]


def others_notes(others: OthersWaiting) -> tuple[str, ...]:
    """What the table compares with, and what was not looked at."""
    best = "the best plan for all of them" if others.plan_is_proved else "the best plan found in time"
    given = f"has {others.plan_home_id}" if others.plan_home_id else "has no home"
    said = [
        f"In pounds-equivalent a week, against {best}, in which this child {given}. "
        f"{plural(others.children, 'other child waits', 'other children wait')}."
    ]
    if others.not_looked_at:
        said.append(f"Not looked at in time: {listed(others.not_looked_at)}.")
    return tuple(said)


def _figure(one: CostToOthers) -> tuple[str, str]:
    if one.least_pence is None:
        return NONE, "cannot be"
    if one.most_pence is None:
        return money(one.least_pence), "at least; no such plan was found in time"
    sure = "exact" if one.least_pence == one.most_pence else f"at most; at least {money(one.least_pence)}"
    return money(one.most_pence), sure


def _who(one: CostToOthers) -> str:
    if one.in_plan:
        return "nobody: the plan gives it to this child"
    if one.least_pence is None:
        return "a place agreed for somebody stands in the way"
    return NONE if one.most_pence is None else moves_words(one.moved)
