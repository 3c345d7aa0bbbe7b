"""Writing the case to a folder, byte for byte the same each time."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from . import figures as fig
from .menu import menu_toml
from .returns import COLUMNS

Row = Mapping[str, str]


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """One CSV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_sheet(path: Path, rows: Sequence[Row], order: Sequence[str] = ()) -> None:
    """One CSV file with every column that some row fills, in the order given, then as they first appear."""
    seen = dict.fromkeys([*order, *(column for row in rows for column in row)])
    used = [column for column in seen if any(row.get(column) for row in rows)]
    write_table(path, used, [{column: row.get(column, "") for column in used} for row in rows])


def write_case(folder: Path, sheets: Mapping[str, Sequence[Row]],
    order: Mapping[str, Sequence[str]], returns: Mapping[int, Mapping[str, Sequence[Row]]],
               seed: int) -> None:  # fmt: skip
    """The whole case: its description, the yearly returns, the other sheets."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        "# Synthetic: made by `python -m placewell_data.generator`; no child, carer or home in it exists.",
        f'name = "{fig.NAME}"',
        f'authority = "{fig.AUTHORITY}"',
        f"as_at = {fig.AS_AT.isoformat()}",
        "synthetic = true",
        f"# seed {seed}",
    ]
    (folder / "case.toml").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    (folder / "menu.toml").write_text(menu_toml(), encoding="utf-8", newline="\n")
    for year, tables in returns.items():
        for name, rows in ((name, rows) for name, rows in tables.items() if rows):
            write_table(folder / "ssda903" / str(year) / f"{name}.csv", COLUMNS[name], rows)
    for name, rows in sheets.items():
        write_sheet(folder / f"{name}.csv", rows, order.get(name, ()))
