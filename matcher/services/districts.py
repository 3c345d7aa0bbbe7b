"""The authority district by district: where children come from, where they live, what is open, what is unmet."""

from collections import Counter

from matcher.intake.postcodes import locate
from matcher.services.gap import NOT_KNOWN, By, gap_table
from matcher.services.results import Plan
from matcher.services.stock import home_of, looked_after
from models.case import Case
from models.geography import UnknownAreaError, district_name, districts_of
from models.record import Record


class DistrictFigures(Record):
    """One of the authority's districts, or a sum of others (``district`` None); the gap by the child's home district.

    ``come_from`` counts children looked after whose home address is here, ``live_here`` those whose placement is,
    wherever they come from; ``open_places`` are in homes here, of every kind. ``short_in_area`` = ``unmet`` +
    ``matched_out_of_area``.
    """

    district: str | None
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
    """Every district of the authority, all other places, and the total, which holds every child looked after.

    ``not_known`` are children whose home address, or placement, is not known or not in England.
    """

    rows: tuple[DistrictFigures, ...]
    elsewhere: DistrictFigures
    not_known: DistrictFigures
    total: DistrictFigures


def district_figures(case: Case, plan: Plan) -> Districts | None:
    """Figures by district, the gap from a plan; None where the authority's districts are not known."""
    try:
        codes = sorted(districts_of(case.authority), key=district_name)
    except UnknownAreaError:
        return None
    counts = _Counts(case, plan, codes)
    others = sorted(counts.everywhere - {NOT_KNOWN} - set(codes))
    rows = tuple(counts.of(district_name(code), (code,), district=code) for code in codes)
    total = counts.of("Total", (*codes, *others, NOT_KNOWN), places=counts.places)
    places_elsewhere = counts.places - sum(row.open_places for row in rows)
    return Districts(
        rows=rows,
        elsewhere=counts.of("Outside the authority", tuple(others), places=places_elsewhere),
        not_known=counts.of("Not known, or not in England", (NOT_KNOWN,), places=0),
        total=total,
    )


class _Counts:
    """Children by the district they come from and live in, and the rows of the gap, to be summed over districts."""

    def __init__(self, case: Case, plan: Plan, codes: list[str]) -> None:
        children = looked_after(case)
        self.come_from = Counter(child.home.district if child.home else NOT_KNOWN for child in children)
        lived_in = districts_lived_in(case, [child.id for child in children])
        self.live = Counter(code or NOT_KNOWN for code in lived_in)
        self.gap = {r.district: r for r in gap_table(case, plan, (By.DISTRICT,), every_district=tuple(codes))}
        self.places = sum(row.places for row in gap_table(case, plan, ()))
        self.people = _population(case)

    @property
    def everywhere(self) -> set[str]:
        """Every district that some child comes from or lives in, and the one for those not known."""
        return {*self.come_from, *self.live, *(code for code in self.gap if code is not None)}

    def of(
        self, name: str, codes: tuple[str, ...], *, district: str | None = None, places: int | None = None
    ) -> DistrictFigures:
        """Figures of some districts together; ``places`` where the gap's rows do not hold them all."""
        gap = [self.gap[code] for code in codes if code in self.gap]
        people = self.people.get(district) if district else None
        come_from = sum(self.come_from[code] for code in codes)
        return DistrictFigures(
            district=district,
            name=name,
            population=people,
            come_from=come_from,
            per_10_000=_per_10_000(come_from, people),
            live_here=sum(self.live[code] for code in codes),
            open_places=sum(row.places for row in gap) if places is None else places,
            in_plan=sum(row.children for row in gap),
            matched=sum(row.matched for row in gap),
            matched_out_of_area=sum(row.matched_out_of_area for row in gap),
            unmet=sum(row.unmet for row in gap),
            short_in_area=sum(row.short_in_area for row in gap),
        )


def districts_lived_in(case: Case, children: list[str]) -> list[str | None]:
    """The district each child lives in: its home's, else that of the placement's postcode; None if neither is known."""
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
