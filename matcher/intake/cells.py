"""One cell: what a file holds turned into text, and text into a typed value or a plain reason why not."""

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache

from matcher.intake.postcodes import normalise_postcode
from models.money import pence_from_pounds, pounds

LONGEST_ID = 60
TOP_LEVEL = 4
"""The highest level of an adopter's answer."""
LONGEST_TEXT = 32_767
"""What one Excel cell can hold; longer text is kept but told of."""
_LARGEST = 1_000_000_000_000
"""Ten thousand million pounds, in pence."""
_DEAREST = 100_000_000
_SERIAL_ZERO = dt.date(1899, 12, 30)
_SERIAL_DAYS = (18_264, 73_050)  # 1 January 1950 and 31 December 2099 as Excel counts days
_YEARS = (1900, 2100)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2}|[A-Za-z]{3,9})[/.\- ](\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})", re.ASCII)
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")
_ID = re.compile(r"[\w./\-]+")
_YES = frozenset({"y", "yes", "true", "1", "t"})
_NO = frozenset({"n", "no", "false", "0", "f"})


class CellError(ValueError):
    """Text that is not what its column holds; the message says what it is, ``expected`` what would do."""

    def __init__(self, message: str, expected: str) -> None:
        super().__init__(message)
        self.expected = expected


def as_text(cell: object) -> str:
    """The text of a cell as a person would have typed it: whole numbers without ``.0``, dates as yyyy-mm-dd."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Y" if cell else "N"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else format(cell, ".12g")
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


@lru_cache(maxsize=100_000)
def read_date(text: str) -> dt.date:
    """A day written dd/mm/yyyy, yyyy-mm-dd, ``31 Mar 2018`` or as Excel's day number; a time of day is left out."""
    bare = _TIME.sub("", text.strip())
    wanted = "a date, dd/mm/yyyy"
    if re.fullmatch(r"[0-9]{5}", bare) and _SERIAL_DAYS[0] <= int(bare) <= _SERIAL_DAYS[1]:
        return _SERIAL_ZERO + dt.timedelta(days=int(bare))
    if match := _DAY_FIRST.fullmatch(bare):
        day, month_text, year = match.groups()
        month = int(month_text) if month_text.isdigit() else _MONTHS.get(month_text[:3].lower(), 0)
        found = (int(year), month, int(day))
    elif match := _YEAR_FIRST.fullmatch(bare):
        year, month_text, day = match.groups()
        found = (int(year), int(month_text), int(day))
    else:
        raise CellError(f"{text!r} is not a date", wanted)
    try:
        date = dt.date(*found)
    except ValueError:
        hint = "; it looks month first" if found[1] > 12 >= found[2] else ""
        raise CellError(f"there is no such day as {text!r}{hint}", wanted) from None
    if not _YEARS[0] <= date.year < _YEARS[1]:
        raise CellError(f"the year of {text!r} cannot be right", f"{wanted}, from {_YEARS[0]} to {_YEARS[1] - 1}")
    return date


def read_yes_no(text: str) -> bool:
    """Y or N; yes, no, true, false, 1 and 0 are read too."""
    word = text.lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellError(f"{text!r} is neither Y nor N", "Y or N")


def read_integer(text: str, low: int | None = None, high: int | None = None) -> int:
    """A whole number in a range; ``3.0``, as spreadsheets write it, is 3."""
    wanted = "a whole number" + _range(low, high)
    if not re.fullmatch(r"[+-]?[0-9]{1,15}(\.0*)?", text):
        raise CellError(f"{text!r} is not a whole number", wanted)
    number = int(text.partition(".")[0])
    if (low is not None and number < low) or (high is not None and number > high):
        raise CellError(f"{number} is out of range", wanted)
    return number


def _range(low: int | None, high: int | None) -> str:
    if high is None:
        return "" if low is None else f", {low} or more"
    return f" from {low} to {high}"


def read_money(text: str) -> int:
    """Pounds in pence; an amount below 0 or above a million pounds is refused."""
    return _read_pounds(text, _DEAREST, "pounds a week from 0 to 1,000,000, e.g. 915 or 915.50")


def read_amount(text: str) -> int:
    """Pounds in pence, of a year or in all: up to ten thousand million pounds."""
    return _read_pounds(text, _LARGEST, "pounds from 0 to 10,000,000,000, e.g. 150000")


def _read_pounds(text: str, most: int, wanted: str) -> int:
    try:
        pence = pence_from_pounds(text)
    except ValueError as error:
        raise CellError(str(error), wanted) from None
    if not 0 <= pence <= most:
        raise CellError(f"{text!r} is {'less than nothing' if pence < 0 else f'more than {pounds(most)}'}", wanted)
    return pence


def read_hundredths(text: str) -> int:
    """A number with two decimals at most, as hundredths; of seven digits at most, a per cent sign may follow."""
    wanted = "a number with two decimals at most, e.g. 10.2"
    found = re.fullmatch(r"([+-]?)([0-9]{1,7})(?:\.([0-9]{1,2})0*)?", text.removesuffix("%").strip().replace(",", ""))
    if not found:
        raise CellError(f"{text!r} is not such a number", wanted)
    sign, whole, decimals = found.groups()
    hundredths = int(whole) * 100 + int((decimals or "0").ljust(2, "0"))
    return -hundredths if sign == "-" else hundredths


@lru_cache(maxsize=100_000)
def read_id(text: str) -> str:
    """An identifier; ``398768.0``, as spreadsheets write numbers, is ``398768``."""
    bare = re.sub(r"(?<=\d)\.0$", "", text)
    if len(bare) > LONGEST_ID:
        raise CellError(f"an identifier of {len(bare)} characters", f"at most {LONGEST_ID} characters")
    if not _ID.fullmatch(bare):
        raise CellError(f"{text!r} cannot be an identifier", "letters, digits, - and _")
    return bare


@lru_cache(maxsize=100_000)
def read_postcode(text: str) -> str:
    """A postcode, sector or outcode as it is usually written: ``sg138dq`` gives ``SG13 8DQ``; it may not exist."""
    found = normalise_postcode(text)
    if found is None:
        raise CellError(f"{text!r} is not a postcode", "a postcode, e.g. SG13 8DQ")
    return found


def read_word(text: str, words: Iterable[str]) -> str:
    """One of a list of words, told apart without case, spaces, hyphens and underscores."""
    listed = tuple(words)
    found = _by_plain(listed).get(_plain(text))
    if found is None:
        raise CellError(f"{text!r} is not one of the words listed", "one of " + ", ".join(listed))
    return found


@lru_cache(maxsize=1_000)
def _by_plain(words: tuple[str, ...]) -> dict[str, str]:
    return {_plain(word): str(word) for word in words}


@lru_cache(maxsize=10_000)
def _plain(word: str) -> str:
    return re.sub(r"[\s_\-]", "", word).lower()


def read_answer(text: str) -> str:
    """An adopter's answer as two levels, ``"1 3"``: yes up to the first, would discuss up to the second.

    Raises:
        CellError: it is none of the ways an answer is written.
    """
    words = text.casefold().replace(",", " ").replace("/", " ").split()
    yes = discuss = None
    match words:
        case ["no"]:
            return "0 0"
        case ["yes"]:
            return f"{TOP_LEVEL} {TOP_LEVEL}"
        case ["discuss"]:
            return f"0 {TOP_LEVEL}"
        case ["yes", level]:
            yes = discuss = level
        case ["discuss", level]:
            yes, discuss = "0", level
        case ["yes", level, "discuss", further]:
            yes, discuss = level, further
    levels = range(TOP_LEVEL + 1)
    known = {str(level) for level in levels}
    if yes not in known or discuss not in known or discuss < yes:
        expected = "yes, no, discuss, yes 2, discuss 3, or yes 1 discuss 3; levels from 0 to 4, discuss not below yes"
        raise CellError(f"{text!r} is no answer", expected)
    return f"{yes} {discuss}"


def split_list(text: str) -> tuple[str, ...]:
    """The parts of a list separated by ``;`` (or by lines), each once, in order."""
    parts = (part.strip() for part in re.split(r"[;\n]", text))
    return tuple(dict.fromkeys(part for part in parts if part))


def read_words(text: str, words: Iterable[str]) -> tuple[str, ...]:
    """Several of a list of words, separated by ``;``; commas will do where no word holds one."""
    listed = tuple(words)
    return tuple(dict.fromkeys(read_word(part, listed) for part in split_list(text.replace(",", ";"))))
