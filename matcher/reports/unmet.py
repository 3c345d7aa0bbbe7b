"""Why one child in a plan has no home, in a sentence that names the rule and who may relax it."""

from matcher.reports.words import plural
from matcher.services.gap_reasons import GAP_REASON_LABELS, GapReason, binding_rule, why_unmet
from matcher.services.results import PlanRow
from models.rules import RULES

_RULE_BY_ID = {rule.id: rule for rule in RULES}


def unmet_words(row: PlanRow) -> str:
    """The reason a plan has no home for a child, the rule that binds most often, and who may relax it."""
    reason = why_unmet(row)
    words = f"{GAP_REASON_LABELS[reason]}."
    if reason is GapReason.TAKEN:
        held = ", ".join(row.suitable_taken_by[:5])
        return f"{words} {plural(row.suitable_homes, 'suitable home')}" + (f", filled by {held}." if held else ".")
    count = binding_rule(row.why_unplaced)
    if count is None:
        return words
    rule = _RULE_BY_ID[count.rule]
    relaxation = f" {rule.relaxation.by} may relax it: {rule.relaxation.step}." if rule.relaxation else ""
    return f"{words} The rule “{count.title}” alone bars {plural(count.alone, 'home')}.{_large(relaxation)}"


def _large(sentence: str) -> str:
    return sentence[:1] + sentence[1:2].upper() + sentence[2:]
