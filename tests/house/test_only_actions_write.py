"""Rows are written by actions, by the ledger, by the opening of an archive and by procedures."""

import ast

import pytest

from tests.house.source_files import Module, module, modules

# Written on a manager or a query set with values by name, or on an instance with none.
BY_NAME = {"save", "create", "update", "delete", "asave", "acreate", "aupdate", "adelete"}
ALWAYS = {
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "abulk_create",
    "abulk_update",
    "aget_or_create",
    "aupdate_or_create",
}
WRITERS = {"actions", "ledger", "archive", "procedures", "migrations"}


def is_a_write(node: ast.AST) -> bool:
    """Whether this is a call of Django's that writes rows.

    A value by position means something else of that name, like `workbook.save(path)`.
    """
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    return node.func.attr in ALWAYS or (node.func.attr in BY_NAME and not node.args)


def stray_writes(found: Module) -> list[str]:
    """The writes of a module that has no business to write."""
    if WRITERS.intersection(found.parts):
        return []
    return [
        f"{found.name}:{node.lineno} {ast.unparse(node)}"
        for node in ast.walk(found.tree)
        if is_a_write(node)
    ]


def test_only_actions_write():
    assert [write for found in modules("src") for write in stray_writes(found)] == []


@pytest.mark.parametrize(
    "line",
    [
        "account.save()",
        "account.save(update_fields=['text'])",
        "Account.objects.create(text='x')",
        "study.account_set.filter(pk=1).update(text='x')",
        "accounts.delete()",
        "Account.objects.bulk_create(rows)",
        "Account.objects.get_or_create(pk=1)",
    ],
)
def test_a_write_is_found_in_a_view_and_allowed_in_an_action(line):
    assert stray_writes(module("src/exeunt/stages/coding/views.py", line)) != []
    assert stray_writes(module("src/exeunt/stages/coding/actions.py", line)) == []
    assert stray_writes(module("src/exeunt/stages/coding/actions/passes.py", line)) == []


@pytest.mark.parametrize(
    "line",
    ["workbook.save(path)", "digest.update(chunk)", "found.update(more)", "save()"],
)
def test_what_only_shares_the_name_is_no_write(line):
    assert stray_writes(module("src/exeunt/stages/coding/formats/table.py", line)) == []
