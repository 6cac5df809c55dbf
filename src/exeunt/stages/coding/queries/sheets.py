"""A coder's own sheet, and the accounts that it asks about."""

from typing import NamedTuple

from exeunt.errors import ExeuntError, NotThere, why_not
from exeunt.ledger.recording import record_alone
from exeunt.members.models import Member
from exeunt.methods.codebooks import Code, Codebook
from exeunt.stages.coding.models import CodebookVersion, Coding, Pass, Sheet
from exeunt.stages.coding.queries.codebooks import current_versions, plain
from exeunt.stages.coding.queries.giving import check_given
from exeunt.stages.coding.queries.things import (
    Thing,
    accounts_about,
    label_of,
    thing_called,
    things_in,
    unit_of,
)
from exeunt.stages.coding.queries.visibility import readers_of
from exeunt.stages.coding.rules.answers import Judgement
from exeunt.stages.coding.rules.sheets import check_codes_by_hand, check_may_reopen
from exeunt.stages.coding.states import IN_TEXTS, SheetState, Target
from exeunt.stages.sources.models import Capture
from exeunt.stages.testimonies.models import Account, TextVersion
from exeunt.stages.testimonies.queries.passages import ShownText, shown_latest
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


class ToRead(NamedTuple):
    """An account as it is read for coding: where it stands, its copies, and its latest text."""

    account: Account
    captures: tuple[Capture, ...]
    text: str
    shown: ShownText | None


class SheetRow(NamedTuple):
    """One code, and what its coder said of it."""

    code: Code
    judgement: Judgement | None


class OwnSheet(NamedTuple):
    """A coder's own sheet: what is asked, what stands so far, and what is to be read."""

    version: CodebookVersion
    codebook: Codebook
    thing: Thing
    label: str
    sheet: Sheet | None
    judgements: dict[str, Judgement]
    accounts: tuple[ToRead, ...]
    others_complete: int
    may_compare: bool

    @property
    def rows(self) -> list[SheetRow]:
        """Every code with its judgement, in the order of the codebook."""
        return [SheetRow(code, self.judgements.get(code.key)) for code in self.codebook]

    @property
    def why_not_reopen(self) -> ExeuntError | None:
        """The refusal that opening it again would meet, or None."""
        return why_not(lambda: check_may_reopen(self.state, others_complete=self.others_complete))

    @property
    def state(self) -> SheetState:
        """How far the reading has come; one that was never saved is open."""
        return SheetState(self.sheet.state) if self.sheet is not None else SheetState.OPEN

    @property
    def revision(self) -> int:
        """The number that saving must name; 0 for a sheet that was never saved."""
        return self.sheet.revision if self.sheet is not None else 0

    @property
    def in_text(self) -> bool:
        """Whether the account's text can be marked beside the answers on the sheet."""
        texts = [one.shown.version for one in self.accounts if one.shown is not None]
        return (
            self.version.unit in IN_TEXTS and all(text.confirmed for text in texts) and bool(texts)
        )

    @property
    def texts(self) -> list[str]:
        """What is to be read."""
        return [one.text for one in self.accounts]

    @property
    def memo(self) -> str:
        """What the coder noted on the whole."""
        return self.sheet.memo if self.sheet is not None else ""


class SheetLine(NamedTuple):
    """One thing of an account, with how far the reading of who asks has come.

    ``in_text`` is whether the text can be marked with this codebook, ``answers`` whether it
    asks for answers on a sheet.
    """

    codebook: str
    thing: str
    state: SheetState | None
    may_compare: bool
    in_text: bool
    answers: bool


def own_sheet(study: Study, version: CodebookVersion, ref: str, *, by: Member) -> OwnSheet:
    """Return the sheet of who asks about one thing, and write down that it was read."""
    require(Act.CODE, study=study, by=by)
    check_codes_by_hand(is_machine=by.is_machine)
    thing = thing_called(study, version, ref)
    sheet = sheet_of(study, version, thing, by=by)
    check_given(version, thing.number, begun=sheet is not None, by=by)
    accounts = accounts_about(thing.target, [thing.number]).get(thing.number, [])
    readers = readers_of(study, version, thing, by=by)
    record_alone("sheet.read", subject=ref, by=by.ref, study=study.ref, codebook=version.name)
    return OwnSheet(
        version=version,
        codebook=plain(version),
        thing=thing,
        label=label_of(accounts),
        sheet=sheet,
        judgements=judgements_on(sheet, thing) if sheet is not None else {},
        accounts=to_read(accounts),
        others_complete=sum(done.reading.coder_id != by.pk for done in readers.complete),
        may_compare=readers.standing.may_compare,
    )


def sheet_of(study: Study, version: CodebookVersion, thing: Thing, *, by: Member) -> Sheet | None:
    """Return the sheet of who asks about one thing, or None where there is none yet."""
    mine = Pass.objects.filter(study=study, version=version, coder=by)
    found = Sheet.objects.filter(reading__in=mine, **thing.where)
    return found.select_related("reading").first()


def judgements_on(sheet: Sheet, thing: Thing) -> dict[str, Judgement]:
    """Return what stands on one sheet, by the key of each code."""
    stored = Coding.objects.filter(reading=sheet.reading_id, **thing.where)
    rows = stored.order_by("code__position").values_list("code__key", "value", "gap", "note")
    return {key: Judgement(value, gap, note) for key, value, gap, note in rows}


def sheets_of_account(study: Study, account_ref: str, *, by: Member) -> list[SheetLine]:
    """Say, for each codebook in use, how far who asks has read what an account tells."""
    require(Act.READ_ACCOUNTS, study=study, by=by)
    account = Account.objects.filter(study=study, ref=account_ref).first()
    if account is None:
        raise NotThere("There is nothing here.")
    has_text = TextVersion.objects.filter(account=account, confirmed__isnull=False).exists()
    return [
        _line(study, version, thing, has_text=has_text, by=by)
        for version in current_versions(study)
        for thing in things_in(account, unit_of(version))
    ]


def _line(
    study: Study, version: CodebookVersion, thing: Thing, *, has_text: bool, by: Member
) -> SheetLine:
    readers = readers_of(study, version, thing, by=by)
    sheet = sheet_of(study, version, thing, by=by)
    return SheetLine(
        codebook=version.name,
        thing=thing.ref,
        state=SheetState(sheet.state) if sheet is not None else None,
        may_compare=readers.standing.may_compare,
        in_text=has_text and version.unit in IN_TEXTS,
        answers=version.unit != Target.EXCERPT,
    )


def to_read(accounts: list[Account]) -> tuple[ToRead, ...]:
    """Return accounts with their copies and latest texts, for a query that records the reading."""
    latest = shown_latest(accounts)
    copies: dict[int, list[Capture]] = {}
    for capture in Capture.objects.filter(source__in=[one.source_id for one in accounts]):
        copies.setdefault(capture.source_id, []).append(capture)
    return tuple(
        _to_read(one, copies=copies.get(one.source_id, []), shown=latest.get(one.pk))
        for one in accounts
    )


def _to_read(account: Account, *, copies: list[Capture], shown: ShownText | None) -> ToRead:
    text = shown.version.text if shown is not None else ""
    return ToRead(account, tuple(copies), text, shown)
