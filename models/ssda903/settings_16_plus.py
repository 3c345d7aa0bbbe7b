"""Where young people of 16 and 17 live, and nights in settings that the return does not show to be regulated."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from models.record import Record
from models.ssda903.ages import age_at
from models.ssda903.codes import ever_listed
from models.ssda903.endings import nights
from models.ssda903.episode import Episode, looked_after
from models.ssda903.placements import placement_on
from models.ssda903.stability import Measure

REGISTRATION_FROM = date(2023, 10, 28)
"""From this day supported accommodation for looked-after 16 and 17 year olds must be registered with Ofsted."""
NOT_UNDER_16_FROM = date(2021, 9, 9)
"""From this day no child under 16 may be placed in an unregulated setting (Care Planning Regulations 2010, reg 27A)."""
_LOOKED_AFTER_AGES = range(16, 18)
_SUPPORTED_BEFORE = frozenset({"H5", "P2"})
_OTHER_PLACES = frozenset({"Z1", "Z11", "Z12", "Z13", "Z14"})
_TELLS_NOTHING = _OTHER_PLACES | {"P3", "R5"}


class Setting(StrEnum):
    """What PLACE tells of a setting: whether somebody inspects or approves it."""

    REGULATED = "registered, approved or with family"
    UNREGULATED = "semi-independent or independent, not registered"
    OTHER = "another setting"


class OtherNights(Record):
    """Nights of children in settings that the return does not show to be regulated, between two days.

    Attributes:
        first: the first day.
        last: the last day, included.
        by_child: nights of each child who spent any, by id.
        under_16: those of them who spent any of these nights before they were 16.
        age_not_known: those of them whose date of birth is not known.
    """

    first: date
    last: date
    by_child: Mapping[str, int]
    under_16: tuple[str, ...]
    age_not_known: tuple[str, ...]

    @property
    def total(self) -> int:
        """All nights together."""
        return sum(self.by_child.values())


def setting(place: str) -> Setting:
    """What a placement code tells of its setting.

    Foster care, adoption, children's and secure homes (K1, K2), registered supported accommodation (K3), schools,
    care homes, hospitals, family centres and parents are regulated or family. H5 and P2 are semi-independent and
    independent living, which nobody registered. The rest tell nothing: residential employment (P3), custody (R5) and
    "other" (Z1, Z11-Z14), where hotels, caravans and unregistered homes are recorded; there is no code for a hotel. A
    temporary stay (T0-T4) belongs to the placement it is part of.
    """
    if place not in ever_listed("PLACE"):
        raise ValueError(f"PLACE {place!r} is not a code of any year.")
    if place in _SUPPORTED_BEFORE:
        return Setting.UNREGULATED
    return Setting.OTHER if place in _TELLS_NOTHING else Setting.REGULATED


def in_regulated_settings(children: Mapping[str, Sequence[Episode]], births: Mapping[str, date], on: date) -> Measure:
    """Of those looked after aged 16 or 17 on a day, those whose setting is registered, approved or family.

    As near as the return comes to suitable accommodation at 16 and 17, for which no national measure is published.
    Semi-independent and independent living (H5, P2) is ``not_known``: until 27 October 2023 such a place could not be
    registered and might be suitable all the same; after it, one still coded so may have been registered or not. Other
    settings (Z1 and the like, P3, R5) are among all and not counted. Short breaks (V3, V4) are left out; a child on a
    temporary stay counts where the placement is. Source: section 22C(6), Children Act 1989; Supported Accommodation
    (England) Regulations 2023.
    """
    counted, out_of, not_known = [], [], []
    for child, episodes in children.items():
        lived = placement_on(episodes, on)
        if lived is None:
            continue
        born = births.get(child)
        if born is None or on < born:
            not_known.append(child)
            continue
        if age_at(born, on) not in _LOOKED_AFTER_AGES:
            continue
        out_of.append(child)
        found = setting(lived.usual.place)
        if found is Setting.REGULATED:
            counted.append(child)
        elif found is Setting.UNREGULATED:
            not_known.append(child)
    return Measure(on=on, counted=tuple(counted), out_of=tuple(out_of), not_known=tuple(not_known))


def nights_in_other_settings(
    children: Mapping[str, Sequence[Episode]], births: Mapping[str, date], first: date, last: date
) -> OtherNights:
    """Nights from the first to the last day in settings that the return does not show to be regulated.

    Nights under Z1 or Z11-Z14 ("other placements"), which is where a night in a hotel or an unregistered home is
    recorded: not all of them are such, and such nights that hide in temporary stays (T0-T4) are not among them. From
    28 October 2023 nights under H5 and P2 too, which registered accommodation no longer bears; and under 16 from 9
    September 2021, when that became unlawful (Care Planning, Placement and Case Review (England) Regulations 2010,
    regulation 27A). Custody (R5), residential employment (P3) and short
    breaks (V3, V4) do not count.
    """
    by_child: dict[str, int] = {}
    young, unknown = [], []
    for child, episodes in children.items():
        rows = [row for row in looked_after(episodes) if row.place in _SUPPORTED_BEFORE or row.place in _OTHER_PLACES]
        born = births.get(child)
        sixteen = _sixteenth_birthday(born) if born else None
        spent = sum(_unshown(row, sixteen, first, last) for row in rows)
        if not spent:
            continue
        by_child[child] = spent
        if sixteen is None:
            unknown.append(child)
        elif any(_unshown(row, sixteen, first, min(last, sixteen - timedelta(days=1))) for row in rows):
            young.append(child)
    return OtherNights(first=first, last=last, by_child=by_child, under_16=tuple(young), age_not_known=tuple(unknown))


def _unshown(row: Episode, sixteen: date | None, first: date, last: date) -> int:
    """Nights of one episode that count; those under 16 are ended by the sixteenth birthday."""
    if row.place in _OTHER_PLACES:
        return nights(row, first, last)
    registered = nights(row, max(first, REGISTRATION_FROM), last)
    day_before = min(last, REGISTRATION_FROM - timedelta(days=1))
    if sixteen is None:
        return registered
    return registered + nights(row, max(first, NOT_UNDER_16_FROM), min(day_before, sixteen - timedelta(days=1)))


def _sixteenth_birthday(born: date) -> date:
    return born.replace(year=born.year + 16)  # sixteen years after a leap year there is a 29 February too
