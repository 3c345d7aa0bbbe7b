"""Why a child in a plan has no home, in a commissioner's words, from what the plan tells of the rules."""

from enum import StrEnum

from matcher.services.results import PlanRow
from matcher.services.why_results import RuleCount
from models.rules import RuleId


class GapReason(StrEnum):
    """What stands between a child and a home; the first that holds of the homes that come nearest."""

    TAKEN = "taken"
    FULL = "full"
    NOT_AVAILABLE = "not_available"
    NEEDS = "needs"
    RESIDENTS = "residents"
    TERMS = "terms"
    BUILDING = "building_or_service"
    AVOID = "place_to_avoid"
    DECLINED = "declined"
    KIND = "kind"
    NONE = "none_comes_near"


GAP_REASON_LABELS = {
    GapReason.TAKEN: "Suitable homes exist, but the plan fills them with other children",
    GapReason.FULL: "The homes that would suit are full",
    GapReason.NOT_AVAILABLE: "The homes that would suit are not taking a child by the day needed",
    GapReason.NEEDS: "Homes have room but cannot meet the child's needs",
    GapReason.RESIDENTS: "Homes would suit but for the children who live there",
    GapReason.TERMS: "Homes are not approved or registered for such a child",
    GapReason.BUILDING: "Homes lack an adaptation or a service the child must have",
    GapReason.AVOID: "The homes that would suit are in a place the child must avoid",
    GapReason.DECLINED: "The homes that would suit have said no",
    GapReason.KIND: "Only homes of a kind nobody asked for would suit",
    GapReason.NONE: "No home comes near: each fails two rules or more",
}
_REASON_OF = {
    RuleId.KIND: GapReason.KIND,
    RuleId.REGISTERED: GapReason.TERMS,
    RuleId.AGE: GapReason.TERMS,
    RuleId.SEX: GapReason.TERMS,
    RuleId.FULL: GapReason.FULL,
    RuleId.USUAL_LIMIT: GapReason.FULL,
    RuleId.BEDROOM: GapReason.FULL,
    RuleId.UNDER_16: GapReason.TERMS,
    RuleId.SUPPORTED_REGISTERED: GapReason.TERMS,
    RuleId.SECURE: GapReason.TERMS,
    RuleId.CONNECTED: GapReason.KIND,
    RuleId.SOLO: GapReason.RESIDENTS,
    RuleId.FLOOR: GapReason.NEEDS,
    RuleId.RESIDENTS: GapReason.RESIDENTS,
    RuleId.ALONGSIDE: GapReason.RESIDENTS,
    RuleId.AVOID: GapReason.AVOID,
    RuleId.ACCESS: GapReason.BUILDING,
    RuleId.HOUSEHOLD: GapReason.BUILDING,
    RuleId.SUSPENDED: GapReason.TERMS,
    RuleId.INADEQUATE: GapReason.TERMS,
    RuleId.AVAILABLE_FROM: GapReason.NOT_AVAILABLE,
    RuleId.NOT_AVAILABLE: GapReason.NOT_AVAILABLE,
    RuleId.DECLINED: GapReason.DECLINED,
    RuleId.FEATURES: GapReason.BUILDING,
    RuleId.HELD: GapReason.FULL,
    RuleId.SPECIALIST: GapReason.KIND,
    RuleId.STATED_NO: GapReason.DECLINED,
    RuleId.AUTHORITY_TO_PLACE: GapReason.TERMS,
}


def binding_rule(counts: tuple[RuleCount, ...]) -> RuleCount | None:
    """The rule that alone keeps most homes from a child; None where every home fails two or more.

    The kind asked for counts only where no other rule stands alone: homes of other kinds always outnumber
    those of the right one, and what is missing is a home of the kind asked for.
    """
    alone = [count for count in counts if count.alone]
    of_the_kind = [count for count in alone if _REASON_OF[count.rule] is not GapReason.KIND]
    return max(of_the_kind or alone, key=lambda count: (count.alone, count.in_all, -count.rule), default=None)


def why_unmet(row: PlanRow) -> GapReason:
    """Why the plan has no home for a child: homes that suit are taken, or else what binds most often."""
    if row.suitable_homes:
        return GapReason.TAKEN
    rule = binding_rule(row.why_unplaced)
    return _REASON_OF[rule.rule] if rule else GapReason.NONE
