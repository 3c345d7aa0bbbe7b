"""Percentages and means of published counts: shown only where they give nothing away that the counts do not."""

from matcher.services.disclosure import DisclosureRule
from matcher.services.tabulation import CountTable, Where


def share(table: CountTable, part: Where, whole: Where) -> float | None:
    """A part in per cent of a whole, from a published table; None, not to be shown, unless both are shown.

    With the whole shown, a percentage is the part; with the part shown, it is the whole. From two figures that
    are both shown it says nothing new. None where there is nobody, too.

    Raises:
        KeyError: the table has no such cell.
    """
    return share_of(table.cells[part], table.cells[whole])


def share_of(part: int | None, whole: int | None) -> float | None:
    """The same from two published figures, which may stand in different tables."""
    return None if part is None or not whole else 100 * part / whole


def mean(total: float, count: int | None, rule: DisclosureRule) -> float | None:
    """The mean of an amount, such as pounds a week or days, over a published count of children.

    None, not to be shown, where the count is hidden, small by the rule, or nobody: the mean of few is nearly one
    child's own.
    """
    return None if not count or rule.small(count) else total / count
