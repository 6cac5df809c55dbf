"""Finding codebooks, and handing them out as plain data."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import NamedTuple

from django.db.models import Count, OuterRef, QuerySet, Subquery

from exeunt.errors import NotThere, Refusal
from exeunt.members.models import Member
from exeunt.methods.codebooks import Code as PlainCode
from exeunt.methods.codebooks import Codebook as PlainCodebook
from exeunt.methods.codebooks import Level, Scale, Unit
from exeunt.stages.coding.formats.codebook_qdc import guid_of
from exeunt.stages.coding.models import Code, Codebook, CodebookVersion, Pass
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


class CodebookLine(NamedTuple):
    """One line of the list of codebooks."""

    slug: str
    title: str
    version: int
    codes: int
    passes: int


def codebooks_of(study: Study, *, by: Member) -> list[CodebookLine]:
    """List a study's codebooks, each with its latest version."""
    require(Act.SEE_FINDINGS, study=study, by=by)
    current = current_versions(study)
    codes = _counted(Code.objects.filter(version__in=current))
    passes = _counted(Pass.objects.filter(version__in=current))
    return [
        CodebookLine(
            slug=version.codebook.slug,
            title=version.title,
            version=version.number,
            codes=codes.get(version.pk, 0),
            passes=passes.get(version.pk, 0),
        )
        for version in current
    ]


def latest_of(codebook: Codebook) -> CodebookVersion:
    """Return the newest version of a codebook."""
    return CodebookVersion.objects.filter(codebook=codebook).latest("number")


def current_versions(study: Study) -> list[CodebookVersion]:
    """Return the latest version of each of a study's codebooks."""
    latest = CodebookVersion.objects.filter(codebook=OuterRef("codebook")).order_by("-number")
    current = CodebookVersion.objects.filter(
        codebook__study=study, number=Subquery(latest.values("number")[:1])
    )
    return list(current.select_related("codebook").order_by("codebook"))


def version_names(study: Study, *, by: Member) -> list[str]:
    """Name every version of every codebook, the newest first."""
    require(Act.SEE_FINDINGS, study=study, by=by)
    versions = CodebookVersion.objects.filter(codebook__study=study).order_by("-pk")
    return [version.name for version in versions.select_related("codebook")]


def version_called(name: str | None, *, study: Study) -> CodebookVersion:
    """Return a version by its name: ``icsr-2015`` for the latest, ``icsr-2015@1`` for one.

    Without a name it is the study's only codebook; where there are several, the person
    has to say which.
    """
    slug, _, number = (name or "").partition("@")
    if slug and number.isdecimal() and (one := _at_once(slug, int(number), study=study)):
        return one
    found = Codebook.objects.filter(study=study).order_by("pk")
    known = ", ".join(codebook.slug for codebook in found)
    if not known:
        raise NotThere(
            "This study has no codebook yet. Bring one in with “exeunt codebook import”."
        )
    chosen = [codebook for codebook in found if not slug or codebook.slug == slug]
    if not chosen:
        raise NotThere(
            "There is no codebook “{slug}” in this study. Codebooks: {known}.",
            slug=slug,
            known=known,
        )
    if len(chosen) > 1:
        raise Refusal(
            "There is more than one codebook; name the one you mean: {known}.", known=known
        )
    return _numbered(chosen[0], number) if number else latest_of(chosen[0])


def _at_once(slug: str, number: int, *, study: Study) -> CodebookVersion | None:
    """Find a version that is named whole by one statement, as every page of coding does."""
    named = CodebookVersion.objects.filter(codebook__study=study, codebook__slug=slug)
    return named.filter(number=number).select_related("codebook").first()


def plain(version: CodebookVersion) -> PlainCodebook:
    """Hand a stored version out as plain data."""
    codes = tuple(_plain_code(code) for code in version.code_set.select_related("parent"))
    return PlainCodebook(
        slug=version.codebook.slug,
        title=version.title,
        codes=codes,
        unit=Unit(version.unit),
        scale=scale_of(version),
        source=version.source,
    )


def scale_of(version: CodebookVersion) -> Scale:
    """Return a stored version's scale."""
    stored = version.scale
    return Scale(
        level=Level(stored["level"]),
        values={int(value): str(meaning) for value, meaning in stored["values"].items()},
        unknown=stored["unknown"],
        not_applicable=stored["not_applicable"],
        blank=stored["blank"],
    )


def damaged_codebooks() -> Iterator[CodebookVersion]:
    """Yield the versions that no longer hash to what they did when they were kept."""
    for version in CodebookVersion.objects.select_related("codebook").order_by("pk"):
        if digest_of(plain(version)) != version.digest:
            yield version


def digest_of(codebook: PlainCodebook) -> str:
    """Return the SHA-256 of a codebook's content, whatever file it came in."""
    facts = {
        "slug": codebook.slug,
        "title": codebook.title,
        "unit": codebook.unit.value,
        "source": codebook.source,
        "scale": stored_scale(codebook.scale),
        "codes": [{**asdict(code), "guid": guid_of(codebook, code)} for code in codebook.codes],
    }
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def stored_scale(scale: Scale) -> dict[str, object]:
    """Return a scale as it is stored."""
    return {
        "level": scale.level.value,
        "values": {str(value): meaning for value, meaning in scale.values.items()},
        "unknown": scale.unknown,
        "not_applicable": scale.not_applicable,
        "blank": scale.blank,
    }


def _counted(rows: QuerySet[Code] | QuerySet[Pass]) -> dict[int, int]:
    return dict(rows.order_by().values_list("version").annotate(Count("pk")))


def _numbered(codebook: Codebook, number: str) -> CodebookVersion:
    versions = CodebookVersion.objects.filter(codebook=codebook)
    found = versions.filter(number=int(number)).first() if number.isdecimal() else None
    if found is None:
        known = ", ".join(str(version.number) for version in versions.order_by("number"))
        raise NotThere(
            "“{codebook}” has no version “{number}”. Versions: {known}.",
            codebook=codebook.slug,
            number=number,
            known=known,
        )
    return found


def _plain_code(code: Code) -> PlainCode:
    return PlainCode(
        key=code.key,
        label=code.label,
        definition=code.definition,
        dimension=code.dimension,
        parent=code.parent.key if code.parent is not None else None,
        use_when=code.use_when,
        not_when=code.not_when,
        note=code.note,
        guid=code.guid,
    )
