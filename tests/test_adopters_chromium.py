"""The pages of adoption in a real browser: no fault that axe can find, nothing fetched, nothing wider than a phone."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from matcher.reports.adoption.blind_page import blind_document, blind_families
from matcher.reports.adoption.child_page import child_document
from matcher.reports.adoption.event_page import event_document
from matcher.reports.adoption.fairness_section import fairness_section
from matcher.reports.adoption.family_page import family_document
from matcher.reports.adoption.overview_page import overview_document
from matcher.reports.adoption.pool_page import pool_document
from matcher.reports.adoption.recruitment_section import recruitment_section
from matcher.reports.adoption.scorecard_page import scorecard_document
from matcher.reports.document import Document
from matcher.reports.statement.copies import Audience
from matcher.reports.writers.html import write_html
from matcher.services.adoption.annual_report import adoption_report
from matcher.services.adoption.fairness import audit_identity, fairness_table
from matcher.services.adoption.linking import link_pool
from matcher.services.adoption.links_told import told
from matcher.services.adoption.matching_event import invitations
from matcher.services.adoption.pool_case import pool_case
from matcher.services.adoption.recruitment import recruitment_list
from matcher.services.adoption.screening import children_for, families_for, screen
from tests.make_pool import random_pool
from tests.test_writers_chromium import RULES, browser

__all__ = ["browser"]
pytestmark = pytest.mark.chromium


def documents() -> Mapping[str, Document]:
    case = random_pool(3, children=30, families=40)
    screened = screen(pool_case(case))
    best = int(screened.eligible.sum(axis=1).argmax())
    child = screened.pool.units[best][0]
    linking, report = link_pool(screened), adoption_report(case)
    fair = fairness_section(audit_identity(case), fairness_table(linking))
    families = families_for(screened, child)
    return {
        "overview": overview_document(screened),
        "child": child_document(screened, families),
        "blind": blind_document(screened, *blind_families(screened, child)),
        "family": family_document(screened, children_for(screened, families.families[0].family_id)),
        "pool": pool_document(case, told(linking), (recruitment_section(recruitment_list(linking)), fair)),
        "event": event_document(screened, invitations(screened, 6)),
        "internal": scorecard_document(case, report, Audience.INTERNAL),
        "public": scorecard_document(case, report, Audience.PUBLIC),
    }


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    return {name: write_html(made, folder / f"{name}.html") for name, made in documents().items()}


@pytest.mark.parametrize(
    ("page", "width"),
    [
        ("overview", 320),
        ("child", 320),
        ("blind", 1280),
        ("family", 320),
        ("pool", 1280),
        ("event", 320),
        ("internal", 1280),
        ("public", 320),
    ],
)
def test_axe_finds_no_violation_and_the_page_fits(browser: Any, pages: dict[str, Path], page: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    tab = browser.new_page(viewport={"width": width, "height": 900})
    fetched: list[str] = []
    tab.on("request", lambda request: fetched.append(request.url))
    tab.goto(pages[page].as_uri())
    tab.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = Axe().run(tab, options=RULES)
    assert found.response["violations"] == [], found.generate_report()
    assert fetched == [pages[page].as_uri()]
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.close()
