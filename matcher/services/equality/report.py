"""Outcomes by protected characteristic, each group beside everyone else, with a plain reading that claims no more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matcher.services.equality.cells import Compared, EqualityCell
from matcher.services.equality.characteristics import CHARACTERISTICS, NOT_KNOWN, Characteristic
from matcher.services.equality.comparing import (
    FEWEST,
    SURE,
    Value,
    average,
    chance_of_means,
    chance_of_shares,
    holm,
    share,
)
from matcher.services.equality.measures import Measure, of_plan, of_today, of_waiting
from matcher.services.equality.words import reading
from matcher.services.results import Plan
from models.case import Case
from models.record import Record


class EqualityTable(Record):
    """One measure by one characteristic; every child of whom the measure is known is in one cell."""

    key: str
    label: str
    definition: str
    unit: str
    is_share: bool
    cells: tuple[EqualityCell, ...]


class EqualityCharacteristic(Record):
    """Every measure of a section by one characteristic, and what it comes to in a sentence or two."""

    key: str
    label: str
    tables: tuple[EqualityTable, ...]
    reading: str


class EqualitySection(Record):
    """Outcomes of today, of one plan, or of waiting. ``tests`` were corrected for together."""

    key: str
    title: str
    tests: int
    characteristics: tuple[EqualityCharacteristic, ...]


class EqualityReport(Record):
    """Outcomes by characteristic (section 149, Equality Act 2010), and how they were compared."""

    method: str
    sections: tuple[EqualitySection, ...]


METHOD = (
    "Each group is compared with all other children of whom the characteristic is known: shares by Fisher's exact "
    "test, means by a permutation test, both two-sided. All tests of a section are corrected together (Holm), and a "
    f"difference is told where one so large would come by chance in fewer than {100 * SURE:.0f} in 100 such sections. "
    f"Groups of fewer than {FEWEST} children are not compared. Intervals are 95%: Wilson's for shares, Student's for "
    "means. A difference is not a cause: groups differ in age and needs too, and no rule or score reads ethnicity."
)


def equality_report(case: Case, plans: Sequence[Plan]) -> EqualityReport:
    """Outcomes of today, of each plan and of waiting, by sex, age, ethnic group, disability and UASC.

    Args:
        case: The authority.
        plans: Plans of the case, such as the operational one and the clean sheet.
    """
    return EqualityReport(
        method=METHOD,
        sections=(
            section(case, "today", "Today", of_today(case)),
            *(section(case, plan.run.replace(" ", "_"), f"Plan: {plan.run}", of_plan(case, plan)) for plan in plans),
            section(case, "waiting", "Waiting for a home", of_waiting(case)),
        ),
    )


def section(case: Case, key: str, title: str, measures: Sequence[Measure]) -> EqualitySection:
    """Some measures by every characteristic, their tests corrected for together."""
    groups = {(c.key, m.key): _groups(case, c, m) for c in CHARACTERISTICS for m in measures}
    tested = {group.test: group for some in groups.values() for group in some if group.enough}
    chances = dict(zip(tested, holm([group.chance for group in tested.values()]), strict=True))
    found = []
    for characteristic in CHARACTERISTICS:
        tables = tuple(
            EqualityTable(
                key=measure.key,
                label=measure.label,
                definition=measure.definition,
                unit=measure.unit,
                is_share=measure.is_share,
                cells=tuple(group.cell(chances.get(group.test)) for group in groups[characteristic.key, measure.key]),
            )
            for measure in measures
        )
        words = reading(characteristic, [(m, t.cells) for m, t in zip(measures, tables, strict=True)])
        found.append(
            EqualityCharacteristic(key=characteristic.key, label=characteristic.label, tables=tables, reading=words)
        )
    return EqualitySection(key=key, title=title, tests=len(tested), characteristics=tuple(found))


@dataclass(frozen=True)
class _Group:
    """The children of one group of whom a measure is known, and all others of whom the characteristic is known too."""

    measure: Measure
    key: str
    label: str
    ids: tuple[str, ...]
    rest: tuple[str, ...]

    @property
    def test(self) -> tuple[str, frozenset[tuple[str, ...]]]:
        """What is tested: of two groups, each is the other's everyone else, and one test says it of both."""
        return self.measure.key, frozenset((self.ids, self.rest))

    @property
    def enough(self) -> bool:
        """Whether there are children enough on both sides to compare."""
        return min(len(self.ids), len(self.rest)) >= FEWEST

    @property
    def chance(self) -> float:
        """The probability, not corrected yet, of a difference so large by chance."""
        one, other = self._values(self.ids), self._values(self.rest)
        if self.measure.is_share:
            return chance_of_shares([value > 0 for value in one], [value > 0 for value in other])
        return chance_of_means(one, other)

    def cell(self, chance: float | None) -> EqualityCell:
        """The group as it is told, with the corrected probability where a test was made."""
        value, rest = self._value(self.ids), self._value(self.rest)
        return EqualityCell(
            group=self.key,
            label=self.label,
            child_ids=self.ids,
            counted_ids=tuple(c for c in self.ids if self.measure.is_share and self.measure.values[c]),
            value=value.value,
            low=value.low,
            high=value.high,
            rest=rest.value,
            chance=chance,
            compared=self._compared(value, rest, chance),
        )

    def _compared(self, value: Value, rest: Value, chance: float | None) -> Compared:
        if self.key == NOT_KNOWN or not self.rest:
            return Compared.NOT_COMPARED
        if chance is None or value.value is None or rest.value is None:
            return Compared.TOO_FEW
        if chance >= SURE:
            return Compared.NO_DIFFERENCE
        return Compared.HIGHER if value.value > rest.value else Compared.LOWER

    def _values(self, ids: Iterable[str]) -> list[float]:
        return [self.measure.values[child] for child in ids]

    def _value(self, ids: Iterable[str]) -> Value:
        values = self._values(ids)
        return share([value > 0 for value in values]) if self.measure.is_share else average(values)


def _groups(case: Case, characteristic: Characteristic, measure: Measure) -> list[_Group]:
    """The groups of a characteristic with a child in them of whom the measure is known."""
    of = {child: characteristic.of(case, case.child[child]) for child in measure.values}
    known = [child for child, group in of.items() if group != NOT_KNOWN]
    found = []
    for key, (label, _) in characteristic.groups.items():
        ids = tuple(child for child, group in of.items() if group == key)
        rest = () if key == NOT_KNOWN else tuple(child for child in known if of[child] != key)
        if ids:
            found.append(_Group(measure, key, label, ids, rest))
    return found
