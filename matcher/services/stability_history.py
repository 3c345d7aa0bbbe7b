"""What the SSDA903 return tells of a placement on a day, from what was known then: the factors that can be tested."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from models.ssda903.ages import age_at
from models.ssda903.derive import PlacementKind, is_temporary
from models.ssda903.episode import Episode, in_order
from models.ssda903.placements import Placement, placements
from models.ssda903.stability import months_before
from models.stability_points import Factor, StabilityPoints

TESTED = (Factor.AGE, Factor.MOVES, Factor.RESIDENTIAL, Factor.NOT_KIN)
"""Factors that the return alone gives, for any day it reaches back to."""
NOT_SCORED: Mapping[PlacementKind, str] = {
    PlacementKind.ADOPTION: "placed for adoption",
    PlacementKind.PARENTS: "living with parents",
    PlacementKind.SECURE: "in a secure home, for as long as the court orders",
    PlacementKind.PARENT_AND_CHILD: "in a parent-and-child assessment, which ends by its plan",
    PlacementKind.YOI: "in custody",
    PlacementKind.NHS: "in hospital",
    PlacementKind.TEMPORARY: "on a temporary stay",
}
_RESIDENTIAL = frozenset(
    {
        PlacementKind.IN_HOUSE_RESIDENTIAL,
        PlacementKind.INDEPENDENT_RESIDENTIAL,
        PlacementKind.OTHER_AUTHORITY_RESIDENTIAL,
        PlacementKind.RESIDENTIAL_PROVIDER_UNKNOWN,
        PlacementKind.RESIDENTIAL_SCHOOL,
        PlacementKind.SECURE,
    }
)


class History(NamedTuple):
    """A placement on a day, and the steps of each factor of :data:`TESTED`; None where the files do not tell."""

    stay: Placement
    steps: Mapping[Factor, int | None]


def known_on(episodes: Sequence[Episode], day: dt.date) -> tuple[Episode, ...]:
    """A child's episodes as the return would have shown them at the end of a day: nothing of what came later."""
    return in_order(_as_open(row, day) for row in episodes if row.decom <= day)


def history_on(
    episodes: Sequence[Episode], born: dt.date | None, day: dt.date, points: StabilityPoints
) -> History | None:
    """Where a child lived at the end of a day and what led there, from what was known then; None if not in care.

    Moves are placements of the months before, less one, as :func:`models.ssda903.placements_between` counts them.
    Files that take a child up in the middle of care tell nothing of the time before.
    """
    known = known_on(episodes, day)
    if not any(row.covers(day) for row in known):
        return None
    stays = placements(known)
    now = next((stay for stay in reversed(stays) if stay.covers(day)), None)
    if now is None:
        return None
    lived_in = [stay for stay in stays if not is_temporary(stay.usual.place)]
    year_began = months_before(day, points.moves_months) + dt.timedelta(days=1)
    in_year = sum(stay.overlaps(year_began, day) for stay in lived_in)
    since = months_before(day, points.residential_months)
    earlier = [stay for stay in lived_in if stay.start < now.start and stay.overlaps(since, day)]
    before = any(stay.kind in _RESIDENTIAL for stay in earlier)
    steps = {
        Factor.AGE: None if born is None or born > day else max(age_at(born, day) - points.age_over, 0),
        Factor.MOVES: max(in_year - 1, 0) if _reaches_back(known, year_began) else None,
        Factor.RESIDENTIAL: int(before) if before or _reaches_back(known, since) else None,
        Factor.NOT_KIN: int(now.kind is not PlacementKind.KINSHIP),
    }
    return History(now, steps)


def _reaches_back(known: Sequence[Episode], first: dt.date) -> bool:
    """Whether the child's first row starts care or is at least as old as the day asked for."""
    return known[0].rne == "S" or known[0].decom <= first


def _as_open(row: Episode, day: dt.date) -> Episode:
    if row.dec is None or row.dec <= day:
        return row
    return row.model_copy(update={"dec": None, "rec": None, "reason_place_change": None})
