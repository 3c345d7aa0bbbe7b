"""What a child brings and needs of a family, in words: needs, background, contact; and what nobody has said."""

import datetime as dt
from collections.abc import Iterator, Sequence

from matcher.reports.adoption.due import THRESHOLDS, threshold_words
from matcher.reports.adoption.words import ENDED_BY_WORDS, STAGE_WORDS, child_words, listed
from matcher.reports.document import Cell, Mark, Table
from matcher.reports.words import code, day, plural
from matcher.services.adoption.clock import clock_of
from matcher.services.adoption.pool_case import PoolCase
from models.adopter_questions import adopter_questions
from models.adoption import PlanChild
from models.vocabulary import PetsWish, SiblingDecision

_DECIDED = {
    SiblingDecision.TOGETHER: "to be placed together",
    SiblingDecision.APART: "to be placed apart",
    SiblingDecision.NOT_ASSESSED: "together or apart not assessed yet; one family is looked for until it is decided",
}
_PETS = {PetsWish.MUST: "animals hoped for", PetsWish.CAN: "may have animals", PetsWish.NO: "no animals"}
_NAMED = 5


def asked_keys(pool: PoolCase) -> tuple[str, ...]:
    """Keys of what a family is asked about: the council's needs, then the questions to adopters."""
    needs = [need.key for domain in pool.case.framework.domains for need in domain.needs]
    return (*needs, *(question.key for question in adopter_questions().questions))


def about_children(pool: PoolCase, children: Sequence[str]) -> tuple[str, ...]:
    """What is known of the children to be placed together, a sentence or two for each thing."""
    found = [pool.pool.child[child] for child in children]
    said = [line for child in found for line in _about(pool, child, named=len(found) > 1)]
    return (*said, *_siblings(pool, children), *_links(pool, children))


def _about(pool: PoolCase, child: PlanChild, *, named: bool) -> Iterator[str]:
    start = f"{child.id}: " if named else ""
    brings, unknown, asked = _levels(pool, child)
    yield f"{start}Brings {'; '.join(brings)}." if brings else f"{start}Nothing stated above level 0."
    if unknown:
        left = len(unknown) - _NAMED
        few = listed((*unknown[:_NAMED], plural(left, "other")) if left > 0 else unknown)
        yield f"{start}Nobody has said {len(unknown)} of {asked} things that families are asked about: {few}."
    needs = list(_needs_of_family(child))
    if needs:
        yield f"{start}The family: {'; '.join(needs)}."
    support = [*child.languages, *([child.religion] if child.religion else []), *child.heritage]
    if support:
        yield f"{start}To be supported, never a reason to wait: {', '.join(dict.fromkeys(support))}."


def _levels(pool: PoolCase, child: PlanChild) -> tuple[list[str], list[str], int]:
    """What is stated above nothing, most first; what nobody has said; and how many things families are asked."""
    row = next(at for at, referral in enumerate(pool.scored.referrals) if referral.child_id == child.id)
    known, level = pool.encoded.child_known[row].tolist(), pool.encoded.arrays.child_level[row].tolist()
    index, asked = pool.scored.framework.need_index, asked_keys(pool)
    words = adopter_questions().levels
    label = {need.key: need.label for need in pool.scored.framework.needs}
    own = {question.key for question in adopter_questions().questions}
    stated = [(level[index[key]], key) for key in asked if known[index[key]] and level[index[key]]]
    of_need = [each.partition(":")[0] for each in pool.case.framework.levels]
    told = [(at, key) for at, key in sorted(stated, key=lambda each: -each[0]) if at > 1]
    said = [f"{label[key]} (level {at}, {words[at] if key in own else of_need[at]})" for at, key in told]
    if low := [label[key] for at, key in stated if at == 1]:
        said.append(f"at level 1 {listed(low)}" if len(low) <= _NAMED else f"{len(low)} others at level 1")
    return said, [label[key] for key in asked if not known[index[key]]], len(asked)


def _needs_of_family(child: PlanChild) -> Iterator[str]:
    if child.only_child:
        yield "no other children"
    if child.youngest:
        yield "only older children"
    if child.pets:
        yield _PETS[child.pets]
    if child.allergies:
        yield f"without {listed(sorted(code(pet) for pet in child.allergies))}, for the child is allergic"
    if child.smoke_free:
        yield "no smoking"
    if child.access:
        yield listed(sorted(code(each) for each in child.access))
    for visit in child.contact:
        yield f"takes the child to see somebody {_times_a_week(visit.visits_a_week)}"
    if child.avoid:
        yield f"not near {plural(len(child.avoid), 'place')} on record, which the screening looked at"
    if child.carer_family_id:
        yield f"the foster carer {child.carer_family_id} may adopt"
    if child.early_permanence:
        yield "early permanence is the plan before an order"


def _times_a_week(visits: int) -> str:
    return {1: "once a week", 2: "twice a week"}.get(visits, f"{visits} times a week")


def _siblings(pool: PoolCase, children: Sequence[str]) -> Iterator[str]:
    for group in pool.pool.sibling_groups:
        if not set(children) & set(group.children):
            continue
        others = [child for child in group.children if child not in children]
        by = f" on {day(group.decided_on.isoformat())}" if group.decided_on else ""
        by += f" by {group.decided_by}" if group.decided_by else ""
        whom = f"; brothers and sisters elsewhere: {listed(others)}" if others else ""
        yield f"Brothers and sisters {listed(group.children)}: {_DECIDED[group.decision]}{by}{whom}."


def _links(pool: PoolCase, children: Sequence[str]) -> Iterator[str]:
    for link in pool.pool.links:
        if link.child_id not in children or link.started_on > pool.case.as_at:
            continue
        if link.live_on(pool.case.as_at):
            stage = STAGE_WORDS[link.stage]
            yield f"{link.child_id} and family {link.family_id}: {stage}, since {_date(link.started_on)}."
        elif link.ended_on:
            by = f" by {ENDED_BY_WORDS[link.ended_by]}" if link.ended_by else ""
            why = f" ({link.reason})" if link.reason else ""
            yield f"{link.child_id} and family {link.family_id}: ended on {_date(link.ended_on)}{by}{why}."


def _date(when: dt.date) -> str:
    return day(when.isoformat())


def so_far(pool: PoolCase, children: Sequence[str]) -> Table:
    """A row for each child: who, days in care, since the decision and since authority to place, and the thresholds."""
    today = pool.case.as_at
    rows: list[tuple[Cell, ...]] = []
    for child in (pool.pool.child[each] for each in children):
        clock = clock_of(pool.pool, child, today)
        days = (clock.days_in_care, clock.days_since_decision, clock.days_since_order)
        known = (Mark.NOT_AVAILABLE if each is None else each for each in days)
        rows.append((child_words(child, today), *known, *threshold_words(clock)))
    columns = ("Who", "Days in care", "Since the decision", "Since order or consent", *THRESHOLDS)
    return Table("so_far", "How long so far, in days", columns, rows)
