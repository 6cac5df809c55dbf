"""A table of codings, one judgement each, as it stands in the file."""

from typing import NamedTuple

from exeunt.stages.sources.intake.columns import Column

COLUMNS = (
    Column("account_id", aliases=("رقم الرواية", "رواية", "récit")),
    Column("coder", aliases=("المرمز", "القارئ", "codeur")),
    Column("code", aliases=("الرمز",)),
    Column("value", aliases=("القيمة", "valeur")),
    Column("target", required=False, aliases=("الهدف", "cible")),
    Column("start", required=False, aliases=("البداية", "début")),
    Column("end", required=False, aliases=("النهاية", "fin")),
    Column("quote", required=False, long=True, aliases=("الاقتباس", "citation")),
    Column("note", required=False, long=True, aliases=("ملاحظة", "remarque")),
    # As they are exported, for people to read; nothing is taken from them.
    Column("label", required=False, long=True),
    Column("excerpt", required=False),
)


class CodingRow(NamedTuple):
    """One row of the file, unjudged; the fields are the columns, in their order."""

    account_id: str
    coder: str
    code: str
    value: str
    target: str
    start: str
    end: str
    quote: str
    note: str
    label: str = ""
    excerpt: str = ""
