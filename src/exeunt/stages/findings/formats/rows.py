"""Findings as flat rows, for data frames and for scripts."""

from exeunt.methods.narratives import CodeAgreement, Narrative
from exeunt.methods.readings import Blanks


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
