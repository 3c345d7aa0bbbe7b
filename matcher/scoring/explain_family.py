"""What is said differently of an adoptive family: stretch in place of unmet need, a stated no, authority to place."""

from dataclasses import dataclass

from matcher.scoring.facts import Pair
from models.money import pounds_and_pence
from models.vocabulary import ADOPTIVE_KINDS, AuthorityToPlace, HomeKind, RefusalReason

FEE_WEEKS = 52
"""Weeks over which a one-off inter-agency fee is spread, so that it can stand beside prices a week."""

REFUSED_WORDS = {
    RefusalReason.LINK_ENDED: "a link between them was ended",
    RefusalReason.TOO_NEAR: "the child's first home is nearer to a place the family avoids than they allow",
}
_NOT_YET = {
    AuthorityToPlace.EARLY_PERMANENCE: "they are not approved to foster the child until there is an order",
    AuthorityToPlace.NONE: "early permanence is not the child's plan",
}


def is_family(pair: Pair) -> bool:
    """Whether the column is an adoptive family."""
    return pair.home.kind in ADOPTIVE_KINDS


@dataclass(frozen=True, slots=True)
class Beyond:
    """One thing a child brings beyond what a family said yes to.

    Attributes:
        label: Its words.
        brings: The child's level; of a question in steps (ages, children together), the levels of all steps.
        yes: The level they said yes up to, or that is taken as yes.
        stated: Whether somebody stated the child's level.
        asked: Whether the family answered.
        tenths: Tenths of a point that what is beyond comes to.
        steps: Whether the question is in steps, so that only the difference means something.
    """

    label: str
    brings: int
    yes: int
    stated: bool
    asked: bool
    tenths: int
    steps: bool

    @property
    def words(self) -> str:
        """What is beyond, in words."""
        if self.steps:
            return f"{self.label}: {self.brings - self.yes}"
        level = f"level {self.brings}" if self.stated else f"level {self.brings} assumed"
        said = "they said yes up to" if self.asked else "not asked, taken as yes up to"
        return f"{self.label}: {level}, {said} {self.yes}"


def beyond(pair: Pair) -> tuple[Beyond, ...]:
    """What the child brings beyond what the family said yes to, dearest first."""
    encoded, framework = pair.encoded, pair.case.framework
    child, home = encoded.arrays.child_level[pair.row].tolist(), encoded.arrays.home_level[pair.column].tolist()
    stated, asked = encoded.child_known[pair.row].tolist(), encoded.home_known[pair.column].tolist()
    found: dict[str, Beyond] = {}
    for at, need in enumerate(framework.needs):
        yes = min(home[at], child[at])
        tenths = (child[at] - yes) * framework.tenths_per_level[at]
        before = found.get(need.label)
        one = Beyond(need.label, child[at], yes, stated[at], asked[at], tenths, False)
        found[need.label] = _together(before, one) if before else one
    over = [each for each in found.values() if each.tenths]
    return tuple(sorted(over, key=lambda each: -each.tenths))


def _together(one: Beyond, other: Beyond) -> Beyond:
    stated, asked = one.stated and other.stated, one.asked and other.asked
    brings, yes = one.brings + other.brings, one.yes + other.yes
    return Beyond(one.label, brings, yes, stated, asked, one.tenths + other.tenths, True)


def stretch(pair: Pair) -> tuple[int, str, bool]:
    """Pence, words and whether anything is assumed, of what the child brings beyond what the family said yes to."""
    over = beyond(pair)
    known = pair.encoded.child_known[pair.row] & pair.encoded.home_known[pair.column]
    why = "; ".join(each.words for each in over) or "nothing beyond what they said yes to"
    return sum(each.tenths for each in over) * pair.case.policy.unmet_need_per_tenth, why, not bool(known.all())


def fee(pair: Pair) -> tuple[int, str, bool]:
    """Pence, words and whether anything is assumed, of the inter-agency fee."""
    weekly, weight = pair.home.marginal_fee_pence, pair.case.policy.fee_per_mille
    if not weekly:
        return 0, "no inter-agency fee", False
    why = f"an inter-agency fee of about {pounds_and_pence(weekly * FEE_WEEKS)} once, {pounds_and_pence(weekly)} a week"
    return weekly * weight // 1000, f"{why} over a year, weighed at {weight} in a thousand", False


def stated_no(pair: Pair) -> str | None:
    """What the family said no to that is stated of the child."""
    framework, stated = pair.case.framework, pair.encoded.child_known[pair.row].tolist()
    brought = pair.encoded.arrays.child_level[pair.row].tolist()
    said = {}
    for need, level, known in zip(framework.needs, brought, stated, strict=True):
        limit = pair.home.no_above.get(need.key)
        if known and limit is not None and level > limit:
            said[need.label] = f"{need.label} (level {level}, no beyond {limit})"
    return "; ".join(said.values()) or None


def authority(pair: Pair) -> str | None:
    """Why the child may not be placed with this family yet."""
    held, kind = pair.referral.authority, pair.home.kind
    early = kind is HomeKind.EARLY_PERMANENCE and held is AuthorityToPlace.EARLY_PERMANENCE
    return None if early or kind not in ADOPTIVE_KINDS else _NOT_YET.get(held)
