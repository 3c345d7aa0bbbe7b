"""Every child or group of brothers and sisters against every family: eligible, with a stretch, or not, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from matcher.scoring import Encoded, explain, score_pairs
from matcher.scoring.arrays import PRICE_NAMES
from matcher.scoring.explain_family import beyond
from matcher.scoring.facts import Pair
from matcher.services.adoption.family_as_home import fee_pence
from matcher.services.adoption.pool_case import PoolCase
from matcher.services.adoption.questions_to_ask import questions_to_ask
from matcher.services.adoption.screening_results import (
    ChildrenForFamily,
    Distinguishing,
    Eligibility,
    FamiliesForChild,
    RuleRemoves,
    ScreenedFamily,
    ScreenedUnit,
    Stretch,
)
from matcher.services.unplaced import count_rules
from models.rules import RULES

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

IDENTITY_PRICES = ("language_not_spoken", "faith_not_supported", "heritage_not_supported")
_RELAXABLE = np.array([rule.bit for rule in RULES if rule.relaxation is not None], np.int64)
_DIFFERENCES = 3


class NotInPoolError(LookupError):
    """The child does not wait, or the family is not open, in this pool."""


@dataclass(frozen=True, eq=False)
class Screened:
    """The whole pool, screened: children placed together are one row, a family a column.

    Attributes:
        pool: Who waits, and the families.
        cost: int64 (units, families), pence-equivalent a week, summed over the unit's children.
        stretch: int64 (units, families), of that, for what is stated of them beyond what the family said yes to.
        bits: int64 (units, families), rules that one of the unit's children fails there, 0 where eligible.
    """

    pool: PoolCase
    cost: Ints
    stretch: Ints
    bits: Ints

    @cached_property
    def eligible(self) -> Bools:
        """Bool (units, families): no rule stands between them."""
        found: Bools = self.bits == 0
        return found

    @cached_property
    def plain(self) -> Ints:
        """int64 (units, families): the cost with nothing for heritage, language and faith."""
        if not self.cost.size:
            return self.cost
        cost, _ = score_pairs(_worth_nothing(self.pool.encoded, IDENTITY_PRICES))
        return np.add.reduceat(cost, np.array(self.pool.first_row[:-1]), axis=0)

    def ranked(self, costs: Ints, columns: Ints) -> Ints:
        """Columns or rows by cost, equal ones in the order of the pool."""
        found: Ints = columns[np.argsort(costs[columns], kind="stable")]
        return found


def screen(pool: PoolCase) -> Screened:
    """Screen everybody who waits against every family, by the kernel that scores homes."""
    encoded = pool.encoded
    if not encoded.arrays.rows.size or not pool.families:
        empty = np.zeros((len(pool.units), len(pool.families)), np.int64)
        return Screened(pool, empty, empty, empty)
    cost, bits = score_pairs(encoded)
    stretch, _ = score_pairs(_as_said(encoded))
    starts = np.array(pool.first_row[:-1])
    return Screened(
        pool,
        np.add.reduceat(cost, starts, axis=0),
        np.add.reduceat(stretch, starts, axis=0),
        np.bitwise_or.reduceat(bits, starts, axis=0),
    )


def _as_said(encoded: Encoded) -> Encoded:
    """The same with what nobody said taken out, and nothing priced but what is beyond what the families said yes to."""
    bare = _worth_nothing(encoded, [name for name in PRICE_NAMES if name != "unmet_need_per_tenth"])
    arrays, top = bare.arrays, np.int8(np.iinfo(np.int8).max)
    said = arrays._replace(
        child_level=np.where(encoded.child_known, arrays.child_level, np.int8(0)),
        home_level=np.where(encoded.home_known, arrays.home_level, top),
    )
    return replace(encoded, arrays=said)


def _worth_nothing(encoded: Encoded, prices: Iterable[str]) -> Encoded:
    """The same with nothing for some prices."""
    policy = encoded.arrays.policy.copy()
    for name in prices:
        policy[name] = 0
    return replace(encoded, arrays=encoded.arrays._replace(policy=policy))


def families_for(screened: Screened, child_id: str, *, top: int = 10) -> FamiliesForChild:
    """The families for a child, or for the brothers and sisters the child is to be placed with.

    Args:
        screened: The pool.
        child_id: One of the children.
        top: How many families, and how many nearly eligible, to give with reasons.

    Raises:
        NotInPoolError: the child does not wait for a family.
    """
    unit = screened.pool.unit_of(child_id)
    if unit is None:
        raise NotInPoolError(f"Child {child_id} is not waiting for a family in this pool on the day of the case.")
    bits, cost = screened.bits[unit], screened.cost[unit]
    order = screened.ranked(cost, np.flatnonzero(bits == 0))
    listed = [_family(screened, unit, column, rank) for rank, column in enumerate(order[:top].tolist(), 1)]
    close = screened.ranked(cost, np.flatnonzero(np.isin(bits, _RELAXABLE)))[:top]
    return FamiliesForChild(
        children=screened.pool.units[unit],
        families_considered=bits.size,
        eligible=order.size,
        with_a_stretch=int((screened.stretch[unit, order] > 0).sum()),
        removed_by=_removed(bits),
        families=tuple(_beside_first(listed)),
        nearly=tuple(_family(screened, unit, column, None) for column in close.tolist()),
        questions=questions_to_ask(screened.pool, unit, order, cost[order], listed),
    )


def family_for(screened: Screened, child_id: str, family_id: str) -> ScreenedFamily | None:
    """One family for a child and those placed with the child, with its place in their list; None where not in the pool.

    Raises:
        NotInPoolError: the child does not wait for a family.
    """
    unit = screened.pool.unit_of(child_id)
    if unit is None:
        raise NotInPoolError(f"Child {child_id} is not waiting for a family in this pool on the day of the case.")
    column = next((at for at, family in enumerate(screened.pool.families) if family.id == family_id), None)
    return None if column is None else _family(screened, unit, column, _place(screened, unit, column))


def children_for(screened: Screened, family_id: str, *, top: int = 10) -> ChildrenForFamily:
    """The children for a family, nearest to what it said first; ``rank`` of each family is its place in their list.

    Raises:
        NotInPoolError: the family is not approved and waiting.
    """
    column = next((at for at, family in enumerate(screened.pool.families) if family.id == family_id), None)
    if column is None:
        raise NotInPoolError(f"Family {family_id} is not waiting for a child in this pool on the day of the case.")
    bits, cost = screened.bits[:, column], screened.cost[:, column]
    order = screened.ranked(cost, np.flatnonzero(bits == 0))
    close = screened.ranked(cost, np.flatnonzero(np.isin(bits, _RELAXABLE)))[:top]
    return ChildrenForFamily(
        family_id=family_id,
        units_considered=bits.size,
        eligible=order.size,
        with_a_stretch=int((screened.stretch[order, column] > 0).sum()),
        removed_by=_removed(bits),
        units=tuple(_unit(screened, unit, column, rank) for rank, unit in enumerate(order[:top].tolist(), 1)),
        nearly=tuple(_unit(screened, unit, column, None) for unit in close.tolist()),
    )


def _removed(bits: Ints) -> tuple[RuleRemoves, ...]:
    return tuple(RuleRemoves(rule=each.title, alone=each.alone, in_all=each.in_all) for each in count_rules(bits))


def _unit(screened: Screened, unit: int, column: int, rank: int | None) -> ScreenedUnit:
    theirs = _family(screened, unit, column, _place(screened, unit, column))
    return ScreenedUnit(children=screened.pool.units[unit], rank=rank, family=theirs)


def _place(screened: Screened, unit: int, column: int) -> int | None:
    """A family's place in the list of a unit; None where it is not eligible."""
    cost, eligible = screened.cost[unit], screened.eligible[unit]
    before = (cost < cost[column]) | ((cost == cost[column]) & (np.arange(cost.size) < column))
    return int((eligible & before).sum()) + 1 if eligible[column] else None


def _family(screened: Screened, unit: int, column: int, rank: int | None) -> ScreenedFamily:
    """One pair in full, explained afresh from the records."""
    pool = screened.pool
    family = pool.families[column]
    agency = pool.pool.agency[family.agency_id]
    rows = range(pool.first_row[unit], pool.first_row[unit + 1])
    explained = tuple(explain(pool.scored, pool.encoded, row, column) for row in rows)
    over = [
        Stretch(child_id=each.child_id, label=part.label, brings=part.brings, yes=part.yes, words=part.words,
                pence=part.tenths * pool.policy.unmet_need_per_tenth)
        for row, each in zip(rows, explained, strict=True)
        for part in beyond(Pair(pool.scored, pool.encoded, row, column))
        if part.stated and part.asked
    ]  # fmt: skip
    failed = {rule.rule: rule for each in explained for rule in each.failed}
    allowed = Eligibility.STRETCH if over else Eligibility.YES
    return ScreenedFamily(
        family_id=family.id,
        agency=agency.name,
        tier=agency.tier,
        eligibility=Eligibility.NO if failed else allowed,
        rank=rank,
        cost_pence=sum(each.cost_pence for each in explained),
        stretch_pence=sum(each.pence for each in over),
        stretch=tuple(over),
        fee_pence=fee_pence(agency, len(rows), pool.policy),
        children=explained,
        failed=tuple(failed[rule] for rule in sorted(failed)),
    )


def _beside_first(listed: Sequence[ScreenedFamily]) -> list[ScreenedFamily]:
    """The families with how each differs from the first, the largest differences."""
    found = []
    for family in listed:
        differences = [
            Distinguishing(part=part.name, label=part.label, pence=part.pence - first.pence, why=part.why)
            for mine, of_first in zip(family.children, listed[0].children, strict=True)
            for part, first in zip(mine.parts, of_first.parts, strict=True)
            if part.pence != first.pence
        ]
        largest = sorted(differences, key=lambda each: -abs(each.pence))[:_DIFFERENCES]
        found.append(family.model_copy(update={"distinguishing": tuple(largest)}))
    return found
