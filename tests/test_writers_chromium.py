"""The pages in a real browser: no violation that axe finds, nothing wider than the window, everything in print."""

import os
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from matcher.reports.writers.html import Style, write_html
from tests.sample_document import LONG, sample_document, young_document

pytestmark = pytest.mark.chromium
CHROMIUM = shutil.which("chromium")
STYLES = pytest.mark.parametrize("style", ["report", "young"])
WIDTHS = pytest.mark.parametrize("width", [1280, 320])
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        if os.environ.get("PLACEWELL_NO_DEBIAN_SKIPS"):
            pytest.fail("chromium is not installed, and PLACEWELL_NO_DEBIAN_SKIPS says that it must be")
        pytest.skip("needs Debian's chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    styles: tuple[Style, ...] = ("report", "young")
    made = {"report": sample_document(), "young": young_document()}
    return {style: write_html(made[style], folder / f"{style}.html", style=style) for style in styles}


@STYLES
@WIDTHS
def test_axe_finds_no_violation(browser: Any, pages: dict[str, Path], style: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    tab = browser.new_page(viewport={"width": width, "height": 900})
    tab.goto(pages[style].as_uri())
    tab.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = Axe().run(tab, options=RULES)
    assert found.response["violations"] == [], found.generate_report()
    assert len(found.response["passes"]) > 15
    tab.close()


@STYLES
@WIDTHS
def test_the_page_fits_its_window_and_fetches_nothing(
    browser: Any, pages: dict[str, Path], style: str, width: int
) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 900}, java_script_enabled=True)
    fetched: list[str] = []
    said: list[str] = []
    tab.on("request", lambda request: fetched.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.goto(pages[style].as_uri())
    assert fetched == [pages[style].as_uri()]
    assert said == []
    tab.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.close()


def test_the_skip_link_shows_when_reached_and_leads_to_the_main_part(browser: Any, pages: dict[str, Path]) -> None:
    tab = browser.new_page()
    tab.goto(pages["report"].as_uri())
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    tab.close()


def test_print_has_every_folded_row_and_the_banner_on_each_page(browser: Any, pages: dict[str, Path]) -> None:
    tab = browser.new_page()
    tab.goto(pages["report"].as_uri())
    printed = [page.extract_text() for page in PdfReader(BytesIO(tab.pdf(prefer_css_page_size=True))).pages]
    whole = "\n".join(printed)
    assert all(str(row[0]) in whole for row in LONG.rows)
    assert all("SYNTHETIC DATA" in page for page in printed)
    long = [page for page in printed if "Every home with the right registration" in page]
    assert all("Why no home was found" in page for page in long)
    tab.close()


def test_the_young_peoples_page_prints_on_two_pages(browser: Any, pages: dict[str, Path]) -> None:
    tab = browser.new_page()
    tab.goto(pages["young"].as_uri())
    assert len(PdfReader(BytesIO(tab.pdf(prefer_css_page_size=True))).pages) == 2
    tab.close()
