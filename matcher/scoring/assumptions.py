"""What one pair's score takes for granted, and how far each answer could move the cost or a rule."""

from collections.abc import Iterator
from enum import StrEnum

import numpy as np

from matcher.scoring.arrays import Bools, Int64
from matcher.scoring.coding import ENGLISH, plain
from matcher.scoring.facts import Pair
from models.policy import identity_weight
from models.record import Record
from models.rules import RuleId
from models.vocabulary import ADOPTIVE_KINDS, Alongside, PetsWish, Solo

_SCHOOL_AGES = range(5, 16)


class About(StrEnum):
    """Whom a question is put to."""

    CHILD = "child"
    HOME = "home"


class AssumedFact(Record):
    """Something nobody has said, what it was taken as, and what an answer could change.

    Attributes:
        about: Whether it is asked about the child or the home.
        key: Need key, or the name of the field.
        question: What to ask.
        taken_as: What the score takes it as meanwhile.
        low_pence: The most the cost could fall, 0 or less.
        high_pence: The most it could rise, 0 or more; None where that depends on a distance nobody knows.
        rules: Hard rules whose outcome an answer could change.
    """

    about: About
    key: str
    question: str
    taken_as: str
    low_pence: int
    high_pence: int | None
    rules: tuple[RuleId, ...] = ()

    @property
    def swing(self) -> int | None:
        """Pence between the best and the worst answer, None without a bound."""
        return None if self.high_pence is None else self.high_pence - self.low_pence


def assumed_facts(pair: Pair) -> tuple[AssumedFact, ...]:
    """Everything assumed about the pair: first what could change a rule, then by how far the cost could move."""
    found = [*_levels(pair), *_journeys(pair), *_identity(pair), *_household(pair), *_company(pair)]
    return tuple(sorted(found, key=lambda fact: (not fact.rules, fact.swing is not None, -(fact.swing or 0))))


def need_pence(child: Int64, home: Int64, tenths: Int64, unmet: int, surplus: int) -> Int64:
    """Pence a week for needs, by element: what levels fall short and what they have to spare."""
    short, spare = np.maximum(child - home, 0), np.maximum(home - child, 0)
    priced: Int64 = (short * unmet + spare * surplus) * tenths
    return priced


def _levels(pair: Pair) -> Iterator[AssumedFact]:
    arrays, encoded = pair.encoded.arrays, pair.encoded
    child = arrays.child_level[pair.row].astype(np.int64)
    home = arrays.home_level[pair.column].astype(np.int64)
    every = np.arange(pair.case.framework.top_level + 1).reshape(-1, 1)
    yield from _level_facts(pair, About.CHILD, encoded.child_known[pair.row], child, (child, home), (every, home))
    yield from _level_facts(pair, About.HOME, encoded.home_known[pair.column], home, (child, home), (child, every))


def _level_facts(
    pair: Pair, about: About, known: Bools, taken: Int64, now: tuple[Int64, Int64], then: tuple[Int64, Int64]
) -> Iterator[AssumedFact]:
    """Facts about the needs not known; ``then`` has a row for each level there is, ``now`` the levels taken."""
    if known.all():
        return
    policy, tenths = pair.case.policy, pair.encoded.arrays.tenths.astype(np.int64)
    prices = policy.unmet_need_per_tenth, policy.surplus_per_tenth
    moved = need_pence(*then, tenths, *prices) - need_pence(*now, tenths, *prices)
    under, under_then = _under_floor(pair, *now), _under_floor(pair, *then)
    decides = (under_then != under).any(axis=0) & (under.sum() == under)
    refusable = _could_be_refused(pair, about, now[0])
    low, high = moved.min(axis=0).tolist(), moved.max(axis=0).tolist()
    can = "up to what level would they say yes" if pair.home.kind in ADOPTIVE_KINDS else "what level can the home meet"
    asks = "what level does the child have" if about is About.CHILD else can
    for position in np.flatnonzero(~known).tolist():
        need = pair.case.framework.needs[position]
        yield AssumedFact(
            about=about,
            key=need.key,
            question=f"{need.label}: {asks}?",
            taken_as=f"level {taken[position]}",
            low_pence=low[position],
            high_pence=high[position],
            rules=(RuleId.FLOOR,) * bool(decides[position]) + (RuleId.STATED_NO,) * bool(refusable[position]),
        )


def _could_be_refused(pair: Pair, about: About, child: Int64) -> Bools:
    """Which needs an adoptive family may say no to once it is asked, or once the child's level is known."""
    arrays = pair.encoded.arrays
    if pair.home.kind not in ADOPTIVE_KINDS:
        return np.zeros(child.size, np.bool_)
    if about is About.HOME:
        return np.asarray(child > 0)
    limits = arrays.home_limit[pair.column] if arrays.home_limit.shape[1] else np.full(child.size, np.inf)
    return np.asarray(limits < pair.case.framework.top_level)


def _under_floor(pair: Pair, child: Int64, home: Int64) -> Bools:
    """Which needs are met too many levels short, by element."""
    policy = pair.case.policy
    under: Bools = (child >= policy.floor_need_level) & (child - home >= policy.floor_levels_short)
    return under


def _asked(
    about: About, key: str, question: str, taken_as: str, *rules: RuleId, low: int = 0, high: int | None = 0
) -> AssumedFact:
    return AssumedFact(
        about=about, key=key, question=question, taken_as=taken_as, low_pence=low, high_pence=high, rules=rules
    )


def _journeys(pair: Pair) -> Iterator[AssumedFact]:
    child, circumstances = pair.child, pair.circumstances
    if child.home is None and not child.uasc and not circumstances.wishes.away_from_home_area:
        yield _asked(About.CHILD, "home", "Where is the child's home?", "not counted", high=None)
    if circumstances.school is None and pair.age in _SCHOOL_AGES:
        policy = pair.case.policy
        priced = policy.school_journey_per_tenth_mile or policy.key_stage_4_disruption
        question = "Which school does the child go to?"
        yield _asked(About.CHILD, "school", question, "not counted", high=None if priced else 0)


def _identity(pair: Pair) -> Iterator[AssumedFact]:
    policy, circumstances, home = pair.case.policy, pair.circumstances, pair.home
    languages, religion = circumstances.languages, circumstances.religion
    weight = identity_weight(policy, (pair.case.as_at - pair.referral.received).days)
    for_language, for_faith = (
        price * weight // 1000 for price in (policy.language_not_spoken, policy.faith_not_supported)
    )
    if not languages:
        question, price = "Which languages does the child speak?", for_language
        yield _asked(About.CHILD, "languages", question, "English", high=price)
    elif not home.languages and ENGLISH not in {plain(language) for language in languages}:
        question, price = f"Does anybody in the home speak {' or '.join(languages)}?", for_language
        yield _asked(About.HOME, "languages", question, "no", low=-price)
    if not religion:
        question, price = "What is the child's religion?", for_faith
        yield _asked(About.CHILD, "religion", question, "none", high=price)
    elif not home.faiths:
        question, price = f"Can the home support the child's faith ({religion})?", for_faith
        yield _asked(About.HOME, "faiths", question, "no", low=-price)


def _household(pair: Pair) -> Iterator[AssumedFact]:
    mine, home = pair.circumstances, pair.home
    if home.pets is None and (mine.allergies or mine.pets in (PetsWish.NO, PetsWish.MUST)):
        yield _asked(About.HOME, "pets", "Which animals live in the home?", "none that matter", RuleId.HOUSEHOLD)
    if mine.pets is None and home.pets:
        question = "Can the child live with animals?"
        yield _asked(About.CHILD, "pets", question, "yes", RuleId.HOUSEHOLD)
    if home.smoking is None and mine.smoke_free:
        yield _asked(About.HOME, "smoking", "Does anybody in the home smoke?", "no", RuleId.HOUSEHOLD)


def _company(pair: Pair) -> Iterator[AssumedFact]:
    mine, price = pair.circumstances, pair.case.policy.solo_preferred_not_met
    if not pair.other_children:
        return
    if mine.solo is None:
        question = "Must the child live without other children?"
        yield _asked(About.CHILD, "solo", question, "no", RuleId.SOLO, high=price)
    if mine.alongside is None:
        question = "Can the child live with older and with younger children?"
        yield _asked(About.CHILD, "alongside", question, "yes", RuleId.ALONGSIDE)
    picky = mine.alongside in (Alongside.ONLY_OLDER, Alongside.ONLY_YOUNGER)
    ages_matter = picky or pair.home.maximum_age_gap is not None
    alone_matters = mine.solo in (Solo.REQUIRED, Solo.PREFERRED)
    for other in pair.other_children:
        if other.born is None and (ages_matter or alone_matters):
            rules = (RuleId.SOLO,) * (mine.solo is Solo.REQUIRED) + (RuleId.ALONGSIDE,) * ages_matter
            low = -price if mine.solo is Solo.PREFERRED and len(pair.other_children) == 1 else 0
            yield _asked(About.HOME, "born", f"How old is {other.name}?", "a child of any age", *rules, low=low)
