"""``placewell warmup``: what is slow the first time only, done once and kept; and what is kept, removed."""

from typing import Annotated

import typer

from matcher.cli.options import JsonOption


def warmup(
    forget_cases: Annotated[
        bool,
        typer.Option("--forget-cases", help="Only remove every case that was kept so that it need not be read again."),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Get ready: compile, and read the demo.

    Done once after installing, so that no later command waits for it.
    """
    from matcher.cli.screen import output, print_json

    record, words = _forget() if forget_cases else _get_ready()
    if as_json:
        print_json(record)
    else:
        output().print(words, markup=False, soft_wrap=True)


def _get_ready() -> tuple[dict[str, object], str]:
    """Compile and read, each kept; what was done, for machines and for people."""
    from time import perf_counter

    from matcher.cli.reading import DEMO, demo_path, usable
    from matcher.cli.screen import working

    start = perf_counter()
    case = usable(DEMO)
    read = perf_counter()
    with working("loading what compiles") as tell:
        from matcher.services.warmup import warm_up

        warm_up(case, progress=tell)
    done = perf_counter()
    from matcher.intake.case_cache import SWITCH, folder, is_kept

    where, kept = folder(), is_kept(demo_path())
    record: dict[str, object] = {
        "seconds": round(done - start, 3),
        "reading_seconds": round(read - start, 3),
        "compiling_seconds": round(done - read, 3),
        "case_kept": kept,
        "cases_folder": None if where is None else str(where),
    }
    state = "read and kept"
    if not kept:
        why = f"{SWITCH} is not yes" if where is None else f"{where} is no folder that you alone can write to"
        state = f"read, but not kept: {why}"
    words = f"The compiled code is ready; the demo authority is {state}.\nIt took {done - start:.1f} seconds."
    return record, words


def _forget() -> tuple[dict[str, object], str]:
    """Remove what is kept of cases; how many there were, for machines and for people."""
    from matcher.cli.screen import fail
    from matcher.intake.case_cache import forget
    from matcher.reports.words import plural

    try:
        count = forget()
    except OSError as error:
        fail(f"The kept cases cannot be removed: {error}. Remove them by hand.")
    return {"forgotten": count}, f"{plural(count, 'kept case')} removed."
