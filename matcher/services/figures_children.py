"""Who the children looked after are, and where they live, as counted tables."""

from matcher.services.counts import AGE_BANDS, Breakdown, counted, percent
from matcher.services.stock import LIVING_LABELS, SELDOM, Living, living, placement_locality
from models.case import Case
from models.child import Child
from models.geography import Locality, areas
from models.placement import Placement
from models.record import Record
from models.ssda903.ages import age_band
from models.ssda903.derive import EthnicGroup, PlacementKind, ethnic_group
from models.ssda903.stability import Measure, long_term_stability, three_plus_placements
from models.vocabulary import Sex

_RETURN = "SSDA903 return, children looked after on the as-at date, short breaks (V3, V4) left out"
SEX_LABELS = {Sex.FEMALE: "Girls", Sex.MALE: "Boys", Sex.UNKNOWN: "Not known or neither"}
ETHNIC_LABELS = {
    EthnicGroup.WHITE: "White",
    EthnicGroup.MIXED: "Mixed",
    EthnicGroup.ASIAN: "Asian or Asian British",
    EthnicGroup.BLACK: "Black or Black British",
    EthnicGroup.OTHER: "Other ethnic group",
    EthnicGroup.NOT_KNOWN: "Refused or not yet known",
}
LOCALITY_LABELS: dict[Locality | None, str] = {
    Locality.IN_AREA: "In the authority's area",
    Locality.ADJOINING: "In an adjoining authority",
    Locality.AT_A_DISTANCE: "At a distance",
    None: "Not known",
}
_UASC_LABELS = {True: "Unaccompanied asylum-seeking", False: "All other children"}
_CARER_LABELS = {
    "in_house": "In-house foster carers",
    "connected_approved": "Connected persons approved as households",
    "connected_elsewhere": "Connected persons outside the listed homes (temporary approval)",
}
_PER = 10_000


class Share(Record):
    """A measure of stability as numbers; ``not_known`` are children whose files do not reach back far enough."""

    title: str
    definition: str
    source: str
    counted: int
    out_of: int
    percent: float | None
    not_known: int


class Rate(Record):
    """Children looked after for every 10,000 aged 0 to 17 in the area; None without a population sheet."""

    definition: str
    source: str
    children: int
    population: int | None
    per_10_000: float | None


def by_age(case: Case, children: tuple[Child, ...]) -> Breakdown:
    """Children by age in whole years on the as-at date, in the bands that councils plan with."""
    return counted(
        "age",
        "Age",
        (age_band(max(child.age_on(case.as_at), 0)) for child in children),
        {band: band for band in AGE_BANDS},
        definition="Age in whole years on the as-at date",
        source=_RETURN,
    )


def by_sex(children: tuple[Child, ...]) -> Breakdown:
    """Children by sex as the return records it."""
    return counted(
        "sex",
        "Sex",
        (child.sex for child in children),
        SEX_LABELS,
        definition="Sex as recorded in the return",
        source=_RETURN,
        when_empty=frozenset({Sex.UNKNOWN}),
    )


def by_ethnic_group(children: tuple[Child, ...]) -> Breakdown:
    """Children by the five published groups of the SSDA903 ethnicity code; used in equality tables only."""
    return counted(
        "ethnic_group",
        "Ethnic group",
        (ethnic_group(child.ethnicity) if child.ethnicity else EthnicGroup.NOT_KNOWN for child in children),
        ETHNIC_LABELS,
        definition="The SSDA903 ethnicity code in the department's five groups; never used to match or to score",
        source=_RETURN,
        when_empty=frozenset({EthnicGroup.NOT_KNOWN}),
    )


def by_uasc(children: tuple[Child, ...]) -> Breakdown:
    """Unaccompanied asylum-seeking children and all others."""
    return counted(
        "uasc",
        "Unaccompanied asylum-seeking children",
        (child.uasc for child in children),
        _UASC_LABELS,
        definition="In the return's UASC table, with that status on the as-at date",
        source=_RETURN,
    )


def by_locality(case: Case, children: tuple[Child, ...]) -> Breakdown:
    """Children by where they live: in the area, in an adjoining authority, or at a distance.

    Geography alone, by the upper-tier authority of the placement. At a distance is outside the area and every
    authority that adjoins it: regulation 11(5), Care Planning, Placement and Case Review (England) Regulations 2010.
    """
    return counted(
        "locality",
        "Where children live",
        (placement_locality(case, case.placement_of.get(child.id)) for child in children),
        LOCALITY_LABELS,
        definition="By the upper-tier authority of the placement. At a distance: outside the area and outside every "
        "authority that adjoins it (Care Planning Regulations 2010, regulation 11(5))",
        source="Placement postcodes and the ONS Postcode Directory",
        when_empty=frozenset({None}),
    )


def by_living(case: Case, children: tuple[Child, ...]) -> Breakdown:
    """Children by living arrangement; see :class:`matcher.services.stock.Living`."""
    return counted(
        "living",
        "Living arrangement",
        (living(case.placement_of.get(child.id)) for child in children),
        LIVING_LABELS,
        definition="By the SSDA903 placement and provider codes of the episode open on the as-at date",
        source=_RETURN,
        when_empty=SELDOM,
    )


def by_carers(case: Case, children: tuple[Child, ...]) -> Breakdown:
    """Children in in-house and connected-person fostering, by who cares for them and under which approval.

    Connected persons outside the listed homes care under temporary approval (regulation 24, Care Planning
    Regulations 2010), or the placements sheet does not say in which home the child lives.
    """
    placements = [case.placement_of.get(child.id) for child in children]
    return counted(
        "carers",
        "In-house and connected-person fostering, by carer",
        (_carer(placement) for placement in placements if living(placement) is Living.IN_HOUSE_FOSTERING),
        _CARER_LABELS,
        definition="Children in in-house and connected-person fostering by SSDA903 placement code, and whether the "
        "placements sheet names a listed home",
        source="SSDA903 return and placements sheet",
    )


def _carer(placement: Placement | None) -> str:
    if placement is None or placement.kind is not PlacementKind.KINSHIP:
        return "in_house"
    return "connected_approved" if placement.home_id else "connected_elsewhere"


def many_placements(case: Case) -> Share:
    """Children with three or more placements in the year; definition in ``models.ssda903.stability``."""
    return _share(
        three_plus_placements(case.episodes, case.as_at),
        "Three or more placements in the year",
        "Of children looked after on the day, those with three or more placements in the twelve months up to it; "
        "temporary stays (T0-T4) and changes that keep the carer are not counted as placements",
    )


def stability(case: Case) -> Share:
    """Long-term placement stability; definition in ``models.ssda903.stability``."""
    births = {child.id: child.born for child in case.children}
    return _share(
        long_term_stability(case.episodes, births, case.as_at),
        "Long-term stability",
        "Of children under 16 looked after for two and a half years or more, those with the same carer for two years, "
        "or placed for adoption and there and in the placement before it for two years together",
    )


def _share(measure: Measure, title: str, definition: str) -> Share:
    return Share(
        title=title,
        definition=definition,
        source="Department for Education, Stability measures for children looked after in England",
        counted=measure.numerator,
        out_of=measure.denominator,
        percent=percent(measure.numerator, measure.denominator),
        not_known=len(measure.not_known),
    )


def rate(case: Case, children: tuple[Child, ...]) -> Rate:
    """Children looked after per 10,000 aged 0 to 17 in the authority's districts of the population sheet."""
    here = {code for code, area in areas().items() if area.utla == case.authority}
    population = sum(row.count for row in case.population if row.age_to < 18 and row.district in here)
    tenths = (2 * 10 * _PER * len(children) + population) // (2 * population) if population else None
    return Rate(
        definition="Children looked after on the as-at date for every 10,000 children aged 0 to 17 living in the area",
        source="SSDA903 return over the population sheet (ONS mid-year estimates or the council's own)",
        children=len(children),
        population=population or None,
        per_10_000=None if tenths is None else tenths / 10,
    )
