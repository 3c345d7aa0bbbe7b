"""How well each child fits each home, and why: levels, needs scores, pair scores and their explanation.

Names are imported when first asked for, because compiled code takes a second to load.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher.scoring.assumptions import AssumedFact
    from matcher.scoring.deciding import DecidingAnswer, deciding_answers
    from matcher.scoring.encoding import Encoded, encode
    from matcher.scoring.explain_parts import Part
    from matcher.scoring.explain_rules import FailedRule
    from matcher.scoring.explanation import Explanation, explain
    from matcher.scoring.kernels import best_children, best_homes, pairs_under, score_pairs, search_homes
    from matcher.scoring.needs_score import NeedsScore, score_children
    from matcher.scoring.parts import PARTS, parts_of
    from matcher.scoring.sensitivity import Flip, first_flips
    from matcher.scoring.warming import warm_up

__all__ = [
    "PARTS",
    "AssumedFact",
    "DecidingAnswer",
    "Encoded",
    "Explanation",
    "FailedRule",
    "Flip",
    "NeedsScore",
    "Part",
    "best_children",
    "best_homes",
    "deciding_answers",
    "encode",
    "explain",
    "first_flips",
    "pairs_under",
    "parts_of",
    "score_children",
    "score_pairs",
    "search_homes",
    "warm_up",
]

_MODULE_OF = {
    "PARTS": "parts",
    "AssumedFact": "assumptions",
    "DecidingAnswer": "deciding",
    "Encoded": "encoding",
    "Explanation": "explanation",
    "FailedRule": "explain_rules",
    "Flip": "sensitivity",
    "NeedsScore": "needs_score",
    "Part": "explain_parts",
    "best_children": "kernels",
    "best_homes": "kernels",
    "deciding_answers": "deciding",
    "encode": "encoding",
    "explain": "explanation",
    "first_flips": "sensitivity",
    "pairs_under": "kernels",
    "parts_of": "parts",
    "score_children": "needs_score",
    "score_pairs": "kernels",
    "search_homes": "kernels",
    "warm_up": "warming",
}


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
