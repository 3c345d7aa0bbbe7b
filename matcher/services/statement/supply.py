"""The homes as counted sets: every place, and the places of the authority's own fostering households.

A place is filled by a child, and a reason why it is not available may be a young person: so these are protected like
counts of children.
"""

from collections import Counter
from collections.abc import Sequence

from matcher.services.figures_supply import NOT_AVAILABLE_LABELS
from matcher.services.statement.places import places, sector_of, words_of
from matcher.services.stock import in_house
from matcher.services.tabulation import CountTable, Dimension, Universe, Value, tabulate
from models.case import Case
from models.home import Home
from models.record import Record
from models.vocabulary import CARE_KINDS, Grade, HomeKind, NotAvailable, Sector

_SHEETS = "Homes, placements and residents sheets"
_OFSTED = f"{_SHEETS}, in the terms of Ofsted's fostering data set"
_OCCUPANCY = "Occupancy: filled places as a share of those that are available"
_APPROVED = "Fostering households the authority approves, by the number in their terms of approval"
_HOUSEHOLDS = (HomeKind.FOSTER, HomeKind.CONNECTED)


class GradedHomes(Record):
    """How many homes of a kind have one judgement of Ofsted's; households have none of their own and are left out."""

    kind_label: str
    grade: Grade
    homes: int


def graded_homes(case: Case) -> tuple[GradedHomes, ...]:
    """Homes by kind, sector and Ofsted's overall judgement, kinds in the order of the vocabulary."""
    counts = Counter((home.kind, sector_of(home), home.grade) for home in case.homes if home.kind not in _HOUSEHOLDS)
    order = [(kind, sector, grade) for kind in CARE_KINDS for sector in Sector for grade in Grade]
    return tuple(
        GradedHomes(kind_label=words_of(kind, sector), grade=grade, homes=counts[kind, sector, grade])
        for kind, sector, grade in order
        if counts[kind, sector, grade]
    )


def supply_tables(case: Case) -> dict[str, CountTable]:
    """Places by kind of home and use; and of the authority's own fostering households: places and reasons.

    Children with connected persons under temporary approval (regulation 24, Care Planning Regulations 2010) live
    outside these households.
    """
    own = [h for h in case.homes if in_house(h) and h.registered and h.kind in _HOUSEHOLDS]
    every, fostering = places(case, case.homes), places(case, own, "own_fostering")
    made = (
        _table(every, "Places by kind of home and sector", ("kind_sector", "state"), _OCCUPANCY, _SHEETS),
        _table(fostering, "Places of the authority's own fostering households", ("state",), _APPROVED, _OFSTED),
        _table(_reasons(own), "Approved places that are not available, by reason", (), "", _OFSTED),
    )
    return {table.key: table for table in made}


def _reasons(homes: Sequence[Home]) -> Universe:
    """Every place that is not available, with its reason."""
    values = tuple(Value(key=reason.value, label=label) for reason, label in NOT_AVAILABLE_LABELS.items())
    return Universe(
        key="not_available",
        title="places that are not available",
        dimensions=(Dimension(key="not_available", title="Reason", values=values),),
        members={
            f"{home.id} {number}": {"not_available": (home.not_available_reason or NotAvailable.OTHER).value}
            for home in homes
            for number in range(home.not_available_places)
        },
    )


def _table(universe: Universe, title: str, by: Sequence[str], definition: str, source: str) -> CountTable:
    return tabulate(
        universe, by or (universe.key,), key=universe.key, title=title, definition=definition, source=source
    )
