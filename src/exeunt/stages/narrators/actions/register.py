"""The narrators, groups and exits of a study while a table is taken in."""

from collections.abc import Sequence
from typing import NamedTuple

from exeunt.desk.bulk import number_rows
from exeunt.ledger.references import new_references
from exeunt.stages.narrators.models import Exit, Group, Narrator, Spell
from exeunt.stages.narrators.queries import genders_in
from exeunt.stages.narrators.rules import (
    ExitFacts,
    Genders,
    gap_in,
    next_gap_in,
)
from exeunt.stages.narrators.states import Gap
from exeunt.studies.models import Study

# Narrator, group, why no group is named, and (only there) what else is told of the exit.
ExitKey = tuple[int, int | None, str, tuple[str, ...]]

KEY_COLUMNS = (
    "pk",
    "spell__narrator",
    "spell__group",
    "spell__group_gap",
    "spell__began",
    "kind",
    "ended",
    "to_group__name",
    "to_gap",
)
NARRATOR = ("ref", "study", "label", "gender", "revision")
SPELL = ("ref", "narrator", "group", "group_gap", "began", "revision")


class ExitColumns(NamedTuple):
    """What is told of an exit, as columns hold it; a next group is its number."""

    kind: str
    ended: str
    to_group: int | None
    to_gap: str


class Register:
    """The narrators, groups and exits of one study while a table of accounts is taken in.

    It keeps only labels and row numbers in memory, and writes in batches inside the caller's
    transaction; the caller records the act. Several accounts of one narrator that leave the
    same group tell one exit; where no group is named, only if they say the same of it.
    """

    def __init__(self, study: Study) -> None:
        """Look up who is there already."""
        self.study = study
        known = Narrator.objects.filter(study=study)
        self._genders = Genders(genders_in(study))
        self._narrators = dict(known.values_list("label", "pk"))
        self._groups = dict(Group.objects.filter(study=study).values_list("name", "pk"))
        self._exits: dict[ExitKey, int] = {
            (narrator, group, gap, tuple(cell or "" for cell in told) if gap else ()): exit_pk
            for exit_pk, narrator, group, gap, *told in Exit.objects.filter(
                spell__narrator__study=study
            ).values_list(*KEY_COLUMNS)
        }

    def check(self, facts: ExitFacts) -> None:
        """Refuse what contradicts the register, and remember what this row adds to it."""
        self._genders.check(facts.narrator, facts.gender)

    def exit_columns(self, facts: ExitFacts) -> ExitColumns:
        """Return what is told of an exit as it is kept, once its groups have been admitted."""
        return ExitColumns(
            kind=facts.kind.value,
            ended=facts.ended,
            to_group=self._groups.get(facts.to_group),
            to_gap=str(next_gap_in(facts.to_group) or ""),
        )

    def admit(self, batch: Sequence[ExitFacts]) -> list[tuple[int, int]]:
        """Write down whatever is new in a batch; return narrator and exit for each row."""
        self._admit_narrators(batch)
        self._admit_groups(batch)
        self._admit_exits(batch)
        return [(key[0], self._exits[key]) for key in map(self._key, batch)]

    def _admit_narrators(self, batch: Sequence[ExitFacts]) -> None:
        told = {facts.narrator: facts.gender for facts in reversed(batch)}
        fresh = dict.fromkeys(f.narrator for f in batch if f.narrator not in self._narrators)
        rows = (
            (ref, self.study.pk, label, self._genders.known.get(label, told[label]).value, 1)
            for ref, label in zip(new_references(len(fresh)), fresh, strict=True)
        )
        made = number_rows(Narrator, NARRATOR, rows)
        self._narrators.update(zip(fresh, made, strict=True))
        self._keep_what_was_learned()

    def _keep_what_was_learned(self) -> None:
        for label in self._genders.learned:
            gender = self._genders.known[label]
            Narrator.objects.filter(pk=self._narrators[label]).update(gender=gender)
        self._genders.learned.clear()

    def _admit_groups(self, batch: Sequence[ExitFacts]) -> None:
        named = {f.group for f in batch if gap_in(f.group) is None}
        named |= {f.to_group for f in batch if f.to_group and gap_in(f.to_group) is None}
        made = Group.objects.bulk_create(
            Group(study=self.study, name=name) for name in sorted(named - self._groups.keys())
        )
        self._groups.update({group.name: group.pk for group in made})

    def _admit_exits(self, batch: Sequence[ExitFacts]) -> None:
        first = {self._key(facts): facts for facts in reversed(batch)}
        fresh = {key: first[key] for key in map(self._key, batch) if key not in self._exits}
        refs = new_references(len(fresh))
        spells = number_rows(
            Spell,
            SPELL,
            (
                (ref, narrator, group, str(gap), facts.began, 1)
                for ref, ((narrator, group, gap, _), facts) in zip(refs, fresh.items(), strict=True)
            ),
        )
        told = map(self.exit_columns, fresh.values())
        refs = new_references(len(fresh))
        exits = number_rows(
            Exit,
            ("ref", "spell", *ExitColumns._fields),
            ((ref, spell, *of) for ref, spell, of in zip(refs, spells, told, strict=True)),
        )
        self._exits.update(zip(fresh, exits, strict=True))

    def _key(self, facts: ExitFacts) -> ExitKey:
        gap: Gap | None = gap_in(facts.group)
        group = None if gap else self._groups[facts.group]
        told = _told_by(facts) if gap else ()
        return self._narrators[facts.narrator], group, gap or "", told


def _told_by(facts: ExitFacts) -> tuple[str, ...]:
    next_gap = next_gap_in(facts.to_group)
    named = "" if next_gap else facts.to_group
    return facts.began, facts.kind.value, facts.ended, named, next_gap or ""
