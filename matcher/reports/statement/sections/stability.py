"""How steady placements are: the published points, and how they did on the authority's own endings."""

from matcher.reports.document import Block, Cell, Heading, Mark, Paragraph, Section, Table, Tone
from matcher.reports.statement.copies import Copy, ShownPercent
from matcher.services.stability_score import RiskGroup
from matcher.services.statement.statement import Statement

_FIRST = 25
_MEANING = (
    "How to read it: the c-statistic is the chance that, of two placements of which one ended unplanned, that one had "
    "more points; 0.5 is what tossing a coin would do, 1 would be always. An interval is where a figure may lie by "
    "chance."
)


def stability(statement: Statement, copy: Copy) -> Section:
    """The published stability points, tested on the authority's own endings."""
    found = statement.stability
    blocks: list[Block] = [Paragraph(found.definition), Paragraph(found.calibration.statement)]
    if found.calibration.groups:
        blocks += [Paragraph(_MEANING, Tone.NOTE), _calibration(found.calibration.groups, copy)]
    if copy.internal:
        blocks += [Heading("Whom to ask first"), _most_points(statement)]
    return Section("stability", "Stability of placements", tuple(blocks))


def _calibration(groups: tuple[RiskGroup, ...], copy: Copy) -> Table:
    """Predicted beside observed. A group whose endings, or the rest of it, are few hides every group's.

    So does rounding: an interval would give the count that is rounded.
    """
    shown = copy.base == 1 and all(copy.may_show(len(group.ended), len(group.stays)) for group in groups)
    rows: list[tuple[Cell, ...]] = []
    for group in groups:
        points = f"{group.from_points} to {group.to_points}"
        interval = f"{group.low_percent:.1f} to {group.high_percent:.1f}"
        counts: tuple[Cell, ...] = (copy.near(len(group.stays)), copy.near(len(group.ended)))
        told: tuple[Cell, ...] = (ShownPercent(group.observed_percent), interval)
        if not shown:
            counts = told = (Mark.HIDDEN, Mark.HIDDEN)
        rows.append((points, *counts, ShownPercent(group.predicted_percent), *told))
    columns = ("Points", "Placements looked back at", "Ended unplanned", "Predicted", "Observed", "95% interval")
    return Table(
        "calibration",
        "Unplanned endings within twelve months: what the points predict beside what happened",
        columns,
        rows,
        "A placement is looked back at once for every day of the test that it was there",
        "SSDA903 return",
    )


def _most_points(statement: Statement) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            each.child_id,
            each.points,
            f"{each.least} to {each.most}",
            Mark.NOT_AVAILABLE if each.probability_percent is None else f"{each.probability_percent:.0f}%",
            "; ".join(driver.label for driver in each.drivers),
        )
        for each in statement.stability.placements[:_FIRST]
    ]
    columns = (
        "Child",
        "Points",
        "If what is not known were known",
        "Chance of an unplanned ending",
        "What drives it",
    )
    title = f"The {len(rows)} placements with most points: whom to ask first"
    return Table("stability", title, columns, rows, "A score decides nothing: it says whom to ask first")
