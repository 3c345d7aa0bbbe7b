"""Everybody a statement counts, divided by what is known of their needs and by the indicators that count them."""

from collections.abc import Sequence

from matcher.scoring.levels import child_levels
from matcher.services.indicators import Counted, Indicator, Unit
from matcher.services.indicators.location import DistanceGroup
from matcher.services.statement.standing import NOT_KNOWN, Divided, divided
from matcher.services.step_down_results import StepDownReport
from matcher.services.step_down_settings import WAY_LABELS
from models.case import Case
from models.ssda903.location import Distance

_NOT_COUNTED = "not_counted"
_ANSWERS = {"yes": "Counted", "no": "Not counted", _NOT_COUNTED: "Not of those asked about"}


def needs_known(case: Case) -> list[Divided]:
    """For every need, who has it at a high level, who at a lower one or not at all, and of whom it is not known."""
    levels = child_levels(case)
    labels = {"high": "High", "lower": "Lower, or none", NOT_KNOWN: "Not known"}
    high = case.framework.high_level
    found = []
    for column, need in enumerate(case.framework.needs):
        rows = zip(levels.known[:, column].tolist(), levels.level[:, column].tolist(), strict=True)
        said = [NOT_KNOWN if not known else "high" if level >= high else "lower" for known, level in rows]
        of = {child.id: value for child, value in zip(case.children, said, strict=True)}
        found.append(divided(f"need_{need.key}", need.label, labels, of))
    return found


def distances_known(groups: Sequence[DistanceGroup], stock: Sequence[str]) -> list[Divided]:
    """The department's five groups: in the area or not, over 20 miles from home or not, not known.

    And whether it is over 20 miles, of those of whom it is known: unaccompanied children have no home to be far from,
    and a share that counts them as near says less the more of them a group has.
    """
    labels = {group.distance.value: group.label for group in groups} | {Distance.NOT_KNOWN.value: "Distance not known"}
    found = {child: group.distance.value for group in groups for child in group.ids}
    of = {child: found.get(child, Distance.NOT_KNOWN.value) for child in stock}
    far = {Distance.INSIDE_FAR.value: "yes", Distance.OUTSIDE_FAR.value: "yes", Distance.NOT_KNOWN.value: _NOT_COUNTED}
    return [
        divided("distance", "Distance from home", labels, of),
        divided(
            "ind_over_20_miles_known",
            "Living over 20 miles from home, where the distance is known",
            _ANSWERS,
            {child: far.get(value, "no") for child, value in of.items()},
        ),
    ]


def step_down_known(found: StepDownReport, stock: Sequence[str]) -> list[Divided]:
    """For every way of stepping down, who is on the list, who would be if the needs were assessed, and who is not."""
    labels = {"listed": "On the list", "to_assess": "To assess first", "not_listed": "Not on the list"}
    return [
        divided(
            f"step_{total.way.value}",
            WAY_LABELS[total.way],
            labels,
            dict.fromkeys(stock, "not_listed")
            | dict.fromkeys(total.assessed, "listed")
            | dict.fromkeys(total.to_assess, "to_assess"),
        )
        for total in found.totals
    ]


def on_the_stock(indicator: Indicator) -> bool:
    """Whether an indicator is a share of children on the as-at date, so that tables of them can hold it."""
    return indicator.counts is Counted.CHILDREN and indicator.unit is Unit.PERCENT and indicator.reading is not None


def indicators_known(found: Sequence[Indicator], stock: frozenset[str]) -> list[Divided]:
    """For every indicator that is a share of the children looked after: counted, not counted, or not of its number.

    Args:
        found: The indicators on the as-at date.
        stock: Ids of children looked after; an indicator of others, such as those who left, is no part of them.
    """
    chosen = []
    for indicator in found:
        reading = indicator.reading
        if reading is None or not on_the_stock(indicator) or not stock.issuperset(reading.out_of):
            continue
        counted, out_of = set(reading.counted), set(reading.out_of)
        of = {c: "yes" if c in counted else "no" if c in out_of else _NOT_COUNTED for c in stock}
        chosen.append(divided(f"ind_{indicator.key}", indicator.title, _ANSWERS, of))
    return chosen
