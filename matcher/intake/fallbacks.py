"""What a case does not say of itself, taken from its files; each time a note says so."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from matcher.intake.findings import At, Log
from matcher.intake.return_rows import Returns
from matcher.intake.settings import CASE_FILE
from matcher.intake.sheet_rows import Row
from models import ssda903
from models.areas import utla_name
from models.geography import Location
from models.ssda903 import Episode


def _told(log: Log, column: str, message: str, expected: str) -> None:
    log.note("setting-assumed", At(CASE_FILE, column=column), message, expected=expected, action="this is assumed")


def day_of(returns: Returns, referrals: Sequence[Row], log: Log) -> dt.date | None:
    """The last day of the latest return; without returns the day the newest referral was received."""
    expected = "as_at in case.toml"
    if returns.years:
        day = ssda903.year_end(returns.years[-1])
        _told(log, "as_at", f"the case's day is not given: {day:%d/%m/%Y}, the end of the latest return", expected)
        return day
    received = [row.need_day("received") for row in referrals]
    if received:
        day = max(received)
        _told(log, "as_at", f"the case's day is not given: {day:%d/%m/%Y}, when the last referral came", expected)
        return day
    message = "the case's day is not given, and no return or referral tells it"
    log.error("setting-missing", At(CASE_FILE, column="as_at"), message, expected=expected, action="no case is made")
    return None


def authority_of(
    now: Iterable[Episode], homes: Sequence[Row], places: Mapping[str, Location | None], log: Log
) -> str | None:
    """The authority in England most children in care come from; failing that, where most homes are."""
    expected = "authority in case.toml, an ONS code such as E10000015"
    for postcodes, words in (
        ([episode.home_post for episode in now], "where most children's homes are"),
        ([row.text("postcode") for row in homes], "where most of the listed homes are"),
    ):
        located = (places.get(code) for code in postcodes if code)
        found = Counter(place.utla for place in located if place is not None and place.utla.startswith("E"))
        if found:
            code = min(found, key=lambda utla: (-found[utla], utla))
            _told(log, "authority", f"the authority is not given: {utla_name(code)} ({code}), {words}", expected)
            return code
    message = "the authority is not given, and no postcode tells it"
    at = At(CASE_FILE, column="authority")
    log.error("setting-missing", at, message, expected=expected, action="no case is made")
    return None


def name_of(authority: str, log: Log) -> str:
    """The name of the authority."""
    name = utla_name(authority)
    _told(log, "name", f"the case has no name: {name}", "name in case.toml")
    return name


def is_synthetic(log: Log) -> bool:
    """Files that do not say so are taken for real ones."""
    _told(log, "synthetic", "the case does not say whether it is synthetic: taken as real", "synthetic in case.toml")
    return False
