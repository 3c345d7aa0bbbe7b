"""Proposed links for the whole pool beside each child's own list, with the proof, and who is left without one."""

from matcher.reports.adoption.frame import banner, footer, subtitle
from matcher.reports.adoption.words import TIER_WORDS, listed, under_way
from matcher.reports.document import Cell, Document, Fact, Facts, Money, Paragraph, Section, Table, Tone
from matcher.reports.words import NONE, number, plural
from matcher.services.adoption.links_told import PoolLinks
from models.case import Case

_OTHERS_NAMED = 5
_LIKELY = (
    "Each link counts as often as its family is likely to say yes, by assumptions a council can replace: nobody has "
    "published how often families do, and nothing is learnt from past choices."
)


def pool_document(case: Case, links: PoolLinks, beside: tuple[Section, ...] = (), *, likely: bool = False) -> Document:
    """The whole pool on one page.

    Args:
        case: Whose pool it is.
        links: Proposed links.
        beside: Sections after the links: whom to recruit, whether groups fare alike.
        likely: Whether the links were weighed by how likely each family is to say yes.
    """
    sections = (_summary(links, likely=likely), _links(case, links), *_without(links), *beside)
    return Document("Links for the whole pool", subtitle(case), banner(case), sections, footer(case))


def _summary(links: PoolLinks, *, likely: bool) -> Section:
    own_first = sum(each.place == 1 for each in links.links)
    facts = Facts(
        (
            Fact(f"{links.children_linked} of {links.children_waiting}", "children who wait have a proposed link"),
            Fact(number(links.families), "families are open to them"),
            Fact(f"{own_first} of {len(links.links)}", "links are with the first family of the children's own list"),
        )
    )
    return Section("summary", "In short", (facts, *(Paragraph(words) for words in proof_words(links, likely=likely))))


def proof_words(links: PoolLinks, *, likely: bool = False) -> tuple[str, ...]:
    """What is proved of the links."""
    if links.status == "optimal" and likely:
        best = f"Proved: no lawful set of links gives more children a family on average. {_LIKELY}"
    elif links.status == "optimal":
        best = "Proved: no lawful set of links gives more children a family, and none that gives as many fits closer."
    else:
        best = f"Not proved best: the solver stopped after {links.seconds:.0f} seconds. Give it longer with --seconds."
    tie = {
        "unique": "Every other set of links fits less closely or leaves more children without one.",
        "tied": "At least one other set of links is as good: nothing here prefers this one.",
    }.get(links.uniqueness)
    said = "A family is never proposed against what it said no to; a link whose panel is booked is kept."
    return tuple(words for words in (best, tie, said) if words)


def _links(case: Case, links: PoolLinks) -> Section:
    rows: list[tuple[Cell, ...]] = [
        (
            listed(each.children),
            each.waits_days,
            each.family_id,
            TIER_WORDS[each.tier],
            Money(each.cost_pence),
            Money(each.stretch_pence),
            "panel booked" if each.kept else f"{each.place} of {each.eligible}",
            each.first or NONE,
            under_way(case.adoption, each.children, case.as_at) or NONE,
        )
        for each in links.links
    ]
    columns = (
        *("Who", "Days since the decision", "Family", "Agency", "Score", "Stretch", "Place in their list", "First"),
        "Under way",
    )
    note = (
        "First: the family that comes first in their own list. Where another is proposed, giving the first to these "
        "children would leave somebody without a family or fit others less closely. Under way: links on record "
        "today; only one whose panel is booked is kept whatever else could be proposed. A proposal to talk about, "
        "never a decision."
    )
    return Section("links", "Proposed links", (Table("links", "Children and families", columns, rows, note),))


def _without(links: PoolLinks) -> tuple[Section, ...]:
    if not links.without:
        return ()
    rows: list[tuple[Cell, ...]] = []
    for each in links.without:
        others = [listed(unit) for unit in each.proposed_for]
        few = listed(others[:_OTHERS_NAMED]) + (" and others" if len(others) > _OTHERS_NAMED else "")
        why = f"proposed for {few}" if others else "none is eligible: see who nearly is, and recruit"
        rows.append((listed(each.children), each.waits_days, each.eligible, why))
    columns = ("Who", "Days since the decision", "Eligible families", "Where those go")
    table = Table("without", "Children without a proposed link", columns, rows)
    lead = Paragraph(f"{plural(len(rows), 'child or group', 'children or groups')} without a link.", Tone.LEAD)
    return (Section("without", "No link yet", (lead, table)),)
