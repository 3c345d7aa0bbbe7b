"""The open referrals of a case, counted: how soon, why, and what kind of search each will be."""

from matcher.services.counts import Breakdown, counted
from matcher.services.stock import looked_after
from models.case import Case
from models.record import Record
from models.vocabulary import ReferralReason, Solo, Urgency

_SOURCE = "Referrals sheet"
REASON_LABELS = {
    ReferralReason.NEW_TO_CARE: "New to care",
    ReferralReason.PLACEMENT_ENDING: "Placement ending",
    ReferralReason.STEP_DOWN: "Step-down",
    ReferralReason.MOVE_CLOSER: "Move nearer home",
    ReferralReason.UNITE_SIBLINGS: "Join a brother or sister",
    ReferralReason.UASC_ARRIVAL: "Unaccompanied arrival",
    ReferralReason.REMAND: "Remand",
    ReferralReason.CLEAN_SHEET: "Clean sheet",
}
_URGENCY_LABELS = {
    Urgency.SAME_DAY: "Same day",
    Urgency.WITHIN_72_HOURS: "Within 72 hours",
    Urgency.WITHIN_4_WEEKS: "Within 4 weeks",
    Urgency.PLANNED: "Planned",
}


class ReferralFigures(Record):
    """Open referrals on the as-at date.

    Attributes:
        total: How many there are, one for each child.
        not_yet_looked_after: Of children whom no return knows yet, or who are not looked after on the day.
        solo_required: Of children who must be the only child in the home.
        unaccompanied: Of unaccompanied asylum-seeking children.
        sibling_groups: Groups of brothers and sisters of whom two or more are referred.
        by_urgency: How soon a home is needed.
        by_reason: Why one is needed.
    """

    total: int
    not_yet_looked_after: int
    solo_required: int
    unaccompanied: int
    sibling_groups: int
    by_urgency: Breakdown
    by_reason: Breakdown


def referral_figures(case: Case) -> ReferralFigures:
    """Count the open referrals; what a referral says of the child's circumstances wins over what is older."""
    referrals = case.referrals
    referred = {referral.child_id for referral in referrals}
    known = {child.id for child in looked_after(case)}
    solo = [(r.circumstances or case.child[r.child_id].circumstances).solo for r in referrals]
    return ReferralFigures(
        total=len(referrals),
        not_yet_looked_after=len(referred - known),
        solo_required=sum(word is Solo.REQUIRED for word in solo),
        unaccompanied=sum(case.child[child].uasc for child in referred),
        sibling_groups=sum(len(referred.intersection(group.children)) > 1 for group in case.sibling_groups),
        by_urgency=counted(
            "urgency",
            "How soon a home is needed",
            (referral.urgency for referral in referrals),
            _URGENCY_LABELS,
            definition="Open referrals by the urgency the social worker gave",
            source=_SOURCE,
        ),
        by_reason=counted(
            "reason",
            "Why a home is needed",
            (referral.reason for referral in referrals),
            REASON_LABELS,
            definition="Open referrals by their reason",
            source=_SOURCE,
            when_empty=frozenset({ReferralReason.CLEAN_SHEET}),
        ),
    )
