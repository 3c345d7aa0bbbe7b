"""Why one child in a plan has no home, in a few sentences: the reason, what would open a home, and who has one."""

from collections.abc import Iterable

from matcher.reports.words import money, plural
from matcher.services.gap_reasons import GAP_REASON_LABELS, GapReason, why_unmet
from matcher.services.results import PlanRow
from matcher.services.why_results import Moved, Opening, Swap

_OPENINGS_TOLD = 2
_IDS_TOLD = 5


def unmet_words(row: PlanRow) -> str:
    """The reason a plan has no home for a child, who has those that suit, and who may relax what to open one."""
    reason = why_unmet(row)
    said = [f"{GAP_REASON_LABELS[reason]}."]
    if reason is GapReason.TAKEN:
        held = f", filled by {listed(row.suitable_taken_by)}" if row.suitable_taken_by else ""
        said.append(f"{plural(row.suitable_homes, 'suitable home')}{held}.")
    said += [swap_words(swap) for swap in least_changes(row)[:1]]
    said += [opening_words(opening) for opening in row.openings[:_OPENINGS_TOLD]]
    if not row.openings and not row.suitable_homes:
        said.append("Every home fails a rule that nobody may relax, or has no room.")
    return " ".join(said)


def least_changes(row: PlanRow) -> list[Swap]:
    """The swaps looked at, those that change the plan's cost least first, impossible ones last."""
    return sorted(row.swaps, key=lambda swap: (swap.change_pence is None, swap.change_pence or 0))


def opening_words(opening: Opening) -> str:
    """Which rules keep a child from how many homes, and who may relax them by what step."""
    titles = " and ".join(f"“{rule.title}”" for rule in opening.rules)
    one = len(opening.rules) == 1
    room = "" if opening.with_room == opening.homes else f", {opening.with_room or 'none'} with room in this plan"
    best = opening.best[0].home_id
    homes = f"{plural(opening.homes, 'home')}{room} ({'' if opening.homes == 1 else 'best '}{best})"
    who = "; ".join(
        f"{rule.by} may relax {'it' if one else f'“{rule.title}”'}: {_step(rule.step, rule.days)}"
        for rule in opening.rules
    )
    return f"Only {titles} {'keeps' if one else 'keep'} the child from {homes}; {who}."


def _step(step: str, days: int | None) -> str:
    return step if days is None else f"{step} ({days} days at most)"


def swap_words(swap: Swap) -> str:
    """What giving a child one home would change: the plan's cost, exact or between what is proved, and who moves."""
    if swap.at_least_pence is None:
        return f"{swap.home_id} cannot be given to this child: a place agreed for somebody else stands in the way."
    held = f" (now {listed(swap.held_by)})" if swap.held_by else " (which has room)"
    first = f"Giving this child {swap.home_id}{held} would"
    if swap.change_pence is None:
        return f"{first} cost {_more(swap.at_least_pence)} or over; no such plan was found in the time allowed."
    exact = swap.change_pence == swap.at_least_pence
    cost = _more(swap.change_pence) if exact else f"between {_more(swap.at_least_pence)} and {_more(swap.change_pence)}"
    return f"{first} cost {cost}; {moves_words(swap.moved)}."


def _more(pence: int) -> str:
    if not pence:
        return "no more"
    return f"{money(abs(pence))}-equivalent a week {'more' if pence > 0 else 'less'}"


def moves_words(moved: Iterable[Moved]) -> str:
    """Who would live elsewhere, and where."""
    said = [
        f"{one.child_id} would " + (f"live in {one.to_home_id}" if one.to_home_id else "have no home") for one in moved
    ]
    return listed(said) if said else "nobody else would move"


def listed(items: Iterable[str]) -> str:
    """The first few of a list, and how many more there are."""
    every = list(items)
    more = len(every) - _IDS_TOLD
    return ", ".join(every[:_IDS_TOLD]) + (f" and {more} more" if more > 0 else "")
