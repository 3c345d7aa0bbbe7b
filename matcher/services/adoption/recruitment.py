"""Which families to recruit: what each further family of a profile would bring, exact, one after another."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from matcher.scoring import encode, score_pairs
from matcher.services.adoption.family_as_home import as_home
from matcher.services.adoption.linking import Linking, link_pool
from matcher.services.adoption.pool_case import PoolCase
from matcher.services.adoption.screening import Ints, Screened, screen
from models.adoption import Agency, AgencyTier, Answer, Criteria, Family, FamilyDates
from models.geography import Location
from models.record import Record
from solvers import value_of_proposed

_NUMBERS = (1, 2, 3)
_AGES = ((0, 2), (0, 4), (3, 7), (5, 12))
_NAMES = {1: "one child", 2: "two brothers or sisters", 3: "three brothers or sisters"}
_OPENNESS = ((1, 1), (2, 3), (4, 4))
_OPEN_WORDS = ("few needs", "some needs, and would discuss more", "any need")


class Profile(Record):
    """A family to look for: how many children, of what ages, how open, and whether approved to foster too.

    ``yes`` and ``discuss`` are the levels said to every question.
    """

    label: str
    number: int
    age_from: int
    age_to: int
    yes: int
    discuss: int
    dual_approval: bool


class Recruit(Record):
    """One family more of a profile, after those before it on the list.

    Attributes:
        families: How many of the list up to here.
        children: Who are then linked and were not before.
        children_linked: How many children are linked with all families of the list up to here.
        cost_pence: How much more all links cost a week than before, the new ones counted; of any sign.
    """

    profile: Profile
    families: int
    children: tuple[str, ...]
    children_linked: int
    cost_pence: int


class RecruitmentList(Record):
    """Families worth recruiting, the one that brings most first; each figure is exact for the pool as it is.

    ``profiles_tried`` are all that were compared at each step. ``children_waiting`` are all, linked or not.
    """

    profiles_tried: int
    children_waiting: int
    children_linked: int
    recruits: tuple[Recruit, ...]

    @property
    def in_words(self) -> tuple[str, ...]:
        """One sentence a profile: how many families of it would bring how many children."""
        found = []
        for label in dict.fromkeys(recruit.profile.label for recruit in self.recruits):
            same = [recruit for recruit in self.recruits if recruit.profile.label == label]
            children = sum(len(recruit.children) for recruit in same)
            families = "one family" if len(same) == 1 else f"{len(same)} families"
            found.append(
                f"{families} for {label} would give {children} {'child' if children == 1 else 'children'} a link"
            )
        return tuple(found)


def profiles() -> Iterator[Profile]:
    """Every profile compared: numbers, ages, openness, with and without approval to foster."""
    for number, ages, (level, (yes, discuss)), dual in product(_NUMBERS, _AGES, enumerate(_OPENNESS), (False, True)):
        words = f"{_NAMES[number]} aged {ages[0]} to {ages[1]}, open to {_OPEN_WORDS[level]}"
        label = f"{words}, approved to foster too" if dual else words
        yield Profile(
            label=label, number=number, age_from=ages[0], age_to=ages[1], yes=yes, discuss=discuss, dual_approval=dual
        )


def recruitment_list(linking: Linking, *, most: int = 10, cancel: Callable[[], bool] | None = None) -> RecruitmentList:
    """The families that would do most, one after another, until none gives another child a link.

    Every step compares all profiles by their exact value (a cheapest path of the residual flow), adds the best and
    links the pool anew. Of profiles worth as much the one that asks less of a family comes first. A family to recruit
    is taken to live where the council's own families mostly do, without children or pets, and to be of your own agency;
    what it can support is not assumed, so heritage, faith and language count against it as they would.

    Args:
        linking: The pool, linked.
        most: How many families at most.
        cancel: Asked before each step.
    """
    start, recruits = linking, list[Recruit]()
    tried = sorted(
        profiles(), key=lambda each: (each.number, each.dual_approval, each.discuss, each.age_to - each.age_from)
    )
    while len(recruits) < most and not (cancel and cancel()):
        best = _best(linking, tried)
        if best is None:
            break
        profile, extended = best[0], _with_family(linking.screened.pool, best[0], len(recruits))
        after = link_pool(screen(extended))
        new = tuple(sorted(_linked(after) - _linked(linking)))
        if not new:
            break
        recruits.append(
            Recruit(
                profile=profile,
                families=len(recruits) + 1,
                children=new,
                children_linked=after.children_linked,
                cost_pence=after.cost_pence - linking.cost_pence,
            )
        )
        linking = after
    return RecruitmentList(
        profiles_tried=len(tried),
        children_waiting=int(start.sizes.sum()),
        children_linked=start.children_linked,
        recruits=tuple(recruits),
    )


def _asks(profile: Profile) -> tuple[int, bool, int, int]:
    """How much a profile asks of a family."""
    return profile.number, profile.dual_approval, profile.discuss, profile.age_to - profile.age_from


def _linked(linking: Linking) -> set[str]:
    units = linking.screened.pool.units
    return {child for unit in np.flatnonzero(linking.result.place_of >= 0).tolist() for child in units[unit]}


def _best(linking: Linking, tried: Sequence[Profile]) -> tuple[Profile, int] | None:
    """The profile whose first family is worth most; None where none is worth anything."""
    if not linking.screened.pool.units:
        return None
    columns = _costs(linking.screened, tried)
    worth = value_of_proposed(linking.problem, linking.result, columns).total[:, 0]
    best = int(worth.argmax())
    return (tried[best], int(worth[best])) if worth[best] > 0 else None


def _costs(screened: Screened, tried: Sequence[Profile]) -> Ints:
    """int64 (units, profiles): what each unit would cost with a family of each profile, -1 where a rule fails."""
    pool = screened.pool
    homes = [
        as_home(_family(pool, profile, f"P{n}"), _agency(pool), pool.scored.framework, pool.policy, pool.case.as_at)
        for n, profile in enumerate(tried)
    ]
    cost, bits = score_pairs(encode(pool.scored, pool.scored.referrals, homes))
    starts = np.array(pool.first_row[:-1])
    total, failed = np.add.reduceat(cost, starts, axis=0), np.bitwise_or.reduceat(bits, starts, axis=0)
    return np.where(failed == 0, total, -1)


def _with_family(pool: PoolCase, profile: Profile, number: int) -> PoolCase:
    """The pool with one family more."""
    family = _family(pool, profile, f"recruit-{number + 1}")
    home = as_home(family, _agency(pool), pool.scored.framework, pool.policy, pool.case.as_at)
    known = {name: getattr(pool.scored, name) for name in type(pool.scored).model_fields}
    scored = type(pool.scored)(**known | {"homes": (*pool.scored.homes, home)})
    return replace(pool, scored=scored, families=(*pool.families, family))


def _agency(pool: PoolCase) -> Agency:
    return next(agency for agency in pool.pool.agencies if agency.tier is AgencyTier.OWN)


def _family(pool: PoolCase, profile: Profile, name: str) -> Family:
    answer = Answer(yes=profile.yes, discuss=profile.discuss)
    return Family(
        id=name,
        agency_id=_agency(pool).id,
        location=_somewhere(pool),
        dates=FamilyDates(approved_on=pool.case.as_at),
        criteria=Criteria(
            age_from=profile.age_from,
            age_to=profile.age_to,
            number=profile.number,
            answers={need.key: answer for need in pool.scored.framework.needs},
        ),
        dual_approval=profile.dual_approval,
        pets=frozenset(),
        smoking=False,
    )


def _somewhere(pool: PoolCase) -> Location | None:
    """The home in the middle of the families there are, by easting."""
    homes = sorted((f.location for f in pool.families if f.location), key=lambda place: place.easting)
    return homes[len(homes) // 2] if homes else None
