"""Views of family finders beside the scores: what was thought, when, and where the family stands by the score."""

from collections.abc import Sequence

from matcher.reports.adoption.views import View
from matcher.reports.adoption.words import STANDS_WORDS
from matcher.reports.document import Cell, Table
from matcher.services.adoption.screening_results import FamiliesForChild

_NOTE = (
    "Before scores: its author had been shown the list without scores, and no score for these children. Only what is "
    "in the file of views is known; it cannot say what somebody saw elsewhere."
)


def views_block(views: Sequence[View], found: FamiliesForChild) -> Table:
    """A row for each view, the newest last."""
    place = {each.family_id: each for each in (*found.families, *found.nearly)}
    rows: list[tuple[Cell, ...]] = []
    for view in views:
        listed = place.get(view.family_id)
        if listed is None:
            stands = "further down, or not eligible"
        elif listed.rank is None:
            stands = STANDS_WORDS[listed.eligibility]
        else:
            stands = f"{listed.rank} in the list, {STANDS_WORDS[listed.eligibility]}"
        when = f"{view.at:%d %B %Y %H:%M}, {view.when.value}".lstrip("0")
        rows.append((view.family_id, view.opinion.value, view.reason or "-", view.user, when, stands))
    columns = ("Family", "View", "Why", "Who", "When", "By the score")
    return Table("views", "Views beside scores", columns, rows, _NOTE)
