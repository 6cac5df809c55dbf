"""What erasing somebody touches, said before anything is done: kind by kind, with counts."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exeunt.desk.actions import work_over
from exeunt.errors import NotYet
from exeunt.members.models import Member
from exeunt.methods.identifiers import Kind
from exeunt.methods.pseudonyms import Book, entity_of
from exeunt.procedures.erasure.cleaning import copies_of_old, uploads_waiting
from exeunt.procedures.erasure.seeking import copies_shared, on_a_server
from exeunt.stages.coding.actions.erasing import coded_of
from exeunt.stages.consent.actions.erasing import consented_of
from exeunt.stages.findings.actions.erasing import answers_to_forget, reports_in
from exeunt.stages.narrators.actions.erasing import registered_of
from exeunt.stages.narrators.models import Narrator
from exeunt.stages.narrators.queries import holds_on
from exeunt.stages.narrators.rules import check_may_erase
from exeunt.stages.sources.models import Capture, Source
from exeunt.stages.sources.queries import provenances_in
from exeunt.stages.sources.states import Provenance
from exeunt.stages.testimonies.actions.erasing import sources_of, told_by
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act
from exeunt.vault import door

Words = str | Promise


class Fate(StrEnum):
    """What becomes of something when somebody is erased."""

    GOES = "goes"
    STAYS = "stays"
    BEYOND = "beyond reach"


class Line(NamedTuple):
    """A kind of thing, how many of it there are, what becomes of it, and why where that is odd."""

    what: Words
    amount: int | None
    fate: Fate
    why: Words = ""


class Touched(NamedTuple):
    """What erasing one narrator touches."""

    narrator: str
    lines: tuple[Line, ...]

    @property
    def going(self) -> tuple[Line, ...]:
        """What goes, where there is any of it."""
        return tuple(one for one in self.lines if one.fate is Fate.GOES and one.amount)

    @property
    def left(self) -> tuple[Line, ...]:
        """What stays or cannot be reached, where there is any of it."""
        return tuple(one for one in self.lines if one.fate is not Fate.GOES and one.amount != 0)


WORDS: dict[str, Words] = {
    "narrators": _("narrators"),
    "spells": _("spells"),
    "exits": _("exits"),
    "lifted holds": _("legal holds that were lifted"),
    "standings": _("what stands of their consent"),
    "signed papers": _("notes of sealed papers"),
    "intakes": _("intakes under way"),
    "consent events": _("consent events, with what they grant"),
    "accounts": _("accounts"),
    "texts": _("versions of texts"),
    "hard passages": _("marks of hard passages"),
    "masks": _("masks"),
    "tellings": _("tellings of exits"),
    "search words": _("rows of the search index"),
    "search passages": _("passages of the search index"),
    "codings": _("judgements of coders, with their notes"),
    "excerpts": _("excerpts"),
    "sheets": _("sheets, with their memos"),
    "differences": _("differences between readers"),
    "settled codes": _("settled codes, with their reasons"),
    "kept searches": _("kept searches of the study for words"),
}


def what_erasure_touches(*, narrator: Narrator, keys: door.Keys | None, by: Member) -> Touched:
    """List what erasing a narrator touches, and change nothing of it.

    Refuses where they may not be erased now: under a legal hold, or with the vault shut where
    something of theirs may be sealed.
    """
    check_may(narrator, keys=keys, by=by)
    sealed = _sealed(narrator, keys=keys, by=by) if keys is not None else ()
    lines = (*sealed, *_rows(narrator), *_files(narrator), *_left(narrator, keys=keys))
    return Touched(narrator.ref, lines)


def check_may(narrator: Narrator, *, keys: door.Keys | None, by: Member) -> None:
    """Refuse whoever may not erase, a legal hold, and a vault that is shut where it is needed."""
    require(Act.ERASE, study=narrator.study, by=by)
    check_may_erase(holds_on(narrator))
    if keys is None and may_be_sealed(narrator.study):
        raise NotYet(
            "Something of this narrator may lie in the vault, so it takes the vault to erase them. "
            "Open it as a custodian, then try again."
        )


def may_be_sealed(study: Study) -> bool:
    """Tell whether a narrator of a study may have anything in the vault."""
    there = provenances_in(study)
    return door.has_been_made() and (not there or Provenance.ENTRUSTED in there)


def texts_of(narrator: Narrator) -> list[str]:
    """Return the references of the sources of somebody's accounts, as the vault knows texts by."""
    cited = Source.objects.filter(account__narrator=narrator).distinct()
    return list(cited.values_list("ref", flat=True))


def forgetting(narrator: str) -> door.Forget:
    """Return what takes a narrator out of a book: their texts, and who of the book they are.

    Their name goes with it where others told it, too; in masked texts it keeps its replacement.
    """

    def forget(content: door.Plain, documents: frozenset[str]) -> door.Forgotten:
        if not content:
            return door.Forgotten(content, 0)
        book = Book.from_plain(content)
        known = entity_of(Kind.PERSON, narrator, book=book)
        kept = book.without(entities=[known.key] if known else [], documents=documents)
        return door.Forgotten(kept.as_plain(), len(book.entities) - len(kept.entities))

    return forget


def _sealed(narrator: Narrator, *, keys: door.Keys, by: Member) -> Iterator[Line]:
    found = door.what_is_sealed(
        narrator=narrator.ref,
        texts=texts_of(narrator),
        forget=forgetting(narrator.ref),
        keys=keys,
        by=by.ref,
    )
    for what, count in (
        (_("sealed keys"), found.keys),
        (_("sealed records of who they are"), found.records),
        (_("sealed raw texts"), found.texts),
        (_("sealed files"), found.files),
        (_("entries of the book of replacements"), found.entries),
    ):
        yield Line(what, count, Fate.GOES)


def _rows(narrator: Narrator) -> Iterator[Line]:
    rows = {**registered_of(narrator), **consented_of(narrator), **told_by(narrator)}
    counts = {kind: found.count() for kind, found in rows.items()} | coded_of(narrator)
    for kind, what in WORDS.items():
        yield Line(what, counts[kind], Fate.GOES)


def _files(narrator: Narrator) -> Iterator[Line]:
    study, alone = narrator.study, sources_of(narrator).alone
    yield Line(_("sources that hold only them"), len(alone), Fate.GOES)
    captures = Capture.objects.filter(source__in=alone).count()
    yield Line(_("copies of these sources"), captures, Fate.GOES)
    yield Line(
        _("kept answers of the study"),
        answers_to_forget(study).count(),
        Fate.GOES,
        _("A small number in them may show one person; they can be counted again."),
    )
    yield Line(
        _("notes on long work that is over"),
        work_over(study),
        Fate.GOES,
        _("What they say of a table may name somebody in it."),
    )
    yield Line(
        _("copies of the database from before an upgrade"),
        len(copies_of_old(narrator.ref)),
        Fate.GOES,
    )
    yield Line(
        _("files that were sent and are not taken in yet"),
        len(uploads_waiting()),
        Fate.GOES,
        _("Any of them may hold this person; whoever sent one sends it again."),
    )


def _left(narrator: Narrator, *, keys: door.Keys | None) -> Iterator[Line]:
    yield Line(
        _("copies of tables that hold others too"),
        len(copies_shared(narrator)),
        Fate.STAYS,
        _("The row stays legible in such a copy. “exeunt erase --copy” takes a whole copy away."),
    )
    yield Line(
        _("reports that were written"),
        reports_in(narrator.study),
        Fate.STAYS,
        _("They hold counts of many and were handed out as they are; delete and write them anew."),
    )
    yield Line(
        _("ledger entries"),
        None,
        Fate.STAYS,
        _("They name a random reference, and nobody. What others tell of this person stays too."),
    )
    yield Line(_("backups"), None, Fate.BEYOND, _beyond(keys))
    if on_a_server():
        yield Line(
            _("the database server's own logs and archives"),
            None,
            Fate.BEYOND,
            _("Tables are written anew; what the server has kept elsewhere is its keeper's task."),
        )


def _beyond(keys: door.Keys | None) -> Words:
    if keys is not None:
        return _("They still hold this person. A restore erases them again, by the erasure list.")
    return _(
        "They still hold this person, and restoring one brings them back: without the vault open, "
        "nothing is written into the erasure list."
    )
