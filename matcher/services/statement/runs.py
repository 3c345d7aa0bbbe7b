"""Everybody a statement counts, divided by what both plans do for them."""

from collections.abc import Callable, Sequence

from matcher.services.gap import (
    CATEGORY_LABELS,
    GROUPS,
    NOT_ASSESSED,
    OUTCOME_LABELS,
    GapChild,
    need_band_labels,
    need_bands,
)
from matcher.services.statement.standing import Divided, divided
from models.case import Case
from models.vocabulary import KIND_LABELS, HomeKind

NOT_IN_RUN = "not_in_run"
_NOT_SHORT = "not_short"


def runs(case: Case, operational: Sequence[GapChild], clean: Sequence[GapChild]) -> list[Divided]:
    """What each plan does for each child, the kind of home counted under, the band of needs, commissioners' groups."""
    stays = {NOT_IN_RUN: "Stays: not in this plan"}
    outcomes = {key.value: label for key, label in OUTCOME_LABELS.items()} | stays
    kinds = {kind.value: KIND_LABELS[kind].capitalize() for kind in HomeKind} | stays
    why = {key.value: label for key, label in CATEGORY_LABELS.items()} | {_NOT_SHORT: "Not short", **stays}
    bands = need_bands(case)
    labels = need_band_labels(case.framework)
    found = [divided("need_band", "Needs", labels, {c.id: bands.get(c.id, NOT_ASSESSED) for c in case.children})]
    for name, title, children in (("now", "plan for those who wait", operational), ("clean", "clean sheet", clean)):
        of = _Each(case, children)
        found += [
            divided(name, f"In the {title}", outcomes, of(lambda child: child.outcome.value)),
            divided(f"{name}_kind", "Kind of home counted under", kinds, of(lambda child: child.kind.value)),
            divided(f"{name}_why", "What is missing", why, of(_why)),
        ]
    groups = {child.child_id: {*child.groups} for child in operational}
    for child in clean:
        groups.setdefault(child.child_id, set()).update(child.groups)
    yes_no = {"yes": "Yes", "no": "No"}
    found += [
        divided(
            f"group_{group.key}",
            group.label,
            yes_no,
            {child.id: "yes" if group.key in groups.get(child.id, ()) else "no" for child in case.children},
        )
        for group in GROUPS
    ]
    return found


def _why(child: GapChild) -> str:
    return child.why.category.value if child.why else _NOT_SHORT


class _Each:
    """A value for every child of the case: of those in a run by its record, of others that they are not in it."""

    def __init__(self, case: Case, children: Sequence[GapChild]) -> None:
        self._ids = [child.id for child in case.children]
        self._in_run = {child.child_id: child for child in children}

    def __call__(self, of: Callable[[GapChild], str]) -> dict[str, str]:
        return {child: of(self._in_run[child]) if child in self._in_run else NOT_IN_RUN for child in self._ids}
