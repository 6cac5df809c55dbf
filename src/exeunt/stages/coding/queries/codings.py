"""Reading single judgements."""

from exeunt.ledger.recording import record_alone
from exeunt.members.models import Member
from exeunt.stages.coding.models import CodebookVersion, Coding
from exeunt.stages.coding.queries.visibility import check_not_blind, that_count
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
    columns = (ACCOUNT_OF[target], "reading__coder__name", "code__key", "value", "gap", "note")
    places = ("excerpt__start", "excerpt__end")
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
        for label, coder, code, value, gap, note, start, end in that_count(there, version)
        .order_by("pk")
        .values_list(*columns, *places)
        .iterator(5000)
    ]
