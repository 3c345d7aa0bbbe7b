"""``placewell template``: blank files to fill in, with a guide to every column."""

from pathlib import Path
from typing import Annotated

import typer

from matcher.cli.options import JsonOption


def template(
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="The folder to write to; made if it is not there.")
    ] = Path("placewell-template"),
    as_json: JsonOption = False,
) -> None:
    """Write blank files and a guide to fill in."""
    from matcher.cli.screen import fail, output
    from matcher.intake.template import WORKBOOK, write_templates
    from models.needs import default_framework

    if (out / WORKBOOK).exists():
        fail(f"{out / WORKBOOK} is there already and may be filled in. Give another folder with --out.")
    try:
        paths = write_templates(out, default_framework())
    except OSError as error:
        fail(f"The templates cannot be written to {out}: {error.strerror}.")
    if as_json:
        import json
        import sys

        json.dump({"written": [str(path) for path in paths]}, sys.stdout, indent=2)
        sys.stdout.write("\n")
        return
    console = output()
    for path in paths:
        console.print(f"Written: {path}", markup=False, soft_wrap=True)
    console.print("Put them in a folder with your SSDA903 return, then run: placewell check FOLDER", markup=False)
