"""Taking files of texts in: one after another, each whole or not at all."""

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from exeunt.errors import BadInput, Problem, Refusal, Sentence, sentence_of
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.sandbox.nursery import Nursery
from exeunt.stages.narrators.actions.by_hand import admit_narrator
from exeunt.stages.narrators.states import Gender
from exeunt.stages.sources.actions.files import ReceivedFile, receive_file
from exeunt.stages.sources.intake.texts import TextDraft, read_text
from exeunt.stages.sources.intake.texts.archive import IS_HIDDEN
from exeunt.stages.sources.intake.texts.finding import FoundFile, files_in
from exeunt.stages.sources.intake.texts.languages import Languages
from exeunt.stages.sources.models import Source
from exeunt.stages.sources.queries import provenances_in, taken_before
from exeunt.stages.sources.rules import (
    THESE_TEXTS,
    check_may_keep,
    check_study_is_unmixed,
    provenance_from,
)
from exeunt.stages.sources.states import Provenance
from exeunt.stages.testimonies.actions.searching import keep_words, renew_passages
from exeunt.stages.testimonies.actions.short_texts import take_short_texts
from exeunt.stages.testimonies.actions.storing import keep_version
from exeunt.stages.testimonies.actions.tellings import NOTHING, tell
from exeunt.stages.testimonies.actions.turns import keep_turns
from exeunt.stages.testimonies.models import Account
from exeunt.stages.testimonies.queries.account import next_label
from exeunt.stages.testimonies.rules.entering import language_from
from exeunt.stages.testimonies.rules.texts import free_among, label_from, text_to_keep
from exeunt.stages.testimonies.states import Came
from exeunt.studies.actions import moved_on
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


class Given(NamedTuple):
    """Something that was handed over: where it lies, and what its owner calls it."""

    path: Path
    called: str = ""


class Reading(NamedTuple):
    """How texts are read, where a person has said it; nothing is left to be found out."""

    language: str = ""
    encoding: str = ""
    turns: bool = True


AS_IT_STANDS = Reading()
# How many files are read before the one before them is written down.
AHEAD = 1
GONE = Sentence("The study gave this file up while the import ran; hand it over again.")


class Outcome(NamedTuple):
    """What became of one file: its account, and in sentences what to know of it."""

    name: str
    came: Came
    label: str = ""
    ref: str = ""
    accounts: int = 0
    says: tuple[str, ...] = ()


def import_texts(
    *,
    study: Study,
    given: Sequence[Given],
    provenance: str | None = None,
    reading: Reading = AS_IT_STANDS,
    rename: Mapping[str, str] | None = None,
    by: Member,
) -> Iterator[Outcome]:
    """Take texts in, file by file, and tell what became of each as soon as it is decided.

    Each file is kept or refused by itself, so that whatever ends the import leaves what was told
    before; asking again takes only what is missing. Raises Refusal, before the first file, where
    the study may not hold such texts at all.
    """
    require(Act.IMPORT_ACCOUNTS, study=study, by=by)
    decided = provenance_of_texts(study, provenance)
    language_from(reading.language)
    return _Intake(
        study=study, provenance=decided, reading=reading, rename=dict(rename or {}), by=by
    ).outcomes(given)


def provenance_of_texts(study: Study, words: str | None) -> Provenance:
    """Decide where texts come from: as somebody says, or as all the study's accounts do."""
    there = provenances_in(study)
    decided = there[0] if there and not words else provenance_from(words or "")
    check_study_is_unmixed(there, decided, what=THESE_TEXTS)
    check_may_keep(decided, study.protocol_facts())
    return decided


class _Read(NamedTuple):
    """A text as its reader gives it, and its language."""

    draft: TextDraft
    language: str


class _Intake:
    """One import while it runs: one nurse, one model of languages, a transaction a file."""

    def __init__(
        self,
        *,
        study: Study,
        provenance: Provenance,
        reading: Reading,
        rename: Mapping[str, str],
        by: Member,
    ) -> None:
        self.study = study
        self.provenance = provenance
        self.reading = reading
        self.rename = rename
        self.by = by
        self.languages = Languages()

    def outcomes(self, given: Iterable[Given]) -> Iterator[Outcome]:
        """Tell what became of each file; the next is read while one is written down."""
        waiting: deque[tuple[FoundFile, Future[_Read] | None]] = deque()
        with Nursery() as nursery, ThreadPoolExecutor(1) as beside:
            for one in given:
                for found in files_in(one.path, called=one.called):
                    waiting.append((found, self._begun(found, nursery, beside)))
                    if len(waiting) > AHEAD:
                        yield self._outcome(*waiting.popleft())
            while waiting:
                yield self._outcome(*waiting.popleft())

    def _begun(
        self, found: FoundFile, nursery: Nursery, beside: ThreadPoolExecutor
    ) -> "Future[_Read] | None":
        """Have a text read beside, if it has to be; nothing there touches the database."""
        if found.says or found.path is not None or self._there(found) is not None:
            return None
        return beside.submit(self._read, found, nursery)

    def _read(self, found: FoundFile, nursery: Nursery) -> _Read:
        draft = read_text(
            found.content,
            name=found.name,
            turns=self.reading.turns,
            encoding=self.reading.encoding,
            nursery=nursery,
        )
        said = self.reading.language or draft.language
        return _Read(draft, language_from(said or self.languages.language_of(draft.text)))

    def _outcome(self, found: FoundFile, reading: "Future[_Read] | None") -> Outcome:
        if found.says:
            came = Came.PASSED_OVER if found.says == IS_HIDDEN else Came.REFUSED
            return Outcome(found.name, came, says=(found.says,))
        try:
            return self._taken(found, reading)
        except BadInput as refused:
            says = tuple(map(_placed, refused.problems))
            return Outcome(found.name, Came.REFUSED, says=says)
        except Refusal as refused:
            return Outcome(found.name, Came.REFUSED, says=(sentence_of(refused),))

    def _taken(self, found: FoundFile, reading: "Future[_Read] | None") -> Outcome:
        if found.path is not None:
            return self._table_taken(found, found.path)
        read = reading.result() if reading is not None else None
        with transaction.atomic():
            moved_on(self.study)  # first, since it lets nobody else in: labels come one by one
            there = self._there(found)
            if there is not None or read is None:
                return there or Outcome(found.name, Came.REFUSED, says=(GONE,))
            return self._kept(found, read.draft, read.language)

    def _there(self, found: FoundFile) -> Outcome | None:
        """Tell that a file was taken in before, if just these bytes were."""
        capture = taken_before(self.study, hashlib.sha256(found.content).hexdigest())
        if capture is None:
            return None
        account = Account.objects.filter(source=capture.source_id).first()
        label, ref = (account.label, account.ref) if account else ("", "")
        return Outcome(found.name, Came.THERE_BEFORE, label, ref)

    def _kept(self, found: FoundFile, draft: TextDraft, language: str) -> Outcome:
        received = ReceivedFile(found.name, found.content)
        source = receive_file(
            study=self.study, provenance=self.provenance, received=received, by=self.by
        )
        account = self._account(source, found.name, language)
        kept = text_to_keep(draft)
        sure = not draft.unsure
        version = keep_version(account, kept.text, after=None, confirmed=sure)
        keep_turns(version, kept.turns)
        renew_passages(version)
        words = (account.label, account.narrator.label, source.citation, kept.text)
        keep_words([(account.pk, words)])

        record(
            "text.imported",
            subject=account.ref,
            by=self.by.ref,
            study=self.study.ref,
            source=source.ref,
            turns=len(kept.turns),
            confirmed=sure,
        )
        came = Came.TAKEN if sure else Came.TO_CONFIRM
        says = (*draft.unsure, *draft.left_out)
        return Outcome(found.name, came, account.label, account.ref, accounts=1, says=says)

    def _account(self, source: Source, name: str, language: str) -> Account:
        label = _free_label(self.study, label_from(name) or next_label(self.study))
        narrator = admit_narrator(study=self.study, label=label, gender=Gender.UNKNOWN, by=self.by)
        account = Account.objects.create(
            study=self.study,
            label=label,
            narrator=narrator,
            source=source,
            language=language,
            added=timezone.now(),
            added_by=self.by.ref,
        )
        tell(account, NOTHING)
        return account

    def _table_taken(self, found: FoundFile, path: Path) -> Outcome:
        taken = take_short_texts(
            study=self.study,
            path=path,
            name=found.name,
            provenance=self.provenance,
            rename=self.rename,
            languages=self.languages,
            by=self.by,
        )
        came = Came.TAKEN if taken else Came.THERE_BEFORE
        return Outcome(found.name, came, accounts=taken)


def _placed(problem: Problem) -> str:
    """Say what is wrong, and in which row or column."""
    if problem.row is not None and problem.column:
        says = "Row {row}, column “{column}”: {wrong}"
        return Sentence(says, row=problem.row, column=problem.column, wrong=problem.says)
    if problem.row is not None:
        return Sentence("Row {row}: {wrong}", row=problem.row, wrong=problem.says)
    if problem.column:
        return Sentence("Column “{column}”: {wrong}", column=problem.column, wrong=problem.says)
    return problem.says


def _free_label(study: Study, label: str) -> str:
    """Return a label that no account of the study has, after one that was found."""
    taken = Account.everything.filter(study=study, label__startswith=label)
    return free_among(label, set(taken.values_list("label", flat=True)))
