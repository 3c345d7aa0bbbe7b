"""Files about adoption: a page and a workbook for the screen, a sheet of a page or two to print and to edit."""

import re
from pathlib import Path

from matcher.reports.document import Document
from matcher.reports.writers.docx import write_docx
from matcher.reports.writers.html import write_html
from matcher.reports.writers.pdf import write_pdf
from matcher.reports.writers.xlsx import write_xlsx


def write_page(document: Document, folder: Path, name: str) -> list[Path]:
    """Write a document as a web page and as a workbook with one tidy sheet for each table; return their paths."""
    stem = _file_name(name)
    return [write_html(document, folder / f"{stem}.html"), write_xlsx(document, folder / f"{stem}.xlsx")]


def write_sheet(document: Document, folder: Path, name: str) -> list[Path]:
    """Write a document as a PDF to print and a Word file to edit, without contents; return their paths."""
    stem = _file_name(name)
    return [
        write_pdf(document, folder / f"{stem}.pdf", style="sheet"),
        write_docx(document, folder / f"{stem}.docx", sheet=True),
    ]


def write_report(document: Document, folder: Path, name: str) -> list[Path]:
    """Write a document in every format, as a report; return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    return [
        *write_page(document, folder, name),
        write_docx(document, folder / f"{name}.docx"),
        write_pdf(document, folder / f"{name}.pdf"),
    ]


def _file_name(name: str) -> str:
    """A name without anything that a path is made of."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")[:120] or "page"
