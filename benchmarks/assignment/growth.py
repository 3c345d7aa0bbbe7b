"""How time and memory grow with the number of children."""

from collections.abc import Sequence

import numpy as np

SHARES = (0.25, 0.5, 1.0, 2.0, 4.0)
"""Children of a county, beside as many as it has."""


def exponent(children: Sequence[int], figures: Sequence[float | None]) -> float | None:
    """The power of the number of children that fits the figures best; None where fewer than two are known.

    By least squares of the logarithms, over the sizes where there is a figure.
    """
    known = [(n, figure) for n, figure in zip(children, figures, strict=True) if figure]
    if len(known) < 2:
        return None
    log_n, log_figure = np.log(np.array(known, np.float64)).T
    return float(np.polyfit(log_n, log_figure, 1)[0])
