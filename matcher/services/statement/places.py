"""Every approved or registered place as one counted set: who fills it, or why nobody does."""

from collections.abc import Iterable, Iterator

from matcher.services.figures_supply import SECTOR_GROUP
from matcher.services.tabulation import Dimension, Universe, Value
from models.case import Case
from models.home import Home
from models.vocabulary import CARE_KINDS, HomeKind, Sector, kind_label

OWN, OTHERS, VACANT, NOT_AVAILABLE = "own", "others", "vacant", "not_available"
_STATES = Dimension(
    key="state",
    title="Used by",
    values=(
        Value(key=OWN, label="Filled: own children"),
        Value(key=OTHERS, label="Filled: others"),
        Value(key=VACANT, label="Vacant"),
        Value(key=NOT_AVAILABLE, label="Not available"),
    ),
)


def places(case: Case, homes: Iterable[Home], key: str = "places") -> Universe:
    """Places of some homes by kind of home and what they are used for, as the universe of this key.

    A home with more children than its number has as many places here as children.
    """
    found = {place: values for home in homes for place, values in _of(case, home)}
    kinds = {values["kind_sector"] for values in found.values()}
    order = [(kind, sector) for kind in CARE_KINDS for sector in Sector]
    labelled = [Value(key=_key(k, s), label=words_of(k, s)) for k, s in order if _key(k, s) in kinds]
    return Universe(
        key=key,
        title="approved or registered places",
        dimensions=(Dimension(key="kind_sector", title="Kind of home", values=tuple(labelled)), _STATES),
        members=found,
    )


def _of(case: Case, home: Home) -> Iterator[tuple[str, dict[str, str]]]:
    own = [f"child {placement.child_id}" for placement in case.placed_in.get(home.id, ())]
    others = [f"resident {one.id}" for one in case.residents_of.get(home.id, ()) if one.takes_place]
    shut = min(home.not_available_places, max(home.terms.places - len(own) - len(others), 0))
    empty = max(home.terms.places - len(own) - len(others) - shut, 0)
    closed = [f"{home.id} not available {n}" for n in range(shut)]
    spare = [f"{home.id} vacant {n}" for n in range(empty)]
    kind = _key(home.kind, sector_of(home))
    for state, ids in ((OWN, own), (OTHERS, others), (VACANT, spare), (NOT_AVAILABLE, closed)):
        yield from ((one, {"kind_sector": kind, "state": state}) for one in ids)


def sector_of(home: Home) -> Sector:
    """The sector a home is counted under: private and voluntary agencies together."""
    return SECTOR_GROUP.get(home.sector, home.sector)


def _key(kind: HomeKind, sector: Sector) -> str:
    return f"{kind.value} {sector.value}"


def words_of(kind: HomeKind, sector: Sector) -> str:
    """A kind of home and its sector in words, for the beginning of a line."""
    words = kind_label(kind, sector)
    return words[:1].upper() + words[1:]
