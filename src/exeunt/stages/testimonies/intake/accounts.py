"""A table of accounts, one row each, as it stands in the file."""

from typing import NamedTuple

from exeunt.stages.sources.intake.columns import Column

COLUMNS = (
    Column("account_id", aliases=("رقم الرواية", "رواية", "récit")),
    Column("narrator", required=False, aliases=("الراوي", "narrateur")),
    Column("provenance", required=False, aliases=("المصدر", "origine")),
    Column("language", required=False, aliases=("اللغة", "langue")),
    Column("citation", required=False, aliases=("الإحالة", "référence")),
    Column("address", required=False, aliases=("الرابط", "adresse")),
    Column("published", required=False, aliases=("تاريخ النشر", "publié")),
    Column("period", required=False, aliases=("الفترة", "période")),
    Column("setting", required=False, aliases=("الظرف", "cadre")),
    Column("gender", required=False, aliases=("الجنس", "genre")),
    Column("age_band", required=False, aliases=("الفئة العمرية", "tranche d'âge")),
    Column("group_left", required=False, aliases=("الجماعة المتروكة", "groupe quitté")),
    Column("group_joined", required=False, aliases=("الجماعة التالية", "groupe rejoint")),
    Column("joined", required=False, aliases=("تاريخ الانضمام", "entrée")),
    Column("left", required=False, aliases=("تاريخ الخروج", "sortie")),
    Column("exit_kind", required=False, aliases=("نوع الخروج", "type de sortie")),
    Column("text", required=False, long=True, aliases=("النص", "texte")),
)


class AccountRow(NamedTuple):
    """One row of the file, unjudged; the fields are the columns, in their order."""

    account_id: str
    narrator: str
    provenance: str
    language: str
    citation: str
    address: str
    published: str
    period: str
    setting: str
    gender: str
    age_band: str
    group_left: str
    group_joined: str
    joined: str
    left: str
    exit_kind: str
    text: str
