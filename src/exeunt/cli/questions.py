"""The options by which a question is put to a study, shared by three commands."""

import functools
from collections.abc import Callable, Sequence
from typing import Any

import click

from exeunt.cli.desk import Desk
from exeunt.errors import Refusal
from exeunt.methods.readings import Blanks
from exeunt.methods.span_agreement import Unitised
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.rules.asking import READINGS

MOST_TIMES = 100_000


OPTIONS = (
    click.option(
        "--blanks",
        type=click.Choice([blank.value for blank in Blanks]),
        default=Blanks.MISSING.value,
        show_default=True,
        help="How a blank is counted: as missing, or as “not mentioned” (0).",
    ),
    click.option(
        "--only",
        multiple=True,
        metavar="ATTRIBUTE=VALUE",
        help="Only these accounts, as in group=IS or “period=2014-2015”; may be repeated.",
    ),
    click.option(
        "--times",
        type=click.IntRange(100, MOST_TIMES),
        default=Question.times,
        show_default=True,
        help="How often accounts are drawn anew for an interval.",
    ),
    click.option(
        "--seed",
        type=click.IntRange(0),
        default=Question.seed,
        show_default=True,
        help="The draw's seed.",
    ),
)

comparable = click.option(
    "--compare",
    multiple=True,
    metavar="ATTRIBUTE=VALUE",
    help="Odds ratios of these accounts against all others. By this you say that the "
    "attribute is complete and unwithheld.",
)


led = click.option(
    "--reading",
    type=click.Choice(list(READINGS)),
    default="all",
    show_default=True,
    help="What counts: what all readers say, any reader says, or what is agreed or settled.",
)


unitised = click.option(
    "--unit",
    type=click.Choice([unit.value for unit in Unitised]),
    help="Agreement on what was marked in texts instead, cut into these.",
)


def a_question(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of a question to a command, and hand it over as ``question=``.

    A command that can compare puts ``comparable`` above it, one that counts puts ``led``.
    """

    @functools.wraps(command)
    def asked(desk: Desk, **options: Any) -> None:
        question = Question(
            blanks=Blanks(options.pop("blanks")),
            only=dict(pairs(options.pop("only"))),
            complete=tuple(pairs(options.pop("compare", ()))),
            times=options.pop("times"),
            seed=options.pop("seed"),
            reading=READINGS[options.pop("reading", "all")],
            unit=Unitised(unit) if (unit := options.pop("unit", None)) else None,
        )
        command(desk, question=question, **options)

    for option in reversed(OPTIONS):
        asked = option(asked)
    return asked


def pairs(words: Sequence[str]) -> list[tuple[str, str]]:
    """Read ATTRIBUTE=VALUE."""
    read = []
    for word in words:
        name, equals, value = word.partition("=")
        if not (name and equals):
            raise Refusal(f"“{word}” does not say which value; write it as group=IS.")
        read.append((name, value))
    return read
