"""Weekly prices: spread about, dearer where needs are greater, with exactly the published average for each kind."""

import random

from . import figures as fig
from .draw import spread
from .figures import Living
from .homes import Home
from .people import Child

# How far prices of a kind reach below and above the average.
_REACH: dict[Living, tuple[int, int]] = {
    Living.IN_HOUSE: (250, 640),
    Living.APPROVED_KIN: (250, 620),
    Living.TEMPORARY_KIN: (250, 620),
    Living.IN_HOUSE_HOME: (2700, 3400),
    Living.IFA: (720, 1240),
    Living.PRIVATE_HOME: (2600, 5900),
    Living.SEMI: (560, 1900),
    Living.SECURE: (3200, 3700),
    Living.PARENT_CHILD: (2800, 3700),
    Living.SCHOOL: (2500, 4000),
}


def set_fees(rng: random.Random, children: list[Child], homes: list[Home]) -> None:
    """A price for every placement, then for every home: what its children cost, or one like the others'."""
    for living, mean in fig.WEEKLY_PRICE.items():
        some = [c for c in children if c.living is living and not (living in fig.DISABILITY_PRICE and c.disabled)]
        _deal(rng, some, mean, *_REACH[living])
        usual = [child.fee for child in some]
        for home in (h for h in homes if h.living is living):
            own = [child.fee for child in home.children]
            home.fee = round(sum(own) / len(own)) if own else rng.choice(usual)
    for living, mean in fig.DISABILITY_PRICE.items():
        _deal(rng, [c for c in children if c.living is living and c.disabled], mean, mean - 300, mean + 350)
    for home in homes:
        if any(child.fee for child in home.children):
            home.fee = round(sum(child.fee for child in home.children) / len(home.children))


def _deal(rng: random.Random, children: list[Child], mean: int, low: int, high: int) -> None:
    prices = spread(rng, len(children), mean, low, high)
    order = sorted(children, key=lambda c: c.latent + rng.gauss(0, 0.35))
    for child, price in zip(order, prices, strict=True):
        child.fee = price
