"""Passages of the latest texts, sought by their words, without saying on whose behalf.

Whoever asks here has asked already what a member may read.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from exeunt.methods.word_queries import Phrase, WordQuery
from exeunt.stages.testimonies.models import SearchPassage, TextVersion, Turn
from exeunt.stages.testimonies.rules.searched import Sought, Speech, passages_of

INDEX, TABLE = "testimonies_passageindex", "testimonies_searchpassage"
IN_POSTGRES = "array_to_tsvector(string_to_array(folded, ' ')) @@ %s::tsquery"
TEXTS_AT_ONCE = 200


def passages_with(query: WordQuery) -> QuerySet[SearchPassage]:
    """Return the passages that hold what is asked for, in the order in which they were kept.

    The index hands them out one by one, so that a few of a million cost no more than a few.
    """
    passages = SearchPassage.objects.order_by("pk")
    if not query.groups:
        return passages
    if connection.vendor == "postgresql":
        return _in_postgres(passages, query)
    # Words hold letters and digits alone, so none of them can end its quotation marks.
    return passages.extra(  # noqa: S610
        tables=[INDEX],
        where=[f"{INDEX}.rowid = {TABLE}.id", f"{INDEX} MATCH %s"],
        params=[match_of(query)],
        order_by=[f"{INDEX}.rowid"],
    )


def match_of(query: WordQuery) -> str:
    """Write a query as the index of SQLite understands it."""
    wanted = " AND ".join(f"({_any(group)})" for group in query.groups)
    return f"({wanted}) NOT ({_any(query.without)})" if query.without else wanted


def speeches_in(versions: Sequence[int]) -> dict[int, list[Speech]]:
    """Return who speaks where, by the number of the text, as far as turns are written down."""
    said: dict[int, list[Speech]] = {}
    turns = Turn.everything.filter(version__in=versions).order_by("version", "start")
    for version, start, end, speaker in turns.values_list("version", "start", "end", "speaker"):
        said.setdefault(version, []).append(Speech(start, end, speaker))
    return said


def texts_sought_wrongly() -> Iterator[TextVersion]:
    """Yield the latest texts that are not sought in as they stand now, of shut narrators too."""
    texts = TextVersion.everything.order_by("account")
    later = texts.filter(account=OuterRef("account"), number__gt=OuterRef("number"))
    latest = texts.filter(~Exists(later))
    numbers = list(latest.values_list("pk", flat=True))
    for start in range(0, len(numbers), TEXTS_AT_ONCE):
        batch = numbers[start : start + TEXTS_AT_ONCE]
        said, kept = speeches_in(batch), _kept_of(batch)
        for version in latest.filter(pk__in=batch):
            if passages_of(version.text, said.get(version.pk, ())) != kept.get(version.pk, []):
                yield version


def _kept_of(versions: Sequence[int]) -> dict[int, list[Sought]]:
    """Return what is kept of the accounts of these texts, by the text that it stands in."""
    accounts = TextVersion.everything.filter(pk__in=versions).values("account")
    rows = (
        SearchPassage.everything.filter(account__in=accounts)
        .order_by("version", "start")
        .values_list("version", *Sought._fields)
    )
    return {
        version: [Sought(*passage) for _, *passage in theirs]
        for version, theirs in groupby(rows, key=lambda row: row[0])
    }


def _any(phrases: Sequence[Phrase]) -> str:
    return " OR ".join(f'"{" ".join(one.words)}"{"*" if one.beginning else ""}' for one in phrases)


def _in_postgres(passages: QuerySet[SearchPassage], query: WordQuery) -> QuerySet[SearchPassage]:
    wanted = " & ".join(f"({' | '.join(map(_lexemes, group))})" for group in query.groups)
    said = Concat(Value(" "), "folded", Value(" "), output_field=TextField())
    found: QuerySet[SearchPassage] = passages.alias(said=said).extra(  # noqa: S610
        where=[IN_POSTGRES], params=[wanted]
    )
    for group in query.groups:
        if any(len(phrase.words) > 1 for phrase in group):
            found = found.filter(_stands(group))
    return found.exclude(_stands(query.without)) if query.without else found


def _lexemes(phrase: Phrase) -> str:
    *whole, last = phrase.words
    words = [*(f"'{word}'" for word in whole), f"'{last}'{':*' if phrase.beginning else ''}"]
    return f"({' & '.join(words)})"


def _stands(phrases: Sequence[Phrase]) -> Q:
    """Ask for a phrase as it stands: words are kept in order, one space between two."""
    any_of = Q()
    for phrase in phrases:
        end = "" if phrase.beginning else " "
        any_of |= Q(said__contains=f" {' '.join(phrase.words)}{end}")
    return any_of
