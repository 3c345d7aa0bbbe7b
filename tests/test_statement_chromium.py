"""The statement's pages in a real browser: no fault that axe can find, nothing fetched, nothing wider than a phone."""

from pathlib import Path
from typing import Any

import pytest

from matcher.reports.statement.copies import Audience
from matcher.reports.statement.documents import document, young_peoples_document
from matcher.reports.writers.html import write_html
from matcher.services.disclosure import DisclosureRule
from matcher.services.statement.build import make_statement
from tests.random_case import random_case
from tests.test_writers_chromium import RULES, browser

__all__ = ["browser"]
pytestmark = pytest.mark.chromium


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    case = random_case(7, children=15, homes=12)
    statement = make_statement(case, time_limit=2, rule=DisclosureRule(seconds=1))
    made = {each.value: write_html(document(statement, each), folder / f"{each.value}.html") for each in Audience}
    young = write_html(young_peoples_document(statement), folder / "young.html", style="young")
    return made | {"young": young}


@pytest.mark.parametrize(("copy", "width"), [("internal", 320), ("public", 1280), ("young", 320)])
def test_axe_finds_no_violation_and_the_page_fits(browser: Any, pages: dict[str, Path], copy: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    tab = browser.new_page(viewport={"width": width, "height": 900})
    fetched: list[str] = []
    tab.on("request", lambda request: fetched.append(request.url))
    tab.goto(pages[copy].as_uri())
    tab.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = Axe().run(tab, options=RULES)
    assert found.response["violations"] == [], found.generate_report()
    assert fetched == [pages[copy].as_uri()]
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.close()
