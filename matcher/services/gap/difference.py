"""What changes between two plans of a widened run, in parts that add up, with the children named."""

import numpy as np

from matcher.services.gap.widened import Widened
from matcher.services.problem import Ints
from matcher.services.why_results import Moved
from models.geography import Locality, locality, miles_tenths
from models.home import Home

_Pair = tuple[Home | None, Home | None]


def difference(wide: Widened, before: Ints, after: Ints) -> dict[str, object]:
    """What the plan after costs less, part by part, and who is better placed; keys are fields of `PlaceWorth`."""
    problem = wide.stated.problem
    rows = np.flatnonzero(before != after).tolist()
    ids = {row: wide.stated.children[row].id for row in rows}
    homes: dict[int, _Pair] = {row: (_home(wide, before[row]), _home(wide, after[row])) for row in rows}
    parts = {row: (_parts(wide, row, before[row]), _parts(wide, row, after[row])) for row in rows}
    unplaced = int(problem.unplaced[before < 0].sum() - problem.unplaced[after < 0].sum())
    apart = _apart(wide, before) - _apart(wide, after)
    welfare = sum(old[0] - new[0] for old, new in parts.values())
    fee = sum(old[1] - new[1] for old, new in parts.values())

    def those(test: str) -> tuple[str, ...]:
        return tuple(ids[row] for row in rows if _tests(wide, row, homes[row])[test])

    return {
        "found_pence": unplaced + apart + welfare + fee,
        "unplaced_pence": unplaced,
        "apart_pence": apart,
        "welfare_pence": welfare,
        "fee_pence": fee,
        "weekly_fee_pence": sum(
            (new.fee_pence if new else 0) - (old.fee_pence if old else 0) for old, new in homes.values()
        ),
        "placed_ids": those("placed"),
        "closer_ids": those("closer"),
        "into_area_ids": those("into_area"),
        "moved": tuple(
            Moved(child_id=ids[row], from_home_id=old.id if old else None, to_home_id=new.id if new else None)
            for row, (old, new) in homes.items()
        ),
    }


def _home(wide: Widened, column: int) -> Home | None:
    return wide.stated.case.homes[column] if column >= 0 else None


def _parts(wide: Widened, row: int, column: int) -> tuple[int, int]:
    return wide.parts(row, column) if column >= 0 else (0, 0)


def _apart(wide: Widened, place_of: Ints) -> int:
    problem = wide.stated.problem
    total = 0
    for charge, rows in zip(problem.apart.tolist(), problem.groups, strict=True):
        total += charge * (parts_of_unit(place_of[list(rows)]) - 1)
    return total


def parts_of_unit(place_of: Ints) -> int:
    """Into how many parts some brothers and sisters fall: homes, and each without one."""
    return int(np.unique(place_of[place_of >= 0]).size + (place_of < 0).sum())


def _tests(wide: Widened, row: int, homes: _Pair) -> dict[str, bool]:
    """Whether a child who moves has a home who had none, one nearer home, one in the area and not outside."""
    old, new = homes
    if new is None or old is None:
        return {"placed": old is None, "closer": False, "into_area": False}
    own, authority = wide.stated.children[row].home, wide.stated.case.authority
    closer = own is not None and miles_tenths(own, new.location) < miles_tenths(own, old.location)
    inside = [locality(authority, home.location.utla) is Locality.IN_AREA for home in (old, new)]
    return {"placed": False, "closer": closer, "into_area": inside == [False, True]}
