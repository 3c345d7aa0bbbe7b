"""Who runs the homes: names are made up, and so are the Ofsted numbers."""

import random

from . import figures as fig
from .draw import insist, pick, shuffled
from .figures import Living
from .homes import Home
from .stays import ADOPTION_URN, FOSTERING_URN

COUNCIL = ("P001", "Demo County Council (synthetic)", "in_house")
_FIRST = (
    "Ashgrove", "Beechwood", "Cedar", "Damson", "Elderbrook", "Fernhill", "Goldfinch", "Hazelmere", "Ivybank",
    "Juniper", "Kestrel", "Larkfield", "Meadowsweet", "Nightingale", "Oakhurst", "Pinecroft", "Quince", "Rowan",
    "Sorrel", "Thistle", "Umber", "Violet", "Willow", "Yarrow",
)  # fmt: skip
_LAST = {
    Living.IFA: ("Fostering", 14, 3),
    Living.PRIVATE_HOME: ("Children's Homes", 12, 1),
    Living.SEMI: ("Supported Living", 9, 2),
    Living.PARENT_CHILD: ("Family Centre", 2, 0),
    Living.SCHOOL: ("School", 2, 1),
}
# Children in the voluntary sector: 26, as the department's figures say.
_VOLUNTARY_CHILDREN = {Living.IFA: 15, Living.PRIVATE_HOME: 2, Living.SEMI: 8, Living.SCHOOL: 1}


def assign(rng: random.Random, homes: list[Home]) -> list[tuple[str, str, str]]:
    """Give every home a provider and an Ofsted number; return the providers (id, name, sector)."""
    listed = [COUNCIL]
    for living, (word, private, voluntary) in _LAST.items():
        some = shuffled(rng, [home for home in homes if home.living is living])
        _choose_voluntary(rng, some, _VOLUNTARY_CHILDREN.get(living, 0))
        first = len(listed)
        names = shuffled(rng, _FIRST)
        for i in range(private + voluntary):
            sector = "private" if i < private else "voluntary"
            listed.append((f"P{len(listed) + 1:03d}", f"{names[i]} {word} (synthetic)", sector))
        for home in some:
            own = {row[0]: 1.0 / (1 + i) ** 0.5 for i, row in enumerate(listed[first:]) if row[2] == home.sector}
            home.provider = pick(rng, own)
    for home in (h for h in homes if h.living is Living.SECURE):
        home.provider = f"P{len(listed) + 1:03d}"
        listed.append((home.provider, f"Demo Secure Home {len(listed)} (synthetic)", "other_authority"))
    _set_urns(homes)
    return listed


def _choose_voluntary(rng: random.Random, homes: list[Home], children: int) -> None:
    """Mark homes as voluntary until they hold exactly so many of the authority's children."""
    for home in homes:
        if children and 0 < len(home.children) <= children:
            home.sector = "voluntary"
            children -= len(home.children)
        elif not home.children and rng.random() < 0.1 and home.living in _VOLUNTARY_CHILDREN:
            home.sector = "voluntary"
    insist(not children, "homes of one child make up any number")


def _set_urns(homes: list[Home]) -> None:
    own = [home for home in homes if home.listed or home.living is Living.TEMPORARY_KIN]
    for number, home in enumerate(own):
        if home.sector == "in_house":
            home.provider = COUNCIL[0]
        if home.living in (Living.IN_HOUSE, Living.APPROVED_KIN, Living.TEMPORARY_KIN):
            home.urn = FOSTERING_URN
        elif home.living is Living.IFA:
            home.urn = f"SC9910{home.provider[1:].zfill(2)[-2:]}"
        elif home.living is not Living.SEMI:
            home.urn = f"SC98{number:04d}"
    for home in (h for h in homes if h.living is Living.ADOPTION):
        home.urn = ADOPTION_URN


def unnamed_agencies(rng: random.Random, providers: list[tuple[str, str, str]]) -> list[Home]:
    """Agencies that answer searches without naming carers: one place each stands for asking them."""
    agencies = [row for row in providers if "Fostering" in row[1] and row[2] == "private"]
    homes = []
    for provider, _, sector in shuffled(rng, agencies)[: fig.IFA_UNNAMED]:
        home = Home(Living.IFA, "foster", sector, 1, named=False, zone=rng.choice((0, 1)))
        home.provider, home.bedrooms = provider, 1
        home.urn = f"SC9910{provider[1:].zfill(2)[-2:]}"
        homes.append(home)
    return homes
