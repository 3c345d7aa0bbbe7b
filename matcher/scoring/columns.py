"""The homes as columns of numbers."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from matcher.scoring.arrays import HOME, NO_LIMIT, Bools, Int64, Table, table
from matcher.scoring.coding import (
    ANY_SEX,
    EITHER_SEX,
    KIND_INDEX,
    access_mask,
    blocks,
    coded,
    day_or_0,
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
from models.vocabulary import Grade, HomeKind, NotAvailable, Pet, Sex

FAMILY_KINDS = frozenset({HomeKind.FOSTER, HomeKind.CONNECTED})
"""Kinds that are a household: the usual fostering limit and bedrooms count, and Ofsted judges the service instead."""

_LOCALITIES = tuple(Locality)
_IS_FAMILY = np.array([kind in FAMILY_KINDS for kind in HomeKind])
_GRADE_INDEX = {grade: position for position, grade in enumerate(Grade)}
_DAMPED = [_GRADE_INDEX[grade] for grade in (Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE)]


def encode_homes(case: Case, homes: Sequence[Home], held: Mapping[str, frozenset[str]]) -> Table:
    """Encode the homes in the order given: a table (homes,) of ``HOME``.

    Args:
        case: The case.
        homes: The columns.
        held: By home id, the children for whom a place is held.
    """
    area = {utla: _LOCALITIES.index(locality(case.authority, utla)) for utla in {home.location.utla for home in homes}}
    limit = case.policy.usual_fostering_limit
    parts = [_fields(block, area, limit, held) for block in blocks(homes)]
    return table(HOME, {name: np.concatenate([part[name] for part in parts]) for name in HOME}, (len(homes),))


def _fields(
    homes: Sequence[Home], area: Mapping[str, int], limit: int, held: Mapping[str, frozenset[str]]
) -> dict[str, npt.ArrayLike]:
    """Every field of ``HOME`` for some homes, given the locality of each authority and the usual fostering limit."""
    terms, places = [home.terms for home in homes], [home.location for home in homes]
    kind = np.array([KIND_INDEX[home.kind] for home in homes], np.intp)
    grade = np.array([_GRADE_INDEX[home.grade] for home in homes], np.intp)
    family = _IS_FAMILY[kind]
    pets = [home.pets for home in homes]
    return {
        "x": [place.easting for place in places],
        "y": [place.northing for place in places],
        "kind": kind,
        "locality": [area[place.utla] for place in places],
        "quality": _quality(grade, family),
        "marginal_fee": [home.marginal_fee_pence for home in homes],
        "places": [each.places for each in terms],
        "sibling_places": _capped(max(each.places, each.sibling_places or 0) for each in terms),
        "limit": np.where(family, limit, NO_LIMIT),
        "bedrooms": np.where(family, _capped(home.bedrooms for home in homes), NO_LIMIT),
        "not_available": _capped(home.not_available_places for home in homes),
        "siblings_only": [home.not_available_reason is NotAvailable.SIBLINGS_ONLY for home in homes],
        "held": [len(held.get(home.id, ())) for home in homes],
        "age_from": [each.age_from for each in terms],
        "age_to": [each.age_to for each in terms],
        "sexes": coded([each.sexes for each in terms], _sexes),
        "age_gap": _capped(home.maximum_age_gap for home in homes),
        "features": coded([home.features for home in homes], feature_mask),
        "access": coded([home.access for home in homes], access_mask),
        "pets": coded(pets, _pets),
        "petless": [some is not None and not some for some in pets],
        "smoking": [bool(home.smoking) for home in homes],
        "standing": _standing(homes, kind, grade),
        "closes": coded([home.closes_on for home in homes], leaves),
        "available_from": coded([home.available_from for home in homes], day_or_0),
    }


def _capped(values: Iterable[int | None]) -> list[int]:
    """Each number, ``NO_LIMIT`` where there is none or it is larger."""
    return [NO_LIMIT if value is None or value > NO_LIMIT else value for value in values]


def _quality(grade: npt.NDArray[np.intp], family: Bools) -> Int64:
    """0 where the grade has no price, 1 for requires improvement or worse, 2 for a home never inspected itself."""
    uninspected = (grade == _GRADE_INDEX[Grade.NOT_INSPECTED]) & ~family
    return np.where(np.isin(grade, _DAMPED), 1, np.where(uninspected, 2, 0))


def _sexes(sexes: frozenset[Sex]) -> int:
    """The mask of sexes; a home for both is for every child."""
    mask = sex_mask(sexes)
    return ANY_SEX if mask & EITHER_SEX == EITHER_SEX else mask


def _pets(pets: frozenset[Pet] | None) -> int:
    return pet_mask(pets or ())


def _standing(homes: Sequence[Home], kind: npt.NDArray[np.intp], grade: npt.NDArray[np.intp]) -> Int64:
    """Bits of the rules that the home fails whoever asks and whenever."""
    lacking = np.where(kind == KIND_INDEX[HomeKind.SUPPORTED], RuleId.SUPPORTED_REGISTERED, RuleId.REGISTERED)
    failed = (
        (np.array([not home.registered for home in homes], np.bool_), lacking),
        (np.array([home.suspended for home in homes], np.bool_), RuleId.SUSPENDED),
        (grade == _GRADE_INDEX[Grade.INADEQUATE], RuleId.INADEQUATE),
    )
    bits = np.zeros(len(homes), np.int64)
    for fails, rule in failed:
        bits |= fails.astype(np.int64) << rule
    return bits


def words_missing(there: Sequence[frozenset[str]], wanted: Sequence[frozenset[str]]) -> Bools:
    """Bool (wanted, homes): the languages or faiths of a home hold none of the set; all False for an empty set.

    Args:
        there: As recorded, by home.
        wanted: Sets of words as :func:`plain` writes them.
    """
    number = {words: position for position, words in enumerate(dict.fromkeys(there))}
    heard = [frozenset(map(plain, words)) for words in number]
    missing = [[bool(some) and some.isdisjoint(words) for words in heard] for some in wanted]
    table = np.array(missing, np.bool_).reshape(len(wanted), len(heard))
    return np.take(table, coded(there, number.__getitem__), axis=1)
