"""Everything but distance as one product of matrices: what the tuned numpy contender multiplies.

Cost and rules of a pair are a sum of terms, each a number of the child's times a number of the home's: "the child
is 12" times "the home does not take 12-year-olds". A failed rule adds ``FAILS``, more than any cost. In float32
every whole number below 2^24 is exact, so allowed pairs come out to the penny; a pair that fails may be rounded,
which nobody sees.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.scoring.arrays import Arrays, Bools, Int64, Table
from matcher.scoring.coding import KIND_INDEX
from models.rules import RuleId
from models.vocabulary import HomeKind

FAILS = float(1 << 23)
"""What a failed rule adds; a cost without distances must stay below it."""
Floats = npt.NDArray[np.float32]
_TOP_LEVEL = 4
_SUPPORTED_FROM_AGE = 16
Fields = npt.NDArray[np.void]
Term = tuple[npt.ArrayLike, npt.ArrayLike]


class Factors(NamedTuple):
    """Costs without distances, and failed rules, as ``child @ home``, special pairs and places to avoid left out.

    Attributes:
        child: float32 (children, terms).
        home: float32 (terms, homes).
    """

    child: Floats
    home: Floats


def fixed_factors(arrays: Arrays) -> Factors:
    """The factors of all children that are the same on every day."""
    rows, homes, bind = _plain(arrays.rows), _plain(arrays.homes), _bind(arrays)
    masks = (
        ("features", RuleId.FEATURES, ~homes["features"]),
        ("access", RuleId.ACCESS, ~homes["access"]),
        ("allergies", RuleId.HOUSEHOLD, homes["pets"]),
    )
    return _packed(
        len(rows),
        len(homes),
        [
            *_needs(arrays, bind),
            *_child_alone(arrays, rows),
            *_kinds(rows, arrays, bind),
            *(term for name, rule, against in masks for term in _bits(rows[name], against, bind[rule])),
            (rows["no_pets"], bind[RuleId.HOUSEHOLD] * (homes["pets"] != 0)),
            (rows["must_have_pets"], bind[RuleId.HOUSEHOLD] * homes["petless"]),
            (rows["smoke_free"], bind[RuleId.HOUSEHOLD] * homes["smoking"]),
            *((rows["sex"] == sex, bind[RuleId.SEX] * (homes["sexes"] & sex == 0)) for sex in np.unique(rows["sex"])),
        ],
    )


def day_factors(arrays: Arrays, children: Int64, day_index: int) -> Factors:
    """The other factors of children who need a home on the same day."""
    rows, homes, there = map(_plain, (arrays.rows[children], arrays.homes, arrays.households[day_index]))
    bind, day = _bind(arrays), int(rows["day"][0])
    terms = [
        *_home_on_day(arrays, there, day, bind),
        *_ages(rows, homes, there, day, bind),
        *_living(rows, arrays, there, bind),
        *_bits(rows["risks_to"], there["risks_from"], bind[RuleId.RESIDENTS]),
        *_bits(rows["risks_from"], there["risks_to"], bind[RuleId.RESIDENTS]),
    ]
    return _packed(len(rows), len(homes), terms)


def joined(fixed: Factors, daily: Factors, children: Int64) -> Factors:
    """Both sorts of factors of some children as one."""
    child = np.concatenate([fixed.child[children], daily.child], axis=1)
    return Factors(child, np.concatenate([fixed.home, daily.home]))


def _plain(table: Table) -> Fields:
    """A table without numpy's slow access to a record's fields."""
    return table.view(np.ndarray)


def _bind(arrays: Arrays) -> dict[RuleId, float]:
    return {rule: FAILS * (arrays.in_force >> rule & 1) for rule in RuleId}


def _packed(children: int, homes: int, terms: list[Term]) -> Factors:
    used = [(child, home) for child, home in terms if np.any(child) and np.any(home)]
    packed = Factors(np.empty((children, len(used)), np.float32), np.empty((len(used), homes), np.float32))
    for number, (child, home) in enumerate(used):
        packed.child[:, number], packed.home[number] = child, home
    return packed


def _bits(mask: Int64, against: Int64, fails: float) -> Iterator[Term]:
    """The terms of a rule that fails where two masks meet."""
    for bit in range(int(mask.max(initial=0)).bit_length()):
        yield mask >> bit & 1, fails * (against >> bit & 1)


def _needs(arrays: Arrays, bind: dict[RuleId, float]) -> Iterator[Term]:
    """Each level of each need against what it costs at every home; level 0 stands in a cost of the home's own."""
    for need, tenths in enumerate(arrays.tenths.tolist()):
        pence = _need_pence(arrays, tenths, bind)
        skill = arrays.home_level[:, need]
        yield 1, pence[0][skill]
        for level in range(1, _TOP_LEVEL + 1):
            yield arrays.child_level[:, need] == level, (pence[level] - pence[0])[skill]


def _need_pence(arrays: Arrays, tenths: int, bind: dict[RuleId, float]) -> npt.NDArray[np.float64]:
    """float64 (child's levels, skills): what one need costs, with the suitability floor."""
    policy, child = arrays.policy[0], np.arange(_TOP_LEVEL + 1)[:, None]
    gap = child - child.T
    cost = np.where(gap > 0, gap * policy.unmet_need_per_tenth, -gap * policy.surplus_per_tenth) * tenths
    low = (gap >= policy.floor_levels_short) & (child >= policy.floor_need_level)
    return np.asarray(cost + low * bind[RuleId.FLOOR])


def _home_on_day(arrays: Arrays, there: Fields, day: int, bind: dict[RuleId, float]) -> Iterator[Term]:
    """What a home costs, and the rules it fails, whoever asks on that day."""
    homes, policy = _plain(arrays.homes), arrays.policy[0]
    cost = policy.fee_per_mille * homes["marginal_fee"] // 1000
    cost = cost + np.choose(homes["quality"], [0, policy.requires_improvement, policy.not_inspected])
    cost = cost + FAILS * (homes["standing"] & arrays.in_force != 0) + bind[RuleId.SOLO] * there["solo"]
    cost += bind[RuleId.SUSPENDED] * (homes["closes"] <= day)
    yield 1, cost + bind[RuleId.AVAILABLE_FROM] * (homes["available_from"] > day)


def _child_alone(arrays: Arrays, rows: Fields) -> Iterator[Term]:
    """What every home costs the child alike, special pairs apart."""
    policy = arrays.policy[0]
    moved = np.where(rows["moves"] >= 0, policy.move + policy.each_earlier_move * rows["moves"], 0)
    yield moved + policy.wish_not_met * rows["homes_wanted"], 1
    yield rows["area_counts"], np.choose(arrays.homes["locality"], [0, policy.adjoining_area, policy.at_a_distance])
    for name, missing, price in (
        ("language", arrays.language_missing, policy.language_not_spoken),
        ("faith", arrays.faith_missing, policy.faith_not_supported),
    ):
        for value in np.unique(rows[name]):
            yield rows[name] == value, missing[value] * price


def _ages(rows: Fields, homes: Fields, there: Fields, day: int, bind: dict[RuleId, float]) -> Iterator[Term]:
    age_of = {name: (day - there[name]) // 10_000 for name in ("youngest", "oldest", "wants_older", "wants_younger")}
    for age in np.unique(rows["age"]):
        mine = rows["age"] == age
        alongside = (age < age_of["wants_older"]) | (age > age_of["wants_younger"])
        alongside |= (age - age_of["youngest"] > homes["age_gap"]) | (age_of["oldest"] - age > homes["age_gap"])
        outside = (age < homes["age_from"]) | (age > homes["age_to"])
        yield mine, bind[RuleId.AGE] * outside + bind[RuleId.ALONGSIDE] * alongside
        yield mine & rows["only_older"], bind[RuleId.ALONGSIDE] * (age_of["youngest"] < age)
        yield mine & rows["only_younger"], bind[RuleId.ALONGSIDE] * (age_of["oldest"] > age)


def _kinds(rows: Fields, arrays: Arrays, bind: dict[RuleId, float]) -> Iterator[Term]:
    """Cost of the setting and the wish, and the rules on kinds, for one kind at a time."""
    policy = arrays.policy[0]
    for kind, number in KIND_INDEX.items():
        cost = bind[RuleId.KIND] * (rows["barred"] >> number & 1) + policy.wish_not_met * (
            rows["wish_against"] >> number & 1
        )
        cost += bind[RuleId.SPECIALIST] * (rows["not_called_for"] >> number & 1)
        cost += bind[RuleId.UNDER_16] * ((kind is HomeKind.SUPPORTED) & (rows["age"] < _SUPPORTED_FROM_AGE))
        cost += bind[RuleId.SECURE] * ((kind is HomeKind.SECURE) & ~rows["secure"])
        if kind is HomeKind.CONNECTED:
            cost += bind[RuleId.CONNECTED]
        else:
            steps = {HomeKind.FOSTER: policy.foster_step, HomeKind.RESIDENTIAL: policy.residential_step}
            second = (rows["preferred"] != 0) & (rows["suitable"] >> number & 1 == 1)
            step = steps.get(kind, policy.other_step) + second * policy.not_preferred_kind
            cost += np.where(rows["preferred"] >> number & 1, 0, step)
        yield cost, arrays.homes["kind"] == number


def _living(rows: Fields, arrays: Arrays, there: Fields, bind: dict[RuleId, float]) -> Iterator[Term]:
    """Places, bedrooms and other children."""
    homes, some = _plain(arrays.homes), there["children"] > 0
    for searching in (False, True):
        together = (there["taken"] == 0) & searching
        yield rows["unit_searching"] == searching, _capacity(homes, there["taken"], together, bind)
    yield rows["own_room"], bind[RuleId.BEDROOM] * (there["bedrooms"] >= homes["bedrooms"])
    yield rows["solo_required"], bind[RuleId.SOLO] * some
    yield rows["solo_preferred"], arrays.policy[0].solo_preferred_not_met * some


def _capacity(homes: Fields, taken: Int64, together: Bools, bind: dict[RuleId, float]) -> npt.NDArray[np.float64]:
    number = np.where(together, homes["sibling_places"], homes["places"])
    limit = np.where(together, np.iinfo(np.int32).max, homes["limit"])
    away = np.where(together & homes["siblings_only"], 0, homes["not_available"])
    free = np.minimum(number - away, limit) - taken
    fails = bind[RuleId.FULL] * (taken >= number) + bind[RuleId.USUAL_LIMIT] * (taken + 1 > limit)
    fails += bind[RuleId.NOT_AVAILABLE] * ((taken < number) & (taken + away >= number))
    return np.asarray(fails + bind[RuleId.HELD] * ((free >= 1) & (free - homes["held"] < 1)))
