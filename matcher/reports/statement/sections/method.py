"""What can be trusted: totals side by side, what is missing, records set aside, and how to make it all again."""

from matcher.reports.document import Block, Bullets, Cell, Heading, Paragraph, Section, Table, Tone
from matcher.reports.statement.copies import Copy
from matcher.reports.words import day
from matcher.services.statement.provenance import Provenance
from matcher.services.statement.statement import Statement

_WORDS = (
    ("Adjoining", "In an authority that borders this one; at a distance: further than that."),
    ("Clean sheet", "Every child who can be moved matched afresh with every home: a measure of homes, not a plan."),
    ("IFA", "Independent fostering agency."),
    ("In-house", "Run or approved by the authority itself."),
    ("Not available", "Approved, but not taking a child now, for a reason the authority records."),
    ("SDQ", "Strengths and Difficulties Questionnaire, 0 to 40; higher is more difficulty."),
    ("Staying put", "A young person of 18 or over who still lives with their foster carers."),
    ("UASC", "Unaccompanied asylum-seeking child."),
)


_AGAIN = (
    "The same files, policy, software and command give the same figures. A plan that is not proved best in the time "
    "given may differ on another machine, within the gap that is told"
)


def data_quality(statement: Statement, copy: Copy) -> Section:
    """Totals that should agree, what is missing, and what was set aside."""
    blocks: list[Block] = []
    if copy.internal:
        said = "Totals that should agree stand side by side. Where they do not, nothing is changed to make them."
        blocks.append(_again(statement))
        blocks += [Heading("Totals that should agree"), Paragraph(said), _totals(statement)]
        if statement.unknown_comparators:
            said = ", ".join(statement.unknown_comparators)
            blocks.append(Paragraph(f"On the comparators sheet, but no indicator's key: {said}.", Tone.WARNING))
    blocks += [_missing(statement, copy), *_set_aside(statement, copy)]
    return Section("quality", "Data quality and reconciliation", tuple(blocks))


def how_it_was_made(statement: Statement, copy: Copy) -> Section:
    """Words, sources, and the command that makes this statement again."""
    made = statement.provenance
    blocks: list[Block] = [
        Table("words", "Words and short forms", ("Word", "Meaning"), list(_WORDS)),
        Table("provenance", "What this statement was made from", ("What", "Which"), _made_from(made)),
        Paragraph(f"{_AGAIN}."),
    ]
    if copy.internal and made.sources:
        hashes = sorted(made.sources.items())
        blocks.append(Table("files", "Files read and their SHA-256", ("File", "SHA-256"), hashes, printed=0))
    return Section("method", "How this was made", tuple(blocks))


def _made_from(made: Provenance) -> list[tuple[Cell, ...]]:
    return [
        ("As at", day(made.as_at)),
        ("Policy", made.policy),
        ("Needs framework", made.framework),
        ("Postcode directory", made.postcodes),
        ("Software", made.software),
    ]


def _again(statement: Statement) -> Table:
    """One command, and what it must find: the same files, policy and software."""
    made = statement.provenance
    files = f"the folder with the files of {statement.figures.case}, whose SHA-256 the last section lists"
    rows: list[tuple[Cell, ...]] = [("One command", made.command), ("CASE", files), *_made_from(made)]
    return Table("again", "How to make this statement, and every figure in it, again", ("What", "Which"), rows, _AGAIN)


def _totals(statement: Statement) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (each.first, each.first_count, each.second, each.second_count, each.difference, each.why)
        for each in statement.totals
    ]
    return Table(
        key="reconciliation",
        title="Totals side by side",
        columns=("One total", "Figure", "The other", "Its figure", "Difference", "Why they may differ"),
        rows=rows,
    )


def _missing(statement: Statement, copy: Copy) -> Table:
    if not copy.internal:
        said = [(each.what, each.instead) for each in statement.missing if each.count]
        return Table("missing", "What is not known of every child", ("What", "What is done instead"), said)
    rows: list[tuple[Cell, ...]] = [(each.what, each.count, each.out_of, each.instead) for each in statement.missing]
    return Table("missing", "What is not known", ("What", "Not known", "Out of", "What is done instead"), rows)


def _set_aside(statement: Statement, copy: Copy) -> list[Block]:
    count = len(statement.set_aside)
    if not count:
        return [Paragraph("Every record that was read is in the figures.")]
    said = "These records had an error and are in no figure. placewell check says where each error is."
    if not copy.internal:
        return [Paragraph("Some records had an error and are in no figure; the internal copy lists them.", Tone.NOTE)]
    kinds = sorted({record.what for record in statement.set_aside})
    lines = tuple(f"{kind}: {sum(record.what == kind for record in statement.set_aside)}" for kind in kinds)
    rows = [(record.what, record.id, record.reason) for record in statement.set_aside]
    return [
        Heading("Records set aside"),
        Paragraph(said),
        Bullets(lines),
        Table("set_aside", "Records set aside", ("Record", "Identifier", "Why"), rows),
    ]
