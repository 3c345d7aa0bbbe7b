"""What a simulation of linking is asked and what it says."""

from collections.abc import Mapping
from enum import StrEnum

from pydantic import Field

from matcher.services.intervals import Interval
from models.record import Record


class Strategy(StrEnum):
    """How families are found for children, week by week."""

    FIRST_COME = "first_come"
    CASEWORKER = "caseworker_search"
    LINKING = "whole_pool"
    EXPECTED = "whole_pool_expected"


STRATEGY_WORDS = {
    Strategy.FIRST_COME: "Each child, longest waiting first, is offered the eligible family that was approved first",
    Strategy.CASEWORKER: "For each child some profiles are read a week, those of the child's agency first, then of "
    "partners, then of all others; the best eligible family read so far is asked",
    Strategy.LINKING: "Links are proposed for the whole pool at once: as many children as possible, then closest fit",
    Strategy.EXPECTED: "The same, with each link counted as often as the family is likely to say yes",
}


class SimulationSettings(Record):
    """What is simulated. Rates of joining are those of the case's own year; what no record tells is assumed here.

    Attributes:
        weeks: How long, from the case's day on.
        replications: How often, each with its own chance.
        seed: Where chance comes from.
        weeks_to_answer: From asking a family to its answer (reading, a visit): both are kept for each other. Assumed.
        weeks_to_match: From a yes to the agency's decision on the match. Assumed; the same for every strategy.
        profiles_a_week: Profiles read for one child in a week, in caseworker search. Assumed.
        families_leave_percent_a_year: Of families waiting. Assumed.
        plans_changed_percent_a_year: Of children waiting. Assumed.
        threshold_days: A wait longer than this is counted; the A2 threshold is 121 days.
    """

    weeks: int = Field(default=104, ge=1, le=520)
    replications: int = Field(default=100, ge=2, le=10_000)
    seed: int = Field(default=1, ge=0)
    weeks_to_answer: int = Field(default=3, ge=1)
    weeks_to_match: int = Field(default=6, ge=0)
    profiles_a_week: int = Field(default=3, ge=1)
    families_leave_percent_a_year: int = Field(default=15, ge=0, le=99)
    plans_changed_percent_a_year: int = Field(default=10, ge=0, le=99)
    threshold_days: int = Field(default=121, ge=1)


class Outcome(StrEnum):
    """What is measured in each replication."""

    CHILDREN_MATCHED = "children_matched"
    STILL_WAITING = "still_waiting"
    DAYS_WAITED = "days_waited"
    OVER_THRESHOLD = "over_threshold_percent"
    STRETCH_LEVELS = "stretch_levels"
    DECLINES = "declines"
    FEES_PENCE = "fees_pence"


OUTCOME_WORDS = {
    Outcome.CHILDREN_MATCHED: "Children matched in the period",
    Outcome.STILL_WAITING: "Children waiting at its end",
    Outcome.DAYS_WAITED: "Days from joining to the match, or so far, of the mean child who joined in the period",
    Outcome.OVER_THRESHOLD: "Percent of children who joined early enough and waited longer than the threshold",
    Outcome.STRETCH_LEVELS: "Levels beyond what the family said yes to, of the mean child matched",
    Outcome.DECLINES: "Times a family said no",
    Outcome.FEES_PENCE: "Inter-agency fees of the matches, pence, by whichever agency the child is of",
}


class Measured(Record):
    """The mean of one outcome over the replications, with its 95% interval (Student's)."""

    outcome: Outcome
    mean: float
    interval: Interval


class StrategyOutcomes(Record):
    """What one strategy is, in words, and what it came to."""

    strategy: Strategy
    words: str
    measured: tuple[Measured, ...]


class PairedDifference(Record):
    """One strategy less another, outcome by outcome, replication by replication under the same chance."""

    strategy: Strategy
    less: Strategy
    measured: tuple[Measured, ...]


class Simulation(Record):
    """Strategies side by side. It says what would follow from its assumptions, not what will happen.

    ``outcomes`` says in words what each outcome is; ``seconds`` is how long it took.
    """

    settings: SimulationSettings
    outcomes: Mapping[Outcome, str]
    units_a_week: float
    families_a_week: float
    units_at_start: int
    families_at_start: int
    strategies: tuple[StrategyOutcomes, ...]
    differences: tuple[PairedDifference, ...]
    seconds: float
