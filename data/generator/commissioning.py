"""Sheets a commissioner fills in: what indicators are compared with, prices, rises, block contracts, savings planned.

Comparators are the Report's own for 2017/18, beside England and the quartiles of 151 authorities in the department's
data: the Report puts three or more placements and long-term stability in the third quarter, as these do. Last year's
prices are this year's means less 3%; rises, contracts and savings are made up, in the shape of plans that the
authority published later.
"""

from collections.abc import Mapping

from .homes import Home

Row = dict[str, str]
_REPORT = "Hertfordshire, quarter 4 performance report, 20 June 2018"
_DEPARTMENT = "DfE, Children looked after in England 2017 to 2018, underlying data"
_BOTH = f"{_REPORT}; {_DEPARTMENT}"
_MADE_UP = "synthetic"
_YEAR = "2017/18"
_COMPARED = (
    "indicator",
    "target",
    "neighbours",
    "neighbours_per_10_000",
    "england",
    "lower_quartile",
    "median",
    "upper_quartile",
    "period",
    "source",
)
_COMPARATORS = (
    ("looked_after", "", "", "44.5", "", "", "", "", _YEAR, _REPORT),
    ("three_or_more_placements", "10", "10.2", "", "10", "9", "11", "12", _YEAR, _BOTH),
    ("long_term_stability", "72", "", "", "70", "65", "70", "73", _YEAR, _BOTH),
    ("left_by_adoption_or_special_guardianship", "23.6", "23.6", "", "", "", "", "", _YEAR, _REPORT),
    ("out_of_area", "", "", "", "41", "34", "44", "58", _YEAR, _DEPARTMENT),
    ("over_20_miles", "", "", "", "19", "12", "17", "23", _YEAR, _DEPARTMENT),
    ("out_of_area_over_20_miles", "", "", "", "15", "", "", "", _YEAR, _DEPARTMENT),
    ("distance_not_known", "", "", "", "7", "", "", "", _YEAR, _DEPARTMENT),
)
_LAST_YEAR = (
    ("foster", "in_house", "", "402"),
    ("foster", "private", "", "888"),
    ("foster", "private", "Y", "1228"),
    ("residential", "in_house", "", "2957"),
    ("residential", "private", "", "3699"),
    ("residential_school", "private", "", "3141"),
    ("residential_school", "private", "Y", "2128"),
    ("secure", "other_authority", "", "3313"),
    ("supported_accommodation", "private", "", "1083"),
)
_ALL_IN = "PSSRU, unit cost of foster care in England with all overheads, 2016/17"
_RISES = (("2019", "", "2.5"), ("2019", "residential", "4"), ("2020", "", "2.5"), ("2021", "", "2.5"))
_SAVINGS = (
    ("More in-house residential beds", "2019", "450000", "Y", "260000"),
    ("More in-house residential beds", "2020", "1350000", "Y", "320000"),
    ("More in-house residential beds", "2021", "2250000", "Y", "320000"),
    ("Step-down from residential homes, with two neighbours", "2019", "600000", "Y", "1033000"),
    ("Step-down from residential homes, with two neighbours", "2020", "1200000", "Y", "1033000"),
    ("Step-down from residential homes, with two neighbours", "2021", "1500000", "Y", "1034000"),
    ("Support that keeps families together", "2019", "300000", "N", "150000"),
    ("Support that keeps families together", "2020", "520000", "N", "150000"),
    ("Support that keeps families together", "2021", "640000", "N", "150000"),
)
_BOUGHT = ((4, 1), (2, 0))


def rows(listed: list[Home]) -> Mapping[str, list[Row]]:
    """Every row of the five sheets, by sheet."""
    block = [home for home in sorted(listed, key=lambda home: home.id) if home.details.get("contract") == "block"]
    prices = [_price("2017", *price, "own", f"{_MADE_UP}: this year's mean less 3%") for price in _LAST_YEAR]
    prices.append(_price("2017", "foster", "in_house", "", "646", "benchmark", _ALL_IN))
    return {
        "comparators": [dict(zip(_COMPARED, each, strict=True)) for each in _COMPARATORS],
        "prices": prices,
        "uplifts": [{"year": year, "kind": kind, "rise_percent": rise} for year, kind, rise in _RISES],
        "contracts": [_contract(f"B{n:02d}", home, *_BOUGHT[n - 1]) for n, home in enumerate(block[: len(_BOUGHT)], 1)],
        "savings": [
            {"scheme": scheme, "year": year, "saving": saving, "cashable": cashable, "cost": cost}
            for scheme, year, saving, cashable, cost in _SAVINGS
        ],
    }


def _price(year: str, kind: str, sector: str, disability: str, price: str, whose: str, source: str) -> Row:
    found = {"year": year, "kind": kind, "sector": sector, "disability": disability}
    return found | {"weekly_price": price, "whose": whose, "source": source}


def _contract(name: str, home: Home, places: int, sold: int) -> Row:
    """A contract over a home's places at its own fee, some of them sold on for nine tenths of that."""
    return {
        "contract_id": name,
        "home_ids": home.id,
        "places_bought": str(places),
        "weekly_cost": str(home.fee * places),
        "starts": "01/04/2017",
        "ends": "31/03/2020",
        "sold_places": str(sold) if sold else "",
        "sold_weekly_income": str(home.fee * sold * 9 // 10) if sold else "",
        "provider_id": home.provider,
        "note": _MADE_UP,
    }
