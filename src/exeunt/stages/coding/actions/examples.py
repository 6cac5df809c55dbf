"""Examples of codes: chosen among excerpts, taken away again, carried to the next version."""

from django.db import transaction
from django.utils import timezone

from exeunt.errors import NotThere, Word
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.stages.coding.actions.emptied import forget_empty
from exeunt.stages.coding.models import Code, CodebookVersion, Example, Excerpt
from exeunt.stages.coding.rules.origins import Origins
from exeunt.stages.coding.rules.prose import clean_prose
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


@transaction.atomic
def show_example(
    *, study: Study, version: CodebookVersion, key: str, excerpt: str, why: str = "", by: Member
) -> Example:
    """Let an excerpt show what a code means; chosen again, what is said of it is changed."""
    require(Act.EDIT_CODEBOOK, study=study, by=by)
    code = Code.objects.filter(version=version, key=key).first()
    shown = Excerpt.objects.filter(text_version__account__study=study, ref=excerpt).first()
    if code is None or shown is None:
        raise NotThere("There is nothing here.")
    example, _ = Example.objects.update_or_create(
        code=code,
        excerpt=shown,
        defaults={"why": clean_prose(why, Word("A note")), "by": by, "at": timezone.now()},
    )

    record("example.shown", subject=example.ref, by=by.ref, study=study.ref, codebook=version.name)
    return example


@transaction.atomic
def drop_example(*, study: Study, example: Example, by: Member) -> None:
    """Take an example away; its excerpt stays while anything else stands on it."""
    require(Act.EDIT_CODEBOOK, study=study, by=by)
    ref, excerpt = example.ref, example.excerpt_id
    example.delete()
    forget_empty({excerpt})
    record("example.dropped", subject=ref, by=by.ref, study=study.ref)


def carry_examples(before: CodebookVersion, after: CodebookVersion, origins: Origins) -> None:
    """Let the codes of the next version be shown by the same excerpts, inside its transaction."""
    for code in Code.objects.filter(version=after):
        earlier = Example.objects.filter(code__version=before, code__key__in=origins.of(code.key))
        shown: set[int] = set()
        for example in earlier.order_by("pk"):
            if example.excerpt_id not in shown:
                shown.add(example.excerpt_id)
                Example.objects.create(
                    code=code,
                    excerpt_id=example.excerpt_id,
                    why=example.why,
                    by=example.by,
                    at=example.at,
                )
