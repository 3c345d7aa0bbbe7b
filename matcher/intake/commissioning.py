"""What a commissioner compares with and plans, from its rows: comparators, prices, rises and savings."""

from collections.abc import Sequence
from itertools import pairwise

from matcher.intake.context import Context
from matcher.intake.others import first_of_each
from matcher.intake.sheet_rows import Row
from models.commissioning import Comparator, Price, Saving, Uplift, Whose
from models.vocabulary import HomeKind, Sector

_FIRST_YEAR = 1990
_QUARTILES = ("lower_quartile", "median", "upper_quartile")
_COMPARED = ("target", "neighbours", "neighbours_per_10_000", "england", *_QUARTILES)


def build_comparators(rows: Sequence[Row], context: Context) -> list[Comparator]:
    """What each indicator is compared with; a row that compares with nothing is kept."""
    listed = first_of_each(rows, ("indicator",), "comparator", context)
    for row in listed:
        _tell_quartiles(row, context)
    return [
        Comparator(
            indicator=row.need("indicator"),
            period=row.text("period"),
            source=row.text("source"),
            **{name: _decimal(row, name) for name in _COMPARED},
        )
        for row in listed
    ]


def _tell_quartiles(row: Row, context: Context) -> None:
    """Tell of quartiles that fall: authorities are ranked by the figure, whichever way is good."""
    given = [(name, value) for name in _QUARTILES if (value := row.number(name)) is not None]
    for (lower, low), (upper, high) in pairwise(given):
        if low > high:
            told = f"{lower} is {low / 100:g}, above {upper} {high / 100:g}"
            expected, at = "quartiles that rise, even where less is better", row.at.in_column(lower)
            name = row.need("indicator")
            context.log.warn(
                "quartiles-reversed", at, told, expected=expected, action="they are kept as read", subject=name
            )


def build_prices(rows: Sequence[Row], context: Context) -> list[Price]:
    """Mean prices of years, kinds and sectors."""
    key = ("year", "kind", "sector", "disability", "whose")
    return [
        Price(
            year=row.need_number("year"),
            kind=HomeKind(row.need("kind")),
            sector=Sector(row.need("sector")),
            disability=row.flag("disability") or False,
            weekly_pence=row.need_number("weekly_price"),
            whose=Whose(row.need("whose")),
            source=row.need("source"),
        )
        for row in first_of_each(_of_a_year(rows, context), key, "price of", context)
    ]


def build_uplifts(rows: Sequence[Row], context: Context) -> list[Uplift]:
    """Rises expected; one of more than 1,000% or a fall of more than 100% is left out."""
    found = []
    for row in first_of_each(_of_a_year(rows, context), ("year", "kind"), "uplift of", context):
        rise, kind = row.need_number("rise_percent"), row.text("kind")
        if not -10_000 <= rise <= 100_000:
            at = row.at.in_column("rise_percent")
            told, expected = f"prices would change by {rise / 100:g}%", "from -100 to 1000 per cent"
            context.log.warn("rise-out-of-range", at, told, expected=expected, action="the row is left out")
            continue
        found.append(Uplift(year=row.need_number("year"), kind=HomeKind(kind) if kind else None, hundredths=rise))
    return found


def build_savings(rows: Sequence[Row], context: Context) -> list[Saving]:
    """Savings planned; a scheme has one row for each year, and one for what is cashable and what is not."""
    return [
        Saving(
            scheme=row.need("scheme"),
            year=row.need_number("year"),
            pence=row.need_number("saving"),
            cashable=bool(row.flag("cashable")),
            cost_pence=row.number("cost") or 0,
        )
        for row in first_of_each(_of_a_year(rows, context), ("scheme", "year", "cashable"), "saving of", context)
    ]


def _of_a_year(rows: Sequence[Row], context: Context) -> list[Row]:
    """The rows whose year can be one."""
    found = []
    for row in rows:
        year = row.need_number("year")
        if year >= _FIRST_YEAR:
            found.append(row)
            continue
        at, expected = row.at.in_column("year"), f"a year from {_FIRST_YEAR}, by its end: 2018 for 2017/18"
        told = f"{year} is no year of a price"
        context.log.warn("year-unknown", at, told, expected=expected, action="the row is left out", value=str(year))
    return found


def _decimal(row: Row, name: str) -> float | None:
    hundredths = row.number(name)
    return None if hundredths is None else hundredths / 100
