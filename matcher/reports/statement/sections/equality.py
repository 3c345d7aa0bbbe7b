"""Whether outcomes differ between groups (section 149, Equality Act 2010): charts with intervals, and what they say."""

from matcher.reports.document import Block, Bullets, Cell, Heading, Mark, Paragraph, Percent, Picture, Section, Table
from matcher.reports.drawing.intervals import intervals
from matcher.reports.statement.copies import Copy
from matcher.reports.statement.points import spread
from matcher.reports.statement.sections.equality_public import outside
from matcher.services.equality import Compared, EqualityCell, EqualityCharacteristic, EqualitySection
from matcher.services.equality.characteristics import NOT_KNOWN
from matcher.services.statement.statement import Statement

_COLUMNS = ("Group", "Children", "Value", "Interval from", "to", "Everyone else", "Beside everyone else")
_VALUE, _LOW, _HIGH = 2, 3, 4
_COMPARED = {
    Compared.HIGHER: "higher",
    Compared.LOWER: "lower",
    Compared.NO_DIFFERENCE: "no difference told",
    Compared.TOO_FEW: "too few",
    Compared.NOT_COMPARED: "",
}


def equality(statement: Statement, copy: Copy) -> Section:
    """Outcomes by sex, age, ethnic group, disability and UASC: in full inside, from protected shares outside."""
    found = statement.equality
    blocks: list[Block] = [Paragraph(found.method)]
    if copy.internal:
        for section in found.sections:
            blocks += section_blocks(section)
    else:
        blocks += outside(copy)
    return Section("equality", "Equality", tuple(blocks))


def section_blocks(section: EqualitySection) -> list[Block]:
    """What an internal copy shows of some measures: a sentence for each characteristic, a chart for each measure."""
    readings = tuple(f"{each.label}. {each.reading}" for each in section.characteristics)
    measures = [table.key for table in section.characteristics[0].tables] if section.characteristics else []
    return [Heading(section.title), Bullets(readings), *(_measure(section, at) for at in range(len(measures)))]


def _measure(section: EqualitySection, at: int) -> Picture:
    """One measure of a section, every group of every characteristic in a row."""
    first = section.characteristics[0].tables[at]
    rows = [
        _row(characteristic, cell, is_share=first.is_share)
        for characteristic in section.characteristics
        for cell in characteristic.tables[at].cells
        if cell.child_ids
    ]
    table = Table(
        f"equality_{section.key}_{first.key}",
        f"{section.title}: {first.label[:1].lower()}{first.label[1:]}",
        (*_COLUMNS[:_VALUE], "Share" if first.is_share else f"Mean, {first.unit}", *_COLUMNS[_LOW:]),
        rows,
        f"{first.definition[:1].upper()}{first.definition[1:]}. Intervals of 95%",
        printed=0,
    )
    return intervals(table, _VALUE, _LOW, _HIGH, alt=spread(table, _VALUE, _LOW, _HIGH))


def _row(characteristic: EqualityCharacteristic, cell: EqualityCell, *, is_share: bool) -> tuple[Cell, ...]:
    low, high = (_figure(value, is_share=is_share) for value in (cell.low, cell.high))
    return (
        _group_label(characteristic, cell),
        len(cell.child_ids),
        _figure(cell.value, is_share=is_share),
        low,
        high,
        _figure(cell.rest, is_share=is_share),
        _COMPARED[cell.compared],
    )


def _figure(value: float | None, *, is_share: bool) -> Cell:
    if value is None:
        return Mark.NOT_AVAILABLE
    return Percent(value) if is_share else value


def _group_label(characteristic: EqualityCharacteristic, cell: EqualityCell) -> str:
    """A group's name where groups of several characteristics stand together: ``Aged 10-12``."""
    if cell.group == NOT_KNOWN:
        return f"{characteristic.label} not known"
    return f"Aged {cell.label}" if characteristic.key == "age" else cell.label
