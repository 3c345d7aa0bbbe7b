"""What a plan could not do: who is short of a home in the area, why, and what one more place would be worth.

The rows and cells a page shows are `gap_table`'s. Child by child, `child_gap` tells it in full, from the run that
`reopen` makes again; `open_cells` and `group_gaps` count that with the ids in every cell, `worth_of_places` opens a
home for each, and `beside_today` sets both runs beside today's placements.
"""

from matcher.services.gap.archetypes import Archetype
from matcher.services.gap.categories import CATEGORY_LABELS, GapCategory, Unavailable, WhyShort
from matcher.services.gap.cells import (
    EVERY_DIMENSION,
    CategoryChildren,
    GapCell,
    GroupGap,
    Outcomes,
    RuleChildren,
    Today,
    group_gaps,
    open_cells,
)
from matcher.services.gap.children import (
    NOT_ASSESSED,
    OUTCOME_LABELS,
    GapChild,
    NotInRun,
    Outcome,
    child_gap,
    need_band_labels,
    need_bands,
    not_in_run,
)
from matcher.services.gap.groups import GROUPS, Group
from matcher.services.gap.reopened import NotItsPlanError, Reopened, reopen
from matcher.services.gap.side_by_side import BesideToday, Side, beside_today
from matcher.services.gap.table import EVERY, NOT_KNOWN, By, GapRow, ReasonCount, gap_table, kind_asked
from matcher.services.gap.worth import PlaceWorth, worth_of_places
from matcher.services.gap_reasons import GAP_REASON_LABELS, GapReason, binding_rule, why_unmet

__all__ = [
    "CATEGORY_LABELS",
    "EVERY",
    "EVERY_DIMENSION",
    "GAP_REASON_LABELS",
    "GROUPS",
    "NOT_ASSESSED",
    "NOT_KNOWN",
    "OUTCOME_LABELS",
    "Archetype",
    "BesideToday",
    "By",
    "CategoryChildren",
    "GapCategory",
    "GapCell",
    "GapChild",
    "GapReason",
    "GapRow",
    "Group",
    "GroupGap",
    "NotInRun",
    "NotItsPlanError",
    "Outcome",
    "Outcomes",
    "PlaceWorth",
    "ReasonCount",
    "Reopened",
    "RuleChildren",
    "Side",
    "Today",
    "Unavailable",
    "WhyShort",
    "beside_today",
    "binding_rule",
    "child_gap",
    "gap_table",
    "group_gaps",
    "kind_asked",
    "need_band_labels",
    "need_bands",
    "not_in_run",
    "open_cells",
    "reopen",
    "why_unmet",
    "worth_of_places",
]
