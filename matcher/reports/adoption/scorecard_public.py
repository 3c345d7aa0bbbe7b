"""The public copy of the adoption report: every count asked of the copy, means only over enough children."""

from matcher.reports.document import Block, Cell, Fact, Facts, Mark, Paragraph, Section, Table, Tone
from matcher.reports.statement.copies import Copy, ShownNumber
from matcher.reports.words import day
from matcher.services.adoption.annual_report import AdoptionReport, PublicMean
from matcher.services.adoption.published import ANSWERS, CHILD_FLOWS, EQUALITY_BY, FAMILY_FLOWS

_QUARTERS = ("q1", "q2", "q3", "q4")
_ABOUT = (
    "Counts of 1 to 5, and others that would give them away, are not shown (c). Month by month nearly every count is "
    "small, so what happened is told by quarter, and where everybody stood on one day. Means of two years that end "
    "a month apart differ by a few children, whose days could be worked out: those are in the internal copy alone."
)
_EARLIER = (
    "What was published in earlier years is not known here: compare it with this copy before you publish, because a "
    "stock of last year and this year's movements together can give a hidden stock away."
)


def public_sections(copy: Copy, report: AdoptionReport) -> tuple[Section, ...]:
    """The sections of the public copy."""
    return (
        _summary(copy, report),
        _times(report),
        _shares(copy),
        _activity(copy, report),
        _equality(copy),
        _method(report),
    )


def _summary(copy: Copy, report: AdoptionReport) -> Section:
    means = {mean.key: mean for mean in report.public_means}
    facts = [
        Fact(copy.words("adopted"), "children were adopted in the year"),
        Fact(_days(means["a1"].year), "on average from entering care to moving in with the family who adopted"),
        Fact(_days(means["a2"].year), "on average from the placement order to the match"),
        Fact(copy.words("children_now", "waiting"), "children waited for a match at the end of the year"),
        Fact(copy.words("families_now", "approved"), "approved families waited for a match"),
    ]
    return Section("summary", "In short", (Facts(tuple(facts)),))


def _days(value: int | None) -> str:
    return Mark.HIDDEN.value if value is None else f"{value:,} days"


def _times(report: AdoptionReport) -> Section:
    rows: list[tuple[Cell, ...]] = [
        (mean.title, mean.definition, _shown(mean.year), _shown(mean.three_years), _threshold(mean))
        for mean in report.public_means
    ]
    columns = ("Figure", "Mean days", "Twelve months", "Three years", "Threshold")
    return Section("times", "How long it took", (Table("times", "Mean days, of children adopted", columns, rows),))


def _shown(value: int | None) -> Cell:
    return Mark.HIDDEN if value is None else ShownNumber(value)


def _threshold(mean: PublicMean) -> Cell:
    return "" if mean.threshold is None else ShownNumber(round(mean.threshold))


def _shares(copy: Copy) -> Section:
    rows: list[tuple[Cell, ...]] = []
    for key, (words, _) in ANSWERS.items():
        rows += [
            (words, "adopted in the year", *_share(copy, key, "year")),
            (words, "adopted in the two years before", *_share(copy, key, "before")),
        ]
    rows.append(("Less than 14 months", "adopted in three years, or with a plan", *_of_all(copy)))
    columns = ("Figure", "Of children", "Yes", "No", "Share")
    note = "The last line is the population of the national scorecard's A3, and includes children who still wait."
    return Section("shares", "Shares", (Table("shares", "Shares of children", columns, rows, note),))


def _share(copy: Copy, key: str, group: str) -> tuple[Cell, ...]:
    return copy.count(key, group, "yes"), copy.count(key, group, "no"), copy.rate(key, group)


def _of_all(copy: Copy) -> tuple[Cell, ...]:
    key = "less_than_14_months"
    return copy.count(key, "*", "yes"), copy.count(key, "*", "no"), copy.rate(key, "*")


def _activity(copy: Copy, report: AdoptionReport) -> Section:
    blocks: list[Block] = []
    for who, flows in (("Children", CHILD_FLOWS), ("Families", FAMILY_FLOWS)):
        key = who.lower()
        rows: list[tuple[Cell, ...]] = [
            (words, *(copy.count(flow, quarter) for quarter in _QUARTERS), copy.count(flow))
            for flow, (words, _) in flows.items()
        ]
        columns = ("What happened", "Quarter 1", "Quarter 2", "Quarter 3", "Quarter 4", "Year")
        note = f"Quarters of the year to {day(report.as_at.isoformat())}."
        blocks += [
            Table(f"{key}_flows", f"{who}: what happened in the year", columns, rows, note),
            _now(copy, f"{key}_now", who),
        ]
    shares: list[tuple[Cell, ...]] = [
        (copy.tables[key].title, copy.count(key, "yes"), copy.count(key, "no"), copy.rate(key))
        for key in ("waited_three_months", "approved_dually")
    ]
    blocks.append(
        Table("family_shares", "Shares of families", ("Of families in the year", "Yes", "No", "Share"), shares)
    )
    return Section("activity", "What happened, and who waits", tuple(blocks))


def _now(copy: Copy, key: str, who: str) -> Table:
    table = copy.tables[key]
    rows: list[tuple[Cell, ...]] = [(value.label, copy.count(key, value.key)) for value in table.dimensions[0].values]
    rows.append(("All", copy.count(key)))
    return Table(key, table.title, ("Where they stand", who), rows, total=True)


def _equality(copy: Copy) -> Section:
    """How many of each group; shares and means of small groups are in the internal copy alone."""
    blocks: list[Block] = [
        Paragraph(
            "Means and shares by group, with intervals and a comparison, are in the internal copy: groups are small."
        )
    ]
    for each in EQUALITY_BY:
        table = copy.tables[each.key]
        rows: list[tuple[Cell, ...]] = [
            (value.label, *(copy.count(each.key, group.key, value.key) for group in table.dimensions[0].values))
            for value in table.dimensions[1].values
            if table.count("*", value.key) != 0
        ]
        columns = (each.label, *(group.label for group in table.dimensions[0].values))
        blocks.append(Table(f"by_{each.key}", f"Children by {each.by}", columns, rows))
    return Section("equality", "Equality", tuple(blocks))


def _method(report: AdoptionReport) -> Section:
    found = report.disclosure
    proof = (
        f"{found.hidden_figures} of {found.figures} counts are hidden, {found.small_figures} of them because they are "
        "small. Checked in whole numbers: no hidden small count can be worked out from what this copy shows."
    )
    return Section(
        "method", "What is hidden, and why", (Paragraph(_ABOUT), Paragraph(proof), Paragraph(_EARLIER, Tone.WARNING))
    )
