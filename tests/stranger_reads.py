"""What a stranger makes of the public statement: which printed figures are the same or add up, by their words."""

import re
from collections.abc import Mapping

from tests.stranger import TOTAL, Grid, Sums, of

NOW, CLEAN, PLACES, WAITING = "looked after", "clean sheet", "places", "waiting"
ALONE = ("age", "sex", "ethnic_group", "disabled", "uasc", "living", "locality", "distance", "wishes")
CROSSED = {
    "living_age": ("living", "age"), "living_locality": ("living", "locality"), "locality_age": ("locality", "age"),
}  # fmt: skip
CLEAN_BY = {"clean_kind": "kind", "clean_age": "age", "clean_need": "need", "clean_come_from": "from"}
IN, SHORT, SETTLED = "A home in the area", "Short of a home in the area", "Outside, but not for want of a home"
STATES = (IN, SHORT, SETTLED)
OUT = "No home in the area, for want of one or not"
BY = ("sex", "age", "ethnic_group", "disabled", "uasc")
OUTSIDE = ("In an adjoining authority", "At a distance")
FAR = ("In the area, over 20 miles from home", "Out of the area, over 20 miles from home")
SAME_AGES = {"Aged 16 and over": ("16+",), "Teenagers": ("13-15", "16+")}
BANDS = tuple(f"Long-term stability, ages {ages}" for ages in ("1 to 4", "5 to 9", "10 to 15"))
PLAN = "With the plan for those who wait"
USES = ("Filled: own children", "Filled: others", "Vacant", "Not available")
OWN_FOSTERING = ("Connected person", "In-house fostering")
FILLED_BY = {
    "IFA fostering": "IFA fostering",
    "In-house residential home": "In-house residential homes",
    "Independent residential home": "Independent residential homes",
    "Independent supported accommodation": "Semi-independent or supported accommodation",
    "Independent parent and child": "Parent-and-child assessment",
    "Independent residential school": "Residential schools",
    "Secure children's home": "Secure children's homes",
}
"""Kinds of place and how the authority's own children in them live."""


class Stranger(Sums):
    """All sums that the public page gives to whoever reads its words."""

    def __init__(self, page: Mapping[str, Grid]) -> None:
        """Read the whole page."""
        super().__init__(page)
        self.reads_children()
        self.reads_indicators()
        self.reads_clean_sheet()
        self.reads_groups()
        self.reads_places()
        self.reads_outcomes()

    def reads_children(self) -> None:
        """Children looked after: one thing at a time, two together, and district by district."""
        for key in ALONE:
            self.reads_one_way(key, NOW, key)
        for key, (down, across) in CROSSED.items():
            columns = [column for column in next(iter(self.page[key].values())) if column != TOTAL]
            self.reads_two_way(key, NOW, down, across, columns)
        self.reads_one_way("districts", NOW, "from", "Children who come from here")
        self.reads_one_way("districts", NOW, "live_in", "Children who live here")
        self.adds(of(NOW, out="yes"), [of(NOW, live_in="Outside the authority")])
        self.adds(of(NOW, out="yes"), (of(NOW, locality=each) for each in OUTSIDE))
        self.adds(of(NOW, far="yes"), (of(NOW, distance=each) for each in FAR))
        for age in self.values("age"):
            self.adds(of(NOW, age=age, out="yes"), (of(NOW, age=age, locality=each) for each in OUTSIDE))

    def reads_indicators(self) -> None:
        """``12.0% (108 of 903)`` gives both numbers; bands of one indicator add up to it."""
        for row, cells in self.page["quarterly"].items():
            for column in ("Previous quarter", "Now"):
                if match := re.search(r"\(([\d,]+) of ([\d,]+)\)", cells[column]):
                    for which, shown in zip(("yes", "all"), match.groups(), strict=True):
                        self.is_(of(column, indicator=row, of=which), int(shown.replace(",", "")))
        for row, column in zip(list(self.page["trends"])[-2:], ("Previous quarter", "Now"), strict=True):
            for indicator, shown in self.page["trends"][row].items():
                yes, everyone = (of(column, indicator=indicator, of=which) for which in ("yes", "all"))
                self.share(yes, everyone, shown)
            for indicator in ("Long-term stability", *BANDS):
                yes, no, everyone = (of(column, indicator=indicator, of=which) for which in ("yes", "no", "all"))
                self.adds(everyone, [yes, no])
                most = int(self.page["quarterly"]["Children looked after"][column].replace(",", ""))
                self.model.add(self.number(everyone) <= most)
                if self.page["quarterly"][indicator][column] == "c":
                    self.hidden["quarterly", indicator, f"{column}, yes"] = yes
                    self.hidden["quarterly", indicator, f"{column}, no"] = no
            for which in ("yes", "all"):
                bands = [of(column, indicator=band, of=which) for band in BANDS]
                self.adds(of(column, indicator="Long-term stability", of=which), bands)
        self.adds(of(NOW, out="yes"), [of("Now", indicator="Living out of the authority's area", of="yes")])
        self.adds(of(NOW, far="yes"), [of("Now", indicator="Living over 20 miles from home", of="yes")])
        young = "Aged 16 and 17 in regulated settings or with family"
        self.adds(of(NOW, age="16+"), [of("Now", indicator=young, of="all")])

    def reads_clean_sheet(self) -> None:
        """Who has a home in the area, is short of one, or is outside for other reasons; and why."""
        for key, name in CLEAN_BY.items():
            first = next(iter(self.page[key].values()))
            states, share = ((IN, OUT), "of all") if OUT in first else (STATES, "Short, share")
            self.reads_two_way(key, CLEAN, name, "state", states)
            for row, cells in self.page[key].items():
                said = {} if row == TOTAL else {name: row}
                self.share(of(CLEAN, state=states[1], **said), of(CLEAN, **said), cells[share])
                self.adds(of(CLEAN, state=OUT, **said), (of(CLEAN, state=each, **said) for each in STATES[1:]))
        self.reads_one_way("clean", CLEAN, "does")
        self.reads_one_way("now", WAITING, "does")
        self.adds(of(CLEAN, state=IN), [of(CLEAN, does="Matched in the area")])
        for key, across, state in (("clean_kind_why", "why", SHORT), ("short_by_age", "age", OUT)):
            universe = f"{CLEAN}, {state}"
            columns = [column for column in next(iter(self.page[key].values())) if not column.startswith(TOTAL)]
            self.reads_two_way(key, universe, "kind", across, columns)
            self.adds(of(universe), [of(CLEAN, state=state)])
            for kind in self.values(key):
                self.adds(of(universe, kind=kind), [of(CLEAN, kind=kind, state=state)])
        for age in self.values("clean_age"):
            self.adds(of(f"{CLEAN}, {OUT}", age=age), [of(CLEAN, age=age, state=OUT)])

    def reads_groups(self) -> None:
        """Groups that are ages, or unaccompanied, are the same children as those."""
        for row in self.page["groups"]:
            for state in STATES:
                group = of(CLEAN, state=state, group=row)
                self.reads("groups", row, state, group)
                self.at_most(group, of(CLEAN, state=state))
                if row.startswith("Unaccompanied"):
                    self.adds(of(CLEAN, state=state, uasc="Yes"), [group])
                if row == "Parent and child":
                    self.adds(group, [of(CLEAN, state=state, kind=row)])
            if row in SAME_AGES:
                outside = [of(CLEAN, state=state, group=row) for state in STATES[1:]]
                self.adds(of(CLEAN, state=OUT, group=row), outside)
                for state in (IN, OUT):
                    ages = (of(CLEAN, state=state, age=age) for age in SAME_AGES[row])
                    self.adds(of(CLEAN, state=state, group=row), ages)
        if "beside_today_all" in self.page:
            for side in ("Today", PLAN, "Clean sheet"):
                self.reads_one_way("beside_today_all", f"{CLEAN}, {side}", "where", side)
                self.adds(of(CLEAN), [of(f"{CLEAN}, {side}")])
            self.adds(of(CLEAN, state=IN), [of(f"{CLEAN}, Clean sheet", where="In the area")])
            nobody = of(f"{CLEAN}, {PLAN}", where="In no home")
            self.adds(of(WAITING, does="No home in the plan"), [nobody])

    def reads_places(self) -> None:
        """Places by what they are used for; the filled ones are children counted elsewhere too."""
        self.reads_two_way("places", PLACES, "kind", "use", USES)
        for row in self.page["places"]:
            self.reads("places", row, "All places", of(PLACES) if row == TOTAL else of(PLACES, kind=row))
        for kind in self.page["places"].keys() & FILLED_BY:
            self.adds(of(PLACES, use=USES[0], kind=kind), [of(NOW, living=FILLED_BY[kind])])
        for use in self.page.get("own_fostering", {}).keys() & set(USES):
            own = [of(PLACES, use=use, kind=kind) for kind in OWN_FOSTERING if kind in self.page["places"]]
            self.reads("own_fostering", use, "Places", of(PLACES, own=use))
            self.adds(of(PLACES, own=use), own)
        homes = [row for row in self.values("living") if row.endswith("residential homes")]
        for row, cells in self.page["step_down"].items():
            if row.startswith("From a children's home") and cells.get("Looked at", "c") != "c":
                ages = ("16+",) if "from 16" in row else self.values("age")
                looked_at = of(NOW, way=row)
                self.is_(looked_at, int(cells["Looked at"]))
                self.adds(looked_at, (of(NOW, living=home, age=age) for home in homes for age in ages))

    def reads_outcomes(self) -> None:
        """Shares by characteristic, in the order of the tables above; of those asked about."""
        groups = [(by, value) for by in BY for value in self.values(by)]
        measures = {"out_of_area": (NOW, "out", "yes"), "over_20_miles": (NOW, "far", "yes")}
        measures |= {"three_or_more": (NOW, "moved", "yes"), "clean_sheet": (CLEAN, "state", IN)}
        for key, (universe, measure, yes) in measures.items():
            grid = self.page[f"equality_{key}"]
            for (by, value), (row, cells) in zip(groups, grid.items(), strict=True):
                part = of(universe, **{by: value, measure: yes})
                whole = of(universe, **{by: value})
                if key == "over_20_miles":
                    whole = of(universe, **{by: value, "distance": "known"})
                    self.at_most(whole, of(universe, **{by: value}))
                if cells["Children"] != "c":
                    self.is_(whole, int(cells["Children"].replace(",", "")))
                rest = of(universe, **{by: value, measure: f"not {yes}"})
                self.adds(whole, [part, rest])
                if cells["Share"] == "c":
                    self.hidden[f"equality_{key}", row, "Share"] = part
                    self.hidden[f"equality_{key}", row, "Share, the rest"] = rest
                self.share(part, whole, cells["Share"])
            for by in BY:
                parts = [of(universe, **{by: value, measure: yes}) for value in self.values(by)]
                self.adds(of(universe, **{measure: yes}), parts)
