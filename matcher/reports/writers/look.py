"""Colours that every format shares. Pairs of ground and ink have a contrast of 4.5 to 1 or more (WCAG 2.2, 1.4.3)."""

INK, QUIET, LINE, TINT, PAPER = "#14212b", "#4a5a66", "#c3ccd3", "#f2f5f7", "#ffffff"
BLUE, RED = "#1b5e93", "#a8201a"
BANNER = ("#ffe9a8", "#3d2c00")
HEAT = (
    ("#f7f9fa", INK),
    ("#fbe3da", INK),
    ("#f4bfae", INK),
    ("#e58f78", INK),
    ("#c3412f", PAPER),
    ("#8c1710", PAPER),
)
"""Grounds and inks of shades 0 to 5: ever darker, so that they also read in grey."""
SERIES = (
    ("#12436d", PAPER),
    ("#28a197", INK),
    ("#f2b134", INK),
    ("#a8326e", PAPER),
    ("#c9d3db", INK),
    ("#5c5c5c", PAPER),
)
"""Grounds and inks of the parts of a chart: told apart with any colour vision, neighbours also in grey."""
