"""Every child's and every home's level on every need, said or assumed; ``docs/scoring.md`` has the order."""

from collections.abc import Hashable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, NoReturn, TypeVar

import numpy as np
import numpy.typing as npt

from matcher.scoring.arrays import Bools, Int8, Int64
from matcher.scoring.coding import KIND_INDEX, coded, day_code
from models.case import Case
from models.home import Home
from models.needs import NeedsFramework, NeedsProfile, Skills
from models.ssda903.ages import age_band
from models.vocabulary import HomeKind, Training

_UNKNOWN = -1
_TRAINING_INDEX = {training: position for position, training in enumerate(Training)}
_NOTHING_SAID = Skills()
_H = TypeVar("_H", bound=Hashable)


class Levels(NamedTuple):
    """Levels of some children or homes.

    Attributes:
        level: int8 (rows, needs), 0-4, every need filled in.
        known: bool (rows, needs), False where the level is the prior's: assumed, not said.
    """

    level: Int8
    known: Bools


def child_levels(case: Case) -> Levels:
    """Levels of the case's children, in its order.

    What was assessed; else the prior: the mean over the case's own children of the same age band, or of all
    ages where fewer than ``minimum_assessed`` of the band have the need, rounded half up; else the fallback.
    """
    profiles = [child.profile or _NOTHING_SAID for child in case.children]
    stated, tagged = _stated(profiles, case.framework), _tagged(profiles, case.framework)
    said = np.where(stated >= 0, stated, tagged)
    known, bands = said >= 0, _age_bands(case)
    return Levels(np.where(known, said, _child_prior(said, bands, case.framework)[bands]), known)


def home_levels(homes: Sequence[Home], framework: NeedsFramework) -> Levels:
    """The highest level of each need that each home can meet, in the order given.

    What was recorded; else the higher of its tags and the prior of its kind and training. A tag that reaches
    the prior makes the level known.

    Raises:
        ValueError: the framework has no prior for a kind of home and its training.
    """
    prior = _home_prior(homes, framework).reshape(-1, 1)
    skills = [home.skills for home in homes]
    stated, tagged = _stated(skills, framework), _tagged(skills, framework)
    level = np.where(stated >= 0, stated, np.maximum(tagged, prior))
    return Levels(level, (stated >= 0) | ((tagged >= 0) & (tagged >= prior)))


def home_limits(homes: Sequence[Home], framework: NeedsFramework) -> Int8:
    """Int8 (homes, needs): the level beyond which each home said no, the top level where it did not."""
    said = _given([home.no_above for home in homes], framework.need_index)
    return np.where(said >= 0, said, framework.top_level).astype(np.int8)


def _stated(said: Sequence[NeedsProfile | Skills], framework: NeedsFramework) -> Int8:
    """Int8 (rows, needs): the level given for a need, else its domain's, else -1. Keys of no need are passed over."""
    position = {domain.key: place for place, domain in enumerate(framework.domains)}
    domain_of_need = [position[domain.key] for domain in framework.domains for _ in domain.needs]
    by_domain = _given([each.domain_levels for each in said], position)[:, domain_of_need]
    by_need = _given([each.levels for each in said], framework.need_index)
    return np.where(by_need >= 0, by_need, by_domain)


def _given(levels: Sequence[Mapping[str, int]], position: Mapping[str, int]) -> Int8:
    """Int8 (rows, positions): the level given for each key, else -1."""
    rows = np.repeat(np.arange(len(levels)), np.fromiter(map(len, levels), np.intp, len(levels)))
    keys = coded(list(chain.from_iterable(levels)), lambda key: position.get(key, len(position)))
    found = np.full((len(levels), len(position) + 1), _UNKNOWN, np.int8)  # the last is for keys of nothing
    found[rows, keys] = np.fromiter(chain.from_iterable(each.values() for each in levels), np.int8, rows.size)
    return found[:, :-1]


def _tagged(said: Sequence[NeedsProfile | Skills], framework: NeedsFramework) -> Int8:
    """Int8 (rows, needs): the highest level that the tags give, else -1. Tags not in the framework are passed over."""
    at, distinct = _numbered([each.tags for each in said])
    levels = np.full((len(distinct), len(framework.needs)), _UNKNOWN, np.int8)
    index = framework.need_index
    for row, tags in zip(levels, distinct, strict=True):
        for tag in tags:
            for key, level in framework.tag_levels.get(tag, {}).items():
                row[index[key]] = max(row[index[key]], level)
    return levels[at]


def _numbered(values: Sequence[_H]) -> tuple[Int64, Sequence[_H]]:
    """Int64 (values,): the number of each among the distinct ones; and these."""
    number = {value: position for position, value in enumerate(dict.fromkeys(values))}
    return coded(values, number.__getitem__), tuple(number)


def _age_bands(case: Case) -> Int64:
    """(children,) a number for each child's age band on the as-at date; a child not yet born is under 1."""
    ages = (day_code(case.as_at) - coded([child.born for child in case.children], day_code)) // 10_000
    distinct, at = np.unique(np.maximum(ages, 0), return_inverse=True)
    return _numbered([age_band(age) for age in distinct.tolist()])[0][at]


def _child_prior(said: Int8, bands: Int64, framework: NeedsFramework) -> Int8:
    """Int8 (bands, needs): the level assumed for each band and need."""
    prior = framework.child_prior
    of_band = [said[bands == band] for band in range(bands.max(initial=0) + 1)]
    count = np.array([(some >= 0).sum(0) for some in of_band], np.int64)
    total = np.array([np.maximum(some, 0).sum(0, np.int64) for some in of_band], np.int64)
    overall = np.where(count.sum(0) > 0, _mean(total.sum(0), count.sum(0)), prior.fallback_level)
    return np.where(count >= prior.minimum_assessed, _mean(total, count), overall).astype(np.int8)


def _mean(total: npt.NDArray[np.int64], count: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Whole mean, rounded half up; where the count is 0 the result means nothing."""
    return (2 * total + count) // np.maximum(2 * count, 1)


def _home_prior(homes: Sequence[Home], framework: NeedsFramework) -> Int8:
    """Int8 (homes,): the level assumed for a home of each one's kind and training."""
    of_kind = framework.home_prior.levels
    levels = [[of_kind.get(kind, {}).get(training, _UNKNOWN) for training in Training] for kind in HomeKind]
    kind = np.array([KIND_INDEX[home.kind] for home in homes], np.intp)
    training = np.array([_TRAINING_INDEX[home.training] for home in homes], np.intp)
    prior = np.array(levels, np.int8)[kind, training]
    if (prior < 0).any():
        _refuse(homes[int(prior.argmin())], framework)
    return prior


def _refuse(home: Home, framework: NeedsFramework) -> NoReturn:
    raise ValueError(
        f"the needs framework {framework.id} {framework.version} has no home_prior level for "
        f"{home.kind.value} homes with {home.training.value} training (home {home.id}): add one to the framework"
    )
