"""Indicators of brothers and sisters: living together, and as their plan says. Of the as-at date alone."""

from datetime import date

from matcher.services.figures_siblings import living_place, to_plan
from matcher.services.indicators.history import History
from matcher.services.indicators.reading import Counted, IndicatorDefinition, Polarity, Reading, Unit, share
from models.child import SiblingGroup
from models.ssda903.flows import stock
from models.ssda903.stability import Measure, months_before
from models.vocabulary import SiblingDecision


def together(history: History, on: date) -> Reading | None:
    """Of children looked after who have brothers or sisters looked after, those who live with every one of them.

    Living together is the same listed home, or outside listed homes the same postcode and kind of placement; where
    one of them lives in neither, it is not known. Groups are those of the siblings sheet, whatever their plan. Source:
    section 22C(8)(c), Children Act 1989; the Children's Commissioner counts separated siblings likewise (2023).
    """
    groups = _groups(history, on)
    if groups is None:
        return None
    counted, out_of, not_known = [], [], []
    for _, members in groups:
        places = {child: living_place(history.case, child) for child in members}
        out_of += members
        for child, place in places.items():
            others = [there for other, there in places.items() if other != child]
            if place is not None and all(there == place for there in others):
                counted.append(child)
            elif all(place is None or there is None or there == place for there in others):
                not_known.append(child)
    return share(Measure(on=on, counted=tuple(counted), out_of=tuple(out_of), not_known=tuple(not_known)))


def placed_to_plan(history: History, on: date) -> Reading | None:
    """Of sibling groups assessed in the twelve months to the day, those living as their plan says.

    Groups with two or more members looked after; :func:`matcher.services.figures_siblings.to_plan` says what to plan
    is. Source: siblings sheet and placements; section 22C(8)(c), Children Act 1989.
    """
    groups = _groups(history, on)
    if groups is None:
        return None
    first = months_before(on, 12)
    assessed = [
        (group, members)
        for group, members in groups
        if group.decision is not SiblingDecision.NOT_ASSESSED
        and group.decided_on is not None
        and first < group.decided_on <= on
    ]
    as_planned = tuple(group.id for group, members in assessed if to_plan(history.case, group, members))
    everything = tuple(group.id for group, _ in assessed)
    return share(Measure(on=on, counted=as_planned, out_of=everything, not_known=()))


def _groups(history: History, on: date) -> list[tuple[SiblingGroup, list[str]]] | None:
    """Groups with two or more members looked after; None on any day but the as-at date, or without any group."""
    case = history.case
    if on != case.as_at or not case.sibling_groups:
        return None
    here = set(stock(history.episodes, on))
    groups = [(group, [child for child in group.children if child in here]) for group in case.sibling_groups]
    return [(group, members) for group, members in groups if len(members) > 1]


INDICATORS = (
    IndicatorDefinition(
        "siblings_together",
        "Brothers and sisters living together",
        "Of children looked after who have brothers or sisters looked after, those who live with all of them: in the "
        "same listed home, or at the same postcode in the same kind of placement",
        "Siblings sheet and placements; Children Act 1989 section 22C(8)(c)",
        Unit.PERCENT,
        Polarity.HIGH,
        Counted.CHILDREN,
        together,
    ),
    IndicatorDefinition(
        "siblings_to_plan",
        "Sibling groups placed to plan",
        "Of groups with two or more members looked after whose plan was decided in the twelve months to the day, those "
        "of whom any two live together exactly where the plan keeps them together",
        "Siblings sheet and placements; Children Act 1989 section 22C(8)(c)",
        Unit.PERCENT,
        Polarity.HIGH,
        Counted.SIBLING_GROUPS,
        placed_to_plan,
    ),
)
