"""What a plan of openings assumes, in plain words."""

from matcher.services.opening.choice import Ahead, Asking


def reading(asking: Asking, ahead: Ahead, budget_pence: int | None) -> tuple[str, ...]:
    """The assumptions, the most weighty first."""
    today, case = ahead.today, ahead.today.case
    money = "no limit" if budget_pence is None else f"£{budget_pence / 100:,.0f}"
    return (
        f"Each week is one as it may come about {today.day.day} {today.day:%B %Y}: as many children look for a home as "
        "one future of the forecast has, each like a child on file who came or moved in the last year or looks now, "
        "with the brothers and sisters to be placed with them.",
        "Homes are as residents leave them: each child of today stays or has gone by chance, at the forecast's rates, "
        "and others live in their place until as many children live in each kind of placement as that future has.",
        "Every child is matched to every home under all rules of matching, as in an allocation; who cannot be matched "
        f"counts as £{ahead.charge / 100:,.0f} a week, more than any home and separation together, so that money "
        "never outranks a home.",
        "A year is 52 such weeks: what an option does for the children of one week it is taken to do for as long as it "
        "stands, for some child or other.",
        f"Money counts as the policy has it: £1,000 of fees or of what an option costs weighs as much as "
        f"£{case.policy.fee_per_mille:,} of welfare. So the budget limits what is spent, and welfare decides what on.",
        f"The budget is {money} a year for the options themselves: set-up spread over the years they last, and what is "
        "paid each week whether they are used or not. Fees for each child placed are in the costs of the weeks.",
        f"Chosen by {asking.samples:,} weeks and tested on {asking.fresh:,} others that it never saw; figures of what "
        "it does are from those others. Prices are today's.",
        "A copy of an option succeeds by its chance, week by week drawn; one that does not is paid for all the same.",
        f"Scenario: {asking.scenario.name}.",
    )
