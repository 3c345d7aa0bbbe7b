"""Which charts the sufficiency page draws, and from which figures."""

from dataclasses import dataclass

from matcher.reports.charts import Chart, bar_chart
from matcher.reports.words import share
from matcher.services.counts import Breakdown
from matcher.services.figures_supply import Places
from matcher.services.gap import GapRow
from matcher.services.sufficiency import SufficiencyReport


@dataclass(frozen=True)
class Charts:
    """The charts of one sufficiency page."""

    living: Chart
    locality: Chart
    occupancy: Chart
    week: Chart
    clean: Chart


def charts(report: SufficiencyReport) -> Charts:
    """Lay out every chart of the page."""
    figures = report.figures
    return Charts(
        living=_counted("Number of children by living arrangement", figures.living),
        locality=_counted("Number of children by where they live", figures.locality),
        occupancy=_occupancy(figures.occupancy),
        week=_gap("Number of children who need a home now, by kind of home asked for", report.operational_gap.by_kind),
        clean=_gap(
            "Clean sheet: number of children by kind of home, and how many the area is short of a home for",
            report.clean_sheet_gap.by_kind,
        ),
    )


def _counted(title: str, table: Breakdown) -> Chart:
    rows = [(row.label, [row.count], f"{row.count:,} ({share(row.percent)})") for row in table.rows]
    return bar_chart(title, ["Children"], rows)


def _occupancy(places: tuple[Places, ...]) -> Chart:
    rows = [
        (row.label[:1].upper() + row.label[1:], [row.filled, row.vacant, row.not_available], f"{row.places:,} places")
        for row in places
        if row.places
    ]
    title = "Places by kind of home: share filled, vacant and not available"
    return bar_chart(title, ["Filled", "Vacant", "Not available"], rows, of_whole=True)


def _gap(title: str, rows: tuple[GapRow, ...]) -> Chart:
    return bar_chart(
        title,
        ["Matched in the area", "Matched outside the area", "Unmet"],
        [
            (
                (row.kind_label or "").capitalize(),
                [row.matched - row.matched_out_of_area, row.matched_out_of_area, row.unmet],
                f"{row.short_in_area:,} of {row.children:,} short",
            )
            for row in rows
        ],
        shades=(0, 2, 3),
    )
