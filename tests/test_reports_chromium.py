"""The sufficiency page in a real browser: nothing fetched, nothing wider than the window, nothing lost in print."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.reports.html import write_sufficiency
from matcher.services.sufficiency import sufficiency
from tests.random_case import random_case

pytestmark = pytest.mark.chromium
CHROMIUM = shutil.which("chromium")
OVERFLOW = """() => [...document.querySelectorAll('h1, h2, h3, p, li, dd, .wide, figure')]
    .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(e => e.tagName + ' ' + e.textContent.slice(0, 40))"""
CONTRAST = """() => {
  const light = c => { const [r, g, b] = c.map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b; };
  const rgb = s => s.match(/[\\d.]+/g).map(Number);
  const ground = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] > 0) return c.slice(0, 3); } return [255, 255, 255]; };
  const poor = new Set();
  for (const e of document.querySelectorAll('p,th,td,li,a,span,strong,h1,h2,h3,caption,dt,dd,summary,header')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    const [a, b] = [light(rgb(getComputedStyle(e).color).slice(0, 3)), light(ground(e))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) poor.add(e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 30));
  }
  return [...poor];
}"""


HIDDEN = """() => [...document.querySelectorAll('details table')]
    .filter(table => !table.checkVisibility({contentVisibilityAuto: true})).length"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    report = sufficiency(random_case(7, children=30, homes=25), time_limit=5)
    return write_sufficiency(report, tmp_path_factory.mktemp("page") / "sufficiency.html")


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    if CHROMIUM is None:
        if os.environ.get("PLACEWELL_NO_DEBIAN_SKIPS"):
            pytest.fail("chromium is not installed, and PLACEWELL_NO_DEBIAN_SKIPS says that it must be")
        pytest.skip("needs Debian's chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.mark.parametrize("width", [1180, 375])
def test_the_page_fits_its_window_and_fetches_nothing(browser: object, page: Path, width: int) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 900})  # type: ignore[attr-defined]
    fetched: list[str] = []
    said: list[str] = []
    tab.on("request", lambda request: fetched.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.goto(page.as_uri())
    assert fetched == [page.as_uri()]
    assert said == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate(OVERFLOW) == []
    tab.close()


def test_words_stand_out_from_their_ground(browser: object, page: Path) -> None:
    tab = browser.new_page()  # type: ignore[attr-defined]
    tab.goto(page.as_uri())
    assert tab.evaluate(CONTRAST) == []
    tab.close()


def test_the_page_prints(browser: object, page: Path) -> None:
    tab = browser.new_page()  # type: ignore[attr-defined]
    tab.goto(page.as_uri())
    assert tab.pdf(format="A4").startswith(b"%PDF")
    tab.emulate_media(media="print")
    assert tab.evaluate(HIDDEN) == 0
    assert not tab.is_visible("nav")
    tab.close()
