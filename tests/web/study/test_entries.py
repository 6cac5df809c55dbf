"""Every act that the house writes down about a study can be told, and names its study."""

import ast
from collections.abc import Iterator

import pytest

from exeunt.web.study.entries import ACTS, PAGES
from tests.house.source_files import Module, module, modules

RECORDING = {"record", "record_alone"}
# Who signs in, what becomes of the archive, and what is done in the vault is no study's business.
OF_NO_STUDY = (
    "exeunt/archive/",
    "exeunt/ledger/",
    "exeunt/members/",
    "exeunt/procedures/handover.py",
    "exeunt/vault/",
    "exeunt/web/signing_in/",
)


def recorded(found: Module) -> Iterator[ast.Call]:
    """The calls by which a module writes acts down."""
    for node in ast.walk(found.tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RECORDING:
            yield node


def said_in(call: ast.Call) -> list[str]:
    """The acts that a call names; none where it is handed the act."""
    act = call.args[0]
    return [act.value] if isinstance(act, ast.Constant) else []


def names_its_study(call: ast.Call) -> bool:
    """Whether the entry concerns a study: by its fact, or as its subject."""
    given = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
    return "study" in given or given["subject"].endswith("study.ref")


def ours() -> list[Module]:
    """The modules that write down what is done in a study."""
    return [found for found in modules("src") if not any(p in found.name for p in OF_NO_STUDY)]


def test_every_act_in_a_study_has_words():
    acts = {act for found in ours() for call in recorded(found) for act in said_in(call)}

    assert sorted(acts - set(ACTS)) == []


def test_every_entry_says_which_study_it_concerns():
    mute = [
        f"{found.name}:{call.lineno}"
        for found in ours()
        for call in recorded(found)
        if not names_its_study(call)
    ]

    assert mute == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("record('a.b', subject=study.ref, by=x)", True),
        ("record('a.b', subject=report.study.ref, by=x)", True),
        ("record_alone('a.b', subject=account.ref, by=x, study=study.ref)", True),
        ("record('a.b', subject=account.ref, by=x)", False),
    ],
)
def test_an_entry_without_a_study_is_found(line, told):
    (call,) = recorded(module("src/exeunt/stages/coding/actions.py", line))

    assert names_its_study(call) == told


def test_the_pages_of_subjects_begin_with_nouns_of_acts():
    assert set(PAGES) <= {act.partition(".")[0] for act in ACTS}
