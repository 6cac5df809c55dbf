"""From the cells of a row, or what was typed, to an account that can be stored."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from exeunt.errors import Sentence
from exeunt.stages.narrators.rules import (
    ExitFacts,
    SpellFacts,
    check_order,
    choice_in,
    spell_in,
)
from exeunt.stages.narrators.states import Gender
from exeunt.stages.sources.intake.fields import Fields, typed
from exeunt.stages.sources.intake.problems import ProblemList
from exeunt.stages.sources.rules import Citation, citation_in, provenance_from
from exeunt.stages.sources.states import Provenance
from exeunt.stages.testimonies.intake.accounts import AccountRow
from exeunt.stages.testimonies.rules.entering import language_from
from exeunt.stages.testimonies.states import AgeBand, Setting

LONG = ("text",)
# Where the form has room for a further exit, its fields bear one of these before their names.
FURTHER = tuple(f"exit{number}_" for number in range(2, 10))
OF_AN_EXIT = ("group_left", "joined", "exit_kind", "left", "group_joined")


class Described(NamedTuple):
    """What an account says of itself, apart from narrator, source and exits."""

    language: str
    published: str
    period: str
    setting: Setting
    age_band: AgeBand


class AccountDraft(NamedTuple):
    """One account as a row tells it, ready to be stored."""

    row: int
    label: str
    provenance: Provenance
    exit: ExitFacts
    cited: Citation
    described: Described
    text: str

    @property
    def has_text(self) -> bool:
        """Whether the row brings the account's words."""
        return bool(self.text.strip())


class TypedAccount(NamedTuple):
    """One account as it was typed, ready to be stored; an empty label is still to be found."""

    label: str
    narrator: str
    gender: Gender
    cited: Citation
    described: Described
    spells: tuple[SpellFacts | None, ...]
    text: str


class Drafting:
    """Makes drafts of rows; every cell of a row is looked at before the row is judged."""

    def __init__(self, problems: ProblemList, *, provenance: str | None) -> None:
        """Take where to complain; ``provenance`` speaks for rows that do not say it."""
        self.problems = problems
        self.provenance = provenance
        self._labels: dict[str, int] = {}

    def draft(self, number: int, row: AccountRow) -> AccountDraft | None:
        """Return the row as a draft, or None where something in it is wrong."""
        before = len(self.problems)

        def complain(says: str, column: str) -> None:
            self.problems.add(says, row=number, column=column)

        cells = Fields(row._asdict(), complain)
        label = self._label(number, cells)
        draft = AccountDraft(
            row=number,
            label=label,
            provenance=cells.read("provenance", self._provenance, Provenance.INVENTED),
            exit=_exit(cells, label),
            cited=citation_in(cells),
            described=described_in(cells),
            text=row.text,
        )
        if len(self.problems) == before:
            check_order(cells, draft.exit)
        return draft if len(self.problems) == before else None

    def _provenance(self, cell: str) -> Provenance:
        return provenance_from(cell or self.provenance or "")

    def _label(self, number: int, cells: Fields) -> str:
        label = cells.short("account_id")
        if not label:
            cells.complain(
                Sentence("This row has no account; give each account a label of its own."),
                "account_id",
            )
            return label
        first = self._labels.setdefault(label, number)
        if first != number:
            says = "The account “{label}” stands in row {first} already."
            cells.complain(Sentence(says, label=label, first=first), "account_id")
        return label


def described_in(fields: Fields) -> Described:
    """Read what an account says of itself."""
    return Described(
        language=fields.read("language", language_from, ""),
        published=fields.date("published"),
        period=fields.short("period"),
        setting=choice_in(fields, "setting", Setting.UNKNOWN),
        age_band=choice_in(fields, "age_band", AgeBand.UNKNOWN),
    )


def account_typed(words: Mapping[str, str]) -> TypedAccount:
    """Read an account that was typed, its fields named like a table's columns.

    A further exit of which nothing is said comes as None. Raises BadInput with every field
    that is wrong.
    """
    problems = ProblemList("")
    fields = typed(words, problems.at_field, long=LONG)
    account = TypedAccount(
        label=fields.short("account_id"),
        narrator=fields.short("narrator"),
        gender=choice_in(fields, "gender", Gender.UNKNOWN),
        cited=citation_in(fields),
        described=described_in(fields),
        spells=tuple(_spells(fields)),
        text=fields.values["text"],
    )
    for prefix, facts in zip(("", *FURTHER), account.spells, strict=False):
        if facts is not None and not problems:
            check_order(fields, facts, prefix)
    problems.refuse_if_any()
    return account


def _spells(fields: Fields) -> Iterable[SpellFacts | None]:
    yield spell_in(fields)
    for prefix in FURTHER:
        names = [f"{prefix}{name}" for name in OF_AN_EXIT]
        if not set(names) <= fields.values.keys():
            return
        said = any(fields.values[name] for name in names)
        yield spell_in(fields, prefix) if said else None


def _exit(cells: Fields, label: str) -> ExitFacts:
    told = spell_in(cells)
    return ExitFacts(
        narrator=cells.short("narrator") or label,
        gender=choice_in(cells, "gender", Gender.UNKNOWN),
        **told._asdict(),
    )
