"""Narrators, spells and exits as somebody types them."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db import transaction

from exeunt.errors import Changed, Sentence
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.stages.narrators.models import Exit, Group, Narrator, Spell
from exeunt.stages.narrators.rules import (
    SpellFacts,
    better_known,
    check_order,
    check_same_gender,
    choice_in,
    gap_in,
    next_gap_in,
    spell_in,
)
from exeunt.stages.narrators.states import ExitKind, Gap, Gender
from exeunt.stages.sources.intake.fields import typed
from exeunt.stages.sources.intake.problems import ProblemList
from exeunt.studies.actions import moved_on
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

NO_LABEL = Sentence("A narrator needs a label, such as “N12”; never a name.")
SAVED_MEANWHILE = Sentence(
    "Somebody has saved this since you opened it. Both versions are shown: look at the "
    "differences, then save again to keep yours."
)


class GroupColumns(NamedTuple):
    """A group as two columns hold it: one that is named, or why none is."""

    group: Group | None
    gap: str


@transaction.atomic
def admit_narrator(*, study: Study, label: str, gender: Gender, by: Member) -> Narrator:
    """Register a narrator, or return the one of that label, keeping what is newly known.

    Refuses a gender that contradicts the one that is known.
    """
    require(Act.ADD_ACCOUNTS, study=study, by=by)
    known = Narrator.objects.select_for_update().filter(study=study, label=label).first()
    if known is None:
        narrator = Narrator.objects.create(study=study, label=label, gender=gender)
        record("narrator.registered", subject=narrator.ref, by=by.ref, study=study.ref)
        return narrator
    check_same_gender(Gender(known.gender), gender, label)
    better = better_known(Gender(known.gender), gender)
    if better != known.gender:
        known.gender, known.revision = better, known.revision + 1
        known.save(update_fields=["gender", "revision"])
        record(
            "narrator.described",
            subject=known.ref,
            by=by.ref,
            study=study.ref,
            revision=known.revision,
        )
    return known


@transaction.atomic
def register_entrusted(
    *, study: Study, label: str, gender: Gender, ref: str, by: Member
) -> Narrator:
    """Register a narrator whose identity goes into the vault, under a label that is new.

    With a ``ref`` that this study's narrator has already, that narrator is returned.
    """
    require(Act.TAKE_IN, study=study, by=by)
    there = Narrator.objects.filter(study=study, ref=ref).first()
    if there is not None:
        return there
    problems = ProblemList("")
    label = typed({"label": label}, problems.at_field).short("label")
    if not label:
        problems.at_field(NO_LABEL, "label")
    elif Narrator.objects.filter(study=study, label=label).exists():
        says = "There is a narrator “{label}” in this study already; choose another label."
        problems.at_field(Sentence(says, label=label), "label")
    problems.refuse_if_any()
    narrator = Narrator.objects.create(study=study, ref=ref, label=label, gender=gender)
    moved_on(study)

    record("narrator.registered", subject=narrator.ref, by=by.ref, study=study.ref)
    return narrator


@transaction.atomic
def describe_narrator(
    *, narrator: Narrator, revision: int, label: str, gender: str, by: Member
) -> Narrator:
    """Correct a narrator's label and bands; raises Changed where somebody was quicker."""
    require(Act.EDIT_ACCOUNTS, study=narrator.study, by=by)
    narrator = Narrator.objects.select_for_update(of=["self"]).get(pk=narrator.pk)
    theirs = {"label": narrator.label, "gender": narrator.gender}
    check_is_current(revision, narrator.revision, theirs)
    problems = ProblemList("")
    fields = typed({"label": label, "gender": gender}, problems.at_field)
    called = fields.short("label")
    gender_now = choice_in(fields, "gender", Gender.UNKNOWN)
    others = Narrator.objects.filter(study=narrator.study, label=called).exclude(pk=narrator.pk)
    if not called:
        problems.at_field(NO_LABEL, "label")
    elif others.exists():
        problems.at_field(Sentence("There is a narrator “{label}” already.", label=called), "label")
    problems.refuse_if_any()
    narrator.label, narrator.gender = called, gender_now
    narrator.revision += 1
    narrator.save(update_fields=["label", "gender", "revision"])
    moved_on(narrator.study)

    record(
        "narrator.described",
        subject=narrator.ref,
        by=by.ref,
        study=narrator.study.ref,
        revision=narrator.revision,
    )
    return narrator


@transaction.atomic
def add_spell(
    *, narrator: Narrator, words: Mapping[str, str], ref: str | None = None, by: Member
) -> Exit:
    """Add a spell and how it ended; ``words`` are what was typed, by a table's column names."""
    require(Act.ADD_ACCOUNTS, study=narrator.study, by=by)
    there = Exit.objects.filter(spell__narrator=narrator, spell__ref=ref).first() if ref else None
    if there is not None:
        return there
    facts = spell_typed(words)
    exit_ = write_spell(narrator=narrator, facts=facts, ref=ref)
    moved_on(narrator.study)

    record(
        "spell.added",
        subject=exit_.spell.ref,
        by=by.ref,
        study=narrator.study.ref,
        narrator=narrator.ref,
    )
    return exit_


@transaction.atomic
def edit_spell(*, spell: Spell, revision: int, words: Mapping[str, str], by: Member) -> Exit:
    """Correct a spell and its exit; what each account tells of them stays as it is told."""
    study = spell.narrator.study
    require(Act.EDIT_ACCOUNTS, study=study, by=by)
    spell = Spell.objects.select_for_update(of=["self"]).get(pk=spell.pk)
    check_is_current(revision, spell.revision, words_of(spell))
    exit_ = rewrite_spell(spell=spell, facts=spell_typed(words))
    moved_on(study)

    record("spell.edited", subject=spell.ref, by=by.ref, study=study.ref, revision=spell.revision)
    return exit_


def spell_typed(words: Mapping[str, str]) -> SpellFacts:
    """Read a spell that was typed; raises BadInput with every field that is wrong."""
    problems = ProblemList("")
    fields = typed(words, problems.at_field)
    facts = spell_in(fields)
    if not problems:
        check_order(fields, facts)
    problems.refuse_if_any()
    return facts


def write_spell(*, narrator: Narrator, facts: SpellFacts, ref: str | None = None) -> Exit:
    """Write a spell and its exit down, inside the caller's transaction and act."""
    study = narrator.study
    group, gap = _from_group(study, facts.group)
    named = {"ref": ref} if ref else {}
    spell = Spell.objects.create(
        narrator=narrator, group=group, group_gap=gap, began=facts.began, **named
    )
    to_group, to_gap = group_joined(study, facts.to_group)
    return Exit.objects.create(
        spell=spell, kind=facts.kind, ended=facts.ended, to_group=to_group, to_gap=to_gap
    )


def rewrite_spell(*, spell: Spell, facts: SpellFacts) -> Exit:
    """Write a spell and its exit down anew, inside the caller's transaction and act."""
    study = spell.narrator.study
    spell.group, spell.group_gap = _from_group(study, facts.group)
    spell.began = facts.began
    spell.revision += 1
    spell.save(update_fields=["group", "group_gap", "began", "revision"])
    to_group, to_gap = group_joined(study, facts.to_group)
    told = {"kind": facts.kind, "ended": facts.ended, "to_group": to_group, "to_gap": to_gap}
    exit_, _ = Exit.objects.update_or_create(spell=spell, defaults=told)
    return exit_


def words_of(spell: Spell) -> dict[str, str]:
    """Return a spell and its exit as a form shows them; what is not known is nothing."""
    exit_ = Exit.objects.select_related("to_group").filter(spell=spell).first()
    exit_ = exit_ or Exit(spell=spell, kind=ExitKind.UNKNOWN)
    gap = "" if spell.group_gap == Gap.UNKNOWN else spell.group_gap
    return {
        "group_left": spell.group.name if spell.group else gap,
        "joined": spell.began,
        "exit_kind": "" if exit_.kind == ExitKind.UNKNOWN else exit_.kind,
        "left": exit_.ended,
        "group_joined": exit_.to_group.name if exit_.to_group else exit_.to_gap,
    }


def group_joined(study: Study, name: str) -> GroupColumns:
    """Return the group that somebody went to; nothing where nothing is said."""
    return _columns(study, name, next_gap_in(name))


def check_is_current(revision: int, now: int, theirs: Mapping[str, str]) -> None:
    """Refuse an edit of a version that is not the latest."""
    if revision != now:
        raise Changed(SAVED_MEANWHILE, revision=now, theirs=theirs)


def _from_group(study: Study, name: str) -> GroupColumns:
    return _columns(study, name, gap_in(name))


def _columns(study: Study, name: str, gap: str | None) -> GroupColumns:
    if gap or not name:
        return GroupColumns(None, gap or "")
    return GroupColumns(Group.objects.get_or_create(study=study, name=name)[0], "")
