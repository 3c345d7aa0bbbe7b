"""Reading files, scoring, ranking, explaining, reporting: what stands on ``models`` and ``solvers``.

The folders are top-level import packages, so a ``models.py`` beside somebody's notebook would hide ours; that is
noticed here, at the first import, and said in words.
"""

import models
import solvers

for _package in (models, solvers):
    if getattr(_package, "PLACEWELL", None) != _package.__name__:
        _where = getattr(_package, "__file__", None) or "a folder without __init__.py"
        raise ImportError(
            f"Placewell needs its own package '{_package.__name__}', but Python found another: {_where}. "
            "Rename that file or folder, or run from a different folder, and try again."
        )
