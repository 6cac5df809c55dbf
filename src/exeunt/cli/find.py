"""``exeunt find``."""

from typing import Any

import click

from exeunt.cli.desk import Desk, a_study, as_json, at_a_desk
from exeunt.cli.showing import say, show_json, show_table
from exeunt.desk.paging import Leaf
from exeunt.errors import Refusal
from exeunt.methods.concordance import Order
from exeunt.stages.coding.queries.finding.pages import Found, found_in
from exeunt.stages.coding.queries.finding.shown import FoundExcerpt, FoundLine
from exeunt.stages.coding.rules.seeking import BY, SIDES, seeking_in
from exeunt.stages.coding.states import Of, Whose

HARD = "(a hard passage; open it in the text)"


@click.command("find")
@click.argument("words", nargs=-1)
@click.option("--code", help="What this code was given to, by its key.")
@click.option("--value", help="With this value; any above 0 if left out.")
@click.option(
    "--of", type=click.Choice([one.value for one in Of]), help="Given to the place, or its account."
)
@click.option("--without", help="What this code was not given to.")
@click.option("--near", "beside", metavar="CODE", help="Near what this code was given to.")
@click.option("--by", "near", type=click.Choice(list(BY)), help="What near means.")
@click.option("--most", metavar="NUMBER", help="So many sentences or turns away at most.")
@click.option("--side", type=click.Choice(list(SIDES)), help="Where that stands.")
@click.option("--whose", type=click.Choice([one.value for one in Whose]), help="By whose reading.")
@click.option("--speaker", help="Said by this speaker.")
@click.option("--group", help="Group left.")
@click.option("--period", help="Period.")
@click.option("--language", help="Language.")
@click.option("--setting", help="Setting.")
@click.option(
    "--order", type=click.Choice([one.value for one in Order]), help="By the text or words beside."
)
@click.option("--codebook", "-c", metavar="NAME", help="The codebook, as NAME or NAME@VERSION.")
@click.option("--page", type=click.IntRange(1), default=1, help="Which leaf of 25.")
@a_study
@as_json
@at_a_desk
def find_command(
    desk: Desk, *, words: tuple[str, ...], page: int, study: str | None, machine: bool, **asked: Any
) -> None:
    """Where was something said, in which words, beside what?

    WORDS stand in one passage: a paragraph, or what one speaker says. A word of several words is
    a phrase, as in: exeunt find "for the widows" money. Begin* finds beginnings, one OR other
    either; what goes without is written after two hyphens, as in: exeunt find -- money -widows.
    """
    given = {name: str(value) for name, value in asked.items() if value}
    seeking = seeking_in({**given, "q": " ".join(map(_phrase, words))})
    found = found_in(desk.study(study), seeking, leaf=page, by=desk.member)
    if found is None:
        raise Refusal("Say what to find: words, or --code.")
    if machine:
        show_json(_plain(found))
        return
    _show(found)


def _phrase(word: str) -> str:
    """Put what the shell handed over as one between quotation marks, unless it asks for more."""
    parts = word.split()
    asks = any(part in {"OR", "|", "AND"} or '"' in part or part[0] == "-" for part in parts)
    return word if asks or len(parts) < 2 else f'"{word}"'  # noqa: PLR2004 - one is no phrase


def _show(found: Found) -> None:
    leaf = found.leaf
    if not leaf.rows:
        say("Nothing is like that.")
        return
    more = "more than " if found.more else ""
    note = f"{leaf.first}-{leaf.last} of {more}{leaf.total:,}; leaf {leaf.number} of {leaf.of}"
    show_table("Found", [_cells(one) for one in leaf.rows], note=note)


def _cells(one: FoundLine | FoundExcerpt) -> dict[str, str]:
    if isinstance(one, FoundLine):
        said = f"{one.line.before}[{one.line.keyword}]{one.line.after}" if one.line else HARD
        return {"Account": one.account.label, "Speaker": one.speaker, "Said": said}
    return {
        "Account": one.account.label,
        "Code": one.code.key,
        "Value": one.gap or str(one.value),
        "Said": "(the whole account)" if one.whole else one.words or HARD,
        "Reader": one.name,
    }


def _plain(found: Found) -> dict[str, Any]:
    leaf: Leaf[Any] = found.leaf
    return {
        "found": leaf.total,
        "more": found.more,
        "leaf": leaf.number,
        "of": leaf.of,
        "rows": [_row(one) for one in leaf.rows],
    }


def _row(one: FoundLine | FoundExcerpt) -> dict[str, Any]:
    told = {"account": one.account.label, "ref": one.account.ref}
    if isinstance(one, FoundLine):
        line = one.line._asdict() if one.line else None
        return {**told, "speaker": one.speaker, "confirmed": one.confirmed, "line": line}
    return {
        **told,
        "code": one.code.key,
        "value": one.value,
        "gap": one.gap,
        "words": one.words or None,
        "notes": list(one.notes),
        "reader": one.name or None,
    }
