"""Finding again where the complete readings of texts differ, stretch by stretch."""

from collections.abc import Iterable, Iterator, Sequence

from exeunt.desk.bulk import Written, write_rows
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.stages.coding.models import CodebookVersion, Pass, SpanDifference, SpanSettlement
from exeunt.stages.coding.queries.marks import AT_ONCE, MarkedCode, has_marks, marked_codes
from exeunt.stages.testimonies.models import TextVersion
from exeunt.studies.models import Study

PAIR = 2
WRITTEN = (
    "version",
    "account",
    "code",
    "text_version",
    "start",
    "end",
    "unlike",
    "weight",
    "outcome",
)
About = tuple[int, int, int, int]


def find_span_differences(study: Study, version: CodebookVersion, accounts: Iterable[int]) -> None:
    """Find again where the readers of these accounts mark differently, in the caller's transaction.

    With a codebook of exits or spells nobody reads accounts as a whole, and nothing is compared.
    """
    if not has_marks(version):
        return
    numbers = sorted(accounts)
    for first in range(0, len(numbers), AT_ONCE):
        batch = numbers[first : first + AT_ONCE]
        outcomes = _outcomes(version, batch)
        SpanDifference.objects.filter(version=version, account__in=batch).delete()
        found = marked_codes(study, version, batch)
        rows = (row for marked in found for row in _rows(version, marked, outcomes))
        write_rows(SpanDifference, WRITTEN, rows)


def find_after_correction(*, version: TextVersion, by: Member) -> None:
    """Find the differences of an account again whose text was corrected; excerpts have moved."""
    account = version.account
    read = Pass.objects.filter(study=account.study, sheet__account=account)
    used = list(CodebookVersion.objects.filter(pk__in=read.values("version")))
    if not used:
        return
    for one in used:
        find_span_differences(account.study, one, [account.pk])
    found = SpanDifference.objects.filter(account=account).count()

    record(
        "differences.found",
        subject=account.ref,
        by=by.ref,
        study=account.study.ref,
        stretches=found,
    )


def _rows(
    version: CodebookVersion, marked: MarkedCode, outcomes: dict[About, str]
) -> Iterator[Written]:
    if len(marked.readers) < PAIR:
        return
    for one in marked.stretches():
        if one.unlike is None:
            continue
        about = marked.code, marked.text_version, one.start, one.end
        yield (
            version.pk,
            marked.account,
            *about,
            one.unlike.value,
            one.weight,
            outcomes.get(about, ""),
        )


def _outcomes(version: CodebookVersion, accounts: Sequence[int]) -> dict[About, str]:
    """Return what became of the stretches that were settled or sent back."""
    found = SpanSettlement.objects.filter(account__in=accounts, code__version=version)
    places = found.values_list(
        "code", "about__text_version", "about__start", "about__end", "outcome"
    )
    return {(code, text, start, end): said for code, text, start, end, said in places}
