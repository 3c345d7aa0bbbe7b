"""The statement's files: an internal folder and a public one, each format in both, and the young people's copy."""

from collections.abc import Callable
from pathlib import Path

from matcher.reports.statement.copies import Audience
from matcher.reports.statement.documents import document, young_peoples_document
from matcher.reports.workbook_money import what_if_sheets
from matcher.reports.writers.docx import write_docx
from matcher.reports.writers.html import write_html
from matcher.reports.writers.pdf import write_pdf
from matcher.reports.writers.xlsx import write_xlsx
from matcher.services.statement.statement import Statement

NAME = "sufficiency"
_YOUNG = "young-people"


def write_statement(statement: Statement, folder: Path, progress: Callable[[str], None] | None = None) -> list[Path]:
    """Write every file of a statement and return their paths.

    ``internal/`` names single children and is for those who may see them; everything in ``public/`` may be published
    as it is. What was there under the same names is replaced.
    """
    tell = progress or (lambda _words: None)
    written: list[Path] = []
    for audience in Audience:
        tell(f"writing the {audience.value} copy")
        made, place = document(statement, audience), folder / audience.value
        place.mkdir(parents=True, exist_ok=True)
        # Prices by kind times children would give hidden counts away: the what-if sheets stay inside.
        live = what_if_sheets(statement.money) if audience is Audience.INTERNAL else ()
        written += [
            write_html(made, place / f"{NAME}.html"),
            write_docx(made, place / f"{NAME}.docx"),
            write_pdf(made, place / f"{NAME}.pdf"),
            write_xlsx(made, place / f"{NAME}.xlsx", extra=live),
        ]
    tell("writing the young people's copy")
    young, place = young_peoples_document(statement), folder / Audience.PUBLIC.value
    written.append(write_html(young, place / f"{_YOUNG}.html", style="young"))
    written.append(write_pdf(young, place / f"{_YOUNG}.pdf", style="young"))
    return written
