"""What a plan of openings gives: the items to buy, what they do, how well that is proved, and how it may be wrong."""

import datetime as dt

from matcher.services.intervals import Interval
from models.record import Record


class Mean(Record):
    """A mean over weeks drawn afresh, with its 95% interval."""

    mean: float
    interval: Interval


class Effect(Record):
    """What some options do beside not taking them, in one week as it may come, or by the year where it says so.

    Attributes:
        unplaced_avoided: Children who have a home who would have none.
        closer: Children who live nearer their family home by half a mile or more; ``farther`` the other way.
        reunited: Sibling groups who share a home who would not.
        fees_saved_pence_a_year: Full fees less, of children who have a home both ways.
        net_pence_a_year: The same less what the options cost a year: what is left over, below 0 what it takes.
        gain_pence_a_year: What the objective falls by a year: welfare, and money as the policy weighs it.
    """

    unplaced_avoided: Mean
    closer: Mean
    farther: Mean
    reunited: Mean
    fees_saved_pence_a_year: Mean
    net_pence_a_year: Mean
    gain_pence_a_year: Mean


class ItemChosen(Record):
    """One item of the menu in the plan: how many, what it costs, when to begin, what it does beyond the others.

    ``used`` is the share of its places in use in a mean week; ``break_even`` the share at which a bed paid for whether
    used or not costs what the dearest fee it replaces would: None where it is no such bed.
    """

    item_id: str
    name: str
    what: str
    copies: int
    limit: int
    begin_by: dt.date
    yearly_pence: int
    set_up_pence: int
    effect: Effect
    used_percent: float | None
    break_even_percent: float | None


class Certificate(Record):
    """How good the choice is proved to be over the weeks it was chosen by; pence a mean year.

    ``gap_percent`` is net of charges for children without a home and groups apart; None where nothing is left of it.
    """

    status: str
    samples: int
    objective_pence: int
    bound_pence: int
    gap_percent: float | None
    rounds: int
    seconds: float
    seed: int


class Rival(Record):
    """Another choice at the same budget, on the same fresh weeks: how much dearer than the plan a year, all counted."""

    name: str
    rule: str
    items: tuple[str, ...]
    spent_pence: int
    unplaced: Mean
    dearer_pence_a_year: Mean


class BudgetPoint(Record):
    """What the best choice at a budget comes to: pence a mean year, and children without a home in a week's plan."""

    budget_pence: int
    spent_pence: int
    objective_pence: int
    bound_pence: int
    unplaced: float
    items: tuple[str, ...]
    next_pound: float | None


class Otherwise(Record):
    """The plan where the forecast is wrong: under another scenario or in the draws furthest from the middle."""

    name: str
    weeks: int
    children: float
    unplaced_without: Mean
    unplaced_with: Mean
    gain_pence_a_year: Mean


class EmergencyNights(Record):
    """How many emergency places cover 95% of nights, and the assumption that each is used for so many nights."""

    places: int
    same_day_a_week: float
    nights: int
    covered_percent: float


class OpeningPlan(Record):
    """What to open with a budget, and why to believe it."""

    case: str
    synthetic: bool
    as_at: dt.date
    horizon: dt.date
    budget_pence: int | None
    spent_pence: int
    items: tuple[ItemChosen, ...]
    whole: Effect
    children: Mean
    unplaced_without: Mean
    unplaced_with: Mean
    certificate: Certificate
    fresh_weeks: int
    rivals: tuple[Rival, ...]
    frontier: tuple[BudgetPoint, ...]
    otherwise: tuple[Otherwise, ...]
    emergency: EmergencyNights | None
    too_late: tuple[str, ...]
    not_chosen: tuple[str, ...]
    reading: tuple[str, ...]
