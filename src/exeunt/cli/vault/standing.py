"""``exeunt vault status``."""

import click

from exeunt.cli.desk import Desk, as_json, at_a_desk
from exeunt.cli.showing import how_many, say, show_json
from exeunt.members.models import Member
from exeunt.vault.room import STANDINGS, Standing, Status, standing
from exeunt.vault.room import status as status_of_vault


@click.command("status")
@as_json
@at_a_desk
def status(desk: Desk, *, machine: bool) -> None:  # noqa: ARG001 - opens the archive
    """Say how the vault stands, without opening it, and what falls short."""
    stands = standing()
    found = status_of_vault() if stands is Standing.WELL else None
    if machine:
        show_json({"standing": stands.value, **(_plain(found) if found else {})})
    elif found is None:
        say(STANDINGS[stands])
    else:
        tell(found)


def tell(found: Status) -> None:
    """Say it in sentences."""
    names = _names()
    holders = [f"{names.get(one.member, one.member)} ({one.state})" for one in found.custodians]
    say(f"The vault stands well. Custodians: {', '.join(sorted(holders))}.")
    say(f"Open for: {', '.join(sorted(names[ref] for ref in found.open_for)) or 'nobody'}.")
    say(f"Sealed: {how_many(found.people, 'person', 'people')}.")
    entries = how_many(found.ledger.size if found.ledger else 0, "entry", "entries")
    say(f"Its ledger: {entries}. Witness: {found.ledger}")
    say(f"Erasure list: {found.erasures}. Checkpoint: {found.checkpoint or 'none'}")
    for sentence in found.shortcomings:
        say(f"Falls short: {sentence}")


def _plain(found: Status) -> dict[str, object]:
    names = _names()
    return {
        "custodians": {names[one.member]: str(one.state) for one in found.custodians},
        "open_for": sorted(names[ref] for ref in found.open_for),
        "people": found.people,
        "witness": str(found.ledger),
        "erasures": str(found.erasures),
        "checkpoint": str(found.checkpoint) if found.checkpoint else None,
        "shortcomings": list(found.shortcomings),
    }


def _names() -> dict[str, str]:
    return dict(Member.objects.values_list("ref", "name"))
