"""What a plan could not do: who is short of a home in the area, why, and what one more place would be worth."""

from matcher.services.gap.reasons import GAP_REASON_LABELS, GapReason, binding_rule, why_unmet
from matcher.services.gap.table import EVERY, NOT_KNOWN, By, GapRow, ReasonCount, gap_table, kind_asked

__all__ = [
    "EVERY",
    "GAP_REASON_LABELS",
    "NOT_KNOWN",
    "By",
    "GapReason",
    "GapRow",
    "ReasonCount",
    "binding_rule",
    "gap_table",
    "kind_asked",
    "why_unmet",
]
