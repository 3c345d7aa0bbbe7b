"""When a child is looked at for a less intensive setting, and when a move is not even suggested, with reasons."""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from models.needs import NeedsFramework
from models.record import Record
from models.vocabulary import HomeKind

Months = Annotated[int, Field(ge=0, le=240)]


class Way(StrEnum):
    """What a step down would be."""

    FAMILY = "residential_to_fostering"
    SUPPORTED = "residential_to_supported"
    NEARER = "out_of_area_to_in_area"


WAY_LABELS = {
    Way.FAMILY: "From a children's home to a foster family",
    Way.SUPPORTED: "From a children's home to supported accommodation, from 16",
    Way.NEARER: "From out of area to a home of the same kind in the area",
}
KINDS: dict[Way, tuple[HomeKind, ...]] = {
    Way.FAMILY: (HomeKind.FOSTER, HomeKind.CONNECTED),
    Way.SUPPORTED: (HomeKind.SUPPORTED,),
    Way.NEARER: (HomeKind.FOSTER, HomeKind.CONNECTED, HomeKind.RESIDENTIAL, HomeKind.SUPPORTED),
}
"""Kinds of home looked at; for ``NEARER`` only the child's present kind and connected persons' homes of these."""


def _setting(default: int, reason: str) -> Any:  # noqa: ANN401 - pydantic's own Field is typed so
    return Field(default=default, description=reason)


class StepDownSettings(Record):
    """Thresholds, each with its reason."""

    settling_months: Months = _setting(6, "A child who moved within six months is left to settle.")
    settled_months: Months = _setting(
        24,
        "Two years with one carer is what the national measure calls stable: nobody is moved after that only to be "
        "in the area. Guidance on section 22G says that children should not be moved back for the duty's sake.",
    )
    exam_months: Months = _setting(12, "In years 10 and 11 a placement a year old is not changed (regulation 10).")
    family_bands_below_top: Annotated[int, Field(ge=0, le=5)] = _setting(
        1, "Fostering is usual below the framework's top band, where residential care is to be justified."
    )
    supported_bands_below_top: Annotated[int, Field(ge=0, le=5)] = _setting(
        2, "Supported accommodation gives support, not care: for scores below the top two bands."
    )
    priced_over: Annotated[int, Field(ge=1, le=1000)] = _setting(
        10, "Fees are averaged over so many best matches: homes further down would hardly be chosen."
    )
    examples: Annotated[int, Field(ge=1, le=20)] = _setting(3, "Best-matching homes named for each child.")

    def highest_tenths(self, way: Way, framework: NeedsFramework) -> int | None:
        """The score, in tenths of a point, from which the setting is not usual; None where every score will do."""
        below = {Way.FAMILY: self.family_bands_below_top, Way.SUPPORTED: self.supported_bands_below_top}.get(way, 0)
        return framework.bands[-below].from_points * 10 if 0 < below < len(framework.bands) else None
