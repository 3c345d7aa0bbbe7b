"""Everybody a statement counts, divided by who they are and how they live today."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from matcher.services.counts import AGE_BANDS
from matcher.services.districts import districts_lived_in
from matcher.services.figures_children import ETHNIC_LABELS, LOCALITY_LABELS, SEX_LABELS
from matcher.services.stock import LIVING_LABELS, living, looked_after, placement_locality
from matcher.services.tabulation import Dimension, Universe, Value
from models.case import Case
from models.child import Child, Wishes
from models.geography import UnknownAreaError, district_name, districts_of
from models.ssda903.ages import age_band
from models.ssda903.derive import EthnicGroup, ethnic_group

NOT_KNOWN, ELSEWHERE = "not_known", "elsewhere"
_YES_NO = {"yes": "Yes", "no": "No", NOT_KNOWN: "Not known"}
_WISHES = {
    "away": "Asks to live away from the home area",
    "some": "Says what kind of home, which homes, or something else",
    "none": "Nothing on record",
}
_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True)
class Divided:
    """A dimension and each child's value of it."""

    dimension: Dimension
    of: Mapping[str, str]


def divided(key: str, title: str, labels: Mapping[str, str], of: Mapping[str, str]) -> Divided:
    """A dimension from labels by key, in order, and each child's key."""
    values = tuple(Value(key=each, label=label) for each, label in labels.items())
    return Divided(Dimension(key=key, title=title, values=values), of)


def standing(case: Case) -> list[Divided]:
    """Who everybody is, and where children looked after live on the as-at date."""
    everybody, here = case.children, looked_after(case)

    def each(of: Callable[[Child], str]) -> dict[str, str]:
        return {child.id: of(child) for child in everybody}

    def today(of: Callable[[Child], str]) -> dict[str, str]:
        return {child.id: of(child) for child in here}

    placed = case.placement_of
    return [
        divided("age", "Age", {band: band for band in AGE_BANDS}, each(lambda child: _band(case, child))),
        divided("sex", "Sex", _texts(SEX_LABELS), each(lambda child: child.sex.value)),
        divided("ethnic_group", "Ethnic group", _texts(ETHNIC_LABELS), each(_ethnic)),
        divided("disabled", "Disabled", _YES_NO, each(lambda child: _yes_no(child.circumstances.disabled))),
        divided("uasc", "Unaccompanied", {"yes": "Yes", "no": "No"}, each(lambda child: _yes_no(child.uasc))),
        divided(
            "living",
            "Living arrangement",
            _texts(LIVING_LABELS),
            today(lambda child: living(placed.get(child.id)).value),
        ),
        divided(
            "locality",
            "Where the child lives",
            {(k.value if k else NOT_KNOWN): label for k, label in LOCALITY_LABELS.items()},
            today(lambda child: _or_not_known(placement_locality(case, placed.get(child.id)))),
        ),
        divided("wishes", "Wishes", _WISHES, each(_wishes)),
        *_districts(case, everybody, here),
    ]


def _districts(case: Case, everybody: Iterable[Child], here: Iterable[Child]) -> list[Divided]:
    """The district children come from, and the one they live in; none where the authority's are not known."""
    try:
        own = sorted(districts_of(case.authority), key=district_name)
    except UnknownAreaError:
        return []
    ids = [child.id for child in here]
    lived_in = dict(zip(ids, districts_lived_in(case, ids), strict=True))

    def place(code: str | None) -> str:
        return NOT_KNOWN if code is None else code if code in own else ELSEWHERE

    names = {code: district_name(code) for code in own} | {ELSEWHERE: "Outside the authority", NOT_KNOWN: "Not known"}
    come_from = {child.id: place(child.home.district if child.home else None) for child in everybody}
    live_in = {child: place(code) for child, code in lived_in.items()}
    return [
        divided("come_from", "District the child comes from", names, come_from),
        divided("live_in", "District the child lives in", names, live_in),
    ]


def _wishes(child: Child) -> str:
    wishes = child.circumstances.wishes
    if wishes.away_from_home_area:
        return "away"
    return "some" if wishes != Wishes() else "none"


def _texts(labels: Mapping[_Word, str]) -> dict[str, str]:
    return {key.value: label for key, label in labels.items()}


def _band(case: Case, child: Child) -> str:
    return age_band(max(child.age_on(case.as_at), 0))


def _ethnic(child: Child) -> str:
    return (ethnic_group(child.ethnicity) if child.ethnicity else EthnicGroup.NOT_KNOWN).value


def _yes_no(value: bool | None) -> str:
    return NOT_KNOWN if value is None else "yes" if value else "no"


def _or_not_known(value: str | None) -> str:
    return NOT_KNOWN if value is None else str(value)


def universe(key: str, title: str, children: Iterable[str], parts: Iterable[Divided]) -> Universe:
    """Some children divided by every part that says something of each of them."""
    ids = list(children)
    chosen = [part for part in parts if part.of.keys() >= set(ids)]
    return Universe(
        key=key,
        title=title,
        dimensions=tuple(part.dimension for part in chosen),
        members={child: {part.dimension.key: part.of[child] for part in chosen} for child in ids},
    )
