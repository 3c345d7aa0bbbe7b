"""Named scenarios for a forecast, from ``scenarios.toml``: a ``[[scenario]]`` each, with ``[[scenario.changes]]``."""

import tomllib

from pydantic import ValidationError

from matcher.intake.archive import SourceFile
from matcher.intake.decode import decode
from matcher.intake.findings import At, Log
from models.forecast import Scenario

SCENARIOS_FILE = "scenarios.toml"
_EXPECTED = '[[scenario]] with a name, and [[scenario.changes]] with what = "entries" or another change'


def read_scenarios(file: SourceFile | None, log: Log) -> tuple[Scenario, ...]:
    """The scenarios of a file, each by its own name; one that is wrong is set aside and told of, the rest kept."""
    if file is None:
        return ()
    try:
        read = tomllib.loads(decode(file.data).text)
    except tomllib.TOMLDecodeError as error:
        _tell(log, file, f"the file is not TOML: {error}", "no scenario is read")
        return ()
    if strange := sorted(read.keys() - {"scenario"}):
        _tell(log, file, f"{', '.join(strange)}: not a scenario", "it is not read")
    rows = read.get("scenario", [])
    found: dict[str, Scenario] = {}
    for number, row in enumerate(rows if isinstance(rows, list) else [rows], start=1):
        scenario = _scenario(row, number, file, log)
        if scenario is not None and scenario.name in found:
            _tell(log, file, f"scenario {number}: there are two named {scenario.name}", "the first is kept")
        elif scenario is not None:
            found[scenario.name] = scenario
    return tuple(found.values())


def _scenario(row: object, number: int, file: SourceFile, log: Log) -> Scenario | None:
    try:
        return Scenario.model_validate(row)
    except ValidationError as error:
        for fault in error.errors():
            where = ".".join(str(part) for part in fault["loc"])
            _tell(log, file, f"scenario {number}, {where or 'all of it'}: {fault['msg']}", "the scenario is set aside")
        return None


def _tell(log: Log, file: SourceFile, message: str, action: str) -> None:
    log.error("scenario-wrong", At(file.path), message, expected=_EXPECTED, action=action)
