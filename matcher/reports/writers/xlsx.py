"""A document as a workbook: contents, then one tidy sheet for each table, then sheets that calculate.

A tidy sheet has its headings in the first row and nothing but the table under them; what it means and where it comes
from stands in the contents. Words stay words: nothing a document says is ever run as a formula.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from matcher.reports.document import Cell, Document, Money, Percent, Table
from matcher.reports.live_sheets import LiveSheet, write_live_sheets
from matcher.reports.writers.cells import clean, figure_columns, marks_used, number, shade, text
from matcher.reports.writers.look import BANNER, HEAT, QUIET
from matcher.reports.writers.stamps import written_at

_SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_CONTENTS = "Contents"
_A4 = 9
_LONGEST_NAME, _LONGEST_TEXT = 31, 32_767
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'\"=", " "))
_WIDEST, _NARROWEST, _LINE_HIGH = 60, 9, 15
_MONEY, _SHARE, _WHOLE, _DECIMAL = "£#,##0;-£#,##0", "0.0%", "#,##0", "#,##0.0#"


def write_xlsx(document: Document, path: Path, extra: Sequence[LiveSheet] = ()) -> Path:
    """Write the workbook, replacing what was there, and return the path.

    Amounts are in pounds, shown whole; shares are parts of one, shown in per cent; marks are words.

    Args:
        document: What to write.
        path: Where to.
        extra: Sheets with formulas, put after the tables; their names are kept, so that they can refer to each other.
    """
    import xlsxwriter

    taken = [_CONTENTS, "History", *(sheet.name for sheet in extra)]
    names = sheet_names([table.title for table in document.tables()], taken)
    with path.open("wb") as file, xlsxwriter.Workbook(file, _SAFE) as book:
        said = {"title": clean(document.title)[:255], "subject": clean(document.subtitle)[:255]}
        book.set_properties({**said, "author": "Placewell", "created": written_at(document)})
        page = book.add_worksheet(_CONTENTS)
        _Contents(book, page, document).write(names, extra)
        for name, table in zip(names, document.tables(), strict=True):
            _Sheet(book, book.add_worksheet(name), table, document.banner).write()
        write_live_sheets(book, extra)
    return path


def sheet_names(titles: Iterable[str], taken: Iterable[str]) -> list[str]:
    """A name for each title that a spreadsheet takes: 31 letters at most, no special signs, none twice."""
    used, found = {name.casefold() for name in taken}, []
    for title in titles:
        plain = " ".join(clean(title).translate(_NOT_IN_NAMES).split()) or "Table"
        name, count = plain[:_LONGEST_NAME].strip(), 1
        while name.casefold() in used:
            count += 1
            end = f" ({count})"
            name = plain[: _LONGEST_NAME - len(end)].strip() + end
        used.add(name.casefold())
        found.append(name)
    return found


class _Contents:
    """The first sheet: what the workbook is, what its marks mean, and each sheet with its definition and source."""

    def __init__(self, book: Any, page: Any, document: Document) -> None:  # noqa: ANN401 - xlsxwriter has no types
        self._book, self._page, self._document = book, page, document

    def write(self, names: Sequence[str], extra: Sequence[LiveSheet]) -> None:
        top = self._top()
        bold = self._book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        widths = (34, 60, 70, 50)
        for column, (head, width) in enumerate(zip(("Sheet", "Table", "Definition", "Source"), widths, strict=True)):
            self._page.set_column(column, column, width)
            self._page.write_string(top, column, head, bold)
        wrap = self._book.add_format({"text_wrap": True, "valign": "top"})
        link = self._book.add_format({"font_color": "#1b5e93", "underline": 1, "valign": "top"})
        told = [(name, t.title, t.note, t.source) for name, t in zip(names, self._document.tables(), strict=True)]
        told += [(sheet.name, "For you to change; the totals follow", " ".join(sheet.words), "") for sheet in extra]
        for row, (name, *words) in enumerate(told, top + 1):
            self._page.write_url(row, 0, f"internal:'{name}'!A1", link, name)
            for column, said in enumerate(words, 1):
                self._page.write_string(row, column, _cut(said), wrap)
            lines = max(-(-len(said) // width) for said, width in zip(words, widths[1:], strict=True))
            self._page.set_row(row, _LINE_HIGH * max(lines, 1))
        self._page.freeze_panes(top + 1, 0)
        _printed(self._page)

    def _top(self) -> int:
        """Write what stands above the list; its row."""
        large = self._book.add_format({"bold": True, "font_size": 16})
        warn = self._book.add_format({"bold": True, "bg_color": BANNER[0], "font_color": BANNER[1]})
        quiet = self._book.add_format({"font_color": QUIET})
        lines = [(self._document.title, large), (self._document.subtitle, quiet), (self._document.banner or "", warn)]
        lines += [(words, quiet) for words in (*marks_used(self._document), self._document.footer)]
        shown = [(words, look) for words, look in lines if words]
        for row, (words, look) in enumerate(shown):
            self._page.write_string(row, 0, _cut(words), look)
        return len(shown) + 1


class _Sheet:
    """One table."""

    def __init__(self, book: Any, page: Any, table: Table, banner: str | None) -> None:  # noqa: ANN401 - see above
        self._book, self._page, self._table = book, page, table
        self._looks: dict[tuple[str, bool, int | None], Any] = {}
        if banner:
            # In a spreadsheet's page header & begins a code, and && stands for itself; 255 letters are the most.
            page.set_header(f"&C&B{clean(banner)[:100].replace('&', '&&')}")
        page.repeat_rows(0)
        _printed(page)

    def write(self) -> None:
        right = figure_columns(self._table)
        for column, name in enumerate(self._table.columns):
            look = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
            if right[column]:
                look["align"] = "right"
            self._page.write_string(0, column, _cut(name), self._book.add_format(look))
            self._page.set_column(column, column, self._width(column))
        for r, row in enumerate(self._table.rows):
            total = self._table.total and r == len(self._table.rows) - 1
            for c, cell in enumerate(row):
                self._cell(r, c, cell, total)
        self._page.set_row(0, _LINE_HIGH * self._head_lines())
        self._page.freeze_panes(1, 1)
        if self._table.rows:
            self._page.autofilter(0, 0, len(self._table.rows), len(self._table.columns) - 1)

    def _cell(self, row: int, column: int, cell: Cell, total: bool) -> None:
        value = number(cell)
        if value is None:
            shown = "words" if isinstance(cell, str) else "mark"
            self._page.write_string(row + 1, column, _cut(text(cell)), self._look(shown, total, None))
            return
        shown = _shown(cell)
        held = value / 100 if isinstance(cell, Percent) else value
        self._page.write_number(row + 1, column, held, self._look(shown, total, shade(self._table, row, column)))

    def _look(self, shown: str, total: bool, dark: int | None) -> Any:  # noqa: ANN401 - see above
        key = (shown, total, dark)
        if key not in self._looks:
            look: dict[str, object] = {"bold": total, "valign": "top"}
            if total:
                look["top"] = 1
            if shown == "words":
                look["text_wrap"] = True
            elif shown == "mark":
                look |= {"align": "right", "font_color": QUIET}
            else:
                look["num_format"] = shown
            if dark is not None:
                look |= {"bg_color": HEAT[dark][0], "font_color": HEAT[dark][1]}
            self._looks[key] = self._book.add_format(look)
        return self._looks[key]

    def _head_lines(self) -> int:
        """How many lines the highest heading needs."""
        wide = [self._width(column) for column in range(len(self._table.columns))]
        return max((-(-len(name) // (w - 2)) for name, w in zip(self._table.columns, wide, strict=True)), default=1)

    def _width(self, column: int) -> int:
        held = [len(text(row[column])) for row in self._table.rows]
        longest_word = max((len(word) for word in self._table.columns[column].split()), default=0)
        return min(max(*held, longest_word, _NARROWEST) + 2 if held else longest_word + _NARROWEST, _WIDEST)


def _printed(page: Any) -> None:  # noqa: ANN401 - see above
    """On A4, lying, as wide as the page."""
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)


def _shown(cell: Cell) -> str:
    if isinstance(cell, Money):
        return _MONEY
    if isinstance(cell, Percent):
        return _SHARE
    return _WHOLE if isinstance(cell, int) else _DECIMAL


def _cut(words: str) -> str:
    return clean(words)[:_LONGEST_TEXT]
