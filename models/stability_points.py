"""The published points of the stability score: what raises or lowers the risk that a placement ends unplanned.

One point is a hundredth of a log-odds. Points are added; nothing is learnt from what people decided before, and
ethnicity is no factor although reviews name it. Each factor has its reason and source here, and a council can
replace any of them. ``docs/stability.md`` tells how they are used and tested.
"""

import math
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from models.record import Record

POINTS_PER_LOG_ODDS = 100
Ladder = Annotated[tuple[Annotated[int, Field(ge=-300, le=300)], ...], Field(min_length=1)]

_KONIJN = "Konijn and others 2019, meta-analysis of 38 studies, Children and Youth Services Review 96, 483-499"
_OOSTERMAN = "Oosterman and others 2007, meta-analysis of 26 studies, Children and Youth Services Review 29, 53-76"
_ROCK = "Rock and others 2015, systematic review, British Journal of Social Work 45, 177-203"
_OURS = "Judgement: no pooled effect was found, so fewer points than any factor that has one"


class Factor(StrEnum):
    """What the score looks at."""

    BEHAVIOUR = "behaviour"
    AGE = "age"
    MOVES = "moves_in_year"
    RESIDENTIAL = "residential_before"
    APART = "apart_from_siblings"
    TOGETHER = "with_siblings"
    NOT_KIN = "not_with_kin"
    CARER_MATCH = "carers_match_needs"
    DISTANCE = "far_from_home"
    EMERGENCY = "emergency_placement"
    DISAGREED = "child_disagrees"
    SOCIAL_WORKERS = "several_social_workers"


def log_odds_of(r: float) -> float:
    """The log-odds ratio a correlation stands for, by the usual conversion: d = 2r / sqrt(1 - r^2), then pi / sqrt(3).

    Source: Borenstein and others, *Introduction to Meta-Analysis* (2009), chapter 7.
    """
    return 2 * r / math.sqrt(1 - r * r) * math.pi / math.sqrt(3)


class FactorPoints(Record):
    """One factor's points.

    Attributes:
        factor: Which.
        label: Its words on a page.
        ladder: Points of 1, 2, ... steps (years, moves, levels); more steps than it has count as the last. They
            never turn back, so that more of a driver never lowers the score.
        reason: Why these points.
        source: Where the evidence is.
        r: The published correlation with instability, where one was pooled.
        corrected_r: The same after correction for publication bias.
        remedy: What could take the points away; None where nothing can.
    """

    factor: Factor
    label: str
    ladder: Ladder
    reason: str
    source: str
    r: float | None = None
    corrected_r: float | None = None
    remedy: str | None = None

    @model_validator(mode="after")
    def _never_turns_back(self) -> Self:
        steps = [0, *self.ladder]
        if steps not in (sorted(steps), sorted(steps, reverse=True)):
            raise ValueError(f"the points of {self.factor} must all rise or all fall from 0: {self.ladder}")
        return self

    def of(self, steps: int) -> int:
        """Points of a number of steps, 0 or more."""
        return self.ladder[min(steps, len(self.ladder)) - 1] if steps > 0 else 0

    @property
    def least(self) -> int:
        """The fewest points the factor can give."""
        return min(0, self.ladder[-1])

    @property
    def most(self) -> int:
        """The most points the factor can give."""
        return max(0, self.ladder[-1])


def _years(each: int, number: int) -> tuple[int, ...]:
    return tuple(each * year for year in range(1, number + 1))


PUBLISHED: tuple[FactorPoints, ...] = (
    FactorPoints(
        factor=Factor.BEHAVIOUR,
        label="behaviour that carers find hard to live with",
        ladder=(35, 60),
        reason="r .33 falls to .09 once corrected for publication bias: log-odds 1.27 and 0.33. High behaviour gets "
        "the corrected effect, acute behaviour not half of the uncorrected one.",
        source=f"{_KONIJN}; {_OOSTERMAN}",
        r=0.33,
        corrected_r=0.09,
        remedy="specialist or therapeutic support for child and carers, before the next review",
    ),
    FactorPoints(
        factor=Factor.AGE,
        label="age over eight",
        ladder=_years(8, 9),
        reason="Older children's placements end more often; 8 points a year is odds up by 8%, and about twice as high "
        "at 17 as at 8.",
        source=f"{_OOSTERMAN}; {_ROCK}",
    ),
    FactorPoints(
        factor=Factor.MOVES,
        label="moves in the last twelve months",
        ladder=(25, 50, 75),
        reason="Each earlier move predicts the next (small to moderate effect); counted up to three.",
        source=_OOSTERMAN,
    ),
    FactorPoints(
        factor=Factor.RESIDENTIAL,
        label="lived in a children's home before this placement",
        ladder=(25,),
        reason="Residential care before fostering goes with more endings (small to moderate effect).",
        source=f"{_OOSTERMAN}; {_ROCK}",
    ),
    FactorPoints(
        factor=Factor.APART,
        label="apart from brothers or sisters against the plan",
        ladder=(30,),
        reason="Separation from brothers and sisters is among the best supported correlates of instability.",
        source=_ROCK,
        remedy="a plan to bring them together, or more time with each other until then",
    ),
    FactorPoints(
        factor=Factor.TOGETHER,
        label="living with a brother or sister",
        ladder=(-25,),
        reason="Placement with brothers and sisters protects.",
        source=_ROCK,
        remedy="a home that takes them together, where the plan says so",
    ),
    FactorPoints(
        factor=Factor.NOT_KIN,
        label="not with a connected person",
        ladder=(15,),
        reason="Reviews disagree: raised in two, not significant in one; so few points.",
        source=f"{_KONIJN}; {_ROCK}; not significant in {_OOSTERMAN}",
        remedy="a connected person, where there is one who is suitable (section 22C(7), Children Act 1989)",
    ),
    FactorPoints(
        factor=Factor.CARER_MATCH,
        label="carers can meet every need assessed",
        ladder=(-40,),
        reason="Weak parenting of foster carers: r .24, log-odds 0.90; a match of skills and needs on paper is a "
        "weaker thing, so less than half of it.",
        source=f"{_KONIJN}; {_ROCK}",
        r=0.24,
        remedy="training or support for the carers in the needs they fall short of",
    ),
    FactorPoints(
        factor=Factor.DISTANCE,
        label="more than 20 miles from home",
        ladder=(15,),
        reason="Far from family, school and friends, support is thinner.",
        source=_OURS,
        remedy="travel and family time paid for; a nearer home if the child is to move anyway",
    ),
    FactorPoints(
        factor=Factor.EMERGENCY,
        label="placed in an emergency",
        ladder=(20,),
        reason="Nobody could choose between homes.",
        source=_OURS,
    ),
    FactorPoints(
        factor=Factor.DISAGREED,
        label="the child does not want to live there",
        ladder=(20,),
        reason="The child's wishes (section 22(4)-(5), Children Act 1989) tell what others do not see.",
        source=_OURS,
        remedy="ask the child what would make it right; offer an advocate",
    ),
    FactorPoints(
        factor=Factor.SOCIAL_WORKERS,
        label="two or more social workers in the year",
        ladder=(15,),
        reason="Several social workers go with more moves; which causes which is not known.",
        source=_ROCK,
        remedy="one social worker who stays",
    ),
)


def _setting(default: Any, reason: str) -> Any:  # noqa: ANN401 - pydantic's own Field is typed so
    return Field(default=default, description=reason)


class StabilityPoints(Record):
    """The whole score as data: every factor's points, and the thresholds that say when a factor is there.

    Raises:
        ValueError: the factors do not list each of :class:`Factor` once.
    """

    version: str = "1.0"
    factors: tuple[FactorPoints, ...] = PUBLISHED
    age_over: Annotated[int, Field(ge=0, le=17)] = _setting(8, "Years above this age are counted.")
    behaviour_needs: tuple[str, ...] = _setting(
        ("aggression", "managing_emotions"), "Keys of the framework's needs that are behaviour towards others at home."
    )
    behaviour_level: Annotated[int, Field(ge=1, le=4)] = _setting(3, "The first level that counts as a step.")
    behaviour_sdq: Annotated[int, Field(ge=0, le=41)] = _setting(
        17, "Without an assessment of behaviour, an SDQ total from here, the band of concern, is one step."
    )
    match_from_level: Annotated[int, Field(ge=1, le=4)] = _setting(2, "Needs from this level ask for skilled carers.")
    far_tenth_miles: Annotated[int, Field(ge=0)] = _setting(200, "Further than this is far: 20 miles, as nationally.")
    moves_months: Annotated[int, Field(ge=1)] = _setting(12, "Moves are counted over so many months.")
    residential_months: Annotated[int, Field(ge=1)] = _setting(
        36, "Residential care is looked for over so many months: five years of returns hold that for most children."
    )
    count_authority_request: bool = _setting(
        False, "LAREQ (the authority asked) may be planned or not; counted as planned unless a council says otherwise."
    )
    look_back_years: Annotated[int, Field(ge=1, le=20)] = _setting(
        5, "Days looked back at, a year apart, at most; fewer where the authority has changed much."
    )
    minimum_endings: Annotated[int, Field(ge=1)] = _setting(
        100,
        "Fewer endings than this test no score: Collins and others 2016, Statistics in Medicine 35, 214-226, ask for "
        "at least 100 events.",
    )
    risk_groups: Annotated[int, Field(ge=2, le=10)] = _setting(5, "Groups of about equal size in which it is tested.")

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        if sorted(each.factor for each in self.factors) != sorted(Factor):
            raise ValueError("the stability points must list each factor once")
        return self

    def of(self, factor: Factor) -> FactorPoints:
        """The points of one factor."""
        return next(each for each in self.factors if each.factor is factor)
