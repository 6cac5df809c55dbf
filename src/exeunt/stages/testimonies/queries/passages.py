"""Texts as they are shown: in parts, the hard ones folded, their masks seen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from exeunt.errors import NotThere, Sentence
from exeunt.ledger.recording import record_alone
from exeunt.members.models import Member
from exeunt.methods.segmentation import Span
from exeunt.stages.testimonies.models import Account, Mask, Passage, TextVersion
from exeunt.stages.testimonies.queries.masked import Piece, pieces_of
from exeunt.stages.testimonies.rules.passages import HardMark, moved_marks, parts, stretches
from exeunt.stages.testimonies.states import Hardness
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


class ShownPart(NamedTuple):
    """A part of a text, cut at its masks; ``warning`` says what is in it where it is folded."""

    pieces: list[Piece]
    warning: Sentence | None
    span: Span


class ShownText(NamedTuple):
    """One version of a text as it is shown, and how much in it is hard.

    Where a passage is lost, nobody knows which part is hard, and so all of it is folded.
    """

    version: TextVersion
    parts: list[ShownPart]
    hard: int
    lost: int


class MarkedParagraph(NamedTuple):
    """A paragraph on the page where passages are marked, by its number from 1."""

    number: int
    words: str
    passages: list[Passage]


class LostPassage(NamedTuple):
    """A passage that the latest text does not hold any more, and what it said."""

    passage: Passage
    words: str


class HardPage(NamedTuple):
    """A text to be marked: its paragraphs, and the passages that were lost."""

    account: Account
    version: TextVersion | None
    paragraphs: list[MarkedParagraph]
    lost: list[LostPassage]

    @property
    def passages(self) -> list[Passage]:
        """Every mark that can be taken away."""
        found = {p.pk: p for paragraph in self.paragraphs for p in paragraph.passages}
        return [*found.values(), *(lost.passage for lost in self.lost)]


def shown_versions(versions: Sequence[TextVersion]) -> list[ShownText]:
    """Return all versions of one account's text, the latest first, as they are shown."""
    known = {version.pk: version for version in versions}
    hard = list(Passage.objects.filter(version__in=known))
    masks = _by_version(Mask.objects.filter(version__in=known).order_by("start"))
    return [
        _shown(version, known=known, hard=hard, masks=masks.get(version.pk, []))
        for version in versions
    ]


def shown_latest(accounts: Sequence[Account]) -> dict[int, ShownText]:
    """Return the latest text of each account, by the account's number, as it is shown."""
    versions: dict[int, list[TextVersion]] = {}
    for version in TextVersion.objects.filter(account__in=accounts).order_by("-number"):
        versions.setdefault(version.account_id, []).append(version)
    everything = {one.pk: one for ones in versions.values() for one in ones}
    hard: dict[int, list[Passage]] = {}
    for passage in Passage.objects.filter(version__in=everything):
        hard.setdefault(everything[passage.version_id].account_id, []).append(passage)
    latest = [ones[0] for ones in versions.values()]
    masks = _by_version(Mask.objects.filter(version__in=latest).order_by("start"))
    return {
        one.account_id: _shown(
            one, known=everything, hard=hard.get(one.account_id, []), masks=masks.get(one.pk, [])
        )
        for one in latest
    }


def hard_page(study: Study, ref: str, *, by: Member) -> HardPage:
    """Return an account's text to mark what is hard in it, and write down that it was read."""
    require(Act.MARK_HARD, study=study, by=by)
    account = Account.objects.filter(study=study, ref=ref).first()
    if account is None:
        raise NotThere("There is nothing here.")
    version = TextVersion.objects.filter(account=account).order_by("-number").first()
    record_alone("account.read", subject=account.ref, by=by.ref, study=study.ref)
    if version is None:
        return HardPage(account, None, [], [])
    hard = list(Passage.objects.filter(version__account=account).select_related("version"))
    here = [passage for passage in hard if passage.version_id == version.pk]
    paragraphs = [
        MarkedParagraph(number, version.text[span.start : span.end], list(_within(span, here)))
        for number, span in enumerate(stretches(version.text), 1)
    ]
    lost = [_lost(passage) for passage in hard if passage.version_id != version.pk]
    return HardPage(account, version, paragraphs, lost)


def _lost(passage: Passage) -> LostPassage:
    return LostPassage(passage, passage.version.text[passage.start : passage.end])


def _within(span: Span, hard: Iterable[Passage]) -> Iterator[Passage]:
    return (one for one in hard if one.start < span.end and span.start < one.end)


def _by_version(masks: Iterable[Mask]) -> dict[int, list[Mask]]:
    found: dict[int, list[Mask]] = {}
    for mask in masks:
        found.setdefault(mask.version_id, []).append(mask)
    return found


def _shown(
    version: TextVersion,
    *,
    known: Mapping[int, TextVersion],
    hard: Sequence[Passage],
    masks: Sequence[Mask],
) -> ShownText:
    placed = _placed(hard, version, known=known)
    is_latest = all(version.number >= other.number for other in _of_same_account(version, known))
    lost = [passage for passage in hard if is_latest and passage.version_id != version.pk]
    if lost:
        whole = (HardMark(0, len(version.text), Hardness(passage.kind)) for passage in lost)
        placed = [*placed, *whole]
    pieces = pieces_of(version.text, masks)
    folded = parts(version.text, placed)
    return ShownText(
        version=version,
        parts=[
            ShownPart(
                pieces=_cut(pieces, part.start, part.end),
                warning=part.warning if part.kinds else None,
                span=Span(part.start, part.end),
            )
            for part in folded
        ],
        hard=sum(bool(part.kinds) for part in folded),
        lost=len(lost),
    )


def _of_same_account(
    version: TextVersion, known: Mapping[int, TextVersion]
) -> Iterator[TextVersion]:
    return (one for one in known.values() if one.account_id == version.account_id)


def _placed(
    hard: Iterable[Passage], version: TextVersion, *, known: Mapping[int, TextVersion]
) -> list[HardMark]:
    """Find passages in a version: where they were marked, or the same words elsewhere."""
    marks: dict[int, list[HardMark]] = {}
    for passage in hard:
        marks.setdefault(passage.version_id, []).append(passage.as_mark())
    found = marks.pop(version.pk, [])
    for other, theirs in marks.items():
        found += filter(None, moved_marks(known[other].text, theirs, version.text))
    return found


def _cut(pieces: Iterable[Piece], start: int, end: int) -> list[Piece]:
    """Return the pieces between two places of a text, cut where they reach beyond."""
    cut: list[Piece] = []
    at = 0
    for piece in pieces:
        words = piece.words[max(start - at, 0) : max(end - at, 0)]
        if words:
            cut.append(piece._replace(words=words))
        at += len(piece.words)
    return cut
