"""``exeunt erase``, ``exeunt hold`` and ``exeunt handover``: what crosses the stages."""

import shlex
from collections.abc import Iterable
from dataclasses import replace

import click

from exeunt.archive.key import forget_server_key
from exeunt.cli.desk import Desk, a_study, as_json, at_a_desk
from exeunt.cli.showing import how_many, say, show_json, show_table
from exeunt.cli.vault.asking import keys_of
from exeunt.errors import NotThere, Refusal
from exeunt.members.models import Member
from exeunt.members.queries import member_called
from exeunt.procedures.erasure import (
    Erased,
    Line,
    Touched,
    erase_copy_called,
    erase_narrator,
    finish_erasure,
    may_be_sealed,
    what_erasure_touches,
)
from exeunt.procedures.handover import (
    HandedOver,
    Hands,
    hand_over,
    told,
    what_handover_touches,
)
from exeunt.stages.narrators.actions.holds import lift_hold, place_hold
from exeunt.stages.narrators.models import LegalHold
from exeunt.stages.narrators.queries import hold_called, holds_in, narrator_named
from exeunt.studies.models import Study
from exeunt.vault import door

yes = click.option("--yes", "sure", is_flag=True, help="Do not ask; for scripts.")
dry_run = click.option(
    "--dry-run", "only_look", is_flag=True, help="List what would be touched, and do nothing."
)


@click.command("erase")
@click.argument("narrator", required=False)
@click.option(
    "--copy",
    metavar="DIGEST",
    help="Take a whole copy of a table away instead, by the beginning of its name in captures/.",
)
@click.option(
    "--without-vault",
    "shut",
    is_flag=True,
    help="For the public record: leave the vault shut. A restore then brings the person back.",
)
@dry_run
@yes
@a_study
@at_a_desk
def erase_command(
    desk: Desk,
    *,
    narrator: str | None,
    copy: str | None,
    shut: bool,
    only_look: bool,
    sure: bool,
    study: str | None,
) -> None:
    """Erase somebody: keys, rows, and what the disk holds.

    NARRATOR is a label or a reference.
    Custodians do this. What goes and what stays is listed first. A legal hold blocks it. Run again,
    it finishes what was interrupted.
    """
    chosen = desk.study(study)
    if (narrator is None) == (copy is None):
        raise click.UsageError("Name a narrator, or a copy with --copy.")
    if copy is not None:
        _erase_copy(desk, chosen, copy, sure=sure)
        return
    _erase(desk, chosen, narrator or "", shut=shut, only_look=only_look, sure=sure)


@click.group("hold")
def hold_command() -> None:
    """Place legal holds, and lift them."""


@hold_command.command("place")
@click.argument("reference")
@click.option("--narrator", metavar="LABEL", help="On whom; the whole study if left out.")
@a_study
@at_a_desk
def place(desk: Desk, *, reference: str, narrator: str | None, study: str | None) -> None:
    """Place a hold; REFERENCE is what orders it, such as a court's file number, and no more.

    Legal reviewers do this.
    """
    chosen = desk.study(study)
    on = narrator_named(chosen, narrator) if narrator else None
    hold = place_hold(study=chosen, narrator=on, reference=reference, by=desk.member)
    say(f"A legal hold stands on {_whom(hold)}. To lift it: exeunt hold lift {hold.ref}")


@hold_command.command("lift")
@click.argument("ref")
@a_study
@at_a_desk
def lift(desk: Desk, *, ref: str, study: str | None) -> None:
    """Lift a hold, by its reference in the list."""
    hold = lift_hold(hold=hold_called(desk.study(study), ref, by=desk.member), by=desk.member)
    say(f"The legal hold on {_whom(hold)} is lifted.")


@hold_command.command("list")
@as_json
@a_study
@at_a_desk
def list_holds(desk: Desk, *, study: str | None, machine: bool) -> None:
    """List every hold of a study, lifted ones included."""
    rows = [
        {
            "hold": hold.ref,
            "on": _whom(hold),
            "ordered by": hold.reference,
            "placed": f"{hold.placed:%Y-%m-%d} by {hold.placed_by.name}",
            "lifted": f"{hold.lifted:%Y-%m-%d} by {hold.lifted_by.name}"
            if hold.lifted and hold.lifted_by
            else "",
        }
        for hold in holds_in(desk.study(study), by=desk.member)
    ]
    if machine:
        show_json(rows)
    elif rows:
        show_table("Legal holds", rows)
    else:
        say("No legal hold was ever placed on this study.")


def _erase(
    desk: Desk, study: Study, named: str, *, shut: bool, only_look: bool, sure: bool
) -> None:
    try:
        narrator = narrator_named(study, named)
    except NotThere:
        _tell_earlier(desk, study, named)
        return
    sealed = door.has_been_made() and not (shut and not may_be_sealed(study))
    keys = keys_of(desk) if sealed else None
    touched = what_erasure_touches(narrator=narrator, keys=keys, by=desk.member)
    _tell_touched(touched, named)
    if only_look:
        say("Nothing was changed.")
        return
    if not sure:
        click.confirm(f"Erase {named}? This cannot be undone.", abort=True, err=True)
    _tell_erased(erase_narrator(narrator=narrator, keys=keys, by=desk.member), named)


def _erase_copy(desk: Desk, study: Study, digest: str, *, sure: bool) -> None:
    if not sure:
        click.confirm(
            f"Take the whole copy {digest} away, of everybody in it? Their accounts stay.",
            abort=True,
            err=True,
        )
    gone = erase_copy_called(digest, study=study, by=desk.member)
    say(f"The copy {gone.digest[:12]}… is gone. Accounts that came in it stay.")


def _tell_earlier(desk: Desk, study: Study, ref: str) -> None:
    earlier = finish_erasure(ref, study=study, by=desk.member)
    clean = "the disk is clean" if earlier.cleaned else "the disk is not clean yet (pending)"
    say(f"{ref} was erased on {earlier.erased:%Y-%m-%d}; {clean}.")


def _tell_touched(touched: Touched, named: str) -> None:
    show_table(f"Erasing {named} takes away", _rows(touched.going), right=["how many"])
    say("What stays, or cannot be reached:")
    for line in touched.left:
        number = "" if line.amount is None else f" ({line.amount})"
        say(f"  {line.what}{number}: {line.why}")


def _rows(lines: Iterable[Line]) -> list[dict[str, str]]:
    return [{"what": str(line.what), "how many": f"{line.amount or 0:,}"} for line in lines]


def _tell_erased(done: Erased, named: str) -> None:
    proof = done.proof
    say(f"{named} is erased, known in the ledger as {done.narrator}.")
    if done.listed:
        say(f"Erasure list: {done.listed}")
    if done.pending:
        say(
            "Pending: another process reads, so the write-ahead log still holds deleted rows. It "
            "is tried again whenever the archive is opened; “exeunt check” says if it waits."
        )
    say(
        f"Checked: {how_many(proof.fragments, 'fragment')} of their words sought in "
        f"{how_many(proof.files, 'file')}."
    )
    for one in proof.found:
        where = "a table that holds others too" if one.of_others else "NOT EXPECTED"
        say(f"  {how_many(one.fragments, 'fragment')} found in {one.file}: {where}")
    if proof.unexpected and not done.pending:
        raise Refusal(
            "The rows are gone, but words of theirs still stand in {files}. Say so to whoever "
            "keeps this archive, and delete these files or the words in them.",
            files=", ".join(one.file for one in proof.unexpected),
        )


def _whom(hold: LegalHold) -> str:
    return hold.narrator.label if hold.narrator else "the whole study"


@click.command("handover")
@click.option("--to", "leads", metavar="NAME", multiple=True, help="Who leads from now on.")
@click.option(
    "--custodian", "custodians", metavar="NAME", multiple=True, help="Who keeps the vault."
)
@click.option("--from", "leaving", metavar="NAME", multiple=True, required=True, help="Who leaves.")
@click.option("--opened-by", "opener", metavar="NAME", help="The custodian who opens the vault.")
@dry_run
@yes
@at_a_desk
def handover_command(
    desk: Desk,
    *,
    leads: tuple[str, ...],
    custodians: tuple[str, ...],
    leaving: tuple[str, ...],
    opener: str | None,
    only_look: bool,
    sure: bool,
) -> None:
    """Hand the archive over to other hands.

    All that changes is listed first.
    A lead of every study in which somebody leaves does this. Nobody who leaves keeps a way in;
    everybody who stays is let in anew by those who take over.
    """
    hands = Hands(*(tuple(map(member_called, names)) for names in (leads, custodians, leaving)))
    plan = what_handover_touches(hands=hands, by=desk.member)
    for line in told(plan):
        say(f"  {line}")
    if only_look:
        say("Nothing was changed.")
        return
    if not sure:
        click.confirm("Hand the archive over?", abort=True, err=True)
    keys = keys_of(replace(desk, member=_opener(desk, opener))) if plan.admitted else None
    _tell_handed_over(desk, hands, hand_over(hands=hands, keys=keys, by=desk.member))


def _opener(desk: Desk, name: str | None) -> Member:
    return member_called(name) if name else desk.member


def _tell_handed_over(desk: Desk, hands: Hands, done: HandedOver) -> None:
    elsewhere = forget_server_key(desk.folder.path)
    say("Handed over. Both sides keep these witnesses:")
    say(f"  Ledger of the archive: {done.archive}")
    if done.vault is not None:
        say(f"  Ledger of the vault: {done.vault}")
    say("Whoever takes over does this next, where nobody who leaves can see the screen:")
    if elsewhere is not None:
        say(f"  take {elsewhere} away; the server draws another key")
    for member in (*hands.leads, *hands.custodians):
        say(f"  exeunt member link {shlex.quote(member.name)} --as {shlex.quote(member.name)}")
    if done.vault is not None:
        say("  exeunt vault rotate, for whoever leaves may have copied keys; and a new backup")
    if done.plan.lapsing:
        say("  agree every protocol anew, with who answers from now on")
    say("Commands act as who made the archive unless told otherwise: set EXEUNT_MEMBER.")
