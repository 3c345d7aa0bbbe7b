"""The command line: words in, words and files out; every command calls a service.

Only typer is imported before a command runs, so that ``placewell --help`` answers at once; the scoring kernels,
the solver and the readers are imported inside the commands.
"""

import gc

import typer

from matcher.cli import adopters, allocate, check, demo, match, needs, plan, pool, sufficiency, template, warmup

app = typer.Typer(
    name="placewell",
    help="Find the right home for every child in a council's care, and see which places are missing.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for _command in (
    demo.demo,
    template.template,
    check.check,
    needs.needs,
    match.match,
    allocate.allocate,
    pool.pool,
    adopters.adopters,
    sufficiency.sufficiency,
    plan.plan,
    warmup.warmup,
):
    app.command()(_command)


def main() -> None:
    """Run ``placewell``."""
    # What is imported and read lives as long as the command: looking it over for rubbish again and again while it
    # loads, and once more at the end, took a fifth of the time of ``match``.
    gc.set_threshold(100_000)
    try:
        app()
    finally:
        gc.freeze()
