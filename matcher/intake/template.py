"""Blank files for a council to fill in: a workbook with a guide, the same sheets as CSV, and ``case.toml``."""

from pathlib import Path
from typing import Any

from matcher.intake.columns import GUIDE_HEADINGS, Column, Kind, Sheet
from matcher.intake.settings import CASE_FILE, FRAMEWORK_FILE
from matcher.intake.sheets import sheets
from matcher.intake.write import DATE_FORMAT, write_sheet
from models.needs import NeedsFramework, default_framework

WORKBOOK = "placewell.xlsx"
CSV_FOLDER = "csv"
_ROWS = 5_000
"""Rows of each sheet that get drop-down lists and checks."""
_MONEY_LIMIT = 1_000_000
_CASE_TOML = """\
# What Placewell should know of this case. Take away the # in front of a line and write your own words.
# Put your SSDA903 return into the folder ssda903/, one folder for each year, named by the year it ends in
# (ssda903/2018/ for 2017/18). The files may have any names: they are known by their headings.

# The name that reports show.
# name = "Hertfordshire"

# The authority that looks after the children: the ONS code of its upper tier.
# authority = "E10000015"

# The day the case is looked at. Left out: the last day of the latest return.
# as_at = 2018-03-31

# true if no real child is in these files.
# synthetic = false
"""
_WIDTHS = (14, 28, 70, 60, 14, 24)


def write_templates(folder: Path, framework: NeedsFramework) -> list[Path]:
    """Write the blank files into a folder, which is made if need be; files of the same name are replaced.

    Returns:
        The files written: the workbook with a guide sheet, ``case.toml``, a CSV for each sheet, and
        ``framework.json`` where the framework is not Placewell's own.
    """
    every = sheets(framework)
    csv_folder = folder / CSV_FOLDER
    csv_folder.mkdir(parents=True, exist_ok=True)
    workbook, case_file = folder / WORKBOOK, folder / CASE_FILE
    _write_workbook(workbook, list(every.values()))
    case_file.write_text(_CASE_TOML, encoding="utf-8")
    written = [workbook, case_file]
    for sheet in every.values():
        written.append(csv_folder / f"{sheet.name}.csv")
        write_sheet(written[-1], sheet, [])
    if framework != default_framework():
        written.append(folder / FRAMEWORK_FILE)
        written[-1].write_text(framework.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return written


def what_to_write(column: Column) -> str:
    """How a column is filled in, with the words it may hold."""
    return f"{column.form}: {', '.join(column.allowed)}" if column.allowed else column.form


def must_be_filled(column: Column) -> str:
    """``yes`` where every row needs a value."""
    return "yes" if column.required else ""


def _write_workbook(path: Path, every: list[Sheet]) -> None:
    import xlsxwriter

    with path.open("wb") as file, xlsxwriter.Workbook(file) as book:
        heading = book.add_format({"bold": True, "bg_color": "#E8EEF4", "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        date = book.add_format({"num_format": DATE_FORMAT})
        _write_guide(book.add_worksheet("guide"), every, heading, wrapped)
        for sheet in every:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 1)
            for index, column in enumerate(sheet.columns):
                page.set_column(index, index, max(14, len(column.name) + 2), date if column.kind is Kind.DATE else None)
                page.write_string(0, index, column.name, heading)
                page.write_comment(0, index, f"{column.help}\n{what_to_write(column)}")
                page.data_validation(1, index, _ROWS, index, _check(column))


def _write_guide(page: Any, every: list[Sheet], heading: object, wrapped: object) -> None:  # noqa: ANN401
    for index, (name, width) in enumerate(zip(GUIDE_HEADINGS, _WIDTHS, strict=True)):
        page.set_column(index, index, width)
        page.write_string(0, index, name, heading)
    page.freeze_panes(1, 0)
    number = 1
    for sheet in every:
        page.write_string(number, 0, sheet.name, heading)
        page.write_string(number, 2, sheet.purpose, heading)
        number += 1
        for column in sheet.columns:
            told = (sheet.name, column.name, column.help, what_to_write(column), must_be_filled(column), column.example)
            for index, text in enumerate(told):
                page.write_string(number, index, text, wrapped)
            number += 1
    page.autofilter(0, 0, number - 1, len(GUIDE_HEADINGS) - 1)


def _check(column: Column) -> dict[str, object]:
    """The check a spreadsheet program makes as somebody types: a list to choose from, a number or date in range."""
    shared: dict[str, object] = {"error_type": "warning", "error_message": _short(what_to_write(column))}
    match column.kind:
        case Kind.CODE:
            return shared | {"validate": "list", "source": list(column.allowed)}
        case Kind.YES_NO:
            return shared | {"validate": "list", "source": ["Y", "N"]}
        case Kind.LEVEL:
            return shared | {"validate": "list", "source": [str(level) for level in range((column.most or 0) + 1)]}
        case Kind.INTEGER:
            most = column.most if column.most is not None else _MONEY_LIMIT
            return shared | {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": most}
        case Kind.MONEY:
            return shared | {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": _MONEY_LIMIT}
        case Kind.AMOUNT:
            return shared | {"validate": "decimal", "criteria": ">=", "value": 0}
        case Kind.HUNDREDTHS:
            return shared | {
                "validate": "decimal",
                "criteria": "between",
                "minimum": -_MONEY_LIMIT,
                "maximum": _MONEY_LIMIT,
            }
        case _:
            return {"validate": "any", "input_message": _short(column.help)}


def _short(text: str) -> str:
    """Text cut to what a spreadsheet's message may hold."""
    return text if len(text) <= 250 else text[:247] + "..."
