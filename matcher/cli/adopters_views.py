"""The views of family finders on the command line: where they are kept, who gives them, and what they saw before."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher.reports.adoption.views import Happened, Line, View

_NAME = "{case}-views.csv"


class ViewsFile:
    """The file of views of one case: beside its folder or zip, or where the user says."""

    def __init__(self, case: str, said: Path | None) -> None:
        self.path = said or _beside(case)

    def views(self, children: Sequence[str]) -> "tuple[View, ...]":
        """The views given so far for exactly these children."""
        from matcher.reports.adoption.views import views_of

        return views_of(self._lines(), children)

    def listed(self, children: Sequence[str]) -> None:
        """Note that the list without scores was shown."""
        from matcher.reports.adoption.views import Happened

        self._add([self._line(Happened.LIST_SHOWN, children)])

    def scores_shown(self, children: Sequence[str]) -> None:
        """Note that scores were shown, if views are kept at all of this case."""
        from matcher.reports.adoption.views import Happened

        if self.path.exists():
            self._add([self._line(Happened.SCORES_SHOWN, children)])

    def record(self, children: Sequence[str], texts: Sequence[str], families: Sequence[str]) -> "tuple[View, ...]":
        """Add views, all or none, and give back every view for these children.

        Args:
            children: Who is to be placed together.
            texts: As typed, ``FAMILY=no:why``.
            families: Every family of the pool.
        """
        from matcher.cli.screen import fail
        from matcher.reports.adoption.views import Happened, ViewsError, parse_view

        lines = []
        for text in texts:
            try:
                family, opinion, reason = parse_view(text)
            except ViewsError as error:
                fail(str(error))
            if family not in families:
                fail(f"There is no family {family} in this pool.{near(family, families)}")
            line = self._line(Happened.VIEW, children)
            lines.append(line.model_copy(update={"family_id": family, "view": opinion, "reason": reason}))
        self._lines()  # a file that is none of ours is not written to
        self._add(lines)
        return self.views(children)

    def _line(self, what: "Happened", children: Sequence[str]) -> "Line":
        import datetime as dt

        from matcher.reports.adoption.views import Line

        return Line(at=dt.datetime.now().astimezone(), user=_user(), what=what, children=tuple(children))

    def _lines(self) -> "tuple[Line, ...]":
        from matcher.cli.screen import fail
        from matcher.reports.adoption.views import ViewsError, read_lines

        try:
            return read_lines(self.path)
        except ViewsError as error:
            fail(str(error))
        except OSError as error:
            fail(f"{self.path} cannot be read: {error.strerror}. Name another file with --views.")

    def _add(self, lines: "Sequence[Line]") -> None:
        from matcher.cli.screen import writing
        from matcher.reports.adoption.views import add_lines

        with writing(self.path):
            add_lines(self.path, lines)


def near(wanted: str, known: Sequence[str]) -> str:
    """`` Did you mean F12 or F13?``, or nothing."""
    from difflib import get_close_matches

    found = get_close_matches(wanted, known, n=3, cutoff=0.5)
    return f" Did you mean {' or '.join(found)}?" if found else ""


def _beside(case: str) -> Path:
    """Outside the case, so that it is never read as one of its files; the demo's is in the present folder."""
    from matcher.cli.reading import DEMO, case_path

    if case == DEMO:
        return Path(_NAME.format(case=DEMO))
    path = case_path(case).resolve()
    return path.parent / _NAME.format(case=path.stem if path.is_file() else path.name)


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "not known"
