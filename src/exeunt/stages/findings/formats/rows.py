"""Findings as flat rows, for data frames and for scripts."""

from collections import Counter

from exeunt.methods.narratives import CodeAgreement, Compared, Narrative
from exeunt.methods.readings import Blanks, Readings

MOST_FACETS = 500


def facets(readings: Readings) -> dict[str, list[list[object]]]:
    """Count the values of every attribute, the commonest first; of very many, the commonest."""
    return {
        name: [
            [value, number]
            for value, number in sorted(
                Counter(words.tolist()).items(), key=lambda pair: (-pair[1], pair[0])
            )[:MOST_FACETS]
        ]
        for name, words in readings.attributes.items()
    }


def agreement_row(row: CodeAgreement, blanks: Blanks, *, invented: bool) -> dict[str, object]:
    """Flatten one line of the agreement table."""
    found = row.agreement
    return {
        "code": row.code,
        "label": row.label,
        "dimension": row.dimension,
        "coders": found.coders,
        "units": found.units,
        "prevalence": found.prevalence,
        "percent": found.percent,
        "alpha": found.alpha,
        "low": found.interval.low if found.interval is not None else None,
        "high": found.interval.high if found.interval is not None else None,
        "doubt": found.interval.doubt if found.interval is not None else None,
        "kappa": found.kappa,
        "ac1": found.ac1,
        "standing": found.standing.value,
        "says": found.standing.wording,
        "blanks": blanks.value if row.code else "counted as not stated",
        "invented": invented,
    }


def finding_rows(
    narrative: Narrative, blanks: Blanks, *, ranked: bool, invented: bool
) -> list[dict[str, object]]:
    """Flatten one reason, a line for each way of reading and denominator."""
    return [
        {
            "code": narrative.code,
            "label": narrative.label,
            "dimension": narrative.dimension,
            "reading": shares.way,
            "among": among,
            "numerator": share.numerator,
            "denominator": share.denominator,
            "share": share.value,
            "low": share.low,
            "high": share.high,
            "alpha": narrative.agreement.alpha,
            "ranked": ranked,
            "blanks": blanks.value,
            "invented": invented,
        }
        for shares in narrative.ways
        for among, share in (
            ("stated", shares.among_stated),
            ("all", shares.among_all),
        )
    ]


def comparison_row(row: Compared, *, invented: bool) -> dict[str, object]:
    """Flatten one odds ratio, with the table of counts that it comes from."""
    return {
        "attribute": row.attribute,
        "value": row.value,
        "code": row.code,
        "label": row.label,
        "odds_ratio": row.odds.estimate,
        "low": row.odds.low,
        "high": row.odds.high,
        "p": row.odds.p,
        "table": row.odds.table,
        "invented": invented,
    }
