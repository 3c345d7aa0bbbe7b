"""Compiled code is never older than what it was compiled from."""

import os
import subprocess
import sys
from pathlib import Path

import numba
import pytest

from matcher.scoring import compiling

SCORING, COMPILED, MODELS = compiling._SOURCES
RUN = """
import sys
from pathlib import Path
from matcher.scoring import compiling
compiling._SOURCES = (Path(sys.argv[1]),)
sys.path.insert(0, sys.argv[1])
from callers import twice
print(twice(4))
"""
CALLERS = "from called import once\nfrom matcher.scoring.compiling import kernel\n\n\n"
CALLERS += "@kernel\ndef twice(n):\n    return once(once(n))\n"
CALLED = "from matcher.scoring.compiling import kernel\n\n\n@kernel\ndef once(n):\n    return n + {}\n"


def test_the_hash_changes_with_any_source_and_with_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("ONE = 1")
    first = compiling.source_hash(tmp_path)
    (tmp_path / "notes.txt").write_text("no source")
    assert compiling.source_hash(tmp_path) == first
    (tmp_path / "a.py").write_text("ONE = 2")
    assert compiling.source_hash(tmp_path) != first


def test_rules_and_kernels_are_among_the_sources() -> None:
    assert {"arrays.py", "coding.py"} <= {p.name for p in SCORING.glob("*.py")}
    assert {"rules.py", "costs.py", "words.py", "search.py"} <= {p.name for p in COMPILED.glob("*.py")}
    assert {"rules.py", "vocabulary.py", "policy.py", "geography.py"} <= {p.name for p in MODELS.glob("*.py")}


@pytest.mark.skipif(bool(compiling._CONFIG.DISABLE_JIT), reason="nothing is compiled")
def test_code_is_kept_under_that_hash() -> None:
    kept = compiling.kernel(lambda n: n + 1)
    assert compiling.source_hash(SCORING, COMPILED, MODELS) in kept.stats.cache_path  # type: ignore[attr-defined]
    assert numba.njit(cache=True)(compiling.source_hash).stats.cache_path != kept.stats.cache_path  # type: ignore[attr-defined]


def test_a_function_of_another_file_that_changed_is_compiled_in_anew(tmp_path: Path) -> None:
    """numba alone would answer 6 again: the file of the caller is the same."""
    (tmp_path / "callers.py").write_text(CALLERS)
    for step in (1, 10):
        (tmp_path / "called.py").write_text(CALLED.format(step))
        command = [sys.executable, "-c", RUN, str(tmp_path)]
        kept = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path / "kept")}
        done = subprocess.run(command, env=kept, capture_output=True, text=True, check=True)
        assert done.stdout.split() == [str(4 + 2 * step)]
