"""Every chart is drawn for real; what it says is read back out of its picture and its form."""

import csv
import io
import math
import re

import altair as alt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from exeunt.stages.findings.formats import charts
from exeunt.stages.findings.formats.look import INK, ON_TONE, decimal, percent
from tests.stages.findings.formats.making import (
    ARABIC,
    CODES,
    every_chart,
    joining_and_leaving,
    reliabilities,
    shares,
)

SVG = "{http://www.w3.org/2000/svg}"
EVERY = pytest.mark.parametrize("name", sorted(every_chart()))


def drawn(chart):
    """Read a picture back."""
    return etree.fromstring(chart.svg().encode())


def texts(chart):
    """Give every text of a picture with its place on the page, from top to bottom."""
    placed = []
    for text in drawn(chart).iter(f"{SVG}text"):
        x = y = 0.0
        for node in (text, *text.iterancestors()):
            found = re.match(r"translate\(([-\d.]+),([-\d.]+)\)", node.get("transform", ""))
            if found:
                x, y = x + float(found[1]), y + float(found[2])
        placed.append((y, x, text.text))
    return sorted(placed)


def said(chart):
    """Give the words of a picture, from top to bottom."""
    return [text for _, _, text in texts(chart)]


@EVERY
def test_every_chart_is_a_vega_lite_form_that_keeps_to_its_schema(name):
    alt.Chart.from_dict(every_chart()[name].spec, validate=True)


@EVERY
def test_every_chart_is_drawn_as_svg_and_as_png_of_twice_its_size(name):
    chart = every_chart()[name]
    root = drawn(chart)
    picture = Image.open(io.BytesIO(chart.png(2)))
    assert root.tag == f"{SVG}svg"
    assert picture.width == pytest.approx(2 * float(root.get("width")), abs=2)


@EVERY
def test_no_text_of_a_chart_begins_beyond_its_picture(name):
    chart = every_chart()[name]
    width = chart.pixels()[0]
    assert all(0 <= x <= width for _, x, _ in texts(chart))


@EVERY
def test_every_chart_is_set_in_the_font_that_is_shipped(name):
    families = {text.get("font-family") for text in drawn(every_chart()[name]).iter(f"{SVG}text")}
    assert all(family.startswith("Vazirmatn, ") for family in families)


@EVERY
def test_no_chart_brings_roles_or_lines_within_lines_into_a_page(name):
    svg = every_chart()[name].svg()
    assert "aria-" not in svg
    assert " role=" not in svg
    assert "<tspan" not in svg


@EVERY
def test_no_chart_has_a_legend(name):
    assert "role-legend" not in every_chart()[name].svg()


def test_bars_stand_by_size_and_those_that_are_not_ranked_come_last():
    # Sizes 68, 31, 22, 17, 9 of 126; corruption has 29 but is not ranked.
    chart = charts.share_bars(shares(), by_size=True)
    in_order = [row["numerator"] for row in chart.rows]
    labels = [text for text in said(chart) if text.endswith("/126)")]
    assert in_order == [68, 31, 22, 17, 9, 29]
    assert labels == [
        "54\u00a0% (68/126)",
        "25\u00a0% (31/126)",
        "17\u00a0% (22/126)",
        "13\u00a0% (17/126)",
        "7\u00a0% (9/126)",
        "23\u00a0% (29/126)",
    ]


def test_bars_keep_the_order_given_unless_asked_to_sort():
    chart = charts.share_bars(shares())
    assert [row["numerator"] for row in chart.rows] == [31, 68, 29, 22, 17, 9]
    assert said(chart).index("25\u00a0% (31/126)") < said(chart).index("54\u00a0% (68/126)")


def test_a_bar_that_is_not_ranked_says_so_in_words_and_is_dashed():
    chart = charts.share_bars(shares(), withheld="held back")
    dashed = [path for path in drawn(chart).iter(f"{SVG}path") if path.get("stroke-dasharray")]
    assert said(chart).count("held back") == 1
    assert len(dashed) == 1


def test_the_first_reading_names_the_four_marks():
    chart = every_chart()["reader_dots"]
    assert {"reader 1", "reader 2", "both 47\u00a0%", "61\u00a0% either"} <= set(said(chart))
    assert said(chart).count("reader 1") == said(chart).count("reader 2") == 1


def test_alpha_stands_against_both_thresholds_and_says_its_verdict():
    chart = every_chart()["alpha_dots"]
    words = said(chart)
    assert {".667", "tentative", ".80", "firm"} <= set(words)
    assert ".800 [.70–.88]" in words
    assert ".020 [\u2212.13, .31]" in words
    assert words.count("do not rely on it alone") == 2
    assert "cannot be computed" in words


def test_an_alpha_that_cannot_be_computed_has_no_mark():
    chart = charts.alpha_dots(reliabilities()[-1:])
    dots = [p for p in drawn(chart).iter(f"{SVG}path") if p.get("fill") == "#2b5b76"]
    assert dots == []


def test_an_odds_ratio_with_an_open_end_is_drawn_to_the_edge_and_kept_as_missing():
    chart = every_chart()["odds_ratio_dots"]
    (open_ended,) = (row for row in chart.rows if row["high"] is None)
    assert open_ended["low"] == 1.4
    assert "12 [1.4–∞]" in said(chart)


def test_one_lies_in_the_middle_of_an_axis_of_odds():
    chart = charts.odds_ratio_dots([charts.OddsRatio("women against men", 2.0, 1.0, 4.0)])
    places = {text: x for _, x, text in texts(chart)}
    # The axis is symmetric on the log scale: 1/4, 1/2, 1, 2, 4.
    assert places["1"] == pytest.approx((places["1/4"] + places["4"]) / 2, abs=1)


def test_combinations_stand_by_size_with_their_number_on_each_bar():
    chart = every_chart()["upset"]
    across = sorted((x, text) for _, x, text in texts(chart) if text.isdigit())
    assert [text for _, text in across] == ["27", "14", "12", "11", "9", "8", "6", "5", "3", "2"]


def test_a_code_of_the_combinations_says_in_how_many_accounts_it_is():
    # Brutality: 27 + 12 + 11 + 6 + 5 + 2 = 63.
    assert "Brutality towards civilians\u00a0(63)" in said(every_chart()["upset"])


def test_every_cell_of_a_crossing_carries_its_number_or_the_word_for_withholding_it():
    words = said(every_chart()["crossings"])
    assert {"24", "18", "31", "0"} <= set(words)
    assert words.count("<\u00a05") == 1


def test_numbers_in_cells_are_black_or_white_never_the_ink_that_turns_on_a_dark_screen():
    chart = charts.crossings(joining_and_leaving())
    inks = {text.get("fill") for text in drawn(chart).iter(f"{SVG}text") if text.text.isdigit()}
    assert inks == {"white", ON_TONE}
    assert INK not in inks


def test_every_period_has_its_own_panel_in_the_order_given():
    across = sorted((x, t) for _, x, t in texts(every_chart()["periods"]) if "(n\u00a0=" in t)
    assert [t for _, t in across] == [
        "2014–2016 (n\u00a0=\u00a041)",
        "2017–2019 (n\u00a0=\u00a052)",
        "2020–2026 (n\u00a0=\u00a033)",
    ]


def test_the_observed_value_is_named_beside_what_chance_gives():
    # 41 values .00, .01 … .40: the median is .20, one value lies below .01 and one above .39.
    words = said(charts.null_strip(0.5, [at / 100 for at in range(41)]))
    assert "observed .50" in words
    assert ".20 [.01–.39]" in words


def test_arabic_labels_stay_whole_and_in_the_order_of_reading():
    words = said(every_chart()["arabic"])
    assert ARABIC[0] in words
    assert words.index("الفساد ومخالفة ما كانوا") < words.index("يدعون إليه")


def test_a_label_with_markup_is_drawn_as_text():
    chart = charts.share_bars([shares()[0]._replace(label="<script>x</script>")])
    assert not list(drawn(chart).iter(f"{SVG}script"))
    assert "<script>x</script>" in said(chart)


def test_the_numbers_of_a_chart_come_back_from_its_csv():
    chart = charts.share_bars(shares())
    rows = list(csv.DictReader(io.StringIO(chart.data())))
    assert [row["label"] for row in rows] == list(CODES)
    assert [int(row["numerator"]) for row in rows] == [31, 68, 29, 22, 17, 9]
    assert float(rows[0]["share"]) == shares()[0].share


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_of_the_csv_is_read_as_a_formula(sign):
    chart = charts.share_bars([shares()[0]._replace(label=f"{sign}1+1")])
    assert f"'{sign}1+1" in chart.data()


def test_a_negative_number_stays_a_number_in_the_csv():
    assert ",-0.13," in charts.alpha_dots(reliabilities()).data()


@pytest.mark.parametrize(
    "draw",
    [
        lambda: charts.share_bars([]),
        lambda: charts.share_bars([shares()[0], shares()[0]]),
        lambda: charts.share_bars([shares()[0]._replace(low=0.9)]),
        lambda: charts.odds_ratio_dots([charts.OddsRatio("a", 2.0, 3.0, 4.0)]),
        lambda: charts.odds_ratio_dots([charts.OddsRatio("a", math.nan, 0.0, 4.0)]),
        lambda: charts.null_strip(0.2, []),
        lambda: charts.upset([]),
        lambda: charts.crossings([]),
    ],
    ids=[
        "no row",
        "one label twice",
        "share outside its interval",
        "ratio outside its interval",
        "ratio that is no number",
        "no permuted value",
        "no combination",
        "no cell",
    ],
)
def test_a_senseless_chart_is_refused(draw):
    with pytest.raises(ValueError, match=r"\w+ "):
        draw()


@pytest.mark.parametrize(
    ("value", "printed"),
    [(0.8, ".80"), (-0.13, "\u2212.13"), (1.0, "1.00"), (0.0, ".00"), (-0.001, ".00")],
    ids=["plain", "negative", "one", "nought", "rounds to nought"],
)
def test_coefficients_are_printed_without_their_leading_nought(value, printed):
    assert decimal(value) == printed


@settings(max_examples=5, deadline=None)
@given(st.integers(1, 400), st.integers(0, 400))
def test_a_share_of_any_size_keeps_its_label_within_the_picture(denominator, part):
    numerator = min(part, denominator)
    share = numerator / denominator
    chart = charts.share_bars([charts.Share("A reason", share, share, 1.0, numerator, denominator)])
    end = {text: x for _, x, text in texts(chart)}
    assert end[f"{percent(share)} ({numerator}/{denominator})"] < chart.pixels()[0]


def test_a_marked_chart_says_so_in_its_picture_and_in_its_data():
    marked = every_chart()["share_bars"].marked("Invented material")
    assert "Invented material" in said(marked)
    assert marked.data().splitlines()[0].endswith(",material")
    assert all(line.endswith(",Invented material") for line in marked.data().splitlines()[1:])


def test_the_mark_is_in_the_ink_that_the_dark_page_turns_light():
    """A title in plain black would vanish on a dark page; every other ink is mapped there."""
    title = every_chart()["share_bars"].marked("Invented material").spec["title"]
    assert title["color"] == INK
