"""A home: one fostering household, or one residential or supported home, with its terms and who lives there."""

import datetime as dt
from collections.abc import Mapping

from pydantic import Field

from models.geography import Location
from models.needs import Level, Skills
from models.record import Record
from models.vocabulary import (
    Access,
    Contract,
    Feature,
    Grade,
    HomeKind,
    NotAvailable,
    Pet,
    ResidentKind,
    Risk,
    Sector,
    Sex,
    Training,
)


class Provider(Record):
    """Who runs one or more homes: the council, an agency, a company, a charity."""

    id: str
    name: str
    sector: Sector


class Terms(Record):
    """Terms of approval (Fostering Services (England) Regulations 2011 reg 27) or statement of purpose.

    ``places`` is the number approved or registered. ``sibling_places`` is the larger number allowed where all
    the children are brothers and sisters of each other; ``exempt_children`` are those named in an exemption
    from the usual fostering limit granted by the authority where the carer lives.
    """

    places: int = Field(ge=0, le=200)
    sibling_places: int | None = Field(default=None, ge=0)
    age_from: int = Field(default=0, ge=0, le=25)
    age_to: int = Field(default=17, ge=0, le=25)
    sexes: frozenset[Sex] = frozenset({Sex.MALE, Sex.FEMALE, Sex.UNKNOWN})
    exempt_children: frozenset[str] = frozenset()


class Resident(Record):
    """Somebody who lives in the home and is not one of the authority's own placed children.

    Another authority's child takes a place and a bedroom; a young person staying put takes a bedroom only; the
    carers' own child takes neither (bedrooms are counted for foster children) but is met in matching. A child of
    the authority whose record could not be used still lives where they live, and takes a place and a bedroom.
    """

    id: str
    home_id: str
    kind: ResidentKind
    born: dt.date | None = None
    sex: Sex = Sex.UNKNOWN
    risks_to_others: frozenset[Risk] = frozenset()
    risks_from_others: frozenset[Risk] = frozenset()
    until: dt.date | None = None

    @property
    def takes_place(self) -> bool:
        """Whether one of the approved places is used."""
        return self.kind in (ResidentKind.OTHER_AUTHORITY, ResidentKind.OWN_CHILD_SET_ASIDE)

    @property
    def takes_bedroom(self) -> bool:
        """Whether one of the children's bedrooms is used."""
        return self.kind is not ResidentKind.CARERS_OWN_CHILD


class Home(Record):
    """One home and everything that decides whom it suits.

    ``named`` is False for an agency that answers searches without naming carers: it ranks as *ask*.
    ``bedrooms`` counts rooms for children; ``double_bedrooms`` of them sleep two who may share. Fees are pence
    a week: ``fee_pence`` what the place costs in full, ``marginal_fee_pence`` what filling it adds (next to
    nothing for a block bed already paid for). ``connected_children`` are the only children a connected-person
    home is open to. ``no_above`` and ``heritages`` are of adoptive families only: by need, the level beyond which they
    said no, and the heritage they share or can support. None is *not known*, save that dates which are None do not
    apply.
    """

    id: str
    provider_id: str
    kind: HomeKind
    sector: Sector
    location: Location
    terms: Terms
    bedrooms: int = Field(ge=0)
    double_bedrooms: int = Field(default=0, ge=0)
    fee_pence: int = Field(ge=0, le=100_000_000)
    marginal_fee_pence: int = Field(ge=0, le=100_000_000)
    urn: str | None = None
    named: bool = True
    contract: Contract = Contract.SPOT
    connected_children: frozenset[str] = frozenset()
    training: Training = Training.UNKNOWN
    skills: Skills = Skills()
    no_above: Mapping[str, Level] = Field(default_factory=dict)
    features: frozenset[Feature] = frozenset()
    access: frozenset[Access] = frozenset()
    languages: frozenset[str] = frozenset()
    heritages: frozenset[str] = frozenset()
    faiths: frozenset[str] = frozenset()
    pets: frozenset[Pet] | None = None
    smoking: bool | None = None
    maximum_age_gap: int | None = Field(default=None, ge=0)
    grade: Grade = Grade.NOT_INSPECTED
    registered: bool = True
    suspended: bool = False
    closes_on: dt.date | None = None
    available_from: dt.date | None = None
    not_available_places: int = Field(default=0, ge=0)
    not_available_reason: NotAvailable | None = None

    @property
    def connected(self) -> bool:
        """Whether this is a connected person's home."""
        return self.kind is HomeKind.CONNECTED
