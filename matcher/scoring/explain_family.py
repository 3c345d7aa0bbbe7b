"""What is said differently of an adoptive family: stretch in place of unmet need, a stated no, authority to place."""

from matcher.scoring.facts import Pair
from models.money import pounds_and_pence
from models.vocabulary import ADOPTIVE_KINDS, AuthorityToPlace, HomeKind

FEE_WEEKS = 52
"""Weeks over which a one-off inter-agency fee is spread, so that it can stand beside prices a week."""

_NOT_YET = {
    AuthorityToPlace.EARLY_PERMANENCE: "they are not approved to foster the child until there is an order",
    AuthorityToPlace.NONE: "early permanence is not the child's plan",
}


def is_family(pair: Pair) -> bool:
    """Whether the column is an adoptive family."""
    return pair.home.kind in ADOPTIVE_KINDS


def beyond(pair: Pair) -> tuple[tuple[str, int, int, int, bool], ...]:
    """What the child brings beyond what the family said yes to, dearest first.

    Label, the child's level, the level they said yes up to, tenths of a point a level, and whether either is assumed.
    Questions in several parts (ages, children together) are told as one, their levels added up.
    """
    encoded, framework = pair.encoded, pair.case.framework
    known = (encoded.child_known[pair.row] & encoded.home_known[pair.column]).tolist()
    child, home = encoded.arrays.child_level[pair.row].tolist(), encoded.arrays.home_level[pair.column].tolist()
    found: dict[str, tuple[int, int, int, bool]] = {}
    for need, mine, yes, tenths, sure in zip(
        framework.needs, child, home, framework.tenths_per_level, known, strict=True
    ):
        total = found.get(need.label, (0, 0, tenths, False))
        found[need.label] = (total[0] + mine, total[1] + min(yes, mine), tenths, total[3] or not sure)
    over = [(label, *figures) for label, figures in found.items() if figures[0] > figures[1]]
    return tuple(sorted(over, key=lambda each: -(each[1] - each[2]) * each[3]))


def stretch(pair: Pair) -> tuple[int, str, bool]:
    """Pence, words and whether anything is assumed, of what the child brings beyond what the family said yes to."""
    over = beyond(pair)
    tenths = sum((mine - yes) * weight for _, mine, yes, weight, _ in over)
    known = pair.encoded.child_known[pair.row] & pair.encoded.home_known[pair.column]
    named = "; ".join(f"{label}: {mine}, they said yes up to {yes}" for label, mine, yes, _, _ in over)
    why = named or "nothing beyond what they said yes to"
    return tenths * pair.case.policy.unmet_need_per_tenth, why, not bool(known.all())


def fee(pair: Pair) -> tuple[int, str, bool]:
    """Pence, words and whether anything is assumed, of the inter-agency fee."""
    weekly, weight = pair.home.marginal_fee_pence, pair.case.policy.fee_per_mille
    if not weekly:
        return 0, "no inter-agency fee", False
    why = f"an inter-agency fee of about {pounds_and_pence(weekly * FEE_WEEKS)} once, {pounds_and_pence(weekly)} a week"
    return weekly * weight // 1000, f"{why} over a year, weighed at {weight} in a thousand", False


def stated_no(pair: Pair) -> str | None:
    """What the family said no to that is stated of the child."""
    framework, known = pair.case.framework, pair.encoded.child_known[pair.row].tolist()
    levels = pair.encoded.arrays.child_level[pair.row].tolist()
    refused: dict[str, tuple[int, int]] = {}
    failed = set()
    for need, mine, sure in zip(framework.needs, levels, known, strict=True):
        limit = pair.home.no_above.get(need.key, framework.top_level)
        total = refused.get(need.label, (0, 0))
        refused[need.label] = (total[0] + mine, total[1] + min(limit, mine))
        if sure and mine > limit:
            failed.add(need.label)
    said = [f"{label}: {mine}, no beyond {limit}" for label, (mine, limit) in refused.items() if label in failed]
    return "; ".join(said) or None


def authority(pair: Pair) -> str | None:
    """Why the child may not be placed with this family yet."""
    held, kind = pair.referral.authority, pair.home.kind
    early = kind is HomeKind.EARLY_PERMANENCE and held is AuthorityToPlace.EARLY_PERMANENCE
    return None if early or kind not in ADOPTIVE_KINDS else _NOT_YET.get(held)
