"""The counted tables of a statement: all that it says of how many children, in one list."""

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.services.statement.standing import STATUS
from matcher.services.tabulation import CountTable, Universe, tabulate

_RETURN = "SSDA903 return, children looked after on the as-at date, short breaks (V3, V4) left out"
_POSTCODES = "Placement postcodes and the ONS Postcode Directory"


@dataclass(frozen=True)
class Spec:
    """One table: its key and title, what it divides by, and what was counted."""

    key: str
    title: str
    by: tuple[str, ...]
    definition: str
    source: str = _RETURN


def _today(key: str, title: str, *by: str, definition: str = "", source: str = _RETURN) -> Spec:
    """A table of children looked after: with the status, so that those only referred can be left out."""
    return Spec(key, title, (STATUS, *by), definition or "Children looked after on the as-at date", source)


_AGE = "Age in whole years on the as-at date"
_LOCALITY = (
    "By the upper-tier authority of the placement. At a distance: outside the area and every authority that adjoins it "
    "(Care Planning Regulations 2010, regulation 11(5))"
)
_CLEAN = "Every child by what the clean sheet does for them; who is matched outside the area is short in it, too"
_WEEK = "Every child by what the plan for those who need a home now does for them"
TODAY: tuple[Spec, ...] = (
    Spec("status", "Everybody counted", (STATUS,), "Children looked after on the as-at date, and referred to be"),
    _today("age", "Age", "age", definition=_AGE),
    _today("sex", "Sex", "sex", definition="Sex as recorded in the return"),
    _today("ethnic_group", "Ethnic group", "ethnic_group", definition="The department's five groups; equality only"),
    _today("disabled", "Disability", "disabled", source="Children sheet"),
    _today("uasc", "Unaccompanied asylum-seeking children", "uasc", definition="With that status on the as-at date"),
    _today("come_from", "Where children come from", "come_from", definition="By home address", source=_POSTCODES),
    _today("living", "Living arrangement", "living", definition="By the SSDA903 placement and provider codes"),
    _today(
        "living_age", "Living arrangement by age", "living", "age", definition="By the SSDA903 codes; " + _AGE.lower()
    ),
    _today("locality", "Where children live", "locality", definition=_LOCALITY, source=_POSTCODES),
    _today(
        "living_locality", "Living arrangement by place", "living", "locality", definition=_LOCALITY, source=_POSTCODES
    ),
    _today("locality_age", "Where children live, by age", "locality", "age", definition=_LOCALITY, source=_POSTCODES),
    _today(
        "live_in", "Districts children live in", "live_in", definition="By the placement's postcode", source=_POSTCODES
    ),
)


def _run(key: str, title: str, *by: str) -> Spec:
    """A table of everybody by what a plan does for them."""
    return Spec(key, title, by, _WEEK if key.startswith("now") else _CLEAN, "The two plans of this statement")


RUNS: tuple[Spec, ...] = (
    _run("now", "Children who need a home now", "now"),
    _run("clean", "The clean sheet", "clean"),
    _run("clean_kind", "The clean sheet by kind of home", "clean_kind", "clean"),
    _run("clean_age", "The clean sheet by age", "age", "clean"),
    _run("clean_kind_age", "The clean sheet by kind of home and age", "clean_kind", "age", "clean"),
    _run("clean_need", "The clean sheet by band of needs", "need_band", "clean"),
    _run("clean_come_from", "The clean sheet by home district", "come_from", "clean"),
    _run("clean_why", "What is missing", "clean_why"),
    _run("clean_kind_why", "What is missing, by kind of home", "clean_kind", "clean_why"),
)
EQUALITY_OF = ("sex", "age", "ethnic_group", "disabled", "uasc")


def specs(dimensions: Iterable[str]) -> tuple[Spec, ...]:
    """Every table a statement has, given what its children are divided by."""
    keys = list(dimensions)
    groups = [
        _run(f"{run}_{key}", key, key, run) for run in ("clean", "now") for key in keys if key.startswith("group_")
    ]
    levels = [key for key in keys if key.startswith("need_") and key != "need_band"]
    needs = [_today(key, key, key, source="Needs sheet") for key in levels]
    bands = [_today("need_band", "Band of needs", "need_band", source="Needs sheet")]
    shares = [_today(key, key, key) for key in keys if key.startswith("ind_")]
    return (*TODAY, *RUNS, *groups, *bands, *needs, *shares)


def published(universe: Universe) -> dict[str, CountTable]:
    """Every table whose dimensions the universe has; a council whose districts are not known has none by district."""
    known = [dimension.key for dimension in universe.dimensions]
    return {
        spec.key: tabulate(
            universe, spec.by, key=spec.key, title=spec.title, definition=spec.definition, source=spec.source
        )
        for spec in specs(known)
        if set(known).issuperset(spec.by)
    }


def places_table(universe: Universe) -> dict[str, CountTable]:
    """Places by kind of home and what they are used for."""
    table = tabulate(
        universe,
        ("kind_sector", "state"),
        key="places",
        title="Places by kind of home and sector",
        definition="Occupancy: filled places as a share of those that are available",
        source="Homes, placements and residents sheets",
    )
    return {table.key: table}
