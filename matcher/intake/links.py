"""Checks that need the whole case: homes with more people than places, names of children that no record has."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from matcher.intake.context import Context
from matcher.intake.findings import At
from models.home import Home, Resident
from models.placement import Placement


def tell_overfull(
    homes: Mapping[str, Home],
    placements: Sequence[Placement],
    residents: Sequence[Resident],
    rows: Mapping[str, At],
    context: Context,
) -> None:
    """Tell of homes in which more live than the terms allow; siblings of each other may use their own number."""
    living = Counter(placement.home_id for placement in placements if placement.home_id)
    living.update(resident.home_id for resident in residents if resident.takes_place)
    for home_id, number in living.items():
        terms = homes[home_id].terms
        most = max(terms.places, terms.sibling_places or 0)
        if number > most:
            context.log.warn(
                "home-overfull",
                rows[home_id].in_column("approved_places"),
                f"{number} children live in home {home_id}, which has {most} places",
                expected="no more children than places",
                action="everybody stays; the home has no place to offer",
                subject=home_id,
            )


def tell_unknown_names(
    homes: Mapping[str, Home], children: Collection[str], rows: Mapping[str, At], context: Context
) -> None:
    """Tell of children whom a home's terms name and the case does not have."""
    for home in homes.values():
        for column, named in (
            ("connected_children", home.connected_children),
            ("exempt_children", home.terms.exempt_children),
        ):
            for child in sorted(named - set(children)):
                context.log.note(
                    "child-unknown",
                    rows[home.id].in_column(column),
                    f"home {home.id} names child {child}: {context.missing_child(child)}",
                    expected="children of the case",
                    action="the name is kept and does nothing",
                    subject=child,
                )
