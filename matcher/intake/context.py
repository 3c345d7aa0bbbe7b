"""What every builder of records needs: the log, the day, the framework, and where postcodes are."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from matcher.intake.findings import At, Log
from matcher.intake.postcodes import explain_postcode, locate
from matcher.intake.sheet_rows import Row
from models.geography import Location
from models.needs import NeedsFramework


@dataclass
class Context:
    """Shared by the builders of one case.

    Attributes:
        log: where findings go.
        as_at: the case's day.
        framework: the needs framework.
        places: every postcode that records need, where it lies, or None if it cannot be placed.
        left: children of the returns who are not looked after on the day.
    """

    log: Log
    as_at: dt.date
    framework: NeedsFramework
    places: Mapping[str, Location | None] = field(default_factory=dict)
    left: Collection[str] = frozenset()

    def missing_child(self, child: str) -> str:
        """Why a child whom a row names is not one of the case's."""
        if self.log.is_aside("child", child):
            return f"child {child} is set aside"
        if child in self.left:
            return f"child {child} is not looked after on {self.as_at:%d/%m/%Y}"
        return f"child {child} is in no return and no referral introduces them"

    def drop_row(self, row: Row, child: str, *, action: str = "the row is left out") -> None:
        """Tell that a row names a child who is not one of the case's: a note if they have merely left care."""
        at, why = row.at.in_column("child_id"), self.missing_child(child)
        expected = "a child looked after, or one whom a referral introduces"
        if child in self.left and not self.log.is_aside("child", child):
            self.log.note("child-not-in-care", at, why, expected=expected, action=action, subject=child)
        else:
            self.log.warn("child-unknown", at, why, expected=expected, action=action, value=child, subject=child)

    def drop_home(self, row: Row, home: str, column: str, *, action: str = "the row is left out") -> None:
        """Tell that a row names a home that is not one of the case's."""
        aside = self.log.is_aside("home", home)
        why = f"home {home} is set aside" if aside else f"home {home} is not in homes"
        expected = "a home_id of the homes sheet"
        self.log.warn("home-unknown", row.at.in_column(column), why, expected=expected, action=action, value=home)


def located(postcodes: Iterable[str | None]) -> dict[str, Location | None]:
    """Where each postcode lies, all looked up at once."""
    wanted = sorted({postcode for postcode in postcodes if postcode})
    return dict(zip(wanted, locate(wanted), strict=True))


def place_of(
    context: Context, postcode: str | None, at: At, *, subject: str, action: str = "it counts as not known"
) -> Location | None:
    """Where a postcode lies; tells of one that cannot be placed, or only roughly."""
    if postcode is None:
        return None
    found = context.places.get(postcode)
    if found is None or not found.exact:
        context.log.warn(
            "postcode-unknown" if found is None else "postcode-approximate",
            at,
            explain_postcode(postcode),
            expected="a full postcode in the postcode directory",
            action=action if found is None else "the centre of the area stands in",
            value=postcode,
            subject=subject,
        )
    return found
