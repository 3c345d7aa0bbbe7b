"""Equality in the public copy: shares, intervals and readings worked out from protected counts and nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from matcher.reports.document import Block, Bullets, Cell, Heading, Mark, Paragraph, Picture, Table, Tone
from matcher.reports.drawing.intervals import intervals
from matcher.reports.statement.copies import Copy, ShownNumber, ShownPercent
from matcher.reports.statement.points import spread
from matcher.services.equality import CHARACTERISTICS, Compared, EqualityCell, Measure
from matcher.services.equality.characteristics import NOT_KNOWN, Characteristic
from matcher.services.equality.comparing import FEWEST, SURE, chance_of_shares, holm
from matcher.services.equality.words import reading
from matcher.services.intervals import wilson
from matcher.services.statement.runs import IN_AREA, SHORT
from matcher.services.tabulation import ALL

_FEW = "Those who wait are too few to be divided in a public copy; the internal copy has them, and the plan for them."
_FROM_SHOWN = "Everything below is worked out from figures shown in this copy."


@dataclass(frozen=True)
class _Asked:
    """One outcome: where its counts stand, which answers count and which do not, and how it is said."""

    key: str
    title: str
    table: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    says: str


_ASKED = (
    _Asked(
        "out_of_area", "Today: live out of the authority's area", "{}_out_of_area", ("yes",), ("no",),
        "live out of the authority's area {}",
    ),
    _Asked(
        "over_20_miles", "Today: live over 20 miles from home, where the distance is known",
        "{}_over_20_miles_known", ("yes",), ("no",), "live over 20 miles from home {}",
    ),
    _Asked(
        "three_or_more", "Today: three or more placements in the year", "{}_three_or_more_placements",
        ("yes",), ("no",), "have had three or more placements in the year {}",
    ),
    _Asked(
        "clean_sheet", "Clean sheet: given a home in the area", "clean_{}", (IN_AREA,), (SHORT,),
        "are given a home in the area {}",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class _Group:
    """One group of one outcome: counted of asked, or None where either is hidden; and the same of everyone else."""

    characteristic: Characteristic
    key: str
    label: str
    yes: int | None
    no: int | None
    rest_yes: int | None
    rest_no: int | None

    @property
    def tested(self) -> bool:
        """Whether there are children enough on both sides, and all of it is shown."""
        if self.key not in self.characteristic.groups or self.key == NOT_KNOWN:
            return False
        counts = (self.yes, self.no, self.rest_yes, self.rest_no)
        known = [count for count in counts if count is not None]
        return len(known) == len(counts) and min(sum(known[:2]), sum(known[2:])) >= FEWEST

    @property
    def chance(self) -> float:
        """The probability of so large a difference by chance; only of groups that can be tested."""
        own, rest = ([True] * (y or 0) + [False] * (n or 0) for y, n in
                     ((self.yes, self.no), (self.rest_yes, self.rest_no)))  # fmt: skip
        return chance_of_shares(own, rest)


def outside(copy: Copy) -> list[Block]:
    """Charts of outcomes by group, and what they say, from the counts that this copy shows."""
    found = {asked.key: [group for c in CHARACTERISTICS for group in _groups(copy, asked, c)] for asked in _ASKED}
    blocks: list[Block] = [Paragraph(_FROM_SHOWN), Bullets(tuple(_readings(found)))]
    blocks += [_picture(asked, found[asked.key]) for asked in _ASKED if found[asked.key]]
    return [Heading("Outcomes today, and of the clean sheet"), *blocks, Paragraph(_FEW, Tone.NOTE)]


def _groups(copy: Copy, asked: _Asked, characteristic: Characteristic) -> Iterator[_Group]:
    key = asked.table.format(characteristic.key)
    if key not in copy.tables:
        return
    dimension = copy.tables[key].dimensions[0]
    unknown = [v.key for v in dimension.values if v.key not in characteristic.groups or v.key == NOT_KNOWN]
    for value in dimension.values:
        if copy.nobody(key, value.key):
            continue
        own = [_sum(copy, key, value.key, answers) for answers in (asked.yes, asked.no)]
        rest = [_rest(copy, key, [value.key, *unknown], answers) for answers in (asked.yes, asked.no)]
        label, _ = characteristic.groups.get(value.key, (value.label, ""))
        yield _Group(characteristic, value.key, label, *own, *rest)


def _sum(copy: Copy, table: str, group: str, answers: Sequence[str]) -> int | None:
    found = [copy.tables[table].count(group, each) for each in answers]
    known = [count for count in found if count is not None]
    return sum(known) if len(known) == len(found) else None


def _rest(copy: Copy, table: str, without: Sequence[str], answers: Sequence[str]) -> int | None:
    """Everybody known to be of another group."""
    every, *less = (_sum(copy, table, group, answers) for group in (ALL, *dict.fromkeys(without)))
    known = [count for count in less if count is not None]
    return every - sum(known) if every is not None and len(known) == len(less) else None


def _readings(found: Mapping[str, Sequence[_Group]]) -> Iterator[str]:
    """A sentence or more for each characteristic; all differences are corrected for together."""
    tested = [group for groups in found.values() for group in groups if group.tested]
    chances = dict(zip(map(id, tested), holm([group.chance for group in tested]), strict=True))
    for characteristic in CHARACTERISTICS:
        told = [
            (
                _measure(asked),
                [_cell(g, chances.get(id(g))) for g in found[asked.key] if g.characteristic is characteristic],
            )
            for asked in _ASKED
        ]
        yield f"{characteristic.label}. {reading(characteristic, told)}"


def _measure(asked: _Asked) -> Measure:
    return Measure(asked.key, asked.title, "", {}, asked.says)


def _cell(group: _Group, chance: float | None) -> EqualityCell:
    value, rest = _percent(group.yes, group.no), _percent(group.rest_yes, group.rest_no)
    compared = Compared.NOT_COMPARED if group.key == NOT_KNOWN else Compared.TOO_FEW
    if chance is not None and value is not None and rest is not None:
        compared = Compared.NO_DIFFERENCE
        if chance < SURE:
            compared = Compared.HIGHER if value > rest else Compared.LOWER
    return EqualityCell(
        group=group.key, label=group.label, child_ids=(), counted_ids=(), value=value, low=None, high=None, rest=rest,
        chance=chance, compared=compared,
    )  # fmt: skip


def _percent(yes: int | None, no: int | None) -> float | None:
    return None if yes is None or no is None or not yes + no else 100 * yes / (yes + no)


def _picture(asked: _Asked, groups: Sequence[_Group]) -> Picture:
    rows = [_row(group) for group in groups]
    columns = ("Group", "Children", "Share", "Interval from", "to")
    note = "Children: those asked about. Intervals of 95%, by Wilson's method"
    table = Table(f"equality_{asked.key}", asked.title, columns, rows, note)
    return intervals(table, 2, 3, 4, alt=spread(table, 2, 3, 4))


def _row(group: _Group) -> tuple[Cell, ...]:
    label = f"Aged {group.label}" if group.characteristic.key == "age" else group.label
    if group.key not in group.characteristic.groups or group.key == NOT_KNOWN:
        label = f"{group.characteristic.label} not known"
    if group.yes is None or group.no is None:
        return (label, *(Mark.HIDDEN,) * 4)
    whole = group.yes + group.no
    if not whole:
        return (label, ShownNumber(0), *(Mark.NOT_APPLICABLE,) * 3)
    low, high = wilson(group.yes, whole)
    share = ShownPercent(100 * group.yes / whole)
    return (label, ShownNumber(whole), share, ShownPercent(low), ShownPercent(high))
