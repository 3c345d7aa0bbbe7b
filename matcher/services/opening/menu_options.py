"""What each item of the menu turns into: one option for each of it that could be taken."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from matcher.intake.postcodes import explain_postcode, locate
from matcher.scoring.levels import home_levels
from models.case import Case
from models.geography import Location
from models.home import Home, Terms
from models.menu import (
    BlockBeds,
    EmergencyBed,
    Exemption,
    ExtraHours,
    HomeChange,
    MenuItem,
    NewPlaces,
    RecruitCarers,
    Retainer,
    SupportPackage,
)
from models.needs import Skills
from models.vocabulary import Contract, Feature, Grade, Sector

NEW = "menu"
"""The provider of homes that options open."""
MOST_HOMES = 12
"""Homes that one item may choose among: those nearest to being of use."""


class MenuPlaceError(ValueError):
    """An item of the menu is at no place that is known."""


@dataclass(frozen=True)
class Option:
    """One of an item, to be taken or not.

    Attributes:
        item: The item.
        copy: Its number among those of the item, from 1.
        homes: Homes that are there if it is taken.
        replaces: Homes there are, by id, and what each becomes.
    """

    item: MenuItem
    copy: int
    homes: tuple[Home, ...] = ()
    replaces: tuple[tuple[str, Home], ...] = ()

    @property
    def yearly_pence(self) -> int:
        """What it costs a year, used or not."""
        return self.item.yearly_pence

    @property
    def keeps(self) -> SupportPackage | None:
        """The item, where it keeps children where they are."""
        return self.item if isinstance(self.item, SupportPackage) else None

    @property
    def chance_percent(self) -> int:
        """The chance that it is there once begun; of support that it holds is asked child by child instead."""
        return 100 if self.keeps else self.item.chance_percent

    @property
    def same_day_only(self) -> bool:
        """Whether it is for children who need a home at once."""
        return isinstance(self.item, EmergencyBed)

    @property
    def credit_per_unused_place_pence(self) -> int:
        """The income a week from a place nobody uses."""
        return self.item.sold_pence * self.item.sold_percent // 100 if isinstance(self.item, BlockBeds) else 0


def options_of(case: Case) -> tuple[Option, ...]:
    """Every option of a case's menu, item by item; a change of homes has one for each home it could be of.

    Raises:
        MenuPlaceError: A postcode that is nowhere; the intake has told of it.
    """
    return tuple(option for item in case.menu for option in _of_item(case, item))


def _of_item(case: Case, item: MenuItem) -> Iterator[Option]:
    if isinstance(item, SupportPackage):
        yield from (Option(item, copy) for copy in range(1, item.limit + 1))
    elif isinstance(item, Retainer | ExtraHours | Exemption):
        for copy, home in enumerate(_eligible(case, item), start=1):
            changed = home.model_copy(update={"id": f"menu:{item.id}:{home.id}", **_change(case, item, home)})
            yield Option(item, copy, replaces=((home.id, changed),))
    else:
        place = _located(item)
        for copy in range(1, item.limit + 1):
            yield Option(item, copy, homes=(_new_home(item, copy, place),))


def _located(item: NewPlaces) -> Location:
    found = locate([item.postcode])[0]
    if found is None:
        raise MenuPlaceError(f"{item.name}: {explain_postcode(item.postcode)}.")
    return found


def _new_home(item: NewPlaces, copy: int, place: Location) -> Home:
    """The home that an item opens: registered, not inspected yet, nobody living there."""
    foster = isinstance(item, RecruitCarers)
    used = item.fee_pence if item.used_pence is None else item.used_pence
    emergency = {Feature.EMERGENCY} if isinstance(item, EmergencyBed) else set[Feature]()
    return Home(
        id=f"menu:{item.id}:{copy}",
        provider_id=NEW,
        kind=item.kind,
        sector=Sector.IN_HOUSE if isinstance(item, RecruitCarers) else item.sector,
        location=place,
        terms=Terms(
            places=item.places,
            sibling_places=item.sibling_places if isinstance(item, RecruitCarers) else None,
            age_from=item.age_from,
            age_to=item.age_to,
            sexes=item.sexes,
        ),
        bedrooms=max(item.places, (item.sibling_places or 0) if isinstance(item, RecruitCarers) else 0),
        fee_pence=item.fee_pence,
        marginal_fee_pence=min(used, item.fee_pence) if item.fee_pence else used,
        contract=Contract.BLOCK if isinstance(item, BlockBeds) else Contract.OWN if foster else Contract.SPOT,
        training=item.training,
        skills=item.skills,
        features=frozenset(item.features | emergency),
        languages=item.languages or frozenset({"English"}),
        grade=Grade.NOT_INSPECTED,
    )


def _eligible(case: Case, item: HomeChange) -> Sequence[Home]:
    """Homes that an item could change, the nearest to being of use first; those named, in their order, or all."""
    named = [case.home[home] for home in item.homes if home in case.home]
    alike = [
        home
        for home in case.homes
        if home.kind is item.kind and home.sector is item.sector and item.district in (None, home.location.district)
    ]
    able = [home for home in (named if item.homes else alike) if _ABLE[type(item)](home)]
    if item.homes:
        return able[:MOST_HOMES]
    free = {home.id: _free(case, home) for home in able}
    return sorted(able, key=lambda home: (-free[home.id], home.id))[:MOST_HOMES]


def _free(case: Case, home: Home) -> int:
    """Approved places that nobody lives in today, whether available or not."""
    residents = sum(resident.takes_place for resident in case.residents_of.get(home.id, ()))
    return home.terms.places - len(case.placed_in.get(home.id, ())) - residents


_ABLE: dict[type, Callable[[Home], bool]] = {
    Retainer: lambda home: home.not_available_places > 0 and not home.suspended,
    ExtraHours: lambda home: not home.suspended,
    Exemption: lambda home: home.bedrooms > home.terms.places and not home.suspended,
}


def _change(case: Case, item: HomeChange, home: Home) -> dict[str, object]:
    """What of the home is other than it was."""
    if isinstance(item, Retainer):
        return {"not_available_places": 0, "not_available_reason": None}
    if isinstance(item, Exemption):
        return {"terms": _wider(home.terms, item.extra, case.policy.usual_fostering_limit)}
    framework = case.framework
    levels = home_levels([home], framework).level[0].tolist()
    wanted = set(item.needs) or set(framework.need_index)
    raised = {
        key: min(levels[at] + item.levels, framework.top_level) if key in wanted else levels[at]
        for key, at in framework.need_index.items()
    }
    return {"skills": Skills(levels=raised)}


def _wider(terms: Terms, extra: int, usual_limit: int) -> Terms:
    """Terms for more children: up to the usual limit anybody, beyond it brothers and sisters of each other."""
    more = terms.places + extra
    siblings = max(terms.sibling_places or 0, more)
    return terms.model_copy(update={"places": max(terms.places, min(more, usual_limit)), "sibling_places": siblings})
