"""Care leavers, from the OC3 table of the latest return."""

import datetime as dt

from matcher.intake.findings import Log
from matcher.intake.return_rows import ReturnRow, Returns
from models.commissioning import CareLeaver
from models.ssda903 import collection_year, year_label


def build_care_leavers(returns: Returns, as_at: dt.date, log: Log) -> list[CareLeaver]:
    """Everybody in OC3 of the latest return up to the day's; of a young person's rows the last counts.

    Nobody, and told so, if the latest return has no OC3: who was 19 in an older one is not now.
    """
    until = collection_year(as_at)
    rows = [row for row in returns.of("OC3") if row.child and (row.year is None or row.year <= until)]
    latest = max((row.year for row in rows if row.year is not None), default=None)
    newest = max((year for year in returns.years if year <= until), default=None)
    if latest is not None and newest is not None and latest < newest:
        told = f"the return of {year_label(newest)} has no OC3; the latest is of {year_label(latest)}"
        expected, action = "OC3 in the latest return", "no care leaver is counted"
        log.warn("care-leavers-old", rows[-1].at, told, expected=expected, action=action)
        return []
    last: dict[str, ReturnRow] = {}
    for row in rows:
        if row.child and row.year in (latest, None):
            _tell_twice(last.get(row.child), row, log)
            last[row.child] = row
    return [_leaver(child, row) for child, row in last.items()]


def _tell_twice(earlier: ReturnRow | None, row: ReturnRow, log: Log) -> None:
    if earlier is not None:
        told = f"care leaver {row.child} is there twice; the other is row {earlier.at.row} of {earlier.at.file}"
        expected, action = "each care leaver once", "the last row counts"
        log.warn("row-duplicated", row.at, told, expected=expected, action=action, subject=row.child)


def _leaver(child: str, row: ReturnRow) -> CareLeaver:
    return CareLeaver(
        id=child,
        born=row.day("DOB"),
        in_touch=row.text("IN_TOUCH"),
        activity=row.text("ACTIV"),
        accommodation=row.text("ACCOM"),
    )
