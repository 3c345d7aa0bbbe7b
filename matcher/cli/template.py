"""``placewell template``: blank files to fill in, with a guide to every column."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.cli.options import JsonOption, OutOption

if TYPE_CHECKING:
    from models.needs import NeedsFramework


def template(
    out: OutOption = Path("placewell-template"),
    framework: Annotated[
        Path | None,
        typer.Option("--framework", metavar="FILE", help="A council's own framework.json, which decides the columns."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Write blank files and a guide to fill in."""
    from matcher.cli.screen import fail, output, print_json, writing
    from matcher.intake.template import WORKBOOK, write_templates

    if (out / WORKBOOK).exists():
        fail(f"{out / WORKBOOK} is there already and may be filled in. Give another folder with --out.")
    with writing(out):
        paths = write_templates(out, _framework(framework))
    if as_json:
        print_json({"written": [str(path) for path in paths]})
        return
    console = output()
    for path in paths:
        console.print(f"Written: {path}", markup=False, soft_wrap=True)
    console.print("Put them in a folder with your SSDA903 return, then run: placewell check FOLDER", markup=False)


def _framework(path: Path | None) -> "NeedsFramework":
    """The framework in a file, or Placewell's own; a file that is none ends the command."""
    from matcher.cli.screen import fail
    from matcher.intake.archive import SourceFile
    from matcher.intake.findings import Log
    from matcher.intake.settings import read_framework
    from models.needs import default_framework

    if path is None:
        return default_framework()
    log = Log()
    try:
        framework = read_framework(SourceFile(path.name, path.read_bytes()), log)
    except OSError as error:
        fail(f"{path} cannot be read: {error.strerror}.")
    if log.findings:
        fail(f"{path}: {'; '.join(finding.message for finding in log.findings)}.")
    return framework
