"""Keeping the words under which accounts are found."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from exeunt.desk.bulk import write_rows
from exeunt.methods.searching import searchable
from exeunt.stages.narrators.models import Narrator
from exeunt.stages.testimonies.models import Account, SearchWords, Telling, TextVersion

# All that was taken out of a full-text index of SQLite is gone only when its parts are merged.
MERGE = "INSERT INTO testimonies_searchindex(testimonies_searchindex) VALUES ('optimize')"


def keep_words(said: Iterable[tuple[int, Iterable[str]]]) -> None:
    """Keep the words of new accounts, given by their numbers, inside the caller's transaction."""
    write_rows(
        SearchWords, ("account", "words"), ((account, searchable(parts)) for account, parts in said)
    )


def renew_words(*accounts: Account) -> None:
    """Find the words of accounts anew, inside the caller's transaction; none is left behind."""
    _renew(Account.objects.filter(pk__in=[account.pk for account in accounts]))


def renew_words_of(narrator: Narrator) -> None:
    """Find the words of all that a narrator tells anew, inside the caller's transaction."""
    _renew(Account.objects.filter(narrator=narrator))


def _renew(accounts: QuerySet[Account]) -> None:
    kept = dict(SearchWords.objects.filter(account__in=accounts).values_list("account", "words"))
    changed = {
        number: words
        for number, parts in _parts_of(accounts).items()
        if (words := searchable(parts)) != kept.get(number)
    }
    SearchWords.objects.filter(account__in=changed).delete()
    SearchWords.objects.bulk_create(
        SearchWords(account_id=number, words=words) for number, words in changed.items()
    )
    if connection.vendor == "sqlite" and _lost(kept, changed):
        with connection.cursor() as cursor:
            cursor.execute(MERGE)


def _lost(kept: dict[int, str], changed: dict[int, str]) -> bool:
    pairs = ((kept.get(number, ""), words) for number, words in changed.items())
    return any(set(before.split()) - set(now.split()) for before, now in pairs)


def _parts_of(accounts: QuerySet[Account]) -> dict[int, list[str]]:
    latest = TextVersion.objects.filter(account=OuterRef("pk")).order_by("-number")
    found: Sequence[tuple[int, Sequence[str | None]]] = [
        (number, said)
        for number, *said in accounts.values_list(
            "pk",
            "label",
            "source__citation",
            "narrator__label",
            Subquery(latest.values("text")[:1]),
        )
    ]
    groups = Telling.objects.filter(account__in=accounts).values_list(
        "account", "exit__spell__group__name", "to_group__name"
    )
    parts: dict[int, list[str]] = {}
    for number, said in [*found, *((number, said) for number, *said in groups)]:
        parts.setdefault(number, []).extend(filter(None, said))
    return parts
