"""Which counts of children may be published, so that nobody can work out a small one; with proof.

Counts of 1 to 5 are hidden, and so many others that knowing every figure shown, every total and that counts are whole
and not negative, each hidden small count could still be anything from 1 or less to 5 or more, and every other hidden
count has a range of at least 5. One mark stands for both. All tables given are protected together, because the same
children are counted in several. `docs/disclosure.md` says against whom this protects, and what it does not protect
against.

Sources: Department for Education, "Children looked after in England" methodology (suppression with a secondary one,
    mark
"c"); the problem is that of Fischetti and Salazar 2001 (see :mod:`solvers.suppression`).
"""

from collections.abc import Sequence
from typing import Literal, Self

import numpy as np
from pydantic import Field, model_validator

from matcher.services.disclosure_cells import DisclosureError, Known, Linked
from matcher.services.tabulation import CountTable
from models.record import Record
from solvers.suppression import suppress
from solvers.suppression_cells import Cells


class DisclosureRule(Record):
    """What counts as small and how wide the doubt must be.

    Counts of ``low`` to ``high`` children are hidden, and must look as if they could be each of these numbers and as
    if they could be ``low`` or less and ``high`` or more. Any other hidden count must have a range of at least
    ``spread`` between its least and its most. ``low`` 0 hides that there is nobody, too.

    ``fewest`` says what is kept low: hidden ``figures``, as printed, so that a total that stands in many tables is
    hidden last; or different ``counts``. ``seconds`` is how long to look for a smaller set once there is a safe one.
    """

    low: int = Field(default=1, ge=0)
    high: int = Field(default=5, ge=1)
    spread: int = Field(default=5, ge=1)
    fewest: Literal["figures", "counts"] = "figures"
    seconds: float = Field(default=10.0, ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low > self.high:
            raise ValueError(f"low {self.low} is more than high {self.high}")
        return self

    def small(self, count: int) -> bool:
        """Whether a count must be hidden for itself."""
        return self.low <= count <= self.high


class Certificate(Record):
    """What was hidden and what is proved of it.

    ``figures`` are printed cells, ``counts`` the different counts they show; ``small`` those that the rule hides for
    themselves, ``hidden`` all that are hidden. ``at_least`` is proved: no safe choice hides fewer of what the rule
    keeps few (figures or counts, small ones among them), and ``fewest`` that this one hides no more. ``tables`` other
    tables of whole numbers agree with everything shown and show each hidden count at every value the rule asks for;
    ``checked``: they were checked one by one in whole numbers. ``everything``: nothing but zeros could be shown.
    """

    figures: int
    counts: int
    small_figures: int
    small_counts: int
    hidden_figures: int
    hidden_counts: int
    at_least: int
    fewest: bool
    tables: int
    checked: bool
    everything: bool
    seconds: float
    rule: DisclosureRule


class Protected(Record):
    """Tables that may be published, hidden figures None, with the proof's summary."""

    tables: tuple[CountTable, ...]
    certificate: Certificate


def protect(tables: Sequence[CountTable], rule: DisclosureRule, known: Known | None = None) -> Protected:
    """Hide what must not be known and what would give it away.

    Give every table that will be published at once, and every single figure quoted elsewhere as a table without
    dimensions or by ``known``; tables protected in two calls do not protect each other.

    Args:
        tables: With every figure shown. A combination without a cell is never printed; where readers could work it
            out and it is small, it is protected too.
        rule: What is small and how wide the doubt must be.
        known: What readers know beside the tables.

    Raises:
        DisclosureError: the tables contradict each other, or a hidden count could be worked out even if everything
            were hidden.
    """
    linked = Linked(tables, known or Known())
    sensitive = (linked.counts >= rule.low) & (linked.counts <= rule.high)
    absent = linked.printed == 0
    weight = linked.printed if rule.fewest == "figures" else np.minimum(linked.printed, 1)
    cells = Cells(linked.counts, linked.relations, sensitive, weight, absent, rule.low, rule.high, rule.spread)
    found = suppress(cells, time_limit=rule.seconds)
    if found.status == "impossible":
        raise DisclosureError(f"no way of hiding protects {', '.join(linked.name(cell) for cell in found.weak)}")
    printed = ~absent
    certificate = Certificate(
        figures=int(linked.printed.sum()),
        counts=int(printed.sum()),
        small_figures=int(linked.printed[sensitive].sum()),
        small_counts=int((sensitive & printed).sum()),
        hidden_figures=int(linked.printed[found.hidden].sum()),
        hidden_counts=int((found.hidden & printed).sum()),
        at_least=found.bound,
        fewest=found.status == "optimal",
        tables=len(found.tables),
        checked=True,
        everything=not (linked.counts[printed & ~found.hidden] > 0).any() and bool((linked.counts > 0).any()),
        seconds=found.seconds,
        rule=rule,
    )
    return Protected(tables=tuple(_hidden(table, linked, found.hidden) for table in tables), certificate=certificate)


def _hidden(table: CountTable, linked: Linked, hidden: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> CountTable:
    cells = {where: None if hidden[linked.number[table.key, where]] else count for where, count in table.cells.items()}
    return table.model_copy(update={"cells": cells})
