"""Tables of the plan of what to open."""

from matcher.reports.document import Cell, Mark, Money, Percent, Table
from matcher.reports.words import day
from matcher.services.opening.results import Effect, Mean, OpeningPlan

_TESTED = "Means of fresh weeks; the two ends hold the mean with 95% certainty."


def intentions_table(plan: OpeningPlan) -> Table:
    """What, how many, by when, at what cost and to what effect."""
    rows: list[tuple[Cell, ...]] = [
        (
            item.name,
            item.copies,
            day(item.begin_by.isoformat()),
            Money(item.set_up_pence),
            Money(item.yearly_pence),
            _one(item.effect.unplaced_avoided),
            _one(item.effect.closer),
            _money(item.effect.fees_saved_pence_a_year),
            _money(item.effect.gain_pence_a_year),
            Mark.NOT_APPLICABLE if item.used_percent is None else Percent(item.used_percent),
            Mark.NOT_APPLICABLE if item.break_even_percent is None else Percent(item.break_even_percent),
        )
        for item in plan.items
    ]
    columns = (
        "What",
        "How many",
        "Begin by",
        "Set-up",
        "Cost a year",
        "Children with a home who would have none",
        "Children nearer home",
        "Fees saved a year",
        "Gained a year, all counted",
        "Places in use",
        "Pays for itself at",
    )
    note = (
        "Each line is what the plan would lose without it. Cost a year: set-up spread over the years it lasts, and "
        "what is paid each week whether used or not. Gained: welfare and fees less that cost, as matching counts them."
    )
    return Table("plan_intentions", "What to open or change", columns, rows, note)


def effects_table(plan: OpeningPlan) -> Table:
    """What the whole plan does, with intervals."""
    whole: Effect = plan.whole
    rows: list[tuple[Cell, ...]] = [
        ("Children with a home who would have none, a week", *_ends(whole.unplaced_avoided)),
        ("Children nearer home by half a mile or more, a week", *_ends(whole.closer)),
        ("Children farther from home by half a mile or more, a week", *_ends(whole.farther)),
        ("Brothers and sisters together who would not be, groups a week", *_ends(whole.reunited)),
        ("Fees saved, a year", *_money_ends(whole.fees_saved_pence_a_year)),
        ("The same less what the plan costs, a year", *_money_ends(whole.net_pence_a_year)),
        ("Gained, all counted and the plan paid for, a year", *_money_ends(whole.gain_pence_a_year)),
    ]
    return Table(
        "plan_effects",
        "What the whole plan does",
        ("Measure", "Mean", "Low", "High"),
        rows,
        f"{_TESTED} Below 0: lost.",
    )


def frontier_table(plan: OpeningPlan) -> Table:
    """What each budget could do: the fourth column is what the picture draws."""
    nothing = plan.frontier[0].objective_pence if plan.frontier else 0
    rows: list[tuple[Cell, ...]] = [
        (
            Money(point.budget_pence),
            Money(point.spent_pence),
            _round(point.unplaced),
            Money(nothing - point.objective_pence),
            Money(max(0, point.objective_pence - point.bound_pence)),
            Mark.NOT_APPLICABLE if point.next_pound is None else _round(point.next_pound, 2),
            "; ".join(point.items) or "Nothing",
        )
        for point in plan.frontier
    ]
    columns = (
        "Budget a year",
        "Spent",
        "Children without a home, a week",
        "Gained a year over opening nothing",
        "At most so far from the best",
        "£ gained for each further £",
        "Best choice",
    )
    return Table("plan_frontier", "Budget against what it gains", columns, rows, "By the weeks the choice was made by.")


def rivals_table(plan: OpeningPlan) -> Table:
    """Rules of thumb on the same fresh weeks."""
    rows: list[tuple[Cell, ...]] = [
        (
            rival.name,
            rival.rule,
            Money(rival.spent_pence),
            _one(rival.unplaced),
            *_money_ends(rival.dearer_pence_a_year),
            "; ".join(rival.items) or "Nothing",
        )
        for rival in plan.rivals
    ]
    columns = (
        "Rule of thumb",
        "What it does",
        "Spent a year",
        "Children without a home, a week",
        "Dearer than the plan, a year",
        "Low",
        "High",
        "Its choice",
    )
    return Table("plan_rivals", "Rules of thumb with the same money", columns, rows, f"{_TESTED} All counted.")


def doubts_table(plan: OpeningPlan) -> Table:
    """The plan where the forecast is wrong."""
    rows: list[tuple[Cell, ...]] = [
        (
            other.name,
            other.weeks,
            _round(other.children),
            _one(other.unplaced_without),
            _one(other.unplaced_with),
            *_money_ends(other.gain_pence_a_year),
        )
        for other in plan.otherwise
    ]
    columns = (
        "If it comes otherwise",
        "Weeks",
        "Children looking",
        "Without a home, without the plan",
        "Without a home, with it",
        "Gained by the plan, a year",
        "Low",
        "High",
    )
    return Table("plan_doubts", "The same plan in other futures", columns, rows, _TESTED)


def _one(mean: Mean) -> Cell:
    return _round(mean.mean)


def _round(value: float, digits: int = 1) -> float:
    return round(value, digits) + 0.0


def _ends(mean: Mean) -> tuple[Cell, ...]:
    return tuple(_round(value, 2) for value in (mean.mean, mean.interval.low, mean.interval.high))


def _money(mean: Mean) -> Cell:
    return Money(round(mean.mean))


def _money_ends(mean: Mean) -> tuple[Cell, ...]:
    return tuple(Money(round(value)) for value in (mean.mean, mean.interval.low, mean.interval.high))
