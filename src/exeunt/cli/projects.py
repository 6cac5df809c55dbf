"""``exeunt import project``: whole coded projects of other programs, looked at or taken in."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from exeunt.cli.desk import Desk, a_path, a_study, as_json, at_a_desk
from exeunt.cli.showing import how_many, say, show_json
from exeunt.errors import Refusal
from exeunt.methods.offsets import Fit
from exeunt.stages.coding.actions.projects import TakenProject, import_project
from exeunt.stages.coding.queries.projects import Plan, PlannedText, Wishes, look_at_project


@click.command("project")
@click.argument("path", type=a_path, metavar="FILE")
@a_study
@click.option(
    "--provenance",
    default="",
    metavar="WORDS",
    help="“invented” or “public record”; may be left out where the study holds accounts.",
)
@click.option(
    "--codebook",
    "-c",
    default="",
    metavar="NAME",
    help="A codebook of the study, NAME or NAME@VERSION, in which its codes are looked up; its "
    "own is taken in if left out.",
)
@click.option(
    "--coder",
    "coders",
    multiple=True,
    metavar="NAME=MEMBER",
    help="Who somebody of the project is here; * stands for everybody else.",
)
@click.option(
    "--offsets",
    "countings",
    multiple=True,
    metavar="TEXT=COUNTING",
    help="How a text's places are counted, as in “Interview 3=end=inclusive”; * for all texts.",
)
@click.option("--look", is_flag=True, help="Only show what would come in, and how it was read.")
@as_json
@at_a_desk
def project(  # noqa: PLR0913 - a command has as many arguments as it has options
    desk: Desk,
    *,
    path: Path,
    study: str | None,
    provenance: str,
    codebook: str,
    coders: Sequence[str],
    countings: Sequence[str],
    look: bool,
    machine: bool,
) -> None:
    """Take in a coded project: .qdpx, or Taguette's .sqlite3.

    Its codebook becomes one of the study, its texts become accounts (those that the study
    holds already stay what they are), its users' judgements the readings of the members of
    the same names. All of it comes in, or nothing.

    Programs count the places of excerpts in different ways. Which way fits each text is found
    out, and shown with how well it fits and the next best.

    \b
    --offsets says it instead, as one or more of these, with commas:
      first=0 or 1; breaks=one, as-written or two;
      units=code-points or utf-16; end=exclusive or inclusive
    """  # noqa: D301 - click reads the backslash as a mark
    wishes = Wishes(provenance, codebook, pairs(coders), pairs(countings))
    chosen = desk.study(study)
    if look:
        _show(look_at_project(study=chosen, path=path, wishes=wishes, by=desk.member))
        return
    taken = import_project(study=chosen, path=path, wishes=wishes, by=desk.member)
    if machine:
        show_json(taken._asdict())
        return
    _tell(taken)


def pairs(given: Sequence[str]) -> dict[str, str]:
    """Read NAME=WORDS pairs."""
    found = {}
    for pair in given:
        name, equals, words = pair.partition("=")
        if not (name and equals and words):
            raise Refusal(f"“{pair}” does not say what is what; write it as NAME=WORDS.")
        found[name] = words
    return found


def _tell(taken: TakenProject) -> None:
    new = f", {taken.new_texts} of them new" if taken.new_texts != taken.texts else ""
    say(
        f"Took in {how_many(taken.codings, 'judgement')} of "
        f"{how_many(taken.excerpts, 'excerpt')} in {how_many(taken.texts, 'text')}{new}, by "
        f"{how_many(taken.coders, 'coder')}, with {taken.codebook}."
    )
    if taken.memos:
        say(f"Took in {how_many(taken.memos, 'memo')}.")
    if taken.unplaced:
        say(f"Left out {how_many(taken.unplaced, 'selection')} that lie outside their text.")
    for sentence in taken.left:
        say(f"Not carried over: {sentence}")


def _show(plan: Plan) -> None:
    say(
        f"Would take in {how_many(plan.codings, 'judgement')} of "
        f"{how_many(plan.excerpts, 'excerpt')} in {how_many(len(plan.texts), 'text')}, "
        f"{plan.new_texts} of them new."
    )
    for text in plan.texts:
        for line in _lines(text):
            say(line)
    for sentence in plan.draft.dropped:
        say(f"Not carried over: {sentence}")
    for problem in plan.problems.listed:
        say(f"Stands against it: {problem.says}")


def _lines(text: PlannedText) -> Iterator[str]:
    """Say how the places of a text were read, how well that fits, and what fits next best."""
    counted = text.counted
    choice = counted.choice
    if not counted.selections:
        yield f"{text.label} ({_is(text)}): nothing is marked in it."
        return
    fits = _fit(choice.fit, counted.selections)
    yield f"{text.label} ({_is(text)}): places read as {choice.counting}: {fits}."
    if choice.second is not None:
        sure = "" if choice.sure else ", which fits as well: look at its excerpts"
        fits = _fit(choice.second_fit, counted.selections)
        yield f"  next best {choice.second}: {fits}{sure}."
    for one in counted.unplaced:
        yield f"  not placed: {one.start} to {one.end} {one.words}".rstrip()


def _is(text: PlannedText) -> str:
    if text.version is not None:
        return "here already"
    return "new" if text.account is None else "gets its text"


def _fit(fit: Fit, selections: int) -> str:
    """Say how well a way of counting fits."""
    return f"{fit.inside}/{selections} inside, {fit.worded} by words, edges {fit.edges:.2f}"
