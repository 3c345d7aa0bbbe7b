"""The homes: places filled, vacant and not available, what Ofsted thought of them, and why places are not taken."""

from collections import Counter

from matcher.reports.document import Block, Cell, Heading, Mark, Paragraph, Percent, Section, Table
from matcher.reports.statement.copies import Copy, ShownPercent, of_homes
from matcher.reports.statement.counted import one_way
from matcher.services.counts import percent
from matcher.services.statement.places import NOT_AVAILABLE, OTHERS, OWN, VACANT
from matcher.services.statement.statement import Statement
from models.vocabulary import Grade

_STATES = (OWN, OTHERS, VACANT, NOT_AVAILABLE)
_OCCUPANCY = (
    "Occupancy is measured in three ways, and none is wrong: places filled on the day (above), bed-nights used over "
    "the quarter where the return tells them (below), and the indicator, which leaves homes for short stays out."
)
_GRADES = {
    Grade.OUTSTANDING: "Outstanding",
    Grade.GOOD: "Good",
    Grade.REQUIRES_IMPROVEMENT: "Requires improvement",
    Grade.INADEQUATE: "Inadequate",
    Grade.NOT_INSPECTED: "Not inspected, or not recorded",
}


def the_homes(statement: Statement, copy: Copy) -> Section:
    """What homes there are, how full and how good they are, and why some places are not available."""
    blocks: list[Block] = [_places(copy)]
    if copy.internal:
        blocks += [Paragraph(_OCCUPANCY), _nights(statement)]
    blocks += [_graded(statement), *_fostering(statement, copy)]
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


def _graded(statement: Statement) -> Table:
    """Homes, not children, by kind and Ofsted's judgement."""
    counts = Counter({(each.kind_label, each.grade): each.homes for each in statement.graded_homes})
    kinds = list(dict.fromkeys(each.kind_label for each in statement.graded_homes))
    rows: list[tuple[Cell, ...]] = [(kind, *(of_homes(counts[kind, grade]) for grade in _GRADES)) for kind in kinds]
    note = "Numbers of homes. Fostering households have no judgement of their own: their agency has"
    title = "Homes by Ofsted's overall judgement"
    return Table("graded", title, ("Kind of home", *_GRADES.values()), rows, note, "Homes sheet")


def _fostering(statement: Statement, copy: Copy) -> list[Block]:
    supply = statement.figures.fostering
    if not supply.by_approved_number:
        return []
    sizes = [(f"Approved for {row.approved_for}", of_homes(row.households)) for row in supply.by_approved_number]
    return [
        Heading("In-house fostering households"),
        Paragraph(supply.definition + "."),
        one_way(copy, "own_fostering", of="Places"),
        Table(
            "households",
            "Households by the number of children they are approved for",
            ("Approved for", "Households"),
            [*sizes, ("All", of_homes(supply.total.homes))],
            source=supply.source,
            total=True,
        ),
        one_way(copy, "not_available", of="Places"),
    ]
