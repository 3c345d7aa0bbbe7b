"""The adoption scorecard: which figures there are, each with its definition and where that comes from.

Figures are of the children of the council's own agency, over so many months up to a day: twelve for local reports, 36
for the national scorecard. A1 and the like are the Department for Education's names.
"""

from datetime import date

from matcher.services.adoption.adopter_measures import ADOPTER_FIGURES
from matcher.services.adoption.children_measures import (
    adopted_at_five_or_over,
    adopted_by_carers,
    adopted_children,
    adopted_of_minority_ethnic_groups,
    in_early_permanence,
    placed_without_order,
    plan_changed,
    waiting_to_be_placed,
    waiting_with_order,
)
from matcher.services.adoption.figures import Figure, FigureDefinition, FigureUnit, Window
from matcher.services.adoption.timeliness import (
    A1_THRESHOLD_DAYS,
    A2_THRESHOLD_DAYS,
    a1,
    a2,
    a3_adopted,
    a3_adopted_or_waiting,
    a10,
    a20,
    placed_within_a_year,
)
from models.adoption import AdoptionPool
from models.ssda903 import months_before

_SCORECARD = "Department for Education, Adoption scorecards 2014-17: methodology and guidance"
_LOCAL = "Hertfordshire County Council, Adoption agency annual report 2017/18, rolling twelve months"
_DAYS, _PERCENT, _NUMBER = FigureUnit.DAYS, FigureUnit.PERCENT, FigureUnit.NUMBER
FIGURES = (
    FigureDefinition(
        "a1", "A1: entering care to moving in", "Mean days from entering care to moving in with the adoptive family, "
        "of children adopted", _SCORECARD, _DAYS, a1, A1_THRESHOLD_DAYS, True,
    ),
    FigureDefinition(
        "a10", "A10: the same, to living with those who adopt", "A1 with the clock stopped when the child moved to the "
        "foster carers who adopt", _SCORECARD, _DAYS, a10, A1_THRESHOLD_DAYS, True,
    ),
    FigureDefinition(
        "a2", "A2: placement order to match", "Mean days from the placement order to the decision on the match, of "
        "children adopted; 0 where the match came first", _SCORECARD, _DAYS, a2, A2_THRESHOLD_DAYS, True,
    ),
    FigureDefinition(
        "a20", "A20: A2 without children adopted by their carers", "A2 of children adopted by others than their foster "
        "carers", "Our reading of the sector's adjusted A2", _DAYS, a20, A2_THRESHOLD_DAYS, True,
    ),
    FigureDefinition(
        "a3_adopted", "A3, adopted: less than 14 months to moving in", "Of children adopted, those who moved in less "
        "than 14 months after entering care", _LOCAL, _PERCENT, a3_adopted, None, False,
    ),
    FigureDefinition(
        "a3_adopted_or_waiting", "A3, adopted or waiting: less than 14 months", "Of children adopted or with a plan, "
        "those less than 14 months in care before moving in, or so far", f"{_SCORECARD}; how waiting children are "
        "counted is our reading", _PERCENT, a3_adopted_or_waiting, None, False,
    ),
    FigureDefinition(
        "placed_within_a_year", "Decision to placement within 12 months", "Of children adopted, those placed less than "
        "twelve months after the decision", _LOCAL, _PERCENT, placed_within_a_year, None, False,
    ),
    FigureDefinition(
        "adopted", "Children adopted", "Adoption orders", _SCORECARD, _NUMBER, adopted_children,
    ),
    FigureDefinition(
        "plan_changed", "Plan changed away from adoption", "Of children adopted, with a plan, or whose plan was "
        "changed, those whose plan was changed", _SCORECARD, _PERCENT, plan_changed,
    ),
    FigureDefinition(
        "placement_ended", "Placements that ended before an order", "Of placements begun or ended, those that ended "
        "before an order", _LOCAL, _PERCENT, placed_without_order, None, True,
    ),
    FigureDefinition(
        "adopted_5_or_over", "Adopted at five or over", "Of children adopted, those aged five or over", _SCORECARD,
        _PERCENT, adopted_at_five_or_over,
    ),
    FigureDefinition(
        "adopted_minority_ethnic", "Adopted, of minority ethnic groups", "Of children adopted whose group is known, "
        "those not White British", _SCORECARD, _PERCENT, adopted_of_minority_ethnic_groups,
    ),
    FigureDefinition(
        "adopted_by_carers", "Adopted by their foster carers", "Of children adopted, those adopted by their carers",
        _LOCAL, _PERCENT, adopted_by_carers,
    ),
    FigureDefinition(
        "waiting", "Children waiting to be placed", "With a plan on the day and not moved in", _SCORECARD, _NUMBER,
        waiting_to_be_placed, None, True, of_a_day=True,
    ),
    FigureDefinition(
        "waiting_with_order", "Of them, with a placement order", "With a plan and a placement order on the day and not "
        "moved in", _SCORECARD, _NUMBER, waiting_with_order, None, True, of_a_day=True,
    ),
    FigureDefinition(
        "early_permanence", "Living in early permanence", "With a plan on the day, with carers approved to adopt",
        _SCORECARD, _NUMBER, in_early_permanence, of_a_day=True,
    ),
)  # fmt: skip


def read_figure(definition: FigureDefinition, pool: AdoptionPool, on: date, months: int) -> Figure:
    """One figure over so many months up to a day."""
    read = definition.read(pool, Window(on, months))
    return Figure(
        key=definition.key,
        title=definition.title,
        definition=definition.definition,
        source=definition.source,
        unit=definition.unit,
        on=on,
        months=0 if definition.of_a_day else months,
        value=read.value,
        counted=read.counted,
        out_of=read.out_of,
        not_known=read.not_known,
        interval=read.interval,
        threshold=definition.threshold,
        lower_is_better=definition.lower_is_better,
        note=definition.note,
    )


def scorecard(pool: AdoptionPool, on: date, *, months: int = 12) -> tuple[Figure, ...]:
    """Every figure over so many months up to a day: 12 for the rolling year, 36 for the national scorecard."""
    return tuple(read_figure(definition, pool, on, months) for definition in (*FIGURES, *ADOPTER_FIGURES))


def monthly(pool: AdoptionPool, key: str, on: date, *, months: int = 12, back: int = 12) -> tuple[Figure, ...]:
    """One figure at the end of each of the last months, oldest first, each over the months before it.

    Raises:
        KeyError: there is no such figure.
    """
    definition = {each.key: each for each in (*FIGURES, *ADOPTER_FIGURES)}[key]
    return tuple(read_figure(definition, pool, months_before(on, ago), months) for ago in reversed(range(back)))
