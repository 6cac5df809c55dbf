"""Making a finding of a search: counted once, and kept as answers are."""

import hashlib
import json

from django.utils import timezone

from exeunt.members.models import Member
from exeunt.stages.coding.queries.finding.counted import Counted, count_search
from exeunt.stages.coding.queries.visibility import edition_of
from exeunt.stages.coding.rules.seeking import in_words, parts_of
from exeunt.stages.findings.actions.answers import fingerprint_over, keep_told
from exeunt.stages.findings.formats.composition.search_page import CountedSearch, compose_search
from exeunt.stages.findings.formats.stored import plain_report
from exeunt.stages.findings.models import SOUGHT, Answer
from exeunt.stages.testimonies.queries import extent_of
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act
from exeunt.version import SOFTWARE


def count_and_keep(*, study: Study, ref: str, by: Member) -> Answer:
    """Count a kept search, and keep what it comes to at a lasting address.

    Counted again it is the same answer while nothing has changed.
    """
    require(Act.READ_ACCOUNTS, study=study, by=by)
    edition = edition_of(study)
    counted = count_search(study, ref, by=by)
    document = compose_search(_plain(counted, invented=extent_of(study).invented))
    found = {
        "study": study,
        "version": counted.version,
        "digest": digest_of_search(counted),
        "fingerprint": fingerprint_over(counted.data_hash, document),
    }
    said = {
        "question": {SOUGHT: parts_of(counted.seeking), "title": counted.search.title},
        "data_hash": counted.data_hash,
        "software": SOFTWARE,
        "made": document.made_at(),
        "document": plain_report(document),
    }
    return keep_told(found=found, said=said, document=document, edition=edition, by=by)


def digest_of_search(counted: Counted) -> str:
    """Return the SHA-256 by which what was sought is found again."""
    said = {SOUGHT: parts_of(counted.seeking), "title": counted.search.title}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _plain(counted: Counted, *, invented: bool) -> CountedSearch:
    study = counted.search.study.slug
    return CountedSearch(
        title=counted.search.title,
        query=f"study={study}; sought: {in_words(counted.seeking)}",
        among=counted.among,
        accounts=counted.accounts,
        narrators=counted.narrators,
        places=counted.places,
        of=counted.of,
        by_codes=counted.seeking.asks_for_codes,
        window=counted.window,
        codebook=counted.version.name,
        data_hash=counted.data_hash,
        software=SOFTWARE,
        made=timezone.now().isoformat(),
        invented=invented,
    )
