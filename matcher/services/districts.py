"""The authority district by district: where children come from, where they live, what is open, what is unmet."""

from collections import Counter

from matcher.intake.postcodes import locate
from matcher.services.gap import By, gap_table
from matcher.services.results import Plan
from matcher.services.stock import home_of, looked_after
from models.case import Case
from models.geography import UnknownAreaError, district_name, districts_of
from models.record import Record


class DistrictFigures(Record):
    """One of the authority's districts; the gap of a plan by the child's home district.

    ``come_from`` counts children looked after whose home address is here, ``live_here`` those whose placement is,
    wherever they come from; ``open_places`` are in homes here, of every kind.
    """

    district: str
    name: str
    population: int | None
    come_from: int
    per_10_000: float | None
    live_here: int
    open_places: int
    in_plan: int
    matched: int
    matched_out_of_area: int
    unmet: int
    short_in_area: int


class Districts(Record):
    """Every district of the authority, and how many children have no place in the table."""

    rows: tuple[DistrictFigures, ...]
    come_from_elsewhere: int
    come_from_not_known: int
    live_elsewhere: int
    live_not_known: int


def district_figures(case: Case, plan: Plan) -> Districts | None:
    """Figures by district, the gap from a plan; None where the authority's districts are not known."""
    try:
        codes = districts_of(case.authority)
    except UnknownAreaError:
        return None
    children = looked_after(case)
    come_from = Counter(child.home.district if child.home else None for child in children)
    live = Counter(_districts_lived_in(case, [child.id for child in children]))
    gap = {row.district: row for row in gap_table(case, plan, (By.DISTRICT,), every_district=codes)}
    people = _population(case)
    here = frozenset(codes)
    return Districts(
        rows=tuple(
            DistrictFigures(
                district=code,
                name=district_name(code),
                population=people.get(code),
                come_from=come_from[code],
                per_10_000=_per_10_000(come_from[code], people.get(code)),
                live_here=live[code],
                open_places=gap[code].places,
                in_plan=gap[code].children,
                matched=gap[code].matched,
                matched_out_of_area=gap[code].matched_out_of_area,
                unmet=gap[code].unmet,
                short_in_area=gap[code].short_in_area,
            )
            for code in sorted(codes, key=district_name)
        ),
        come_from_elsewhere=sum(n for code, n in come_from.items() if code is not None and code not in here),
        come_from_not_known=come_from[None],
        live_elsewhere=sum(n for code, n in live.items() if code is not None and code not in here),
        live_not_known=live[None],
    )


def _districts_lived_in(case: Case, children: list[str]) -> list[str | None]:
    """The district each child lives in: its home's, else that of the placement's postcode."""
    placements = [case.placement_of.get(child) for child in children]
    homes = [home_of(case, placement) for placement in placements]
    postcodes = [p.postcode if p and not home else None for p, home in zip(placements, homes, strict=True)]
    found = locate(postcodes)
    return [
        home.location.district if home else place.district if place else None
        for home, place in zip(homes, found, strict=True)
    ]


def _population(case: Case) -> Counter[str]:
    people: Counter[str] = Counter()
    for row in case.population:
        if row.age_to < 18:
            people[row.district] += row.count
    return people


def _per_10_000(children: int, people: int | None) -> float | None:
    return (2 * 100_000 * children + people) // (2 * people) / 10 if people else None
