"""The demo's menu: thirty things that a county could open or change. Prices are synthetic, near the Report's averages.

The Report's mean weekly prices of 2017/18 stand behind the fees: in-house fostering £414, IFA £915 (disability £1,265),
in-house residential £3,046, independent residential £3,810, semi-independent £1,115. What opening costs, how long it
takes and how often it fails are assumptions, and say so.
"""

from collections.abc import Iterator
from typing import Any

_ASSUMED = "synthetic assumption"
_Item = dict[str, Any]


def _carers(place: str, postcode: str, **more: object) -> _Item:
    key = place.lower().replace(" ", "_")
    usual = {
        "id": f"carers_{key}", "name": f"Carers in {place}", "what": "recruit_carers", "limit": 3, "set_up": 9000,
        "weekly": 110, "life_years": 7, "lead_weeks": 32, "chance_percent": 70, "postcode": postcode, "places": 2,
        "sibling_places": 3, "fee": 414, "training": "enhanced", "features": ["long_term"],
    }  # fmt: skip
    return {**usual, **more}


def _teenage(place: str, postcode: str) -> _Item:
    return _carers(
        place, postcode, id=f"teenage_{place.lower().replace(' ', '_')}", name=f"Carers for teenagers in {place}",
        age_from=11, places=1, sibling_places=2, set_up=12000, weekly=160, fee=520, chance_percent=55, lead_weeks=36,
    )  # fmt: skip


def _specialist(place: str, postcode: str, **more: object) -> _Item:
    usual = {
        "id": f"specialist_{place.lower().replace(' ', '_')}", "name": f"Specialist carers in {place}", "places": 1,
        "sibling_places": 1, "set_up": 16000, "weekly": 260, "fee": 720, "training": "specialist", "limit": 2,
        "features": ["long_term", "therapeutic"], "chance_percent": 45, "lead_weeks": 40,
    }  # fmt: skip
    return _carers(place, postcode, **{**usual, **more})


def _home(item: str, name: str, postcode: str, places: int, **more: object) -> _Item:
    usual = {
        "id": item, "name": name, "what": "open_home", "limit": 1, "life_years": 25, "lead_weeks": 60,
        "chance_percent": 85, "postcode": postcode, "places": places, "age_from": 8, "fee": 3046, "fee_when_used": 190,
        "training": "specialist", "features": ["long_term", "therapeutic"],
    }  # fmt: skip
    return {**usual, **more}


def menu_items() -> tuple[_Item, ...]:
    """The items, keys as in the file."""
    return (
        _carers("Dacorum", "HP2"), _carers("Watford", "WD24"), _carers("Stevenage", "SG1"),
        _carers("Welwyn Hatfield", "AL10"), _carers("Broxbourne", "EN8"), _carers("North Hertfordshire", "SG6"),
        _teenage("St Albans", "AL3"), _teenage("East Hertfordshire", "SG13"), _teenage("Hertsmere", "WD6"),
        _teenage("Three Rivers", "WD3"), _teenage("Stevenage", "SG2"),
        _specialist("Dacorum", "HP1"), _specialist("Stevenage", "SG1"), _specialist("Watford", "WD25"),
        _specialist(
            "Welwyn Hatfield", "AL7", id="disability_carers", name="Carers for disabled children in Welwyn Hatfield",
            features=["long_term", "disability", "short_breaks"],
        ),
        _carers(
            "Hertsmere", "WD6", id="sibling_carers", name="Carers for large sibling groups in Hertsmere", places=3,
            sibling_places=4, set_up=14000, weekly=180, limit=2, chance_percent=55,
        ),
        _carers(
            "Watford", "WD18", id="uasc_carers", name="Carers for unaccompanied young people in Watford", age_from=14,
            languages=["English", "Arabic", "Kurdish", "Albanian"], places=2,
        ),
        _carers(
            "Stevenage", "SG1", id="parent_child_carers", name="Parent-and-child carers in Stevenage",
            kind="parent_and_child", places=1, sibling_places=1, age_to=17, fee=1150, weekly=240,
            features=["parent_and_child"], training="specialist", limit=2,
        ),
        _home("solo_home", "Solo home in Welwyn Hatfield", "AL8", 1, set_up=310000, weekly=4900, limit=2, fee=5600),
        _home("two_bed_home", "Two-bed home in Stevenage", "SG2", 2, set_up=440000, weekly=5700),
        _home("four_bed_home", "Four-bed home in Dacorum", "HP3", 4, set_up=720000, weekly=11200),
        _home(
            "autism_home", "Four-bed home for autism in Broxbourne", "EN10", 4, set_up=820000, weekly=13600,
            age_from=11,
            features=["long_term", "therapeutic", "disability"],
        ),
        _home(
            "supported_house", "Supported house for four in Watford", "WD17", 4, kind="supported_accommodation",
            set_up=120000, weekly=3300, age_from=16, fee=1115, life_years=15, lead_weeks=30, training="enhanced",
            limit=2,
            features=[],
        ),
        {
            "id": "emergency_bed", "name": "Emergency bed in Hatfield", "what": "emergency_bed", "limit": 4,
            "set_up": 60000, "weekly": 2300, "life_years": 15, "lead_weeks": 26, "chance_percent": 90,
            "postcode": "AL10",
            "places": 1, "age_from": 8, "fee": 3046, "fee_when_used": 190, "training": "specialist", "stay_nights": 14,
        },
        {
            "id": "block_alone", "name": "Two block beds near Luton", "what": "block_beds", "limit": 2, "weekly": 7000,
            "lead_weeks": 16, "chance_percent": 95, "postcode": "LU1", "places": 2, "age_from": 10, "fee": 3500,
            "fee_when_used": 0, "training": "specialist", "features": ["therapeutic"],
        },
        {
            "id": "block_shared", "name": "Four block beds shared with a neighbour", "what": "block_beds", "limit": 1,
            "weekly": 14400, "lead_weeks": 20, "chance_percent": 90, "postcode": "LU2", "places": 4, "age_from": 10,
            "fee": 3600, "fee_when_used": 0, "training": "specialist", "features": ["therapeutic"], "sold_weekly": 3600,
            "sold_percent": 60,
        },
        {
            "id": "retainers", "name": "Retainers for carers who hold places back", "what": "retainer", "limit": 4,
            "weekly": 180, "lead_weeks": 8, "chance_percent": 60,
        },
        {
            "id": "one_to_one", "name": "One-to-one hours beside our own carers", "what": "extra_hours", "limit": 4,
            "weekly": 420, "lead_weeks": 6, "chance_percent": 95, "levels": 1,
        },
        {
            "id": "wider_terms", "name": "Wider terms for carers with a spare bedroom", "what": "exemption", "limit": 4,
            "set_up": 1500, "weekly": 40, "life_years": 5, "lead_weeks": 10, "chance_percent": 75, "extra": 1,
        },
        {
            "id": "keep_together", "name": "Support that keeps placements from ending", "what": "support_package",
            "limit": 3, "set_up": 20000, "weekly": 900, "lead_weeks": 14, "chance_percent": 55, "children": 2,
            "weekly_each": 120,
        },
    )  # fmt: skip


def menu_toml() -> str:
    """The items as ``menu.toml``."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "# SYNTHETIC: what the demo authority could open or change. Money is in pounds. See docs/menu.md."
    for item in menu_items():
        yield ""
        yield "[[item]]"
        yield from (f"{key} = {_value(value)}" for key, value in {**item, "note": _ASSUMED}.items())
    yield ""


def _value(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_value(each) for each in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)
