"""What is kept of a case is for its user alone, cannot run code, does not pile up, and cannot stop a command."""

import json
import os
import threading
import time
from hashlib import sha256
from pathlib import Path

import pytest

from matcher.intake import case_cache
from matcher.intake.case import read_case
from matcher.intake.case_cache import forget, read_kept
from tests.make_files import FILES, write_case


def names(cache: Path) -> list[str]:
    return sorted(path.name for path in cache.iterdir())


def only(cache: Path) -> Path:
    (path,) = cache.iterdir()
    return path


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
