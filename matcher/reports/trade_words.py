"""Money against welfare, and what other weights would change, in words: one list of rows for screen, page and files."""

from matcher.reports.unmet import listed
from matcher.reports.words import money, plural
from matcher.services.trade_results import BothRather, Sensitivity, TradeOff, TradeOffPoint, WeightChange

TITLE = "Money against welfare: the best plans there are between the two"
COLUMNS = ("Fees a week", "Against the plan", "Welfare cost a week", "Against the plan", "Children placed", "How sure")
UNSTEADY_COLUMNS = ("Child", "Home in the plan", "Would change with")
RATHER_TITLE = "Child and home that would both rather have each other"
RATHER_COLUMNS = ("Child", "Home in the plan", "Would rather", "Better for the child by", "In place of")


def trade_rows(trade: TradeOff) -> list[tuple[str, ...]]:
    """A row for each plan, dearest first."""
    return [
        (
            money(point.fees_pence),
            more_or_less(point.fees_pence - trade.plan_fees_pence),
            money(point.welfare_pence),
            more_or_less(point.welfare_pence - trade.plan_welfare_pence),
            f"{point.placed:,}",
            _sure(point),
        )
        for point in trade.points
    ]


def trade_notes(trade: TradeOff) -> tuple[str, ...]:
    """What the table means."""
    said = [
        f"Fees are full weekly fees; the plan's are {money(trade.plan_fees_pence)}. Welfare cost is what the homes "
        "cost the children in pounds-equivalent a week, fees left out, brothers and sisters apart included; less is "
        f"better: the plan's is {money(trade.plan_welfare_pence)}. Exact: proved that no plan is better by both. Every "
        "plan here places as many children as the plan, or more."
    ]
    if trade.left_out:
        said.append(f"{plural(trade.left_out, 'plan')} left out: children would share who may not.")
    return tuple(said)


def more_or_less(pence: int) -> str:
    """A difference with its sign: ``+£5``, ``-£5``, ``same``."""
    return "same" if not pence else f"{'+' if pence > 0 else ''}{money(pence)}"


def _sure(point: TradeOffPoint) -> str:
    if point.efficient:
        return "exact"
    if not point.gap_percent:
        return "exact for these fees"
    return f"within {point.gap_percent:.2g}% for these fees"


def unsteady_title(told: Sensitivity) -> str:
    """How many homes survive."""
    share = f"{told.share_percent:g}%"
    return f"{told.steady} of {told.children} homes stay the same with any one weight {share} less or more"


def unsteady_rows(told: Sensitivity) -> list[tuple[str, ...]]:
    """A row for each child whose home does not."""
    return [
        (one.child_id, one.home_id or "no home", "; ".join(map(change_words, one.changes))) for one in told.unsteady
    ]


def change_words(change: WeightChange) -> str:
    """One weight, where it takes the child, and from how much of today's weight on."""
    to = change.to_home_id or "no home"
    at = "" if change.turns_at_percent is None else f", from {change.turns_at_percent:g}% of today's weight on"
    doubt = "" if change.proved else " (not proved)"
    return f"{change.side} weight on {change.label}: {to}{at}{doubt}"


def rather_rows(told: Sensitivity) -> list[tuple[str, ...]]:
    """A row for each child and home that would both rather have each other."""
    return [
        (one.child_id, one.now_home_id or "no home", one.home_id, money(one.child_gain_pence), _in_place_of(one))
        for one in told.both_rather
    ]


def _in_place_of(one: BothRather) -> str:
    if one.instead_of is None:
        return "nobody: it has room"
    return f"{one.instead_of}, whom it suits less by {money(one.home_gain_pence)}"


def sensitivity_notes(told: Sensitivity) -> tuple[str, ...]:
    """What was left out, and what both rather means."""
    said = []
    if told.cases_left_out:
        said.append(f"Not told, because children would share who may not: {listed(told.cases_left_out)} weight.")
    if told.both_rather:
        said.append(
            "Both rather: the home is better for the child than the child's own, and suits the child better than "
            "somebody the plan gives it, by the same scores. The plan says otherwise because all others together would "
            "lose more."
        )
    else:
        said.append("No child alone and home would both rather have each other than what the plan gives them.")
    if told.with_siblings:
        said.append(
            f"{plural(told.with_siblings, 'further pair')} of child and home would suit each other better, but of "
            "brothers and sisters whom the plan keeps together."
        )
    return tuple(said)
