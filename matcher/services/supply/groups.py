"""Groups of homes that come and go alike: a kind and who runs them."""

from typing import NamedTuple

from models.home import Home
from models.vocabulary import HomeKind, Sector, kind_label

HOUSEHOLDS = (HomeKind.FOSTER, HomeKind.CONNECTED)


class Group(NamedTuple):
    """A kind of home and who runs it; private and voluntary providers count as one, private."""

    kind: HomeKind
    sector: Sector

    @property
    def label(self) -> str:
        """What a page calls it."""
        return kind_label(*self)


def group_of(kind: HomeKind, sector: Sector) -> Group:
    """The group of a kind and a sector."""
    return Group(kind, Sector.PRIVATE if sector is Sector.VOLUNTARY else sector)


def group_of_home(home: Home) -> Group:
    """The group a home belongs to."""
    return group_of(home.kind, home.sector)


def is_one_home(home: Home) -> bool:
    """Whether it is a home that may close: a row for an agency to be asked stands for none."""
    return home.named
