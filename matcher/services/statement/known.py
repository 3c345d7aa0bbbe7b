"""Everybody a statement counts, divided by what is known of their needs and by the indicators that count them."""

from collections.abc import Sequence

from matcher.scoring.levels import child_levels
from matcher.services.indicators import Counted, Indicator, Unit
from matcher.services.indicators.location import DistanceGroup
from matcher.services.statement.standing import NOT_KNOWN, Divided, divided
from models.case import Case
from models.ssda903.location import Distance

_NOT_COUNTED = "not_counted"


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


def distances_known(groups: Sequence[DistanceGroup], stock: Sequence[str]) -> Divided:
    """The department's five groups: in the area or not, over 20 miles from home or not, not known."""
    labels = {group.distance.value: group.label for group in groups} | {Distance.NOT_KNOWN.value: "Distance not known"}
    found = {child: group.distance.value for group in groups for child in group.ids}
    of = {child: found.get(child, Distance.NOT_KNOWN.value) for child in stock}
    return divided("distance", "Distance from home", labels, of)


def on_the_stock(indicator: Indicator) -> bool:
    """Whether an indicator is a share of children on the as-at date, so that tables of them can hold it."""
    return indicator.counts is Counted.CHILDREN and indicator.unit is Unit.PERCENT and indicator.reading is not None


def indicators_known(found: Sequence[Indicator], stock: frozenset[str]) -> list[Divided]:
    """For every indicator that is a share of the children looked after: counted, not counted, or not of its number.

    Args:
        found: The indicators on the as-at date.
        stock: Ids of children looked after; an indicator of others, such as those who left, is no part of them.
    """
    labels = {"yes": "Counted", "no": "Not counted", _NOT_COUNTED: "Not of those asked about"}
    chosen = []
    for indicator in found:
        reading = indicator.reading
        if reading is None or not on_the_stock(indicator) or not stock.issuperset(reading.out_of):
            continue
        counted, out_of = set(reading.counted), set(reading.out_of)
        of = {c: "yes" if c in counted else "no" if c in out_of else _NOT_COUNTED for c in stock}
        chosen.append(divided(f"ind_{indicator.key}", indicator.title, labels, of))
    return chosen
