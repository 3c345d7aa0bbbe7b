"""The 903 children looked after on the as-at date: how each lives, age, birthday, sex, ethnic group."""

import datetime as dt
import random
from dataclasses import dataclass, field

from . import figures as fig
from .draw import day_between, deck, pick, shuffled, weighted_order
from .figures import Living


@dataclass
class Stay:
    """One placement: where, with whom, from when; ``same_carer`` if only its status changed."""

    start: dt.date
    place: str
    provider: str
    postcode: str
    urn: str
    same_carer: bool = False
    temporary: bool = False
    reason: str = ""


@dataclass
class Period:
    """One unbroken time in care."""

    entered: dt.date
    stays: list[Stay]
    legal: list[tuple[dt.date, str]]
    ended: dt.date | None = None
    rec: str = ""


@dataclass(eq=False)
class Child:
    """One child, now or formerly looked after."""

    age: int
    born: dt.date = fig.AS_AT
    sex: str = ""
    ethnicity: str = ""
    uasc: bool = False
    living: Living | None = None
    language: str = "English"
    religion: str = ""
    family: int = 0
    home_district: str = ""
    home_post: str = ""
    cin: str = "N1"
    tenure: int = 0
    stable: bool = False
    placements_in_year: int = 1
    moved_in: dt.date = fig.AS_AT
    periods: list[Period] = field(default_factory=list)
    decided_adoption: dt.date | None = None
    disabled: bool = False
    latent: float = 0.0
    levels: dict[str, int] = field(default_factory=dict)
    fee: int = 0
    id: str = ""

    @property
    def band(self) -> int:
        """Position of the child's age band."""
        return band_of(self.age)

    @property
    def entered(self) -> dt.date:
        """When the present or last time in care began."""
        return self.periods[-1].entered


def band_of(age: int) -> int:
    """Position of the age band an age falls in."""
    return next(i for i, (low, high) in enumerate(fig.BANDS) if low <= age <= high)


def birthday(age: int, offset: int) -> dt.date:
    """The birthday, so many days into the year of birth, of a child of this age on the as-at date."""
    return dt.date(fig.AS_AT.year - 1 - age, 4, 1) + dt.timedelta(days=offset)


def looked_after(rng: random.Random) -> list[Child]:
    """All 903 with how they live and their ages; unaccompanied children marked."""
    children = []
    for living, by_band in fig.AGES.items():
        for band, count in enumerate(by_band):
            low, high = fig.BANDS[band]
            unaccompanied = fig.UASC.get(living, (0,) * len(fig.BANDS))[band]
            ages = shuffled(rng, [low + i % (high - low + 1) for i in range(count)])
            # Unaccompanied children are at the top of their band.
            ages = sorted(ages) if unaccompanied else ages
            children += [Child(age=age, living=living, uasc=i >= count - unaccompanied) for i, age in enumerate(ages)]
    return shuffled(rng, children)


def set_sexes(rng: random.Random, children: list[Child]) -> None:
    """58 per cent male, more of them among unaccompanied children and in residential homes."""
    homes = (Living.PRIVATE_HOME, Living.IN_HOUSE_HOME, Living.SCHOOL)
    for child in children:
        child.sex = "F"
    for uasc, males in ((True, fig.UASC_MALES), (False, fig.MALES - fig.UASC_MALES)):
        some = [c for c in children if c.uasc is uasc]
        for child in weighted_order(rng, some, lambda c: 2.2 if c.living in homes else 1.0)[:males]:
            child.sex = "M"


def set_birthdays(rng: random.Random, children: list[Child]) -> None:
    """A birthday for each, brothers and sisters at least 280 days apart."""
    babies = [c for c in children if c.living is Living.ADOPTION and c.age == 0]
    early = {id(c) for c in babies} | {c.family for c in babies if c.family}
    offsets: dict[int, int] = {}
    for child in children:
        # Babies placed for adoption were born early enough in the year for a placement order.
        middle = 45 if id(child) in early or child.family in early else rng.randint(30, 290)
        if child.family:
            middle = offsets.setdefault(child.family, middle)
        child.born = birthday(child.age, middle + rng.randint(-30, 30))


def set_ethnicity(rng: random.Random, children: list[Child]) -> None:
    """Ethnic groups by exact quota; brothers and sisters share theirs."""
    left = dict(fig.ETHNIC_GROUPS)
    group_of = {code: group for group, codes in fig.ETHNIC_CODES.items() for code in codes}
    origins = shuffled(rng, deck({origin[:3]: origin[3] for origin in fig.UASC_ORIGINS}))
    for child, (code, language, religion) in zip([c for c in children if c.uasc], origins, strict=True):
        child.ethnicity, child.language, child.religion = code, language, religion
        left[group_of[code]] -= 1
    families: dict[int, list[Child]] = {}
    for i, child in enumerate(c for c in children if not c.uasc):
        families.setdefault(child.family or -1 - i, []).append(child)
    for members in sorted(shuffled(rng, families.values()), key=len, reverse=True):
        group = pick(rng, {name: count for name, count in left.items() if count >= len(members)})
        left[group] -= len(members)
        code = pick(rng, fig.ETHNIC_CODES[group])
        for child in members:
            child.ethnicity = code


_FAITHS: dict[str, dict[str, float]] = {
    "W": {"": 62, "none": 20, "Christian": 18},
    "M": {"": 60, "none": 20, "Christian": 16, "Muslim": 4},
    "A": {"": 20, "Muslim": 60, "Hindu": 12, "Sikh": 8},
    "B": {"": 25, "Christian": 50, "Muslim": 25},
    "O": {"": 40, "Muslim": 40, "Christian": 20},
}
_LANGUAGES = {
    "WOTH": "Polish", "WROM": "Romanian", "APKN": "Urdu", "ABAN": "Bengali", "AOTH": "Tamil", "BAFR": "Somali",
    "OOTH": "Arabic", "AIND": "Gujarati",
}  # fmt: skip


def set_culture(rng: random.Random, children: list[Child]) -> None:
    """Religion and languages; most children of every group speak English first."""
    by_family: dict[int, tuple[str, str]] = {}
    for child in children:
        if child.uasc:
            continue
        religion = pick(rng, _FAITHS[child.ethnicity[0]])
        speaks_other = child.ethnicity in _LANGUAGES and rng.random() < 0.3
        language = f"English;{_LANGUAGES[child.ethnicity]}" if speaks_other else "English"
        if child.family:
            religion, language = by_family.setdefault(child.family, (religion, language))
        child.religion, child.language = religion, language


def set_cin(rng: random.Random, children: list[Child]) -> None:
    """Category of need, shared by brothers and sisters."""
    weights = {"N1": 63.0, "N5": 15.0, "N4": 9.0, "N2": 4.0, "N3": 4.0, "N6": 3.0, "N8": 2.0}
    shared: dict[int, str] = {}
    for child in children:
        code = "N8" if child.uasc else pick(rng, weights)
        child.cin = shared.setdefault(child.family, code) if child.family else code


def random_birthday(rng: random.Random, day: dt.date, low: float, high: float) -> dt.date:
    """A date of birth that makes somebody between low and high years old on a day."""
    return day_between(rng, day - dt.timedelta(days=int(high * 365.25)), day - dt.timedelta(days=int(low * 365.25)))
