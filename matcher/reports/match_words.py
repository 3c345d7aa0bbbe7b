"""What a ranked list says beside its tables: why this order, whom to ask, who may relax, what would change it."""

from matcher.reports.words import money, plural
from matcher.services.results import FlipPoint, Matches, NearlyMatched


def about_the_order(matches: Matches) -> tuple[str, ...]:
    """Why a connected person's home is first, and what in-house first costs the child."""
    first = matches.first_choice
    if first is None:
        return ()
    said = []
    if matches.connected_first:
        said.append(f"{first.home_id} is first because it is a connected person's: section 22C(7) prefers it.")
    if matches.in_house_first:
        said.append(_cost_of_in_house_first(matches))
    return tuple(said)


def _cost_of_in_house_first(matches: Matches) -> str:
    shown, first, cost = matches.ranked[0], matches.first_choice, matches.order_cost_pence
    if first is None or shown.home_id == first.home_id:
        return "In-house first costs the child nothing: its first home is also the best for the child."
    fee = money(abs(shown.fee_pence - first.fee_pence))
    dearer = "more" if shown.fee_pence > first.fee_pence else "less"
    words = f"{money(cost)}-equivalent a week" if cost > 0 else "nothing"
    return (
        f"In-house first costs the child {words}: it puts {shown.home_id} before {first.home_id} "
        f"({first.kind_label}), which is otherwise first. The fee of {shown.home_id} is {fee} a week {dearer}."
    )


def agencies_to_ask(matches: Matches) -> str | None:
    """Each agency that names carers only on request, with its homes in the list; None without one."""
    homes: dict[str, list[str]] = {}
    for home in matches.ranked:
        if home.ask:
            homes.setdefault(home.provider, []).append(home.home_id)
    asked = "; ".join(f"{provider} ({', '.join(ids)})" for provider, ids in homes.items())
    return f"Ask these agencies, which name carers only on request: {asked}." if asked else None


def in_the_way(near: NearlyMatched) -> str:
    """The one rule that a nearly matched home fails, and how."""
    how = near.message.partition(": ")[2]
    return f"{near.title}: {how}" if how else near.title


def who_may_relax(matches: Matches) -> tuple[str, ...]:
    """A line for each rule that alone stands in the way of a home: who may relax it, for how long, by what step."""
    rules = {near.title: near for near in matches.nearly}
    return tuple(
        f"{title}: {near.by} may relax it{_for_days(near.days)} ({near.step})" for title, near in rules.items()
    )


def _for_days(days: int | None) -> str:
    return f" for {plural(days, 'day')}" if days else ""


def flip_words(flip: FlipPoint) -> str:
    """The change of one weight that gives another first choice."""
    factor = flip.factor
    at = f"{factor:.3g} times what it is" if factor > 1 else f"{100 * factor:.2g}% of what it is"
    return f"{flip.label}, at {at}: {flip.new_first} would come first"


def no_flip_words(matches: Matches) -> str:
    """Why no change of one weight gives another first choice."""
    return "the law puts it first" if matches.connected_first else "no other home is better at any price"
