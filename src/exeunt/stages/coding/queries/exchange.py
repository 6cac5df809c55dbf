"""What of a study's coding somebody may carry out of it, as a plain project."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from exeunt.errors import Sentence
from exeunt.members.models import Kind, Member
from exeunt.methods.projects import Memo as PlainMemo
from exeunt.methods.projects import Project, Selection, Text
from exeunt.stages.coding.formats.project.qde import guid_for
from exeunt.stages.coding.models import CodebookVersion, Elsewhere, Excerpt
from exeunt.stages.coding.queries.codebooks import plain, version_called
from exeunt.stages.coding.queries.exchange_said import AT_ONCE, Row, Said
from exeunt.stages.testimonies.models import Account, TextVersion, Turn
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

SPAN = ("start", "end")
LEFT: Mapping[str, str] = {
    "hidden": "{number} readings by others are left out: they are not complete, or you do not see "
    "them yet.",
    "lost": "{number} excerpts are left out whose place in the corrected text is not found.",
    "proposed": "{number} judgements are left out whose code is only proposed.",
    "elsewhere": "{number} judgements of exits and spells are left out: they stand in no text.",
    "unread": "{number} accounts are left out that have no text to read yet.",
    "turns": "Who speaks and when is left out of {number} texts.",
}


class Counts(NamedTuple):
    """How much an export holds; a row is one judgement."""

    texts: int
    excerpts: int
    rows: int
    memos: int
    readers: int


class Export(NamedTuple):
    """What may be carried out: the project, how much it is, and what stays behind."""

    version: CodebookVersion
    project: Project
    counts: Counts
    left_out: tuple[str, ...]


def export_of(study: Study, codebook: str | None, *, by: Member) -> Export:
    """Return all that a member may export of what was coded with one version.

    One's own readings, and others' as far as one may see them: who leads sees names, a coder
    sees others nameless.
    """
    require(Act.HAND_ON, study=study, by=by)
    version = version_called(codebook, study=study)
    return _Gathering(study, version, Said(study, version, by=by)).export()


def colleagues_of(study: Study, *, by: Member) -> list[Member]:
    """Return to whom an export may be handed: everybody who works in the study."""
    require(Act.SEE_FINDINGS, study=study, by=by)
    people = Member.objects.filter(membership__study=study, kind=Kind.PERSON)
    return list(people.order_by("name").distinct())


class _Gathering:
    """One export while it is put together."""

    def __init__(self, study: Study, version: CodebookVersion, said: Said) -> None:
        self.study = study
        self.version = version
        self.said = said
        confirmed = TextVersion.objects.filter(account__study=study, confirmed__isnull=False)
        self.latest = dict(confirmed.order_by("number").values_list("account", "pk"))
        self.there = set(self.latest.values())
        self.lost = 0

    def export(self) -> Export:
        """Put the project together, and count it."""
        texts = tuple(self._texts())
        codes = self.version.code_set.values_list("pk", "key")
        on_codes = {key: tuple(self._memos("code", number)) for number, key in codes}
        project = Project(
            self.study.title,
            plain(self.version),
            texts,
            people=self.said.shown,
            memos=tuple(self._memos("study", 0)),
            memos_on_codes={key: memos for key, memos in on_codes.items() if memos},
        )
        return Export(self.version, project, self._counts(project), tuple(self._left_out()))

    def _texts(self) -> Iterator[Text]:
        whole: dict[int, list[Row]] = {}
        for row in self.said.rows:
            if row.account is not None:
                whole.setdefault(row.account, []).append(row)
        marked = self._marked()
        guids = Elsewhere.objects.filter(account__study=self.study)
        known = dict(guids.values_list("account", "guid"))
        said = TextVersion.objects.filter(pk__in=self.there).values_list("pk", "text")
        words = dict(said.iterator(500))
        accounts = Account.objects.filter(pk__in=self.latest).order_by("pk")
        for number, ref, label in accounts.values_list("pk", "ref", "label"):
            version = self.latest[number]
            yield Text(
                known.get(number) or guid_for("account", ref),
                label,
                words[version],
                selections=tuple(marked.get(version, ())),
                judgements=tuple(map(self.said.judgement, whole.get(number, ()))),
                memos=tuple(self._memos("account", number)),
            )

    def _marked(self) -> Mapping[int, list[Selection]]:
        """Return by text what was judged or noted on each of its excerpts, in their order."""
        said: dict[int, list[Row]] = {}
        for row in self.said.rows:
            if row.excerpt is not None:
                said.setdefault(row.excerpt, []).append(row)
        noted = [number for kind, number in self.said.memos if kind == "excerpt"]
        there = Excerpt.objects.filter(text_version__account__study=self.study)
        guids = dict(Elsewhere.objects.filter(excerpt__isnull=False).values_list("excerpt", "guid"))
        marked: dict[int, list[Selection]] = {}
        places = there.order_by("start", "end").values_list("pk", "ref", "text_version", *SPAN)
        wanted = said.keys() | set(noted)
        for number, ref, text, start, end in places.iterator(AT_ONCE):
            if number not in wanted or text not in self.there:
                self.lost += number in wanted
                continue
            rows = said.get(number, [])
            selection = Selection(
                guids.get(number) or guid_for("excerpt", ref),
                start,
                end,
                self.said.people[rows[0].reading].guid if rows else "",
                judgements=tuple(map(self.said.judgement, rows)),
                memos=tuple(self._memos("excerpt", number)),
            )
            marked.setdefault(text, []).append(selection)
        return marked

    def _memos(self, kind: str, number: int) -> Sequence[PlainMemo]:
        return self.said.memos.get((kind, number), ())

    def _counts(self, project: Project) -> Counts:
        texts = project.texts
        spoken = [j for text in texts for one in text.selections for j in one.judgements]
        spoken += [judgement for text in texts for judgement in text.judgements]
        return Counts(
            texts=len(texts),
            excerpts=sum(len(text.selections) for text in texts),
            rows=len(spoken),
            memos=sum(map(len, self.said.memos.values())),
            readers=len({judgement.by for judgement in spoken}),
        )

    def _left_out(self) -> Iterator[str]:
        accounts = Account.objects.filter(study=self.study)
        turns = Turn.objects.filter(version__in=self.there).values("version").distinct()
        numbers = {
            "hidden": self.said.hidden,
            "lost": self.lost,
            "proposed": self.said.proposed,
            "elsewhere": self.said.elsewhere,
            "unread": accounts.count() - len(self.latest),
            "turns": turns.count(),
        }
        return (Sentence(LEFT[kind], number=number) for kind, number in numbers.items() if number)
