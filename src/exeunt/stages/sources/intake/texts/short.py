"""A table of many short texts, one row each, as it stands in the file."""

from typing import NamedTuple

from exeunt.stages.sources.intake.columns import Column

COLUMNS = (
    Column("text", long=True, aliases=("answer", "response", "words", "النص", "texte", "réponse")),
    Column("label", required=False, aliases=("account_id", "id", "رقم الرواية", "récit")),
    Column("speaker", required=False, aliases=("narrator", "الراوي", "narrateur")),
    Column("published", required=False, aliases=("date", "تاريخ النشر", "publié")),
    Column("language", required=False, aliases=("اللغة", "langue")),
)


class ShortRow(NamedTuple):
    """One row of the file, unjudged; the fields are the columns, in their order."""

    text: str
    label: str
    speaker: str
    published: str
    language: str
