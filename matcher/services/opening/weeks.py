"""One week as it may come: a case of homes with room, the children who live there, and those who look for a home."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.services.opening.futures import Future
from matcher.services.opening.looking import Family, Looking
from matcher.services.opening.menu_options import Option
from matcher.services.searches import Searches
from matcher.services.stock import Living, living
from models.case import Case
from models.child import Child, SiblingGroup
from models.home import Home, Resident
from models.referral import Referral
from models.vocabulary import ResidentKind, SiblingDecision

Rng = np.random.Generator


@dataclass(frozen=True, eq=False)
class Today:
    """What every week is made from.

    Attributes:
        case: The authority today.
        homes: Today's homes, then those in the pipeline, as the supply forecast counts them.
        families: Like whom others will look for a home.
        chances: That a child lives in the same home at the horizon, by child.
        day: The horizon.
        options: What could be opened or changed.
    """

    case: Case
    homes: tuple[Home, ...]
    families: Looking
    chances: Mapping[str, float]
    day: dt.date
    options: tuple[Option, ...]

    @cached_property
    def living_in(self) -> dict[str, Living]:
        """The kind of placement that a home's children live in, by home: that of most of them today, if any."""
        seen: dict[str, Counter[Living]] = defaultdict(Counter)
        for placement in self.case.placements:
            if placement.home_id:
                seen[placement.home_id][living(placement)] += 1
        found = {home: counts.most_common(1)[0][0] for home, counts in seen.items()}
        usual: dict[tuple[object, object], Counter[Living]] = defaultdict(Counter)
        for home_id, group in found.items():
            home = self.case.home[home_id]
            usual[home.kind, home.sector][group] += 1
        for home in self.homes:
            counts = usual.get((home.kind, home.sector))
            if home.id not in found and counts:
                found[home.id] = counts.most_common(1)[0][0]
        return found

    @cached_property
    def listed_share(self) -> dict[Living, float]:
        """The share of children of each kind who live in homes on file."""
        every = Counter(living(placement) for placement in self.case.placements)
        listed = Counter(living(placement) for placement in self.case.placements if placement.home_id)
        return {group: listed[group] / count for group, count in every.items()}

    @cached_property
    def like(self) -> dict[Living, tuple[Child, ...]]:
        """Children of each kind, like whom those are who will live there."""
        found: dict[Living, list[Child]] = defaultdict(list)
        for placement in self.case.placements:
            found[living(placement)].append(self.case.child[placement.child_id])
        return {group: tuple(children) for group, children in found.items()}


@dataclass(frozen=True, eq=False)
class Week:
    """One week as it may come.

    Attributes:
        case: On the horizon's date: homes with room, those of options, and homes whose placements are ending; who
            lives there; who looks for a home.
        searches: Those who look.
        opened_by: Option that each home is there with, -1 for those that are there anyway.
        closing: Pairs of a home and an option that replaces it.
        ending: For each child who looks, the column of the home that the child must leave, -1 for none.
        ended: Columns of homes that are there only for those who leave them.
    """

    case: Case
    searches: Searches
    opened_by: tuple[int, ...]
    closing: tuple[tuple[int, int], ...]
    ending: tuple[int, ...]
    ended: frozenset[int]


def draw_week(today: Today, future: Future, seed: np.random.SeedSequence) -> Week:
    """Draw one week of a future: the same seed gives the same week."""
    rng = np.random.default_rng(seed)
    families = [*_drawn(rng, today.families.new, future.new), *_drawn_any(rng, today.families.moving, future.moving)]
    households = _Households(today, future, rng)
    households.move_on()
    households.fill()
    return _Assembly(today, families, households, rng).week()


def _drawn(rng: Rng, families: Sequence[Family], expected: npt.NDArray[np.float64]) -> list[Family]:
    """Families new to care: as many children of each stream as chance has it, each family like one on file."""
    found: list[Family] = []
    for stream, mean in enumerate(expected.tolist()):
        like = [family for family in families if family.stream == stream]
        found += _drawn_any(rng, like, mean)
    return found


def _drawn_any(rng: Rng, like: Sequence[Family], mean: float) -> list[Family]:
    """Families, one after another, until their children are as many as a Poisson draw."""
    if not like or mean <= 0:
        return []
    wanted, found = int(rng.poisson(mean)), list[Family]()
    children = 0
    while children < wanted:
        family = like[int(rng.integers(len(like)))]
        # A family of three for the last child wanted would make large families come too often.
        if children + len(family.referrals) > wanted and rng.random() * len(family.referrals) > wanted - children:
            break
        found.append(family)
        children += len(family.referrals)
    return found


class _Households:
    """Who lives in each home at the horizon: those of today who stay, and others in the places that they left."""

    def __init__(self, today: Today, future: Future, rng: Rng) -> None:
        self.today, self.future, self.rng = today, future, rng
        self.places: dict[str, int] = dict(zip((home.id for home in today.homes), future.places.tolist(), strict=True))
        self.home = {home.id: home for home in today.homes}
        self.staying: dict[str, list[str]] = defaultdict(list)
        self.others: dict[str, list[Resident]] = defaultdict(list)

    def move_on(self) -> None:
        """Each child of today stays or has gone by chance; children of a home that closed have gone."""
        case = self.today.case
        luck = self.rng.random(len(case.placements))
        for placement, chance in zip(case.placements, luck.tolist(), strict=True):
            home = placement.home_id
            if home and self.places.get(home, 0) > 0 and chance < self.today.chances.get(placement.child_id, 0.0):
                self.staying[home].append(placement.child_id)
        for home_id, residents in case.residents_of.items():
            there = [r for r in residents if r.until is None or r.until > self.today.day]
            if self.places.get(home_id, 0) > 0 and there:
                self.others[home_id] += there

    def fill(self) -> None:
        """Fill places that were left until as many children live in each kind of placement as the forecast says."""
        rooms: dict[Living, list[str]] = defaultdict(list)
        lived: Counter[Living] = Counter()
        for home_id, places in self.places.items():
            group = self.today.living_in.get(home_id)
            if group is None or places <= 0:
                continue
            lived[group] += len(self.staying[home_id])
            taken = len(self.staying[home_id]) + sum(resident.takes_place for resident in self.others[home_id])
            rooms[group] += [home_id] * max(0, places - taken)
        for group, free in rooms.items():
            target = round(self.future.stock.get(group, 0) * self.today.listed_share.get(group, 0.0))
            number = min(max(0, target - lived[group]), len(free))
            chosen = self.rng.choice(len(free), size=number, replace=False)
            for at in chosen.tolist():
                self.others[free[at]].append(self._somebody(group, free[at], at))

    def _somebody(self, group: Living, home_id: str, number: int) -> Resident:
        """A child like one who lives in such a place today, of the age that child has now."""
        like = self.today.like[group]
        child = like[int(self.rng.integers(len(like)))]
        return Resident(
            id=f"week:{home_id}:{number}",
            home_id=home_id,
            kind=ResidentKind.OWN_CHILD_SET_ASIDE,
            born=child.born + (self.today.day - self.today.case.as_at),
            sex=child.sex,
            risks_to_others=child.circumstances.risks_to_others,
            risks_from_others=child.circumstances.risks_from_others,
        )

    def room(self, home_id: str) -> int:
        """Places nobody lives in."""
        return max(0, self.places.get(home_id, 0) - self.taken(home_id))

    def taken(self, home_id: str) -> int:
        """Places somebody lives in."""
        return len(self.staying[home_id]) + sum(resident.takes_place for resident in self.others[home_id])


class _Looking(NamedTuple):
    """Children who look for a home in a week, the home each must leave, and the copies made of each child on file."""

    children: tuple[Child, ...]
    referrals: tuple[Referral, ...]
    groups: tuple[SiblingGroup, ...]
    endings: list[str | None]
    copies: dict[str, list[str]]


class _Assembly:
    """Puts a week's case together."""

    def __init__(self, today: Today, families: Iterable[Family], households: _Households, rng: Rng) -> None:
        self.today, self.households = today, households
        self.families = tuple(families)
        self.succeeds = [rng.random() * 100 < option.chance_percent for option in today.options]
        self.shift = today.day - today.case.as_at
        self.home = {home.id: home for home in today.homes}

    def week(self) -> Week:
        looking = self._searching()
        held = {home for home in looking.endings if home in self.households.home}
        homes, opened, closing, residents = self._homes(held, looking.copies)
        column = {home.id: at for at, home in enumerate(homes)}
        ended = {column[home] for home in held if not self.households.room(home)}
        there = {child for home in column for child in self.households.staying[home]}
        kept = [placement for placement in self.today.case.placements if placement.child_id in there]
        living_there = [self.today.case.child[placement.child_id] for placement in kept]
        case = Case(
            name=self.today.case.name,
            authority=self.today.case.authority,
            as_at=self.today.day,
            synthetic=self.today.case.synthetic,
            framework=self.today.case.framework,
            policy=self.today.case.policy,
            children=(*living_there, *looking.children),
            homes=homes,
            residents=tuple(residents),
            placements=tuple(placement.model_copy(update={"ends_on": None}) for placement in kept),
            sibling_groups=looking.groups,
            referrals=looking.referrals,
        )
        return Week(
            case,
            Searches(looking.referrals, ()),
            opened,
            tuple((column[home], option) for home, option in closing if home in column),
            tuple(column.get(home or "", -1) for home in looking.endings),
            frozenset(ended),
        )

    def _searching(self) -> "_Looking":
        """Copies of the families' children, of the age that those have today, with referrals and groups."""
        children: list[Child] = []
        referrals: list[Referral] = []
        groups: list[SiblingGroup] = []
        endings: list[str | None] = []
        original: dict[str, list[str]] = defaultdict(list)
        for number, family in enumerate(self.families):
            copies = [self._copy(referral, number) for referral in family.referrals]
            for referral, copy in zip(family.referrals, copies, strict=True):
                original[referral.child_id].append(copy.id)
                referrals.append(self._referral(referral, copy.id))
            children += copies
            endings += family.ending
            if len(copies) > 1:
                members = tuple(copy.id for copy in copies)
                groups.append(SiblingGroup(id=f"week:{number}", children=members, decision=SiblingDecision.TOGETHER))
        return _Looking(tuple(children), tuple(referrals), tuple(groups), endings, original)

    def _copy(self, referral: Referral, number: int) -> Child:
        child = self.today.case.child[referral.child_id]
        name = f"week:{number}:{child.id}"
        profile = child.profile.model_copy(update={"child_id": name}) if child.profile else None
        return child.model_copy(update={"id": name, "born": child.born + self.shift, "profile": profile})

    def _referral(self, referral: Referral, child_id: str) -> Referral:
        return referral.model_copy(
            update={
                "id": f"search:{child_id}",
                "child_id": child_id,
                "received": self.today.day,
                "needed_by": max(referral.needed_by + self.shift, self.today.day),
            }
        )

    def _homes(
        self, held: set[str], original: Mapping[str, Sequence[str]]
    ) -> tuple[tuple[Home, ...], tuple[int, ...], list[tuple[str, int]], list[Resident]]:
        """Homes with room, those of options that succeed, and homes held for those who might stay in them."""
        homes: list[Home] = []
        opened: list[int] = []
        closing: list[tuple[str, int]] = []
        for home in self.today.homes:
            room = self.households.room(home.id)
            if room or home.id in held:
                homes.append(self._open_now(home, original))
                opened.append(-1)
        residents = [resident for home in homes for resident in self.households.others[home.id]]
        here = {home.id: home for home in homes}
        for number, option in enumerate(self.today.options):
            if not self.succeeds[number]:
                continue
            for home in option.homes:
                homes.append(home)
                opened.append(number)
            for replaced, changed in option.replaces:
                then = self._changed(replaced, changed)
                if then is None:
                    continue
                homes.append(then)
                opened.append(number)
                residents += self._residents_again(replaced, changed.id)
                if replaced in here:
                    closing.append((replaced, number))
        return tuple(homes), tuple(opened), closing, residents

    def _open_now(self, home: Home, original: Mapping[str, Sequence[str]]) -> Home:
        """The home with the places it then has; a connected person's is open to those like whom the child is."""
        closed = self._closed(home.id)
        update: dict[str, object] = {}
        if closed != home.not_available_places:
            update["not_available_places"] = closed
        if home.available_from is not None or home.closes_on is not None or home.suspended:
            update |= {"available_from": None, "closes_on": None, "suspended": False}
        if home.connected_children:
            copies = {copy for child in home.connected_children for copy in original.get(child, ())}
            update["connected_children"] = home.connected_children | copies
        return home.model_copy(update=update) if update else home

    def _changed(self, home_id: str, changed: Home) -> Home | None:
        """What an option makes of a home, on the day; None where nobody could come to live there even so.

        What a retainer pays for is that the home stays open with all its places; others change a home that is open.
        """
        keeps_open = changed.not_available_places == 0 and self.home[home_id].not_available_places > 0
        closed = 0 if keeps_open else self._closed(home_id)
        if closed >= self.home[home_id].terms.places:
            return None
        room = changed.terms.places - closed - self.households.taken(home_id)
        siblings = (changed.terms.sibling_places or 0) > self.home[home_id].terms.places
        if room <= 0 and not siblings:
            return None
        update = {"not_available_places": closed, "available_from": None, "closes_on": None, "suspended": False}
        return changed.model_copy(update=update)

    def _closed(self, home_id: str) -> int:
        """Approved places of a home that are not usable on the day."""
        return max(0, self.home[home_id].terms.places - self.households.places.get(home_id, 0))

    def _residents_again(self, home_id: str, changed_id: str) -> list[Resident]:
        """Those who live in a home, as residents of the home that it would become."""
        day = self.today.case
        children = [day.child[child] for child in self.households.staying[home_id]]
        found = [
            Resident(
                id=f"{changed_id}:{child.id}",
                home_id=changed_id,
                kind=ResidentKind.OWN_CHILD_SET_ASIDE,
                born=child.born,
                sex=child.sex,
                risks_to_others=child.circumstances.risks_to_others,
                risks_from_others=child.circumstances.risks_from_others,
            )
            for child in children
        ]
        others = self.households.others[home_id]
        return found + [
            other.model_copy(update={"id": f"{changed_id}:{other.id}", "home_id": changed_id}) for other in others
        ]
