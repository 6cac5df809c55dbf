"""When coded material may be handed on, and to whom."""

from collections.abc import Collection

from exeunt.errors import NotYet, Refusal


def check_is_written(kind: str, known: Collection[str]) -> None:
    """Refuse a format that is not written."""
    if kind not in known:
        raise Refusal(
            "“{kind}” is not written; choose one of {known}.",
            kind=kind[:20],
            known=", ".join(known),
        )


def check_is_a_colleague(name: str, colleagues: Collection[str]) -> None:
    """Refuse to hand coded material to anybody who has no role in the study."""
    if not name.strip():
        raise Refusal("Say for whom the export is: a colleague of this study.")
    if name not in colleagues:
        raise Refusal(
            "“{name}” has no role in this study. Exports are for colleagues inside it: {known}.",
            name=name[:80],
            known=", ".join(sorted(colleagues)),
        )


def check_count_is_confirmed(confirmed: int, now: int) -> None:
    """Refuse to write another number of judgements than was looked at and confirmed."""
    if now == 0:
        raise NotYet("There is nothing to export yet: nobody whose reading you see has coded.")
    if confirmed != now:
        raise NotYet(
            "The export would hold {now} judgements, and {confirmed} were confirmed. Look again at "
            "what it holds, then confirm.",
            now=now,
            confirmed=confirmed,
        )
