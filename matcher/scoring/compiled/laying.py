"""Lay an encoded run out for the compiled loops."""

import numpy as np

from matcher.scoring.arrays import PRICE_NAMES, Arrays
from matcher.scoring.compiled.blocks import lanes_of
from matcher.scoring.compiled.bounds import bounds_of
from matcher.scoring.compiled.score import Laid
from models.policy import DISTANCE_LIMIT_TENTHS


def lay_out(arrays: Arrays) -> Laid:
    """Lay the run out, its money in 32 bits where no sum can pass them, else in 64."""
    tenths = arrays.tenths.astype(np.int64)
    common = max(int(np.gcd.reduce(tenths)), 1)
    weights, policy = tenths // common, arrays.policy[0]
    narrow = dearest(arrays) < np.iinfo(np.int32).max and 4 * weights.sum() < np.iinfo(np.uint16).max
    lanes = lanes_of(arrays, np.int32 if narrow else np.int64)
    lane, column = np.zeros(len(arrays.homes), np.int32), lanes.block["column"].ravel()
    lane[column[column >= 0]] = np.flatnonzero(column >= 0)
    per_weight = common * int(policy.unmet_need_per_tenth + policy.surplus_per_tenth)
    return Laid(arrays, lanes, bounds_of(lanes), lane, weights, np.argsort(weights, kind="stable"), per_weight)


def dearest(arrays: Arrays) -> int:
    """More than any pair can cost, or any sum on the way there."""
    price = {name: int(arrays.policy[name][0]) for name in PRICE_NAMES}
    visits, rows = np.cumsum([0, *arrays.visits["times"]]), arrays.rows
    travelled = int((visits[rows["visits_to"]] - visits[rows["visits_from"]]).max(initial=0))
    per_tenth = (
        price["home_distance_per_tenth_mile"]
        + price["school_journey_per_tenth_mile"]
        + price["family_time_per_tenth_mile_visit"] * travelled
    )
    points = 4 * int(arrays.tenths.astype(np.int64).sum())
    fee = price["fee_per_mille"] * int(arrays.homes["marginal_fee"].max(initial=0)) // 1000
    return (
        per_tenth * DISTANCE_LIMIT_TENTHS
        + 2 * points * (price["unmet_need_per_tenth"] + price["surplus_per_tenth"])
        + fee
        + 10 * sum(price.values())
    )
