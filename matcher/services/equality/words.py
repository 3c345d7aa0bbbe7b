"""The plain reading of a characteristic: what differs by more than chance, and nothing beyond it."""

from collections.abc import Sequence

from matcher.services.equality.cells import Compared, EqualityCell
from matcher.services.equality.characteristics import Characteristic
from matcher.services.equality.measures import Measure

_DIFFERENT = (Compared.HIGHER, Compared.LOWER)


def reading(characteristic: Characteristic, tables: Sequence[tuple[Measure, Sequence[EqualityCell]]]) -> str:
    """A sentence for each group that differs from everyone else, or one that nothing does, or that too few are there.

    Of two groups, whose difference is one and the same, the first is told.

    Args:
        characteristic: What the groups are of.
        tables: Each measure with its groups.
    """
    cells = [cell for _, some in tables for cell in some]
    compared = [cell for cell in cells if cell.compared in (*_DIFFERENT, Compared.NO_DIFFERENCE)]
    few = any(cell.compared is Compared.TOO_FEW for cell in cells)
    if not compared:
        return "Too few children to say." if few else "No two groups to compare."
    said = [_sentence(characteristic, measure, cell) for measure, some in tables for cell in _told(some)]
    if not said:
        said = [f"No difference by {characteristic.by} that could not be chance."]
    if few:
        said.append("Some groups have too few children to compare.")
    return " ".join(said)


def _told(cells: Sequence[EqualityCell]) -> list[EqualityCell]:
    """The groups that differ, without the mirror image where there are only two."""
    known = [cell for cell in cells if cell.compared is not Compared.NOT_COMPARED]
    return [cell for cell in (known if len(known) > 2 else known[:1]) if cell.compared in _DIFFERENT]


def _sentence(characteristic: Characteristic, measure: Measure, cell: EqualityCell) -> str:
    who = characteristic.groups[cell.group][1]
    how = measure.more if cell.compared is Compared.HIGHER else measure.less
    value, rest = _figures(measure, cell.value or 0.0, cell.rest or 0.0)
    says = measure.says.format(f"{how} than other children")
    return f"{who[:1].upper()}{who[1:]} {says}: {value} against {rest}, more than chance would explain."


def _figures(measure: Measure, value: float, rest: float) -> tuple[str, str]:
    """Both figures in whole numbers, to one decimal where they would look the same."""
    places = 0 if round(value) != round(rest) else 1
    one, other = (f"{figure:.{places}f}" for figure in (value, rest))
    if measure.is_share:
        return f"{one}%", f"{other}%"
    if measure.unit.startswith("£"):
        return f"£{one} a week", f"£{other}"
    return f"{one} {measure.unit} on average", other
