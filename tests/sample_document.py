"""A document with every kind of block, every mark and hostile words, for the tests of writers."""

from matcher.reports.document import (
    Bullets,
    Document,
    Fact,
    Facts,
    Heading,
    Mark,
    Money,
    Paragraph,
    Percent,
    Section,
    Table,
    Tone,
)
from matcher.reports.drawing.bars import bars
from matcher.reports.drawing.district_map import district_map
from matcher.reports.drawing.intervals import intervals
from matcher.reports.drawing.lines import lines
from matcher.reports.drawing.matrix import matrix
from matcher.reports.drawing.scatter import LinePoint, scatter
from models.geography import district_name, districts_of

HOSTILE = "<script>alert(1)</script> & \"quoted\" 'single' #panic() $x$ `raw` *bold* _it_ @ref <l> \\ [a](b) {{ 7*7 }}"
FORMULA = '=HYPERLINK("https://evil.example","click")'
CONTROL = "before\x00\x0b\ud800after"


class OurInt(int):
    """A number of a class of its own, as the copies of a statement make them."""


class OurFloat(float):
    """A decimal of a class of its own."""


class OurMoney(Money):
    """An amount of a class of its own."""


class OurPercent(Percent):
    """A share of a class of its own."""


H, Z, X = Mark.HIDDEN, Mark.NOT_APPLICABLE, Mark.NOT_AVAILABLE

KINDS = Table(
    "kinds",
    "Children by kind of home and outcome",
    ("Kind of home", "Matched in the area", "Matched outside it", "No home", "Weekly cost", "In the area"),
    [
        ("Specialist fostering for very complex needs", OurInt(1204), 33, H, OurMoney(123456), OurPercent(66.44)),
        ("Children's homes", 40, H, H, Money(512300), Percent(0.0)),
        ("Supported accommodation", 20, 14, 30, Money(-99900), Percent(100.0)),
        ("Secure", 0, 0, 0, X, Z),
        ("All", 1264, 47, 33, Money(536000), Percent(50.0)),
    ],
    note="Counted once each, where the child is on the day.",
    source="Own case, SSDA903 episodes",
    total=True,
)  # fmt: skip
GRID = Table(
    "grid",
    "Children short of a home by kind and age",
    ("Kind", "Under 1", "1 to 4", "5 to 9", "10 to 15", "16 and 17"),
    [("Fostering", 0, 3, 12, 40, H), ("Children's homes", Z, H, 2, 31, 8), ("Secure", Z, Z, 0, 1, 0)],
    shaded=[(0, 0, 1, 2, 5, 0), (0, 0, 0, 1, 4, 1), (0, 0, 0, 0, 1, 0)],
)
WORDS = Table(
    "words",
    "Words that must stay words",
    ("What", "Value", FORMULA),
    [(HOSTILE, 1, FORMULA), (CONTROL, OurFloat(0.25), "+44 20"), ("=1+1", OurFloat(12.34), "-"), ("", X, "@SUM(A1)")],
    note=HOSTILE,
    source=FORMULA,
)
LONG = Table(
    "long",
    "Every child who waits",
    ("Child", "Age", "Weekly cost", "Why no home was found"),
    [(f"C{i:03}", i % 18, Money(i * 12345), "Every home with the right registration is full") for i in range(200)],
)
WIDE = Table(
    "wide",
    "Quarterly indicators",
    ("Indicator", *(f"Quarter {i} with a long name" for i in range(1, 13))),
    [(f"Indicator {i} as it is defined", *(Percent(i + j) for j in range(12))) for i in range(6)],
)
SCATTER = Table(
    "fees",
    "Fees against needs",
    ("Child", "Needs score", "Fee, £ a week"),
    [(f"C{i}", OurFloat(10 + i), Money((60_000 if i % 9 else 150_000) + 5_000 * i)) for i in range(40)],
)
MONTHS = Table(
    "months",
    "Children looked after",
    ("Month", "All", "Without UASC"),
    [(f"Month {i}", 900 + i, H if i == 2 else X if i == 5 else 800 - i) for i in range(12)],
)
SHARES = Table(
    "shares",
    "In the area",
    ("Group", "In the area", "Low", "High"),
    [("Boys", Percent(64.0), Percent(55.0), Percent(71.0)), ("Girls", Percent(70.0), Percent(63.0), Percent(78.0)),
     ("Disabled", H, H, H)],
)  # fmt: skip


def districts() -> tuple[Table, tuple[str | None, ...]]:
    codes = districts_of("E10000015")
    rows = [(district_name(code) or "", H if i == 3 else 2 * i, 10 + i) for i, code in enumerate(codes)]
    table = Table(
        "districts", "Short of a home by district", ("District", "Short", "Live here"), [*rows, ("Other", 1, 2)]
    )
    return table, (*codes, None)


def sample_document() -> Document:
    by_district, codes = districts()
    line = [LinePoint(10, 1100, 500, 1700), LinePoint(50, 3100, 2500, 3700)]
    drawn = Section(
        "drawn",
        "Pictures",
        (
            bars(KINDS, (1, 2, 3), alt="Most children are matched in the area."),
            matrix(GRID, alt=f"Teenagers are short. {HOSTILE}", title=HOSTILE),
            district_map(by_district, codes, 1, circle=2, alt="The south is short."),
            scatter(SCATTER, 1, 2, alt="Five fees lie far above the line.", line=line, outliers=(0, 9, 18, 27, 36)),
            lines(MONTHS, (1, 2), alt="The number grows.", target=850),
            intervals(SHARES, 1, 2, 3, alt="The ranges overlap.", reference=66.0, reference_words="All"),
        ),
    )
    said = Section(
        "summary",
        "Summary",
        (
            Paragraph("What was found, in one sentence.", Tone.LEAD),
            Paragraph(HOSTILE),
            Facts((Fact("1,204", "children looked after"), Fact("66.4%", HOSTILE, True), Fact("£1.2m", "a week"))),
            Heading("What follows"),
            Bullets(("Look for carers", HOSTILE, CONTROL)),
            Paragraph("A note.", Tone.NOTE),
            Paragraph("Something must be done.", Tone.WARNING),
        ),
    )
    tables = Section("tables", "Tables & more", (KINDS_AGAIN, WORDS, LONG, WIDE, EMPTY))
    return Document(
        f"Sufficiency {HOSTILE}", "At 31 March", "SYNTHETIC DATA", (said, drawn, tables), "Made by Placewell."
    )


KINDS_AGAIN = Table("kinds_again", KINDS.title, KINDS.columns, KINDS.rows, KINDS.note, KINDS.source, total=True)
EMPTY = Table("empty", "Nobody", ("Child", "Age"), ())


def young_document() -> Document:
    words = "We want you to live in a home where you feel safe and can be yourself, near the people you know. "
    now = (
        Paragraph(words * 3),
        Facts(
            (
                Fact("1,204", "live with carers"),
                Fact("66%", "live in our area"),
                Fact("1 in 10", "live far away"),
            )
        ),
        Heading("What works"),
        Paragraph(words * 3),
        Bullets(("Most live with a family.", "Many live with brothers and sisters.", "Most stay at the same school.")),
    )
    then = (
        Paragraph(words * 3),
        Heading("What we will do"),
        Bullets(("Look for more carers.", "Find homes nearer to school.", "Keep families together.", "Ask you.")),
        Heading("Who to talk to"),
        Paragraph(words * 2 + "You can call Childline on 0800 1111, at any time, for free."),
    )
    sections = (Section("now", "Where you live", now), Section("next", "What happens next", then))
    return Document("Homes for children and young people", "Greenshire, 31 March", "SYNTHETIC DATA", sections, "By us.")
