"""Postcodes as people type them, and the cache of the directory under bad conditions."""

import logging
import multiprocessing
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.intake import postcode_directory
from matcher.intake.postcode_directory import directory_version, letter
from matcher.intake.postcodes import (
    explain_postcode,
    locate,
    locate_arrays,
    normalise_postcode,
    sample_postcodes,
)
from models.areas import UnknownAreaError
from models.geography import straight_line_miles

# The smallest letter of the directory that is all in Great Britain: Shetland.
SMALL = "Z"


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("PLACEWELL_CACHE", str(tmp_path))
    letter.cache_clear()
    yield tmp_path
    letter.cache_clear()


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("SG13 8DQ", "SG13 8DQ"),
        ("sg138dq", "SG13 8DQ"),
        ("  Sg1 38dq ", "SG13 8DQ"),
        ("SG13\u00a08DQ", "SG13 8DQ"),
        ("SG13-8DQ.", "SG13 8DQ"),
        ("\uff33\uff27\uff11\uff13 \uff18\uff24\uff31", "SG13 8DQ"),
        ("sw1a1aa", "SW1A 1AA"),
        ("E1  0AA", "E1 0AA"),
        ("e11aa", "E1 1AA"),
        ("M1 1AE", "M1 1AE"),
        ("SG13", "SG13"),
        ("SG13 8", "SG13 8"),
        ("SG138", "SG13 8"),
        ("SG1 3", "SG1 3"),
        ("EC1A 1", "EC1A 1"),
        ("E1", "E1"),
        ("", None),
        ("   ", None),
        (None, None),
        ("unknown", None),
        ("SG13 8D", None),
        ("SG13 8DQQ", None),
        ("1SG 8DQ", None),
        ("SGSG 8DQ", None),
        ("12345", None),
        ("N/A", None),
    ],
)
def test_normalise(typed: str | None, tidy: str | None) -> None:
    assert normalise_postcode(typed) == tidy


@given(
    st.text(max_size=12) | st.from_regex(r"\s*[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?([0-9]([A-Za-z]{2})?)?", fullmatch=True)
)
def test_normalise_twice_is_normalise_once(text: str) -> None:
    tidy = normalise_postcode(text)
    if tidy is not None:
        assert normalise_postcode(tidy) == tidy
        assert normalise_postcode(tidy.lower()) == tidy
        assert tidy.isascii()


@given(st.from_regex(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}", fullmatch=True), st.data())
def test_normalise_ignores_spaces_inside_a_full_postcode(postcode: str, data: st.DataObject) -> None:
    compact = postcode.replace(" ", "")
    cut = data.draw(st.integers(0, len(compact)))
    assert normalise_postcode(f"{compact[:cut]}  {compact[cut:].lower()}") == postcode


def test_known_postcodes() -> None:
    hertford, palace = locate(["sg138dq", "SW1A 1AA"])
    assert hertford is not None
    assert palace is not None
    assert (hertford.postcode, hertford.easting, hertford.northing) == ("SG13 8DQ", 532414, 211995)
    assert (hertford.district, hertford.utla, hertford.exact) == ("E07000242", "E10000015", True)
    assert (palace.district, palace.utla) == ("E09000033", "E09000033")
    assert straight_line_miles(hertford, palace) == 20.2


def test_order_and_repeats_are_kept() -> None:
    asked = ["SG13 8DQ", None, "zzz", "SW1A 1AA", "sg13 8dq"]
    found = locate(asked)
    assert [location is None for location in found] == [False, True, True, False, False]
    assert found[0] == found[4]
    assert locate([]) == []


def test_part_of_a_postcode_is_its_centre() -> None:
    table = letter("S")
    rows = [row for row, key in enumerate(table.keys.tolist()) if key.startswith(b"SG138")]
    sector, outcode = locate(["SG13 8", "SG13"])
    assert sector is not None
    assert outcode is not None
    assert sector.postcode == "SG13 8"
    assert not sector.exact
    assert not outcode.exact
    assert sector.easting == int(np.median(table.eastings[rows]))
    assert sector.northing == int(np.median(table.northings[rows]))
    assert sector.utla == outcode.utla == "E10000015"


def test_outcode_does_not_swallow_a_longer_one() -> None:
    table = letter("E")
    e1 = table.with_prefix("E1  ")
    assert {key[:4] for key in table.keys[e1].tolist()} == {b"E1  "}
    (found,) = locate(["E1"])
    assert found is not None
    assert found.easting == int(np.median(table.eastings[e1]))


def test_unknown_postcode_in_a_known_sector_takes_its_centre() -> None:
    unknown, sector = locate(["SG13 8ZZ", "SG13 8"])
    assert unknown is not None
    assert sector is not None
    assert (unknown.easting, unknown.northing, unknown.exact) == (sector.easting, sector.northing, False)
    assert unknown.postcode == "SG13 8ZZ"
    assert locate(["SG13 5ZZ", "QQ1 1QQ", "SG99"]) == [None, None, None]


def test_every_outcome_is_explained() -> None:
    assert explain_postcode("sg138dq") == "SG13 8DQ is in East Hertfordshire"
    assert "part of a postcode" in explain_postcode("SG13 8")
    assert "centre of its sector SG13 8, in East Hertfordshire" in explain_postcode("SG13 8ZZ")
    assert explain_postcode(None) == explain_postcode("  ") == "no postcode is given"
    assert "'n/k' is not a postcode: expected one such as SG13 8DQ" in explain_postcode("n/k")
    assert directory_version() in explain_postcode("QQ1 1QQ")


@pytest.mark.parametrize(
    ("postcode", "reason"),
    [("BT1 1AA", "Irish grid"), ("bt7", "Irish grid"), ("JE2 3AB", "Jersey"), ("IM1 1AA", "Isle of Man")],
)
def test_postcodes_off_the_british_grid_are_refused(postcode: str, reason: str) -> None:
    assert locate([postcode]) == [None]
    assert reason in explain_postcode(postcode)


def test_no_irish_coordinates_in_the_arrays() -> None:
    table = letter("B")
    assert not [key for key in table.keys.tolist() if key.startswith(b"BT")]
    assert not [code for code in table.codes.tolist() if code.startswith("N")]


def test_arrays_hold_the_same_as_locations() -> None:
    asked = ["SG13 8DQ", "nowhere", "SG13"]
    arrays = locate_arrays(asked)
    assert arrays.found.tolist() == [True, False, True]
    assert arrays.exact.tolist() == [True, False, False]
    assert arrays.districts[0] == "E07000242"
    assert arrays.utlas[2] == "E10000015"
    assert (int(arrays.eastings[0]), int(arrays.northings[0])) == (532414, 211995)
    assert arrays.eastings.dtype == np.int32
    assert len(locate_arrays([]).found) == 0


def test_sample_is_real_distinct_and_repeatable() -> None:
    first = sample_postcodes("E07000242", 50, np.random.default_rng(3))
    again = sample_postcodes("E07000242", 50, np.random.default_rng(3))
    other = sample_postcodes("E07000242", 50, np.random.default_rng(4))
    assert first == again
    assert first != other
    assert len({location.postcode for location in first}) == 50
    assert {location.district for location in first} == {"E07000242"}
    assert locate([location.postcode for location in first]) == first


def test_sample_refuses_what_it_cannot_give() -> None:
    with pytest.raises(ValueError, match="Isles of Scilly has 113 postcodes, 114 were asked for"):
        sample_postcodes("E06000053", 114, np.random.default_rng(0))
    with pytest.raises(UnknownAreaError):
        sample_postcodes("E07999999", 1, np.random.default_rng(0))


def test_cache_is_kept_and_read_back_equal(empty_cache: Path) -> None:
    decoded = letter(SMALL)
    (kept,) = empty_cache.iterdir()
    assert directory_version() in kept.name
    letter.cache_clear()
    again = letter(SMALL)
    for name in ("keys", "eastings", "northings", "areas", "codes"):
        assert np.array_equal(getattr(decoded, name), getattr(again, name))
    assert (np.sort(again.keys) == again.keys).all()


@pytest.mark.parametrize("damage", ["truncated", "empty", "flipped", "foreign"])
def test_spoilt_cache_is_noticed_and_rebuilt(empty_cache: Path, damage: str, caplog: pytest.LogCaptureFixture) -> None:
    good = letter(SMALL)
    (kept,) = empty_cache.iterdir()
    whole = kept.read_bytes()
    middle = len(whole) // 2
    kept.write_bytes(
        {
            "truncated": whole[:middle],
            "empty": b"",
            "flipped": whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :],
            "foreign": b"not an archive at all",
        }[damage]
    )
    letter.cache_clear()
    with caplog.at_level(logging.WARNING):
        again = letter(SMALL)
    assert "built again" in caplog.text
    assert np.array_equal(good.eastings, again.eastings)
    letter.cache_clear()
    caplog.clear()
    assert np.array_equal(letter(SMALL).keys, good.keys)
    assert not caplog.records
    assert [path.suffix for path in empty_cache.iterdir()] == [".npz"]


def test_killed_half_way_through_writing_leaves_no_half_letter(
    empty_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(np, "savez", killed)
        with pytest.raises(KeyboardInterrupt):
            letter(SMALL)
    assert not list(empty_cache.iterdir())
    (empty_cache / "postcodes-left-by-a-killed-process.part").write_bytes(b"half")
    assert len(letter(SMALL).keys) > 700


def test_cache_folder_that_cannot_be_written_only_costs_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    monkeypatch.setenv("PLACEWELL_CACHE", str(blocked / "cache"))
    letter.cache_clear()
    with caplog.at_level(logging.INFO):
        assert len(letter(SMALL).keys) > 700
    assert "not kept" in caplog.text
    letter.cache_clear()


def _count(_: int) -> int:
    letter.cache_clear()
    return len(letter(SMALL).keys)


def test_threads_and_processes_may_build_at_once(empty_cache: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        counts = set(pool.map(_count, range(8)))
    for path in empty_cache.iterdir():
        path.unlink()
    with ProcessPoolExecutor(3, mp_context=multiprocessing.get_context("spawn")) as processes:
        counts |= set(processes.map(_count, range(6)))
    assert len(counts) == 1
    assert [path.suffix for path in empty_cache.iterdir()] == [".npz"]


def test_cache_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PLACEWELL_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert postcode_directory.cache_folder() == tmp_path / "placewell"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative/is/ignored")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert postcode_directory.cache_folder() == tmp_path / "home" / ".cache" / "placewell"
    monkeypatch.setenv("PLACEWELL_CACHE", str(tmp_path / "own"))
    assert postcode_directory.cache_folder() == tmp_path / "own"


def test_package_switched_off_is_an_error_in_plain_words(empty_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QLAC_DISABLE_PC", "1")
    with pytest.raises(postcode_directory.PostcodeDirectoryError, match="QLAC_DISABLE_PC"):
        letter(SMALL)
    assert not list(empty_cache.iterdir())


def test_warm_cache_needs_no_pandas(empty_cache: Path) -> None:
    assert letter(SMALL)
    program = (
        "import sys; from matcher.intake.postcodes import locate;"
        "print(locate(['ZE1 0AA'])[0].exact, 'pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]
    assert len(list(empty_cache.iterdir())) == 1


def test_only_the_letters_asked_for_are_read(empty_cache: Path) -> None:
    locate(["ZE1 0AA", "BT1 1AA", "X1 1AA", None])
    assert [path.name[-6:] for path in empty_cache.iterdir()] == ["-Z.npz"]
