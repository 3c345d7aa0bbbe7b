"""The homes laid out for compiled loops: blocks of equal size, alike within a block, each field side by side.

A *lane* is one home's place in a block. Loops over the lanes of a block have a fixed length and no branches, so the
compiler does many lanes in one instruction; what differs by child alone is worked out once a child or once a block.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.scoring.arrays import Arrays, Bools, Int32, Int64, Table
from matcher.scoring.compiled.living import OLDEST, is_closed, living_blocks, standing_of
from matcher.scoring.compiled.words import home_words

Uint8 = npt.NDArray[np.uint8]
Pence = Int32 | Int64
PenceType = type[np.int32] | type[np.int64]

BLOCK = 128
"""Lanes in a block: as many bytes as four of the widest registers hold, and few enough for the nearest cache."""

STRIP_METRES = 30_000
"""Width of the strips of country by which homes, and children, are set in order."""

_SKILL_BANDS = 2


class Lanes(NamedTuple):
    """The homes as blocks; the last block is filled up with copies of the last home, which fail a rule.

    Attributes:
        block: (b,) of ``block_type``.
        level: uint8 (b, needs, BLOCK).
        language: Pence (sets of languages, b, BLOCK), for nobody in the home speaking one of the set.
        faith: Pence (faiths and heritages, b, BLOCK), for a faith or heritage that the home does not support.
        living: (days, b) of ``living_type``, who else lives there.
        limit: uint8 (b, needs, BLOCK), the level beyond which the home said no; no needs where none has.
    """

    block: Table
    level: Uint8
    language: Pence
    faith: Pence
    living: Table
    limit: Uint8


def block_type(pence: PenceType) -> np.dtype[np.void]:
    """The fields of a block, a lane each: money as ``pence``."""
    fields = {
        "x": np.float64,  # metres, whole numbers
        "y": np.float64,
        "own": pence,  # whoever asks: the fee, the grade, and its skills, as if none of them were needed
        "area": pence,  # for being out of area
        "column": np.int32,  # the home's column; -1 for a copy
        "kind": np.int32,  # position in HomeKind; rises from lane to lane
        "lacks": np.int32,  # word of what the home does not offer; see ``words``
        "age_from": np.int16,  # whole years
        "age_to": np.int16,
    }
    return np.dtype([(name, kind, (BLOCK,)) for name, kind in fields.items()], align=True)


def lanes_of(arrays: Arrays, pence: PenceType) -> Lanes:
    """Lay the homes out."""
    standing = standing_of(arrays)
    order = _order(arrays, np.logical_and.reduce(is_closed(standing), axis=(0, 1)))
    blocks = -(-len(order) // BLOCK)
    filled = np.concatenate([order, np.repeat(order[-1:], blocks * BLOCK - len(order))])
    homes, level = arrays.homes[filled], arrays.home_level[filled].astype(np.int64)
    fields = {
        "x": homes["x"],
        "y": homes["y"],
        "own": _own(arrays, homes, level),
        "area": _area(arrays, homes),
        "column": np.where(np.arange(len(filled)) < len(order), filled, -1),
        "kind": homes["kind"],
        "lacks": home_words(homes),
        "age_from": np.clip(homes["age_from"], -OLDEST, OLDEST),
        "age_to": np.clip(homes["age_to"], -OLDEST, OLDEST),
    }
    policy = arrays.policy[0]
    language = _support(arrays.language_missing, policy.language_not_spoken, arrays.language_weight)
    faith = _support(arrays.faith_missing, policy.faith_not_supported, arrays.faith_weight)
    heritage = _support(arrays.heritage_missing, policy.heritage_not_supported, arrays.faith_weight)
    block = np.recarray(blocks, block_type(pence))
    for name, values in fields.items():
        block[name] = values.reshape(blocks, BLOCK)
    return Lanes(
        block,
        _by_need(level, blocks),
        _set_out(language[:, filled], pence),
        _set_out((faith + heritage)[:, filled], pence),
        living_blocks(arrays, standing, filled, len(order), BLOCK),
        _by_need(arrays.home_limit[filled].astype(np.int64), blocks),
    )


def _by_need(level: Int64, blocks: int) -> Uint8:
    """Levels (b * BLOCK, needs) as uint8 (b, needs, BLOCK); there may be no needs."""
    each = level.astype(np.uint8).reshape(blocks, BLOCK, level.shape[1])
    return np.ascontiguousarray(each.transpose(0, 2, 1))


def _support(missing: Bools, price: int, weight: Int64) -> Int64:
    """Pence (sets, m) where something is missing, at its weight in thousandths."""
    found: Int64 = np.where(missing, (price * weight // 1000)[:, np.newaxis], 0).astype(np.int64)
    return found


def _set_out(found: Int64, pence: PenceType) -> Pence:
    """Money (sets, b * BLOCK) as blocks (sets, b, BLOCK)."""
    return np.ascontiguousarray(found.astype(pence)).reshape(len(found), -1, BLOCK)


def _own(arrays: Arrays, homes: Table, level: Int64) -> Int64:
    policy = arrays.policy[0]
    fee: Int64 = policy.fee_per_mille * homes["marginal_fee"] // 1000
    grade: Int64 = np.array([0, policy.requires_improvement, policy.not_inspected])[homes["quality"]]
    spare: Int64 = policy.surplus_per_tenth * (level @ arrays.tenths.astype(np.int64))
    return fee + grade + spare


def _area(arrays: Arrays, homes: Table) -> Int64:
    policy = arrays.policy[0]
    by_locality: Int64 = np.array([0, policy.adjoining_area, policy.at_a_distance])
    found: Int64 = by_locality[homes["locality"]]
    return found


def _order(arrays: Arrays, closed: Bools) -> Int64:
    """The columns in an order that sets side by side homes of a kind, open or closed, alike in skill, and near."""
    homes = arrays.homes
    skill = arrays.home_level.astype(np.int64) @ arrays.tenths.astype(np.int64)
    cuts = np.quantile(skill, np.arange(1, _SKILL_BANDS) / _SKILL_BANDS) if len(skill) else np.zeros(0)
    band, strip = np.searchsorted(cuts, skill, side="right"), homes["x"] // STRIP_METRES
    return np.lexsort((homes["y"], strip, band, closed, homes["kind"])).astype(np.int64)
