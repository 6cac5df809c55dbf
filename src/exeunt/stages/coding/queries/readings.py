"""Loading what several coders said of the same accounts."""

from collections.abc import Iterable

import numpy as np

from exeunt.errors import NotThere, Sentence
from exeunt.ledger.recording import record_alone
from exeunt.members.models import Member
from exeunt.methods.chronology import read_date
from exeunt.methods.readings import Readings
from exeunt.stages.coding.models import CodebookVersion, Pass
from exeunt.stages.coding.queries.codebooks import plain
from exeunt.stages.coding.queries.grids import Judged, due_of, grids_of, is_marked, settled_of
from exeunt.stages.coding.queries.things import unit_of
from exeunt.stages.coding.queries.visibility import check_not_blind
from exeunt.stages.coding.states import Gap, Target
from exeunt.stages.narrators.models import Exit, Spell
from exeunt.stages.testimonies.models import Account, Telling
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

ROWS_AT_ONCE = 20_000
UNDATED = "undated"


def readings_of(study: Study, version: CodebookVersion, *, by: Member) -> Readings:
    """Return every coder's values for every account (exit or spell, as the codebook says).

    With a codebook of excerpts an account's value is the highest that a reader gave on any
    excerpt of it; what a reader has completed without marking it is not mentioned. Only numbers
    and labels are loaded, never a text, and only readings that are complete.
    Raises NotThere where nobody has coded the study with this version, and NotYet for a
    coder who still has to read what others have.
    """
    require(Act.SEE_FINDINGS, study=study, by=by)
    check_not_blind(study, version, by=by)
    read = Pass.objects.filter(study=study, version=version).order_by("pk")
    passes = list(read.select_related("coder"))
    if not passes:
        raise NotThere(
            "Nobody has coded this study with “{codebook}” yet. {instead}",
            codebook=version.name,
            instead=_instead(study),
        )
    judged = JUDGED[unit_of(version)](study)
    codes = list(version.code_set.values_list("pk", "key"))
    numbers, cells = grids_of(passes, judged, codes, version=version)
    return Readings(
        codebook=plain(version),
        readers=tuple(reading.coder.name for reading in passes),
        machines=tuple(reading.coder.is_machine for reading in passes),
        accounts=judged.labels,
        codes=tuple(key for _, key in codes),
        numbers=numbers,
        cells=cells,
        attributes=judged.attributes,
        narrators=judged.narrators,
        marked=is_marked(version),
        due=due_of(passes, judged, cells, version=version),
        settled=settled_of(judged, codes, (numbers, cells), study=study, version=version),
    )


def ratings_of(study: Study, version: CodebookVersion, code: str, *, by: Member) -> Readings:
    """Return the readings of one code, judgement by judgement, and write down that they were read.

    Raises NotThere where the codebook has no such code.
    """
    require(Act.READ_CODINGS, study=study, by=by)
    readings = readings_of(study, version, by=by)
    if code not in readings.codes:
        raise NotThere("There is no code “{code}” in {codebook}.", code=code, codebook=version.name)
    record_alone("codings.read", subject=study.ref, by=by.ref, rows=len(readings.accounts))
    return readings.with_codes([code])


def _instead(study: Study) -> str:
    used = Pass.objects.filter(study=study).values_list("version", flat=True).distinct()
    others = CodebookVersion.objects.filter(pk__in=used).select_related("codebook")
    if others:
        known = ", ".join(f"“{other.name}”" for other in others)
        return Sentence("It has been coded with {known}.", known=known)
    return Sentence("Bring codings in with “exeunt import codings”.")


def _accounts(study: Study) -> Judged:
    rows = list(
        Account.objects.filter(study=study)
        .order_by("pk")
        .values_list("pk", "label", "narrator", "period", "setting", "published")
    )
    groups = _groups_left(study)
    return Judged(
        target=Target.ACCOUNT,
        numbers=np.array([row[0] for row in rows], dtype=np.int64),
        labels=tuple(row[1] for row in rows),
        narrators=np.array([row[2] for row in rows], dtype=np.int64),
        attributes={
            "period": np.array([row[3] or _year(row[5]) for row in rows], dtype=np.str_),
            "group": np.array([groups.get(row[0], Gap.UNKNOWN) for row in rows], dtype=np.str_),
            "setting": np.array([row[4] for row in rows], dtype=np.str_),
        },
    )


def _groups_left(study: Study) -> dict[int, str]:
    """Return the group that each account's first exit left, or why none is named."""
    tellings = Telling.objects.filter(account__study=study).order_by("-pk")
    named = tellings.values_list("account", "exit__spell__group__name", "exit__spell__group_gap")
    return {account: name or gap for account, name, gap in named.iterator(ROWS_AT_ONCE)}


def _exits(study: Study) -> Judged:
    rows = Exit.objects.filter(spell__narrator__study=study).order_by("pk")
    return _endings(
        Target.EXIT,
        rows.values_list("pk", "ref", "spell__narrator", "spell__group__name", "spell__group_gap"),
    )


def _spells(study: Study) -> Judged:
    rows = Spell.objects.filter(narrator__study=study).order_by("pk")
    return _endings(
        Target.SPELL, rows.values_list("pk", "ref", "narrator", "group__name", "group_gap")
    )


def _endings(target: Target, rows: Iterable[tuple[int, str, int, str | None, str]]) -> Judged:
    known = list(rows)
    return Judged(
        target=target,
        numbers=np.array([row[0] for row in known], dtype=np.int64),
        labels=tuple(row[1] for row in known),
        narrators=np.array([row[2] for row in known], dtype=np.int64),
        attributes={"group": np.array([row[3] or row[4] for row in known], dtype=np.str_)},
    )


def _year(published: str) -> str:
    when = read_date(published) if published else None
    if when is None or (when.earliest is None and when.latest is None):
        return UNDATED
    years = {day.year if day is not None else None for day in (when.earliest, when.latest)}
    return str(years.pop()) if len(years) == 1 else published


JUDGED = {
    Target.ACCOUNT: _accounts,
    Target.EXIT: _exits,
    Target.SPELL: _spells,
}
