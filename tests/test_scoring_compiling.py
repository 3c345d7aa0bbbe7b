"""Compiled code is never older than what it was compiled from."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import numba
import pytest

from matcher.scoring.compiled import compiling

COMPILED, MODELS, *FILES = compiling._SOURCES
RUN = """
import sys
from pathlib import Path
from matcher.scoring.compiled import compiling
compiling._SOURCES = (Path(sys.argv[1]),)
sys.path.insert(0, sys.argv[1])
from callers import twice
print(twice(4))
"""
CALLERS = "from called import once\nfrom matcher.scoring.compiled.compiling import kernel\n\n\n"
CALLERS += "@kernel\ndef twice(n):\n    return once(once(n))\n"
CALLED = "from matcher.scoring.compiled.compiling import kernel\n\n\n@kernel\ndef once(n):\n    return n + {}\n"


def test_the_hash_changes_with_any_source_and_with_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("ONE = 1")
    first = compiling.source_hash(tmp_path)
    (tmp_path / "notes.txt").write_text("no source")
    assert compiling.source_hash(tmp_path) == first
    (tmp_path / "a.py").write_text("ONE = 2")
    assert compiling.source_hash(tmp_path) != first
    assert compiling.source_hash(tmp_path / "a.py") == compiling.source_hash(tmp_path)


def test_all_that_kernels_take_anything_from_is_among_the_sources() -> None:
    taken_from = set()
    for kernel in COMPILED.glob("*.py"):
        tree = ast.parse(kernel.read_text(encoding="utf-8"))
        taken_from |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    ours = {name for name in taken_from if name.split(".")[0] in ("matcher", "models", "solvers")}
    known = ("matcher.scoring.compiled", "models.", "matcher.scoring.arrays", "matcher.scoring.coding")
    # The folder of the cache is no part of what is compiled.
    assert {name for name in ours if not name.startswith(known)} == {"matcher.intake.postcode_directory"}
    assert {"arrays.py", "coding.py"} == {p.name for p in FILES}
    assert {"rules.py", "costs.py", "words.py", "search.py"} <= {p.name for p in COMPILED.glob("*.py")}
    assert {"rules.py", "vocabulary.py", "policy.py", "geography.py"} <= {p.name for p in MODELS.glob("*.py")}


@pytest.mark.skipif(bool(compiling._CONFIG.DISABLE_JIT), reason="nothing is compiled")
def test_code_is_kept_under_that_hash() -> None:
    kept = compiling.kernel(lambda n: n + 1)
    assert compiling.source_hash(COMPILED, MODELS, *FILES) in kept.stats.cache_path  # type: ignore[attr-defined]
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


def test_code_kept_for_old_sources_is_removed_after_a_day(tmp_path: Path) -> None:
    new, old, older = (tmp_path / f"kernels-{name}" for name in ("new", "old", "older"))
    for folder in (new, old, older, tmp_path / "other"):
        folder.mkdir()
        (folder / "code").touch()
    os.utime(older, times=(0, 0))
    os.utime(tmp_path / "other", times=(0, 0))
    compiling._remove_old(new)
    assert {folder.name for folder in tmp_path.iterdir()} == {"kernels-new", "kernels-old", "other"}
