"""Which codes each SSDA903 column allowed in each collection year, read from ``placewell_data/ssda903``."""

import json
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from pydantic import Field

from models.record import Record
from models.ssda903.years import year_label


class Basis(StrEnum):
    """How far a year's list can be trusted; the data's README has the years and the reasons."""

    LISTED = "listed"
    ASSUMED = "assumed_2017_18"
    CARRIED_FORWARD = "carried_forward"


class YearBasis(Record):
    """The basis of every list in a run of collection years, first and last year included."""

    first: int
    last: int
    basis: Basis


class CodeChange(Record):
    """What one collection year changed in one code set."""

    year_ending: int
    remove: tuple[str, ...]
    add: dict[str, str]
    note: str = ""


class CodeSet(Record):
    """One code set: the 2017/18 list (code to label) and each year's changes to it, earliest first."""

    base: dict[str, str]
    changes: tuple[CodeChange, ...]

    def in_year(self, year_ending: int) -> dict[str, str]:
        """The list as it stood in one collection year, code to label."""
        listed = dict(self.base)
        for change in self.changes:
            if change.year_ending <= year_ending:
                listed = {code: label for code, label in listed.items() if code not in change.remove}
                listed |= change.add
        return listed


class CodeSets(Record):
    """Every code set, with the years covered and the basis of each year's lists."""

    first_year_ending: int
    last_year_ending: int
    basis: tuple[YearBasis, ...]
    sets: dict[str, CodeSet] = Field(min_length=1)


@cache
def _code_sets() -> CodeSets:
    text = (files("placewell_data") / "ssda903" / "code_sets.json").read_text(encoding="utf-8")
    return CodeSets.model_validate(json.loads(text))


def known_years() -> range:
    """The collection years (by the year they end in) whose code sets are known: 2014 to 2027."""
    return range(_code_sets().first_year_ending, _code_sets().last_year_ending + 1)


def nearest_known_year(year_ending: int) -> int:
    """The known collection year to judge a return by when its own year is earlier or later than all of them."""
    years = known_years()
    return min(max(year_ending, years[0]), years[-1])


def code_set_names() -> tuple[str, ...]:
    """The names of all code sets, most of them the name of the one column that uses them."""
    return tuple(_code_sets().sets)


@cache
def codes(set_name: str, year_ending: int) -> Mapping[str, str]:
    """The codes a set allowed in one collection year, each with a short label in our own words.

    Args:
        set_name: a code set, e.g. ``"PLACE"``.
        year_ending: the year the collection year ends in, e.g. 2018 for 2017/18.

    Returns:
        Code to label, in the order of the list; empty when the set did not exist yet.

    Raises:
        ValueError: no such set, or a year outside :func:`known_years`.
    """
    _check_year(year_ending)
    return MappingProxyType(_code_set(set_name).in_year(year_ending))


def basis(year_ending: int) -> Basis:
    """Whether the lists of a year were checked, assumed from 2017/18, or carried forward.

    Raises:
        ValueError: a year outside :func:`known_years`.
    """
    _check_year(year_ending)
    return next(run.basis for run in _code_sets().basis if run.first <= year_ending <= run.last)


@cache
def years_listing(set_name: str, code: str) -> tuple[int, ...]:
    """The collection years whose list holds a code, earliest first; empty for a code never listed.

    An episode keeps its code for as long as it is open, so a later return may rightly hold an
    earlier year's code: this tells a retired code from one that never was.
    """
    return tuple(year for year in known_years() if code in codes(set_name, year))


@cache
def ever_listed(set_name: str) -> Mapping[str, str]:
    """Every code a set ever held, with its label; a code has kept one meaning through all its years."""
    merged: dict[str, str] = {}
    for year in known_years():
        merged |= codes(set_name, year)
    return MappingProxyType(merged)


def check_code(set_name: str, code: str) -> None:
    """Raise a ValueError that names the codes there are, unless some year's list holds this one."""
    known = ever_listed(set_name)
    if code not in known:
        raise ValueError(f"{set_name} {code!r} is not a code of any year; expected one of {', '.join(known)}.")


def _code_set(set_name: str) -> CodeSet:
    sets = _code_sets().sets
    if set_name not in sets:
        raise ValueError(f"There is no SSDA903 code set {set_name!r}; there are {', '.join(sets)}.")
    return sets[set_name]


def _check_year(year_ending: int) -> None:
    years = known_years()
    if year_ending not in years:
        raise ValueError(
            f"SSDA903 code sets are known for {year_label(years[0])} to {year_label(years[-1])}, "
            f"not for {year_label(year_ending)}; nearest_known_year() gives the nearest list."
        )
