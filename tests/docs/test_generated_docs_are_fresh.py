"""The pages made from the code say what the code says today."""

import re

import pytest

from exeunt.stages.coding.intake import codings
from exeunt.stages.testimonies.intake import accounts
from exeunt.studies.roles import Act
from tests.house.source_files import ROOT
from tests.web.rows import IN_A_STUDY, OUTSIDE
from tools import docs
from tools.addresses import addresses, keys_pressed

WRITTEN = docs.pages()
ADDRESSES = {address.name: address for address in addresses()}
FORMATS = (docs.REFERENCE / "formats.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", WRITTEN)
def test_a_generated_page_is_what_make_docs_would_write(name):
    assert (docs.REFERENCE / name).read_text(encoding="utf-8") == WRITTEN[name], "run `make docs`"


def test_no_page_claims_to_be_generated_and_is_not():
    claiming = {
        path.name
        for path in docs.REFERENCE.glob("*.md")
        if path.read_text(encoding="utf-8").startswith(docs.NOTICE)
    }

    assert claiming == set(WRITTEN)


@pytest.mark.parametrize(
    ("heading", "columns"), [("Accounts", accounts.COLUMNS), ("Codings", codings.COLUMNS)]
)
def test_every_column_is_explained_in_the_page_on_formats(heading, columns):
    section = FORMATS.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    explained = re.findall(r"^\| `(\w+)`", section, flags=re.MULTILINE)

    assert explained == [column.name for column in columns]


def test_every_stage_is_on_the_page_of_states():
    folders = {path.parent.name for path in (ROOT / "src").rglob("stages/*/states.py")}

    assert folders == set(docs.stages_with_states())
    assert all(f"\n## {name}\n" in WRITTEN["states.md"] for name in folders)


def test_the_words_of_another_module_are_not_listed_as_a_stage_s_own():
    found = docs.enums_in("exeunt.stages.coding.rules.values")

    assert found == []


@pytest.mark.parametrize("name", IN_A_STUDY)
def test_what_an_address_is_said_to_need_is_what_the_matrix_tries(name):
    address, row = ADDRESSES[name], IN_A_STUDY[name]
    # Whoever has any role may see findings.
    tried = row.act or Act.SEE_FINDINGS
    said = {"any role": Act.SEE_FINDINGS}.get(address.needed, address.needed)

    assert (said, set(address.methods)) == (tried, row.methods - {"HEAD"})


def test_every_address_is_on_the_page_of_pages_once():
    rows = re.findall(r"^\| `[^`]+` \| [A-Z, ]+ \| ", WRITTEN["pages.md"], flags=re.MULTILINE)

    assert len(rows) == len(ADDRESSES) == len(IN_A_STUDY) + len(OUTSIDE)


def test_an_address_outside_a_study_is_open_where_the_matrix_says_so():
    found = {name for name in OUTSIDE if ADDRESSES[name].needed == "open"}

    assert found == {name for name, outside in OUTSIDE.items() if outside.open}


def test_the_keys_are_read_from_the_pages_that_know_them():
    assert ("`J` `K`", "a sheet", "next, previous code") in set(keys_pressed())
    assert ("`?`", "every page", "Show these keys") in set(keys_pressed())
