"""What a person sees of a project before it is taken in."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from exeunt.desk.uploads import Upload
from exeunt.errors import BadInput, Problem
from exeunt.members.models import Member
from exeunt.methods.offsets import Counting
from exeunt.sandbox.limits import LIMITS
from exeunt.stages.coding.queries.projects import (
    Plan,
    PlannedText,
    Wishes,
    judgements_in,
    look_at_project,
)
from exeunt.stages.coding.rules.projects import EVERYBODY, NOBODY
from exeunt.stages.sources.queries import provenances_in
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

LARGEST_LOOKED_AT = 50_000_000
MOST_TEXTS = 500
HERE, GETS_TEXT, NEW = "here already", "gets its text", "new"


class CoderLine(NamedTuple):
    """Somebody who coded in a project, how they are asked for, and whom they are taken for."""

    name: str
    asked: str
    judgements: int
    meant: str


class TextLine(NamedTuple):
    """One text: what becomes of it, and how its places were read."""

    label: str
    name: str
    becomes: str
    selections: int
    inside: int
    worded: int
    read_as: Counting
    else_as: Counting | None
    sure: bool
    unplaced: int


class ProjectPage(NamedTuple):
    """What would come in, and everything that keeps it from coming in."""

    codebook: str
    known: bool
    coders: tuple[CoderLine, ...]
    texts: tuple[TextLine, ...]
    more_texts: int
    excerpts: int
    codings: int
    unplaced: int
    dropped: tuple[str, ...]
    problems: tuple[Problem, ...]
    unlisted: int
    needs_provenance: bool

    @property
    def is_sound(self) -> bool:
        """Whether the import would be taken."""
        return not self.problems


NOTHING = ProjectPage(
    "",
    known=False,
    coders=(),
    texts=(),
    more_texts=0,
    excerpts=0,
    codings=0,
    unplaced=0,
    dropped=(),
    problems=(),
    unlisted=0,
    needs_provenance=False,
)


def project_sent(study: Study, upload: Upload, wishes: Wishes, *, by: Member) -> ProjectPage | None:
    """Look at a project that was sent; None where it is too large to be looked at meanwhile.

    What is wrong with it is told, not raised.
    """
    for act in (Act.IMPORT_ACCOUNTS, Act.IMPORT_CODINGS, Act.EDIT_CODEBOOK):
        require(act, study=study, by=by)
    if upload.path.stat().st_size > LARGEST_LOOKED_AT:
        return None
    try:
        plan = look_at_project(
            study=study,
            path=upload.path,
            wishes=wishes._replace(named=upload.name),
            limits=LIMITS,
            by=by,
        )
    except BadInput as refused:
        told = refused.about("")
        return NOTHING._replace(problems=told.problems, unlisted=told.unlisted)
    return _page(plan, study)


def _page(plan: Plan, study: Study) -> ProjectPage:
    texts = tuple(_text(planned) for planned in islice(plan.texts, MOST_TEXTS))
    version, codebook = plan.version, plan.codebook
    return ProjectPage(
        codebook=version.name if version else codebook.slug if codebook else "",
        known=version is not None,
        coders=tuple(_coders(plan)),
        texts=texts,
        more_texts=len(plan.texts) - len(texts),
        excerpts=plan.excerpts,
        codings=plan.codings,
        unplaced=plan.draft.unplaced,
        dropped=plan.draft.dropped,
        problems=tuple(plan.problems.listed),
        unlisted=plan.problems.unlisted,
        needs_provenance=plan.new_texts > 0 and not provenances_in(study),
    )


def _coders(plan: Plan) -> Iterator[CoderLine]:
    names = {person.guid: person.name for person in plan.project.people}
    counted: dict[str, int] = {}
    meant: dict[str, str] = {}
    for judgement in judgements_in(plan.project):
        name = names.get(judgement.by, NOBODY)
        counted[name] = counted.get(name, 0) + 1
        if judgement.by in plan.members:
            meant[name] = plan.members[judgement.by].name
    for name, judgements in counted.items():
        yield CoderLine(name, name or EVERYBODY, judgements, meant.get(name, ""))


def _text(planned: PlannedText) -> TextLine:
    counted = planned.counted
    choice = counted.choice
    known = HERE if planned.version is not None else None
    return TextLine(
        label=planned.label,
        name=planned.text.name,
        becomes=known or (NEW if planned.account is None else GETS_TEXT),
        selections=counted.selections,
        inside=choice.fit.inside,
        worded=choice.fit.worded,
        read_as=choice.counting,
        else_as=choice.second,
        sure=choice.sure or not counted.selections,
        unplaced=len(counted.unplaced),
    )
