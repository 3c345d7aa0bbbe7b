"""The children of a plan, divided by what it does for them."""

from collections.abc import Sequence

from matcher.services.gap import (
    CATEGORY_LABELS,
    GROUPS,
    OUTCOME_LABELS,
    GapChild,
    need_band_labels,
)
from matcher.services.statement.standing import Divided, divided
from models.case import Case
from models.vocabulary import CARE_KINDS, KIND_LABELS

NOT_SHORT = "not_short"
IN_AREA, SHORT = "in_area", "short"
_SHORT_LABELS = {IN_AREA: "A home in the area", SHORT: "Short of a home in the area"}


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


def _short(child: GapChild) -> str:
    return SHORT if child.short_in_area else IN_AREA


def _why(child: GapChild) -> str:
    return child.why.category.value if child.why else NOT_SHORT
