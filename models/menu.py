"""The menu of what an authority could open or change: what each item is, costs, takes and may fail at."""

from typing import Annotated, Literal

from pydantic import Field

from models.needs import Level, Skills
from models.record import Record
from models.vocabulary import Feature, HomeKind, Sector, Sex, Training

Pence = Annotated[int, Field(ge=0, le=10_000_000_000)]
Percent = Annotated[int, Field(ge=0, le=100)]
Age = Annotated[int, Field(ge=0, le=25)]


class _Item(Record):
    """What every item says.

    ``limit`` is how many there may be. ``set_up_pence`` is paid once for each and spread over ``life_years``;
    ``weekly_pence`` is paid for each whether it is used or not. It is there ``lead_weeks`` after it was begun, with
    ``chance_percent`` for each; one that fails is paid for all the same. ``note`` says where the figures come from.
    """

    id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    limit: int = Field(default=1, ge=1, le=20)
    set_up_pence: Pence = 0
    weekly_pence: Pence = 0
    life_years: int = Field(default=5, ge=1, le=40)
    lead_weeks: int = Field(default=0, ge=0, le=520)
    chance_percent: Percent = 100
    note: str | None = None

    @property
    def yearly_pence(self) -> int:
        """What one costs a year: 52 weeks, and its share of the set-up, rounded up to the penny."""
        return 52 * self.weekly_pence - (-self.set_up_pence // self.life_years)


class _Places(_Item):
    """An item that brings new places, all in one home at a postcode.

    ``fee_pence`` a week is what a place costs in full when a child lives there, ``used_pence`` what using it adds to
    what is paid anyway (``weekly_pence``); the same as the fee unless said.
    """

    postcode: str
    places: int = Field(default=1, ge=1, le=20)
    age_from: Age = 0
    age_to: Age = 17
    sexes: frozenset[Sex] = frozenset({Sex.MALE, Sex.FEMALE, Sex.UNKNOWN})
    fee_pence: Pence = 0
    used_pence: Pence | None = None
    training: Training = Training.CORE
    skills: Skills = Skills()
    features: frozenset[Feature] = frozenset()
    languages: frozenset[str] = frozenset()


class RecruitCarers(_Places):
    """Recruit a household of the authority's own foster carers, or of parent-and-child carers."""

    what: Literal["recruit_carers"] = "recruit_carers"
    kind: Literal[HomeKind.FOSTER, HomeKind.PARENT_AND_CHILD] = HomeKind.FOSTER
    sibling_places: int | None = Field(default=None, ge=1, le=12)


class OpenHome(_Places):
    """Open a residential home or supported accommodation, the authority's own unless another sector runs it."""

    what: Literal["open_home"] = "open_home"
    kind: Literal[HomeKind.RESIDENTIAL, HomeKind.SUPPORTED] = HomeKind.RESIDENTIAL
    sector: Sector = Sector.IN_HOUSE


class EmergencyBed(_Places):
    """A place for children who need a home the same day or within three days, each for ``stay_nights`` at most."""

    what: Literal["emergency_bed"] = "emergency_bed"
    kind: Literal[HomeKind.FOSTER, HomeKind.RESIDENTIAL] = HomeKind.RESIDENTIAL
    sector: Sector = Sector.IN_HOUSE
    stay_nights: int = Field(default=14, ge=1, le=365)


class BlockBeds(_Places):
    """Beds bought at a provider's, paid for used or not, alone or shared with neighbours.

    A bed not used is sold to a neighbour for ``sold_pence`` a week on ``sold_percent`` of its nights.
    """

    what: Literal["block_beds"] = "block_beds"
    kind: Literal[HomeKind.FOSTER, HomeKind.RESIDENTIAL, HomeKind.SUPPORTED] = HomeKind.RESIDENTIAL
    sector: Sector = Sector.PRIVATE
    sold_pence: Pence = 0
    sold_percent: Percent = 0


class _Change(_Item):
    """An item that changes homes there are: those named, or else those of a kind, a sector and a district."""

    homes: tuple[str, ...] = ()
    kind: HomeKind = HomeKind.FOSTER
    sector: Sector = Sector.IN_HOUSE
    district: str | None = None


class Retainer(_Change):
    """Pay a home to take children again in the places that it keeps unavailable."""

    what: Literal["retainer"] = "retainer"


class ExtraHours(_Change):
    """One-to-one hours beside a carer or a home's staff: needs met so many levels higher, of some needs or of all."""

    what: Literal["extra_hours"] = "extra_hours"
    levels: Level = 1
    needs: tuple[str, ...] = ()


class Exemption(_Change):
    """Have a carer approved for more children, up to the usual fostering limit; beyond it for siblings of each other.

    More than the usual limit (Schedule 7, Children Act 1989) needs an exemption for named children from the authority
    where the carer lives, except for brothers and sisters of each other.
    """

    what: Literal["exemption"] = "exemption"
    extra: int = Field(default=1, ge=1, le=3)


class SupportPackage(_Item):
    """Support that keeps children where their placement would end, for so many at once.

    It holds with ``chance_percent`` for each child; ``each_pence`` a week is paid for a child it is given to.
    """

    what: Literal["support_package"] = "support_package"
    children: int = Field(default=1, ge=1, le=50)
    each_pence: Pence = 0
    kinds: frozenset[HomeKind] = frozenset({HomeKind.FOSTER, HomeKind.RESIDENTIAL, HomeKind.SUPPORTED})
    age_from: Age = 0
    age_to: Age = 17


NewPlaces = RecruitCarers | OpenHome | EmergencyBed | BlockBeds
HomeChange = Retainer | ExtraHours | Exemption
MenuItem = Annotated[
    RecruitCarers | OpenHome | EmergencyBed | BlockBeds | Retainer | ExtraHours | Exemption | SupportPackage,
    Field(discriminator="what"),
]
