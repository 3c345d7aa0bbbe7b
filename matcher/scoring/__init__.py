"""How well each child fits each home, and why: levels, needs scores, pair scores and their explanation.

Names are imported when first asked for, because compiled code takes a second to load.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher.scoring.encoding import Encoded, encode
    from matcher.scoring.kernels import best_homes, score_pairs
    from matcher.scoring.needs_score import NeedsScore, score_children

_WHERE = {
    "Encoded": "encoding",
    "NeedsScore": "needs_score",
    "best_homes": "kernels",
    "encode": "encoding",
    "score_children": "needs_score",
    "score_pairs": "kernels",
}

__all__ = ["Encoded", "NeedsScore", "best_homes", "encode", "score_children", "score_pairs"]


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
