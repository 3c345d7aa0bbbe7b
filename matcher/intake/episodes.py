"""Episodes of several yearly returns become one history for each child."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from matcher.intake.findings import At, Log
from matcher.intake.return_rows import Fault, ReturnRow, Returns, tell_faults
from models import ssda903
from models.ssda903 import Episode

_SAME_BUT_FOR_ENDING = ("RNE", "LS", "PLACE", "PLACE_PROVIDER")
_LATEST = "the latest return's row counts"


def merge_episodes(returns: Returns, log: Log) -> dict[str, tuple[Episode, ...]]:
    """Each child's episodes, oldest first, every episode once; children whose rows hold an error are set aside.

    An episode is known by child and first day. The row of the latest return stands; an error in an earlier
    return that a later one puts right is a warning only.
    """
    by_child: defaultdict[str, list[ReturnRow]] = defaultdict(list)
    for row in returns.of("Episodes"):
        if row.child is None:
            _tell_vital(row, row.vital_faults, log)
        else:
            by_child[row.child].append(row)
    history = {}
    for child, rows in by_child.items():
        kept = _latest_rows(_usable(child, rows, log), log)
        for row in rows:
            tell_faults(row, log)
        if kept and not log.is_aside("child", child):
            history[child] = _episodes(child, kept, log)
    return history


def _usable(child: str, rows: Sequence[ReturnRow], log: Log) -> list[ReturnRow]:
    """The rows of a child that can be used; the child is set aside for one that no later return puts right."""
    good = [row for row in rows if not row.vital_faults and not _ends_before_start(row)]
    latest_good = {row.day("DECOM"): row.year or 0 for row in good}
    for row in rows:
        faults = row.vital_faults or ((_reversed_fault(row),) if _ends_before_start(row) else ())
        began = row.day("DECOM")
        if faults and began is not None and latest_good.get(began, -1) > (row.year or 0):
            for fault in faults:
                log.warn(
                    fault.code,
                    row.at.in_column(fault.column),
                    fault.message,
                    expected=fault.expected,
                    action=f"a later return puts it right; {_LATEST}",
                    value=fault.value,
                    subject=child,
                )
        else:
            _tell_vital(row, faults, log)
    return good


def _ends_before_start(row: ReturnRow) -> bool:
    began, ended = row.day("DECOM"), row.day("DEC")
    return began is not None and ended is not None and ended < began


def _reversed_fault(row: ReturnRow) -> Fault:
    began, ended = row.day("DECOM"), row.day("DEC")
    told = f"the episode ends on {ended:%d/%m/%Y}, before it begins on {began:%d/%m/%Y}"
    return Fault("ends-before-start", "DEC", f"{ended:%d/%m/%Y}", told, "DEC on or after DECOM", True)


def _tell_vital(row: ReturnRow, faults: Sequence[Fault], log: Log) -> None:
    name = row.child or f"in row {row.at.row} of {row.at.file}"
    for fault in faults:
        at = row.at.in_column(fault.column)
        log.aside("child", name, fault.code, at, fault.message, expected=fault.expected, value=fault.value)


def _latest_rows(rows: Sequence[ReturnRow], log: Log) -> list[ReturnRow]:
    """Of rows for the same first day those of the latest return, each once."""
    kept: dict[dt.date | None, list[ReturnRow]] = {}
    for row in rows:
        same_day = kept.setdefault(row.day("DECOM"), [])
        if same_day and same_day[0].year != row.year:
            same_day.clear()
        twin = next((other for other in same_day if _is_repeated(other, row)), None)
        if twin is None:
            same_day.append(row)
            continue
        if twin.day("DEC") is None:
            same_day[same_day.index(twin)] = row
        log.warn(
            "episode-duplicated",
            row.at,
            f"the episode is there twice; the other is row {twin.at.row} of {twin.at.file}",
            expected="each episode once in a return",
            action="it counts once, as ended if one of the rows says so",
            subject=row.child,
        )
    return [row for same_day in kept.values() for row in same_day]


def _is_repeated(one: ReturnRow, other: ReturnRow) -> bool:
    ends = {one.day("DEC"), other.day("DEC")}
    alike = all(one.text(name) == other.text(name) for name in _SAME_BUT_FOR_ENDING)
    return alike and (len(ends) == 1 or None in ends)


def _episodes(child: str, rows: Sequence[ReturnRow], log: Log) -> tuple[Episode, ...]:
    """The rows as episodes in order; one without a reason is taken to start care, or else to change the carer."""
    episodes: list[Episode] = []
    for row in sorted(rows, key=lambda row: row.day("DECOM") or dt.date.min):
        began, reason = row.day("DECOM"), row.text("RNE")
        if began is None:
            raise ValueError(f"row {row.at.row} of {row.at.file} has no DECOM")
        if reason is None:
            goes_on = bool(episodes) and (episodes[-1].dec is None or episodes[-1].dec >= began)
            reason = "P" if goes_on else "S"
            log.warn(
                "reason-assumed",
                row.at.in_column("RNE"),
                f"nothing says why the episode of {began:%d/%m/%Y} began",
                expected="a code of RNE",
                action=f"taken as {reason}, {'a change of carer' if goes_on else 'the start of care'}",
                subject=child,
            )
        episodes.append(_episode(child, row, began, reason))
    return ssda903.in_order(episodes)


def _episode(child: str, row: ReturnRow, began: dt.date, reason: str) -> Episode:
    return Episode(
        child=child,
        decom=began,
        rne=reason,
        ls=row.text("LS") or "",
        cin=row.text("CIN") or "",
        place=row.text("PLACE") or "",
        provider=row.text("PLACE_PROVIDER"),
        dec=row.day("DEC"),
        rec=row.text("REC"),
        reason_place_change=row.text("REASON_PLACE_CHANGE"),
        home_post=row.text("HOME_POST"),
        pl_post=row.text("PL_POST"),
        urn=row.text("URN"),
        file=row.at.file,
        row=row.at.row or 0,
    )


def close_lost_episodes(
    history: Mapping[str, Sequence[Episode]], returns: Returns, log: Log
) -> dict[str, tuple[Episode, ...]]:
    """End episodes that one return leaves open and the next does not go on with.

    The later return is the newer knowledge: the child had left, or moved, by the end of the earlier year.
    """
    year_of = {(row.at.file, row.at.row): row.year for row in returns.of("Episodes")}
    years = returns.years
    return {
        child: tuple(
            _closed(episode, index, rows, year_of.get((episode.file, episode.row)), years, log)
            for index, episode in enumerate(rows)
        )
        for child, rows in history.items()
    }


def _closed(
    episode: Episode,
    index: int,
    rows: Sequence[Episode],
    year: int | None,
    years: Sequence[int],
    log: Log,
) -> Episode:
    if episode.dec is not None or year is None or year >= years[-1]:
        return episode
    starts = [later.decom for later in rows[index + 1 :] if later.decom > episode.decom]
    end = min([*starts, ssda903.year_start(year + 1)])
    end = max(end, episode.decom)
    log.warn(
        "episode-not-carried-on",
        At(episode.file, episode.row, "DEC"),
        f"the episode is open in the return for {ssda903.year_label(year)} and not in the one after it",
        expected="the episode in the next return, ended or still open",
        action=f"it counts as ended on {end:%d/%m/%Y}",
        subject=episode.child,
    )
    return episode.model_copy(update={"dec": end})


def tell_overlaps(history: Mapping[str, Sequence[Episode]], log: Log) -> None:
    """Tell of episodes that run at the same time; short breaks may."""
    for child, rows in history.items():
        care = [episode for episode in rows if not ssda903.is_short_break(episode.ls)]
        for earlier, later in pairwise(care):
            if earlier.dec is None or earlier.dec > later.decom:
                log.warn(
                    "episodes-overlap",
                    At(later.file, later.row, "DECOM"),
                    f"the episode begins on {later.decom:%d/%m/%Y} while the one in row {earlier.row} of "
                    f"{earlier.file} is open",
                    expected="an episode to begin on the day the one before it ends",
                    action="both are kept; on days in both the later one counts",
                    subject=child,
                )


def tell_later_dates(history: Mapping[str, Sequence[Episode]], returns: Returns, as_at: dt.date, log: Log) -> None:
    """Tell of dates after the end of the return that holds them, and count episodes that begin after the case's day."""
    year_of = {(row.at.file, row.at.row): row.year for row in returns.of("Episodes")}
    after = [episode for rows in history.values() for episode in rows if episode.decom > as_at]
    for rows in history.values():
        for episode in rows:
            year = year_of.get((episode.file, episode.row))
            for column, day in (("DECOM", episode.decom), ("DEC", episode.dec)):
                if year is not None and day is not None and day > ssda903.year_end(year) + dt.timedelta(days=1):
                    log.warn(
                        "date-after-return",
                        At(episode.file, episode.row, column),
                        f"{day:%d/%m/%Y} lies after the end of the return for {ssda903.year_label(year)}",
                        expected=f"a day up to {ssda903.year_end(year):%d/%m/%Y}",
                        action="the date is kept",
                        value=f"{day:%d/%m/%Y}",
                        subject=episode.child,
                    )
    if after:
        log.note(
            "date-after-as-at",
            At(after[0].file, column="DECOM"),
            f"{len(after)} episodes begin after {as_at:%d/%m/%Y}, the case's day",
            expected="episodes up to that day",
            action="they are history to come: no child is in them on the day",
        )
