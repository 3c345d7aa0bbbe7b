"""Why a child looked at is not suggested for a step down: nowhere suits, needs too high, or the child is protected."""

from collections.abc import Callable

from matcher.services.step_down_scoring import Asked
from matcher.services.step_down_settings import KINDS, StepDownSettings, Way
from matcher.services.stock import home_of
from models.case import Case
from models.home import Home
from models.ssda903.derive import home_kind, is_on_remand
from models.ssda903.stability import months_before
from models.vocabulary import Feature, HomeKind, Sector

NOWHERE = "no home on file passes every rule for the child"
TOO_HIGH = "needs in a range where this setting is not usual"


def why_not(case: Case, asked: Asked, way: Way, settings: StepDownSettings, tenths: int) -> str | None:
    """The first reason that keeps a child off the list; None for a child on it.

    Args:
        case: The case.
        asked: The child, scored.
        way: What the step down would be.
        settings: Thresholds.
        tenths: The child's needs in tenths of a point, those not known taken as usual for the age.
    """
    if not asked.homes:
        return NOWHERE
    highest = settings.highest_tenths(way, case.framework)
    if highest is not None and tenths >= highest:
        return TOO_HIGH
    return next((reason for reason, holds in _PROTECTIONS.items() if holds(case, asked, way, settings)), None)


def lived_for(case: Case, asked: Asked, months: int) -> bool:
    """Whether the child has lived in the present home for so many months."""
    return asked.placement.started <= months_before(case.as_at, months)


def mates_here(case: Case, asked: Asked) -> tuple[str, ...]:
    """Brothers and sisters whom the plan keeps with the child and who live in the same listed home."""
    group, home = case.siblings_of.get(asked.child.id), asked.placement.home_id
    units = group.planned_units if group and home else ()
    unit = next((unit for unit in units if asked.child.id in unit), ())
    placed = ((mate, case.placement_of.get(mate)) for mate in unit if mate != asked.child.id)
    return tuple(mate for mate, placement in placed if placement and placement.home_id == home)


def _remand(_case: Case, asked: Asked, _way: Way, _settings: StepDownSettings) -> bool:
    return asked.child.legal_status is not None and is_on_remand(asked.child.legal_status)


def _secure_order(case: Case, asked: Asked, _way: Way, _settings: StepDownSettings) -> bool:
    until = asked.circumstances.secure_order_until
    return (until is not None and until >= case.as_at) or Feature.DOLS in asked.circumstances.features


def _long_term(_case: Case, asked: Asked, _way: Way, _settings: StepDownSettings) -> bool:
    return asked.placement.long_term


def _siblings_here(case: Case, asked: Asked, _way: Way, _settings: StepDownSettings) -> bool:
    return bool(mates_here(case, asked))


def _wants_to_stay(case: Case, asked: Asked, way: Way, _settings: StepDownSettings) -> bool:
    wishes, now = asked.circumstances.wishes, home_kind(asked.placement.kind)
    home = home_of(case, asked.placement)
    if home is not None and home.id in wishes.homes_wanted:
        return True
    if way is Way.NEARER:
        return wishes.away_from_home_area
    return now in wishes.kinds and not set(KINDS[way]) & set(wishes.kinds)


def _own_carer(case: Case, asked: Asked, way: Way, _settings: StepDownSettings) -> bool:
    return way is Way.NEARER and _is_own_carer(home_of(case, asked.placement))


def _is_own_carer(home: Home | None) -> bool:
    return home is not None and home.kind is HomeKind.FOSTER and home.sector is Sector.IN_HOUSE


def _settling(case: Case, asked: Asked, _way: Way, settings: StepDownSettings) -> bool:
    return not asked.moves_anyway and not lived_for(case, asked, settings.settling_months)


def _settled(case: Case, asked: Asked, way: Way, settings: StepDownSettings) -> bool:
    return way is Way.NEARER and not asked.moves_anyway and lived_for(case, asked, settings.settled_months)


def _exams(case: Case, asked: Asked, _way: Way, settings: StepDownSettings) -> bool:
    return asked.key_stage_4 and not asked.moves_anyway and lived_for(case, asked, settings.exam_months)


_PROTECTIONS: dict[str, Callable[[Case, Asked, Way, StepDownSettings], bool]] = {
    "on remand": _remand,
    "under a secure order or deprived of liberty by a court": _secure_order,
    "in a confirmed long-term match": _long_term,
    "the child wishes to stay": _wants_to_stay,
    "lives with a brother or sister as planned": _siblings_here,
    "with the authority's own carers, whose area is no bar": _own_carer,
    "moved not long ago: left to settle": _settling,
    "settled for years: not moved only to be in the area": _settled,
    "in year 10 or 11 and settled": _exams,
}
"""What keeps a child from being suggested, in the order told; a home already looked for lifts the last three."""
