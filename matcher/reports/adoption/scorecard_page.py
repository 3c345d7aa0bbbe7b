"""The adoption report of a year: an internal copy with every figure, and a public copy with what may be published."""

from matcher.reports.adoption.activity_tables import activity_section, by_month_section
from matcher.reports.adoption.frame import banner, footer, subtitle
from matcher.reports.adoption.scorecard_public import public_sections
from matcher.reports.document import Cell, Document, Fact, Facts, Mark, Paragraph, Percent, Section, Table, Tone
from matcher.reports.statement.copies import Audience, Copy, checked
from matcher.reports.statement.sections.equality import section_blocks
from matcher.services.adoption.annual_report import AdoptionReport
from matcher.services.adoption.figures import Figure, FigureUnit
from matcher.services.equality import METHOD
from models.case import Case

_TITLE = "Adoption report"
_HEADLINES = ("a1", "a2", "a3_adopted", "placed_within_a_year")


def scorecard_document(case: Case, report: AdoptionReport, audience: Audience) -> Document:
    """The report for an audience.

    Raises:
        ValueError: a table of the public copy shows a number that was not let through.
    """
    internal = audience is Audience.INTERNAL
    if internal:
        sections: tuple[Section, ...] = (
            _headlines(report),
            _scorecard(report),
            by_month_section(report),
            activity_section(report),
            Section("equality", "Equality", (Paragraph(METHOD), *section_blocks(report.equality))),
            _not_known(report),
            _definitions(report),
        )
    else:
        sections = public_sections(Copy(audience, report.public_tables, report.fewest), report)
    made = Document(_TITLE, subtitle(case), banner(case, internal=internal), sections, footer(case))
    return checked(made, audience)


def value_cell(figure: Figure) -> Cell:
    """A figure's value as a cell: whole days, a share to one decimal, a count."""
    if figure.value is None:
        return Mark.NOT_AVAILABLE
    return Percent(figure.value) if figure.unit is FigureUnit.PERCENT else round(figure.value)


def value_words(figure: Figure) -> str:
    """A figure's value for a headline."""
    if figure.value is None:
        return "not known"
    if figure.unit is FigureUnit.PERCENT:
        return f"{figure.value:.1f}%"
    return f"{figure.value:,.0f}" + (" days" if figure.unit is FigureUnit.DAYS else "")


def _headlines(report: AdoptionReport) -> Section:
    by_key = {figure.key: figure for figure in report.year}
    facts = []
    for figure in (by_key[key] for key in _HEADLINES):
        words, alert = f"{figure.title}, twelve months", False
        if figure.threshold is not None and figure.value is not None:
            away = round(figure.value - figure.threshold)
            beside = "over" if away > 0 else "under"
            words += f"; {abs(away)} {beside} the threshold of {figure.threshold:,.0f}"
            alert = away > 0
        elif figure.unit is FigureUnit.PERCENT:
            words += f"; {len(figure.counted)} of {len(figure.out_of)}"
        facts.append(Fact(value_words(figure), words, alert))
    note = (
        "Rolling twelve months are the local figures; the national scorecard averages three years, and counts children "
        "still waiting in its A3. They are other figures with other names."
    )
    return Section("headlines", "In short", (Facts(tuple(facts)), Paragraph(note)))


def _scorecard(report: AdoptionReport) -> Section:
    rows: list[tuple[Cell, ...]] = []
    for year, three in zip(report.year, report.three_years, strict=True):
        wide = year.interval
        interval = f"{wide.low:,.0f} to {wide.high:,.0f}" if wide else ""
        counted = len(year.counted) if year.unit is FigureUnit.NUMBER else f"{len(year.counted)} of {len(year.out_of)}"
        threshold: Cell = "" if year.threshold is None else round(year.threshold)
        later: Cell = "" if not three.months else value_cell(three)
        unit = "" if year.unit is FigureUnit.NUMBER else year.unit.value
        rows.append((year.title, unit, value_cell(year), interval, counted, later, threshold))
    columns = ("Figure", "In", "Twelve months", "95% interval", "Counted", "Three years", "Threshold")
    note = "Counts of a day have no three years. An interval treats the children as one draw of what might have been."
    return Section("scorecard", "The scorecard", (Table("scorecard", "Scorecard", columns, rows, note),))


def _definitions(report: AdoptionReport) -> Section:
    rows: list[tuple[Cell, ...]] = [(each.title, each.definition, each.source) for each in report.year]
    table = Table("definitions", "What each figure is", ("Figure", "Definition", "Source"), rows)
    return Section("definitions", "Definitions", (table,))


def _not_known(report: AdoptionReport) -> Section:
    rows: list[tuple[Cell, ...]] = [
        (figure.title, ", ".join(figure.not_known)) for figure in report.three_years if figure.not_known
    ]
    if not rows:
        return Section("left_out", "Left out", (Paragraph("Nobody: every date that a figure needs is known."),))
    told = Table("left_out", "Left out because a date is missing or out of order", ("Figure", "Who"), rows)
    return Section("left_out", "Left out", (told, Paragraph("Over three years.", Tone.NOTE)))
