"""Levels and who lives where, read plainly from ``docs/scoring.md``; see ``oracle.py``."""

import datetime as dt
from collections.abc import Iterable

from models.case import Case
from models.child import Child, Circumstances, SiblingGroup
from models.geography import Location, miles_tenths
from models.home import Home, Resident
from models.policy import DISTANCE_LIMIT_TENTHS
from models.referral import Referral
from models.vocabulary import (
    HomeKind,
    ResidentKind,
    SiblingDecision,
)

Person = Child | Resident
HOUSEHOLDS = (HomeKind.FOSTER, HomeKind.CONNECTED)


def age(born: dt.date, day: dt.date) -> int:
    """Birthdays had by a day; one on 29 February is on 1 March of other years."""
    birthdays = 0
    while True:
        year = born.year + birthdays + 1
        try:
            birthday = born.replace(year=year)
        except ValueError:
            birthday = dt.date(year, 3, 1)
        if birthday > day:
            return birthdays if born <= day else -1
        birthdays += 1


def same_words(text: str) -> str:
    return text.replace(" ", "").lower()


# Levels


def domain_of(case: Case, need: str) -> str:
    return next(d.key for d in case.framework.domains for n in d.needs if n.key == need)


def said_level(case: Case, child: Child, need: str) -> int | None:
    """Assessed, else the domain's, else the highest of the tags'."""
    profile = child.profile
    if profile is None:
        return None
    if need in profile.levels:
        return profile.levels[need]
    if domain_of(case, need) in profile.domain_levels:
        return profile.domain_levels[domain_of(case, need)]
    return max(
        (tag.needs[need] for tag in case.framework.tags if tag.key in profile.tags and need in tag.needs), default=None
    )


def band(case: Case, child: Child) -> int:
    years = age(child.born, case.as_at)
    return sum(years >= first for first in (1, 5, 10, 13, 16))


def child_level(case: Case, child: Child, need: str) -> int:
    said = said_level(case, child, need)
    if said is not None:
        return said
    everyone = [(other, said_level(case, other, need)) for other in case.children]
    same_age = [level for other, level in everyone if level is not None and band(case, other) == band(case, child)]
    any_age = [level for _, level in everyone if level is not None]
    prior = case.framework.child_prior
    for levels, enough in ((same_age, prior.minimum_assessed), (any_age, 1)):
        if len(levels) >= enough:
            mean = sum(levels) // len(levels)
            left = sum(levels) - mean * len(levels)
            return mean + 1 if 2 * left >= len(levels) else mean
    return prior.fallback_level


def home_level(case: Case, home: Home, need: str) -> int:
    if need in home.skills.levels:
        return home.skills.levels[need]
    if domain_of(case, need) in home.skills.domain_levels:
        return home.skills.domain_levels[domain_of(case, need)]
    prior = case.framework.home_prior.levels[home.kind][home.training]
    tagged = [tag.needs[need] for tag in case.framework.tags if tag.key in home.skills.tags and need in tag.needs]
    return max([prior, *tagged])


# The pair


class Reading:
    """One row and one column, with what both the cost and the rules ask for."""

    def __init__(self, case: Case, searching: Iterable[str], referral: Referral, home: Home) -> None:
        self.case, self.referral, self.home, self.policy = case, referral, home, case.policy
        self.searching = set(searching)
        self.child = next(child for child in case.children if child.id == referral.child_id)
        self.known = self.child.circumstances if referral.circumstances is None else referral.circumstances
        self.day = case.as_at if referral.needed_by < case.as_at else referral.needed_by
        self.years = age(self.child.born, self.day)
        self.placement = next((p for p in case.placements if p.child_id == self.child.id), None)
        self.lives_here = self.placement is not None and self.placement.home_id == home.id
        self.ours = [
            next(c for c in case.children if c.id == p.child_id)
            for p in case.placements
            if p.home_id == home.id
            and p.child_id not in self.searching
            and not (p.ends_on is not None and p.ends_on <= self.day)
        ]
        self.residents = [
            r for r in case.residents if r.home_id == home.id and not (r.until is not None and r.until <= self.day)
        ]
        self.others: list[Person] = [*self.ours, *self.residents]
        self.other_children = [other for other in self.others if self.is_child(other)]
        placed = (ResidentKind.OTHER_AUTHORITY, ResidentKind.OWN_CHILD_SET_ASIDE)
        self.n = len(self.ours) + sum(r.kind in placed for r in self.residents)
        self.levels = [
            (child_level(case, self.child, need.key), home_level(case, home, need.key), weight)
            for need, weight in zip(case.framework.needs, case.framework.tenths_per_level, strict=True)
        ]
        self.siblings_here = [child for child in self.ours if child.id in self.unit()]

    def years_of(self, other: Person) -> int | None:
        return None if other.born is None else age(other.born, self.day)

    def is_child(self, other: Person) -> bool:
        years = self.years_of(other)
        if years is None:
            return isinstance(other, Resident) and other.kind is not ResidentKind.STAYING_PUT
        return years < 18

    def known_of(self, child: Child) -> Circumstances:
        said = [r for r in self.case.referrals if r.child_id == child.id and r.circumstances is not None]
        newest = max(said, key=lambda r: (r.received, r.id), default=None)
        return newest.circumstances if newest and newest.circumstances else child.circumstances

    def risks(self, other: Person) -> tuple[frozenset[str], frozenset[str]]:
        source = self.known_of(other) if isinstance(other, Child) else other
        return source.risks_to_others, source.risks_from_others

    def tenths(self, place: Location) -> int:
        return min(miles_tenths(place, self.home.location), DISTANCE_LIMIT_TENTHS)

    def unit(self) -> set[str]:
        """The others of the child's unit."""
        groups: list[SiblingGroup] = [g for g in self.case.sibling_groups if self.child.id in g.children]
        if not groups:
            return set()
        undivided = () if groups[-1].decision is SiblingDecision.APART else (groups[-1].children,)
        units = groups[-1].units or undivided
        mine = [unit for unit in units if self.child.id in unit]
        return set(mine[0]) - {self.child.id} if mine else set()

    def sibling_case(self) -> bool:
        if self.n != len(self.siblings_here):
            return False
        return bool(self.siblings_here) or bool(self.unit() & self.searching)
