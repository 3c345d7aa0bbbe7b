"""Dates in files: the day a document is of, so that the same document gives the same bytes whenever it is written."""

import datetime as dt
import zipfile
from io import BytesIO

from matcher.reports.document import Document

_FIRST = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can hold."""


def written_at(document: Document) -> dt.datetime:
    """The time a file bears as its own: the beginning of the day the document is of; without one, of 1 January 1980."""
    return dt.datetime.combine(document.of or dt.date(*_FIRST[:3]), dt.time())


def stamped(packed: bytes) -> bytes:
    """A zip file, such as a Word file is, with the same parts in the same order and no time of writing."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(packed)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = zipfile.ZipInfo(name, _FIRST)
            part.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(part, before.read(name))
    return made.getvalue()
