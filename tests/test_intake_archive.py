import io
import os
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from matcher.intake import archive
from matcher.intake.archive import ArchiveError, source_files
from matcher.intake.case import read_case
from matcher.intake.findings import Log
from tests.make_files import case_of, one, write_case


def zip_of(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return path


def paths(path: Path, log: Log | None = None) -> list[str]:
    return [file.path for file in source_files(path, log or Log())]


def test_a_zip_is_read_like_the_folder_it_was_made_of(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    members = {f"inside/{p.relative_to(folder)}": p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    zipped = read_case(zip_of(tmp_path / "case.zip", members))
    assert case_of(zipped).children == case_of(read_case(folder)).children
    assert case_of(zipped).homes == case_of(read_case(folder)).homes


def test_names_that_lead_out_of_the_case_are_refused(tmp_path: Path) -> None:
    names = ["../up.csv", "/root.csv", "a/../../b.csv", "c:/x.csv", "..\\win.csv", "fine/name.csv"]
    log = Log()
    read = paths(zip_of(tmp_path / "z.zip", dict.fromkeys(names, b"a")), log)
    assert read == ["fine/name.csv"]
    assert {finding.file for finding in log.findings} == {name.replace("\\", "/") for name in names[:-1]}
    assert {finding.code for finding in log.findings} == {"file-refused"}


def test_a_zip_bomb_is_refused_by_what_it_says_and_by_what_it_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST_FILE_BYTES", 1_000)
    big = zip_of(tmp_path / "big.zip", {"a.csv": b"0" * 5_000, "b.csv": b"fine"})
    log = Log()
    assert paths(big, log) == ["b.csv"]
    assert "MB large" in log.findings[0].message
    lying = bytearray(big.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = lying.index(signature) + offset
        lying[at : at + 4] = struct.pack("<I", 10)
    (tmp_path / "lying.zip").write_bytes(lying)
    log = Log()
    assert paths(tmp_path / "lying.zip", log) == ["b.csv"]
    assert log.findings[0].code == "file-refused"


def test_the_whole_case_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 1_500)
    monkeypatch.setattr(archive, "MOST_FILES", 3)
    log = Log()
    many = zip_of(tmp_path / "z.zip", {f"{i}.csv": b"0" * 600 for i in range(6)})
    assert paths(many, log) == ["0.csv", "1.csv"]
    assert len(log.findings) == 4


def test_files_beyond_the_number_read_are_one_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_FILES", 3)
    (tmp_path / "folder").mkdir()
    for i in range(9):
        (tmp_path / "folder" / f"{i}.csv").write_bytes(b"0")
    for place in (zip_of(tmp_path / "z.zip", {f"{i}.csv": b"0" for i in range(9)}), tmp_path / "folder"):
        log = Log()
        assert paths(place, log) == ["0.csv", "1.csv", "2.csv"]
        assert [(f.code, f.file) for f in log.findings] == [("files-too-many", "3.csv")]
        assert "6 files" in log.findings[0].message


def test_files_of_kinds_never_read_use_up_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_FILES", 1)
    monkeypatch.setattr(archive, "MOST_FILE_BYTES", 10)
    (tmp_path / "a film.mp4").write_bytes(b"0" * 5_000)
    (tmp_path / "photo.jpg").write_bytes(b"0" * 5)
    (tmp_path / "z.csv").write_bytes(b"a,b\n")
    log = Log()
    assert paths(tmp_path, log) == ["a film.mp4", "photo.jpg", "z.csv"]
    assert log.findings == []


def test_links_to_nothing_pipes_and_loops_are_told_of_or_not_followed(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "up").symlink_to("..")
    (tmp_path / "gone.csv").symlink_to(tmp_path / "nowhere")
    (tmp_path / "self.csv").symlink_to("self.csv")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "folder.csv" / "part.csv").write_bytes(b"a,b\n")
    os.mkfifo(tmp_path / "pipe.csv")
    log = Log()
    assert paths(tmp_path, log) == ["folder.csv/part.csv"]
    assert {(f.code, f.file) for f in log.findings} == {
        ("link-not-followed", "inner/up"),
        ("file-refused", "gone.csv"),
        ("file-refused", "self.csv"),
        ("file-refused", "pipe.csv"),
    }


def test_a_folder_or_file_that_may_not_be_read_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locked").mkdir()
    (tmp_path / "locked" / "homes.csv").write_bytes(b"a")
    (tmp_path / "secret.csv").write_bytes(b"a")
    (tmp_path / "fine.csv").write_bytes(b"a")
    scan, stat = os.scandir, Path.stat

    def refusing_scan(path: str) -> Any:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    def refusing_stat(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if self.name == "secret.csv":
            raise PermissionError(13, "Permission denied", str(self))
        return stat(self, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(os, "scandir", refusing_scan)
    monkeypatch.setattr(Path, "stat", refusing_stat)
    log = Log()
    assert paths(tmp_path, log) == ["fine.csv"]
    assert {(f.code, f.file) for f in log.findings} == {("file-refused", "locked"), ("file-refused", "secret.csv")}
    assert all("Permission denied" in f.message for f in log.findings)


def test_a_case_that_may_not_be_opened_is_an_error_in_words(tmp_path: Path) -> None:
    reading = read_case(tmp_path / ("long" * 100))
    assert reading.case is None
    assert "cannot be opened" in one(reading, "case-not-opened").message


def test_a_locked_member_is_refused_in_words(tmp_path: Path) -> None:
    data = bytearray(zip_of(tmp_path / "z.zip", {"a.csv": b"secret"}).read_bytes())
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(data)
    log = Log()
    assert paths(tmp_path / "locked.zip", log) == []
    assert "password" in log.findings[0].message


def test_a_damaged_member_is_refused_and_the_rest_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as made:
        made.writestr("a.csv", b"aaaaaaaa")
        made.writestr("b.csv", b"bbbbbbbb")
    data = (tmp_path / "z.zip").read_bytes().replace(b"aaaaaaaa", b"aaaaXaaa")
    (tmp_path / "z.zip").write_bytes(data)
    log = Log()
    assert paths(tmp_path / "z.zip", log) == ["b.csv"]
    assert "damaged" in log.findings[0].message


def test_clutter_is_passed_over_without_a_word(tmp_path: Path) -> None:
    for name in (".DS_Store", "~$homes.xlsx", "Thumbs.db", "__MACOSX/homes.csv", "homes.csv", ".git/config.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"a")
    log = Log()
    assert paths(tmp_path, log) == ["homes.csv"]
    assert log.findings == []


def test_what_is_neither_folder_nor_zip_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no folder or zip"):
        source_files(tmp_path / "none", Log())
    (tmp_path / "a.zip").write_bytes(b"no zip")
    with pytest.raises(ArchiveError, match="neither"):
        source_files(tmp_path / "a.zip", Log())


@pytest.mark.parametrize("cut", [10, 40, -5])
def test_a_cut_zip_gives_an_error_and_no_case(tmp_path: Path, cut: int) -> None:
    data = zip_of(tmp_path / "z.zip", {"a.csv": b"a" * 100}).read_bytes()
    (tmp_path / "z.zip").write_bytes(data[:cut])
    reading = read_case(tmp_path / "z.zip")
    assert reading.case is None
    assert reading.has_errors


def test_a_file_with_a_hostile_name_is_shown_without_its_control_characters(tmp_path: Path) -> None:
    reading = read_case(zip_of(tmp_path / "z.zip", {"a\x1b[31m.csv": b"x,y\n1,2\n"}))
    assert "\x1b" not in one(reading, "file-not-recognised").file


def test_a_big_member_is_unpacked_in_pieces() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.csv", b"0" * 3_000_000)
    with zipfile.ZipFile(stream) as made:
        assert archive._unpack(made, made.infolist()[0]) == b"0" * 3_000_000
