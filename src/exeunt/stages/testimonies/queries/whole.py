"""A study's accounts as a whole: how many, of what kind, and all of them at once."""

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from exeunt.ledger.recording import record_alone
from exeunt.members.models import Member
from exeunt.stages.sources.states import Provenance
from exeunt.stages.testimonies.models import Account, TextVersion
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

COLUMNS = {
    "account": "label",
    "narrator": "narrator__label",
    "provenance": "source__provenance",
    "language": "language",
    "published": "published",
    "period": "period",
    "setting": "setting",
    "gender": "narrator__gender",
    "age_band": "age_band",
    "citation": "source__citation",
    "group_left": "telling__exit__spell__group__name",
    "group_left_gap": "telling__exit__spell__group_gap",
    "group_joined": "telling__to_group__name",
    "group_joined_gap": "telling__to_gap",
    "joined": "telling__began",
    "left": "telling__ended",
    "exit_kind": "telling__kind",
}


class Extent(NamedTuple):
    """How large a study's body of accounts is, and what it is made of."""

    accounts: int
    narrators: int
    with_text: int
    provenances: tuple[Provenance, ...]

    @property
    def invented(self) -> bool:
        """Whether any of it is invented, so that every page must say so."""
        return Provenance.INVENTED in self.provenances


def extent_of(study: Study) -> Extent:
    """Return counts only; no account is read."""
    accounts = Account.objects.filter(study=study)
    kinds = accounts.order_by().values_list("source__provenance", flat=True).distinct()
    return Extent(
        accounts=accounts.count(),
        narrators=accounts.values("narrator").distinct().count(),
        with_text=TextVersion.objects.filter(account__study=study)
        .values("account")
        .distinct()
        .count(),
        provenances=tuple(sorted(Provenance(kind) for kind in kinds)),
    )


def labels_in(study: Study) -> set[str]:
    """Return the labels that a study has given."""
    return set(Account.everything.filter(study=study).values_list("label", flat=True))


def accounts_of(study: Study, *, by: Member) -> list[dict[str, str]]:
    """Return every account of a study, a row each, and write down that they were read.

    An account that tells of several exits has a row for each.
    """
    require(Act.READ_ACCOUNTS, study=study, by=by)
    rows = list(Account.objects.filter(study=study).order_by("pk").values_list(*COLUMNS.values()))
    record_alone("accounts.read", subject=study.ref, by=by.ref, rows=len(rows))
    return [dict(zip(COLUMNS, (cell or "" for cell in row), strict=True)) for row in rows]


def damaged_texts() -> Iterator[TextVersion]:
    """Yield the text versions that no longer hash to what they did when they were stored."""
    for version in TextVersion.everything.order_by("pk").iterator(chunk_size=500):
        if hashlib.sha256(version.text.encode()).hexdigest() != version.digest:
            yield version
