"""What children say they want (section 22(4), Children Act 1989)."""

from matcher.reports.document import Block, Cell, Paragraph, Section, Table
from matcher.reports.statement.copies import Copy
from matcher.reports.statement.counted import one_way
from matcher.reports.statement.sections.gap_inside import PRINTED
from matcher.services.statement.statement import Statement


def voice(statement: Statement, copy: Copy) -> Section:
    """How many children have wishes on record, and their own words in the internal copy."""
    blocks: list[Block] = [
        Paragraph("Wishes are weighed in every match and never bar one. What is not on record is not known."),
        one_way(copy, "wishes"),
    ]
    if copy.internal and statement.own_words:
        rows: list[tuple[Cell, ...]] = [*statement.own_words]
        blocks.append(Table("own_words", "In children's own words", ("Child", "Words"), rows, printed=PRINTED))
    return Section("voice", "What children say", tuple(blocks))
