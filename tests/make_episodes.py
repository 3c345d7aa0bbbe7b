"""One child's episodes from few words, for tests of measures: what is not said is an ordinary fostering placement."""

from datetime import date
from typing import NamedTuple

from models.ssda903 import Episode


class Spell(NamedTuple):
    """An episode that lasts until the next one starts."""

    start: date
    rne: str
    place: str = "U6"
    ls: str = "C2"
    reason: str | None = None
    home: str | None = None
    at: str | None = None
    urn: str | None = None


def life(child: str, *spells: Spell, end: date | None = None, rec: str | None = None) -> tuple[Episode, ...]:
    """Consecutive episodes of one child; the last ends on ``end`` with ``rec``, the others with X1."""
    ends = [spell.start for spell in spells[1:]] + [end]
    return tuple(
        Episode(
            child=child,
            decom=spell.start,
            dec=dec,
            rne=spell.rne,
            ls=spell.ls,
            cin="N1",
            place=spell.place,
            provider=None if spell.place[0] in "TZ" else "PR1",
            rec=rec if index == len(spells) - 1 else "X1",
            reason_place_change=spell.reason,
            home_post=spell.home,
            pl_post=spell.at,
            urn=spell.urn,
        )
        for index, (spell, dec) in enumerate(zip(spells, ends, strict=True))
    )


def lives(*episodes: tuple[Episode, ...]) -> dict[str, tuple[Episode, ...]]:
    """Several children by id; of one child given twice the later times in care follow the earlier."""
    found: dict[str, tuple[Episode, ...]] = {}
    for rows in episodes:
        found[rows[0].child] = found.get(rows[0].child, ()) + rows
    return found
