"""Texts that are read and marked, act by act, as a page does it."""

from typing import NamedTuple

from exeunt.members.models import Member
from exeunt.methods.codebooks import Codebook
from exeunt.stages.coding.actions.marking import Saved, do_in_text
from exeunt.stages.coding.actions.texts import complete_text
from exeunt.stages.coding.models import CodebookVersion, Coding, Sheet
from exeunt.stages.coding.queries.texts import Marks, marks_in, text_called
from exeunt.stages.coding.rules.marking import Act, Batch
from exeunt.stages.coding.states import Do
from exeunt.stages.testimonies.models import Account, TextVersion
from exeunt.studies.models import Study
from tests.making.codebooks import OF_EXCERPTS
from tests.making.coding import a_codebook
from tests.making.testimonies import an_account
from tests.people import Cast

TOLD = "They told us the money was for the widows.\nThen I saw the cars. \U0001f697 بعد ذلك رحلت."


class Reading(NamedTuple):
    """One account's text and a version, and what coders do in it."""

    study: Study
    version: CodebookVersion
    account: Account

    @property
    def text(self) -> TextVersion:
        """The text as it stands."""
        return TextVersion.objects.filter(account=self.account).latest("number")

    def place(self, words: str) -> tuple[int, int]:
        """Return where these words stand."""
        start = self.text.text.index(words)
        return start, start + len(words)

    def do(self, *acts: Act, by: Member, revision: int = 0, text: int | None = None) -> Saved:
        """Do these acts."""
        batch = Batch(text if text is not None else self.text.number, revision, acts)
        there = text_called(self.study, self.account.ref)
        return do_in_text(study=self.study, version=self.version, text=there, batch=batch, by=by)

    def mark(self, words: str, code: str, *, by: Member, value: str = "", note: str = "") -> Saved:
        """Mark these words with a code."""
        return self.do(Act(Do.MARK, *self.place(words), code, value, note), by=by)

    def unmark(self, words: str, code: str, *, by: Member) -> Saved:
        """Take a code off these words."""
        return self.do(Act(Do.UNMARK, *self.place(words), code), by=by)

    def move(self, words: str, to: str, *, by: Member) -> Saved:
        """Move what stands on some words to others."""
        start, end = self.place(to)
        act = Act(Do.MOVE, *self.place(words), to_start=start, to_end=end)
        return self.do(act, by=by)

    def note(self, on: str, words: str, *, by: Member) -> Saved:
        """Write a memo on these words."""
        return self.do(Act(Do.MEMO, *self.place(on), words=words), by=by)

    def complete(self, *, by: Member) -> Sheet:
        """Complete the reading of the text."""
        ref = self.account.ref
        return complete_text(study=self.study, version=self.version, ref=ref, by=by)

    def seen(self, *, by: Member) -> Marks:
        """Return what somebody sees marked."""
        return marks_in(self.study, self.version, self.account.ref, by=by)

    def said(self, *, by: Member) -> dict[tuple[str, str], tuple[int | None, str]]:
        """Return what somebody has marked, by the words and the code."""
        given = Coding.objects.filter(reading__coder=by, excerpt__isnull=False)
        rows = given.values_list(
            "excerpt__text_version__text",
            "excerpt__start",
            "excerpt__end",
            "code__key",
            "value",
            "gap",
        )
        return {
            (text[start:end], code): (value, gap) for text, start, end, code, value, gap in rows
        }


def a_reading(
    study: Study, cast: Cast, *, text: str = TOLD, codebook: Codebook = OF_EXCERPTS
) -> Reading:
    """Add an invented account with a text, and keep a codebook of excerpts."""
    return Reading(study, a_codebook(study, cast, codebook), an_account(study, cast, text=text))
