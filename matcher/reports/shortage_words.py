"""Totals that make a home for everyone impossible, in sentences that anybody can add up."""

from collections.abc import Sequence

from matcher.reports.unmet import listed
from matcher.reports.words import plural
from matcher.services.why_results import Shortage

_RULES_TOLD = 2


def shortages_words(shortages: Sequence[Shortage]) -> tuple[str, ...]:
    """How many children no plan can place, then a sentence for each set with too few places; none if all can be."""
    if not shortages:
        return ()
    short = sum(shortage.short for shortage in shortages)
    nowhere = [shortage.child_ids[0] for shortage in shortages if not shortage.places and shortage.short == 1]
    said = [f"Whatever the plan, {plural(short, 'child', 'children')} cannot have a home:"]
    for shortage in shortages:
        if shortage.places or shortage.short > 1:
            said += [_sentence(shortage), *(f"Among them: {_sentence(one)}" for one in shortage.within)]
    if nowhere:
        said.append(f"For {listed(nowhere)} no home passes every rule and has room.")
    return tuple(said)


def _sentence(shortage: Shortage) -> str:
    """Who can live in how few places, home by home, and what all of them share."""
    homes = listed(f"{home.home_id}: {home.places}" for home in shortage.homes)
    where = f"only {plural(shortage.places, 'place')} between them ({homes})" if shortage.homes else "no home at all"
    rules = [f"“{rule.title}” bars {plural(rule.in_all, 'home')}" for rule in shortage.rules[:_RULES_TOLD]]
    barred = f" To every one of them {' and '.join(rules)}." if rules else ""
    who = f"{plural(len(shortage.child_ids), 'child', 'children')} ({listed(shortage.child_ids)})"
    shared = "; ".join(shortage.shared)
    return f"{who} can live in {where}, so {shortage.short} cannot have a home. All of them: {shared}.{barred}"
