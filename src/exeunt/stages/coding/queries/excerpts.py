"""Excerpts that may be shown: until clearance exists, those of invented testimonies only."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import F

from exeunt.members.models import Member
from exeunt.stages.coding.models import CodebookVersion, Coding, Excerpt
from exeunt.stages.coding.queries.visibility import check_not_blind, that_count
from exeunt.stages.sources.states import Provenance
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

SHORTEST, LONGEST = 40, 260


class CodedExcerpt(NamedTuple):
    """One excerpt with the code that somebody gave it."""

    code: str
    text: str
    language: str
    account: str


def coded_excerpts(study: Study, version: CodebookVersion, *, by: Member) -> list[CodedExcerpt]:
    """Return one invented excerpt of a quotable length for each main code, in the codebook's order.

    Languages take turns, so that a report shows more than the first one.
    """
    require(Act.SEE_FINDINGS, study=study, by=by)
    check_not_blind(study, version, by=by)
    rows = (
        that_count(Coding.objects.filter(excerpt__isnull=False, reading__study=study), version)
        .filter(
            code__parent__isnull=True,
            value__gt=0,
            reading__version=version,
            excerpt__text_version__account__source__provenance=Provenance.INVENTED,
        )
        .order_by("code__position", "excerpt")
        .values_list(
            "code__key",
            "excerpt__text_version__text",
            "excerpt__start",
            "excerpt__end",
            "excerpt__text_version__account__language",
            "excerpt__text_version__account__label",
        )
    )
    candidates = [
        CodedExcerpt(code, text[start:end], language, account)
        for code, text, start, end, language, account in rows.iterator(500)
        if SHORTEST <= end - start <= LONGEST
    ]
    return _one_for_each_code(candidates)


def misplaced_excerpts() -> Iterator[Excerpt]:
    """Yield the excerpts that reach beyond the text in which they stand."""
    beyond = Excerpt.objects.filter(end__gt=F("text_version__length"))
    yield from beyond.order_by("pk").iterator(500)


def _one_for_each_code(candidates: list[CodedExcerpt]) -> list[CodedExcerpt]:
    chosen: dict[str, CodedExcerpt] = {}
    used: list[str] = []
    for code in dict.fromkeys(excerpt.code for excerpt in candidates):
        mine = [excerpt for excerpt in candidates if excerpt.code == code]
        best = min(mine, key=lambda excerpt: used.count(excerpt.language))
        chosen[code] = best
        used.append(best.language)
    return list(chosen.values())
