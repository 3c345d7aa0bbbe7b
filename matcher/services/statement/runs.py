"""The children of a plan, divided by what it does for them."""

from collections.abc import Sequence

from matcher.services.gap import (
    CATEGORY_LABELS,
    GROUPS,
    OUTCOME_LABELS,
    BesideToday,
    GapCategory,
    GapChild,
    Side,
    need_band_labels,
)
from matcher.services.statement.standing import NOT_KNOWN, Divided, divided
from models.case import Case
from models.vocabulary import CARE_KINDS, KIND_LABELS

NOT_SHORT = "not_short"
IN_AREA, SHORT, SETTLED = "in_area", "short", "settled"
_INSIDE_LABELS = {IN_AREA: "A home in the area", SHORT: "No home in the area, for want of one or not"}
OUTSIDE, NO_HOME = "outside", "no_home"
_SIDE_LABELS = {
    IN_AREA: "In the area",
    OUTSIDE: "Outside the area",
    NOT_KNOWN: "In a home whose area is not known",
    NO_HOME: "In no home",
}
_SHORT_LABELS = {
    IN_AREA: "A home in the area",
    SHORT: "Short of a home in the area",
    SETTLED: "Outside, but not for want of a home",
}


def run_of(case: Case, name: str, title: str, children: Sequence[GapChild]) -> list[Divided]:
    """What a plan does for each child in it, the kind of home counted under, and commissioners' groups."""
    outcomes = {key.value: label for key, label in OUTCOME_LABELS.items()}
    kinds = {kind.value: KIND_LABELS[kind].capitalize() for kind in CARE_KINDS}
    why = {key.value: label for key, label in CATEGORY_LABELS.items()} | {NOT_SHORT: "Not short"}
    yes_no = {"yes": "Yes", "no": "No"}
    return [
        divided("need_band", "Needs", need_band_labels(case.framework), {c.child_id: c.need_band for c in children}),
        divided(name, f"In the {title}", outcomes, {c.child_id: c.outcome.value for c in children}),
        divided(f"{name}_short", "Home in the area", _SHORT_LABELS, {c.child_id: _short(c) for c in children}),
        divided(
            f"{name}_inside", "Home in the area, or none", _INSIDE_LABELS, {c.child_id: _inside(c) for c in children}
        ),
        divided(f"{name}_kind", "Kind of home counted under", kinds, {c.child_id: c.kind.value for c in children}),
        divided(f"{name}_why", "What is missing", why, {c.child_id: _why(c) for c in children}),
        *(
            divided(
                f"group_{group.key}",
                group.label,
                yes_no,
                {c.child_id: "yes" if group.key in c.groups else "no" for c in children},
            )
            for group in GROUPS
        ),
    ]


def sides(everybody: BesideToday) -> list[Divided]:
    """Where each child lives today, would live with the plan for those who wait, and in the clean sheet."""
    return [
        divided("side_today", "Today", _SIDE_LABELS, _of_side(everybody.today)),
        divided("side_plan", "In the plan for those who wait", _SIDE_LABELS, _of_side(everybody.operational)),
        divided("side_clean", "In the clean sheet", _SIDE_LABELS, _of_side(everybody.clean_sheet)),
    ]


def _of_side(side: Side) -> dict[str, str]:
    outside = (*side.adjoining_ids, *side.at_a_distance_ids)
    parts = ((IN_AREA, side.in_area_ids), (OUTSIDE, outside), (NOT_KNOWN, side.not_known_ids), (NO_HOME, side.none_ids))
    return {child: value for value, ids in parts for child in ids}


def _inside(child: GapChild) -> str:
    return SHORT if child.short_in_area else IN_AREA


def _short(child: GapChild) -> str:
    if not child.short_in_area:
        return IN_AREA
    return SETTLED if child.why and child.why.category is GapCategory.NOT_SUPPLY else SHORT


def _why(child: GapChild) -> str:
    return child.why.category.value if child.why else NOT_SHORT
