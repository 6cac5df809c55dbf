"""Taking in the project of another program: codebook, texts and readings, all of it or nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from exeunt.desk.bulk import Written, write_rows
from exeunt.errors import Refusal
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.methods.projects import Memo as PlainMemo
from exeunt.stages.coding.actions.codebooks import keep_codebook
from exeunt.stages.coding.actions.counting import count_differences
from exeunt.stages.coding.actions.project_texts import Texts
from exeunt.stages.coding.intake.project import read_project
from exeunt.stages.coding.models import (
    CodebookVersion,
    Coding,
    Elsewhere,
    Excerpt,
    Memo,
    Pass,
    Sheet,
)
from exeunt.stages.coding.queries.projects import Plan, Wishes, plan_of
from exeunt.stages.coding.queries.things import unit_of
from exeunt.stages.coding.rules.projects import words_of
from exeunt.stages.coding.states import SheetState, Target
from exeunt.stages.sources.intake.documents import document_at
from exeunt.stages.testimonies.models import TextVersion
from exeunt.studies.actions import moved_on
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

WRITTEN = ("account", "exit", "spell", "excerpt", "reading", "code", "value", "gap", "note")
NOTHING_WISHED = Wishes()
ANY_SIZE = 1 << 40
Place = tuple[int, int, int]


class TakenProject(NamedTuple):
    """What the import of a project brought in, and in sentences what it left behind."""

    codebook: str
    texts: int
    new_texts: int
    excerpts: int
    codings: int
    memos: int
    coders: int
    unplaced: int
    left: tuple[str, ...]


def import_project(
    *, study: Study, path: Path, wishes: Wishes = NOTHING_WISHED, by: Member
) -> TakenProject:
    """Take in a project (.qdpx, or Taguette's .sqlite3), all of it or nothing.

    A text that the study holds already stays the account that it is; what a coder judged in a
    text counts as a complete reading of it. Raises BadInput with everything that is wrong.
    """
    for act in (Act.IMPORT_ACCOUNTS, Act.IMPORT_CODINGS, Act.EDIT_CODEBOOK):
        require(act, study=study, by=by)
    digest = document_at(path, limit=ANY_SIZE).digest
    draft = read_project(path, named=wishes.named, countings=wishes.countings)
    with transaction.atomic():
        moved_on(study)  # first: from here on nobody else changes what the plan is made of
        plan = plan_of(study, draft, wishes, file=wishes.named or path.name)
        plan.problems.refuse_if_any()
        texts = Texts(study, plan.texts, by=by)
        taken = _Storing(study, plan, by=by).store(texts.store(wishes.provenance))
        texts.keep_file(path, digest)
        record(
            "project.imported",
            subject=study.ref,
            by=by.ref,
            codebook=taken.codebook,
            digest=digest,
            texts=taken.texts,
            codings=taken.codings,
            excerpts=taken.excerpts,
            unplaced=taken.unplaced,
        )
    return taken


class _Storing:
    """What was said in one sound project while it is written down, inside one transaction."""

    def __init__(self, study: Study, plan: Plan, *, by: Member) -> None:
        self.study = study
        self.plan = plan
        self.by = by
        self.now = timezone.now()
        self.version = _version(study, plan, by=by)
        self.codes = dict(self.version.code_set.values_list("key", "pk"))
        self.passes = self._passes()

    def store(self, versions: Sequence[TextVersion]) -> TakenProject:
        """Write down judgements and memos, and complete the readings."""
        excerpts = self._excerpts(versions)
        codings = list(self._codings(versions, excerpts))
        write_rows(Coding, WRITTEN, codings)
        memos = Memo.objects.bulk_create(self._memos(versions, excerpts))
        self._complete(versions)
        plan = self.plan
        return TakenProject(
            codebook=self.version.name,
            texts=len(versions),
            new_texts=plan.new_texts,
            excerpts=plan.excerpts,
            codings=len(codings),
            memos=len(memos),
            coders=len(self.passes),
            unplaced=plan.draft.unplaced,
            left=plan.draft.dropped,
        )

    def _passes(self) -> dict[int, int]:
        spans = (heard for spans in self.plan.heard for heard in spans.values())
        coders = {one.coder for heard in spans for one in heard}
        return {
            coder: Pass.objects.get_or_create(
                study=self.study,
                coder_id=coder,
                version=self.version,
                defaults={"began": self.now},
            )[0].pk
            for coder in sorted(coders)
        }

    def _excerpts(self, versions: Sequence[TextVersion]) -> Mapping[Place, int]:
        """Return the numbers of excerpts by text and span; make those that are not there."""
        wanted: dict[Place, str] = {}
        for planned, version in zip(self.plan.texts, versions, strict=True):
            for one in planned.text.selections:
                wanted.setdefault((version.pk, one.start, one.end), one.guid)
        numbers = [version.pk for version in versions]
        there = Excerpt.objects.filter(text_version__in=numbers)
        columns = ("text_version", "start", "end", "pk")
        known = {tuple(place): pk for *place, pk in there.values_list(*columns)}
        fresh = [place for place in wanted if place not in known]
        made = Excerpt.objects.bulk_create(
            (Excerpt(text_version_id=text, start=start, end=end) for text, start, end in fresh),
            batch_size=500,
        )
        Elsewhere.objects.bulk_create(
            (
                Elsewhere(excerpt=excerpt, guid=wanted[place])
                for place, excerpt in zip(fresh, made, strict=True)
                if wanted[place]
            ),
            batch_size=500,
        )
        return known | {place: one.pk for place, one in zip(fresh, made, strict=True)}

    def _codings(
        self, versions: Sequence[TextVersion], excerpts: Mapping[Place, int]
    ) -> Iterator[Written]:
        """Yield the judgements that are not there yet; those that are must say the same."""
        there = self._there()
        for version, spans in zip(versions, self.plan.heard, strict=True):
            for span, heard in spans.items():
                about = _about(version, span, excerpts)
                for one in heard:
                    row = (*about, self.passes[one.coder], self.codes[one.code])
                    if row not in there:
                        yield *row, *one.said, one.note
                    elif there[row] != one.said:
                        raise Refusal(
                            "“{code}” is given in this study already on one of these places by the "
                            "same coder, with another value; settle which is meant, and import "
                            "again.",
                            code=one.code,
                        )

    def _there(self) -> Mapping[Written, tuple[int | None, str]]:
        columns = (*WRITTEN[:6], "value", "gap")
        rows = Coding.objects.filter(reading__in=list(self.passes.values())).values_list(*columns)
        return {tuple(row): (value, gap) for *row, value, gap in rows.iterator(5_000)}

    def _memos(self, versions: Sequence[TextVersion], excerpts: Mapping[Place, int]) -> list[Memo]:
        project = self.plan.project
        made = [*self._memo(project.memos, {})]
        for key, memos in project.memos_on_codes.items():
            made += self._memo(memos, {"code_id": self.codes[self.plan.keys[key]]})
        for planned, version in zip(self.plan.texts, versions, strict=True):
            made += self._memo(planned.text.memos, {"account_id": version.account_id})
            for one in planned.text.selections:
                number = excerpts[version.pk, one.start, one.end]
                made += self._memo(one.memos, {"excerpt_id": number, "version": self.version})
        return [memo for memo in made if not self._is_there(memo)]

    def _memo(self, memos: Iterable[PlainMemo], about: Mapping[str, object]) -> Iterator[Memo]:
        for memo in memos:
            author = self.plan.members.get(memo.by, self.by)
            for words in words_of(memo):
                yield Memo(
                    study=self.study,
                    by=author,
                    words=words,
                    made=self.now,
                    saved=self.now,
                    **about,
                )

    def _is_there(self, memo: Memo) -> bool:
        about = {
            name: getattr(memo, name) for name in ("by_id", "excerpt_id", "code_id", "account_id")
        }
        same = Memo.objects.filter(study=self.study, words=memo.words)
        return same.filter(**about).exists()

    def _complete(self, versions: Sequence[TextVersion]) -> None:
        """Count each reading as complete, but for sheets that are there already."""
        if unit_of(self.version) is not Target.ACCOUNT:
            return
        read = self._read(versions)
        known = Sheet.objects.filter(reading__in=list(self.passes.values()), account__isnull=False)
        fresh = read - set(known.values_list("reading", "account"))
        Sheet.objects.bulk_create(
            Sheet(
                reading_id=reading,
                account_id=account,
                state=SheetState.COMPLETE,
                saved=self.now,
                completed=self.now,
            )
            for reading, account in sorted(fresh)
        )
        count_differences(self.study, self.version, {account for _, account in read})

    def _read(self, versions: Sequence[TextVersion]) -> set[tuple[int, int]]:
        return {
            (self.passes[one.coder], version.account_id)
            for version, spans in zip(versions, self.plan.heard, strict=True)
            for heard in spans.values()
            for one in heard
        }


def _version(study: Study, plan: Plan, *, by: Member) -> CodebookVersion:
    if plan.version is None and plan.codebook is not None:
        return keep_codebook(study=study, codebook=plan.codebook, by=by)
    if plan.version is None:
        raise Refusal("The project holds no codes, so there is nothing to take in with it.")
    return plan.version


def _about(
    version: TextVersion, span: tuple[int, int] | None, excerpts: Mapping[Place, int]
) -> tuple[int | None, None, None, int | None]:
    if span is None:
        return version.account_id, None, None, None
    return None, None, None, excerpts[version.pk, *span]
