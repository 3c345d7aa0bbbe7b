"""A child, what matters about where they live, and their brothers and sisters."""

import datetime as dt
from typing import Self

from pydantic import Field, model_validator

from models.geography import Location
from models.needs import NeedsProfile
from models.record import Record
from models.vocabulary import (
    Access,
    Alongside,
    Feature,
    HomeKind,
    Pet,
    PetsWish,
    Risk,
    Sex,
    SiblingDecision,
    Solo,
)


class Visit(Record):
    """Family time: where, and how many times a week somebody travels there and back."""

    location: Location
    visits_a_week: int = Field(ge=0, le=14)


class PlaceToAvoid(Record):
    """No home within this many miles of here, for the child's safety."""

    location: Location
    within_miles: int = Field(ge=0, le=400)


class Wishes(Record):
    """What the child says they want (section 22(4)-(5), Children Act 1989): weighed, never a bar."""

    kinds: tuple[HomeKind, ...] = ()
    homes_wanted: tuple[str, ...] = ()
    homes_not_wanted: tuple[str, ...] = ()
    away_from_home_area: bool = False
    own_words: str | None = None


class Circumstances(Record):
    """Everything about a child, beyond the return, that decides which homes suit. None or empty is *not known*.

    ``heritage`` is weighed for adoptive families alone.
    """

    disabled: bool | None = None
    religion: str | None = None
    languages: tuple[str, ...] = ()
    heritage: tuple[str, ...] = ()
    ehcp: bool | None = None
    school: Location | None = None
    family_time: tuple[Visit, ...] = ()
    avoid: tuple[PlaceToAvoid, ...] = ()
    access: frozenset[Access] = frozenset()
    allergies: frozenset[Pet] = frozenset()
    pets: PetsWish | None = None
    smoke_free: bool = False
    solo: Solo | None = None
    alongside: Alongside | None = None
    risks_to_others: frozenset[Risk] = frozenset()
    risks_from_others: frozenset[Risk] = frozenset()
    features: frozenset[Feature] = frozenset()
    secure_order_until: dt.date | None = None
    secretary_of_state_approval: bool = False
    wishes: Wishes = Wishes()


class Child(Record):
    """A child looked after by the authority, or about to be.

    ``ethnicity`` is the SSDA903 code. It is carried for equality tables only: no rule and no factor reads it.
    ``moves_last_year`` counts placements lived in during the twelve months to the case's as-at date, less one.
    """

    id: str
    sex: Sex
    born: dt.date
    ethnicity: str | None = None
    uasc: bool = False
    legal_status: str | None = None
    category_of_need: str | None = None
    home: Location | None = None
    entered_care: dt.date | None = None
    sdq: int | None = Field(default=None, ge=0, le=40)
    moves_last_year: int = Field(default=0, ge=0)
    circumstances: Circumstances = Circumstances()
    profile: NeedsProfile | None = None

    def age_on(self, day: dt.date) -> int:
        """Age in whole years; a child born on 29 February has a birthday on 1 March of other years."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))


class SiblingGroup(Record):
    """Brothers and sisters and the plan for them.

    ``units`` are the sets that should live together: one unit of all of them, or several where the plan
    splits them. A child of the group in no unit is to live apart; a unit holds children of the group, each child in
    one at most. ``decided_on`` and ``decided_by`` date the decision; a group nobody has assessed is treated as
    together (section 22C(8)(c)).
    """

    id: str
    children: tuple[str, ...] = Field(min_length=2)
    decision: SiblingDecision = SiblingDecision.NOT_ASSESSED
    units: tuple[tuple[str, ...], ...] = ()
    decided_on: dt.date | None = None
    decided_by: str | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        members = [child for unit in self.units for child in unit]
        if len(set(self.children)) != len(self.children) or len(set(members)) != len(members):
            raise ValueError(f"sibling group {self.id} names a child twice")
        if strays := sorted(set(members) - set(self.children)):
            raise ValueError(f"the units of sibling group {self.id} name {', '.join(strays)}, not of the group")
        return self

    @property
    def planned_units(self) -> tuple[tuple[str, ...], ...]:
        """The sets of children that the plan keeps together.

        The units named, whatever the decision is called: a plan to live apart may keep two of three together.
        With none named, nobody where the decision is apart, else all of the children: a group that nobody has
        assessed is kept together (section 22C(8)(c), Children Act 1989).
        """
        if self.units:
            return self.units
        return () if self.decision is SiblingDecision.APART else (self.children,)
