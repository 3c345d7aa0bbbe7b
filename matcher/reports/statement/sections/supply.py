"""The homes: places filled, vacant and not available, and brothers and sisters in them."""

from matcher.reports.document import Block, Cell, Heading, Mark, Paragraph, Percent, Section, Table
from matcher.reports.statement.copies import Copy, ShownPercent, of_homes
from matcher.services.counts import percent
from matcher.services.figures_supply import FosteringSupply
from matcher.services.statement.places import NOT_AVAILABLE, OTHERS, OWN, VACANT
from matcher.services.statement.statement import Statement

_STATES = (OWN, OTHERS, VACANT, NOT_AVAILABLE)


def the_homes(statement: Statement, copy: Copy) -> Section:
    """What homes there are, how full they are, and why some places are not available."""
    supply = statement.figures.fostering
    blocks: list[Block] = [_places(copy), *_fostering(supply)]
    if copy.internal:
        blocks.insert(1, _nights(statement))
    return Section("supply", "Homes and places", tuple(blocks))


def _places(copy: Copy) -> Table:
    table = copy.tables["places"]
    rows: list[tuple[Cell, ...]] = []
    for value in table.dimensions[0].values:
        cells = [copy.count("places", value.key, state) for state in _STATES]
        rows.append((value.label, *cells, copy.count("places", value.key), _occupancy(copy, value.key)))
    rows.append(("All", *(copy.count("places", "*", s) for s in _STATES), copy.count("places"), ""))
    return Table(
        key="places",
        title=table.title,
        columns=("Kind of home", *(v.label for v in table.dimensions[1].values), "All places", "Occupancy"),
        rows=rows,
        note=table.definition,
        source=table.source,
        total=True,
    )


def _nights(statement: Statement) -> Table:
    """Occupancy by bed-nights where the return tells of every home, else by the places of the day."""
    rows: list[tuple[Cell, ...]] = [
        (
            row.label,
            row.basis.value,
            row.homes,
            row.used,
            row.available,
            Mark.NOT_APPLICABLE if row.percent is None else Percent(row.percent),
        )
        for row in statement.occupancy
    ]
    columns = ("Kind of home", "Measured by", "Homes", "Used", "Available", "Occupancy")
    return Table("occupancy", "Occupancy over the quarter", columns, rows, source="SSDA903 return; homes sheet")


def _occupancy(copy: Copy, kind: str) -> Cell:
    found = [copy.tables["places"].count(kind, state) for state in (OWN, OTHERS, VACANT)]
    known = [count for count in found if count is not None]
    if len(known) < len(found):
        return Mark.HIDDEN
    of = percent(sum(known[:2]), sum(known))
    return Mark.NOT_APPLICABLE if of is None else ShownPercent(of)


def _fostering(supply: FosteringSupply) -> list[Block]:
    if not supply.total.homes:
        return []
    sizes = [(f"Approved for {row.approved_for}", of_homes(row.households)) for row in supply.by_approved_number]
    reasons = [(row.label, of_homes(row.places)) for row in supply.not_available_by_reason]
    return [
        Heading("In-house fostering households"),
        Paragraph(supply.definition + "."),
        Table(
            key="households",
            title="Households by the number of children they are approved for",
            columns=("Approved for", "Households"),
            rows=[*sizes, ("All", of_homes(supply.total.homes))],
            source=supply.source,
            total=True,
        ),
        Table(
            key="not_available",
            title="Approved places that are not available, by reason",
            columns=("Reason", "Places"),
            rows=[*reasons, ("All", of_homes(supply.total.not_available))],
            source=supply.source,
            total=True,
        ),
    ]
