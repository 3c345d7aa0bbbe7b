"""Turn a case into the arrays of :mod:`matcher.scoring.arrays`: one pass that reads each field into its own array."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from matcher.scoring.arrays import ADDRESS, POLICY, Arrays, Bools, Int32, Int64, Table, table
from matcher.scoring.coding import day_code
from matcher.scoring.columns import encode_homes, words_missing
from matcher.scoring.levels import child_levels, home_levels, home_limits
from matcher.scoring.others import households, others_in
from matcher.scoring.rows import NO_SUPPORT, Search, Support, encode_searches, faith_and_heritage, languages_needed
from matcher.scoring.specials import offers_in_force, specials, unit_mates
from models.case import Case
from models.geography import Location
from models.home import Home
from models.referral import Referral
from models.rules import bits_in_force

if TYPE_CHECKING:
    from matcher.scoring.compiled.score import Laid


@dataclass(frozen=True, eq=False)
class Encoded:
    """A case as arrays, with the records its rows and columns stand for.

    Attributes:
        arrays: What the kernels read.
        referrals: The searches, one for each row.
        homes: The homes, one for each column.
        searching: Ids of the rows' children: they are never among the others who live in a home.
        child_known: bool (rows, needs), False where a child's level is assumed.
        home_known: bool (columns, needs), False where a home's level is assumed.
    """

    arrays: Arrays
    referrals: tuple[Referral, ...]
    homes: tuple[Home, ...]
    searching: frozenset[str]
    child_known: Bools
    home_known: Bools

    @cached_property
    def laid(self) -> "Laid":
        """The run laid out for the kernels, when one is first called."""
        from matcher.scoring.compiled.laying import lay_out

        return lay_out(self.arrays)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.referrals), len(self.homes)


def encode(case: Case, referrals: Sequence[Referral], homes: Sequence[Home] | None = None) -> Encoded:
    """Encode the searches as rows and the homes as columns.

    Args:
        case: The case: its date, policy, framework, and who lives where.
        referrals: The searches of this run; their children are taken as searching, wherever they live now.
        homes: The columns; by default every home of the case.

    Raises:
        ValueError: a referral names a child that the case does not have, or the framework's weights are too large
            or lack a prior.
    """
    columns = case.homes if homes is None else tuple(homes)
    searches = [_search(case, referral) for referral in referrals]
    known = [search.circumstances for search in searches]
    searching = frozenset(search.child.id for search in searches)
    days = sorted({day_code(search.day) for search in searches})
    children, skills = child_levels(case), home_levels(columns, case.framework)
    position = {child.id: row for row, child in enumerate(case.children)}
    picked = np.array([position[search.child.id] for search in searches], np.intp)
    languages = _numbered(languages_needed(case, search) for search in searches)
    faiths = _numbered(faith_and_heritage(case, search) for search in searches)
    said_no = any(home.no_above for home in columns)
    column = {home.id: number for number, home in enumerate(columns)}
    held = offers_in_force(case)
    special, special_start = specials(case, searches, columns, column, held)
    visits, visits_start = _addresses([[(v.location, v.visits_a_week) for v in c.family_time] for c in known])
    avoid, avoid_start = _addresses([[(a.location, 10 * a.within_miles) for a in c.avoid] for c in known])
    starts = {"visits": visits_start, "avoid": avoid_start, "special": special_start}
    arrays = Arrays(
        rows=encode_searches(case, searches, languages, faiths, starts),
        homes=encode_homes(case, columns, held),
        households=households(others_in(case, column, searching), len(columns), days, case.policy.share_bedroom_under),
        visits=visits,
        avoid=avoid,
        special=special,
        child_level=children.level[picked],
        home_level=skills.level,
        language_missing=words_missing([home.languages for home in columns], [some.words for some in languages]),
        language_weight=_weights(languages),
        faith_missing=words_missing([home.faiths for home in columns], [some.words for some in faiths]),
        heritage_missing=words_missing([home.heritages for home in columns], [some.heritage for some in faiths]),
        faith_weight=_weights(faiths),
        child_said=np.where(children.known, children.level, 0).astype(np.int8)[picked][:, : None if said_no else 0],
        home_limit=home_limits(columns, case.framework) if said_no else np.zeros((len(columns), 0), np.int8),
        tenths=_tenths(case),
        policy=table(POLICY, {name: getattr(case.policy, name) for name in POLICY}, (1,)),
        in_force=bits_in_force(case.as_at),
    )
    return Encoded(arrays, tuple(referrals), columns, searching, children.known[picked], skills.known)


def day_needed(case: Case, referral: Referral) -> dt.date:
    """The later of the referral's date and the case's: nobody can move in before today."""
    return max(referral.needed_by, case.as_at)


def _search(case: Case, referral: Referral) -> Search:
    child = case.child.get(referral.child_id)
    if child is None:
        raise ValueError(f"referral {referral.id} is for child {referral.child_id}, who is not in the case {case.name}")
    circumstances = child.circumstances if referral.circumstances is None else referral.circumstances
    return Search(referral, child, circumstances, day_needed(case, referral), unit_mates(case, child.id))


def _tenths(case: Case) -> Int32:
    tenths = case.framework.tenths_per_level
    if 4 * sum(tenths) > np.iinfo(np.int32).max:
        raise ValueError(
            f"the needs framework {case.framework.id} gives a child {4 * sum(tenths):,} tenths of a point at most; "
            "weights must be lower, for the total to stay below 2,147,483,648"
        )
    return np.array(tenths, np.int32)


def _numbered(supports: Iterable[Support]) -> dict[Support, int]:
    """Number the distinct ones as they come, the empty one always 0."""
    return {some: number for number, some in enumerate(dict.fromkeys([NO_SUPPORT, *supports]))}


def _weights(supports: Iterable[Support]) -> Int64:
    return np.array([some.weight for some in supports], np.int64)


def _addresses(addresses: Sequence[Sequence[tuple[Location, int]]]) -> tuple[Table, Int64]:
    """A table of ``ADDRESS``, row after row; and where each row's part starts, int64 (rows + 1,)."""
    flat = [address for row in addresses for address in row]
    fields = {
        "x": np.array([place.easting for place, _ in flat], np.int64),
        "y": np.array([place.northing for place, _ in flat], np.int64),
        "times": np.array([times for _, times in flat], np.int64),
    }
    start = np.cumsum([0, *(len(row) for row in addresses)], dtype=np.int64)
    return table(ADDRESS, fields, (len(flat),)), start
