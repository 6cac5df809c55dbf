"""Who may fill in a sheet, and when one may be changed, completed and opened again."""

from exeunt.errors import NotYet, NotYours, Refusal
from exeunt.stages.coding.states import IN_TEXTS, SheetState, Target


def check_codes_by_hand(*, is_machine: bool) -> None:
    """Refuse a sheet to a machine reader."""
    if is_machine:
        raise NotYours(
            "A machine reader does not fill in sheets; its judgements come in as an import."
        )


def check_reads_texts(unit: Target, codebook: str) -> None:
    """Refuse to mark a text with a codebook whose codes are said of exits or spells."""
    if unit not in IN_TEXTS:
        raise Refusal(
            "“{codebook}” is a codebook of {unit}s; they are judged on a sheet, and their texts "
            "are marked with another codebook.",
            codebook=codebook,
            unit=unit.value,
        )


def check_may_change(state: SheetState) -> None:
    """Refuse a change of a reading that is complete."""
    if state is SheetState.COMPLETE:
        raise NotYet("This reading is complete. Open it again before you change it.")


def check_is_whole(unjudged: int) -> None:
    """Refuse to complete a reading that leaves codes open: what is missing must be said."""
    if unjudged:
        raise NotYet(
            "{count} of the codes have no answer yet. Answer each; “not mentioned” is an answer.",
            count=unjudged,
        )


def check_may_reopen(state: SheetState, *, others_complete: int) -> None:
    """Refuse to open a reading again once it could have been seen beside another."""
    if state is not SheetState.COMPLETE:
        raise NotYet("This reading is open; there is nothing to open again.")
    if others_complete:
        raise NotYet(
            "Another reader has completed this one too, so the readings can be seen side by side "
            "and stay as they are. Where they differ, settle it and say why."
        )


def check_is_finished_in_text(unit: Target, codebook: str) -> None:
    """Refuse to complete a text whose codebook asks for answers on the whole."""
    if unit is not Target.EXCERPT:
        raise NotYet(
            "“{codebook}” asks for an answer on each code. Answer them on the sheet, and complete "
            "it there; what you marked in the text belongs to it.",
            codebook=codebook,
        )
