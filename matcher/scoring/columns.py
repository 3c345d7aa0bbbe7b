"""The homes as columns of numbers."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from matcher.scoring.arrays import HOME, NO_LIMIT, Bools, Int32, Int64, Table, table
from matcher.scoring.coding import (
    ANY_SEX,
    EITHER_SEX,
    KIND_INDEX,
    access_mask,
    day_code,
    feature_mask,
    leaves,
    pet_mask,
    plain,
    sex_mask,
)
from models.case import Case
from models.geography import Locality, locality
from models.home import Home
from models.rules import RuleId
from models.vocabulary import Grade, HomeKind, NotAvailable

LOCALITIES = tuple(Locality)
FAMILY_KINDS = frozenset({HomeKind.FOSTER, HomeKind.CONNECTED})
"""Kinds that are a household: the usual fostering limit and bedrooms count, and Ofsted judges the service instead."""
DAMPED_GRADES = frozenset({Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE})


def encode_homes(case: Case, homes: Sequence[Home], held: Mapping[str, frozenset[str]]) -> Table:
    """Encode the homes in the order given: a table (homes,) of ``HOME``.

    Args:
        case: The case.
        homes: The columns.
        held: By home id, the children for whom a place is held.
    """

    def ints(value: Callable[[Home], int]) -> Int32:
        return np.fromiter((value(home) for home in homes), np.int32, len(homes))

    def longs(value: Callable[[Home], int]) -> Int64:
        return np.fromiter((value(home) for home in homes), np.int64, len(homes))

    def bools(value: Callable[[Home], bool]) -> Bools:
        return np.fromiter((value(home) for home in homes), np.bool_, len(homes))

    where = {utla: LOCALITIES.index(locality(case.authority, utla)) for utla in {h.location.utla for h in homes}}
    limit = case.policy.usual_fostering_limit
    fields: dict[str, Int32 | Int64 | Bools] = {
        "x": longs(lambda h: h.location.easting),
        "y": longs(lambda h: h.location.northing),
        "kind": ints(lambda h: KIND_INDEX[h.kind]),
        "locality": ints(lambda h: where[h.location.utla]),
        "quality": ints(quality),
        "marginal_fee": longs(lambda h: h.marginal_fee_pence),
        "places": ints(lambda h: h.terms.places),
        "sibling_places": ints(lambda h: min(max(h.terms.places, h.terms.sibling_places or 0), NO_LIMIT)),
        "limit": ints(lambda h: limit if h.kind in FAMILY_KINDS else NO_LIMIT),
        "bedrooms": ints(lambda h: min(h.bedrooms, NO_LIMIT) if h.kind in FAMILY_KINDS else NO_LIMIT),
        "not_available": ints(lambda h: min(h.not_available_places, NO_LIMIT)),
        "siblings_only": bools(lambda h: h.not_available_reason is NotAvailable.SIBLINGS_ONLY),
        "held": ints(lambda h: len(held.get(h.id, ()))),
        "age_from": ints(lambda h: h.terms.age_from),
        "age_to": ints(lambda h: h.terms.age_to),
        "sexes": ints(_sexes),
        "age_gap": ints(lambda h: NO_LIMIT if h.maximum_age_gap is None else min(h.maximum_age_gap, NO_LIMIT)),
        "features": ints(lambda h: feature_mask(h.features)),
        "access": ints(lambda h: access_mask(h.access)),
        "pets": ints(lambda h: pet_mask(h.pets or ())),
        "petless": bools(lambda h: h.pets is not None and not h.pets),
        "smoking": bools(lambda h: bool(h.smoking)),
        "standing": longs(_standing),
        "closes": longs(lambda h: leaves(h.closes_on)),
        "available_from": longs(lambda h: day_code(h.available_from) if h.available_from else 0),
    }
    return table(HOME, fields, (len(homes),))


def quality(home: Home) -> int:
    """0 where the grade has no price, 1 for requires improvement or worse, 2 for a home never inspected itself."""
    if home.grade in DAMPED_GRADES:
        return 1
    return 2 if home.grade is Grade.NOT_INSPECTED and home.kind not in FAMILY_KINDS else 0


def _sexes(home: Home) -> int:
    """The mask of sexes; a home for both is for every child."""
    mask = sex_mask(home.terms.sexes)
    return ANY_SEX if mask & EITHER_SEX == EITHER_SEX else mask


def _standing(home: Home) -> int:
    """Bits of the rules that the home fails whoever asks and whenever."""
    bits = 0
    if not home.registered:
        supported = home.kind is HomeKind.SUPPORTED
        bits |= 1 << (RuleId.SUPPORTED_REGISTERED if supported else RuleId.REGISTERED)
    if home.suspended:
        bits |= 1 << RuleId.SUSPENDED
    if home.grade is Grade.INADEQUATE:
        bits |= 1 << RuleId.INADEQUATE
    return bits


def languages_missing(homes: Sequence[Home], languages: Sequence[frozenset[str]]) -> Bools:
    """Bool (sets, homes): nobody in the home speaks one of the set; all False for the empty set."""
    spoken = [frozenset(plain(language) for language in home.languages) for home in homes]
    missing = [[bool(some) and some.isdisjoint(there) for there in spoken] for some in languages]
    return np.array(missing, np.bool_).reshape(len(languages), len(homes))


def faiths_missing(homes: Sequence[Home], faiths: Sequence[str]) -> Bools:
    """Bool (faiths, homes): the home does not support the faith; all False for the empty one."""
    supported = [frozenset(plain(faith) for faith in home.faiths) for home in homes]
    missing = [[bool(faith) and faith not in there for there in supported] for faith in faiths]
    return np.array(missing, np.bool_).reshape(len(faiths), len(homes))
