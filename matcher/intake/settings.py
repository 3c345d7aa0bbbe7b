"""What a case says of itself: case, policy, adoption policy, scenarios and menu (TOML) and ``framework.json``."""

import datetime as dt
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import ValidationError

from matcher.intake.archive import SourceFile
from matcher.intake.cells import CellError, read_date
from matcher.intake.decode import decode
from matcher.intake.findings import At, Log
from matcher.intake.menu import MENU_FILE, read_menu
from matcher.intake.scenarios import SCENARIOS_FILE, read_scenarios
from models.adoption_policy import AdoptionPolicy
from models.areas import UnknownAreaError, utla_name
from models.forecast import Scenario
from models.menu import MenuItem
from models.needs import NeedsFramework, default_framework
from models.policy import Policy

CASE_FILE, POLICY_FILE, FRAMEWORK_FILE = "case.toml", "policy.toml", "framework.json"
ADOPTION_POLICY_FILE = "adoption_policy.toml"
_FILES = (CASE_FILE, POLICY_FILE, ADOPTION_POLICY_FILE, FRAMEWORK_FILE, SCENARIOS_FILE, MENU_FILE)
_P = TypeVar("_P", bound=Policy)
_CASE_KEYS = ("name", "authority", "as_at", "synthetic")


@dataclass(frozen=True)
class Settings:
    """The case's own words about itself; None is *not said*."""

    framework: NeedsFramework
    policy: Policy
    adoption_policy: AdoptionPolicy = field(default_factory=AdoptionPolicy)
    name: str | None = None
    authority: str | None = None
    as_at: dt.date | None = None
    synthetic: bool | None = None
    has_case_file: bool = False
    scenarios: tuple[Scenario, ...] = ()
    menu: tuple[MenuItem, ...] = ()


def is_settings(file: SourceFile) -> bool:
    """Whether a file is one of those that hold settings."""
    return file.name.lower() in _FILES


def read_settings(files: Sequence[SourceFile], log: Log) -> Settings:
    """Read the settings files among those given; what they do not say is left to defaults and fallbacks."""
    found = {name: _only(name, files, log) for name in _FILES}
    case_file = found[CASE_FILE]
    case = _toml(case_file, log)
    at = At(case_file.path if case_file else CASE_FILE)
    for key in sorted(case.keys() - set(_CASE_KEYS)):
        _tell(log, at.in_column(key), f"{key} is no setting of a case", ", ".join(_CASE_KEYS), "it is not read")
    framework_file = found[FRAMEWORK_FILE]
    return Settings(
        framework=read_framework(framework_file, log) if framework_file else default_framework(),
        policy=_policy(Policy, found[POLICY_FILE], POLICY_FILE, log),
        adoption_policy=_policy(AdoptionPolicy, found[ADOPTION_POLICY_FILE], ADOPTION_POLICY_FILE, log),
        name=_name(case.get("name"), at, log),
        authority=_authority(case.get("authority"), at, log),
        as_at=_as_at(case.get("as_at"), at, log),
        synthetic=_synthetic(case.get("synthetic"), at, log),
        has_case_file=case_file is not None,
        scenarios=read_scenarios(found[SCENARIOS_FILE], log),
        menu=read_menu(found[MENU_FILE], log),
    )


def _only(name: str, files: Sequence[SourceFile], log: Log) -> SourceFile | None:
    """The file of this name nearest to the top of the case; others are told of."""
    named = sorted((f for f in files if f.name.lower() == name), key=lambda f: (len(f.folders), f.path))
    for other in named[1:]:
        log.warn(
            "settings-twice",
            At(other.path),
            f"there are several files {name}",
            expected=f"one {name}",
            action=f"{named[0].path} is read, this one is not",
        )
    return named[0] if named else None


def _toml(file: SourceFile | None, log: Log) -> Mapping[str, object]:
    if file is None:
        return {}
    try:
        return tomllib.loads(decode(file.data).text)
    except tomllib.TOMLDecodeError as error:
        _tell(log, At(file.path), f"the file is not TOML: {error}", 'lines such as name = "Hertfordshire"', "defaults")
        return {}


def _tell(log: Log, at: At, message: str, expected: str, action: str, value: object = None) -> None:
    text = None if value is None else str(value)
    log.error("setting-wrong", at, message, expected=expected, action=action, value=text)


def _name(value: object, at: At, log: Log) -> str | None:
    if value is None or (isinstance(value, str) and value.strip()):
        return value.strip() if isinstance(value, str) else None
    _tell(log, at.in_column("name"), "the name is not text", 'name = "Hertfordshire"', "the authority's name", value)
    return None


def _authority(value: object, at: At, log: Log) -> str | None:
    if value is None:
        return None
    try:
        utla_name(str(value))
    except UnknownAreaError as error:
        action = "the authority most children come from is taken"
        _tell(log, at.in_column("authority"), str(error), 'authority = "E10000015"', action, value)
        return None
    return str(value)


def _as_at(value: object, at: At, log: Log) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if value is None or isinstance(value, dt.date):
        return value
    try:
        return read_date(str(value))
    except CellError as error:
        _tell(log, at.in_column("as_at"), str(error), "as_at = 2018-03-31", "the day is taken from the returns", value)
        return None


def _synthetic(value: object, at: At, log: Log) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    column = at.in_column("synthetic")
    _tell(log, column, "synthetic is neither true nor false", "synthetic = true or false", "taken as false", value)
    return None


def _policy(kind: type[_P], file: SourceFile | None, name: str, log: Log) -> _P:
    """The default policy with what the file of that name replaces; each value that is wrong keeps its default."""
    values = dict(_toml(file, log))
    at = At(file.path if file else name)
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        for fault in error.errors():
            key = str(fault["loc"][0]) if fault["loc"] else ""
            unknown = fault["type"] == "extra_forbidden"
            message = f"{key} is no setting of the policy" if unknown else f"{key}: {fault['msg']}"
            expected = "a setting of the policy, in pence a week where it is a price"
            action = "it is not read" if unknown else "the default is taken"
            _tell(log, at.in_column(key), message, expected, action, fault["input"])
            values.pop(key, None)
    return kind.model_validate(values)


def read_framework(file: SourceFile, log: Log) -> NeedsFramework:
    """A council's own needs framework; Placewell's own, and told why, where the file is none."""
    action = "Placewell's own framework is used"
    try:
        return NeedsFramework.model_validate(json.loads(decode(file.data).text))
    except (ValueError, RecursionError) as error:
        faults = error.errors() if isinstance(error, ValidationError) else None
        for fault in faults or ({"loc": (), "msg": str(error)},):
            where = ".".join(str(part) for part in fault["loc"])
            message = f"the needs framework is wrong{f' at {where}' if where else ''}: {fault['msg']}"
            _tell(log, At(file.path), message, "a framework as in the data contract", action)
        return default_framework()
