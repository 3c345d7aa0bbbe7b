"""Brothers and sisters among the children: how many groups, how many assessed, how many living as planned."""

from itertools import combinations

from models.case import Case
from models.child import Child, SiblingGroup
from models.record import Record
from models.ssda903.stability import months_before
from models.vocabulary import SiblingDecision

_Where = tuple[str, ...]


class SiblingFigures(Record):
    """Sibling groups among the children looked after; ``apart_against_plan`` counts groups assessed at any time."""

    definition: str
    source: str
    groups: int
    children: int
    assessed_in_year: int
    children_assessed_in_year: int
    placed_to_plan: int
    not_assessed: int
    apart_against_plan: int


def sibling_figures(case: Case, children: tuple[Child, ...]) -> SiblingFigures:
    """Count the groups with two or more members looked after.

    A group is *assessed in the year* if its plan was decided in the twelve months to the as-at date, and
    *placed to plan* if any two of its members looked after live in the same place exactly where the plan
    keeps them together. Same place: the same listed home, or outside listed homes the same postcode and kind.
    Source: siblings sheet, section 22C(8)(c) of the Children Act 1989.
    """
    here = {child.id for child in children}
    groups = [(group, [c for c in group.children if c in here]) for group in case.sibling_groups]
    groups = [(group, members) for group, members in groups if len(members) > 1]
    year_ago = months_before(case.as_at, 12)
    assessed = [pair for pair in groups if pair[0].decision is not SiblingDecision.NOT_ASSESSED]
    in_year = [(g, m) for g, m in assessed if g.decided_on is not None and year_ago < g.decided_on <= case.as_at]
    return SiblingFigures(
        definition="Groups with two or more members looked after. Placed to plan: members live in the same place "
        "exactly where the plan decided in the year to the as-at date keeps them together",
        source="Siblings sheet and placements; Children Act 1989 section 22C(8)(c)",
        groups=len(groups),
        children=sum(len(members) for _, members in groups),
        assessed_in_year=len(in_year),
        children_assessed_in_year=sum(len(members) for _, members in in_year),
        placed_to_plan=sum(to_plan(case, group, members) for group, members in in_year),
        not_assessed=len(groups) - len(assessed),
        apart_against_plan=sum(_apart_against_plan(case, group, members) for group, members in assessed),
    )


def to_plan(case: Case, group: SiblingGroup, members: list[str]) -> bool:
    """Whether members live together exactly where the group's plan says so."""
    return all(together == planned for together, planned in _pairs(case, group, members))


def _apart_against_plan(case: Case, group: SiblingGroup, members: list[str]) -> bool:
    return any(planned and not together for together, planned in _pairs(case, group, members))


def _pairs(case: Case, group: SiblingGroup, members: list[str]) -> list[tuple[bool, bool]]:
    """For every two members: whether they live together, and whether the plan keeps them together."""
    units = [frozenset(unit) for unit in group.planned_units]
    where = {child: living_place(case, child) for child in members}
    return [
        (where[a] is not None and where[a] == where[b], any(a in unit and b in unit for unit in units))
        for a, b in combinations(members, 2)
    ]


def living_place(case: Case, child: str) -> _Where | None:
    """Alike for two children who live in one place: a listed home, else a postcode and kind; None if not known."""
    placement = case.placement_of.get(child)
    if placement is None:
        return None
    if placement.home_id:
        return ("home", placement.home_id)
    if placement.postcode:
        return ("postcode", placement.postcode.replace(" ", "").upper(), placement.kind)
    return None
