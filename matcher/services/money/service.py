"""The service a placement is bought from, as prices are set: kind of home, sector, and a disability service or not."""

from matcher.intake.placements import kind_in
from matcher.services.figures_supply import apart_for_disability
from matcher.services.stock import LIVING_LABELS, Living, home_of, living
from models.case import Case
from models.home import Home
from models.placement import Placement
from models.record import Record
from models.ssda903.derive import PlacementKind, home_kind
from models.vocabulary import CARE_KINDS, KIND_LABELS, HomeKind, Sector, kind_label

_SECTOR = {
    PlacementKind.KINSHIP: Sector.IN_HOUSE,
    PlacementKind.IN_HOUSE_FOSTERING: Sector.IN_HOUSE,
    PlacementKind.IN_HOUSE_RESIDENTIAL: Sector.IN_HOUSE,
    PlacementKind.IFA_FOSTERING: Sector.PRIVATE,
    PlacementKind.INDEPENDENT_RESIDENTIAL: Sector.PRIVATE,
    PlacementKind.OTHER_AUTHORITY_FOSTERING: Sector.OTHER_AUTHORITY,
    PlacementKind.OTHER_AUTHORITY_RESIDENTIAL: Sector.OTHER_AUTHORITY,
    PlacementKind.FOSTERING_PROVIDER_UNKNOWN: None,
    PlacementKind.RESIDENTIAL_PROVIDER_UNKNOWN: None,
}
_ONE_SECTOR = {HomeKind.CONNECTED: Sector.IN_HOUSE, HomeKind.SECURE: Sector.OTHER_AUTHORITY}


class Service(Record):
    """What is paid for: ``kind`` None is no home of any kind (with parents, placed for adoption, in custody).

    Voluntary agencies count with private ones as independent (``Sector.PRIVATE``). Connected persons and secure
    homes are one sector each, whoever runs them. ``disability`` stands for the disability services of fostering
    agencies and residential schools, which are priced apart.
    """

    living: Living
    kind: HomeKind | None
    sector: Sector | None
    disability: bool

    @property
    def label(self) -> str:
        """Words for a table, e.g. ``IFA fostering, disability``."""
        words = self._words()
        return words[0].upper() + words[1:] + (", disability" if self.disability else "")

    def _words(self) -> str:
        if self.kind is None:
            return LIVING_LABELS[self.living]
        if self.sector is None:
            return f"{KIND_LABELS[self.kind]}, provider not known"
        return kind_label(self.kind, self.sector)

    @property
    def order(self) -> tuple[int, int, int, bool]:
        """The order of services in every table: by living arrangement, kind, sector, disability services last."""
        kinds, sectors = CARE_KINDS, tuple(Sector)
        return (
            tuple(Living).index(self.living),
            kinds.index(self.kind) if self.kind else len(kinds),
            sectors.index(self.sector) if self.sector else len(sectors),
            self.disability,
        )


def sector_group(kind: HomeKind | None, sector: Sector | None) -> Sector | None:
    """The sector that prices of a kind are compared in; see :class:`Service`."""
    if kind in _ONE_SECTOR:
        return _ONE_SECTOR[kind]
    return Sector.PRIVATE if sector is Sector.VOLUNTARY else sector


def service_of(case: Case, placement: Placement | None) -> Service:
    """The service a placement is bought from: by its SSDA903 codes, and its listed home where they do not say whose."""
    home = home_of(case, placement)
    kind = home_kind(placement.kind) if placement else None
    listed = home.sector if home else None
    sector = _SECTOR.get(placement.kind, listed) if placement else None
    return Service(
        living=living(placement),
        kind=kind,
        sector=sector_group(kind, sector) if kind else None,
        disability=apart_for_disability(case, placement),
    )


def service_in(case: Case, home: Home) -> Service:
    """The service a child would be living in, placed in a listed home."""
    placement = Placement(child_id="whoever is placed", kind=kind_in(home), started=case.as_at, home_id=home.id)
    return service_of(case, placement)
