"""What can go wrong, in sentences a person can act on."""

from typing import NamedTuple


class ExeuntError(Exception):
    """Anything that Exeunt refuses; its text is shown to people as it stands."""


class Refusal(ExeuntError):
    """A rule says no, and says what would change it."""


class UnsaidError(ExeuntError):
    """What was asked is done, but the answer could not be written."""


class NotYet(Refusal):
    """Right act, wrong moment."""


class NotYours(Refusal):
    """Right act, wrong person."""


class NotThere(Refusal):
    """Nothing here by that name (that this person may see)."""


class ArchiveRefusal(Refusal):
    """A folder that cannot be opened as an archive, and why."""


class Problem(NamedTuple):
    """One thing wrong in a file, and where: rows count from 1, the header row included."""

    says: str
    file: str = ""
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        """Lead with the place, as an editor would print it."""
        row = f"row {self.row}" if self.row is not None else ""
        column = f"column “{self.column}”" if self.column is not None else ""
        place = ", ".join(part for part in (self.file, row, column) if part)
        return f"{place}: {self.says}" if place else self.says


class BadInput(Refusal):
    """A file that was refused whole; nothing of it was taken in."""

    def __init__(self, *problems: Problem, unlisted: int = 0) -> None:
        """Take the problems found, and how many more there were than are listed."""
        self.problems = problems
        self.unlisted = unlisted
        lines = [str(problem) for problem in problems]
        if unlisted:
            lines.append(f"… and {unlisted} more like these.")
        super().__init__("\n".join(lines))
