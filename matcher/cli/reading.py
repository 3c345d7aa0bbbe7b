"""From the CASE argument to a case that was read, telling what was wrong with it on the way."""

from pathlib import Path
from typing import TYPE_CHECKING

from matcher.cli.screen import fail, notes, working

if TYPE_CHECKING:
    from matcher.intake.reading import Reading
    from models.case import Case

DEMO = "demo"


def case_path(case: str) -> Path:
    """The folder or zip that CASE names; ``demo`` is the synthetic authority that comes with Placewell."""
    if case == DEMO:
        return demo_path()
    try:
        path = Path(case).expanduser()
        there = path.exists()
    except (OSError, ValueError, RuntimeError) as error:
        fail(f"{case} cannot be opened: {getattr(error, 'strerror', None) or error}.")
    if not there:
        fail(f"There is no folder or zip {case}. Give the path of a case, or 'demo' for the bundled synthetic one.")
    return path


def demo_path() -> Path:
    """The folder of the bundled demo authority."""
    from importlib.resources import files

    return Path(str(files("placewell_data") / DEMO))


def read(case: str, *, afresh: bool = False) -> "Reading":
    """Read a case, showing progress; what was kept of the same files will do, unless ``afresh``.

    Nothing wrong in its files is an exception.
    """
    path = case_path(case)
    with working(f"reading {case}") as tell:
        from matcher.intake.case_cache import read_kept

        return read_kept(path, progress=tell, afresh=afresh)


def usable(case: str) -> "Case":
    """Read a case for a command that needs one: faults are counted on standard error, none at all ends the command."""
    reading = read(case)
    errors = [finding for finding in reading.findings if finding.severity == "error"]
    if reading.case is None:
        reason = f" {errors[0].message[:1].upper()}{errors[0].message[1:]}." if errors else ""
        fail(f"Nothing in {case} could be used.{reason} Run 'placewell check {case}' for the full list.")
    if errors:
        from matcher.reports.words import plural

        aside = f", {plural(len(reading.set_aside), 'record')} set aside" if reading.set_aside else ""
        notes().print(
            f"{plural(len(errors), 'error')} in the files{aside}: run 'placewell check {case}' to see them.",
            style="yellow",
            markup=False,
        )
    return reading.case
