"""What a commissioner brings, from its rows, and care leavers from the return."""

import datetime as dt
from collections.abc import Collection, Sequence

from matcher.intake.context import Context
from matcher.intake.others import first_of_each
from matcher.intake.return_rows import Returns
from matcher.intake.sheet_rows import Row
from models.commissioning import BlockContract, CareLeaver, Comparator, Price, Saving, Uplift, Whose
from models.ssda903 import collection_year
from models.vocabulary import HomeKind, Sector

_FIRST_YEAR = 1990


def build_comparators(rows: Sequence[Row], context: Context) -> list[Comparator]:
    """What each indicator is compared with; a row that compares with nothing is kept."""
    figures = ("target", "neighbours", "england", "lower_quartile", "median", "upper_quartile")
    return [
        Comparator(
            indicator=row.need("indicator"),
            period=row.text("period"),
            source=row.text("source"),
            **{name: _decimal(row, name) for name in figures},
        )
        for row in first_of_each(rows, ("indicator",), "comparator", context)
    ]


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


def build_contracts(rows: Sequence[Row], homes: Collection[str], context: Context) -> list[BlockContract]:
    """Block contracts; a home that is not listed is left out of one, and a contract without any is left out."""
    found = []
    for row in first_of_each(rows, ("contract_id",), "contract", context):
        listed = [home for home in row.words("home_ids") if home in homes]
        for home in set(row.words("home_ids")) - set(listed):
            action = "the home is left out of the contract" if listed else "the contract is left out"
            context.drop_home(row, home, "home_ids", action=action)
        places, sold = row.need_number("places_bought"), row.number("sold_places") or 0
        if not places or sold > places:
            told = "the contract buys no place" if not places else f"{sold} of {places} places are sold on"
            expected = "places bought of 1 or more, and no more sold than bought"
            context.log.warn("contract-places", row.at, told, expected=expected, action="the contract is left out")
        elif listed:
            found.append(_contract(row, tuple(listed)))
    return found


def _contract(row: Row, homes: tuple[str, ...]) -> BlockContract:
    return BlockContract(
        id=row.need("contract_id"),
        home_ids=homes,
        places=row.need_number("places_bought"),
        weekly_pence=row.need_number("weekly_cost"),
        starts=row.day("starts"),
        ends=row.day("ends"),
        sold_places=row.number("sold_places") or 0,
        sold_weekly_pence=row.number("sold_weekly_income") or 0,
        provider_id=row.text("provider_id"),
        note=row.text("note"),
    )


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


def build_care_leavers(returns: Returns, as_at: dt.date) -> list[CareLeaver]:
    """Everybody in the OC3 table of the latest return up to the day's; of a young person's rows the last counts."""
    rows = [row for row in returns.of("OC3") if row.child and (row.year is None or row.year <= collection_year(as_at))]
    latest = max((row.year for row in rows if row.year is not None), default=None)
    last = {row.child: row for row in rows if row.year in (latest, None)}
    return [
        CareLeaver(
            id=child,
            born=row.day("DOB"),
            in_touch=row.text("IN_TOUCH"),
            activity=row.text("ACTIV"),
            accommodation=row.text("ACCOM"),
        )
        for child, row in last.items()
        if child
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
