"""Lines of cost that may be published: services with few children are told together, so that no price is a child's."""

from collections.abc import Iterable

from matcher.services.counts import mean
from matcher.services.money.costs import CostLine
from matcher.services.money.funding import added

OTHERS = "Other services together"


def public_lines(lines: Iterable[CostLine], least: int = 6) -> tuple[CostLine, ...]:
    """Lines each of ``least`` children with a price or more; the services of fewer are added up into one.

    Where those together are still too few, the smallest of the others joins them, so the lines still
    add up to the total and no subtraction gives a small service away. Nothing is left where all are too few.

    Args:
        lines: One table's lines of cost. Two tables of nearly the same children, such as today and a run, must not
            both be published by line: their difference is of the few who move.
        least: The fewest children whose mean price may be shown.
    """
    kept = list(lines)
    small = [line for line in kept if line.priced < least]
    if not small:
        return tuple(kept)
    kept = [line for line in kept if line not in small]
    while kept and sum(line.priced for line in small) < least:
        joins = min(kept, key=lambda line: line.priced)
        kept.remove(joins)
        small.append(joins)
    together = _together(small)
    return (*kept, together) if together.priced >= least else ()


def _together(lines: list[CostLine]) -> CostLine:
    weekly = added(line.weekly for line in lines)
    priced = sum(line.priced for line in lines)
    return CostLine(
        service=None,
        label=OTHERS,
        children=tuple(child for line in lines for child in line.children),
        unpriced=tuple(child for line in lines for child in line.unpriced),
        mean_pence=mean(weekly.total_pence, priced),
        weekly=weekly,
    )
