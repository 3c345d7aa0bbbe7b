"""Which unanswered questions could change the order of the families for a child, the most telling first."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from matcher.scoring.assumptions import About, AssumedFact, need_pence
from matcher.services.adoption.pool_case import PoolCase
from matcher.services.adoption.screening_results import Question, ScreenedFamily
from models.rules import RuleId

Ints = npt.NDArray[np.int64]


def questions_to_ask(
    pool: PoolCase, unit: int, order: Ints, cost: Ints, listed: Sequence[ScreenedFamily]
) -> tuple[Question, ...]:
    """Questions about the children and about the families listed, those that could change most first.

    Args:
        pool: Who waits, and the families.
        unit: The children.
        order: int64 (k,), the columns of every family eligible for them, in their order.
        cost: int64 (k,), what each costs, rising.
        listed: The first families, explained.
    """
    found = [question for row in _rows(pool, unit) for question in _of_child(pool, row, order, cost)]
    for place, family in enumerate(listed):
        for explained in family.children:
            for fact in explained.questions:
                if fact.about is About.HOME or not _is_level(pool, fact):
                    found.append(_of_pair(fact, explained.child_id, family.family_id, place, cost))
    telling = {_about(question): question for question in sorted(found, key=_weight) if _tells(question)}
    return tuple(sorted(telling.values(), key=_weight, reverse=True))


def _about(question: Question) -> tuple[str, str | None, str]:
    return question.child_id, question.family_id, question.key


def _weight(question: Question) -> tuple[bool, bool, int]:
    return question.first, question.decides, question.moves


def _tells(question: Question) -> bool:
    return question.moves > 0 or question.decides or question.first


def _rows(pool: PoolCase, unit: int) -> range:
    return range(pool.first_row[unit], pool.first_row[unit + 1])


def _is_level(pool: PoolCase, fact: AssumedFact) -> bool:
    return fact.key in pool.scored.framework.need_index


def _of_child(pool: PoolCase, row: int, order: Ints, cost: Ints) -> Iterator[Question]:
    """What each level that nobody stated of a child would do to the list, were it any other: worked out in full."""
    arrays, framework, policy = pool.encoded.arrays, pool.scored.framework, pool.policy
    child = pool.encoded.referrals[row].child_id
    if not order.size:
        return
    child_level, home_level = arrays.child_level.astype(np.int64), arrays.home_level.astype(np.int64)
    tenths, prices = arrays.tenths.astype(np.int64), (policy.unmet_need_per_tenth, policy.surplus_per_tenth)
    levels = np.arange(framework.top_level + 1, dtype=np.int64)[:, np.newaxis]
    for need in np.flatnonzero(~pool.encoded.child_known[row]).tolist():
        taken, yes = child_level[row, need : need + 1], home_level[order, need]
        then = cost - need_pence(taken, yes, tenths[need], *prices) + need_pence(levels, yes, tenths[need], *prices)
        places = np.argsort(np.argsort(then, axis=1, kind="stable"), axis=1, kind="stable")
        label = framework.needs[need].label
        yield Question(
            child_id=child,
            family_id=None,
            key=framework.needs[need].key,
            question=f"{label}: what level is it for {child}?",
            taken_as=f"level {taken[0]}",
            moves=int(np.abs(places - np.arange(order.size)).max()),
            first=bool((places.argmin(axis=1) != 0).any()),
            decides=arrays.home_limit.shape[1] > 0 and bool((levels > arrays.home_limit[order, need]).any()),
        )


def _of_pair(fact: AssumedFact, child: str, family: str, place: int, cost: Ints) -> Question:
    """What an answer about one family, or about the child with this family, could do to the family's place."""
    low = int(cost[place]) + fact.low_pence
    others = np.delete(cost, place)
    best = int(np.searchsorted(others, low, side="right" if not fact.low_pence else "left"))
    worst = others.size if fact.high_pence is None else int(np.searchsorted(others, int(cost[place]) + fact.high_pence))
    best, worst = min(best, place), max(worst, place)
    return Question(
        child_id=child,
        family_id=family if fact.about is About.HOME else None,
        key=fact.key,
        question=fact.question,
        taken_as=fact.taken_as,
        moves=max(place - best, worst - place),
        first=(place > 0 and best == 0) or (place == 0 and worst > 0),
        decides=bool(fact.rules) and RuleId.FLOOR not in fact.rules,
    )
