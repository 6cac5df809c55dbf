"""What a report may and may not be, before any format."""

from dataclasses import replace

import pytest

from exeunt.stages.findings.formats.document import Column, Page, Quotation, Run, Table
from tests.stages.findings.formats.making import figure, report, table_of_agreement, table_of_shares


def test_masks_are_told_apart_from_the_narrators_words():
    quotation = Quotation("Then [Person 3] said […] go.")
    assert quotation.runs() == (
        Run("Then ", False),
        Run("[Person 3]", True),
        Run(" said […] go.", False),
    )


def test_the_words_of_a_quotation_come_back_unchanged_from_its_runs():
    words = "[Place 1] was [Person 2]’s [] town [[x]]."
    assert "".join(run.text for run in Quotation(words).runs()) == words


@pytest.mark.parametrize("figure_id", ["", "Über", "a b", "../up", "a/b", "-a", "a.b", "x" * 80])
def test_a_figure_whose_id_is_no_safe_file_name_is_refused(figure_id):
    with pytest.raises(ValueError, match="small letters"):
        replace(report().figures()[0], id=figure_id)


def test_a_figure_without_its_content_in_words_is_refused():
    with pytest.raises(ValueError, match="alternative text"):
        figure("share-bars", "Title", "  ")


def test_a_table_with_a_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="one cell a column"):
        Table("Caption", (Column("a"), Column("b")), (("only one",),))


def test_two_figures_of_one_id_are_refused():
    twice = (figure("share-bars", "One", "Alt"), figure("share-bars", "Two", "Alt"))
    with pytest.raises(ValueError, match="same id"):
        report(pages=(Page("Title", "Lead", twice),))


def test_a_report_without_pages_is_refused():
    with pytest.raises(ValueError, match="needs a page"):
        report(pages=())


def test_a_report_made_on_no_date_is_refused():
    with pytest.raises(ValueError, match="isoformat"):
        report(made="last week")


def test_a_moment_without_a_zone_is_taken_as_utc():
    assert report(made="2026-11-22T10:00").made_at().isoformat() == "2026-11-22T10:00:00+00:00"


def test_figures_are_numbered_in_the_order_of_reading():
    assert report().number_of("share-bars") == 1
    assert report().number_of("arabic") == 9


def test_only_a_slim_table_stands_beside_its_chart():
    assert table_of_shares().is_slim()
    assert not table_of_agreement().is_slim()


def test_a_part_of_the_provenance_that_was_not_stated_is_left_out():
    provenance = report().figures()[0].provenance
    stated = [label for label, _ in provenance.lines(report().words)]
    assert stated == ["Counted", "Query", "Window", "Codebook", "Blanks", "Software", "Data"]
