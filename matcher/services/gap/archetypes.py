"""A home that does not exist yet, such as would suit the children of one cell or group who are short of one."""

from collections import Counter
from collections.abc import Sequence

from matcher.services.counts import mean
from matcher.services.gap.centres import Centres
from matcher.services.gap.children import GapChild, need_band_labels
from matcher.services.gap.reopened import Reopened
from models.home import Home, Terms
from models.needs import Skills
from models.record import Record
from models.ssda903.ages import age_band
from models.vocabulary import Contract, Grade, HomeKind, Sector, kind_label

_AGES = range(18)


class Archetype(Record):
    """A home not opened yet: the record that is scored, and its making in words.

    Of the children it is made for: its kind is the one most of them are counted under (in the order of `HomeKind`
    where as many are), its sector the one that runs most of the case's homes of that kind. Its terms admit both sexes
    and the age bands of all those who are counted under that kind; it meets every need at the highest level that any
    of these has, resolved as in scoring, and has each service and adaptation that any of them must have. It stands at
    the centre of the district that most of them come from (`Centres`), and costs, in full and at the margin, the
    mean of the homes of that kind and sector (of that kind; of all). It has one place, or as many as the brothers and
    sisters it is for. All else is neutral: judged good, nobody else living there, pets and smoking not recorded,
    languages and faiths not recorded, free today, from the spot market.
    """

    home: Home
    kind_label: str
    need_bands: tuple[str, ...]
    words: tuple[str, ...]


class Archetypes:
    """Makes archetypes for the children of one run."""

    def __init__(self, opened: Reopened) -> None:
        self.opened, self.case = opened, opened.case
        self.centres = Centres(opened.case)
        self.row = {child.id: row for row, child in enumerate(opened.run.children[: opened.run.searching])}
        self.bands = need_band_labels(opened.case.framework)

    def make(self, number: int, children: Sequence[GapChild], places: int = 1) -> Archetype:
        """A home for these children, one or more of them.

        Args:
            number: Tells archetypes apart.
            children: Those short of a home.
            places: How many places it has.
        """
        kinds = Counter(child.kind for child in children)
        kind = min(kinds, key=lambda each: (-kinds[each], tuple(HomeKind).index(each)))
        those = [child for child in children if child.kind is kind]
        came = Counter(child.district for child in those)
        district = min(came, key=lambda each: (-came[each], each))
        ages = [age for age in _AGES if age_band(age) in {child.age_band for child in those}]
        sector, fee, marginal, fees_of = self._fees(kind)
        rows = [self.row[child.child_id] for child in those]
        known = [self.opened.run.children[row].circumstances for row in rows]
        features = frozenset().union(*(each.features for each in known))
        access = frozenset().union(*(each.access for each in known))
        home = Home(
            id=f"not opened yet {number}",
            provider_id="not opened yet",
            kind=kind,
            sector=sector,
            location=self.centres.of(district),
            terms=Terms(
                places=places, sibling_places=places if places > 1 else None, age_from=ages[0], age_to=ages[-1]
            ),
            bedrooms=places,
            fee_pence=fee,
            marginal_fee_pence=marginal,
            contract=Contract.SPOT,
            skills=Skills(levels=self._levels(rows)),
            features=features,
            access=access,
            grade=Grade.GOOD,
        )
        bands = tuple(band for band in self.bands if band in {child.need_band for child in those})
        return Archetype(
            home=home,
            kind_label=kind_label(kind, sector),
            need_bands=bands,
            words=(
                f"{places} place{'s' if places > 1 else ''}, {kind_label(kind, sector)}",
                f"ages {ages[0]} to {ages[-1]}, boys and girls",
                f"meets every need of the children it is for ({', '.join(self.bands[band] for band in bands).lower()})",
                *(f"offers {feature.value.replace('_', ' ')}" for feature in sorted(features)),
                *(f"has {each.value.replace('_', ' ')}" for each in sorted(access)),
                f"at {self.centres.words(district)}",
                f"at the mean fee of {fees_of}",
            ),
        )

    def _levels(self, rows: list[int]) -> dict[str, int]:
        levels = self.opened.run.encoded.arrays.child_level[rows].max(axis=0)
        return {need.key: int(level) for need, level in zip(self.case.framework.needs, levels, strict=True)}

    def _fees(self, kind: HomeKind) -> tuple[Sector, int, int, str]:
        """The commonest sector of a kind, its mean fees in full and at the margin, and of which homes that is."""
        of_kind = [home for home in self.case.homes if home.kind is kind]
        sectors = Counter(home.sector for home in of_kind)
        sector = min(sectors, key=lambda each: (-sectors[each], tuple(Sector).index(each)), default=Sector.IN_HOUSE)
        some = [home for home in of_kind if home.sector is sector] or list(self.case.homes)
        words = (
            f"{len(some)} homes: {kind_label(kind, sector)}" if of_kind else f"all {len(some)} homes: none of the kind"
        )
        fee = mean(sum(home.fee_pence for home in some), len(some)) or 0
        marginal = mean(sum(home.marginal_fee_pence for home in some), len(some)) or 0
        return sector, fee, marginal, words
