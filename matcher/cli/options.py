"""The arguments that several commands share, so that they read and behave alike."""

from pathlib import Path
from typing import Annotated

import typer

CaseArgument = Annotated[
    str,
    typer.Argument(
        metavar="CASE",
        help="A folder or zip of a council's files; 'demo' is the bundled synthetic authority.",
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print machine-readable JSON on standard output and nothing else there.")
]
OutOption = Annotated[
    Path, typer.Option("--out", metavar="DIR", help="The folder to write to; made if it is not there.")
]
SecondsOption = Annotated[
    float | None,
    typer.Option(
        "--seconds",
        metavar="SECONDS",
        min=0.1,
        help="Stop the solver after so long and give the best plan with its honest gap.",
    ),
]
EachPlanSecondsOption = Annotated[
    float,
    typer.Option(
        "--seconds", metavar="SECONDS", min=0.1, help="How long the solver may take on each of the two plans."
    ),
]
EACH_PLAN_SECONDS = 20.0
RoundOption = Annotated[
    int | None,
    typer.Option(
        "--round-to",
        metavar="BASE",
        min=2,
        help="Round the public counts to the nearest BASE instead of hiding small ones: weaker, and told how much.",
    ),
]
