"""Why a child is short of a home in the area, as one of the kinds of shortage that commissioners plan by."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

import numpy as np

from matcher.scoring import PARTS, parts_of
from matcher.services.gap.reopened import Reopened
from matcher.services.gap.room_beside import RoomBeside
from matcher.services.problem import Ints
from models.geography import miles_tenths
from models.record import Record
from models.rules import RULES, RuleId
from models.vocabulary import NotAvailable, RefusalReason


class GapCategory(StrEnum):
    """What kind of shortage it is; `why_short` says exactly when each holds."""

    PRICE = "exists_but_price"
    TOO_FAR = "exists_but_too_far"
    NOT_AVAILABLE = "approved_not_available"
    FULL = "exists_but_full"
    UNSUITABLE = "vacant_yet_unsuitable"
    NO_SUCH_HOME = "no_such_home"
    NOT_SUPPLY = "not_for_want_of_a_home"


CATEGORY_LABELS = {
    GapCategory.PRICE: "Exists, but for the price",
    GapCategory.TOO_FAR: "Exists, but too far",
    GapCategory.NOT_AVAILABLE: "Approved, yet not available",
    GapCategory.FULL: "Exists, but full",
    GapCategory.UNSUITABLE: "Vacant, yet unsuitable",
    GapCategory.NO_SUCH_HOME: "No such home",
    GapCategory.NOT_SUPPLY: "Not for want of a home",
}


class Unavailable(Record):
    """Homes whose free places are not available (rule NOT_AVAILABLE), by the reason recorded; None: no reason is."""

    reason: NotAvailable | None
    homes: int


class WhyShort(Record):
    """One child's category, what binds, and how many homes stand so.

    ``rule`` is the rule that most of those homes fail; None where no rule does, and ``words`` say what does.
    """

    category: GapCategory
    rule: RuleId | None
    words: str
    homes: int
    unavailable: tuple[Unavailable, ...] = ()


def _mask(*rules: RuleId) -> int:
    return sum(1 << rule for rule in rules)


_ROOM = _mask(RuleId.FULL, RuleId.USUAL_LIMIT, RuleId.BEDROOM, RuleId.HELD)
_AWAY = _mask(RuleId.NOT_AVAILABLE, RuleId.AVAILABLE_FROM, RuleId.SUSPENDED)
_OTHER_KIND = _mask(RuleId.KIND, RuleId.CONNECTED, RuleId.SPECIALIST, RuleId.UNDER_16, RuleId.SECURE)
_DECLINED, _NOT_TAKING = 1 << RuleId.DECLINED, 1 << RuleId.NOT_AVAILABLE
_TITLES = {rule.id: rule.title for rule in RULES}


class Categories:
    """Sorts the children of one plan who have no home in the area."""

    def __init__(self, reopened: Reopened) -> None:
        self.run, self.place_of, self.plan = reopened.run, reopened.place_of, reopened.plan
        self.room = RoomBeside(reopened)
        homes = reopened.case.homes
        self.own = np.array([home.location.utla == reopened.case.authority for home in homes], dtype=bool)
        self.refused = {(refusal.child_id, refusal.home_id): refusal.reason for refusal in reopened.case.refusals}

    def why_short(self, row: int) -> WhyShort:
        """Why a child whom the plan leaves without a home, or gives one outside the area, has none in the area.

        Homes looked at are those in the authority's own area for a child with a home outside it, all homes for a
        child with none. Asked of them are the rules failed by the child, or by any of the brothers and sisters whom
        the plan keeps with the child. *Free* is room for all of those beside everybody in the plan. The first
        that holds:

        1. NOT_SUPPLY: the home outside is agreed; or a brother or sister of the unit stays there.
        2. A free home in the area passes every rule and the plan has one outside. Compared with the cheapest of them:
           NOT_SUPPLY if the home in the area would cost no more (a tie, or a plan not proved best), or would but for
           the price of a move from where the child lives already (nobody is to be moved back only to satisfy the
           duty); PRICE if it would but for the fees; TOO_FAR if it is further from the child's home than the one
           outside; else UNSUITABLE, it suits the child less.
        3. PRICE: a free home fails nothing but a refusal recorded for price.
        4. TOO_FAR: a free home fails nothing but a refusal recorded for distance.
        5. NOT_AVAILABLE: a home fails nothing but that its approved places are not available, are free only later, or
           that it is suspended or closing; it may be full besides.
        6. FULL: a home passes every rule but is not free in the plan; or fails rules of room only (places, usual
           fostering limit, bedroom, place held).
        7. UNSUITABLE: a free home of a kind that may be offered fails exactly one rule.
        8. TOO_FAR for a child with a home outside: such homes exist only there. NO_SUCH_HOME for a child with none:
           each home is of another kind, fails two rules or more, or is both full and unsuitable.

        So an empty place comes before a filled one, and room before needs. No price bars a home by itself: the default
        policy weighs fees at two in a hundred, so PRICE is rare, and often empty, unless a council's policy weighs
        them more or providers' refusals are recorded.
        """
        column = int(self.place_of[row])
        rows = self._together(row)
        scope = np.flatnonzero(self.own) if column >= 0 else np.arange(self.own.size)
        bits = np.bitwise_or.reduce(self.run.bits[rows], axis=0)[scope]
        if column >= 0:
            passed_over = self._not_supply(row, column) or self._passed_over(rows, column, scope[bits == 0])
            if passed_over:
                return passed_over
        for found in (
            self._refused(rows, scope, bits, RefusalReason.PRICE, GapCategory.PRICE),
            self._refused(rows, scope, bits, RefusalReason.DISTANCE, GapCategory.TOO_FAR),
            self._not_available(scope, bits),
            self._full(bits),
            self._unsuitable(rows, scope, bits),
        ):
            if found:
                return found
        if column >= 0:
            return WhyShort(category=GapCategory.TOO_FAR, rule=None, words="only homes outside the area suit", homes=0)
        return WhyShort(
            category=GapCategory.NO_SUCH_HOME,
            rule=_commonest(bits[bits & _OTHER_KIND == 0]),
            words="every home fails two rules or more, or is of another kind",
            homes=0,
        )

    def _together(self, row: int) -> list[int]:
        """The child, and the brothers and sisters searching whom the plan keeps at the same home."""
        column, number = int(self.place_of[row]), self.room.group_of.get(row)
        if column < 0 or number is None:
            return [row]
        searching = self.run.searching
        return [r for r in self.run.problem.groups[number] if r < searching and self.place_of[r] == column]

    def _not_supply(self, row: int, column: int) -> WhyShort | None:
        number = self.room.group_of.get(row)
        mates = () if number is None else self.run.problem.groups[number]
        if self.run.children[row].id in self.run.locks:
            return _not_supply("the home outside the area is agreed")
        if any(mate >= self.run.searching and self.place_of[mate] == column for mate in mates):
            return _not_supply("a brother or sister stays in the home outside the area")
        return None

    def _passed_over(self, rows: list[int], column: int, open_homes: Ints) -> WhyShort | None:
        """Homes in the area that are free and pass every rule, although the plan has one outside."""
        free = [home for home in open_homes.tolist() if self.room.fits(rows, home)]
        if not free:
            return None
        best = min(free, key=lambda home: (int(self.run.cost[rows, home].sum()), home))
        dearer = int(self.run.cost[rows, best].sum() - self.run.cost[rows, column].sum())
        both = np.array([parts_of(self.run.encoded, row, np.array([best, column])) for row in rows]).sum(axis=0)
        by_part = dict(zip((part.name for part in PARTS), (both[0] - both[1]).tolist(), strict=True))
        if dearer <= 0:
            return _not_supply("a home in the area would do as well")
        if dearer <= by_part["instability"]:
            return _not_supply(
                "the child lives outside the area already, and only the move speaks against a home in it"
            )
        if dearer <= by_part["fee"]:
            return WhyShort(category=GapCategory.PRICE, rule=None, words="the fee in the area decides", homes=len(free))
        if self._miles(rows[0], best) > self._miles(rows[0], column):
            words = "free homes in the area are further from the child's home than the one outside"
            return WhyShort(category=GapCategory.TOO_FAR, rule=None, words=words, homes=len(free))
        words = "free homes in the area would suit the child less than the one outside"
        return WhyShort(category=GapCategory.UNSUITABLE, rule=None, words=words, homes=len(free))

    def _refused(
        self, rows: list[int], scope: Ints, bits: Ints, reason: RefusalReason, category: GapCategory
    ) -> WhyShort | None:
        ids = [self.run.children[row].id for row in rows]
        homes = self.run.case.homes
        said = [
            home
            for home in scope[bits == _DECLINED].tolist()
            if any(self.refused.get((child, homes[home].id)) is reason for child in ids) and self.room.fits(rows, home)
        ]
        if not said:
            return None
        words = f"refused for {reason.value}, although nothing else stands in the way"
        return WhyShort(category=category, rule=RuleId.DECLINED, words=words, homes=len(said))

    def _not_available(self, scope: Ints, bits: Ints) -> WhyShort | None:
        which = (bits & _AWAY != 0) & (bits & ~(_AWAY | _ROOM) == 0)
        if not which.any():
            return None
        rule = _commonest(bits[which] & _AWAY)
        homes = [self.run.case.homes[home] for home in scope[which].tolist()]
        away = [h.not_available_reason for h, b in zip(homes, bits[which].tolist(), strict=True) if b & _NOT_TAKING]
        counts = sorted(Counter(away).items(), key=lambda found: (-found[1], found[0] or ""))
        return WhyShort(
            category=GapCategory.NOT_AVAILABLE,
            rule=rule,
            words=_title(rule),
            homes=len(homes),
            unavailable=tuple(Unavailable(reason=reason, homes=number) for reason, number in counts),
        )

    def _full(self, bits: Ints) -> WhyShort | None:
        taken, full = int(np.count_nonzero(bits == 0)), (bits != 0) & (bits & ~_ROOM == 0)
        if not taken and not full.any():
            return None
        rule = None if taken else _commonest(bits[full])
        words = "the plan fills those that suit with other children" if taken else _title(rule)
        return WhyShort(category=GapCategory.FULL, rule=rule, words=words, homes=taken or int(full.sum()))

    def _unsuitable(self, rows: list[int], scope: Ints, bits: Ints) -> WhyShort | None:
        one = (np.bitwise_count(bits) == 1) & (bits & (_ROOM | _AWAY | _OTHER_KIND) == 0)
        free = np.array([bool(o) and self.room.fits(rows, int(home)) for o, home in zip(one, scope, strict=True)])
        if not free.any():
            return None
        rule = _commonest(bits[free])
        return WhyShort(category=GapCategory.UNSUITABLE, rule=rule, words=_title(rule), homes=int(free.sum()))

    def _miles(self, row: int, column: int) -> int:
        home = self.run.children[row].home
        return miles_tenths(home, self.run.case.homes[column].location) if home else 0


def _not_supply(words: str) -> WhyShort:
    return WhyShort(category=GapCategory.NOT_SUPPLY, rule=None, words=words, homes=0)


def _commonest(bits: Ints) -> RuleId | None:
    """The rule that most of these homes fail, the lower number of equals."""
    counts = [(-int(np.count_nonzero(bits & rule.bit)), rule.id) for rule in RULES]
    most, rule = min(counts, default=(0, None))
    return rule if most else None


def _title(rule: RuleId | None) -> str:
    return _TITLES[rule] if rule is not None else ""


def in_order(found: Iterable[GapCategory]) -> tuple[GapCategory, ...]:
    """The categories found, each once, in the order of :class:`GapCategory`."""
    there = set(found)
    return tuple(category for category in GapCategory if category in there)
