"""Keeping the words under which accounts and passages are found."""

from collections.abc import Iterable, Sequence
from itertools import islice

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from exeunt.desk.bulk import write_rows
from exeunt.methods.searching import searchable
from exeunt.stages.narrators.models import Narrator
from exeunt.stages.testimonies.models import (
    Account,
    SearchPassage,
    SearchWords,
    Telling,
    TextVersion,
)
from exeunt.stages.testimonies.queries.sought import speeches_in
from exeunt.stages.testimonies.rules.searched import Sought, passages_of

# All that was taken out of a full-text index of SQLite is gone only when its parts are merged.
MERGE = "INSERT INTO testimonies_searchindex(testimonies_searchindex) VALUES ('optimize')"
MERGE_PASSAGES = (
    "INSERT INTO testimonies_passageindex(testimonies_passageindex) VALUES ('optimize')"
)
PASSAGE = ("account", "version", *Sought._fields)
TEXTS_AT_ONCE = 200


def keep_words(said: Iterable[tuple[int, Iterable[str]]]) -> None:
    """Keep the words of new accounts, given by their numbers, inside the caller's transaction."""
    write_rows(
        SearchWords, ("account", "words"), ((account, searchable(parts)) for account, parts in said)
    )


def renew_words(*accounts: Account) -> None:
    """Find the words of accounts anew, inside the caller's transaction; none is left behind."""
    _renew(Account.everything.filter(pk__in=[account.pk for account in accounts]))


def renew_words_of(narrator: Narrator) -> None:
    """Find the words of all that a narrator tells anew, inside the caller's transaction."""
    _renew(Account.everything.filter(narrator=narrator))


def renew_passages(*versions: TextVersion) -> None:
    """Cut these texts into the passages in which they are sought, and forget what stood before.

    They are the latest of their accounts; their turns are written down already. What is taken
    out stays in the index of SQLite until its parts are merged: whoever takes words away does so.
    """
    said = speeches_in([version.pk for version in versions])
    accounts = [version.account_id for version in versions]
    SearchPassage.everything.filter(account__in=accounts).delete()
    rows = (
        (version.account_id, version.pk, *passage)
        for version in versions
        for passage in passages_of(version.text, said.get(version.pk, ()))
    )
    write_rows(SearchPassage, PASSAGE, rows)


def keep_passages(accounts: Iterable[int]) -> None:
    """Cut the texts of new accounts into passages, inside the caller's transaction."""
    numbers = iter(accounts)
    while batch := list(islice(numbers, TEXTS_AT_ONCE)):
        renew_passages(*_latest_of(Account.everything.filter(pk__in=batch)))


def merge_indexes() -> None:
    """Let nothing be left in the indexes of SQLite of what was taken out of them."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(MERGE)
            cursor.execute(MERGE_PASSAGES)


def _renew(accounts: QuerySet[Account]) -> None:
    lost = _renew_words(accounts)
    renew_passages(*_unsought(accounts))
    if lost:
        merge_indexes()


def _unsought(accounts: QuerySet[Account]) -> list[TextVersion]:
    """Return the latest texts of accounts that are not those in which they are sought."""
    sought = SearchPassage.everything.filter(account__in=accounts).order_by()
    kept = set(sought.values_list("version", flat=True).distinct())
    latest = _latest_of(accounts).defer("text").values_list("pk", flat=True)
    return list(TextVersion.everything.filter(pk__in=set(latest) - kept))


def _latest_of(accounts: QuerySet[Account]) -> QuerySet[TextVersion]:
    later = TextVersion.everything.filter(
        account=OuterRef("account"), number__gt=OuterRef("number")
    )
    return TextVersion.everything.filter(~Exists(later), account__in=accounts).order_by("pk")


def _renew_words(accounts: QuerySet[Account]) -> bool:
    """Keep the words of accounts as they are now; return whether any is gone."""
    kept = dict(SearchWords.everything.filter(account__in=accounts).values_list("account", "words"))
    changed = {
        number: words
        for number, parts in _parts_of(accounts).items()
        if (words := searchable(parts)) != kept.get(number)
    }
    SearchWords.everything.filter(account__in=changed).delete()
    SearchWords.everything.bulk_create(
        SearchWords(account_id=number, words=words) for number, words in changed.items()
    )
    return _lost(kept, changed)


def _lost(kept: dict[int, str], changed: dict[int, str]) -> bool:
    pairs = ((kept.get(number, ""), words) for number, words in changed.items())
    return any(set(before.split()) - set(now.split()) for before, now in pairs)


def _parts_of(accounts: QuerySet[Account]) -> dict[int, list[str]]:
    latest = TextVersion.everything.filter(account=OuterRef("pk")).order_by("-number")
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
    groups = Telling.everything.filter(account__in=accounts).values_list(
        "account", "exit__spell__group__name", "to_group__name"
    )
    parts: dict[int, list[str]] = {}
    for number, said in [*found, *((number, said) for number, *said in groups)]:
        parts.setdefault(number, []).extend(filter(None, said))
    return parts
