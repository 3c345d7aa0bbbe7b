"""Collecting findings while files are read, and who was set aside because of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from models.finding import Finding, SetAside, Severity

SHOWN_CHARACTERS = 80
MESSAGE_CHARACTERS = 600
MOST_ALIKE = 10_000
"""Findings of one sort in one column of one file that are kept one by one; a file of nothing else is one mistake."""


@dataclass(frozen=True, slots=True)
class At:
    """A place in a file: the row is counted as a person sees it, the heading being row 1."""

    file: str
    row: int | None = None
    column: str | None = None

    def in_column(self, column: str) -> "At":
        """The same row, this column."""
        return replace(self, column=column)


def shown(value: str, most: int = SHOWN_CHARACTERS) -> str:
    """Text as findings show it: control characters replaced, cut to a readable length."""
    cut = value if len(value) <= most else value[:most] + "..."
    return cut if cut.isprintable() else "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in cut)


class Log:
    """Findings in the order they came up, and the records set aside, each once."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._alike: Counter[tuple[Severity, str, str, str | None]] = Counter()
        self._aside: dict[tuple[str, str], str] = {}

    def add(
        self,
        severity: Severity,
        code: str,
        at: At,
        message: str,
        *,
        expected: str,
        action: str,
        value: str | None = None,
        subject: str | None = None,
    ) -> None:
        """Record one finding; ``subject`` names the child, home or other record it is about."""
        sort = (severity, code, at.file, at.column)
        self._alike[sort] += 1
        if self._alike[sort] > MOST_ALIKE:
            return
        finding = Finding(
            severity=severity,
            code=code,
            file=shown(at.file, MESSAGE_CHARACTERS),
            row=at.row,
            column=at.column and shown(at.column),
            value=None if value is None else shown(value),
            message=shown(message, MESSAGE_CHARACTERS),
            expected=expected,
            action=action,
            subject=subject,
        )
        self._findings.append(finding)

    @property
    def findings(self) -> list[Finding]:
        """Every finding; of more than ``MOST_ALIKE`` alike the rest are one finding that says how many they are."""
        return [*self._findings, *self._uncounted()]

    def _uncounted(self) -> Iterator[Finding]:
        for (severity, code, file, column), count in self._alike.items():
            if count > MOST_ALIKE:
                yield Finding(
                    severity=severity,
                    code="many-alike",
                    file=shown(file, MESSAGE_CHARACTERS),
                    column=column and shown(column),
                    message=f"{count - MOST_ALIKE:,} more findings of the sort {code} here, {count:,} in all",
                    expected="a few: so many have one cause, which the first of them shows",
                    action=f"the first {MOST_ALIKE:,} are listed; the others were dealt with in the same way",
                )

    def error(self, code: str, at: At, message: str, *, expected: str, action: str, value: str | None = None) -> None:
        """Record an error that is about a file or a row, not about a named record."""
        self.add(Severity.ERROR, code, at, message, expected=expected, action=action, value=value)

    def warn(
        self,
        code: str,
        at: At,
        message: str,
        *,
        expected: str,
        action: str,
        value: str | None = None,
        subject: str | None = None,
    ) -> None:
        """Record a warning."""
        self.add(Severity.WARNING, code, at, message, expected=expected, action=action, value=value, subject=subject)

    def note(self, code: str, at: At, message: str, *, expected: str, action: str, subject: str | None = None) -> None:
        """Record a note: nothing is wrong, but a reader should know."""
        self.add(Severity.NOTE, code, at, message, expected=expected, action=action, subject=subject)

    def aside(
        self, what: str, name: str, code: str, at: At, message: str, *, expected: str, value: str | None = None
    ) -> None:
        """Record an error and set the record it is about aside by name."""
        self.add(
            Severity.ERROR,
            code,
            at,
            message,
            expected=expected,
            action=f"{what} {name} is set aside",
            value=value,
            subject=name,
        )
        self.set_aside(what, name, message)

    def set_aside(self, what: str, name: str, reason: str) -> None:
        """Set a record aside; the first reason given stands."""
        self._aside.setdefault((what, name), reason)

    def is_aside(self, what: str, name: str) -> bool:
        """Whether this record was set aside."""
        return (what, name) in self._aside

    @property
    def records_aside(self) -> tuple[SetAside, ...]:
        """Every record set aside, in the order of kind and name."""
        return tuple(
            SetAside(what=what, id=name, reason=reason) for (what, name), reason in sorted(self._aside.items())
        )
