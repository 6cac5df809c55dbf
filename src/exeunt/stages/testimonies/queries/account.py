"""One account with everything that is known of it."""

from typing import NamedTuple

from exeunt.errors import NotThere
from exeunt.ledger.recording import record_alone
from exeunt.members.models import Member
from exeunt.stages.narrators.models import Exit, Narrator, Spell
from exeunt.stages.narrators.queries import exits_of, spell_called
from exeunt.stages.narrators.rules import SpellFacts
from exeunt.stages.narrators.states import ExitKind, Gap
from exeunt.stages.sources.models import Capture, Source
from exeunt.stages.testimonies.models import Account, Telling, TextVersion
from exeunt.stages.testimonies.queries.passages import ShownText, shown_versions
from exeunt.stages.testimonies.queries.whole import labels_in
from exeunt.stages.testimonies.rules.drafts import FURTHER, OF_AN_EXIT
from exeunt.stages.testimonies.rules.entering import FIRST_LABEL, label_after
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


class KnownExit(NamedTuple):
    """An exit of the narrator, and what this account tells of it, if it does."""

    exit: Exit
    telling: Telling | None

    @property
    def differs(self) -> bool:
        """Whether this account tells otherwise than the exit is entered."""
        if self.telling is None:
            return False
        told, entered = self.telling, self.exit
        return (told.began, told.kind, told.ended, told.to_group_id, told.to_gap) != (
            entered.spell.began,
            entered.kind,
            entered.ended,
            entered.to_group_id,
            entered.to_gap,
        )


class AccountPage(NamedTuple):
    """Everything that is known of one account."""

    account: Account
    added_by: str
    captures: list[Capture]
    table: Source | None
    exits: list[KnownExit]
    others: list[Account]
    texts: list[TextVersion]
    shown: list[ShownText]

    @property
    def text(self) -> TextVersion | None:
        """The working text as it stands now."""
        return self.texts[0] if self.texts else None

    @property
    def earlier(self) -> list[TextVersion]:
        """The versions that stood before, the latest first."""
        return self.texts[1:]

    @property
    def shown_earlier(self) -> list[ShownText]:
        """The same, as they are shown."""
        return self.shown[1:]


def account_page(study: Study, ref: str, *, by: Member) -> AccountPage:
    """Return an account with everything that is known of it, and write down that it was read.

    Raises NotThere for a reference that is unknown here.
    """
    account = account_called(study, ref, by=by)
    told = {telling.exit_id: telling for telling in _tellings(account)}
    others = Account.objects.filter(narrator=account.narrator).exclude(pk=account.pk)
    texts = list(TextVersion.objects.filter(account=account).order_by("-number"))
    page = AccountPage(
        account=account,
        added_by=_name_of(account.added_by),
        captures=list(Capture.objects.filter(source=account.source).order_by("pk")),
        table=account.source.received_in,
        exits=[KnownExit(one, told.get(one.pk)) for one in exits_of(account.narrator)],
        others=list(others.order_by("label")[:50]),
        texts=texts,
        shown=shown_versions(texts),
    )
    record_alone("account.read", subject=account.ref, by=by.ref, study=study.ref)
    return page


def account_to_edit(study: Study, ref: str, *, by: Member) -> tuple[Account, dict[str, str]]:
    """Return an account and its words for a form, and write down that it was read."""
    account = account_called(study, ref, by=by)
    record_alone("account.read", subject=account.ref, by=by.ref, study=study.ref)
    return account, words_of(account)


def account_called(study: Study, ref: str, *, by: Member) -> Account:
    """Return an account of a study with its narrator and source, or refuse as if it were none."""
    require(Act.READ_ACCOUNTS, study=study, by=by)
    account = (
        Account.objects.filter(study=study, ref=ref)
        .select_related("study", "narrator__study", "source__study", "source__received_in")
        .first()
    )
    if account is None:
        raise NotThere("There is nothing here.")
    return account


def words_of(account: Account) -> dict[str, str]:
    """Return an account as a form shows it, by the names of a table's columns."""
    text = TextVersion.objects.filter(account=account).order_by("-number").first()
    words = {
        "account_id": account.label,
        "citation": account.source.citation,
        "address": account.source.address,
        "language": account.language,
        "published": account.published,
        "period": account.period,
        "setting": _unless_unknown(account.setting),
        "age_band": _unless_unknown(account.age_band),
        "text": text.text if text else "",
    }
    for telling, prefix in zip(_tellings(account), ("", *FURTHER), strict=False):
        told = told_in(telling)
        from_group, kind = _unless_unknown(told.group), _unless_unknown(told.kind)
        in_order = (from_group, told.began, kind, told.ended, told.to_group)
        words |= {f"{prefix}{name}": cell for name, cell in zip(OF_AN_EXIT, in_order, strict=True)}
    return words


def narrator_words(narrator: Narrator) -> dict[str, str]:
    """Return a narrator as a form shows them."""
    return {"label": narrator.label, "gender": _unless_unknown(narrator.gender)}


def spell_of(account: Account, ref: str) -> Spell:
    """Return a spell of an account's narrator, or refuse as if there were none."""
    spell = spell_called(account.study, ref)
    if spell.narrator_id != account.narrator_id:
        raise NotThere("There is nothing here.")
    return spell


def told_in(telling: Telling) -> SpellFacts:
    """Return what an account tells of an exit as plain facts."""
    spell = telling.exit.spell
    return SpellFacts(
        group=spell.group.name if spell.group else spell.group_gap,
        began=telling.began,
        kind=ExitKind(telling.kind),
        ended=telling.ended,
        to_group=telling.to_group.name if telling.to_group else telling.to_gap,
    )


def next_label(study: Study) -> str:
    """Return a label for the next account, in the study's own way of counting."""
    labels = Account.everything.filter(study=study).order_by("-pk").values_list("label", flat=True)
    latest = labels.first()
    label = label_after(latest) if latest else FIRST_LABEL
    if not Account.everything.filter(study=study, label=label).exists():
        return label
    taken = labels_in(study)
    while label in taken:
        label = label_after(label)
    return label


def _unless_unknown(word: str) -> str:
    """Say what is not known by nothing, as somebody who types does."""
    return "" if word == Gap.UNKNOWN else word


def _tellings(account: Account) -> list[Telling]:
    tellings = Telling.objects.filter(account=account)
    return list(tellings.select_related("exit__spell__group", "to_group").order_by("pk"))


def _name_of(ref: str) -> str:
    return Member.objects.filter(ref=ref).values_list("name", flat=True).first() or ""
