"""The plan of what to open as a document: intentions, what they do, what other money would do, and how sure it is."""

from matcher.reports.document import Block, Bullets, Document, Fact, Facts, Paragraph, Section, Tone
from matcher.reports.drawing.lines import lines
from matcher.reports.opening.tables import (
    doubts_table,
    effects_table,
    frontier_table,
    intentions_table,
    rivals_table,
)
from matcher.reports.words import day, number, plural
from matcher.services.opening.results import OpeningPlan
from models.money import pounds

_EVERY_WEEK = "Children and groups are of one week as it may come; money is of a year."


def opening_document(plan: OpeningPlan) -> Document:
    """The whole plan; it names no child, and counts of children in it are of drawn weeks, not of anybody on file."""
    return Document(
        "What to open",
        f"{plan.case}, as at {day(plan.as_at.isoformat())}",
        "SYNTHETIC DATA" if plan.synthetic else None,
        opening_sections(plan),
        f"Made by Placewell from {plan.case} as at {day(plan.as_at.isoformat())}. A person decides."
        + (" All data are synthetic." if plan.synthetic else ""),
        plan.as_at,
    )


def opening_sections(plan: OpeningPlan) -> tuple[Section, ...]:
    """Its sections, for the document of its own and for the sufficiency statement."""
    return (
        _summary(plan),
        _intentions(plan),
        _money(plan),
        _against(plan),
        _method(plan),
    )


def _summary(plan: OpeningPlan) -> Section:
    whole = plan.whole
    bought = sum(item.copies for item in plan.items)
    facts = (
        Fact(number(bought), f"openings or changes to begin, for {pounds(plan.spent_pence)} a year"),
        Fact(
            f"{plan.unplaced_without.mean:.1f} to {plan.unplaced_with.mean:.1f}",
            f"children without a home in a week, of {plan.children.mean:.0f} who look, without and with the plan",
        ),
        Fact(f"{whole.closer.mean:.1f}", "children a week nearer home by half a mile or more"),
        Fact(
            pounds(round(whole.net_pence_a_year.mean)),
            "a year left over once the plan is paid for, by fees alone",
            alert=whole.net_pence_a_year.mean < 0,
        ),
    )
    lead = (
        "Nothing on the menu is worth its cost: the best plan is to open nothing."
        if not plan.items
        else f"For weeks about {day(plan.horizon.isoformat())}. {_EVERY_WEEK}"
    )
    return Section("plan_summary", "What to open, in short", (Paragraph(lead, Tone.LEAD), Facts(facts)))


def _intentions(plan: OpeningPlan) -> Section:
    blocks: list[Block] = [intentions_table(plan), effects_table(plan)]
    if plan.emergency:
        e = plan.emergency
        blocks.append(
            Paragraph(
                f"Emergency places: {plural(e.places, 'place', 'places')} would be enough on "
                f"{e.covered_percent:.0f}% of nights, if the {e.same_day_a_week:.1f} children a week who need a home "
                f"the same day each stay {plural(e.nights, 'night', 'nights')}."
            )
        )
    if plan.too_late:
        blocks.append(Paragraph(f"Not there in time, so not considered: {'; '.join(plan.too_late)}.", Tone.NOTE))
    return Section("plan_intentions", "Commissioning intentions", tuple(blocks))


def _money(plan: OpeningPlan) -> Section:
    table = frontier_table(plan)
    picture = lines(
        table,
        (3,),
        alt=_frontier_words(plan),
        title="What each budget could gain a year",
        unit="£ a year gained over opening nothing",
    )
    return Section("plan_money", "What other money would do", (Paragraph(_frontier_words(plan)), picture))


def _frontier_words(plan: OpeningPlan) -> str:
    """The first budget at which a further pound no longer brings one, in words."""
    for point in plan.frontier:
        if point.next_pound is not None and point.next_pound <= 0:
            return (
                f"Beyond {pounds(point.spent_pence)} a year a further pound brings nothing that is on the menu: what "
                "is left to gain is not worth its cost."
            )
    return "Each further pound up to the largest budget tried brings more than it costs, welfare and all."


def _against(plan: OpeningPlan) -> Section:
    note = (
        "The rules of thumb spend within the same budget and are judged by the same weeks. A gain counts all "
        "that matching counts, in pounds: children's welfare, and money as the policy weighs it beside that."
    )
    return Section(
        "plan_against",
        "Beside rules of thumb, and if the forecast is wrong",
        (Paragraph(note), rivals_table(plan), doubts_table(plan)),
    )


def proof_words(plan: OpeningPlan) -> str:
    """How good the choice is proved to be, in words."""
    c = plan.certificate
    gap = "not told: nothing is left to compare with" if c.gap_percent is None else f"{c.gap_percent:.2f}%"
    return (
        f"Chosen by {c.samples:,} weeks: {pounds(c.objective_pence)} a mean year, charges for children without a home "
        f"included. No choice from this menu within the budget comes to less than {pounds(c.bound_pence)}: a gap of "
        f"{gap}, net of those charges ({c.status}; {c.rounds} rounds, {c.seconds:.0f} seconds, seed {c.seed}). Tested "
        f"on {plan.fresh_weeks:,} other weeks."
    )


def _method(plan: OpeningPlan) -> Section:
    return Section(
        "plan_method", "How this was found, and what it assumes", (Paragraph(proof_words(plan)), Bullets(plan.reading))
    )
