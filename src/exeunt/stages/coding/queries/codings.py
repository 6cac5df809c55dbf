"""Reading single judgements."""

from exeunt.ledger.recording import record_alone
from exeunt.members.models import Member
from exeunt.stages.coding.models import CodebookVersion, Coding
from exeunt.stages.coding.queries.visibility import check_not_blind, open_things, passes_of
from exeunt.stages.coding.states import Target
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

COLUMNS = ("account", "coder", "code", "target", "value", "gap", "start", "end", "note")
ACCOUNT_OF = {
    Target.ACCOUNT: "account__label",
    Target.EXCERPT: "excerpt__text_version__account__label",
    Target.EXIT: "exit__ref",
    Target.SPELL: "spell__ref",
}


def codings_of(
    study: Study, version: CodebookVersion, *, by: Member
) -> list[dict[str, str | int | None]]:
    """Return every judgement that counts, and write down that they were read.

    ``account`` is the account's label, or the reference of the exit or spell. What stands on
    a sheet that is open does not count yet.
    """
    require(Act.READ_CODINGS, study=study, by=by)
    check_not_blind(study, version, by=by)
    rows = [row for target in ACCOUNT_OF for row in _rows(study, version, target)]
    record_alone("codings.read", subject=study.ref, by=by.ref, rows=len(rows))
    return rows


def _rows(
    study: Study, version: CodebookVersion, target: Target
) -> list[dict[str, str | int | None]]:
    there = Coding.objects.filter(
        reading__study=study, reading__version=version, **{f"{target}__isnull": False}
    )
    still_open = _still_open(study, version, target)
    columns = (ACCOUNT_OF[target], "reading__coder__name", "code__key", "value", "gap", "note")
    places = ("excerpt__start", "excerpt__end", "reading", target.value)
    return [
        {
            "account": label,
            "coder": coder,
            "code": code,
            "target": target.value,
            "value": value,
            "gap": gap,
            "start": start,
            "end": end,
            "note": note,
        }
        for label, coder, code, value, gap, note, start, end, *sheet in there.order_by("pk")
        .values_list(*columns, *places)
        .iterator(5000)
        if tuple(sheet) not in still_open
    ]


def _still_open(
    study: Study, version: CodebookVersion, target: Target
) -> frozenset[tuple[int, int]]:
    if target is not Target(version.unit):
        return frozenset()
    return frozenset(open_things(passes_of(study, version), target))
