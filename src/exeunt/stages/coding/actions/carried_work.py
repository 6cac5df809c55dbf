"""What goes along when readings are carried over: who was given what, and what was settled."""

from collections.abc import Mapping
from typing import Any

from exeunt.ledger.references import new_reference
from exeunt.stages.coding.models import (
    Adjudication,
    Assignment,
    CodebookVersion,
    Reply,
    Round,
    SettledSpan,
    SpanSettlement,
)

AT_ONCE = 500


def carry_rounds(before: CodebookVersion, after: CodebookVersion) -> None:
    """Give everybody with the next version what they were given with the one before."""
    for opened in Round.objects.filter(version=before).order_by("number"):
        given = list(Assignment.everything.filter(round=opened).order_by("pk"))
        again = _copied(opened, version=after)
        again.save()
        Assignment.everything.bulk_create(
            (_copied(one, round=again, version=after) for one in given), batch_size=AT_ONCE
        )


def carry_settled(codes: Mapping[int, int]) -> None:
    """Let what was settled of codes that go on as they were stay settled."""
    settled = Adjudication.everything.filter(code__in=list(codes)).order_by("pk")
    Adjudication.everything.bulk_create(
        (_copied(one, code_id=codes[one.code_id]) for one in settled), batch_size=AT_ONCE
    )
    stretches = list(SpanSettlement.everything.filter(code__in=list(codes)).order_by("pk"))
    made = SpanSettlement.everything.bulk_create(
        (_copied(one, code_id=codes[one.code_id]) for one in stretches), batch_size=AT_ONCE
    )
    again = {one.pk: new.pk for one, new in zip(stretches, made, strict=True)}
    for model in (SettledSpan, Reply):
        rows = model._base_manager.filter(settlement__in=list(again)).order_by("pk")
        model._base_manager.bulk_create(
            (_copied(one, settlement_id=again[one.settlement_id]) for one in rows),
            batch_size=AT_ONCE,
        )


def _copied(row: Any, **instead: object) -> Any:
    """Return a row that is not stored yet and says the same, but for what is named."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    fresh = {"ref": new_reference()} if "ref" in fields else {}
    own = {"id": None, **fresh}
    named = {name.removesuffix("_id") for name in instead}
    kept = {name: value for name, value in fields.items() if name.removesuffix("_id") not in named}
    return type(row)(**{**kept, **own, **instead})
