"""Two studies that know nothing of each other, each full of words that nobody else may meet."""

from dataclasses import dataclass, field
from pathlib import Path

from exeunt.desk.work import ask_for
from exeunt.ledger.references import new_reference
from exeunt.members.actions import add_member
from exeunt.members.models import Member
from exeunt.stages.coding.actions.codebooks import keep_codebook
from exeunt.stages.coding.actions.codings import import_codings
from exeunt.stages.coding.actions.drafts import begin_draft
from exeunt.stages.coding.actions.rounds import open_round
from exeunt.stages.coding.actions.searches import keep_search
from exeunt.stages.coding.models import CodebookVersion
from exeunt.stages.coding.rules.rounds import Plan
from exeunt.stages.coding.rules.seeking import seeking_in
from exeunt.stages.coding.states import Purpose, Sharing
from exeunt.stages.consent.actions.events import give_consent
from exeunt.stages.findings.actions.answers import answer
from exeunt.stages.findings.actions.reports import report_on
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.narrators.actions.by_hand import admit_narrator
from exeunt.stages.narrators.actions.holds import place_hold
from exeunt.stages.narrators.models import Spell
from exeunt.stages.narrators.states import Gender
from exeunt.stages.sources.models import Capture
from exeunt.stages.testimonies.actions.accounts import import_accounts
from exeunt.stages.testimonies.models import Account
from exeunt.studies.actions import agree_protocol, appoint, begin_study
from exeunt.studies.models import Study
from exeunt.studies.roles import Role
from tests.making.codebooks import BINARY
from tests.making.consent import given
from tests.making.studies import COMPLETE, a_staffed_study
from tests.making.tables import write_csv
from tests.people import Cast

ACCOUNTS = 12
# What every account says, long enough to be known for what somebody said.
SAID = "He said it all in one evening"


@dataclass(frozen=True)
class Side:
    """One study with everything that a page could show, and the words planted in it."""

    study: Study
    lead: Member
    coders: tuple[Member, Member]
    version: CodebookVersion
    accounts: tuple[Account, ...]
    planted: tuple[str, ...]
    refs: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    """The study of the cast, and the one that Eve leads."""

    cast: Cast
    ours: Side
    theirs: Side


def a_world(cast: Cast, folder: Path) -> World:
    """Fill both studies through the actions."""
    ours = a_staffed_study(cast)
    agree_protocol(study=ours, facts=COMPLETE, by=cast.amina)
    theirs = begin_study(slug="elsewhere", title="Elsewhere", by=cast.eve)
    strangers = tuple(
        appoint(
            study=theirs,
            member=add_member(name=name, by=cast.eve),
            role=Role.CODER,
            by=cast.eve,
        ).member
        for name in ("Gita", "Hugo")
    )
    return World(
        cast,
        _filled(ours, cast.amina, (cast.boris, cast.chidi), folder / "ours", "Zarqun"),
        _filled(theirs, cast.eve, strangers, folder / "theirs", "Wimbrel"),
    )


def _filled(
    study: Study, lead: Member, coders: tuple[Member, Member], folder: Path, canary: str
) -> Side:
    folder.mkdir()
    version = keep_codebook(study=study, codebook=BINARY, by=lead)
    planted = {
        part: f"{canary}-{part}"
        for part in ("label", "narrator", "group", "citation", "text", "memo", "hold")
    }
    labels = [f"{planted['label']}-{number}" for number in range(ACCOUNTS)]
    accounts = [_told(label, planted) for label in labels]
    import_accounts(study=study, path=write_csv(folder / "accounts.csv", accounts), by=lead)
    codings = [
        {
            "account_id": label,
            "coder": coder.name,
            "code": code.key,
            "value": (number + place) % 2,
            "note": f"{planted['memo']}-{coder.name}",
        }
        for number, label in enumerate(labels)
        for place, coder in enumerate(coders)
        for code in version.code_set.all()
    ]
    codings.append(_marked(labels[0], coders[0], f"{planted['memo']}-marked"))
    import_codings(study=study, path=write_csv(folder / "codings.csv", codings), by=lead)
    found = tuple(Account.objects.filter(study=study).order_by("pk"))
    refs = _references(study, lead, version, account=found[0])
    shared = _shared_out(study, lead, version, coders=coders)
    held = _held(study, lead, planted["hold"])
    refs |= {"member": coders[0].ref, "round": shared, "hold": held}
    refs |= {"agreed": _agreed(study, lead, f"{planted['narrator']}-agreed")}
    refs |= {"limits": "limits", "given": "given"}
    return Side(study, lead, coders, version, found, tuple(planted.values()), refs)


def _told(label: str, planted: dict[str, str]) -> dict[str, object]:
    """Let a narrator of their own tell one account."""
    return {
        "account_id": label,
        "provenance": "invented",
        "narrator": f"{planted['narrator']}-{label}",
        "group_left": planted["group"],
        "citation": planted["citation"],
        "language": "en",
        "text": f"{SAID}, {planted['text']}, and left.",
    }


def _marked(label: str, coder: Member, note: str) -> dict[str, object]:
    """Let one reader mark what the other has not: a stretch on which they differ."""
    where = {"target": "excerpt", "quote": SAID, "note": note}
    return {"account_id": label, "coder": coder.name, "code": "J1", "value": 1, **where}


def _shared_out(
    study: Study, lead: Member, version: CodebookVersion, *, coders: tuple[Member, Member]
) -> str:
    """Give out in a round what was read without one."""
    plan = Plan(
        purpose=Purpose.CALIBRATION,
        sharing=Sharing.EVERYBODY,
        coders=tuple(one.ref for one in coders),
        most=2,
        seed=7,
        begun=True,
    )
    return open_round(study=study, version=version, plan=plan, by=lead).ref


def _held(study: Study, lead: Member, reference: str) -> str:
    """Place a legal hold on the study, by somebody who is nobody of the cast."""
    reviewer = add_member(name=f"Reviewer of {study.slug}", by=lead)
    appoint(study=study, member=reviewer, role=Role.LEGAL_REVIEWER, by=lead)
    return place_hold(study=study, narrator=None, reference=reference, by=reviewer).ref


def _agreed(study: Study, lead: Member, label: str) -> str:
    """Let a narrator of whom there is no account agree to being read."""
    narrator = admit_narrator(study=study, label=label, gender=Gender.UNKNOWN, by=lead)
    give_consent(narrator=narrator, given=given(), seen=0, by=lead)
    return narrator.ref


def _kept_search(study: Study, lead: Member) -> str:
    """Keep a search under a title that nobody else may meet."""
    seeking = seeking_in({"q": "left", "code": "L1"})
    return keep_search(
        study=study, title=f"Search of {study.slug}", seeking=seeking, ref=new_reference(), by=lead
    ).ref


def _references(
    study: Study, lead: Member, version: CodebookVersion, *, account: Account
) -> dict[str, object]:
    """Make what an address can name, and say by what it is named."""
    begin_draft(study=study, slug=version.codebook.slug, by=lead)
    report = report_on(
        answer=answer(study=study, version=version, question=Question(), by=lead),
        formats=["html"],
        by=lead,
    )
    job = ask_for(
        work="exeunt.stages.findings.tasks.count", title="", study=study, facts={}, by=lead
    )
    return {
        "account": account.ref,
        "answer": report.answer.ref,
        "capture": Capture.objects.get(source__study=study).ref,
        "code": version.code_set.first().key,
        "codebook": version.name,
        "csv": "csv",
        "figure": report.answer.finding_set.first().figure,
        "file": "report.html",
        "job": job.ref,
        "names": "names",
        "narrator": account.narrator.ref,
        "nothing": "nothing",
        "place": 1,
        "report": report.ref,
        "slug": version.codebook.slug,
        "stretch": f"0-0-{len(SAID)}",
        "search": _kept_search(study, lead),
        "spell": Spell.objects.filter(narrator=account.narrator).get().ref,
        "yaml": "yaml",
    }
