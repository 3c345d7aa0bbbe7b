"""Episodes: every stretch of one legal status in one placement, as the SSDA903 return has them."""

import datetime as dt
from typing import NamedTuple

from .legal import steps_without_clash
from .people import Child, Period, Stay


class Episode(NamedTuple):
    """One row of the Episodes table, dates not yet written out."""

    child: Child
    decom: dt.date
    rne: str
    legal: str
    stay: Stay
    dec: dt.date | None
    rec: str
    reason: str

    def row(self, year_end: dt.date) -> dict[str, str]:
        """The row as the return of a year shows it: what happened later is not known yet."""
        ended = self.dec is not None and self.dec <= year_end
        return {
            "CHILD": self.child.id,
            "DECOM": day(self.decom),
            "RNE": self.rne,
            "LS": self.legal,
            "CIN": self.child.cin,
            "PLACE": self.stay.place,
            "PLACE_PROVIDER": "" if self.stay.temporary else self.stay.provider,
            "DEC": day(self.dec) if ended and self.dec else "",
            "REC": self.rec if ended else "",
            "REASON_PLACE_CHANGE": self.reason if ended else "",
            "HOME_POST": self.child.home_post,
            "PL_POST": self.stay.postcode,
            "URN": "" if self.stay.temporary else self.stay.urn,
        }


def day(date: dt.date) -> str:
    """A date as the return writes it."""
    return date.strftime("%d/%m/%Y")


def of_child(child: Child) -> list[Episode]:
    """All episodes of a child, oldest first."""
    return [episode for period in child.periods for episode in _of_period(child, period)]


def _of_period(child: Child, period: Period) -> list[Episode]:
    legal = steps_without_clash(period)
    starts = sorted({stay.start for stay in period.stays} | {when for when, _ in legal})
    found = []
    for i, start in enumerate(starts):
        stay = [s for s in period.stays if s.start <= start][-1]
        status = [code for when, code in legal if when <= start][-1]
        following = starts[i + 1] if i + 1 < len(starts) else None
        moves = following is not None and any(s.start == following for s in period.stays)
        dec, rec = (following, "X1") if following else (period.ended, period.rec)
        rne = "S" if i == 0 else _reason_new(stay, start)
        found.append(Episode(child, start, rne, status, stay, dec, rec, stay.reason if moves else ""))
    return found


def _reason_new(stay: Stay, start: dt.date) -> str:
    if stay.start != start:
        return "L"
    return "T" if stay.same_carer else "P"
