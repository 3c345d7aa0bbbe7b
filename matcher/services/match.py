"""Ranked homes for one referral, with reasons, what nearly matched, and what would change the first choice."""

import numpy as np

from matcher.scoring import DecidingAnswer, Encoded, deciding_answers, encode, explain, first_flips, score_pairs
from matcher.scoring.arrays import Int64
from matcher.services.results import DecidingQuestion, FlipPoint, Matches, NearlyMatched, RankedHome
from matcher.services.unplaced import count_rules
from models.case import Case
from models.geography import miles_tenths
from models.referral import Referral
from models.rules import RULES
from models.vocabulary import HomeKind, Sector, kind_label

STATUTORY_STEP = {HomeKind.CONNECTED: 1, HomeKind.FOSTER: 2, HomeKind.RESIDENTIAL: 3}
"""The step of section 22C(6), Children Act 1989; every other kind is step 4, other arrangements."""
_OTHER_STEP = 4
_ASKED_ABOUT = 25
"""Best homes among which the answers that decide are looked for: further down, none is near the first place."""


class UnknownReferralError(LookupError):
    """No open referral has this id, or this child has none."""


def find_referral(case: Case, *, referral_id: str | None = None, child_id: str | None = None) -> Referral:
    """The open referral with this id, or of this child.

    Raises:
        UnknownReferralError: saying what was looked for and what there is.
    """
    for referral in case.referrals:
        if referral.id == referral_id or (referral_id is None and referral.child_id == child_id):
            return referral
    wanted = f"referral {referral_id}" if referral_id else f"a referral for child {child_id}"
    known = ", ".join(referral.id for referral in case.referrals[:10]) or "none"
    raise UnknownReferralError(f"There is no open {wanted}. Open referrals: {known}.")


def match(case: Case, referral: Referral, *, top: int = 10, in_house_first: bool = False) -> Matches:
    """Rank every home for one referral.

    A connected person's home comes first (section 22C(7), Children Act 1989: preference among the homes that suit);
    then the order is by cost, pence-equivalent a week, then by home id. With ``in_house_first`` every in-house and
    connected home comes before the rest, the usual local order, and what that costs the child is said.

    Args:
        case: The authority.
        referral: The request.
        top: How many homes, and how many nearly matched, to give in full.
        in_house_first: Whether to follow the local order.
    """
    encoded = encode(case, (referral,))
    cost, bits = (table[0] for table in score_pairs(encoded))
    best = _in_order(case, np.flatnonzero(bits == 0), cost)
    shown = sorted(best, key=lambda column: not _own(case, column)) if in_house_first else best
    ranked = [_ranked(case, encoded, referral, column, rank) for rank, column in enumerate(shown[:top], 1)]
    first = _ranked(case, encoded, referral, best[0], 1) if best else None
    rivals = _rivals(case, best)
    deciding = deciding_answers(encoded, 0, rivals[:_ASKED_ABOUT], case.framework)
    return Matches(
        referral_id=referral.id,
        child_id=referral.child_id,
        needed_by=referral.needed_by.isoformat(),
        in_house_first=in_house_first,
        order_cost_pence=ranked[0].welfare_pence - first.welfare_pence if first else 0,
        homes_considered=len(case.homes),
        homes_passing=len(best),
        connected_first=len(rivals) < len(best),
        first_choice=first,
        ranked=tuple(ranked),
        nearly=_nearly(case, encoded, referral, cost, bits, top),
        removed_by=count_rules(bits),
        flips=tuple(
            FlipPoint(price=f.price, label=f.label, factor=f.factor, new_first=case.homes[f.column].id)
            for f in first_flips(encoded, 0, rivals)
        ),
        questions=tuple(_question(case, answer) for answer in deciding),
    )


def _question(case: Case, answer: DecidingAnswer) -> DecidingQuestion:
    return DecidingQuestion(
        home_id=answer.home_id,
        need=answer.need,
        label=answer.label,
        taken_as=answer.taken_as,
        level=answer.level,
        new_first=case.homes[answer.column].id if answer.column >= 0 else None,
    )


def _own(case: Case, column: int) -> bool:
    home = case.homes[column]
    return home.sector is Sector.IN_HOUSE or home.connected


def _in_order(case: Case, columns: Int64, cost: Int64) -> list[int]:
    homes = case.homes
    return sorted(columns.tolist(), key=lambda c: (not homes[c].connected, int(cost[c]), homes[c].id))


def _rivals(case: Case, best: list[int]) -> Int64:
    """The homes that a price or a level could put before the first: all, but only connected ones before such a one."""
    first = case.homes[best[0]].connected if best else False
    return np.array([column for column in best if not first or case.homes[column].connected], dtype=np.int64)


def _nearly(
    case: Case, encoded: Encoded, referral: Referral, cost: Int64, bits: Int64, top: int
) -> tuple[NearlyMatched, ...]:
    """Homes that fail one rule only, and that one can be relaxed, best first."""
    one_rule = {rule.bit: rule for rule in RULES if rule.relaxation is not None}
    columns = np.flatnonzero(np.isin(bits, np.array(list(one_rule), dtype=bits.dtype)))
    found = []
    for rank, column in enumerate(_in_order(case, columns, cost)[:top], 1):
        home = _ranked(case, encoded, referral, column, rank)
        failed = home.explanation.failed[0]
        relaxation = one_rule[int(bits[column])].relaxation
        if relaxation is not None:
            found.append(
                NearlyMatched(
                    home=home,
                    rule=failed.rule,
                    title=failed.title,
                    message=failed.message,
                    by=relaxation.by,
                    step=relaxation.step,
                    days=relaxation.days,
                )
            )
    return tuple(found)


def _ranked(case: Case, encoded: Encoded, referral: Referral, column: int, rank: int) -> RankedHome:
    home, child = case.homes[column], case.child[referral.child_id]
    explanation = explain(case, encoded, 0, column)
    return RankedHome(
        rank=rank,
        home_id=home.id,
        kind=home.kind,
        sector=home.sector,
        kind_label=kind_label(home.kind, home.sector),
        provider=next((p.name for p in case.providers if p.id == home.provider_id), home.provider_id),
        miles_tenths=miles_tenths(child.home, home.location) if child.home else None,
        fee_pence=home.fee_pence,
        cost_pence=explanation.cost_pence,
        welfare_pence=explanation.welfare_pence,
        statutory=STATUTORY_STEP.get(home.kind, _OTHER_STEP),
        ask=not home.named,
        approval=explanation.approval,
        locality=explanation.locality,
        explanation=explanation,
    )
