"""What is wrong with one file, gathered so that a person can mend it in one go."""

from collections.abc import Iterator
from contextlib import contextmanager

from exeunt.errors import BadInput, NotYours, Problem, Refusal, sentence_of

MOST_LISTED = 20


class ProblemList:
    """The faults found in one file: the first are kept in words, the rest are counted."""

    def __init__(self, file: str, *, most: int = MOST_LISTED) -> None:
        """Start with nothing found in the file of that name."""
        self.file = file
        self.most = most
        self.listed: list[Problem] = []
        self.unlisted = 0

    def add(self, says: str, *, row: int | None = None, column: str | None = None) -> None:
        """Note one fault: a sentence that says what to do, and its place."""
        if len(self.listed) >= self.most:
            self.unlisted += 1
            return
        self.listed.append(Problem(says, file=self.file, row=row, column=column))

    def at_field(self, says: str, field: str) -> None:
        """Note one fault of a form, at its field."""
        self.add(says, column=field)

    def take(self, refused: BadInput) -> None:
        """Note what ended the reading, after what was found before."""
        for problem in refused.problems:
            self.add(problem.says, row=problem.row, column=problem.column)
        self.unlisted += refused.unlisted

    def __len__(self) -> int:
        """Count every fault, listed or not."""
        return len(self.listed) + self.unlisted

    def refusal(self) -> BadInput:
        """Make the refusal of the whole file."""
        return BadInput(*self.listed, unlisted=self.unlisted)

    def refuse_if_any(self) -> None:
        """Refuse the file whole if anything was found."""
        if self.listed:
            raise self.refusal()


def refusal(file: str, says: str, *, row: int | None = None) -> BadInput:
    """Make the refusal of a file for one reason that leaves nothing else to look at."""
    return BadInput(Problem(says, file=file, row=row))


@contextmanager
def at_field(name: str) -> Iterator[None]:
    """Say a rule's refusal at the field of a form that it is about."""
    try:
        yield
    except (BadInput, NotYours):
        raise
    except Refusal as refused:
        raise BadInput(Problem(sentence_of(refused), column=name)) from refused
