"""Entrusted accounts as custodians find them, without a word that the vault holds."""

from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from exeunt.errors import NotThere
from exeunt.ledger.recording import record_alone
from exeunt.members.models import Member
from exeunt.stages.narrators.models import Narrator
from exeunt.stages.sources.states import Provenance
from exeunt.stages.testimonies.models import Account, Mask, TextVersion
from exeunt.stages.testimonies.queries.masked import Piece, pieces_of
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


class Entrusted(NamedTuple):
    """A narrator, and their accounts; each knows the number of its working text, or None."""

    narrator: Narrator
    accounts: list[Account]


class MaskedText(NamedTuple):
    """The latest working text of an account, cut at its masks."""

    version: TextVersion
    pieces: list[Piece]
    masks: list[Mask]


def entrusted_in(study: Study, *, by: Member) -> list[Entrusted]:
    """Return the narrators of a study and their entrusted accounts, by label."""
    require(Act.TAKE_IN, study=study, by=by)
    versions = TextVersion.everything.filter(account=OuterRef("pk")).order_by("-number")
    accounts = Account.everything.filter(study=study, source__provenance=Provenance.ENTRUSTED)
    theirs: dict[int, list[Account]] = {}
    for account in accounts.annotate(working=Subquery(versions.values("number")[:1])).order_by(
        "label"
    ):
        theirs.setdefault(account.narrator_id, []).append(account)
    narrators = Narrator.objects.filter(study=study).order_by("label")
    return [Entrusted(one, theirs.get(one.pk, [])) for one in narrators]


def narrator_entrusted(study: Study, ref: str, *, by: Member) -> Narrator:
    """Return a narrator of a study by reference, or refuse as if there were none."""
    require(Act.TAKE_IN, study=study, by=by)
    found = Narrator.objects.filter(study=study, ref=ref).select_related("study").first()
    if found is None:
        raise NotThere("There is nothing here.")
    return found


def account_entrusted(study: Study, ref: str, *, by: Member) -> Account:
    """Return an entrusted account of a study by reference, or refuse as if there were none."""
    require(Act.TAKE_IN, study=study, by=by)
    found = (
        Account.everything.filter(study=study, ref=ref, source__provenance=Provenance.ENTRUSTED)
        .select_related("study", "narrator__study", "source__study")
        .first()
    )
    if found is None:
        raise NotThere("There is nothing here.")
    return found


def masked_text_of(account: Account, *, by: Member) -> MaskedText | None:
    """Return what the house reads of an account, if it reads anything; it is written down."""
    require(Act.TAKE_IN, study=account.study, by=by)
    version = TextVersion.everything.filter(account=account).order_by("-number").first()
    if version is None:
        return None
    record_alone("account.read", subject=account.ref, by=by.ref, study=account.study.ref)
    masks = list(Mask.everything.filter(version=version).order_by("start"))
    return MaskedText(version, pieces_of(version.text, masks), masks)
