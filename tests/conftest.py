"""For every test: the cases tests make are not kept among those of whoever runs them."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

import matcher.intake.case
from matcher.intake import case_cache
from matcher.intake.archive import SourceFile
from matcher.intake.findings import Log
from matcher.intake.reading import Progress, Reading
from tests.make_files import MESSY, write_case

os.environ[case_cache.SWITCH] = "no"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the test's own cases are kept; postcodes stay where they are."""
    monkeypatch.delenv(case_cache.SWITCH)
    monkeypatch.setattr(case_cache, "cache_folder", lambda: tmp_path / "cache")
    return tmp_path / "cache" / "cases"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A small case with a home that is set aside."""
    return write_case(tmp_path / "case", MESSY)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number of files each time that files were really read."""
    done: list[int] = []
    real = matcher.intake.case.read_files

    def counted(files: Sequence[SourceFile], log: Log, tell: Progress) -> Reading:
        done.append(len(files))
        return real(files, log, tell)

    monkeypatch.setattr(matcher.intake.case, "read_files", counted)
    return done
