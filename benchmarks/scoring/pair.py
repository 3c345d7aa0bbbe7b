"""Cost and rules of a pair, written once for every rival from ``docs/scoring.md``.

The operands are whatever a contender computes with: numbers, numpy arrays, polars or DuckDB expressions. Nothing
here is shared with the kernel, so agreement means something. Distances are the plain float formula.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any, TypeAlias

from benchmarks.scoring.flat import Flat
from matcher.scoring.arrays import DECLINED, EXEMPT, NAMED, NO_LIMIT, NOT_WANTED, PRESENT, SHARES, WANTED
from matcher.scoring.coding import KIND_INDEX
from models.policy import DISTANCE_LIMIT_TENTHS
from models.rules import RuleId
from models.vocabulary import HomeKind

Operand: TypeAlias = Any
"""A number, a numpy array or an expression: whatever the engine computes with."""

TENTHS_IN_A_METRE = 100 / 16_093
"""To within rounding: a tenth of a mile is 160.93 metres."""
_SUPPORTED_FROM_AGE = 16
_AT_PRESENT_HOME = {
    RuleId.KIND, RuleId.AGE, RuleId.SEX, RuleId.FULL, RuleId.USUAL_LIMIT, RuleId.BEDROOM, RuleId.AVAILABLE_FROM,
    RuleId.NOT_AVAILABLE, RuleId.HELD, RuleId.SPECIALIST,
}  # fmt: skip


class Engine(ABC):
    """The few things that are not said with the same operators everywhere; truth values combine with & and |."""

    @abstractmethod
    def __getitem__(self, name: str) -> Operand:
        """A column of ``Flat``, by name."""

    @abstractmethod
    def where(self, condition: Operand, then: Operand, otherwise: Operand) -> Operand:
        """One of two values."""

    @abstractmethod
    def meets(self, one: Operand, other: Operand) -> Operand:
        """Whether two masks have a bit in common."""

    @abstractmethod
    def nearest(self, value: Operand) -> Operand:
        """The square root of a squared distance in metres, in tenths of a mile, to the nearest whole number."""

    def no(self, condition: Operand) -> Operand:
        """The opposite of a truth value."""
        return condition == False  # noqa: E712 - `not` is not for columns

    def least(self, one: Operand, other: Operand) -> Operand:
        """The lower of two values."""
        return self.where(one < other, one, other)

    def tenths(self, place: str) -> Operand:
        """Tenths of a mile from a child's place to the home."""
        east, north = self[f"{place}_x"] - self["x"], self[f"{place}_y"] - self["y"]
        return self.least(self.nearest(east * east + north * north), DISTANCE_LIMIT_TENTHS)


def pence(e: Engine, flat: Flat) -> Operand:
    """What the home costs the child, pence-equivalent a week."""
    price = flat.policy
    total = _needs(e, flat) + _journeys(e, flat) + e["fee"]
    total += e.where(e["area_counts"], _area(e, flat), 0)
    moved = (e["moves"] >= 0) & e.no(e.meets(e["note_marks"], PRESENT))
    total += e.where(moved, int(price.move) + int(price.each_earlier_move) * e["moves"], 0)
    total += e.where(e.meets(e["language_bit"], e["languages_missing"]), int(price.language_not_spoken), 0)
    total += e.where(e.meets(e["faith_bit"], e["faiths_missing"]), int(price.faith_not_supported), 0)
    total += _setting(e, flat) + _wishes(e, flat)
    total += e.where(e["quality"] == 1, int(price.requires_improvement), 0)
    return total + e.where(e["quality"] == 2, int(price.not_inspected), 0)


def allowed(e: Engine, flat: Flat) -> Operand:
    """Whether the pair passes every rule in force."""
    present = e.meets(e["note_marks"], PRESENT)
    ever: list[Operand] = []
    save_at_home: list[Operand] = []
    for rule, fails in (*_of_home(e, flat), *_of_kind(e), *_of_places(e), *_of_company(e), *_of_child(e, flat)):
        if rule is None or flat.in_force >> rule & 1:
            (save_at_home if rule in _AT_PRESENT_HOME else ever).append(fails)
    return e.no(reduce(or_, ever) | (reduce(or_, save_at_home) & e.no(present)))


def _needs(e: Engine, flat: Flat) -> Operand:
    total: Operand = 0
    for number, tenths in enumerate(flat.tenths):
        gap = e[f"need_{number}"] - e[f"skill_{number}"]
        short, spare = int(flat.policy.unmet_need_per_tenth) * tenths, int(flat.policy.surplus_per_tenth) * tenths
        total = total + e.where(gap > 0, gap * short, gap * -spare)
    return total


def _journeys(e: Engine, flat: Flat) -> Operand:
    price, school = flat.policy, e.tenths("school")
    to_school = school * int(price.school_journey_per_tenth_mile)
    disrupted = e["key_stage_4"] & (school > int(price.school_reach_tenth_miles))
    to_school += e.where(disrupted, int(price.key_stage_4_disruption), 0)
    total = e.where(e["school_counts"], to_school, 0)
    total += e.where(e["home_counts"], e.tenths("home") * int(price.home_distance_per_tenth_mile), 0)
    for slot in range(flat.visits):
        times = e[f"visits_{slot}_times"]
        each = int(price.family_time_per_tenth_mile_visit) * times
        total += e.where(times >= 0, e.tenths(f"visits_{slot}") * each, 0)
    return total


def _area(e: Engine, flat: Flat) -> Operand:
    return e.where(
        e["locality"] == 1,
        int(flat.policy.adjoining_area),
        e.where(e["locality"] == 2, int(flat.policy.at_a_distance), 0),
    )


def _setting(e: Engine, flat: Flat) -> Operand:
    price, kind = flat.policy, e["kind"]
    step = e.where(
        kind == KIND_INDEX[HomeKind.FOSTER],
        int(price.foster_step),
        e.where(kind == KIND_INDEX[HomeKind.RESIDENTIAL], int(price.residential_step), int(price.other_step)),
    )
    second = (e["preferred"] != 0) & e.meets(e["suitable"], e["kind_bit"])
    free = (kind == KIND_INDEX[HomeKind.CONNECTED]) | e.meets(e["preferred"], e["kind_bit"])
    return e.where(free, 0, step + e.where(second, int(price.not_preferred_kind), 0))


def _wishes(e: Engine, flat: Flat) -> Operand:
    marks, each = e["note_marks"], int(flat.policy.wish_not_met)
    total = e.where(e.meets(e["wish_against"], e["kind_bit"]), each, 0) + e.where(e.meets(marks, NOT_WANTED), each, 0)
    total += e.where(e["homes_wanted"] & e.no(e.meets(marks, WANTED)), each, 0)
    alone = e["solo_preferred"] & (e["there_children"] > 0)
    return total + e.where(alone, int(flat.policy.solo_preferred_not_met), 0)


def _of_home(e: Engine, flat: Flat) -> Iterator[tuple[RuleId | None, Operand]]:
    yield None, e.meets(e["standing"], flat.in_force)
    yield RuleId.SUSPENDED, e["closed"]
    yield RuleId.AVAILABLE_FROM, e["not_yet"]
    yield RuleId.AGE, (e["age"] < e["age_from"]) | (e["age"] > e["age_to"])
    yield RuleId.SEX, e.no(e.meets(e["sex"], e["sexes"]))
    yield RuleId.DECLINED, e.meets(e["note_marks"], DECLINED)


def _of_kind(e: Engine) -> Iterator[tuple[RuleId, Operand]]:
    kind = e["kind"]
    yield RuleId.KIND, e.meets(e["barred"], e["kind_bit"])
    yield RuleId.SPECIALIST, e.meets(e["not_called_for"], e["kind_bit"])
    yield RuleId.UNDER_16, (kind == KIND_INDEX[HomeKind.SUPPORTED]) & (e["age"] < _SUPPORTED_FROM_AGE)
    yield RuleId.SECURE, (kind == KIND_INDEX[HomeKind.SECURE]) & e.no(e["secure"])
    yield RuleId.CONNECTED, (kind == KIND_INDEX[HomeKind.CONNECTED]) & e.no(e.meets(e["note_marks"], NAMED))


def _of_places(e: Engine) -> Iterator[tuple[RuleId, Operand]]:
    taken, marks, bedrooms = e["there_taken"], e["note_marks"], e["there_bedrooms"]
    together = (taken == e["note_siblings"]) & ((taken > 0) | e["unit_searching"])
    number = e.where(together, e["sibling_places"], e["places"])
    limit = e.where(together | e.meets(marks, EXEMPT), NO_LIMIT, e["limit"])
    held = e["held"] - e.where(together, e["note_held_unit"], e["note_held_self"])
    away = e.where(together & e["siblings_only"], 0, e["not_available"])
    free = e.least(number - away, limit) - taken
    yield RuleId.FULL, taken >= number
    yield RuleId.NOT_AVAILABLE, (taken < number) & (taken + away >= number)
    yield RuleId.USUAL_LIMIT, taken + 1 > limit
    yield RuleId.HELD, (free >= 1) & (free - held < 1)
    full = (bedrooms == e["bedrooms"]) & e.no(e.meets(marks, SHARES))
    yield RuleId.BEDROOM, e["own_room"] & ((bedrooms > e["bedrooms"]) | full)


def _of_company(e: Engine) -> Iterator[tuple[RuleId, Operand]]:
    age, youngest, oldest = e["age"], e["there_youngest"], e["there_oldest"]
    yield RuleId.SOLO, e["there_solo"] | (e["solo_required"] & (e["there_children"] > 0))
    yield RuleId.RESIDENTS, e.meets(e["risks_to"], e["there_risks_from"])
    yield RuleId.RESIDENTS, e.meets(e["risks_from"], e["there_risks_to"])
    yield RuleId.ALONGSIDE, (e["only_older"] & (youngest < age)) | (e["only_younger"] & (oldest > age))
    yield RuleId.ALONGSIDE, (age < e["there_wants_older"]) | (age > e["there_wants_younger"])
    yield RuleId.ALONGSIDE, (age - youngest > e["age_gap"]) | (oldest - age > e["age_gap"])


def _of_child(e: Engine, flat: Flat) -> Iterator[tuple[RuleId, Operand]]:
    short, level = int(flat.policy.floor_levels_short), int(flat.policy.floor_need_level)
    for need in range(len(flat.tenths)):
        child = e[f"need_{need}"]
        yield RuleId.FLOOR, (child >= level) & (child - e[f"skill_{need}"] >= short)
    for slot in range(flat.avoided):
        yield RuleId.AVOID, e.tenths(f"avoid_{slot}") <= e[f"avoid_{slot}_times"]
    yield RuleId.ACCESS, e.meets(e["access"], e["not_adapted"])
    yield RuleId.FEATURES, e.meets(e["features"], e["lacking"])
    yield RuleId.HOUSEHOLD, e.meets(e["allergies"], e["pets"]) | (e["no_pets"] & (e["pets"] != 0))
    yield RuleId.HOUSEHOLD, (e["must_have_pets"] & e["petless"]) | (e["smoke_free"] & e["smoking"])
