"""Every other setting: children's homes, supported accommodation, family centres, schools, secure homes."""

import random

from . import figures as fig
from .draw import deck, insist, shuffled
from .families import Unit
from .figures import Living
from .homes import Home, Resident, move_in
from .people import birthday

# In-house homes: (places, children, grade); 21 beds and, last, three six-week beds for families together.
_OWN_HOMES = (
    (5, 5, "good"),
    (5, 5, "requires_improvement"),
    (4, 4, "good"),
    (4, 3, "good"),
    (3, 3, "requires_improvement"),
    (3, 2, "outstanding"),
)
_OWN_DISTRICTS = ("E07000243", "E07000096", "E07000241", "E07000103", "E07000099", "E07000240")
# Independent homes in the county: (places, our children, other authorities' children, not available).
_LOCAL_HOMES = ((6, 2, 3, 0), (6, 2, 3, 1), (5, 1, 3, 0), (5, 1, 2, 1), (5, 1, 3, 0), (4, 1, 2, 1), (2, 1, 0, 0))
# Supported accommodation in the county, in the same way.
_LOCAL_SUPPORTED = (
    (6, 4, 2, 0), (6, 3, 2, 0), (6, 4, 1, 0), (5, 3, 2, 0), (5, 2, 2, 0), (5, 3, 1, 1), (5, 2, 3, 0), (4, 3, 1, 0),
    (4, 2, 2, 0), (4, 3, 0, 0), (4, 2, 1, 1), (4, 1, 3, 0), (4, 2, 1, 0), (4, 2, 2, 0), (3, 1, 1, 1), (3, 1, 2, 0),
    (3, 1, 1, 0), (3, 1, 1, 1),
)  # fmt: skip


def _wide(living: Living, kind: str, table: dict[int, dict[int, int]]) -> list[Home]:
    """Homes outside the county from a table of zone to {our children in the home: how many homes}."""
    homes = []
    for zone, counts in table.items():
        for filled in deck(counts):
            homes.append(Home(living, kind, "private", 0, filled, zone=zone))
    return homes


def _fill(rng: random.Random, homes: list[Home], units: list[Unit], living: Living) -> list[Home]:
    move_in(rng, homes, [unit for unit in units if unit.living is living])
    return homes


def own_homes(rng: random.Random, units: list[Unit]) -> list[Home]:
    """The council's homes: 24 beds for 22 children."""
    homes = []
    for (places, filled, grade), district in zip(_OWN_HOMES, _OWN_DISTRICTS, strict=True):
        home = Home(Living.IN_HOUSE_HOME, "residential", "in_house", places, filled, district=district)
        home.details["grade"] = grade
        homes.append(home)
    homes[-1].details["features"] = "short_breaks;emergency"
    return _fill(rng, homes, units, Living.IN_HOUSE_HOME)


def private_homes(rng: random.Random, units: list[Unit]) -> list[Home]:
    """Independent children's homes: seven with 33 places in the county, and those used further off."""
    local = [Home(Living.PRIVATE_HOME, "residential", "private", p, f) for p, f, _, _ in _LOCAL_HOMES]
    wide = _wide(Living.PRIVATE_HOME, "residential", {1: {1: 12, 2: 4, 0: 8}, 2: {1: 13, 2: 1, 0: 6}})
    _open_elsewhere(rng, wide, (2, 3, 3, 4, 4, 5, 6), 0.35)
    homes = _fill(rng, local + wide, units, Living.PRIVATE_HOME)
    _local_others(rng, local, _LOCAL_HOMES, 10, 17)
    for home in local + wide:
        home.details["grade"] = rng.choices(
            ("outstanding", "good", "requires_improvement", "not_inspected"), (12, 64, 18, 6)
        )[0]
    wide[-2].details["grade"] = "inadequate"
    for home in [h for h in wide if h.zone == 1 and h.children][:2]:
        home.details["contract"] = "block"
    return homes


def supported(rng: random.Random, units: list[Unit]) -> list[Home]:
    """Semi-independent accommodation for young people of 16 and 17."""
    local = [Home(Living.SEMI, "supported_accommodation", "private", p, f) for p, f, _, _ in _LOCAL_SUPPORTED]
    wide = _wide(Living.SEMI, "supported_accommodation", {1: {1: 3, 2: 6, 3: 6, 0: 4}, 2: {1: 7, 2: 4, 3: 1, 0: 2}})
    _open_elsewhere(rng, wide, (3, 4, 4, 5, 6), 0.4)
    homes = _fill(rng, local + wide, units, Living.SEMI)
    _local_others(rng, local, _LOCAL_SUPPORTED, 16, 17)
    return homes


def others(rng: random.Random, units: list[Unit]) -> list[Home]:
    """Secure homes, family centres that assess parents with babies, residential schools."""
    secure = _wide(Living.SECURE, "secure", {2: {2: 1, 1: 1}})
    for home in secure:
        home.sector = "other_authority"
    centres = _wide(Living.PARENT_CHILD, "parent_and_child", {0: {1: 1}, 1: {1: 2}, 2: {1: 1}})
    schools = _wide(Living.SCHOOL, "residential_school", {0: {1: 1}, 1: {1: 1}, 2: {1: 2}})
    for homes, sizes in ((secure, (16, 20, 24)), (centres, (4, 6)), (schools, (12, 18, 24))):
        _open_elsewhere(rng, homes, sizes, 0.5)
        _fill(rng, homes, units, homes[0].living)
        for home in homes:
            home.details["grade"] = rng.choice(("good", "good", "outstanding", "requires_improvement"))
    for home in centres:
        home.details["features"] = "parent_and_child"
    for home in schools:
        home.details["features"] = "onsite_education;disability"
    return secure + centres + schools


def _open_elsewhere(rng: random.Random, homes: list[Home], sizes: tuple[int, ...], vacant_share: float) -> None:
    """Places of homes outside the county: who else lives there is not known, so those places are not available."""
    for home in homes:
        home.places = max(rng.choice(sizes), home.filled + (home.filled == 0))
        free = home.places - home.filled
        vacant = 1 if free and (not home.filled or rng.random() < vacant_share) else 0
        if free > vacant:
            home.not_available, home.reason = free - vacant, "other"


def _local_others(
    rng: random.Random, homes: list[Home], table: tuple[tuple[int, int, int, int], ...], low: int, high: int
) -> None:
    reasons = shuffled(rng, ["staffing", "building_work", "staffing", "needs_of_child_placed"])
    for i, (home, (_, _, count, not_available)) in enumerate(zip(homes, table, strict=True)):
        for _ in range(count):
            born = birthday(rng.randint(low, high), rng.randint(0, 360))
            home.residents.append(Resident("other_authority_child", born, rng.choice("MMF")))
        if not_available:
            home.not_available, home.reason = not_available, reasons[i % len(reasons)]


def check(homes: list[Home]) -> None:
    """Other authorities' children are as many as the table says."""
    for living, wanted in fig.OTHERS_CHILDREN.items():
        insist(sum(h.others_children for h in homes if h.living is living) == wanted)
