"""How words and dates become whole numbers that a kernel can compare."""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import TypeVar

import numpy as np

from matcher.scoring.arrays import Int64
from models.vocabulary import Access, AuthorityToPlace, Feature, HomeKind, Pet, Risk, Sex

_E = TypeVar("_E", bound=StrEnum)
_H = TypeVar("_H", bound=Hashable)
_T = TypeVar("_T")

NEVER = 99_999_999
"""A day later than any other, for a date that does not apply."""

_BLOCK = 500


def blocks(records: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """The records some hundreds at a time, no records as one empty block.

    Reading field after field of few records keeps each in the processor's cache: 100,000 homes take a fifth less time.
    """
    for start in range(0, max(len(records), 1), _BLOCK):
        yield records[start : start + _BLOCK]


def coded(values: Sequence[_H], code: Callable[[_H], int]) -> Int64:
    """Int64 (values,): the code of each, worked out once for each distinct one, of which there are few."""
    codes = {value: code(value) for value in set(values)}
    return np.fromiter(map(codes.__getitem__, values), np.int64, len(values))


def day_code(day: dt.date) -> int:
    """A day as the number YYYYMMDD, so that ``(later - earlier) // 10_000`` is an age in whole years."""
    return day.year * 10_000 + day.month * 100 + day.day


def leaves(day: dt.date | None) -> int:
    """The day somebody leaves: NEVER where none is known."""
    return NEVER if day is None else day_code(day)


def day_or_0(day: dt.date | None) -> int:
    """A day, 0 where none is known."""
    return 0 if day is None else day_code(day)


def plain(text: str) -> str:
    """A language or faith as it is compared: without case or spaces."""
    return "".join(text.split()).casefold()


ENGLISH = plain("English")


def _mask_of(words: type[_E]) -> Callable[[Iterable[_E]], int]:
    """A function that turns some of an enumeration's words into a bit mask, in the order they are defined."""
    bit = {word: 1 << position for position, word in enumerate(words)}

    def mask(some: Iterable[_E]) -> int:
        found = 0
        for word in some:
            found |= bit[word]
        return found

    return mask


access_mask = _mask_of(Access)
feature_mask = _mask_of(Feature)
kind_mask = _mask_of(HomeKind)
pet_mask = _mask_of(Pet)
risk_mask = _mask_of(Risk)
sex_mask = _mask_of(Sex)

AUTHORITY_INDEX = {authority: position for position, authority in enumerate(AuthorityToPlace)}
KIND_INDEX = {kind: position for position, kind in enumerate(HomeKind)}
ANY_SEX = sex_mask(Sex)
EITHER_SEX = sex_mask((Sex.MALE, Sex.FEMALE))
