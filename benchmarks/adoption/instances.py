"""A national pool of children and families, drawn from a seed: synthetic, in shares like those that are published.

About a fifth of the children are five or older, half come with brothers or sisters, a fifth are of minority ethnic
groups; a fifth of the questions to families have no answer. Everybody lives at a real postcode of England, drawn.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from benchmarks.scoring.places import draw_points
from models.adopter_questions import adopter_questions
from models.adoption import (
    AdoptionPool,
    Agency,
    AgencyTier,
    Answer,
    Criteria,
    Family,
    FamilyDates,
    HouseholdMember,
    PlanChild,
    PlanDates,
)
from models.case import Case
from models.child import PlaceToAvoid, SiblingGroup
from models.geography import Location
from models.needs import NeedsProfile, default_framework
from models.vocabulary import Pet, Sex, SiblingDecision

CHILDREN, FAMILIES = 3_000, 5_000
AS_AT = dt.date(2018, 3, 31)
_AGENCIES = {AgencyTier.OWN: 1, AgencyTier.PARTNER: 8, AgencyTier.AUTHORITY: 30, AgencyTier.VOLUNTARY: 25}
_DISTRICT, _UTLA = "E07000242", "E10000015"
_BACKGROUNDS = (
    ("WBRI", "White British", "English", "Christian", 0.78),
    ("WOTH", "White European", "Polish", "Christian", 0.04),
    ("MWBC", "White and Black Caribbean", "English", "Christian", 0.07),
    ("BCRB", "Black Caribbean", "English", "Christian", 0.03),
    ("BAFR", "Black African", "Somali", "Muslim", 0.03),
    ("APKN", "Pakistani", "Urdu", "Muslim", 0.05),
)
"""Ethnicity code, heritage, language, faith and share of children; families are whiter than children who wait."""
_AGE_SHARES = (0.17, 0.17, 0.16, 0.15, 0.13, 0.08, 0.06, 0.04, 0.04)
_UNIT_SIZES, _UNIT_SHARES = (1, 2, 3), (0.75, 0.2, 0.05)
_TOPS, _TOP_SHARES = (2, 3, 4, 6, 8, 10), (0.2, 0.25, 0.25, 0.15, 0.1, 0.05)


def draw_pool(children: int = CHILDREN, families: int = FAMILIES, seed: int = 1) -> Case:
    """Draw a pool as a case that holds nothing else.

    Args:
        children: How many wait, in units of one to three.
        families: How many are approved and wait.
        seed: Where chance comes from.
    """
    rng = np.random.default_rng(seed)
    framework = default_framework()
    agencies = tuple(
        Agency(id=f"{tier.value}-{n}", name=f"Synthetic agency {tier.value} {n}", tier=tier)
        for tier, count in _AGENCIES.items()
        for n in range(count)
    )
    homes, places = _locations(children, rng), _locations(families, rng)
    needs = [need.key for need in framework.needs]
    asked = [f"domain_{domain.key}" for domain in framework.domains]
    groups = tuple(_groups(children, rng))
    kin = {child: number for number, group in enumerate(groups) for child in group.children}
    like = {number: _background(rng, 1.0) for number in range(len(groups))}
    waiting = tuple(
        _child(f"C{n}", agencies, home, needs, like.get(kin.get(f"C{n}", -1)) or _background(rng, 1.0), rng)
        for n, home in enumerate(homes)
    )
    pool = AdoptionPool(
        agencies=agencies,
        children=waiting,
        families=tuple(_family(f"F{n}", agencies, place, asked, rng) for n, place in enumerate(places)),
        sibling_groups=groups,
    )
    return Case(name="Synthetic national pool", authority=_UTLA, as_at=AS_AT, synthetic=True,
                framework=framework, children=(), homes=(), adoption=pool)  # fmt: skip


def _locations(count: int, rng: np.random.Generator) -> list[Location]:
    points = draw_points("england", count, rng).tolist()
    return [Location("SYNTHETIC", east, north, _DISTRICT, _UTLA, exact=False) for east, north in points]


def _groups(children: int, rng: np.random.Generator) -> Iterator[SiblingGroup]:
    first = 0
    while first < children:
        size = min(int(rng.choice(_UNIT_SIZES, p=_UNIT_SHARES)), children - first)
        if size > 1:
            named = tuple(f"C{first + n}" for n in range(size))
            yield SiblingGroup(id=f"S{first}", children=named, decision=SiblingDecision.TOGETHER)
        first += size


def _background(rng: np.random.Generator, minority: float) -> tuple[str, str, str, str]:
    """One of the backgrounds; all but the first so many times as likely."""
    shares = np.array([share for *_, share in _BACKGROUNDS])
    shares[1:] *= minority
    code, heritage, language, faith, _ = _BACKGROUNDS[int(rng.choice(len(shares), p=shares / shares.sum()))]
    return code, heritage, language, faith


def _day(rng: np.random.Generator, most: int) -> dt.date:
    return AS_AT - dt.timedelta(days=int(min(rng.exponential(most / 3), most)))


def _levels(keys: Sequence[str], known: float, rng: np.random.Generator) -> dict[str, int]:
    """A level of each key of which it is known, most of them low."""
    drawn, said = rng.choice(5, size=len(keys), p=(0.55, 0.22, 0.13, 0.07, 0.03)), rng.random(len(keys)) < known
    return {key: int(level) for key, level, told in zip(keys, drawn, said, strict=True) if told}


def _child(
    name: str, agencies: Sequence[Agency], home: Location, needs: Sequence[str],
    background: tuple[str, str, str, str], rng: np.random.Generator,
) -> PlanChild:  # fmt: skip
    code, heritage, language, faith = background
    decided = _day(rng, 900)
    order = decided + dt.timedelta(days=int(rng.integers(0, 90)))
    age = int(rng.choice(len(_AGE_SHARES), p=_AGE_SHARES))
    questions = [question.key for question in adopter_questions().questions]
    return PlanChild(
        id=name,
        agency_id=agencies[int(rng.integers(len(agencies)))].id,
        sex=Sex.FEMALE if rng.random() < 0.48 else Sex.MALE,
        born=AS_AT - dt.timedelta(days=365 * age + int(rng.integers(30, 365))),
        dates=PlanDates(decided_on=decided, placement_order_on=order if order <= AS_AT else None),
        ethnicity=code,
        disabled=bool(rng.random() < 0.05),
        heritage=(heritage,),
        languages=(language,) if rng.random() < 0.9 else (),
        religion=faith if rng.random() < 0.3 else None,
        profile=NeedsProfile(child_id=name, levels=_levels(needs, 0.8, rng)),
        background=_levels(questions, 0.8, rng),
        home=home,
        avoid=(PlaceToAvoid(location=home, within_miles=int(rng.integers(5, 25))),) if rng.random() < 0.5 else (),
        allergies=frozenset({Pet.CAT}) if rng.random() < 0.03 else frozenset(),
        smoke_free=True,
        only_child=bool(rng.random() < 0.05),
        youngest=bool(rng.random() < 0.3),
        early_permanence=bool(rng.random() < 0.3),
    )


def _answers(asked: Sequence[str], rng: np.random.Generator) -> dict[str, Answer]:
    """Yes up to 1 to 4 and some discuss beyond; a fifth was not asked."""
    keys = [*asked, *(question.key for question in adopter_questions().questions)]
    yes = rng.choice(5, size=len(keys), p=(0.05, 0.25, 0.35, 0.25, 0.1))
    discuss = np.minimum(yes + rng.choice(4, size=len(keys), p=(0.15, 0.35, 0.35, 0.15)), 4)
    known = rng.random(len(keys)) < 0.8
    drawn = zip(keys, yes.tolist(), discuss.tolist(), known.tolist(), strict=True)
    return {key: Answer(yes=low, discuss=high) for key, low, high, told in drawn if told}


def _criteria(asked: Sequence[str], rng: np.random.Generator) -> Criteria:
    number = int(rng.choice((1, 2, 3), p=(0.6, 0.34, 0.06)))
    top = int(rng.choice(_TOPS, p=_TOP_SHARES))
    hoped: dict[str, Any] = {"hoped_age_to": max(top - int(rng.integers(0, 3)), 0)} if rng.random() < 0.7 else {}
    one = frozenset({Sex.FEMALE if rng.random() < 0.6 else Sex.MALE, Sex.UNKNOWN})
    return Criteria(
        age_to=top,
        number=number,
        hoped_number=max(number - 1, 1) if rng.random() < 0.3 else None,
        sexes=one if rng.random() < 0.12 else frozenset(Sex),
        answers=_answers(asked, rng),
        **hoped,
    )


def _family(
    name: str, agencies: Sequence[Agency], place: Location, asked: Sequence[str], rng: np.random.Generator
) -> Family:
    code, heritage, language, faith = _background(rng, 0.7)
    support = {heritage} | ({"White British"} if rng.random() < 0.8 else set()) | _can_support(rng)
    return Family(
        id=name,
        agency_id=agencies[int(rng.integers(len(agencies)))].id,
        location=place,
        dates=FamilyDates(approved_on=_day(rng, 700)),
        criteria=_criteria(asked, rng),
        dual_approval=bool(rng.random() < 0.15),
        ethnicity=(code,),
        heritage=frozenset(support),
        languages=frozenset({"English", language}),
        faiths=frozenset({faith}) if rng.random() < 0.4 else frozenset(),
        household=tuple(HouseholdMember(born=_day(rng, 4_000)) for _ in range(int(rng.random() < 0.3))),
        pets=frozenset({Pet.DOG} if rng.random() < 0.3 else ()) | frozenset({Pet.CAT} if rng.random() < 0.3 else ()),
        smoking=bool(rng.random() < 0.08),
        avoid=(PlaceToAvoid(location=place, within_miles=int(rng.integers(1, 15))),) if rng.random() < 0.3 else (),
    )


def _can_support(rng: np.random.Generator) -> set[str]:
    return {heritage for _, heritage, *_ in _BACKGROUNDS if rng.random() < 0.25}
