"""Archives for notebooks and scripts: open one, take a study, get tidy data frames."""

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import pandas as pd

from exeunt.archive.opening import opened
from exeunt.errors import NotYet, Refusal
from exeunt.members.models import Member
from exeunt.members.queries import first_person, member_called
from exeunt.methods import narratives as count
from exeunt.methods.readings import Blanks
from exeunt.methods.span_agreement import Unitised
from exeunt.stages.coding.models import CodebookVersion
from exeunt.stages.coding.queries.codebooks import version_called
from exeunt.stages.coding.queries.codings import COLUMNS as CODING_COLUMNS
from exeunt.stages.coding.queries.codings import codings_of
from exeunt.stages.coding.queries.differences import SettledCoding, settled_codings
from exeunt.stages.coding.queries.readings import ratings_of
from exeunt.stages.coding.queries.settled_excerpts import SettledExcerpt, settled_excerpts
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.formats.rows import agreement_row, finding_rows
from exeunt.stages.findings.formats.span_rows import span_rows
from exeunt.stages.findings.queries.narrative import read_agreement
from exeunt.stages.findings.rules.claims import may_be_ranked
from exeunt.stages.testimonies.queries import COLUMNS, accounts_of, extent_of
from exeunt.studies.models import Study
from exeunt.studies.queries import studies_of, study_called


def open_archive(folder: str | Path, *, member: str | None = None) -> "LibraryArchive":
    """Open an archive for this process; use it with ``with``, or close it when done.

    ``member`` names who is reading (the archive's first person if None); what they read is
    written down. Raises exeunt.errors.Refusal with a sentence where it cannot be opened.
    """
    return LibraryArchive(Path(folder), member=member)


class LibraryArchive:
    """One open archive."""

    def __init__(self, folder: Path, *, member: str | None) -> None:
        """Open the folder and find out who is reading."""
        self._open = ExitStack()
        self._open.enter_context(opened(folder))
        self.is_open = True
        try:
            self.member: Member = member_called(member) if member else first_person()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        """Return the archive, open."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the archive."""
        self.close()

    def close(self) -> None:
        """Let other processes open the archive; frames that were made stay usable."""
        self.is_open = False
        self._open.close()

    def check_open(self) -> None:
        """Refuse to read from an archive that was closed."""
        if not self.is_open:
            raise NotYet("This archive was closed; open it again with exeunt.open_archive(…).")

    def studies(self) -> list[str]:
        """Return the short names of the studies in which the member has a role."""
        self.check_open()
        return [study.slug for study in studies_of(self.member)]

    def study(self, slug: str | None = None) -> "LibraryStudy":
        """Return a study by its short name, or the only one there is."""
        self.check_open()
        return LibraryStudy(self, study_called(slug, by=self.member))


class LibraryStudy:
    """One study as data frames; ``codebook`` is needed only where there are several."""

    def __init__(self, archive: LibraryArchive, study: Study) -> None:
        """Take the archive and one of its studies."""
        self._archive = archive
        self._study = study
        self._member = archive.member
        self.slug = study.slug
        self.title = study.title

    @property
    def invented(self) -> bool:
        """Whether the study's accounts are invented; then every number from it is too."""
        self._archive.check_open()
        return extent_of(self._study).invented

    def accounts(self) -> pd.DataFrame:
        """Return a row for each account: attributes and dates as they were given, no text.

        Columns are words; "" where nothing was said. An account that tells of several exits
        has a row for each. The reading is written to the ledger.
        """
        self._archive.check_open()
        return pd.DataFrame(accounts_of(self._study, by=self._member), columns=list(COLUMNS))

    def codings(self, *, codebook: str | None = None) -> pd.DataFrame:
        """Return a row for each judgement: account, coder, code, target, value and gap.

        ``value`` is a nullable integer; where it is missing, ``gap`` says which of the three
        kinds of missing it is. Excerpts have ``start`` and ``end`` in code points.
        """
        self._archive.check_open()
        version = version_called(codebook, study=self._study)
        rows = codings_of(self._study, version, by=self._member)
        frame = pd.DataFrame(rows, columns=list(CODING_COLUMNS))
        frame["invented"] = self.invented
        return frame.astype(dict.fromkeys(("value", "start", "end"), "Int64"))

    def settled(self, *, codebook: str | None = None) -> pd.DataFrame:
        """Return the study's own answer: a row for each account and code that anybody judged.

        ``how`` is "agreed", "settled", "unsettled" or "read once"; only the first two have a value.
        ``account`` names an exit or spell by the accounts that tell of it.
        """
        self._archive.check_open()
        version = version_called(codebook, study=self._study)
        rows = settled_codings(self._study, version, by=self._member)
        return self._settled(pd.DataFrame(rows, columns=list(SettledCoding._fields)), "value")

    def settled_excerpts(self, *, codebook: str | None = None) -> pd.DataFrame:
        """Return a row for each excerpt that is agreed or settled, and each stretch that is not.

        ``start`` and ``end`` are code points of the latest text; ``how`` as in ``settled``.
        """
        self._archive.check_open()
        version = version_called(codebook, study=self._study)
        rows = settled_excerpts(self._study, version, by=self._member)
        frame = pd.DataFrame(rows, columns=list(SettledExcerpt._fields))
        return self._settled(frame, "value", "start", "end")

    def _settled(self, frame: pd.DataFrame, *whole: str) -> pd.DataFrame:
        """Add whether it is invented, and let whole numbers be missing."""
        frame["invented"] = self.invented
        return frame.astype(dict.fromkeys(whole, "Int64"))

    def agreement(
        self,
        *,
        codebook: str | None = None,
        blanks: str = Blanks.MISSING,
        unit: str | None = None,
        times: int = Question.times,
        seed: int = Question.seed,
    ) -> pd.DataFrame:
        """Return a row for each code, and one for each dimension on whether anything was stated.

        ``blanks`` is "missing" or "not mentioned"; coefficients are NaN where they cannot be
        told. With a ``unit`` ("sentence", "turn" or "character") the rows are of what was marked
        in texts; ``kind`` says whether of a code, of marking anything, or of all codes together.
        """
        cut = unit_called(unit) if unit is not None else None
        question = Question(blanks=blanks_called(blanks), times=times, seed=seed, unit=cut)
        agreed = read_agreement(*self._asked(codebook), question, by=self._member)
        if agreed.spans is not None:
            book, invented = agreed.readings.codebook, agreed.invented
            return pd.DataFrame(span_rows(agreed.spans.found, book, invented=invented))
        return pd.DataFrame(
            agreement_row(row, question.blanks, invented=agreed.invented)
            for row in [*agreed.codes, *agreed.stating]
        )

    def findings(
        self, *, codebook: str | None = None, blanks: str = Blanks.MISSING
    ) -> pd.DataFrame:
        """Return a row for each code and way of reading, with both denominators and intervals.

        ``ranked`` says whether the code's agreement lets it stand in an order or a headline.
        """
        question = Question(blanks=blanks_called(blanks))
        agreed = read_agreement(*self._asked(codebook), question, by=self._member)
        return pd.DataFrame(
            row
            for narrative in count.narratives(agreed.readings, agreed.codes, question.blanks)
            for row in finding_rows(
                narrative,
                question.blanks,
                ranked=may_be_ranked(narrative.agreement),
                invented=agreed.invented,
            )
        )

    def ratings(self, code: str, *, codebook: str | None = None) -> pd.DataFrame:
        """Return accounts by coders for one code, NaN where there is no value.

        The reading is written to the ledger, as for ``codings``.
        """
        self._archive.check_open()
        version = version_called(codebook, study=self._study)
        readings = ratings_of(self._study, version, code, by=self._member)
        values = readings.values()[:, :, 0]
        return pd.DataFrame(values.T, index=readings.accounts, columns=readings.readers)

    def _asked(self, codebook: str | None) -> tuple[Study, CodebookVersion]:
        self._archive.check_open()
        return self._study, version_called(codebook, study=self._study)


def unit_called(name: str) -> Unitised:
    """Read what texts are cut into; refuse another word and name those there are."""
    try:
        return Unitised(name)
    except ValueError:
        known = " or ".join(f"“{unit}”" for unit in Unitised)
        raise Refusal(f"Texts are cut into units by {known}, not by “{name}”.") from None


def blanks_called(name: str) -> Blanks:
    """Read how blanks are to be counted; refuse another word and name the two there are."""
    try:
        return Blanks(name)
    except ValueError:
        known = " or ".join(f"“{blank}”" for blank in Blanks)
        raise Refusal(f"Blanks are counted as {known}, not as “{name}”.") from None
