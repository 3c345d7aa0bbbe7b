"""Random cases, messy enough to meet every rule and every factor of scoring both ways."""

import datetime as dt
import random
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, TypeVar

from models.case import Case
from models.child import Child, Circumstances, PlaceToAvoid, SiblingGroup, Visit, Wishes
from models.geography import Location
from models.home import Home, Resident, Terms
from models.needs import NeedsProfile, Skills
from models.policy import Policy
from models.referral import Offer, Referral, Refusal
from models.vocabulary import (
    CARE_KINDS,
    Access,
    Alongside,
    Feature,
    Grade,
    HomeKind,
    NotAvailable,
    Pet,
    PetsWish,
    RefusalReason,
    ResidentKind,
    Risk,
    Sector,
    Sex,
    SiblingDecision,
    Solo,
    Training,
)
from tests.make_case import AS_AT, ESSEX, FRAMEWORK, HERTFORDSHIRE, KENT, NEED_KEYS, at, make_placement, make_referral

_W = TypeVar("_W", bound=StrEnum)


class _Dice(random.Random):
    """Random draws that tests need often."""

    def likely(self, share: float) -> bool:
        return self.random() < share

    def some(self, words: type[_W] | Sequence[Any], share: float = 0.2) -> list[Any]:
        return [word for word in words if self.random() < share]

    def few(self, among: Sequence[str], most: int) -> list[str]:
        return self.sample(among, min(self.randint(0, most), len(among))) if self.likely(0.4) else []

    def maybe(self, share: float, value: Any) -> Any:
        return value if self.random() < share else None

    def day(self, near: dt.date, spread: int = 60) -> dt.date:
        return near + dt.timedelta(days=self.randint(-spread, spread))

    def place(self) -> Location:
        utla = self.choice([HERTFORDSHIRE, HERTFORDSHIRE, ESSEX, KENT])
        reach = self.choice([2, 20, 80])
        return at(self.uniform(-reach, reach), self.uniform(-reach, reach), utla)


_LANGUAGES = ("English", "Tigrinya", " tigrinya", "Albanian", "Pashto", "British Sign Language")
_FAITHS = ("Muslim", "muslim ", "Christian", "Jewish")


def random_case(seed: int, children: int = 8, homes: int = 12, *, as_at: dt.date = AS_AT) -> Case:
    """A random case: everything a rule or a factor looks at is sometimes there, sometimes not, sometimes unknown.

    Not every child has a referral: some stay where they live and use places.
    """
    dice = _Dice(seed)
    child_ids, home_ids = [f"C{i}" for i in range(children)], [f"H{i}" for i in range(homes)]
    places = {child: dice.choice(home_ids) for child in child_ids if homes and dice.likely(0.6)}
    return Case(
        name="Random (synthetic)",
        authority=HERTFORDSHIRE,
        as_at=as_at,
        synthetic=True,
        framework=FRAMEWORK,
        policy=_random_policy(dice),
        children=tuple(_random_child(dice, child, home_ids, as_at) for child in child_ids),
        homes=tuple(_random_home(dice, home, child_ids, as_at) for home in home_ids),
        residents=tuple(_random_resident(dice, i, home_ids, as_at) for i in range(homes if homes else 0)),
        placements=tuple(
            make_placement(child, dice.maybe(0.8, home), ends_on=dice.maybe(0.3, dice.day(as_at)))
            for child, home in places.items()
        ),
        sibling_groups=_random_groups(dice, child_ids),
        referrals=tuple(_random_referral(dice, child, home_ids, as_at) for child in child_ids if dice.likely(0.7)),
        offers=tuple(_random_offer(dice, child_ids, home_ids, as_at) for _ in range(homes // 2 if children else 0)),
        refusals=tuple(
            Refusal(
                home_id=dice.choice(home_ids),
                child_id=dice.choice(child_ids),
                refused_on=dice.day(as_at),
                reason=dice.choice(list(RefusalReason)),
            )
            for _ in range(homes // 3 if children else 0)
        ),
    )


def _random_policy(dice: _Dice) -> Policy:
    if dice.likely(0.5):
        return Policy()
    return Policy(
        unmet_need_per_tenth=dice.randint(0, 200),
        surplus_per_tenth=dice.randint(0, 2),
        fee_per_mille=dice.choice([0, 7, 20, 1000]),
        floor_levels_short=dice.randint(1, 3),
        floor_need_level=dice.randint(2, 4),
        usual_fostering_limit=dice.randint(1, 4),
        share_bedroom_under=dice.randint(0, 5),
        school_reach_tenth_miles=dice.choice([10, 100]),
    )


def _random_born(dice: _Dice, as_at: dt.date) -> dt.date:
    if dice.likely(0.05):
        return dt.date(2004, 2, 29)
    return as_at - dt.timedelta(days=dice.randint(-30, 18 * 366))


def _random_profile(dice: _Dice, child: str) -> NeedsProfile | None:
    if dice.likely(0.3):
        return None
    return NeedsProfile(
        child_id=child,
        levels={key: dice.randint(0, 4) for key in dice.some(NEED_KEYS, dice.choice([0.1, 0.5, 1.0]))},
        domain_levels={domain.key: dice.randint(0, 4) for domain in dice.some(FRAMEWORK.domains, 0.1)},
        tags=tuple(tag.key for tag in dice.some(FRAMEWORK.tags, 0.1)),
    )


def _random_circumstances(dice: _Dice, home_ids: list[str], as_at: dt.date) -> Circumstances:
    return Circumstances(
        religion=dice.maybe(0.4, dice.choice(_FAITHS)),
        languages=tuple(dice.some(_LANGUAGES, 0.2)),
        school=dice.maybe(0.6, dice.place()),
        family_time=tuple(
            Visit(location=dice.place(), visits_a_week=dice.randint(0, 5)) for _ in range(dice.choice([0, 0, 1, 2]))
        ),
        avoid=tuple(
            PlaceToAvoid(location=dice.place(), within_miles=dice.randint(0, 20))
            for _ in range(dice.choice([0, 0, 0, 1, 2]))
        ),
        access=frozenset(dice.some(Access, 0.05)),
        allergies=frozenset(dice.some(Pet, 0.1)),
        pets=dice.maybe(0.3, dice.choice(list(PetsWish))),
        smoke_free=dice.likely(0.2),
        solo=dice.maybe(0.4, dice.choice(list(Solo))),
        alongside=dice.maybe(0.3, dice.choice(list(Alongside))),
        risks_to_others=frozenset(dice.some(Risk, 0.08)),
        risks_from_others=frozenset(dice.some(Risk, 0.08)),
        features=frozenset(dice.some(Feature, 0.03)),
        secure_order_until=dice.maybe(0.3, dice.day(as_at)),
        secretary_of_state_approval=dice.likely(0.3),
        wishes=Wishes(
            kinds=tuple(dice.some(CARE_KINDS, 0.05)),
            homes_wanted=tuple(dice.few([*home_ids, "H-gone"], 1)),
            homes_not_wanted=tuple(dice.few(home_ids, 1)),
            away_from_home_area=dice.likely(0.1),
        ),
    )


def _random_child(dice: _Dice, child: str, home_ids: list[str], as_at: dt.date) -> Child:
    return Child(
        id=child,
        sex=dice.choice(list(Sex)),
        born=_random_born(dice, as_at),
        uasc=dice.likely(0.15),
        home=dice.maybe(0.85, dice.place()),
        sdq=dice.maybe(0.3, dice.randint(0, 40)),
        moves_last_year=dice.choice([0, 0, 1, 3, 5]),
        circumstances=_random_circumstances(dice, home_ids, as_at),
        profile=_random_profile(dice, child),
    )


def _random_home(dice: _Dice, home: str, child_ids: list[str], as_at: dt.date) -> Home:
    age_from = dice.choice([0, 0, 0, 5, 12])
    terms = Terms(
        places=dice.choice([0, 1, 2, 3, 4, 6]),
        sibling_places=dice.maybe(0.3, dice.randint(0, 5)),
        age_from=age_from,
        age_to=dice.choice([17, 17, 18, age_from + 6]),
        sexes=frozenset(dice.some(Sex, 0.8)) or frozenset(Sex),
        exempt_children=frozenset(dice.few(child_ids, 1)),
    )
    fee = dice.choice([0, 41_400, 91_533, 381_000])
    return Home(
        id=home,
        provider_id="P1",
        kind=dice.choice([HomeKind.FOSTER, HomeKind.FOSTER, HomeKind.FOSTER, *CARE_KINDS]),
        sector=dice.choice(list(Sector)),
        location=dice.place(),
        terms=terms,
        bedrooms=dice.randint(0, 4),
        double_bedrooms=dice.randint(0, 1),
        fee_pence=fee,
        marginal_fee_pence=dice.choice([0, fee]),
        connected_children=frozenset(dice.few(child_ids, 3)),
        training=dice.choice(list(Training)),
        skills=Skills(
            levels={key: dice.randint(0, 4) for key in dice.some(NEED_KEYS, dice.choice([0.0, 0.3, 1.0]))},
            domain_levels={domain.key: dice.randint(0, 4) for domain in dice.some(FRAMEWORK.domains, 0.1)},
            tags=tuple(tag.key for tag in dice.some(FRAMEWORK.tags, 0.1)),
        ),
        features=frozenset(dice.some(Feature, 0.6)),
        access=frozenset(dice.some(Access, 0.6)),
        languages=frozenset(dice.some(_LANGUAGES, 0.3)),
        faiths=frozenset(dice.some(_FAITHS, 0.3)),
        pets=dice.maybe(0.7, frozenset(dice.some(Pet, 0.3))),
        smoking=dice.maybe(0.7, dice.likely(0.4)),
        maximum_age_gap=dice.maybe(0.3, dice.randint(0, 8)),
        grade=dice.choice([*Grade, Grade.GOOD, Grade.GOOD]),
        registered=dice.likely(0.9),
        suspended=dice.likely(0.05),
        closes_on=dice.maybe(0.1, dice.day(as_at)),
        available_from=dice.maybe(0.3, dice.day(as_at)),
        not_available_places=dice.choice([0, 0, 0, 1, 2]),
        not_available_reason=dice.maybe(0.5, dice.choice([NotAvailable.SIBLINGS_ONLY, NotAvailable.BEDROOM])),
    )


def _random_resident(dice: _Dice, number: int, home_ids: list[str], as_at: dt.date) -> Resident:
    return Resident(
        id=f"X{number}",
        home_id=dice.choice(home_ids),
        kind=dice.choice(list(ResidentKind)),
        born=dice.maybe(0.8, as_at - dt.timedelta(days=dice.randint(0, 21 * 366))),
        sex=dice.choice(list(Sex)),
        risks_to_others=frozenset(dice.some(Risk, 0.08)),
        risks_from_others=frozenset(dice.some(Risk, 0.08)),
        until=dice.maybe(0.3, dice.day(as_at)),
    )


def _random_groups(dice: _Dice, child_ids: list[str]) -> tuple[SiblingGroup, ...]:
    """Groups of two to four children, no child in two; each with one of the ways a plan may be written."""
    left = dice.sample(child_ids, len(child_ids))
    found: list[SiblingGroup] = []
    while len(left) >= 4 and dice.likely(0.7):
        size = dice.randint(2, 4)
        members, left = left[:size], left[size:]
        units = dice.choice([(), (tuple(members),), (tuple(members[:2]),)])
        decision = dice.choice(list(SiblingDecision))
        found.append(SiblingGroup(id=f"S{len(found)}", children=tuple(members), decision=decision, units=units))
    return tuple(found)


def _random_referral(dice: _Dice, child: str, home_ids: list[str], as_at: dt.date) -> Referral:
    kinds = {kind: dice.choice(["preferred", "suitable", "unsuitable", "", ""]) for kind in CARE_KINDS}
    if dice.likely(0.6):
        kinds = {kind: dice.maybe(0.1, "unsuitable") for kind in CARE_KINDS}
    return make_referral(
        child,
        received=dice.day(as_at),
        needed_by=dice.day(as_at, 45),
        preferred_kinds=tuple(kind for kind, word in kinds.items() if word == "preferred"),
        suitable_kinds=tuple(kind for kind, word in kinds.items() if word == "suitable"),
        unsuitable_kinds=tuple(kind for kind, word in kinds.items() if word == "unsuitable"),
        circumstances=_random_circumstances(dice, home_ids, as_at) if dice.likely(0.3) else None,
    )


def _random_offer(dice: _Dice, child_ids: list[str], home_ids: list[str], as_at: dt.date) -> Offer:
    return Offer(
        home_id=dice.choice(home_ids),
        child_id=dice.choice(child_ids),
        offered_on=dice.day(as_at, 30),
        held_until=dice.day(as_at, 30),
        agreed=dice.likely(0.3),
    )
