"""Small adoption pools for tests: a child, a family, a pool as a case."""

import datetime as dt
import random
from collections.abc import Iterable
from typing import Any

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
    Link,
    LinkStage,
    PlanChild,
    PlanDates,
)
from models.adoption_policy import AdoptionPolicy
from models.case import Case
from models.child import PlaceToAvoid, SiblingGroup, Visit
from models.needs import NeedsProfile
from models.vocabulary import Access, Pet, PetsWish, Sex
from tests.make_case import AS_AT, HERTFORDSHIRE, NEED_KEYS, at, make_case

AGENCIES = tuple(Agency(id=tier.value, name=f"Agency {tier.value}", tier=tier) for tier in AgencyTier)
QUESTION_KEYS = tuple(question.key for question in adopter_questions().questions)


def plan_child(child_id: str = "C1", **fields: Any) -> PlanChild:
    """A girl of three with a placement order, of whom nothing else is known."""
    dates = PlanDates(
        entered_care=dt.date(2017, 1, 10),
        decided_on=dt.date(2017, 8, 1),
        placement_order_on=dt.date(2017, 11, 1),
    )
    known: dict[str, Any] = {
        "id": child_id, "agency_id": "own", "sex": Sex.FEMALE, "born": dt.date(2015, 1, 1), "dates": dates,
    }  # fmt: skip
    return PlanChild(**known | fields)


def family(family_id: str = "F1", **fields: Any) -> Family:
    """A family of the council's own, approved and waiting, that answered nothing."""
    known: dict[str, Any] = {
        "id": family_id,
        "agency_id": "own",
        "location": at(0, 0, HERTFORDSHIRE),
        "dates": FamilyDates(approved_on=dt.date(2017, 12, 1)),
    }
    return Family(**known | fields)


def as_case(
    children: Iterable[PlanChild] = (),
    families: Iterable[Family] = (),
    groups: Iterable[SiblingGroup] = (),
    links: Iterable[Link] = (),
    policy: AdoptionPolicy | None = None,
) -> Case:
    """A case that holds a pool and nothing else."""
    pool = AdoptionPool(
        agencies=AGENCIES,
        children=tuple(children),
        families=tuple(families),
        sibling_groups=tuple(groups),
        links=tuple(links),
    )
    return make_case(adoption=pool, adoption_policy=policy or AdoptionPolicy())


def random_pool(seed: int, children: int = 8, families: int = 10) -> Case:
    """A random pool: everything that screening looks at is sometimes there, sometimes not, sometimes unknown."""
    dice = random.Random(seed)
    rows = [_random_child(dice, f"C{n}", families) for n in range(children)]
    columns = [_random_family(dice, f"F{n}") for n in range(families)]
    links = [_random_link(dice, children, families) for _ in range(families // 3 if children else 0)]
    return as_case(
        rows, columns, _random_groups(dice, children), {(k.child_id, k.family_id): k for k in links}.values()
    )


def _maybe(dice: random.Random, share: float, value: Any) -> Any:
    return value if dice.random() < share else None


def _some(dice: random.Random, words: Iterable[Any], share: float) -> list[Any]:
    return [word for word in words if dice.random() < share]


def _place(dice: random.Random) -> Any:
    return at(dice.uniform(-30, 30), dice.uniform(-30, 30), HERTFORDSHIRE)


def _day(dice: random.Random, before: int) -> dt.date:
    return AS_AT - dt.timedelta(days=dice.randint(0, before))


def _random_child(dice: random.Random, child_id: str, families: int) -> PlanChild:
    decided = _day(dice, 400)
    order = _maybe(dice, 0.7, min(AS_AT, decided + dt.timedelta(days=dice.randint(0, 100))))
    matched = _maybe(dice, 0.1, AS_AT)
    levels = {key: dice.randint(0, 4) for key in _some(dice, NEED_KEYS, dice.choice([0.0, 0.3, 0.8]))}
    return PlanChild(
        id=child_id,
        agency_id=dice.choice(AGENCIES).id,
        sex=dice.choice(list(Sex)),
        born=_day(dice, 3_500),
        dates=PlanDates(decided_on=decided, placement_order_on=order, matched_on=matched),
        ethnicity=dice.choice(["WBRI", "BCRB", "MWBC", None]),
        heritage=tuple(_some(dice, ("White British", "Black Caribbean", "Indian"), 0.3)),
        languages=tuple(_some(dice, ("English", "Polish"), 0.3)),
        religion=_maybe(dice, 0.3, dice.choice(["Muslim", "Christian"])),
        profile=_maybe(dice, 0.8, NeedsProfile(child_id=child_id, levels=levels)),
        background={key: dice.randint(0, 4) for key in _some(dice, QUESTION_KEYS, 0.4)},
        home=_maybe(dice, 0.7, _place(dice)),
        contact=tuple(Visit(location=_place(dice), visits_a_week=1) for _ in range(dice.choice([0, 0, 1]))),
        avoid=_avoided(dice, 25),
        access=frozenset(_some(dice, Access, 0.05)),
        allergies=frozenset(_some(dice, Pet, 0.1)),
        pets=_maybe(dice, 0.3, dice.choice(list(PetsWish))),
        smoke_free=dice.random() < 0.3,
        only_child=dice.random() < 0.15,
        youngest=dice.random() < 0.2,
        early_permanence=dice.random() < 0.4,
        carer_family_id=_maybe(dice, 0.15, f"F{dice.randrange(families)}") if families else None,
    )  # fmt: skip


def _random_family(dice: random.Random, family_id: str) -> Family:
    age_from, number = dice.choice([0, 0, 0, 2]), dice.randint(1, 4)
    age_to = age_from + dice.choice([3, 6, 12])
    asked = _some(dice, (*NEED_KEYS, *QUESTION_KEYS, "domain_attachment", "domain_learning"), dice.choice([0.2, 0.7]))
    answers = {key: Answer(yes=yes, discuss=dice.randint(yes, 4)) for key in asked for yes in [dice.randint(0, 4)]}
    return Family(
        id=family_id,
        agency_id=dice.choice(AGENCIES).id,
        location=_place(dice),
        dates=FamilyDates(
            approved_on=_maybe(dice, 0.9, _day(dice, 500)),
            matched_on=_maybe(dice, 0.1, AS_AT),
            left_on=_maybe(dice, 0.05, AS_AT),
        ),
        criteria=Criteria(
            age_from=age_from,
            age_to=age_to,
            hoped_age_from=_maybe(dice, 0.6, dice.randint(age_from, age_to)),
            hoped_age_to=_maybe(dice, 0.6, dice.randint(age_from, age_to)),
            sexes=frozenset(_some(dice, Sex, 0.8)) or frozenset(Sex),
            number=number,
            hoped_number=_maybe(dice, 0.6, dice.randint(1, number)),
            answers=answers,
        ),
        dual_approval=dice.random() < 0.3,
        heritage=frozenset(_some(dice, ("white british", "Black Caribbean", "Indian"), 0.4)),
        languages=frozenset(_some(dice, ("English", "polish"), 0.5)),
        faiths=frozenset(_some(dice, ("Muslim", "Christian"), 0.4)),
        household=tuple(HouseholdMember(born=_day(dice, 6_000)) for _ in range(dice.choice([0, 0, 1, 2]))),
        pets=_maybe(dice, 0.7, frozenset(_some(dice, Pet, 0.3))),
        smoking=_maybe(dice, 0.7, dice.random() < 0.2),
        access=frozenset(_some(dice, Access, 0.6)),
        avoid=_avoided(dice, 15),
    )  # fmt: skip


def _once(links: Iterable[Link]) -> Iterable[Link]:
    return {(link.child_id, link.family_id): link for link in links}.values()


def _avoided(dice: random.Random, within: int) -> tuple[PlaceToAvoid, ...]:
    count = dice.choice([0, 0, 1])
    return tuple(PlaceToAvoid(location=_place(dice), within_miles=dice.randint(0, within)) for _ in range(count))


def _random_groups(dice: random.Random, children: int) -> list[SiblingGroup]:
    left = dice.sample([f"C{n}" for n in range(children)], children)
    found: list[SiblingGroup] = []
    while len(left) >= 3 and dice.random() < 0.7:
        size = dice.randint(2, 3)
        members, left = tuple(left[:size]), left[size:]
        found.append(SiblingGroup(id=f"S{len(found)}", children=members, units=dice.choice([(), (members[:2],)])))
    return found


def _random_link(dice: random.Random, children: int, families: int) -> Link:
    ended = _maybe(dice, 0.4, _day(dice, 20))
    return Link(
        child_id=f"C{dice.randrange(children)}",
        family_id=f"F{dice.randrange(families)}",
        started_on=AS_AT - dt.timedelta(days=30),
        stage=dice.choice(list(LinkStage)),
        ended_on=ended,
    )
