"""Frozen assignment instances at the size of a county, a region and all of England, made of the demo authority.

Children, brothers and sisters and homes are drawn from the demo's clean sheet as for the scoring benchmark
(`benchmarks.scoring.instances`); what a pair costs, and which pairs are allowed, is what the scoring kernels say. Every
child uses one place: bedrooms and homes to oneself, the solvers' other resources, are for real runs.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from benchmarks.scoring.instances import SIZES, demo, demo_case, place
from matcher.scoring import Encoded, best_homes, pairs_under, score_pairs
from matcher.scoring.arrays import Int64
from matcher.services.units import units_in_run
from solvers import AssignmentProblem

Pairs = tuple[Int64, Int64, Int64]

RATIOS = (0.9, 1.1, 1.6)
"""Places a child."""
PLACES_A_HOME = 1.7504
GROUPS = {"county": 140, "region": 1_600, "england": 13_000}
UNPLACED = 2_000_000
"""Pence a week for a child without a home: more than any home and parting any group, as the allocation has it."""
_LARGEST_HOME = 6
_LISTED_PAIRS = 20_000_000
"""Instances of more pairs than this are not listed but priced by the kernel, from a shortlist for each child."""
_SHORTLIST = 32


@dataclass(frozen=True, eq=False)
class Instance:
    """A case drawn, and the plan wanted of it.

    Attributes:
        name: What it is called in tables.
        encoded: Children and homes as the kernels take them.
        capacity: Places of each home, ``(homes,)``.
        groups: Rows of brothers and sisters.
    """

    name: str
    encoded: Encoded
    capacity: Int64
    groups: tuple[tuple[int, ...], ...]

    @property
    def children(self) -> int:
        """Number of children."""
        return self.encoded.shape[0]

    @property
    def homes(self) -> int:
        """Number of homes."""
        return self.encoded.shape[1]

    @property
    def places(self) -> int:
        """Places in all homes together."""
        return int(self.capacity.sum())

    @property
    def priced(self) -> bool:
        """Whether there are too many pairs to list."""
        return self.children * self.homes > _LISTED_PAIRS

    @cached_property
    def problem(self) -> AssignmentProblem:
        """The problem, with every allowed pair listed; or, where it is priced, the cheapest of each child."""
        if self.priced:
            homes, costs = best_homes(self.encoded, _SHORTLIST)
            child, rank = np.nonzero(homes >= 0)
            home, cost = homes[child, rank].astype(np.int64), costs[child, rank].astype(np.int64)
        else:
            pence, failed = score_pairs(self.encoded)
            child, home = np.nonzero(failed == 0)
            cost = pence[child, home].astype(np.int64)
        return AssignmentProblem.from_arcs(
            child, home, cost, self.capacity, children=self.children, groups=self.groups, unplaced=UNPLACED,
            apart=demo_case().policy.siblings_apart,
        )  # fmt: skip

    def price(self, child_prices: Int64, home_prices: Int64, threshold: int, *, most: int | None = None) -> Pairs:
        """The kernel's answer to the solver's question for pairs; see `solvers.price.Price`."""
        return pairs_under(self.encoded, child_prices, home_prices, threshold, most=most)


def draw(size: str, ratio: float, *, groups: bool = True, children: int | None = None, seed: int = 1) -> Instance:
    """Draw an instance, the same on every machine.

    Args:
        size: ``county``, ``region`` or ``england``: how many children, and where.
        ratio: Places for each child; homes have 1.75 places on average.
        groups: Whether brothers and sisters are to be kept together.
        children: Another number of children in the same area; groups are then as many to a child.
        seed: Of every draw.
    """
    rng = np.random.default_rng(seed)
    scoring = SIZES[size]
    count = scoring.children if children is None else children
    child, family = _families(count, round(GROUPS[size] * count / scoring.children) if groups else 0, rng)
    places = round(count * ratio)
    homes = round(places / PLACES_A_HOME)
    encoded = place(replace(scoring, homes=homes), child, family, "as drawn", rng)
    capacity = _capacity(encoded, places, rng)
    together = np.split(np.arange(child.size), np.flatnonzero(np.diff(family)) + 1)
    members = tuple(tuple(rows.tolist()) for rows in together if rows.size > 1)
    name = f"{size}, {ratio} places a child, {len(members):,} groups"
    return Instance(name, encoded, capacity, members)


def _families(children: int, groups: int, rng: np.random.Generator) -> tuple[Int64, Int64]:
    """Rows of the demo: so many of its sibling units, then children of none; and the family each belongs to."""
    rows = {referral.child_id: row for row, referral in enumerate(demo().referrals)}
    units = [unit.searching for unit in units_in_run(demo_case(), frozenset(rows)) if len(unit.searching) > 1]
    drawn = [units[number] for number in rng.integers(len(units), size=groups)]
    related = {child for unit in units for child in unit}
    alone = np.array([row for child, row in rows.items() if child not in related])
    taken = [rows[child] for unit in drawn for child in unit]
    sizes = [len(unit) for unit in drawn] + [1] * (children - len(taken))
    singles = alone[rng.integers(alone.size, size=children - len(taken))]
    return np.concatenate([np.array(taken, dtype=np.int64), singles]), np.repeat(np.arange(len(sizes)), sizes)


def _capacity(encoded: Encoded, places: int, rng: np.random.Generator) -> Int64:
    """The demo's places, one more or fewer in homes drawn until there are so many in all; the homes are told."""
    homes = encoded.arrays.homes
    capacity: Int64 = np.minimum(homes["places"], _LARGEST_HOME).astype(np.int64)
    while (short := places - int(capacity.sum())) != 0:
        able = np.flatnonzero(capacity < _LARGEST_HOME if short > 0 else capacity > 1)
        chosen = rng.permutation(able)[: abs(short)]
        capacity[chosen] += 1 if short > 0 else -1
    homes["places"] = homes["sibling_places"] = capacity
    homes["not_available"] = homes["held"] = 0
    return capacity
