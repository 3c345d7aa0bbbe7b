"""Every child's needs score as a table for a file."""

from matcher.reports.sheets import Cell, Sheet
from matcher.services.needs import NeedsReport

_COLUMNS = (
    "child_id",
    "looked_after",
    "age_band",
    "sex",
    "living_arrangement",
    "area",
    "score",
    "band",
    "needs",
    "high_needs",
    "completeness_percent",
    "breakdown_flags",
    "sdq",
    "synthetic",
)


def needs_sheet(report: NeedsReport) -> Sheet:
    """A row for each child; the score is blank where nothing is known, which is not 0."""
    rows: list[tuple[Cell, ...]] = []
    for child in report.children:
        score = child.score
        rows.append(
            (
                score.child_id,
                "Y" if child.looked_after else "N",
                child.age_band,
                child.sex,
                child.living,
                child.area,
                None if score.tenths is None else score.tenths / 10,
                score.band.label if score.band else None,
                score.needs,
                score.high_needs,
                score.completeness_percent,
                ";".join(score.flags),
                score.sdq,
                "Y" if report.synthetic else "N",
            )
        )
    return Sheet("needs", _COLUMNS, rows)
