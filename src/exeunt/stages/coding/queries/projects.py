"""What taking in another program's project would do; the act itself does just that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from exeunt.errors import Refusal, Sentence, sentence_of
from exeunt.members.models import Member
from exeunt.methods.codebooks import Codebook as PlainCodebook
from exeunt.methods.projects import Judgement, Project, Text
from exeunt.sandbox.limits import BULK, Limits
from exeunt.stages.coding.formats.codebook_qdc import guid_of
from exeunt.stages.coding.intake.project import Counted, ProjectDraft, read_project
from exeunt.stages.coding.models import CodebookVersion
from exeunt.stages.coding.queries.codebooks import digest_of, plain, version_called
from exeunt.stages.coding.rules.projects import (
    NOBODY,
    Said,
    codebook_name,
    label_of_text,
    matching_codes,
    person_meant,
    said_by,
)
from exeunt.stages.sources.intake.problems import ProblemList
from exeunt.stages.testimonies.actions.storing import digest_of as digest_of_text
from exeunt.stages.testimonies.models import Account, TextVersion
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act, Role

NOTHING: Mapping[str, str] = MappingProxyType({})


class Wishes(NamedTuple):
    """What a person says of a project: where it comes from, its codebook here, who is who.

    ``named`` is what its owner calls the file, where it lies under another name.
    """

    provenance: str = ""
    codebook: str = ""
    coders: Mapping[str, str] = NOTHING
    countings: Mapping[str, str] = NOTHING
    named: str = ""


class PlannedText(NamedTuple):
    """One text: which account it is or becomes, and how its places were read."""

    text: Text
    counted: Counted
    label: str
    account: int | None
    version: int | None


class Heard(NamedTuple):
    """What one coder said of one span, or of a whole text where there is none."""

    coder: int
    code: str
    said: Said
    note: str


Spans = dict[tuple[int, int] | None, list[Heard]]


@dataclass
class Plan:
    """All that would come in, and what keeps it from coming in."""

    draft: ProjectDraft
    problems: ProblemList
    codebook: PlainCodebook | None = None
    version: CodebookVersion | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, Member] = field(default_factory=dict)
    texts: tuple[PlannedText, ...] = ()
    heard: list[Spans] = field(default_factory=list)
    unknown: tuple[str, ...] = ()
    repeated: int = 0

    @property
    def project(self) -> Project:
        """Return the project."""
        return self.draft.project

    @property
    def excerpts(self) -> int:
        """Count the spans that were coded."""
        return sum(span is not None for spans in self.heard for span in spans)

    @property
    def codings(self) -> int:
        """Count the judgements."""
        return sum(len(heard) for spans in self.heard for heard in spans.values())

    @property
    def new_texts(self) -> int:
        """Count the texts that are not in the study yet."""
        return sum(planned.version is None for planned in self.texts)


def look_at_project(
    *, study: Study, path: Path, wishes: Wishes, limits: Limits = BULK, by: Member
) -> Plan:
    """Read a project as the import would, and take nothing in."""
    for act in (Act.IMPORT_ACCOUNTS, Act.IMPORT_CODINGS, Act.EDIT_CODEBOOK):
        require(act, study=study, by=by)
    draft = read_project(path, named=wishes.named, countings=wishes.countings, limits=limits)
    return plan_of(study, draft, wishes, file=wishes.named or path.name)


def plan_of(study: Study, draft: ProjectDraft, wishes: Wishes, *, file: str) -> Plan:
    """Work out what taking in a project would do; what is wrong is listed, not raised."""
    plan = Plan(draft, ProblemList(file, most=200))
    for step in (_plan_codebook, _plan_people, _plan_texts):
        step(study, plan, wishes)
    if not plan.problems:
        _plan_judgements(plan)
    return plan


def _plan_codebook(study: Study, plan: Plan, wishes: Wishes) -> None:
    theirs = plan.project.codebook
    if theirs is None:
        if wishes.codebook:
            return
        plan.problems.add("The project holds no codes, so there is nothing to take in with it.")
        return
    try:
        plan.version = _version(study, theirs, wishes)
    except Refusal as refused:
        plan.problems.add(sentence_of(refused), column="codebook")
        return
    plan.codebook = replace(theirs, slug=codebook_name(theirs.slug))
    plan.keys = {code.key: code.key for code in theirs}
    if plan.version is not None:
        ours = plain(plan.version)
        guids = {guid_of(ours, code).casefold(): code.key for code in ours}
        plan.codebook = ours
        try:
            plan.keys = matching_codes(theirs, ours, guids)
        except Refusal as refused:
            plan.problems.add(sentence_of(refused), column="codebook")


def _version(study: Study, theirs: PlainCodebook, wishes: Wishes) -> CodebookVersion | None:
    """Return the version that is wished for, or that says just the same; None for a new one."""
    if wishes.codebook:
        return version_called(wishes.codebook, study=study)
    named = replace(theirs, slug=codebook_name(theirs.slug))
    same = CodebookVersion.objects.filter(codebook__study=study, digest=digest_of(named))
    return same.select_related("codebook").order_by("-number").first()


def _plan_people(study: Study, plan: Plan, wishes: Wishes) -> None:
    coders = Member.objects.filter(membership__study=study, membership__role=Role.CODER)
    known = {coder.name: coder for coder in coders.distinct()}
    names = {person.guid: person.name for person in plan.project.people}
    members: dict[str, Member] = {}
    unknown: list[str] = []
    for guid in dict.fromkeys(one.by for one in judgements_in(plan.project)):
        name = names.get(guid, NOBODY)
        meant = person_meant(name, wishes.coders, known)
        if meant is None:
            unknown.append(name)
        else:
            members[guid] = known[meant]
    plan.members, plan.unknown = members, tuple(dict.fromkeys(unknown))
    for name in plan.unknown:
        says = (
            "“{name}” coded in the project and is no coder of this study. Add them as a coder, or "
            "say who they are here, as in “{name}=MEMBER”."
        )
        nameless = (
            "Some of the project is coded by nobody who is named. Say who that is here, as in "
            "“*=MEMBER”."
        )
        says_it = Sentence(says, name=name[:200]) if name else Sentence(nameless)
        plan.problems.add(says_it, column="coder")


def _plan_texts(study: Study, plan: Plan, _wishes: Wishes) -> None:
    there = _TextsThere(study)
    taken: set[str] = set()
    planned = []
    pairs = zip(plan.project.texts, plan.draft.counted, strict=True)
    for number, (text, counted) in enumerate(pairs, 1):
        label = label_of_text(text.name, number)
        account, version = there.found(text.text, label)
        if version is None and account in there.with_text:
            says = (
                "“{label}” is an account of this study with another text. Correct the text there, "
                "or give the text another name in the project."
            )
            plan.problems.add(Sentence(says, label=label), column="text")
        if version is None and label in taken:
            says = "Two texts of the project are called “{label}”; give one another name."
            plan.problems.add(Sentence(says, label=label), column="text")
        taken.add(label)
        planned.append(PlannedText(text, counted, label, account, version))
    plan.texts = tuple(planned)


class _TextsThere:
    """The latest texts of a study, found by what they say."""

    def __init__(self, study: Study) -> None:
        self.labels = dict(Account.objects.filter(study=study).values_list("label", "pk"))
        rows = TextVersion.objects.filter(account__study=study).order_by("number")
        columns = ("account", "account__label", "pk", "digest")
        latest = {account: found for account, *found in rows.values_list(*columns)}
        self.with_text = set(latest)
        self.by_digest: dict[str, dict[str, tuple[int, int]]] = {}
        for account, (label, version, digest) in latest.items():
            self.by_digest.setdefault(digest, {})[label] = (account, version)

    def found(self, text: str, label: str) -> tuple[int | None, int | None]:
        """Return account and version of a text; of several alike each is found once."""
        alike = self.by_digest.get(digest_of_text(text), {})
        if not alike:
            return self.labels.get(label), None
        return alike.pop(label if label in alike else next(iter(alike)))


def _plan_judgements(plan: Plan) -> None:
    scale = plan.codebook.scale if plan.codebook else None
    if scale is None:
        plan.heard = [{} for _ in plan.texts]
        return
    for planned in plan.texts:
        spans: Spans = {}
        said: dict[tuple[tuple[int, int] | None, int, str], Said] = {}
        for span, judgement in _spoken(planned.text):
            try:
                heard = _heard(plan, judgement, said_by(judgement, scale))
                before = said.setdefault((span, heard.coder, heard.code), heard.said)
                _check_once(before, heard.said, judgement.code)
            except Refusal as refused:
                says = Sentence("{text}: {fault}", text=planned.label, fault=sentence_of(refused))
                plan.problems.add(says)
                continue
            if any((one.coder, one.code) == heard[:2] for one in spans.get(span, ())):
                plan.repeated += 1
            else:
                spans.setdefault(span, []).append(heard)
        plan.heard.append(spans)


def _heard(plan: Plan, judgement: Judgement, said: Said) -> Heard:
    coder = plan.members[judgement.by].pk
    return Heard(coder, plan.keys[judgement.code], said, judgement.note.strip())


def _check_once(before: Said, now: Said, code: str) -> None:
    if before != now:
        raise Refusal(
            "One coder gives “{code}” two values on one place; keep the one that was meant.",
            code=code,
        )


def _spoken(text: Text) -> Iterator[tuple[tuple[int, int] | None, Judgement]]:
    for judgement in text.judgements:
        yield None, judgement
    for selection in text.selections:
        for judgement in selection.judgements:
            yield (selection.start, selection.end), judgement


def judgements_in(project: Project) -> Iterator[Judgement]:
    """Walk every judgement of a project."""
    return (judgement for text in project.texts for _, judgement in _spoken(text))
