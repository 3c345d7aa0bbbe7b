"""A tiny spreadsheet: works out the formulas of live sheets from their text, for tests to hold against the figures."""

import math
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from matcher.reports.live_sheets import Formula, Input, LiveCell, LiveSheet, cell

_REFERENCE = re.compile(r"(?:'([^']+)'!)?\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?(?!\()")


class Spreadsheet:
    """Cells by sheet and name; ``set`` changes one as a reader would, ``value`` works one out."""

    def __init__(self, sheets: Sequence[LiveSheet]) -> None:
        self.cells: dict[tuple[str, str], LiveCell] = {}
        for sheet in sheets:
            for number, row in enumerate(sheet.rows):
                for column, held in enumerate(row):
                    self.cells[sheet.name, cell(sheet.row(number), column)] = held

    def set(self, sheet: str, name: str, value: float) -> None:
        """Write a number over a cell marked for change."""
        assert isinstance(self.cells[sheet, name], Input)
        self.cells[sheet, name] = Input(value)

    def value(self, sheet: str, name: str) -> float:
        """The number a cell shows; an empty one counts as 0, words never count."""
        held = self.cells.get((sheet, name))
        if isinstance(held, Formula):
            return self._work_out(sheet, held.text)
        assert not isinstance(held, str), f"{sheet} {name} holds words"
        return 0 if held is None else held.value if isinstance(held, Input) else held

    def _work_out(self, sheet: str, text: str) -> float:
        def found(match: re.Match[str]) -> str:
            where, column, row, last_column, last_row = match.groups()
            if last_column is None:
                return repr(self.value(where or sheet, column + row))
            assert column == last_column, "only ranges down one column"
            rows = range(int(row), int(last_row) + 1)
            return "[" + ",".join(repr(self.value(where or sheet, f"{column}{each}")) for each in rows) + "]"

        functions = {
            "ROUND": _round,
            "SUM": math.fsum,
            "MAX": max,
            "ROUNDUP": lambda number, _digits: math.ceil(number),
        }
        result: float = eval(_REFERENCE.sub(found, text.removeprefix("=")), {"__builtins__": {}}, functions)  # noqa: S307
        return result


def _round(number: float, digits: int) -> float:
    """Halves away from 0 on the number as printed to 15 digits, as spreadsheets do."""
    exact = Decimal(f"{number:.15g}")
    return float(exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))
