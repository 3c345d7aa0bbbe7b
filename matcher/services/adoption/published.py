"""What a public copy of the adoption report may count: whole tables, protected together by the shared disclosure rules.

A year's movements are told by quarter and where everybody stands on one day only: with stocks at two days and every
movement between them, what is hidden of one could be worked out from the others. For the same reason plans changed and
placements that ended are one row, and who is matched is told with who has moved in.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from matcher.services.adoption.activity import child_status, family_status
from matcher.services.adoption.adopter_measures import approved_dually, matched_after_long_wait, own_families
from matcher.services.adoption.children_measures import adopted_at_five_or_over, adopted_by_carers
from matcher.services.adoption.equality_of_year import as_children
from matcher.services.adoption.figures import Counting, Window, own_children
from matcher.services.adoption.timeliness import a3_adopted_or_waiting, placed_within_a_year
from matcher.services.equality import CHARACTERISTICS
from matcher.services.tabulation import CountTable, Dimension, Universe, Value, tabulate
from models.adoption import AdoptionPool, Family, PlanChild
from models.case import Case
from models.ssda903 import months_before

YEAR, THREE_YEARS = 12, 36
ANSWERS = {
    "less_than_14_months": ("Less than 14 months from entering care to moving in, or so far", a3_adopted_or_waiting),
    "placed_within_a_year": ("Placed less than 12 months after the decision", placed_within_a_year),
    "five_or_over": ("Aged five or over at the order", adopted_at_five_or_over),
    "by_carers": ("Adopted by their foster carers", adopted_by_carers),
}
"""Shares of children in the public copy: their words, and the figure that says who counts."""
EQUALITY_BY = tuple(each for each in CHARACTERISTICS if each.key != "uasc")
"""What the public copy counts children by, besides."""
CHILD_FLOWS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "decided": ("Decided that adoption is best", ("decided_on",)),
    "ordered": ("Placement orders", ("placement_order_on",)),
    "matched": ("Matched with a family", ("matched_on",)),
    "placed": ("Moved in with a family", ("placed_on",)),
    "adopted": ("Adoption orders", ("adopted_on",)),
    "ended": ("Plan changed, or placement ended before an order", ("reversed_on", "placement_ended_on")),
}
FAMILY_FLOWS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "began": ("Began stage 1", ("stage_1_start",)),
    "approved": ("Approved", ("approved_on",)),
    "family_matched": ("Matched with children", ("matched_on",)),
    "left": ("Withdrew", ("left_on",)),
}
_SOURCE = "The council's adoption records"
_YES_NO = (Value(key="yes", label="Yes"), Value(key="no", label="No"), Value(key="unknown", label="Not known"))
_QUARTERS = tuple(Value(key=f"q{n}", label=f"Quarter {n}") for n in (1, 2, 3, 4))
_GROUPS = (
    Value(key="year", label="Adopted in the year"),
    Value(key="before", label="Adopted in the two years before"),
    Value(key="plan", label="With a plan on the day"),
)
_CHILD_STAGES = (
    Value(key="waiting", label="Waiting for a match"),
    Value(key="matched", label="Matched or moved in, awaiting an adoption order"),
)
_FAMILY_STAGES = (
    Value(key="assessed", label="Being assessed"),
    Value(key="approved", label="Approved, waiting for a match"),
    Value(key="matched", label="Matched or placed, awaiting an adoption order"),
)


def published_tables(case: Case) -> dict[str, CountTable]:
    """Every counted table of the public copy on the day of a case, with every figure shown, by key."""
    pool, on = case.adoption, case.as_at
    shares = _shares(case)
    titles = {key: words for key, (words, _) in ANSWERS.items()} | {each.key: each.label for each in EQUALITY_BY}
    found = [
        tabulate(shares, ("group", key), key=key, title=title, definition="", source=_SOURCE)
        for key, title in titles.items()
    ]
    found += [_flow(own_children(pool), key, *told, on) for key, told in CHILD_FLOWS.items()]
    found += [_flow(own_families(pool), key, *told, on) for key, told in FAMILY_FLOWS.items()]
    found += [_children_now(pool, on), _families_now(pool, on)]
    found += [
        _answered(
            "waited_three_months", "Matched, three months or more after approval", matched_after_long_wait, pool, on
        ),
        _answered("approved_dually", "Approved, to foster as well (early permanence)", approved_dually, pool, on),
    ]
    return {table.key: table for table in found}


def _shares(case: Case) -> Universe:
    """Own children adopted in three years, or with a plan on the day: the answer of each share, and what each is."""
    pool, on = case.adoption, case.as_at
    year, before = Window(on, YEAR), Window(on, THREE_YEARS)
    members: dict[str, dict[str, str]] = {}
    for child in own_children(pool):
        adopted = child.dates.adopted_on
        if before.holds(adopted):
            members[child.id] = {"group": "year" if year.holds(adopted) else "before"}
        elif child_status(child.dates, on):
            members[child.id] = {"group": "plan"}
    for key, (_, read) in ANSWERS.items():
        answer = read(pool, before)
        for child_id, values in members.items():
            values[key] = _said(child_id, answer)
    alike = as_children(case, (pool.child[name] for name in members))
    for each in EQUALITY_BY:
        for name, values in members.items():
            values[each.key] = each.of(alike, alike.child[name])
    dimensions = [Dimension(key="group", title="Children", values=_GROUPS)]
    for key, (words, _) in ANSWERS.items():
        said = (*_YES_NO, Value(key="none", label="Does not apply"))
        dimensions.append(Dimension(key=key, title=words, values=said))
    for each in EQUALITY_BY:
        kinds = tuple(Value(key=key, label=label) for key, (label, _) in each.groups.items())
        dimensions.append(Dimension(key=each.key, title=each.label, values=kinds))
    return Universe(key="scorecard", title="Children", dimensions=tuple(dimensions), members=members)


def _said(name: str, answer: Counting) -> str:
    if name in answer.counted:
        return "yes"
    if name in answer.out_of:
        return "no"
    return "unknown" if name in answer.not_known else "none"


def _flow(
    everybody: Sequence[PlanChild] | Sequence[Family], key: str, title: str, events: Sequence[str], on: date
) -> CountTable:
    """Who had one of these events in the year, by quarter; each counts once, at the first."""
    ends = [months_before(on, 3 * ago) for ago in (4, 3, 2, 1, 0)]
    members = {}
    for each in everybody:
        days = [day for event in events if (day := getattr(each.dates, event)) and ends[0] < day <= ends[-1]]
        if days:
            quarter = next(n for n, end in enumerate(ends) if min(days) <= end)
            members[each.id] = {"quarter": f"q{quarter}"}
    dimension = Dimension(key="quarter", title="Quarter", values=_QUARTERS)
    universe = Universe(key=key, title=title, dimensions=(dimension,), members=members)
    return tabulate(universe, ("quarter",), key=key, title=title, definition="", source=_SOURCE)


def _children_now(pool: AdoptionPool, on: date) -> CountTable:
    groups = {
        "awaiting_order_to_place": "waiting",
        "awaiting_match": "waiting",
        "awaiting_placement": "matched",
        "awaiting_adoption_order": "matched",
    }
    now = ((child.id, child_status(child.dates, on)) for child in own_children(pool))
    return _stages("children_now", "Children with a plan on the day", _CHILD_STAGES, groups, now)


def _families_now(pool: AdoptionPool, on: date) -> CountTable:
    groups = {"approved": "approved", "matched": "matched", "placed": "matched"}
    now = ((family.id, family_status(family.dates, on)) for family in own_families(pool))
    return _stages("families_now", "Families on the day", _FAMILY_STAGES, groups, now)


def _stages(
    key: str,
    title: str,
    values: tuple[Value, ...],
    groups: Mapping[str, str],
    now: Iterable[tuple[str, str | None]],
) -> CountTable:
    members = {name: {"stage": groups.get(status, values[0].key)} for name, status in now if status}
    dimension = Dimension(key="stage", title="Stage", values=values)
    universe = Universe(key=key, title=title, dimensions=(dimension,), members=members)
    return tabulate(universe, ("stage",), key=key, title=title, definition="", source=_SOURCE)


def _answered(
    key: str, title: str, read: Callable[[AdoptionPool, Window], Counting], pool: AdoptionPool, on: date
) -> CountTable:
    """Families of the year by yes and no."""
    answer = read(pool, Window(on, YEAR))
    everybody = dict.fromkeys([*answer.out_of, *answer.not_known])
    members = {name: {"answer": _said(name, answer)} for name in everybody}
    dimension = Dimension(key="answer", title=title, values=_YES_NO)
    universe = Universe(key=key, title=title, dimensions=(dimension,), members=members)
    return tabulate(universe, ("answer",), key=key, title=title, definition="", source=_SOURCE)
