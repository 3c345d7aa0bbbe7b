"""A document as one web page that needs no network and no program, and that prints."""

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import jinja2
from markupsafe import Markup

from matcher.reports.document import (
    Bullets,
    Document,
    Facts,
    Heading,
    Paragraph,
    Picture,
    Table,
)
from matcher.reports.writers.cells import anchor, clean, figure_columns, is_figure, mark_of, marks_used, shade, text
from matcher.reports.writers.layout import is_slim, notes
from matcher.reports.writers.pictures import inline_svg, point_of

Style = Literal["report", "young", "sheet"]
"""A report has contents and numbered sections; a sheet of a page or two and the young people's copy have neither."""
_FOLDED_FROM = 40
"""Tables of this many rows or more are folded."""
_BANNER_LOOK = (
    "width: 100%; background: #ffe9a8; color: #3d2c00; font: 700 8.5pt sans-serif; padding: 1mm 2mm; margin: 6mm 0;"
)
_KINDS = {
    Paragraph: "paragraph",
    Heading: "heading",
    Bullets: "bullets",
    Facts: "facts",
    Table: "table",
    Picture: "picture",
}


def html_page(document: Document, *, style: Style = "report") -> str:
    """The page as text; every word of the document is escaped, whatever it holds.

    Args:
        document: What to write.
        style: ``report`` with contents and numbered sections; ``sheet`` without them, or ``young``: larger.

    Raises:
        UnsafePictureError: A picture is more than shapes and words.
    """
    template = _environment().get_template("document.html.j2")
    css = _template("look.css") + (_template("young.css") if style == "young" else "") + _banner_css(document.banner)
    return template.render(
        document=document,
        young=style == "young",
        contents=style == "report",
        css=Markup(css),  # noqa: S704 - our own file
        marks=marks_used(document),
    )


def write_html(document: Document, path: Path, *, style: Style = "report") -> Path:
    """Write the page, replacing what was there, and return the path; see :func:`html_page`."""
    path.write_text(html_page(document, style=style), encoding="utf-8", newline="\n")
    return path


def _template(name: str) -> str:
    return (files(__package__) / "templates" / name).read_text(encoding="utf-8")


def _banner_css(banner: str | None) -> str:
    """The banner as a style for the head of every printed page but the first, which has it anyway."""
    if not banner:
        return ""
    said = "".join(
        letter if letter.isascii() and letter.isalnum() else f"\\{ord(letter):x} " for letter in clean(banner)
    )
    return f"""@page {{ @top-left {{ content: "{said}"; {_BANNER_LOOK} }} }}
@page :first {{ @top-left {{ content: none; background: none; }} }}
"""


def _kind(block: object) -> str:
    return next(name for held, name in _KINDS.items() if isinstance(block, held))


def _svg(picture: Picture) -> Markup:
    return Markup(inline_svg(picture))  # noqa: S704 - parsed, checked and written anew


def _folded(table: Table) -> bool:
    return len(table.rows) >= _FOLDED_FROM


def _printable(value: object) -> object:
    """What the environment does with every expression before it escapes it; our own markup stays as it is."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_template),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        slim=is_slim,
        point=point_of,
        anchor=anchor,
        text=text,
        kind=_kind,
        svg=_svg,
        folded=_folded,
        figure_columns=figure_columns,
    )
    environment.globals.update(shade=shade, is_figure=is_figure, mark_of=mark_of, notes=notes)
    return environment
