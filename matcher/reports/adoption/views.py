"""What family finders thought before they saw a score: kept in a file beside the case, which only grows.

The file is CSV, so that it opens in a spreadsheet. Lines are only ever added. Beside the views it says who was shown
the list without scores and who was shown scores, so that a view can be told from one that was given afterwards.
"""

import csv
import datetime as dt
import os
from collections.abc import Iterable, Sequence
from enum import StrEnum
from io import StringIO
from pathlib import Path

from matcher.reports.sheets import harmless
from matcher.reports.writers.cells import clean
from models.record import Record

COLUMNS = ("at", "user", "what", "children", "family_id", "view", "reason")
_LONGEST_REASON = 1_000


class Happened(StrEnum):
    """What a line says."""

    LIST_SHOWN = "list without scores shown"
    SCORES_SHOWN = "scores shown"
    VIEW = "view"


class Opinion(StrEnum):
    """What a family finder thinks of a family for a child."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class When(StrEnum):
    """Whether a view was given before its author was shown a score for these children."""

    BEFORE = "before scores"
    AFTER = "after scores"
    UNKNOWN = "not known whether before scores"


class ViewsError(ValueError):
    """A view that cannot be recorded, or a file that is none of ours; the message says what to do."""


class Line(Record):
    """One line of the file; ``children`` are the ids of those who are to be placed together, in order."""

    at: dt.datetime
    user: str
    what: Happened
    children: tuple[str, ...]
    family_id: str = ""
    view: Opinion | None = None
    reason: str = ""


class View(Record):
    """A family finder's view of one family for some children, and when it was given."""

    at: dt.datetime
    user: str
    children: tuple[str, ...]
    family_id: str
    opinion: Opinion
    reason: str
    when: When


def parse_view(text: str) -> tuple[str, Opinion, str]:
    """``F12=maybe:no room for a dog`` as the family, the opinion and the reason (none is an empty text).

    Raises:
        ViewsError: it is not of that form; a no or a maybe gives no reason; or the reason is too long.
    """
    family, equals, rest = clean(text).partition("=")
    word, _, reason = rest.partition(":")
    word, reason = word.strip().lower(), " ".join(reason.split()).lstrip("'")
    if not (equals and family.strip() and word in set(Opinion)):
        raise ViewsError(f"--view {text!r} is not of the form FAMILY=yes, FAMILY=maybe:reason or FAMILY=no:reason.")
    if word != Opinion.YES and not reason:
        raise ViewsError(f"--view {text!r} gives no reason: write {family.strip()}={word}:reason.")
    if len(reason) > _LONGEST_REASON:
        raise ViewsError(f"The reason for {family.strip()} is longer than {_LONGEST_REASON:,} letters: shorten it.")
    return family.strip(), Opinion(word), reason


def add_lines(path: Path, lines: Sequence[Line]) -> None:
    """Add lines at the end of the file, making it, readable by its owner only, if it is not there.

    Raises:
        OSError: it cannot be written, or a link lies in its place.
    """
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    file = os.open(path, flags, 0o600)
    try:
        written = StringIO(newline="")
        writer = csv.writer(written)
        if os.fstat(file).st_size == 0:
            writer.writerow(COLUMNS)
        writer.writerows([harmless(cell) for cell in _cells(line)] for line in lines)
        # One call, so that lines of two people who write at once never mix.
        os.write(file, written.getvalue().encode("utf-8"))
    finally:
        os.close(file)


def _cells(line: Line) -> tuple[str, ...]:
    at = line.at.isoformat(timespec="seconds")
    return at, line.user, line.what, ";".join(line.children), line.family_id, line.view or "", line.reason


def read_lines(path: Path) -> tuple[Line, ...]:
    """Every line of the file, in order; none if it is not there.

    Raises:
        ViewsError: a line is not one of ours, naming it.
        OSError: it cannot be read.
    """
    if not path.exists():
        return ()
    try:
        rows = list(csv.reader(StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        raise ViewsError(f"{path} is not a CSV file in UTF-8: move it away or name another with --views.") from None
    return tuple(_line(path, number, row) for number, row in enumerate(rows, 1) if row and tuple(row) != COLUMNS)


def _line(path: Path, number: int, row: Sequence[str]) -> Line:
    try:
        at, user, what, children, family, view, reason = (_as_written(cell) for cell in row)
        return Line(
            at=dt.datetime.fromisoformat(at),
            user=user,
            what=Happened(what),
            children=tuple(children.split(";")),
            family_id=family,
            view=Opinion(view) if view else None,
            reason=reason,
        )
    except ValueError:
        raise ViewsError(
            f"{path}, row {number} is not a line that Placewell wrote: put it right, or name another file with --views."
        ) from None


def _as_written(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and harmless(cell[1:]) == cell else cell


def views_of(lines: Iterable[Line], children: Sequence[str]) -> tuple[View, ...]:
    """The views of families for exactly these children, in the order given, each with when it was given.

    A view is *before* scores where its author was shown the list without scores and no scores for any of these children
    until then; *after* where they were shown scores; else nobody knows.
    """
    found: list[View] = []
    listed: set[str] = set()
    seen: set[str] = set()
    for line in lines:
        if not set(line.children) & set(children):
            continue
        if line.what is Happened.LIST_SHOWN:
            listed.add(line.user)
        elif line.what is Happened.SCORES_SHOWN:
            seen.add(line.user)
        elif line.view is not None and line.children == tuple(children):
            when = When.AFTER if line.user in seen else When.BEFORE if line.user in listed else When.UNKNOWN
            found.append(
                View(
                    at=line.at,
                    user=line.user,
                    children=line.children,
                    family_id=line.family_id,
                    opinion=line.view,
                    reason=line.reason,
                    when=when,
                )
            )
    return tuple(found)
