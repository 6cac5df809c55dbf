"""Charts and a report that use every block there is; every word in them is invented."""

import math
from functools import cache

import numpy as np

from exeunt.stages.findings.formats import charts
from exeunt.stages.findings.formats.document import (
    Align,
    Bullets,
    Column,
    Figure,
    Note,
    Page,
    Paragraph,
    Provenance,
    Quotation,
    Report,
    Table,
)

CODES = (
    "In-fighting among groups",
    "Brutality towards civilians",
    "Corruption and conduct against its own creed",
    "Quality of life",
    "Fear for the family",
    "Contact with someone outside",
)


def shares():
    """Six shares of 126, one of which is not ranked."""
    counts = (31, 68, 29, 22, 17, 9)
    return [
        charts.Share(
            label, n / 126, max(0, n / 126 - 0.08), min(1, n / 126 + 0.085), n, 126, ranked=at != 2
        )
        for at, (label, n) in enumerate(zip(CODES, counts, strict=True))
    ]


def readings():
    """Four readings by two readers."""
    return [
        charts.Reading(CODES[1], 0.52, 0.56, 0.47, 0.61),
        charts.Reading(CODES[0], 0.24, 0.31, 0.19, 0.36),
        charts.Reading(CODES[2], 0.30, 0.14, 0.11, 0.33),
        charts.Reading(CODES[3], 0.17, 0.17, 0.15, 0.19),
    ]


def reliabilities():
    """Alpha for five codes; the last cannot be computed."""
    return [
        charts.Reliability(CODES[1], 0.80, 0.70, 0.88, "firm"),
        charts.Reliability(CODES[0], 0.72, 0.58, 0.84, "tentative"),
        charts.Reliability(CODES[2], 0.60, 0.25, 0.84, "do not rely on it alone"),
        charts.Reliability(CODES[5], 0.02, -0.13, 0.31, "do not rely on it alone"),
        charts.Reliability(CODES[4], None, None, None, "cannot be computed"),
    ]


def odds():
    """Odds ratios, one with an open end."""
    return [
        charts.OddsRatio("Brutality, foreigners against locals", 2.1, 1.2, 3.9),
        charts.OddsRatio("Quality of life, women against men", 0.45, 0.18, 1.06),
        charts.OddsRatio("Fear for the family, after 2017", 12.4, 1.4, math.inf),
        charts.OddsRatio("In-fighting, leaders against others", 1.02, 0.6, 1.7),
    ]


def combinations():
    """Accounts by the codes that they have together."""
    a, b, c, d, *_ = CODES
    sets = ((b,), (a,), (a, b), (b, c), (c,), (d,), (b, d), (a, b, c), (a, c, d), (b, c, d))
    counts = (27, 14, 12, 11, 9, 8, 6, 5, 3, 2)
    return [charts.Combination(m, n) for m, n in zip(sets, counts, strict=True)]


def joining_and_leaving():
    """Reasons to join against reasons to leave, one cell withheld."""
    rows = ("The war at home", "Faith and belonging", "Money and needs")
    counts = ((24, 18, None, 6), (9, 31, 12, 0), (7, 11, 14, 10))
    return [
        charts.Crossing(row, column, n, "<\u00a05" if n is None else "")
        for row, line in zip(rows, counts, strict=True)
        for column, n in zip(CODES[:4], line, strict=True)
    ]


def by_period():
    """Shares in three periods."""
    spans = (("2014–2016", 41), ("2017–2019", 52), ("2020–2026", 33))
    counts = ((14, 26, 9), (11, 29, 12), (6, 13, 8))
    return [
        charts.PeriodShare(
            f"{span} (n = {n})", label, k / n, max(0, k / n - 0.13), k / n + 0.14, k, n
        )
        for (span, n), line in zip(spans, counts, strict=True)
        for label, k in zip(CODES, line, strict=False)
    ]


def permuted():
    """Draw a thousand values by chance, from a fixed seed."""
    return np.random.default_rng(20261122).normal(0.21, 0.02, 1000).tolist()


ARABIC = ("الاقتتال بين الجماعات", "الوحشية ضد المدنيين", "الفساد ومخالفة ما كانوا يدعون إليه")


@cache
def every_chart():
    """One chart of each kind, and one whose labels are Arabic."""
    return {
        "share_bars": charts.share_bars(shares(), by_size=True),
        "reader_dots": charts.reader_dots(readings()),
        "alpha_dots": charts.alpha_dots(reliabilities()),
        "odds_ratio_dots": charts.odds_ratio_dots(odds()),
        "upset": charts.upset(combinations()),
        "crossings": charts.crossings(joining_and_leaving()),
        "periods": charts.periods(by_period()),
        "null_strip": charts.null_strip(0.37, permuted()),
        "arabic": charts.share_bars(
            [row._replace(label=a) for row, a in zip(shares(), ARABIC, strict=False)],
            withheld="غير مرتب",
        ),
    }


def provenance(figure_id, counted):
    """State a provenance, with every part stated."""
    return Provenance(
        figure_id=figure_id,
        query="codings where pass = adjudicated and code in (L1…L6)",
        window="2014-01 to 2026-06",
        codebook="Leaving, version 3",
        blanks="5 accounts give no reason; they are left out, not counted as nought",
        software="Exeunt 0.1.0",
        data_hash="sha256:6f1e0c9b7a5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c1d0e9f",
        counted=counted,
    )


def table_of_shares():
    """Give the table beside the bars."""
    return Table(
        caption="Reasons named, of 126 accounts that give one",
        columns=(Column("Reason"), Column("Accounts", Align.END), Column("95 %", Align.END)),
        rows=tuple(
            (row.label, str(row.numerator), f"{row.low * 100:.0f}–{row.high * 100:.0f}")
            for row in shares()
        ),
        note="Interval after Wilson.",
    )


def table_of_agreement():
    """Give a wide table."""
    return Table(
        caption="Agreement, code by code",
        columns=(
            Column("Code"),
            Column("Units", Align.END),
            Column("Seen", Align.END),
            Column("Agreed", Align.END),
            Column("Alpha", Align.END),
            Column("95 %", Align.END),
            Column("What it allows"),
        ),
        rows=tuple(
            (
                row.label,
                "131",
                "41 %",
                "88 %",
                "–" if row.alpha is None else f"{row.alpha:.2f}",
                "–" if row.low is None else f"{row.low:.2f}–{row.high:.2f}",
                row.verdict,
            )
            for row in reliabilities()
        ),
    )


INJECTION = '#panic("x") $ * _ [ <script>alert("y")</script> \\ @ref `raw` // not a comment'
ENGLISH_WORDS = (
    "They told us the money was for the widows, and then I saw the cars. My cousin, [Person 3], "
    "said: do you want to die for a car? […] I walked that night."
)
ARABIC_WORDS = (
    "قالوا لنا إن المال للأرامل، ثم رأيت السيارات. قال ابن عمي [شخص ٣]: أتريد أن تموت من أجل سيارة؟"
)


def figure(figure_id, title, alt, **changes):
    """One figure of the report, with the table of shares unless another is given."""
    parts = {
        "chart": every_chart()[figure_id.replace("-", "_")],
        "table": table_of_shares(),
        "provenance": provenance(figure_id, "68 of 126"),
        **changes,
    }
    return Figure(id=figure_id, title=title, alt=alt, **parts)


def report(**changes):
    """Make a report of every block there is, in invented words."""
    parts = {
        "title": "Leaving, 2014–2026",
        "subtitle": "What 131 people who left said about why",
        "made": "2026-11-22",
        "invented": True,
        "about": (
            ("Study", "Leaving (invented)"),
            ("Coders", "Boris and Chidi, independently; Amina settled what they disagreed on"),
            ("Alpha", "Krippendorff’s alpha, α, nominal; 2,000 bootstraps by account"),
            ("Notice", INJECTION),
        ),
        "pages": pages(),
        **changes,
    }
    return Report(**parts)


def pages():
    """One idea a page."""
    return (
        Page(
            "What was found",
            "Of the 126 who gave a reason, 68 named brutality: 54 %, likely between 45 and 62 %.",
            (
                Paragraph(
                    "Most people who left gave more than one reason, and violence against people "
                    "whom the group had claimed to protect is the one that most of them name. The "
                    "next is in-fighting. Corruption is named by about a quarter, but the two "
                    "readers do not agree well enough on it for a place in the order."
                ),
                figure("share-bars", "Reasons for leaving", "Brutality leads with 54 per cent."),
                Note("Leaving is not a change of belief. Nothing here says what people think now."),
            ),
        ),
        Page(
            "In their own words",
            "Money that went astray is told as a broken promise, not as a crime.",
            (
                Paragraph("Two of the accounts, as they stand in the working text."),
                Quotation(
                    ENGLISH_WORDS, "en", "ltr", "a man, left in 2016, spoke freely", "Invented"
                ),
                Quotation(
                    ARABIC_WORDS, "ar", "rtl", "a woman, left in 2017, spoke freely", "Invented"
                ),
                Bullets(
                    (
                        "A quotation is verbatim, with its masks and gaps shown.",
                        "It illustrates a figure; it never stands in for one.",
                        INJECTION,
                    )
                ),
            ),
        ),
        Page(
            "How sure the readers are",
            "On brutality two readers agree firmly; on corruption they do not.",
            (
                figure("alpha-dots", "Agreement by code", "Alpha from .02 to .80."),
                figure("reader-dots", "What each reader saw", "Reader 2 sees corruption less."),
                table_of_agreement(),
            ),
        ),
        Page(
            "Who says what",
            "Foreigners name brutality about twice as often as locals.",
            (figure("odds-ratio-dots", "Odds ratios", "Four odds ratios from 0.45 to 12."),),
        ),
        Page(
            "Reasons together",
            "Half of the accounts that name brutality name something else as well.",
            (figure("upset", "Combinations of reasons", "Brutality alone: 27 accounts."),),
        ),
        Page(
            "From joining to leaving",
            "Those who joined for faith most often leave over brutality.",
            (figure("crossings", "Joining against leaving", "Faith to brutality: 31 accounts."),),
        ),
        Page(
            "Over time",
            "The order of the reasons is the same in every period.",
            (figure("periods", "Reasons by period", "Brutality leads in all three periods."),),
        ),
        Page(
            "One message",
            "The accounts resemble one another more than chance would have them do.",
            (
                figure("null-strip", "Consistency against chance", "Observed .37, by chance .21."),
                figure("arabic", "The reasons, in Arabic", "The same bars with Arabic labels."),
            ),
        ),
    )
