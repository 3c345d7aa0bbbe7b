"""Whether groups of children wait and are linked alike, and whether heritage, language or faith cost anybody a link."""

from matcher.reports.adoption.words import listed
from matcher.reports.document import Block, Cell, Paragraph, Section, Table
from matcher.reports.statement.sections.equality import section_blocks
from matcher.services.adoption.fairness import IdentityAudit
from matcher.services.equality import METHOD, EqualitySection


def fairness_section(audit: IdentityAudit, found: EqualitySection) -> Section:
    """The audit in words, everybody it names, and outcomes by group with intervals; internal."""
    blocks: list[Block] = [
        Paragraph(audit.words),
        Paragraph(
            f"They still count, at what is left of their weight, for {audit.still_counting} of "
            f"{audit.children_waiting} children; {audit.other_family} of those linked would have another family."
        ),
    ]
    if audit.held_back:
        rows: list[tuple[Cell, ...]] = [
            (listed(each.children), each.waits_days, "no" if each.faded else "yes", each.family_without)
            for each in audit.held_back
        ]
        columns = ("Who", "Days since the decision", "Their own still count", "Family without these factors")
        blocks.append(Table("held_back", "Left without a link on this day because of these factors", columns, rows))
    return Section("fairness", "Fairness", (*blocks, Paragraph(METHOD), *section_blocks(found)))
