"""The adoption report of a year: the scorecard, month by month, who stands where, and what may be published of it."""

from collections.abc import Callable
from datetime import date

from matcher.services.adoption.activity import ActivityTables, activity_tables
from matcher.services.adoption.equality_of_year import equality_of_year
from matcher.services.adoption.figures import Figure
from matcher.services.adoption.published import THREE_YEARS, YEAR, published_tables
from matcher.services.adoption.scorecard import monthly, scorecard
from matcher.services.disclosure import Certificate, DisclosureRule, protect
from matcher.services.equality import EqualitySection
from matcher.services.tabulation import CountTable
from models.adoption import AdoptionPool
from models.case import Case
from models.record import Record

MONTHLY = ("a1", "a2", "a3_adopted", "placed_within_a_year")
"""Figures shown at the end of each month, over the twelve months before it."""
_BESIDE = {"a10": "a1", "a20": "a2"}
"""Means that, beside another, give away the mean of those children in whom they differ."""


class PublicMean(Record):
    """A mean of days in the public copy, in whole days; None where it is hidden: it would tell of too few children."""

    key: str
    title: str
    definition: str
    threshold: float | None
    year: int | None
    three_years: int | None


class AdoptionReport(Record):
    """Everything the report of a year says.

    Attributes:
        year: The scorecard over twelve months to the day.
        three_years: The same over 36 months, the national scorecard's time.
        by_month: The figures of ``MONTHLY`` at the end of the last twelve months, each over the year before it.
        activity: What happened by month, and who stood where.
        equality: Outcomes by sex, age, ethnic group and disability; internal.
        public_means: Means of the public copy.
        tables: Counts of the public copy with every figure; ``public_tables`` the same, protected.
        fewest: The fewest children that a mean may be shown for.
    """

    as_at: date
    year: tuple[Figure, ...]
    three_years: tuple[Figure, ...]
    by_month: tuple[tuple[Figure, ...], ...]
    activity: ActivityTables
    equality: EqualitySection
    public_means: tuple[PublicMean, ...]
    tables: dict[str, CountTable]
    public_tables: dict[str, CountTable]
    disclosure: Certificate
    fewest: int


def adoption_report(
    case: Case, *, rule: DisclosureRule | None = None, progress: Callable[[str], None] | None = None
) -> AdoptionReport:
    """Make the report of the twelve months to the day of the case.

    Args:
        case: Whose; its ``adoption`` is read.
        rule: What the public copy hides; counts of 1 to 5 by default.
        progress: Told, in words, what is going on.
    """
    tell = progress or (lambda _words: None)
    pool, on, rule = case.adoption, case.as_at, rule or DisclosureRule()
    tell("reading the scorecard")
    year, three = scorecard(pool, on, months=YEAR), scorecard(pool, on, months=THREE_YEARS)
    tables = published_tables(case)
    tell("protecting small numbers in the public copy")
    protected = protect(list(tables.values()), rule)
    return AdoptionReport(
        as_at=on,
        year=year,
        three_years=three,
        by_month=tuple(monthly(pool, key, on) for key in MONTHLY),
        activity=activity_tables(pool, on),
        equality=equality_of_year(case, YEAR),
        public_means=tuple(_means(pool, year, three, rule.high + 1)),
        tables=tables,
        public_tables={table.key: table for table in protected.tables},
        disclosure=protected.certificate,
        fewest=rule.high + 1,
    )


def _means(pool: AdoptionPool, year: tuple[Figure, ...], three: tuple[Figure, ...], fewest: int) -> list[PublicMean]:
    """The means of days over enough children, of whom no part that readers could work out is too small."""
    by_key = {(figure.key, figure.months): figure for figure in (*year, *three)}
    found = []
    for key in ("a1", "a10", "a2", "a20"):
        last, all_three = by_key[key, YEAR], by_key[key, THREE_YEARS]
        last_shown = _enough(len(last.counted), fewest) and _apart_enough(pool, by_key, key, YEAR, fewest)
        earlier = len(set(all_three.counted) - set(last.counted))
        three_shown = (
            _enough(len(all_three.counted), fewest)
            and (not earlier or _enough(earlier, fewest))
            and _apart_enough(pool, by_key, key, THREE_YEARS, fewest)
        )
        found.append(
            PublicMean(
                key=key,
                title=last.title,
                definition=last.definition,
                threshold=last.threshold,
                year=_whole(last.value) if last_shown else None,
                three_years=_whole(all_three.value) if three_shown else None,
            )
        )
    return found


def _enough(count: int, fewest: int) -> bool:
    return count >= fewest


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _apart_enough(
    pool: AdoptionPool, by_key: dict[tuple[str, int], Figure], key: str, months: int, fewest: int
) -> bool:
    """Whether the children in whom this mean differs from the one it stands beside are none, or enough."""
    if key not in _BESIDE:
        return True
    counted = by_key[_BESIDE[key], months].counted
    differ = [
        child
        for child in counted
        if pool.child[child].dates.with_carer_since or pool.child[child].dates.early_permanence_on
    ]
    return not differ or len(differ) >= fewest
