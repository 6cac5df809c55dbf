"""The lines of a page: letters that stand on one height, in columns where the page has such."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from exeunt.stages.sources.intake.texts.pdf.letters import Letter
from exeunt.stages.sources.intake.texts.pdf.logical import LEFT, RIGHT, logical, strong_in

# All in parts of the size of the letters.
SAME_LINE, SAME_LETTER = 0.4, 0.9
WORD_GAP = 0.19
COLUMN_GAP = 1.25
# When a page has columns: so many lines are cut at one place, and both sides are that full.
FEWEST_CUT, SHARE_CUT, FULL = 4, 0.5, 0.6
# How many of the same letter to the right of one are looked at.
NEAR = 4
CLEARLY = 2  # times as many letters as of the other direction


class Line(NamedTuple):
    """One line as it is read, with its edges, its height on the page, and its direction."""

    text: str
    left: float
    right: float
    base: float
    size: float
    right_to_left: bool


class Piece(NamedTuple):
    """Letters of one line that stand together, from left to right."""

    letters: tuple[Letter, ...]

    @property
    def left(self) -> float:
        """Where it begins at its left."""
        return min(letter.left for letter in self.letters)

    @property
    def right(self) -> float:
        """Where it ends at its right."""
        return max(letter.right for letter in self.letters)


Row = list[Piece]


def lines_of(letters: Sequence[Letter]) -> list[list[Line]]:
    """Put the letters of a page into lines, top to bottom, and the lines into blocks of a column.

    Each block is read whole before the next.
    """
    rows = [_pieces(row) for row in _rows(_without_overprints(letters))]
    counted = strong_in([letter.text for letter in letters])
    from_right = counted[RIGHT] > counted[LEFT]
    return [_lines(block) for block in _blocks(rows, from_right=from_right)]


def _rows(letters: Sequence[Letter]) -> Iterator[list[Letter]]:
    """Yield the letters that stand on one height, from the top."""
    row: list[Letter] = []
    marks = [letter for letter in letters if letter.is_mark]
    for letter in sorted(letters, key=lambda one: -one.base):
        if letter.is_mark:
            continue
        if row and row[0].base - letter.base > SAME_LINE * max(row[0].size, letter.size):
            yield _with_marks(row, marks)
            row = []
        row.append(letter)
    if row:
        yield _with_marks(row, marks)


def _with_marks(row: list[Letter], marks: list[Letter]) -> list[Letter]:
    """Give each mark of this line to the letter that it stands at."""
    top, bottom = row[0].base + row[0].size, min(one.base for one in row) - row[0].size / 2
    for mark in [mark for mark in marks if bottom < mark.base < top]:
        middle = (mark.left + mark.right) / 2
        place = min(range(len(row)), key=lambda at: _away(row[at], middle))
        row[place] = row[place]._replace(text=row[place].text + mark.text)
        marks.remove(mark)
    return row


def _away(letter: Letter, middle: float) -> tuple[float, float]:
    outside = max(letter.left - middle, middle - letter.right, 0)
    blank = not letter.text.strip()
    return outside + blank * letter.size, abs((letter.left + letter.right) / 2 - middle)


def _pieces(letters: list[Letter]) -> Row:
    """Cut a line where the gap is as wide as between columns."""
    sorted_ones = sorted(letters, key=lambda one: (one.at, one.left))
    ordered = _without_lost_spaces(sorted_ones)
    pieces: Row = []
    piece: list[Letter] = []
    edge = 0.0
    for letter in ordered:
        if not letter.text.strip() and not piece:
            continue
        if piece and letter.left - edge > COLUMN_GAP * letter.size and letter.text.strip():
            pieces.append(Piece(tuple(piece)))
            piece = []
        piece.append(letter)
        edge = letter.right if letter.text.strip() or len(piece) == 1 else edge
    while piece and not piece[-1].text.strip():
        piece.pop()
    return [*pieces, Piece(tuple(piece))] if piece else pieces


def _without_lost_spaces(letters: Sequence[Letter]) -> list[Letter]:
    """Drop a space that lies upon a letter, as one does that was pushed off a full line."""
    kept = []
    for place, letter in enumerate(letters):
        middle = (letter.left + letter.right) / 2
        near = (*letters[max(place - 2, 0) : place], *letters[place + 1 : place + 3])
        covered = any(one.left < middle < one.right for one in near if one.text.strip())
        if letter.text.strip() or not covered or letter.left == letter.right:
            kept.append(letter)
    return kept


def _without_overprints(letters: Sequence[Letter]) -> list[Letter]:
    """Drop a letter that stands upon itself, as some programs make bold, or write vowels."""
    ordered = sorted(letters, key=lambda one: (one.text, one.left))
    dropped = set[int]()
    for place, letter in enumerate(ordered):
        for other in range(place + 1, min(place + 1 + NEAR, len(ordered))):
            if _upon_each_other(letter, ordered[other]):
                narrower = place if _width_of(letter) < _width_of(ordered[other]) else other
                dropped.add(narrower)
    return [letter for place, letter in enumerate(ordered) if place not in dropped]


def _upon_each_other(one: Letter, other: Letter) -> bool:
    if one.text != other.text or not one.text.strip():
        return False
    narrow, wide = sorted((one, other), key=_width_of)
    middle = (narrow.left + narrow.right) / 2
    # A letter with its mark may be told twice, once on the height of the mark.
    within = SAME_LETTER if len(one.text) > 1 else SAME_LINE
    near = abs(one.base - other.base) < within * max(one.size, other.size)
    return near and wide.left < middle < wide.right


def _width_of(letter: Letter) -> float:
    return letter.right - letter.left


def _blocks(rows: list[Row], *, from_right: bool) -> list[list[Row]]:
    """Cut a page into the blocks of its columns, in the order of reading."""
    cut = _cut(rows)
    if cut is None:
        return [rows] if rows else []
    blocks: list[list[Row]] = []
    for is_cut, run in _runs(rows, cut):
        if not is_cut:
            blocks.append(run)
            continue
        sides = [
            [[piece for piece in row if piece.right <= cut] for row in run],
            [[piece for piece in row if piece.left >= cut] for row in run],
        ]
        for side in reversed(sides) if from_right else sides:
            blocks += _blocks([row for row in side if row], from_right=from_right)
    return blocks


def _runs(rows: list[Row], cut: float) -> list[tuple[bool, list[Row]]]:
    runs: list[tuple[bool, list[Row]]] = []
    for row in rows:
        whole = all(piece.right <= cut or piece.left >= cut for piece in row)
        if runs and runs[-1][0] == whole:
            runs[-1][1].append(row)
        else:
            runs.append((whole, [row]))
    return runs


def _cut(rows: list[Row]) -> float | None:
    """Find where a page is cut into two columns; None where it is not, as in a table."""
    gaps = [(one.right, two.left) for row in rows for one, two in pairwise(row)]
    if len(gaps) < max(FEWEST_CUT, SHARE_CUT * len(rows)):
        return None
    middle = median((left + right) / 2 for left, right in gaps)
    through = [row for row in rows if any(a.right <= middle <= b.left for a, b in pairwise(row))]
    if len(through) < max(FEWEST_CUT, SHARE_CUT * len(rows)):
        return None
    left_edge = min(row[0].left for row in through)
    right_edge = max(row[-1].right for row in through)
    lefts = [_width([one for one in row if one.right <= middle]) for row in through]
    rights = [_width([one for one in row if one.left >= middle]) for row in through]
    full = median(lefts) >= FULL * (middle - left_edge) and median(rights) >= FULL * (
        right_edge - middle
    )
    return middle if full else None


def _width(pieces: Sequence[Piece]) -> float:
    return pieces[-1].right - pieces[0].left if pieces else 0.0


def _lines(rows: Sequence[Row]) -> list[Line]:
    """Read the lines of one block, each in its direction."""
    spaced = [_spaced(row) for row in rows]
    counted = [strong_in(glyphs) for glyphs in spaced]
    lines = []
    for place, (row, glyphs) in enumerate(zip(rows, spaced, strict=True)):
        from_right = _from_right(counted, place)
        letters = [letter for piece in row for letter in piece.letters]
        text = logical(glyphs, right_to_left=from_right).strip()
        size = median(letter.size for letter in letters)
        base = median(letter.base for letter in letters)
        lines.append(Line(text, row[0].left, row[-1].right, base, size, from_right))
    return lines


def _from_right(counted: Sequence[Counter[str]], place: int) -> bool:
    """Tell a line's direction by its letters; where that is not clear, with its neighbours'."""
    own = counted[place]
    if max(own[RIGHT], own[LEFT]) < CLEARLY * min(own[RIGHT], own[LEFT]) or not (
        own[RIGHT] or own[LEFT]
    ):
        near = counted[max(place - 1, 0) : place + 2]
        own = Counter(own) + sum(near, Counter())
    return own[RIGHT] > own[LEFT]


def _spaced(row: Row) -> list[str]:
    """Return the glyphs of a line from left to right, with a space where there is room for one."""
    glyphs: list[str] = []
    edge: float | None = None
    for piece in row:
        for letter in piece.letters:
            gap = edge is not None and letter.left - edge > WORD_GAP * letter.size
            blank = not letter.text.strip()
            if (gap or blank) and glyphs and glyphs[-1] != " ":
                glyphs.append(" ")
            if not blank:
                glyphs.append(letter.text)
            edge = letter.right if edge is None else max(edge, letter.right)
    return glyphs
