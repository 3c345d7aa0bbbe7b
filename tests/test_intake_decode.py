import contextlib
import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.intake.decode import csv_rows, decode, delimiter

TEXT = "child_id,religion\nC1,Zoë's café £5 €6\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_is_read_in_every_encoding_that_spreadsheets_save(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)).text == TEXT


def test_bytes_that_mean_nothing_are_counted() -> None:
    decoded = decode(b"caf\xe9 \x81 \x8d")
    assert decoded.text == "café \N{REPLACEMENT CHARACTER} \N{REPLACEMENT CHARACTER}"
    assert decoded.unreadable_characters == 2


def test_nul_characters_are_taken_out_and_counted() -> None:
    decoded = decode(b"child_id,a\nC\x001,b long enough line of text\n")
    assert decoded.text.startswith("child_id,a\nC1,b")
    assert decoded.nul_characters == 1


@pytest.mark.parametrize("data", [b"", b"x", b"\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\0", b"\x81", b"\xfe\xff\0"])
def test_the_smallest_files_do_no_harm(data: bytes) -> None:
    assert len(csv_rows(decode(data).text)) <= 1


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded(data: bytes) -> None:
    with contextlib.suppress(csv.Error):
        csv_rows(decode(data).text)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_cells_are_separated_by_the_commonest_mark_of_the_headings(mark: str) -> None:
    text = mark.join(["a", '"b;,b"', "c"]) + "\n" + mark.join(["1", "2", "3"])
    assert delimiter(text) == mark
    assert csv_rows(text) == [["a", "b;,b", "c"], ["1", "2", "3"]]


def test_quoted_cells_hold_line_breaks_and_rows_are_counted_as_people_see_them() -> None:
    assert csv_rows('a,b\n"1\n2",3\n\n4,5\n') == [["a", "b"], ["1\n2", "3"], [], ["4", "5"]]


def test_line_ends_of_every_system() -> None:
    assert csv_rows("a,b\r\n1,2\r\n") == csv_rows("a,b\n1,2\n") == csv_rows("a,b\r1,2\r")
