"""What can go wrong, in sentences a person can act on."""

from collections.abc import Callable, Mapping
from typing import ClassVar, NamedTuple


class ExeuntError(Exception):
    """Anything that Exeunt refuses; its text is shown to people as it stands.

    ``says`` may hold places such as ``{label}`` that ``facts`` fill: so the sentence can be
    translated before it is filled.
    """

    def __init__(self, says: str = "", **facts: object) -> None:
        """Take a sentence, and what stands in its places."""
        self.says = says
        self.facts = facts
        super().__init__(says.format(**facts) if facts else says)


class Refusal(ExeuntError):
    """A rule says no, and says what would change it."""


class Listed(tuple[str, ...]):
    """Words of ours in a row; each is translated by itself where a refusal is."""

    between: ClassVar[str] = ", "

    def __str__(self) -> str:
        """Write them in a row, in English.

        >>> str(OneOf(["editor", "lead"]))
        'editor or lead'
        """
        return self.between.join(self)


class OneOf(Listed):
    """Words of ours of which one is enough."""

    between = " or "


class AllOf(Listed):
    """Words of ours that hold together."""

    between = " and "


class Word(str):
    """A fixed word of ours that stands in a sentence; translated by itself where the sentence is.

    What people have typed is never one, and so is never translated.
    """


class Sentence(str):
    """A sentence that is filled already, and remembers how, so that it can be translated.

    >>> Sentence("{count} characters fit here.", count=80)
    '80 characters fit here.'
    """

    says: str
    facts: dict[str, object]

    def __new__(cls, says: str, **facts: object) -> "Sentence":
        """Fill the places of a sentence."""
        filled = super().__new__(cls, says.format(**facts) if facts else says)
        filled.says, filled.facts = says, facts
        return filled


class UnsaidError(ExeuntError):
    """What was asked is done, but the answer could not be written."""


class NotYet(Refusal):
    """Right act, wrong moment."""


class NotYours(Refusal):
    """Right act, wrong person."""


class NotThere(Refusal):
    """Nothing here by that name (that this person may see)."""


class Changed(Refusal):
    """Somebody else has saved since the page was opened; both versions are at hand."""

    def __init__(
        self, says: str, *, revision: int, theirs: Mapping[str, str], **facts: object
    ) -> None:
        """Take the sentence, the number of the version that stands now, and its fields in words."""
        self.revision = revision
        self.theirs = dict(theirs)
        super().__init__(says, **facts)


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

    def about(self, file: str) -> "BadInput":
        """Return the same faults under another name of the file: the one that its owner knows."""
        named = (problem._replace(file=file) for problem in self.problems)
        return BadInput(*named, unlisted=self.unlisted)


def sentence_of(fault: Exception) -> str:
    """Return what a fault says, so that it can still be translated.

    >>> sentence_of(ValueError(Sentence("{count} is too much.", count=81))).says
    '{count} is too much.'
    """
    if isinstance(fault, ExeuntError) and fault.says:
        return Sentence(fault.says, **fault.facts)
    says = fault.args[0] if fault.args else ""
    return says if isinstance(says, Sentence) else str(fault)


def why_not(check: Callable[[], None]) -> ExeuntError | None:
    """Return the refusal that a check would raise, or None where nothing stands against it.

    A button is disabled with the sentence by which the act itself would be refused.
    """
    try:
        check()
    except ExeuntError as refusal:
        return refusal
    return None
