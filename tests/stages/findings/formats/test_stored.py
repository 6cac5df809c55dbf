"""A report that was put away as plain data is the same report when it is taken out again."""

import io
import json
from zipfile import ZipFile

import pytest

from exeunt.stages.findings.formats.charts.screen import DARK, for_screen, width_on_screen
from exeunt.stages.findings.formats.drawn import Chart
from exeunt.stages.findings.formats.html import html
from exeunt.stages.findings.formats.stored import (
    plain_report,
    plain_rows,
    plain_table,
    report_from,
    rows_from,
    table_from,
)
from exeunt.stages.findings.formats.together import zipped
from tests.stages.findings.formats.making import every_chart, report


def through_json(value):
    return json.loads(json.dumps(value, allow_nan=False, ensure_ascii=False))


def through_a_database(value):
    """As JSON, with names in another order than they were written."""
    return json.loads(json.dumps(value, allow_nan=False, ensure_ascii=False, sort_keys=True))


def chart_again(chart):
    rows = rows_from(through_a_database(plain_rows(chart.rows)))
    return Chart.kept(through_a_database(chart.spec), rows, chart.svg())


def figure_again(figure):
    """The figure with its chart as it is kept: spec, rows and picture."""
    chart = chart_again(figure.chart)
    return type(figure)(**{**figure.__dict__, "chart": chart})


def test_a_report_comes_back_whole_and_is_set_alike():
    before = report()
    figures = {figure.id: figure_again(figure) for figure in before.figures()}

    again = report_from(through_json(plain_report(before)), figures)

    assert again == before
    assert html(again) == html(before)


def test_a_table_comes_back_with_its_sides():
    table = report().figures()[0].table

    assert table_from(through_json(plain_table(table))) == table


@pytest.mark.parametrize("kind", every_chart())
def test_every_kind_of_chart_can_be_kept(kind):
    """No number without an end, which JSON has no word for."""
    chart = every_chart()[kind]

    again = chart_again(chart)

    assert again == chart
    assert again.data() == chart.data()
    assert again.pixels() == chart.pixels()


@pytest.mark.parametrize("kind", every_chart())
def test_every_colour_of_a_chart_turns_with_a_dark_page(kind):
    svg = every_chart()[kind].svg()
    used = {colour for colour in DARK if colour in svg}

    shown = for_screen(svg)

    assert used
    assert all(f'[fill="{colour}"]{{fill:{DARK[colour]}}}' in shown for colour in used)
    assert shown[shown.index("</style>") + 8 :] == svg[svg.index(">") + 1 :]


def test_a_drawing_has_air_at_its_sides_for_wider_letters():
    chart = every_chart()["share_bars"]
    width, height = chart.pixels()

    shown = for_screen(chart.svg())

    assert f'width="{width + 16:g}"' in shown
    assert f'viewBox="-8 0 {width + 16:g} {height:g}"' in shown
    assert width_on_screen(width) == round(width) + 16


def test_files_are_put_together_the_same_every_time():
    files = [("figures/a.svg", b"<svg/>"), ("figures/a.csv", "ش\n".encode())]

    together = zipped(files)

    assert together == zipped(files)
    with ZipFile(io.BytesIO(together)) as archive:
        assert [(entry.filename, archive.read(entry)) for entry in archive.infolist()] == files
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
