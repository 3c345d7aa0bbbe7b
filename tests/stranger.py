"""Somebody who reads only what is published: its tables, what their words define, and that children are whole."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from ortools.sat.python import cp_model

IN, SHORT = "A home in the area", "Short of a home in the area"
_CELL = r"<t[hd][^>]*>(.*?)</t[hd]>"
Count = frozenset[str]
"""What a figure says of the children: ``{"looked after", "age: 16+"}``."""

OF_ALL = ("age", "sex", "ethnic_group", "disabled", "uasc", "living", "locality", "distance", "wishes")
CROSSED = {
    "living_age": ("living", "age"), "living_locality": ("living", "locality"), "locality_age": ("locality", "age"),
}  # fmt: skip
CLEAN_BY = {"clean_kind": "kind", "clean_age": "age", "clean_need": "need", "clean_come_from": "from"}
FAR_FROM_HOME = "Living over 20 miles from home"
MEASURES = {
    "Living out of the authority's area": "out",
    FAR_FROM_HOME: "far",
    "Three or more placements in the year": "moved",
}
OUTSIDE = "In an adjoining authority", "At a distance"
FAR = ("In the area, over 20 miles from home", "Out of the area, over 20 miles from home")
SAME_AGES = {"Aged 16 and over": ("16+",), "Teenagers": ("13-15", "16+")}
BANDS = tuple(f"Long-term stability, ages {ages}" for ages in ("1 to 4", "5 to 9", "10 to 15"))
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
Grid = dict[str, dict[str, str]]
"""A table as printed: by row and column."""


def tables_of(page: str) -> dict[str, Grid]:
    """Every table of a web page by its key, those behind pictures included; cells are words as printed."""
    found = {}
    for key, body in re.findall(r'<caption id="(?:behind-)?(\w+)-caption">(.*?)</table>', page, re.S):
        rows = [
            [unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in re.findall(_CELL, row, re.S)]
            for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.S)
        ]
        head, *rest = rows
        found[key] = {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rest}
    return found


def of(universe: str, **said: str) -> Count:
    """What a figure says."""
    return frozenset({universe, *(f"{key}: {value}" for key, value in said.items())})


@dataclass
class Stranger:
    """Somebody who reads the public page, knows what its words mean, and can solve sums in whole numbers."""

    page: Mapping[str, Grid]
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    counts: dict[Count, cp_model.IntVar] = field(default_factory=dict)
    hidden: dict[tuple[str, str, str], Count] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reads_children()
        self.reads_outcomes()
        self.reads_indicators()
        self.reads_clean_sheet()
        self.reads_places()

    def number(self, count: Count) -> cp_model.IntVar:
        """The variable of a count."""
        if count not in self.counts:
            self.counts[count] = self.model.new_int_var(0, 10_000, "")
        return self.counts[count]

    def reads(self, key: str, row: str, column: str, count: Count) -> None:
        """One printed figure: its number, or that it is not shown."""
        shown = self.page[key][row][column].replace(",", "")
        if shown == "c":
            self.hidden[key, row, column] = count
            self.number(count)
        else:
            self.model.add(self.number(count) == int(shown))

    def adds(self, whole: Count, parts: Iterable[Count]) -> None:
        """A whole is its parts together."""
        self.model.add(self.number(whole) == sum(self.number(part) for part in parts))

    def at_most(self, part: Count, whole: Count) -> None:
        """Nobody is in a part who is not in the whole."""
        self.model.add(self.number(part) <= self.number(whole))

    def share(self, part: Count, whole: Count, shown: str) -> None:
        """A share to one decimal lies within half a tenth of what is printed."""
        if match := re.match(r"(\d+)\.(\d)%", shown):
            tenths = int(match[1] + match[2])
            self.model.add(2000 * self.number(part) <= (2 * tenths + 1) * self.number(whole))
            self.model.add(2000 * self.number(part) >= (2 * tenths - 1) * self.number(whole))

    def values(self, key: str) -> list[str]:
        """The rows of a table but its total."""
        return [row for row in self.page[key] if row != "All"]

    def reads_children(self) -> None:
        """Children looked after: one thing at a time, two together, and district by district."""
        everyone = of("now")
        for key in OF_ALL:
            rows = self.values(key)
            for row in self.page[key]:
                self.reads(key, row, "Children", everyone if row == "All" else of("now", **{key: row}))
            self.adds(everyone, (of("now", **{key: row}) for row in rows))
        for key, (down, across) in CROSSED.items():
            columns = [column for column in next(iter(self.page[key].values())) if column != "All"]
            for row in self.page[key]:
                for column in columns:
                    self.reads(key, row, column, of("now", **{down: row, across: column}))
                self.adds(of("now", **{down: row}), (of("now", **{down: row, across: each}) for each in columns))
            for column in columns:
                rows = self.values(key)
                self.adds(of("now", **{across: column}), (of("now", **{down: row, across: column}) for row in rows))
        for column, key in (("Children who come from here", "from"), ("Children who live here", "live_in")):
            rows = self.values("districts")
            for row in rows:
                self.reads("districts", row, column, of("now", **{key: row}))
            self.adds(everyone, (of("now", **{key: row}) for row in rows))
        self.adds(of("now", out="yes"), [of("now", live_in="Outside the authority")])

    def reads_outcomes(self) -> None:
        """Shares by characteristic, of everybody in a group or, for miles, perhaps of those whose distance is known."""
        of_known = self.page["equality_uasc"]["Yes"][FAR_FROM_HOME] != "0.0%"
        for key in ("sex", "age", "ethnic_group", "disabled", "uasc"):
            grid = self.page[f"equality_{key}"]
            for row, cells in grid.items():
                for column, measure in MEASURES.items():
                    part, whole = of("now", **{key: row, measure: "yes"}), of("now", **{key: row})
                    if of_known and measure == "far":
                        known = of("now", **{key: row, "distance": "known"})
                        self.at_most(known, whole)
                        whole = known
                    self.at_most(part, whole)
                    self.share(part, whole, cells[column])
            for measure in MEASURES.values():
                self.adds(of("now", **{measure: "yes"}), (of("now", **{key: row, measure: "yes"}) for row in grid))
        self.adds(of("now", out="yes"), (of("now", locality=each) for each in OUTSIDE))
        self.adds(of("now", far="yes"), (of("now", distance=each) for each in FAR))
        for age in self.values("age"):
            self.adds(of("now", age=age, out="yes"), (of("now", age=age, locality=each) for each in OUTSIDE))

    def reads_indicators(self) -> None:
        """``12.0% (108 of 903)`` gives both numbers."""
        for row, cells in self.page["quarterly"].items():
            for column in ("Previous quarter", "Now"):
                if match := re.search(r"\(([\d,]+) of ([\d,]+)\)", cells[column]):
                    for which, shown in zip(("yes", "all"), match.groups(), strict=True):
                        self.model.add(self.number(of(column, indicator=row, of=which)) == int(shown.replace(",", "")))
        for column in ("Previous quarter", "Now"):
            for which in ("yes", "all"):
                bands = [of(column, indicator=band, of=which) for band in BANDS]
                self.adds(of(column, indicator="Long-term stability", of=which), bands)
        named = {"out": "Living out of the authority's area", "far": FAR_FROM_HOME}
        for measure, row in named.items():
            self.adds(of("now", **{measure: "yes"}), [of("Now", indicator=row, of="yes")])
        young = "Aged 16 and 17 in regulated settings or with family"
        self.adds(of("now", age="16+"), [of("Now", indicator=young, of="all")])

    def reads_clean_sheet(self) -> None:
        """Who is short of a home in the area, by kind, age, needs, district and group."""
        for key, name in CLEAN_BY.items():
            for row in self.page[key]:
                said = {} if row == "All" else {name: row}
                for column in (IN, SHORT):
                    self.reads(key, row, column, of("clean", short=column, **said))
                self.adds(of("clean", **said), (of("clean", short=column, **said) for column in (IN, SHORT)))
                self.share(of("clean", short=SHORT, **said), of("clean", **said), self.page[key][row]["Short, share"])
            for column in (IN, SHORT):
                rows = self.values(key)
                self.adds(of("clean", short=column), (of("clean", short=column, **{name: row}) for row in rows))
        self.reads_reasons()
        for row in self.page["groups"]:
            for column in (IN, SHORT):
                self.reads("groups", row, column, of("clean", short=column, group=row))
                group = of("clean", short=column, group=row)
                self.at_most(group, of("clean", short=column))
                if row in SAME_AGES:
                    self.adds(group, (of("clean", short=column, age=age) for age in SAME_AGES[row]))
        grid = self.page["short_by_age"]
        ages = list(next(iter(grid.values())))
        for kind in grid:
            for age in ages:
                self.reads("short_by_age", kind, age, of("clean", short=SHORT, kind=kind, age=age))
            self.adds(of("clean", short=SHORT, kind=kind), (of("clean", short=SHORT, kind=kind, age=a) for a in ages))
        for age in ages:
            self.adds(of("clean", short=SHORT, age=age), (of("clean", short=SHORT, kind=k, age=age) for k in grid))

    def reads_reasons(self) -> None:
        """Why children are short: whoever is short has one reason."""
        grid = self.page["clean_kind_why"]
        reasons = [column for column in grid["All"] if column != "All"]
        for row in grid:
            said = {} if row == "All" else {"kind": row}
            for reason in reasons:
                self.reads("clean_kind_why", row, reason, of("clean", why=reason, **said))
            if not said:
                self.adds(of("clean", short=SHORT), (of("clean", why=reason) for reason in reasons))
        for reason in reasons:
            rows = self.values("clean_kind_why")
            self.adds(of("clean", why=reason), (of("clean", why=reason, kind=row) for row in rows))
        for table, universe in (("clean", "clean"), ("now", "waiting")):
            for row in self.page[table]:
                self.reads(table, row, "Children", of(universe) if row == "All" else of(universe, does=row))
            self.adds(of(universe), (of(universe, does=row) for row in self.values(table)))
        self.adds(of("clean", short=IN), [of("clean", does="Matched in the area")])

    def reads_places(self) -> None:
        """Places by what they are used for; the filled ones are children counted elsewhere too."""
        grid = self.page["places"]
        states = list(grid["All"])[:4]
        for row in grid:
            said = {} if row == "All" else {"kind": row}
            for column in (*states, "All places"):
                more = {} if column == "All places" else {"state": column}
                self.reads("places", row, column, of("places", **said, **more))
            self.adds(of("places", **said), (of("places", state=state, **said) for state in states))
        for state in states:
            self.adds(of("places", state=state), (of("places", state=state, kind=row) for row in self.values("places")))
        for kind in grid.keys() & FILLED_BY:
            self.adds(of("places", state=states[0], kind=kind), [of("now", living=FILLED_BY[kind])])

    def ranges(self) -> Iterator[tuple[tuple[str, str, str], int, int]]:
        """Every hidden figure with the least and the most it can be."""
        found: dict[Count, tuple[int, int]] = {}
        for where, count in self.hidden.items():
            if count not in found:
                found[count] = self.bound(count, -1), self.bound(count, 1)
            yield where, *found[count]

    def bound(self, count: Count, sign: int) -> int:
        """The most (sign 1) or the least (sign -1) a count can be."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        self.model.maximize(sign * self.number(count))
        status = solver.solve(self.model)
        assert status == cp_model.OPTIMAL, f"the public figures contradict each other: {solver.status_name(status)}"
        return int(solver.value(self.number(count)))
