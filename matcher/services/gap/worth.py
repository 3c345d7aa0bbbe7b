"""What one more such place is worth: a home opened for each cell and group that is short, and the plan with it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matcher.services.fewest_moves import solve_again
from matcher.services.gap.archetypes import Archetype, Archetypes
from matcher.services.gap.cells import EVERY_DIMENSION, open_cells
from matcher.services.gap.chains import Chains
from matcher.services.gap.children import GapChild
from matcher.services.gap.difference import difference
from matcher.services.gap.groups import GROUPS
from matcher.services.gap.reopened import Reopened
from matcher.services.gap.widened import Widened
from matcher.services.problem import Ints
from matcher.services.why_results import Moved
from models.record import Record
from models.vocabulary import HomeKind

WORTH_SECONDS = 5.0
"""How long to look at one run's places, in all, unless told otherwise."""
_AT_LEAST_TRIED = 3
"""No place takes a larger part of the time than one in so many."""
_SIBLINGS = {"siblings_2": 2, "siblings_3": 3, "siblings_4_plus": 4}


class PlaceWorth(Record):
    """What opening one home would save a run, everything else as it is; money in pence-equivalent a week.

    It is of one cell (``kind``, ``age_band``, ``need_band``, ``district``) or one commissioners' ``group``, and
    ``short_ids`` are its children short of a home in the area, for whom the home is made.

    The optimum falls by at least ``least_pence`` and at most ``most_pence`` (None: no bound known): exact where the two
    are equal. The plan found with the home open costs ``found_pence`` less than the plan before, which is
    ``unplaced_pence`` (charged less for children without a home) + ``apart_pence`` (for brothers and sisters apart) +
    ``welfare_pence`` + ``fee_pence`` (fees as the policy weighs them). ``weekly_fee_pence`` is what full fees come to
    more, pence a week, with minus for less. In that plan ``placed_ids`` have a home who had none, ``closer_ids`` live
    nearer their own home than before, ``into_area_ids`` in the area and not outside; ``moved`` are all whose home
    changes, with the new home under its archetype's id.
    """

    kind: HomeKind | None
    age_band: str | None
    need_band: str | None
    district: str | None
    group: str | None
    archetype: Archetype
    short_ids: tuple[str, ...]
    least_pence: int
    most_pence: int | None
    found_pence: int
    unplaced_pence: int
    apart_pence: int
    welfare_pence: int
    fee_pence: int
    weekly_fee_pence: int
    placed_ids: tuple[str, ...]
    closer_ids: tuple[str, ...]
    into_area_ids: tuple[str, ...]
    moved: tuple[Moved, ...]

    @property
    def exact(self) -> bool:
        """Whether the worth is known exactly; else it is at least ``least_pence``."""
        return self.least_pence == self.most_pence


@dataclass(frozen=True)
class _Asked:
    where: dict[str, object]
    short: tuple[GapChild, ...]
    places: int


def worth_of_places(
    opened: Reopened,
    children: Sequence[GapChild],
    *,
    seconds: float = WORTH_SECONDS,
    progress: Callable[[str], None] | None = None,
) -> tuple[PlaceWorth, ...]:
    """Find what one more such place would be worth in every cell, and every group, with a child short.

    All the homes (`Archetype`) are scored in one call, and the chain of moves each would start is found at once: that
    is at least what it is worth, and exact where children alone count. Where the plan itself was proved best in a third
    of the time given or less, those that promise most are then solved again in that time, and so known exactly, or
    from both sides if it ends. A home for brothers and sisters has a place for each of them.

    Args:
        opened: The plan with its run.
        children: The run's children (`child_gap`).
        seconds: How long to go on solving again.
        progress: Told, in words, what is going on.

    Returns:
        One for each cell, in the order of `open_cells`, then one for each group, in the order of `GROUPS`.
    """
    ends = time.monotonic() + seconds
    tell = progress or (lambda _words: None)
    asked = _asked(children)
    if not asked:
        return ()
    tell(f"what one more place would be worth: {len(asked)} kinds of place")
    make = Archetypes(opened)
    archetypes = [make.make(number, one.short, one.places) for number, one in enumerate(asked, 1)]
    each = seconds / _AT_LEAST_TRIED
    wide = Widened(opened, [archetype.home for archetype in archetypes], time_limit=each)
    worth = _Worth(wide, ends, each)
    before = worth.chains.base.place_of
    return tuple(
        PlaceWorth.model_validate(
            {
                **one.where,
                "archetype": archetype,
                "short_ids": tuple(child.child_id for child in one.short),
                **known.told(wide, before),
            }
        )
        for one, archetype, known in zip(asked, archetypes, worth.all(len(asked)), strict=True)
    )


def _asked(children: Sequence[GapChild]) -> list[_Asked]:
    by_id = {child.child_id: child for child in children}
    none: dict[str, object] = dict.fromkeys((*EVERY_DIMENSION, "group"))
    found = []
    for cell in open_cells(children):
        short = tuple(by_id[child] for child in cell.outcomes.short_ids)
        if short:
            where: dict[str, object] = {name: getattr(cell, name) for name in EVERY_DIMENSION}
            found.append(_Asked({**none, **where}, short, 1))
    for group in GROUPS:
        short = tuple(child for child in children if group.key in child.groups and child.short_in_area)
        if short:
            found.append(_Asked({**none, "group": group.key}, short, _SIBLINGS.get(group.key, 1)))
    return found


@dataclass(frozen=True, eq=False)
class _Known:
    least: int
    most: int | None
    place_of: Ints
    objective: int

    def told(self, wide: Widened, before: Ints) -> dict[str, object]:
        """As fields of `PlaceWorth`."""
        return {"least_pence": self.least, "most_pence": self.most, **difference(wide, before, self.place_of)}


class _Worth:
    """The homes of one widened run, within a time."""

    def __init__(self, wide: Widened, ends: float, each: float) -> None:
        self.wide, self.ends, self.each = wide, ends, each
        self.chains = Chains(wide)

    def all(self, homes: int) -> list[_Known]:
        """What is known of each: by chains, then solved again in the order of promise."""
        known = [self._by_chain(number) for number in range(homes)]
        if self.wide.start.status != "optimal" or self.wide.opened.plan.certificate.seconds > self.each:
            return known
        for number in sorted(range(homes), key=lambda each: (known[each].objective, each)):
            left = self.ends - time.monotonic()
            if left > 0 and known[number].least != known[number].most:
                known[number] = self._solved(number, known[number], min(left, self.each))
        return known

    def _by_chain(self, number: int) -> _Known:
        """A lawful plan costs so much, so the optimum falls to that or below."""
        chain = self.chains.into(number)
        least = max(0, self.wide.start.bound - chain.objective)
        return _Known(least, least if chain.best else None, chain.place_of, chain.objective)

    def _solved(self, number: int, known: _Known, left: float) -> _Known:
        base, wide = self.chains.base, self.wide
        again = solve_again(wide.stated, wide.opened_one(number), base.place_of, time_limit=left, seed=wide.start.seed)
        most = max(0, base.objective - again.bound)
        if again.objective > known.objective:
            return _Known(known.least, most, known.place_of, known.objective)
        return _Known(max(0, wide.start.bound - again.objective), most, again.place_of, again.objective)
