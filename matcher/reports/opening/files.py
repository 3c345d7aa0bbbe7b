"""Files of the plan of what to open."""

from pathlib import Path

from matcher.reports.opening.page import opening_document
from matcher.reports.writers.docx import write_docx
from matcher.reports.writers.html import write_html
from matcher.reports.writers.pdf import write_pdf
from matcher.reports.writers.xlsx import write_xlsx
from matcher.services.opening.results import OpeningPlan

_NAME = "what-to-open"


def write_openings(plan: OpeningPlan, folder: Path) -> list[Path]:
    """Write the plan as a web page, Word file, PDF, workbook and JSON; return the paths."""
    document = opening_document(plan)
    told = folder / f"{_NAME}.json"
    told.write_text(plan.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return [
        write_html(document, folder / f"{_NAME}.html"),
        write_docx(document, folder / f"{_NAME}.docx"),
        write_pdf(document, folder / f"{_NAME}.pdf"),
        write_xlsx(document, folder / f"{_NAME}.xlsx"),
        told,
    ]
