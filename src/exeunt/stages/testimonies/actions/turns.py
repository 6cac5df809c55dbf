"""Who speaks where in a text: kept with it, and carried along when it is corrected."""

from collections.abc import Iterable

from exeunt.members.models import Member
from exeunt.stages.testimonies.models import TextVersion, Turn
from exeunt.stages.testimonies.rules.texts import TurnPlace, turns_after


def keep_turns(version: TextVersion, turns: Iterable[TurnPlace]) -> None:
    """Keep the turns of a version, in their order, inside the caller's transaction."""
    Turn.objects.bulk_create(
        Turn(version=version, number=number, **turn._asdict())
        for number, turn in enumerate(turns, 1)
    )


def carry_turns(*, version: TextVersion, by: Member) -> None:  # noqa: ARG001
    """Give a corrected text the turns of the one before, as far as they are found again.

    Turns stay with the earlier version as well: they are what its source said. A text that has
    turns of its own already keeps these.
    """
    if Turn.everything.filter(version=version).exists():
        return
    before = (
        TextVersion.everything.filter(account=version.account_id, number__lt=version.number)
        .order_by("-number")
        .first()
    )
    turns = list(Turn.everything.filter(version=before)) if before is not None else []
    if before is None or not turns:
        return
    places = [TurnPlace(*(getattr(turn, name) for name in TurnPlace._fields)) for turn in turns]
    keep_turns(version, turns_after(before.text, places, version.text))
