"""Who the children are and where they live today."""

from matcher.reports.document import Block, Heading, Paragraph, Picture, Section, Table, Tone
from matcher.reports.drawing.bars import bars
from matcher.reports.drawing.district_map import district_map
from matcher.reports.statement.copies import Copy, of_homes
from matcher.reports.statement.counted import one_way, two_way
from matcher.reports.statement.points import ranked
from matcher.reports.writers.cells import text
from matcher.services.statement.statement import Statement

_LIVE = "Number of children who live in each district"
_WHO = ("age", "sex", "ethnic_group", "disabled", "uasc")


def the_children(statement: Statement, copy: Copy) -> Section:
    """How many children are looked after, and who they are."""
    rate = statement.figures.rate
    blocks: list[Block] = [
        Paragraph(
            f"{copy.words('age')} children were looked after on the as-at date"
            + (f", {rate.per_10_000} for every 10,000 under 18 who live in the area." if rate.per_10_000 else ".")
        ),
        *(one_way(copy, key) for key in _WHO),
        Heading("How they live"),
        _drawn(one_way(copy, "living"), "Most children live in"),
        two_way(copy, "living_age"),
        Paragraph(
            "A forecast of how many children will need which homes is a paper of its own and not part of this "
            "statement yet. Nothing here assumes that next year will be like this one.",
            Tone.NOTE,
        ),
    ]
    return Section("children", "The children", tuple(blocks))


def where_they_live(statement: Statement, copy: Copy) -> Section:
    """In the area, next to it or at a distance; and district by district."""
    blocks: list[Block] = [
        _drawn(one_way(copy, "locality"), "Where most children live"),
        one_way(copy, "distance"),
        two_way(copy, "living_locality"),
        two_way(copy, "locality_age"),
    ]
    if "live_in" in copy.tables:
        table, codes = _districts(statement, copy)
        named = [str(row[0]) for row, code in zip(table.rows, codes, strict=True) if code]
        beyond = [f"{row[0]} {text(row[3])}" for row, code in zip(table.rows, codes, strict=True) if not code]
        alt = ranked(table, 3, "Most children live in", only=named) + f" On no map: {', '.join(beyond)}."
        drawn = district_map(table, codes, 3, alt=alt, title=_LIVE) if any(codes) else table
        blocks += [Heading("District by district"), drawn]
    return Section("where", "Where they live", tuple(blocks))


def _drawn(table: Table, lead: str) -> Picture:
    return bars(table, (1,), alt=ranked(table, 1, lead, beside=2), note=2)


def _districts(statement: Statement, copy: Copy) -> tuple[Table, list[str | None]]:
    people = {row.district: row for row in statement.districts.rows} if statement.districts else {}
    rows = []
    for value in copy.tables["come_from"].dimensions[-1].values:
        row = people.get(value.key)
        rows.append(
            (
                value.label,
                of_homes(row.population) if row and row.population else "",
                copy.count("come_from", value.key),
                copy.count("live_in", value.key),
                of_homes(row.open_places) if row else "",
            )
        )
    values = copy.tables["come_from"].dimensions[-1].values
    codes = [value.key if value.key in people and value.key.startswith("E") else None for value in values]
    table = Table(
        key="districts",
        title="Districts: children who come from and live in each, and open places there",
        columns=("District", "People aged 0 to 17", "Children who come from here", "Children who live here", "Open"),
        rows=rows,
        note="By home address, by the placement's postcode; open places of homes of every kind in the clean sheet",
        source="SSDA903 return, ONS Postcode Directory, population sheet, homes sheet",
    )
    return table, codes
