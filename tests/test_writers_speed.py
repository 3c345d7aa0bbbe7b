"""All formats of a large statement are written within ten seconds."""

import time
from dataclasses import replace
from pathlib import Path

from matcher.reports.document import Block, Document, Section
from matcher.reports.drawing.bars import bars
from matcher.reports.writers.docx import write_docx
from matcher.reports.writers.html import write_html
from matcher.reports.writers.pdf import write_pdf
from matcher.reports.writers.xlsx import write_xlsx
from tests.sample_document import KINDS

LIMIT_SECONDS = 10
ROWS = tuple(row for _ in range(8) for row in KINDS.rows[:4])


def large() -> Document:
    """60 tables of 32 rows, 15 of them behind pictures."""
    tables = [replace(KINDS, key=f"t{i}", rows=ROWS, total=False) for i in range(60)]
    blocks: list[Block] = [bars(table, (1, 2, 3), alt="a") if i % 4 == 0 else table for i, table in enumerate(tables)]
    sections = tuple(Section(f"s{i}", f"Section {i}", tuple(blocks[4 * i : 4 * i + 4])) for i in range(15))
    return Document("Large", "S", "SYNTHETIC DATA", sections, "F")


def test_a_large_statement_is_written_in_time(tmp_path: Path) -> None:
    document = large()
    started = time.process_time()
    write_html(document, tmp_path / "a.html")
    write_docx(document, tmp_path / "a.docx")
    write_pdf(document, tmp_path / "a.pdf")
    write_xlsx(document, tmp_path / "a.xlsx")
    assert time.process_time() - started < LIMIT_SECONDS
