"""Brothers and sisters in a run: who should live together, and who of them stays where they live."""

from dataclasses import dataclass

from models.case import Case
from solvers.problem import LARGEST_GROUP


@dataclass(frozen=True)
class Unit:
    """Children who should live together: those searching, and those who stay, with the home they stay in."""

    group_id: str
    searching: tuple[str, ...]
    staying: tuple[tuple[str, str], ...]

    @property
    def size(self) -> int:
        """How many children the unit has in this run."""
        return len(self.searching) + len(self.staying)


def units_in_run(case: Case, searching: frozenset[str]) -> tuple[Unit, ...]:
    """Every unit of two or more with somebody searching; members who stay count where they live in a listed home.

    No home takes more children than the solver takes as one unit; a larger one is planned as several, in order.
    """
    found = []
    for group in case.sibling_groups:
        for members in group.planned_units:
            present = [child for child in members if child in searching or _lives(case, child)]
            for start in range(0, len(present), LARGEST_GROUP):
                part = present[start : start + LARGEST_GROUP]
                looking = tuple(child for child in part if child in searching)
                staying = tuple(
                    (child, home) for child in part if child not in searching and (home := _lives(case, child))
                )
                if looking and len(part) > 1:
                    found.append(Unit(group.id, looking, staying))
    return tuple(found)


def _lives(case: Case, child: str) -> str | None:
    placement = case.placement_of.get(child)
    return placement.home_id if placement else None
