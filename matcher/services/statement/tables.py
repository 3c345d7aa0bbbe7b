"""The counted tables of a statement: all that it says of how many children, in one list."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

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
    return Spec(key, title, by, definition or "Children looked after on the as-at date", source)


_AGE = "Age in whole years on the as-at date"
_LOCALITY = (
    "By the upper-tier authority of the placement. At a distance: outside the area and every authority that adjoins it "
    "(Care Planning Regulations 2010, regulation 11(5))"
)
_CLEAN = "Children in the clean sheet by what it does for them; who is matched outside the area is short in it, too"
_WEEK = "Children who need a home now by what the plan does for them"
_DISTANCE = "In a straight line from the home address; over 20.0 miles as the department counts it"
TODAY: tuple[Spec, ...] = (
    _today("wishes", "Wishes on record", "wishes", source="Children and referrals sheets"),
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
    _today("distance", "Distance from home", "distance", definition=_DISTANCE, source=_POSTCODES),
    _today("distance_uasc", "Distance from home, unaccompanied or not", "distance", "uasc"),
    _today("come_from_uasc", "Where children come from, unaccompanied or not", "come_from", "uasc"),
    _today("locality_age", "Where children live, by age", "locality", "age", definition=_LOCALITY, source=_POSTCODES),
    _today(
        "live_in", "Districts children live in", "live_in", definition="By the placement's postcode", source=_POSTCODES
    ),
)


def _run(key: str, title: str, *by: str) -> Spec:
    """A table of everybody by what a plan does for them."""
    return Spec(key, title, by, _WEEK if key.startswith("now") else _CLEAN, "The two plans of this statement")


CLEAN: tuple[Spec, ...] = (
    _run("side_today", "Where these children live today", "side_today"),
    _run("side_clean", "Where they would live in the clean sheet", "side_clean"),
    _run("side_plan", "Where they would live in the plan for those who wait", "side_plan"),
    _run("clean", "The clean sheet", "clean"),
    _run("clean_short", "The clean sheet: homes in the area", "clean_short"),
    _run("clean_kind", "The clean sheet by kind of home", "clean_kind", "clean_short"),
    _run("clean_kind_inside", "The clean sheet by kind of home, in the area or not", "clean_kind", "clean_inside"),
    _run("clean_age", "The clean sheet by age", "age", "clean_inside"),
    _run("clean_kind_age", "The clean sheet by kind of home and age", "clean_kind", "age", "clean_inside"),
    _run("clean_need", "The clean sheet by band of needs", "need_band", "clean_short"),
    _run("clean_come_from", "The clean sheet by home district", "come_from", "clean_inside"),
    _run("clean_sex", "The clean sheet by sex", "sex", "clean_inside"),
    _run("clean_ethnic_group", "The clean sheet by ethnic group", "ethnic_group", "clean_inside"),
    _run("clean_disabled", "The clean sheet by disability", "disabled", "clean_inside"),
    _run("clean_uasc", "The clean sheet of unaccompanied children and others", "uasc", "clean_inside"),
    _run("clean_why", "What is missing", "clean_why"),
    _run("clean_kind_why", "What is missing, by kind of home", "clean_kind", "clean_why"),
)
INSIDE: tuple[Spec, ...] = (
    _run(
        "clean_kind_age_short",
        "Short of a home in the area, by kind of home and age",
        "clean_kind",
        "age",
        "clean_short",
    ),
    _run("clean_come_from_short", "Short of a home in the area, by home district", "come_from", "clean_short"),
)
"""Tables of the internal copy alone: in a public one they would be little but marks."""
_BRIDGES = ("group_teenagers", "group_sixteen_plus", "group_uasc", "group_parent_and_child")
"""Groups that other tables know under another name: by age, say. Divided as those are, so that both are protected."""
_BANDS = ("ind_long_term_stability_1_4", "ind_long_term_stability_5_9", "ind_long_term_stability_10_15")
"""Parts of an indicator with a target: where one is small all three are hidden, rather than the whole of them."""
EQUALITY_OF = ("sex", "age", "ethnic_group", "disabled", "uasc")
EQUALITY_SHARES = ("out_of_area", "over_20_miles_known", "three_or_more_placements")
"""Indicators that the public copy shows by characteristic."""


def specs_of_today(keys: Sequence[str]) -> tuple[Spec, ...]:
    """Every table of children looked after, given what they are divided by."""
    levels = [_today(key, key, key, source="Needs sheet") for key in keys if key.startswith("need_")]
    shares = [_today(key, key, key) for key in keys if key.startswith(("ind_", "step_")) and key not in _BANDS]
    by = [_today(f"{c}_{m}", f"{m} by {c}", c, f"ind_{m}") for c in EQUALITY_OF for m in EQUALITY_SHARES]
    return (*TODAY, *levels, *shares, *by)


def specs_of_clean_sheet(keys: Sequence[str]) -> tuple[Spec, ...]:
    """Every table of the clean sheet's children."""
    groups = [_run(f"clean_{key}", key, key, "clean_short") for key in keys if key.startswith("group_")]
    bridges = [_run(f"clean_{key}_inside", key, key, "clean_inside") for key in keys if key in _BRIDGES]
    return (*CLEAN, *INSIDE, *groups, *bridges)


def specs_of_week(_keys: Sequence[str]) -> tuple[Spec, ...]:
    """Every table of the children who need a home now: they are too few to be divided."""
    return (_run("now", "Children who need a home now", "now"),)


def published(universe: Universe, specs: Callable[[Sequence[str]], Iterable[Spec]]) -> dict[str, CountTable]:
    """Every table whose dimensions the universe has; a council whose districts are not known has none by district."""
    known = [dimension.key for dimension in universe.dimensions]
    return {
        spec.key: tabulate(
            universe, spec.by, key=spec.key, title=spec.title, definition=spec.definition, source=spec.source
        )
        for spec in specs(known)
        if set(known).issuperset(spec.by)
    }
