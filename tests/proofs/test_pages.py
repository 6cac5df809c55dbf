"""A benchmark renews its own section of the page, and leaves the others alone."""

import pytest

from benchmarks.measuring.page import renew, table, verdict


def test_a_section_is_renewed_in_its_place(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Page\n\n## One\n\nold\n\n## Two\n\nkept\n", encoding="utf-8")

    renew("One", "new", page=page)

    assert page.read_text(encoding="utf-8") == "# Page\n\n## One\n\nnew\n\n## Two\n\nkept\n"


def test_a_section_that_is_not_there_is_added(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Page\n", encoding="utf-8")

    renew("One", "new", page=page)

    assert page.read_text(encoding="utf-8") == "# Page\n\n## One\n\nnew\n"


def test_the_columns_of_a_table_line_up():
    assert table([("a", "bc"), ("def", "g")]) == "| a   | bc |\n| --- | -- |\n| def | g  |"


@pytest.mark.parametrize(
    ("figure", "counts", "said"),
    [(59.9, True, "60: reached"), (60.0, True, "60: MISSED"), (1.0, False, "60 at full size")],
    ids=["below the goal", "at the goal", "not the promised size"],
)
def test_a_figure_is_held_against_its_goal(figure, counts, said):
    assert verdict(figure, 60, counts=counts) == said
