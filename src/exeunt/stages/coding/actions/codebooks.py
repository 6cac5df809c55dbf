"""Bringing codebooks in; a change makes a version and leaves the earlier ones alone."""

from itertools import count

from django.db import transaction
from django.utils import timezone

from exeunt.errors import BadInput, Problem, Refusal
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.methods.codebooks import Codebook as PlainCodebook
from exeunt.methods.codebooks import problems_of
from exeunt.stages.coding.models import Code, Codebook, CodebookVersion
from exeunt.stages.coding.queries.codebooks import digest_of, stored_scale
from exeunt.stages.coding.rules.values import check_codebook_name
from exeunt.studies.actions import moved_on
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


@transaction.atomic
def keep_codebook(*, study: Study, codebook: PlainCodebook, by: Member) -> CodebookVersion:
    """Keep a codebook as the next version of that short name in the study.

    Raises BadInput where it cannot be used, and Refusal where nothing has changed.
    """
    require(Act.EDIT_CODEBOOK, study=study, by=by)
    check_codebook_name(codebook.slug)
    _check_usable(codebook)
    kept, _ = Codebook.objects.get_or_create(study=study, slug=codebook.slug)
    version = _next_version(kept, codebook)
    _keep_codes(version, codebook)
    moved_on(study)

    record(
        "codebook.kept",
        subject=study.ref,
        by=by.ref,
        codebook=codebook.slug,
        version=version.number,
        digest=version.digest,
    )
    return version


def _check_usable(codebook: PlainCodebook) -> None:
    says = problems_of(codebook)
    if says:
        raise BadInput(*(Problem(sentence, f"codebook “{codebook.slug}”") for sentence in says))


def _next_version(kept: Codebook, codebook: PlainCodebook) -> CodebookVersion:
    digest = digest_of(codebook)
    versions = CodebookVersion.objects.select_for_update().filter(codebook=kept)
    latest = versions.order_by("-number").first()
    if latest is not None and latest.digest == digest:
        raise Refusal(
            "“{codebook}” is the same as its version {version}; nothing has changed.",
            codebook=codebook.slug,
            version=latest.number,
        )
    return CodebookVersion.objects.create(
        codebook=kept,
        number=latest.number + 1 if latest is not None else 1,
        title=codebook.title,
        unit=codebook.unit,
        scale=stored_scale(codebook.scale),
        source=codebook.source,
        digest=digest,
        made=timezone.now(),
    )


def _keep_codes(version: CodebookVersion, codebook: PlainCodebook) -> None:
    codes = Code.objects.bulk_create(
        Code(
            version=version,
            position=position,
            key=code.key,
            dimension=code.dimension,
            label=code.label,
            definition=code.definition,
            use_when=code.use_when,
            not_when=code.not_when,
            note=code.note,
            guid=code.guid,
        )
        for position, code in zip(count(1), codebook.codes, strict=False)
    )
    by_key = {code.key: code for code in codes}
    for plain, code in zip(codebook.codes, codes, strict=True):
        code.parent = by_key[plain.parent] if plain.parent is not None else None
    Code.objects.bulk_update(codes, ["parent"])
