"""From the bytes of a CSV file to its rows, whatever program saved it."""

import csv
import io
import re
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t", "|")
_QUOTED = re.compile(r'"[^"]*"')
_LONGEST_CELL = 10_000_000


@dataclass(frozen=True)
class Decoded:
    """The text of a file, and how it had to be read."""

    text: str
    encoding: str
    nul_characters: int = 0
    unreadable_characters: int = 0


def decode(data: bytes) -> Decoded:
    """Text from bytes: UTF-8 or UTF-16 with or without a byte-order mark, else Windows-1252.

    NUL characters are taken out and counted; so are bytes that Windows-1252 gives no meaning, which
    become the replacement character.
    """
    encoding = _encoding(data)
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    unreadable = text.count("\N{REPLACEMENT CHARACTER}")
    nul = text.count("\0")
    return Decoded(text.replace("\0", "") if nul else text, encoding, nul, unreadable)


def _encoding(data: bytes) -> str:
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = data[:2000]
    if len(head) >= 4 and head[1::2].count(0) > 0.7 * len(head[1::2]):
        return "utf-16-le"
    if len(head) >= 4 and head[0::2].count(0) > 0.7 * len(head[0::2]):
        return "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def delimiter(text: str) -> str:
    """What separates the cells: the commonest of comma, semicolon, tab and bar in the first lines outside quotes."""
    head = _QUOTED.sub("", text[:20_000]).splitlines()
    first = next((line for line in head if line.strip()), "")
    found = max(DELIMITERS, key=first.count)
    return found if found in first else ","


def csv_rows(text: str) -> list[list[str]]:
    """Every row of the text, blank ones included so that rows can be counted; quoted cells may hold line breaks.

    Raises:
        csv.Error: a cell larger than any real one, such as a quotation mark that is never closed may cause.
    """
    csv.field_size_limit(_LONGEST_CELL)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text)))
