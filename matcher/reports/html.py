"""Pages: one self-contained HTML file each, that opens without a network and prints."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from matcher.reports import trade_words, value_words, words
from matcher.reports.certificate import certificate_words
from matcher.reports.charts import heat
from matcher.reports.district_map import district_map
from matcher.reports.gap_matrix import SHADE_KEY, gap_matrices
from matcher.reports.headlines import sentences, tiles, who_is_in_the_clean_sheet
from matcher.reports.shortage_words import shortages_words
from matcher.reports.sufficiency_charts import charts
from matcher.reports.totals import told
from matcher.reports.trade_chart import trade_chart
from matcher.reports.unmet import unmet_words
from matcher.services.counts import percent
from matcher.services.districts import Districts
from matcher.services.sufficiency import SufficiencyReport
from models.outlines import outline_source


def sufficiency_page(report: SufficiencyReport) -> str:
    """The sufficiency report as one HTML page; every word from the case is escaped."""
    districts = report.districts
    return (
        _environment()
        .get_template("sufficiency.html.j2")
        .render(
            title=report.title,
            synthetic=report.figures.synthetic,
            report=report,
            figures=report.figures,
            needs=report.needs,
            week=report.operational,
            valued=value_words,
            traded=trade_words,
            trade_picture=trade_chart(report.operational.trade_off) if report.operational.trade_off else None,
            clean=report.clean_sheet,
            tiles=tiles(report),
            sentences=sentences(report),
            who=who_is_in_the_clean_sheet(report),
            charts=charts(report),
            matrices=gap_matrices(report.clean_sheet_gap.cells, _own_districts(districts)),
            shade_key=SHADE_KEY,
            outline_source=outline_source(),
            drawn=district_map(report.figures.authority, districts) if districts else None,
        )
    )


def _own_districts(districts: Districts | None) -> frozenset[str]:
    return frozenset(row.district for row in districts.rows if row.district) if districts else frozenset()


def write_sufficiency(report: SufficiencyReport, path: Path) -> Path:
    """Write the page, replacing what was there, and return the path."""
    path.write_text(sufficiency_page(report), encoding="utf-8")
    return path


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("matcher.reports", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(_FILTERS)
    return environment


def _sentence(text: str | None) -> str:
    """The text with its first letter large, the rest as it was."""
    return text[:1].upper() + text[1:] if text else words.NONE


def _percent_of(part_and_whole: tuple[int, int]) -> str:
    return words.share(percent(*part_and_whole))


_FILTERS: Mapping[str, Callable[..., Any]] = {
    "approver": words.approver,
    "code": words.code,
    "day": words.day,
    "heat": heat,
    "in_words": lambda proof: " ".join(certificate_words(proof)),
    "measures": lambda plan: told(plan.before, plan.after),
    "money": words.money,
    "number": words.number,
    "percent_of": _percent_of,
    "place": words.place,
    "plural": words.plural,
    "sentence": _sentence,
    "share": words.share,
    "short": words.short_living,
    "shortages": shortages_words,
    "tenths": words.tenths,
    "unmet_words": unmet_words,
}
