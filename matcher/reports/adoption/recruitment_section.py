"""Whom to recruit: the families that would give most children a link, in words and one after another."""

from matcher.reports.adoption.words import listed
from matcher.reports.document import Bullets, Cell, Money, Paragraph, Section, Table, Tone
from matcher.services.adoption.recruitment import RecruitmentList

_HOW = (
    "Exact for the pool as it is today: each line adds one family to those above it and links the whole pool anew. "
    "Families are imagined without children or animals at home, where most of our own live. Children yet to come are "
    "not counted, and nobody asked for here exists until somebody has been assessed and approved."
)


def recruitment_section(found: RecruitmentList) -> Section:
    """The recruitment list: in words first, then family by family."""
    title = "Families to recruit"
    lacking = found.children_waiting - found.children_linked
    if not found.recruits:
        if lacking:
            why = "none of the profiles compared would give another child a link"
        else:
            why = "every child who waits has a proposed link"
        return Section("recruit", title, (Paragraph(f"Nobody for these children: {why}."),))
    rows: list[tuple[Cell, ...]] = [
        (each.profile.label, each.families, listed(each.children), each.children_linked, Money(each.cost_pence))
        for each in found.recruits
    ]
    columns = ("A family for", "Families", "Newly linked", "Children linked then", "Change in all scores")
    note = (
        f"{_HOW} {found.profiles_tried} profiles were compared at each step. Change in all scores: what the links cost "
        "together a week, which rises as more children are linked."
    )
    words = Bullets(tuple(f"{sentence[:1].upper()}{sentence[1:]}." for sentence in found.in_words))
    lead = Paragraph(f"{lacking} of {found.children_waiting} children who wait have no proposed link.", Tone.LEAD)
    return Section("recruit", title, (lead, words, Table("recruit", "One family after another", columns, rows, note)))
