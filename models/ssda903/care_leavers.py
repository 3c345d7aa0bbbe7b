"""Care leavers of the OC3 table: suitable accommodation, and staying put with former foster carers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from models.commissioning import CareLeaver
from models.ssda903.ages import age_at
from models.ssda903.episode import Episode
from models.ssda903.flows import Exit, exits
from models.ssda903.placements import placement_on
from models.ssda903.stability import Measure, months_before

AGES_19_TO_21 = range(19, 22)
_NOT_COUNTED = frozenset({"DIED", "RHOM"})
_ADULT = 18
_STAYED = "E17"


def in_suitable_accommodation(leavers: Iterable[CareLeaver], on: date, ages: range = AGES_19_TO_21) -> Measure:
    """Of care leavers of some ages, those whose accommodation was considered suitable about their birthday.

    Suitable is an ACCOM code that ends in 1, as the authority judged it. No information (0, blank, or residence not
    known, R1 and R2) is in ``not_known`` and among all, as in the published table. Those who died since leaving care
    (DIED) or went home to parents for six months or more (RHOM) are left out; OC3 lists nobody of short breaks (V3,
    V4) alone. Source: Department for Education, *Children looked after in England*, care leavers by suitability of
    accommodation, ages 17 to 18 and 19 to 21.

    Args:
        leavers: the rows of one year's table, each young person once.
        on: the last day of that year: its birthdays are those of ages reached by then.
        ages: ages in whole years on that day.
    """
    counted, out_of, not_known = [], [], []
    for leaver in leavers:
        if leaver.in_touch in _NOT_COUNTED:
            continue
        if leaver.born is None or on < leaver.born:
            not_known.append(leaver.id)
            continue
        if age_at(leaver.born, on) not in ages:
            continue
        out_of.append(leaver.id)
        code = leaver.accommodation or "0"
        if code == "0" or code.startswith("R"):
            not_known.append(leaver.id)
        elif code.endswith("1"):
            counted.append(leaver.id)
    return Measure(on=on, counted=tuple(counted), out_of=tuple(out_of), not_known=tuple(not_known))


def stayed_put(children: Mapping[str, Sequence[Episode]], births: Mapping[str, date], on: date) -> Measure:
    """Of young people who left foster care at 18 in the twelve months to a day, those who stayed with their carers.

    Leaving foster care at 18: care ceased on the 18th birthday or later from a foster placement (U1-U6), the one that a
    temporary stay (T0-T4) was part of included; staying is REC E17. Short breaks (V3, V4) are left out; whoever lacks a
    date of birth is in ``not_known`` alone. The department's own figure asks three months after the birthday (OC3), so
    the two need not agree. Source: section 23CZA, Children Act 1989; SSDA903 guide, REC.
    """
    counted, out_of, not_known = [], [], []
    for left in exits(children, months_before(on, 12) + timedelta(days=1), on):
        if not _from_fostering(children[left.child], left):
            continue
        born = births.get(left.child)
        if born is None or left.on < born:
            not_known.append(left.child)
        elif age_at(born, left.on) >= _ADULT:
            out_of.append(left.child)
            if any(row.dec == left.on and row.rec == _STAYED for row in children[left.child]):
                counted.append(left.child)
    return Measure(on=on, counted=tuple(counted), out_of=tuple(out_of), not_known=tuple(not_known))


def _from_fostering(episodes: Sequence[Episode], left: Exit) -> bool:
    last = placement_on(episodes, left.on - timedelta(days=1))
    return last is not None and last.usual.place.startswith("U")
