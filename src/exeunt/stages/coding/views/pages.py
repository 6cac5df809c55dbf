"""What the pages of a text are drawn from."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from exeunt.stages.coding.forms.sentences import SentencesForm
from exeunt.stages.coding.forms.sheets import answers_on
from exeunt.stages.coding.queries.examples import ShownExample
from exeunt.stages.coding.queries.excerpt_list import excerpts_listed
from exeunt.stages.coding.queries.paragraphs import stretches_of
from exeunt.stages.coding.queries.texts import OwnText
from exeunt.stages.coding.rules.marking import usual_value
from exeunt.stages.coding.states import Gap
from exeunt.stages.coding.views.drawing import drawn
from exeunt.stages.coding.views.palette import palette_of
from exeunt.stages.coding.views.plain_drawing import Plain, strokes_of
from exeunt.stages.testimonies.queries.care import Care

Examples = Mapping[str, tuple[ShownExample, ...]]

# Every module of the page's script, so that a browser asks for all of them at once.
MODULES = tuple(
    f"exeunt/coding-{name}.js"
    for name in (
        "chosen",
        "cursor",
        "editor",
        "highlights",
        "history",
        "keys",
        "list",
        "lost",
        "margin",
        "marks",
        "offsets",
        "palette",
        "paragraphs",
        "pointer",
        "saving",
        "sending",
        "sight",
        "standing",
        "store",
        "tabs",
        "ways",
        "words",
    )
)


def facts_of_text(own: OwnText, care: Care | None, examples: Examples) -> dict[str, Any]:
    """Return what the page of a text is drawn from; nothing of the text while it is held back."""
    facts = {"own": own, "care": care}
    if care is not None and care.held:
        return facts
    stretches = stretches_of(own.shown, own.turns)
    opens = care is not None and care.opens
    return {
        **facts,
        "modules": MODULES,
        "drawn": drawn(stretches, language=own.account.language, opens=opens),
        "palette": palette_of(own.codebook, own.proposed, examples),
        "values": values_of(own),
        "usual": str(usual_value(own.codebook.scale)),
        "facts": {**own.marks.as_plain(), "turns": [turn.start for turn in own.turns]},
    }


def values_of(own: OwnText) -> list[tuple[str, Any]]:
    """Return what a mark can say of its words; what was not mentioned is not marked."""
    return [one for one in answers_on(own.codebook.scale) if one[0] != Gap.NOT_MENTIONED.value]


class Shown(NamedTuple):
    """A code that stands on an excerpt of the list, with its look and in words."""

    code: str
    cell: str
    reader: str
    look: str


def facts_of_plain(own: OwnText, care: Care | None, form: SentencesForm) -> dict[str, Any]:
    """Return what the page of numbered sentences is drawn from."""
    facts = {"own": own, "care": care, "form": form}
    if care is not None and care.held:
        return facts
    opens = care is not None and care.opens
    palette = palette_of(own.codebook, own.proposed)
    plain = Plain(strokes_of(own.marks), palette, own.account.language)
    return {
        **facts,
        "drawn": plain.drawn(stretches_of(own.shown, own.turns), opens=opens),
        "palette": palette,
        "excerpts": _listed(own, plain.looks, opens=opens),
    }


def _listed(own: OwnText, looks: Mapping[str, str], *, opens: bool) -> list[dict[str, Any]]:
    words = {value: str(meaning) for value, meaning in values_of(own)}
    return [
        {
            **one._asdict(),
            "given": [
                Shown(has.code, words.get(has.cell, has.cell), has.reader, looks.get(has.code, ""))
                for has in one.given
            ],
        }
        for one in excerpts_listed(own, opens=opens)
    ]
