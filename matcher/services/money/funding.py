"""Who pays for a placement: social care, education and health, and what nobody has said."""

from collections.abc import Iterable

from matcher.services.money.arithmetic import apportioned
from models.placement import Funding
from models.record import Record

DEFINITION = (
    "Who pays, from the shares on the placements sheet. Where no shares are given, or they do not add up to the fee, "
    "the whole fee counts as not known: nobody's share is guessed"
)


class Split(Record):
    """Amounts in pence by who pays; the four add up to ``total_pence``."""

    social_care_pence: int = 0
    education_pence: int = 0
    health_pence: int = 0
    not_known_pence: int = 0

    @property
    def parts(self) -> tuple[int, int, int, int]:
        """Social care, education, health, not known."""
        return (self.social_care_pence, self.education_pence, self.health_pence, self.not_known_pence)

    @property
    def total_pence(self) -> int:
        """All of it."""
        return sum(self.parts)


def added(splits: Iterable[Split]) -> Split:
    """Splits added up, body by body."""
    columns = list(zip(*(split.parts for split in splits), strict=True))
    return _of(tuple(sum(column) for column in columns)) if columns else Split()


def adds_up(fee_pence: int, funding: Funding) -> bool:
    """Whether the shares make the fee."""
    return _shares(funding) == fee_pence


def split(fee_pence: int, funding: Funding | None) -> Split:
    """Who pays a fee; all of it not known where the shares are not given or do not make the fee."""
    if funding is None or not adds_up(fee_pence, funding):
        return Split(not_known_pence=fee_pence)
    return Split(
        social_care_pence=funding.social_care_pence,
        education_pence=funding.education_pence,
        health_pence=funding.health_pence,
    )


def shared_as(amount_pence: int, pattern: Split) -> Split:
    """An amount shared out in the proportions of another, to the penny; not known where the other is nothing."""
    if not pattern.total_pence:
        return Split(not_known_pence=amount_pence)
    return _of(apportioned(amount_pence, pattern.parts))


def _shares(funding: Funding) -> int:
    return funding.social_care_pence + funding.education_pence + funding.health_pence


def _of(parts: tuple[int, ...]) -> Split:
    social_care, education, health, not_known = parts
    return Split(
        social_care_pence=social_care, education_pence=education, health_pence=health, not_known_pence=not_known
    )
