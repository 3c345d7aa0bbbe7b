"""What the records say of one pair, read afresh, so that an explanation checks the kernel and does not repeat it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from matcher.scoring.encoding import Encoded
from models.case import Case
from models.child import Child, Circumstances
from models.geography import Location, miles_tenths
from models.home import Home
from models.placement import Placement
from models.policy import DISTANCE_LIMIT_TENTHS
from models.referral import Offer, Referral
from models.vocabulary import Alongside, ResidentKind, Risk, Sex, Solo

_ADULT = 18


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody else who lives in the home; ``child_id`` where it is one of the authority's own children."""

    name: str
    child_id: str | None
    born: dt.date | None
    takes_place: bool
    takes_bedroom: bool
    adult: bool
    solo: Solo | None
    alongside: Alongside | None
    risks_to_others: frozenset[Risk]
    risks_from_others: frozenset[Risk]

    def age_on(self, day: dt.date) -> int | None:
        """Age in whole years, None where not known."""
        return None if self.born is None else _age(self.born, day)


@dataclass(frozen=True)
class Pair:
    """One search and one home, with everything the records say of both."""

    case: Case
    encoded: Encoded
    row: int
    column: int

    @cached_property
    def referral(self) -> Referral:
        """The search."""
        return self.encoded.referrals[self.row]

    @cached_property
    def home(self) -> Home:
        """The home."""
        return self.encoded.homes[self.column]

    @cached_property
    def child(self) -> Child:
        """The child."""
        return self.case.child[self.referral.child_id]

    @cached_property
    def circumstances(self) -> Circumstances:
        """What is known of the child for this search."""
        return self.referral.circumstances or self.child.circumstances

    @cached_property
    def day(self) -> dt.date:
        """The day needed."""
        return max(self.referral.needed_by, self.case.as_at)

    @cached_property
    def age(self) -> int:
        """The child's age on the day needed."""
        return self.child.age_on(self.day)

    @cached_property
    def placement(self) -> Placement | None:
        """Where the child lives now."""
        return self.case.placement_of.get(self.child.id)

    @cached_property
    def at_home(self) -> bool:
        """Whether the child lives in this home now."""
        return self.placement is not None and self.placement.home_id == self.home.id

    @cached_property
    def others(self) -> tuple[Neighbour, ...]:
        """Everybody else who lives there on the day needed."""
        return tuple(self._own_children()) + tuple(self._residents())

    @cached_property
    def other_children(self) -> tuple[Neighbour, ...]:
        """Those of the others who are under 18 on the day needed."""
        return tuple(other for other in self.others if not other.adult)

    @cached_property
    def taken(self) -> int:
        """Places the others take."""
        return sum(other.takes_place for other in self.others)

    @cached_property
    def bedrooms_used(self) -> int:
        """Bedrooms the others use."""
        under = self.case.policy.share_bedroom_under
        ages = [other.age_on(self.day) for other in self.others if other.takes_bedroom]
        return sum(age is None or age >= under for age in ages)

    @cached_property
    def mates(self) -> frozenset[str]:
        """The others of the child's sibling unit."""
        group = self.case.siblings_of.get(self.child.id)
        units = group.planned_units if group else ()
        return frozenset(next((unit for unit in units if self.child.id in unit), ())) - {self.child.id}

    @cached_property
    def siblings_there(self) -> tuple[Child, ...]:
        """Brothers and sisters of the unit who live in the home and stay."""
        return tuple(self.case.child[o.child_id] for o in self.others if o.child_id and o.child_id in self.mates)

    @cached_property
    def sibling_case(self) -> bool:
        """Whether the unit could take the home: it searches together or lives there, and no other takes a place."""
        together = bool(self.siblings_there) or not self.mates.isdisjoint(self.encoded.searching)
        return together and self.taken == len(self.siblings_there)

    @cached_property
    def could_share(self) -> bool:
        """Whether a double bedroom has room for the child beside a brother or sister who stays."""
        room = len(self.siblings_there) < 2 * self.home.double_bedrooms and self.bedrooms_used <= self.home.bedrooms
        return room and any(self._may_share(mate) for mate in self.siblings_there)

    @cached_property
    def number(self) -> int:
        """Places the home is approved for, for this child."""
        terms = self.home.terms
        return max(terms.places, terms.sibling_places or 0) if self.sibling_case else terms.places

    @cached_property
    def held_for(self) -> tuple[str, ...]:
        """Other children for whom a place is held here on the case's date."""
        mine = {self.child.id} | (self.mates if self.sibling_case else frozenset())
        return tuple(sorted({offer.child_id for offer in self.case.offers if self._binds(offer)} - mine))

    def tenths_from(self, place: Location) -> int:
        """Tenths of a mile from a place to the home, up to the limit."""
        return min(miles_tenths(place, self.home.location), DISTANCE_LIMIT_TENTHS)

    def _own_children(self) -> Iterator[Neighbour]:
        for placement in self.case.placed_in.get(self.home.id, ()):
            if placement.child_id in self.encoded.searching or self._gone(placement.ends_on):
                continue
            child = self.case.child[placement.child_id]
            known = _latest(self.case, child)
            yield Neighbour(
                name=f"child {child.id}",
                child_id=child.id,
                born=child.born,
                takes_place=True,
                takes_bedroom=True,
                adult=child.age_on(self.day) >= _ADULT,
                solo=known.solo,
                alongside=known.alongside,
                risks_to_others=known.risks_to_others,
                risks_from_others=known.risks_from_others,
            )

    def _residents(self) -> Iterator[Neighbour]:
        for resident in self.case.residents_of.get(self.home.id, ()):
            if self._gone(resident.until):
                continue
            staying_put = resident.kind is ResidentKind.STAYING_PUT
            yield Neighbour(
                name=f"resident {resident.id}",
                child_id=None,
                born=resident.born,
                takes_place=resident.takes_place,
                takes_bedroom=resident.takes_bedroom,
                adult=staying_put if resident.born is None else _age(resident.born, self.day) >= _ADULT,
                solo=None,
                alongside=None,
                risks_to_others=resident.risks_to_others,
                risks_from_others=resident.risks_from_others,
            )

    def _gone(self, leaves: dt.date | None) -> bool:
        return leaves is not None and leaves <= self.day

    def _may_share(self, mate: Child) -> bool:
        if mate.sex is self.child.sex and mate.sex is not Sex.UNKNOWN:
            return True
        return max(self.age, mate.age_on(self.day)) < self.case.policy.mixed_sex_share_under

    def _binds(self, offer: Offer) -> bool:
        placement = self.case.placement_of.get(offer.child_id)
        lives_here = placement is not None and placement.home_id == self.home.id
        in_force = offer.offered_on <= self.case.as_at <= offer.held_until
        return offer.home_id == self.home.id and in_force and not lives_here


def _latest(case: Case, child: Child) -> Circumstances:
    """What is last known of a child: the newest referral that says anything, else their own record."""
    said = [(r.received, r.id, r.circumstances) for r in case.referrals if r.child_id == child.id and r.circumstances]
    return max(said, key=lambda entry: entry[:2])[2] if said else child.circumstances


def _age(born: dt.date, day: dt.date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
