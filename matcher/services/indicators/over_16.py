"""Indicators of young people of 16 and over: regulated settings, nights elsewhere, staying put."""

from datetime import date

from matcher.services.indicators.history import History, year_to
from matcher.services.indicators.reading import (
    Counted,
    IndicatorDefinition,
    Polarity,
    Reading,
    Unit,
    number,
    share,
)
from models.ssda903.care_leavers import AGES_19_TO_21, in_suitable_accommodation, stayed_put
from models.ssda903.settings_16_plus import in_regulated_settings, nights_in_other_settings
from models.vocabulary import ResidentKind


def regulated(history: History, on: date) -> Reading | None:
    """Of those looked after at 16 and 17, those in regulated settings or with family.

    See :func:`models.ssda903.settings_16_plus.in_regulated_settings`.
    """
    return share(in_regulated_settings(history.episodes, history.births, on)) if history.holds(on) else None


def other_nights(history: History, on: date) -> Reading | None:
    """Nights in the twelve months to the day in settings that the return does not show to be regulated.

    See :func:`models.ssda903.settings_16_plus.nights_in_other_settings`.
    """
    first = year_to(on)
    if not history.holds(first):
        return None
    found = nights_in_other_settings(history.episodes, history.births, first, on)
    note = f"Children: {len(found.by_child)}; under 16 on some of these nights: {len(found.under_16)}"
    return Reading(value=float(found.total), counted=tuple(found.by_child), not_known=found.age_not_known, note=note)


def stayed_put_at_18(history: History, on: date) -> Reading | None:
    """Of those who left foster care at 18, those who stayed; :func:`models.ssda903.care_leavers.stayed_put`."""
    return share(stayed_put(history.episodes, history.births, on)) if history.holds(year_to(on)) else None


def _suitable(history: History, on: date, ages: range) -> Reading | None:
    """Of care leavers of some ages, those in suitable accommodation; as-at date only: OC3 is of one year.

    See :func:`models.ssda903.care_leavers.in_suitable_accommodation`.
    """
    case = history.case
    if on != case.as_at or not case.care_leavers:
        return None
    return share(in_suitable_accommodation(case.care_leavers, on, ages))


def staying_put(history: History, on: date) -> Reading | None:
    """Young people of 18 and over who stay with their former foster carers; as-at date only, from the residents sheet.

    Source: section 23CZA, Children Act 1989.
    """
    case = history.case
    if on != case.as_at or not case.residents:
        return None
    return number(tuple(each.id for each in case.residents if each.kind is ResidentKind.STAYING_PUT))


def _suitable_indicator(ages: range) -> IndicatorDefinition:
    return IndicatorDefinition(
        f"care_leavers_suitable_{ages[0]}_{ages[-1]}",
        f"Care leavers aged {ages[0]} to {ages[-1]} in suitable accommodation",
        f"Of care leavers aged {ages[0]} to {ages[-1]} in the latest OC3 table, those whose accommodation was "
        "considered suitable about their birthday. No information stays among all; those who died or went home for "
        "six months are left out",
        "Department for Education, Children looked after in England, care leavers by suitability of accommodation",
        Unit.PERCENT,
        Polarity.HIGH,
        Counted.CARE_LEAVERS,
        lambda history, on: _suitable(history, on, ages),
    )


INDICATORS = (
    IndicatorDefinition(
        "regulated_settings_16_17",
        "Aged 16 and 17 in regulated settings or with family",
        "Of those looked after aged 16 or 17 on the day, those in registered or approved settings or with family (all "
        "placement codes but H5, P2, P3, R5 and Z). Of semi-independent living (H5, P2) the return cannot say: until "
        "27 October 2023 it was lawful unregistered",
        "Children Act 1989 section 22C(6); Supported Accommodation (England) Regulations 2023; no national measure is "
        "published",
        Unit.PERCENT,
        Polarity.HIGH,
        Counted.CHILDREN,
        regulated,
    ),
    IndicatorDefinition(
        "nights_in_other_settings",
        "Nights in settings not shown to be regulated",
        "Nights in the twelve months to the day under Z1 or Z11-Z14, where hotels and unregistered homes are recorded "
        "with other settings (the return has no code for a hotel); from 28 October 2023 also under H5 and P2, and "
        "under 16 from 9 September 2021",
        "SSDA903 placement codes; Care Planning Regulations 2010 regulation 27A",
        Unit.NIGHTS,
        Polarity.LOW,
        Counted.CHILDREN,
        other_nights,
    ),
    _suitable_indicator(range(17, 19)),
    _suitable_indicator(AGES_19_TO_21),
    IndicatorDefinition(
        "stayed_put_at_18",
        "Left foster care at 18 and stayed with the carers",
        "Of young people who left care from a foster placement at 18 or over in the twelve months to the day, those "
        "who stayed with their carers (REC E17)",
        "Children Act 1989 section 23CZA; SSDA903 guide, REC. The department's figure asks three months later (OC3)",
        Unit.PERCENT,
        Polarity.HIGH,
        Counted.CHILDREN,
        stayed_put_at_18,
    ),
    IndicatorDefinition(
        "staying_put",
        "Young people staying put",
        "Young people of 18 and over who live on with their former foster carers on the as-at date",
        "Residents sheet; Children Act 1989 section 23CZA",
        Unit.NUMBER,
        Polarity.HIGH,
        Counted.RESIDENTS,
        staying_put,
    ),
)
