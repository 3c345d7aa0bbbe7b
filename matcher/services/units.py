"""Brothers and sisters in a run: who should live together, and who of them stays where they live."""

from dataclasses import dataclass

from models.case import Case


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
    """Every unit of two or more with somebody searching; members who stay count where they live in a listed home."""
    found = []
    for group in case.sibling_groups:
        for members in group.planned_units:
            looking = tuple(child for child in members if child in searching)
            homes = (
                (c, case.placement_of[c].home_id) for c in members if c not in searching and c in case.placement_of
            )
            staying = tuple((child, home) for child, home in homes if home is not None)
            if looking and len(looking) + len(staying) > 1:
                found.append(Unit(group.id, looking, staying))
    return tuple(found)
