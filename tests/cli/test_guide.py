"""The guide: every command explains itself, and says the same in both places."""

from collections.abc import Iterator

import click
import pytest

from exeunt.cli.guide import CHAPTERS, COMMANDS, exeunt
from tests.cli.terminal import done, misused

CONTEXT = click.Context(exeunt)


def commands(
    group: click.Group = exeunt, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command and subcommand, with the words by which it is called."""
    for name in group.list_commands(CONTEXT):
        command = group.get_command(CONTEXT, name)
        assert command is not None
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


ALL = dict(commands())
EVERY = pytest.mark.parametrize("path", ALL, ids=" ".join)
# What a script would read.
WITH_JSON = {
    ("study", "list"), ("member", "list"), ("consent", "show"),
    ("consent", "ending"),
    ("codebook", "list"), ("codebook", "show"),
    ("import", "accounts"), ("import", "texts"), ("import", "codings"), ("import", "project"),
    ("find",), ("agreement",), ("findings",), ("check",),
    ("vault", "status"), ("vault", "custodian", "list"), ("hold", "list"),
    ("round", "list"),
}  # fmt: skip


def first_line(text: str | None) -> str:
    """The sentence with which a help text begins."""
    return (text or "").strip().splitlines()[0]


def test_the_guide_names_every_command_of_the_design():
    assert list(COMMANDS) == [
        "demo", "serve", "new", "study", "member", "vault", "consent", "hold", "erase", "codebook",
        "import", "round", "find", "agreement", "findings", "report", "export", "handover", "check",
        "backup", "restore",
    ]  # fmt: skip
    assert {" ".join(path) for path in ALL if len(path) == 2} == {
        "study new", "study list", "study protocol", "study limits", "member add", "member list",
        "member link",
        "codebook list", "codebook show", "codebook import", "codebook export",
        "import accounts", "import texts", "import codings", "import project",
        "export excerpts", "export project", "export annotations",
        "vault init", "vault status", "vault custodian", "vault rotate", "vault paper",
        "vault recover", "vault identity",
        "round open", "round list", "round close",
        "hold place", "hold list", "hold lift",
        "consent show", "consent ending", "consent stop", "consent withdraw", "consent export",
    }  # fmt: skip


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_the_help_reads_like_a_guide(flag):
    said = done(flag)

    places = [said.index(f"\n{chapter}:") for chapter in CHAPTERS]
    assert places == sorted(places)
    assert "exeunt import accounts accounts.csv" in said
    assert "0 done, 1 refused" in said


def test_without_a_word_the_guide_is_shown():
    result = misused()

    assert "Begin:" in result


@EVERY
def test_every_command_says_what_it_does(path):
    said = done(*path, "--help")

    assert said.startswith(f"Usage: exeunt {' '.join(path)}")
    assert " ".join(first_line(ALL[path].help).split()) in " ".join(said.split())


@EVERY
def test_the_help_fits_eighty_columns(path):
    assert [line for line in done(*path, "--help").splitlines() if len(line) > 80] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_guide_and_the_command_say_the_same(name):
    said = first_line(ALL[name,].help)
    # The guide may leave out an "and" to fit a line; no other word.
    assert said.replace("and by", "by") == COMMANDS[name][1].replace("and by", "by")


@EVERY
def test_no_two_parameters_of_a_command_share_a_name(path):
    names = [parameter.name for parameter in ALL[path].params]

    assert len(names) == len(set(names))


@EVERY
def test_every_option_is_explained(path):
    unexplained = [
        option.opts[0]
        for option in ALL[path].params
        if isinstance(option, click.Option) and not option.help
    ]

    assert unexplained == []


@EVERY
def test_a_script_can_ask_for_json_where_it_would_want_it(path):
    options = {word for parameter in ALL[path].params for word in parameter.opts}

    assert ("--json" in options) == (path in WITH_JSON)


@EVERY
def test_an_option_that_nobody_knows_is_wrong_use(path):
    assert "--moon" in misused(*path, "--moon")


def test_a_command_that_nobody_knows_is_wrong_use():
    assert "“reprot”" in misused("reprot") or "'reprot'" in misused("reprot")


def test_the_version_is_told():
    assert done("--version") == "exeunt, version 0.1.0\n"
