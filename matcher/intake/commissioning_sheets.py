"""The sheets a commissioner fills in for a sufficiency statement: comparators, prices, uplifts, contracts, savings."""

from matcher.intake.columns import Column, Kind, Sheet
from models import vocabulary as v
from models.commissioning import Whose

_LATEST_YEAR = 2100
_YEAR = Column(
    "year", Kind.INTEGER, "The financial year it is of, by its end: 2018 is 2017/18.", True, most=_LATEST_YEAR
)

COMMISSIONING_SHEETS = (
    Sheet(
        "comparators",
        "What indicators are compared with: your target, statistical neighbours, England.",
        ("indicator", "target", "neighbours"),
        (
            Column(
                "indicator", Kind.ID, "The indicator's key, as the statement lists it.", True, example="at_a_distance"
            ),
            Column("target", Kind.HUNDREDTHS, "Your own target, in the indicator's unit.", example="10"),
            Column("neighbours", Kind.HUNDREDTHS, "The average of your statistical neighbours.", example="10.2"),
            Column(
                "neighbours_per_10_000",
                Kind.HUNDREDTHS,
                "Their average rate per 10,000 children, of an indicator that is a number of children.",
                example="44.5",
            ),
            Column("england", Kind.HUNDREDTHS, "England's figure."),
            Column("lower_quartile", Kind.HUNDREDTHS, "The value a quarter of authorities lie below."),
            Column("median", Kind.HUNDREDTHS, "The value half of them lie below."),
            Column("upper_quartile", Kind.HUNDREDTHS, "The value three quarters of them lie below."),
            Column("period", Kind.TEXT, "The period the comparison is of.", example="2017/18"),
            Column("source", Kind.TEXT, "Where it was published."),
        ),
        ("indicator", "indicator"),
    ),
    Sheet(
        "prices",
        "Mean weekly prices of earlier years and published benchmarks, by kind of home and sector.",
        ("year", "weekly_price", "whose"),
        (
            _YEAR,
            Column("kind", Kind.CODE, "The kind of home.", True, words=v.CARE_KINDS),
            Column("sector", Kind.CODE, "Who runs it.", True, codes=v.Sector),
            Column(
                "disability", Kind.YES_NO, "Whether it is the price of disability services; blank is no.", vital=True
            ),
            Column("weekly_price", Kind.MONEY, "The mean price, pounds a week.", True, example="915"),
            Column("whose", Kind.CODE, "Whether it is your own mean or a published one.", True, codes=Whose),
            Column("source", Kind.TEXT, "Where it is from.", True),
        ),
        ("price", ""),
    ),
    Sheet(
        "uplifts",
        "How much prices are expected to rise, year by year.",
        ("year", "rise_percent"),
        (
            _YEAR,
            Column(
                "kind",
                Kind.CODE,
                "The kind of home; blank is every kind without a row of its own.",
                words=v.CARE_KINDS,
                vital=True,
            ),
            Column("rise_percent", Kind.HUNDREDTHS, "The rise over the year before, per cent.", True, example="3.5"),
        ),
        ("uplift", ""),
    ),
    Sheet(
        "contracts",
        "Block contracts: places paid for whether they are used or not.",
        ("contract_id", "home_ids", "places_bought"),
        (
            Column("contract_id", Kind.ID, "The contract.", True, example="B01"),
            Column("home_ids", Kind.TEXTS, "The homes its places are in.", True, example="H0501;H0502", vital=True),
            Column("places_bought", Kind.INTEGER, "How many places it buys, 1 or more.", True, vital=True, most=1_000),
            Column(
                "weekly_cost", Kind.MONEY, "What is paid for all of them together.", True, example="9200", vital=True
            ),
            Column("starts", Kind.DATE, "First day; blank if it does not apply.", vital=True),
            Column("ends", Kind.DATE, "Last day; blank if it does not apply.", vital=True),
            Column(
                "sold_places",
                Kind.INTEGER,
                "How many of them are sold on to other authorities; blank is none.",
                vital=True,
                most=1_000,
            ),
            Column(
                "sold_weekly_income",
                Kind.MONEY,
                "What those authorities pay for them together; blank is nothing.",
                vital=True,
            ),
            Column("provider_id", Kind.ID, "The provider, as in providers."),
            Column("note", Kind.TEXT, "Anything a reader should know."),
        ),
        ("contract", "contract_id"),
    ),
    Sheet(
        "savings",
        "Savings planned, scheme by scheme and year by year.",
        ("scheme", "saving", "cashable"),
        (
            Column("scheme", Kind.TEXT, "The scheme's name.", True, example="Block home with a neighbour"),
            _YEAR,
            Column("saving", Kind.AMOUNT, "What it saves or avoids in that year.", True, example="150000"),
            Column("cashable", Kind.YES_NO, "Y if a budget can be cut by it; N if a cost is avoided.", True),
            Column(
                "cost",
                Kind.AMOUNT,
                "What the scheme costs in that year; blank is nothing.",
                example="40000",
                vital=True,
            ),
        ),
        ("saving", ""),
    ),
)
