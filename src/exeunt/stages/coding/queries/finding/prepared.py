"""A search before anything is found: what its words, codes and conditions stand for."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from exeunt.errors import BadInput, NotYet, Problem, Sentence
from exeunt.members.models import Member
from exeunt.methods.word_queries import WordQuery
from exeunt.stages.coding.models import Code, CodebookVersion
from exeunt.stages.coding.queries.codebooks import scale_of, version_called
from exeunt.stages.coding.queries.finding.sources import Sources, counted_in, given_in, sources_of
from exeunt.stages.coding.queries.lookup import meant
from exeunt.stages.coding.rules.seeking import (
    Saying,
    Seeking,
    check_can_be_counted,
    saying_from,
)
from exeunt.stages.coding.states import Of
from exeunt.stages.testimonies.models import Account, SearchPassage
from exeunt.stages.testimonies.queries.finding import NARROWING
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

NARROWED_BY = ("group", "period", "language", "setting")


class Prepared(NamedTuple):
    """A search with all that it takes to carry it out; codes are numbers, or None."""

    study: Study
    seeking: Seeking
    query: WordQuery
    version: CodebookVersion | None = None
    sources: Sources = ()
    code: int | None = None
    saying: Saying | None = None
    without: int | None = None
    beside: int | None = None

    @property
    def at_place(self) -> bool:
        """Whether codes are asked of just what is found, and not of whole accounts."""
        return self.seeking.of is Of.PLACE

    def accounts(self) -> QuerySet[Account]:
        """Return the accounts among which is sought."""
        found = Account.objects.filter(study=self.study)
        for name in NARROWED_BY:
            if value := getattr(self.seeking.accounts, name):
                found = NARROWING[name](found, value)
        if self.at_place:
            return found
        if self.code is not None and self.query.groups:
            found = found.filter(given_in(self.sources, self.code, self.saying, account="pk"))
        if self.without is not None:
            found = found.filter(~given_in(self.sources, self.without, None, account="pk"))
        return found

    def in_speech(self) -> Q:
        """Ask of a passage that it is spoken by who was asked for."""
        speaker = self.seeking.accounts.speaker
        return Q(speaker__iexact=speaker) if speaker else Q()

    def over_speech(self) -> Q:
        """Ask of what is about an excerpt that it stands in the latest text, in such speech."""
        latest = SearchPassage.objects.filter(version=OuterRef("excerpt__text_version"))
        if not self.seeking.accounts.speaker:
            return Q(Exists(latest))
        here = latest.filter(
            self.in_speech(), start__lt=OuterRef("excerpt__end"), end__gt=OuterRef("excerpt__start")
        )
        return Q(Exists(here))


def prepare(study: Study, seeking: Seeking, *, by: Member) -> Prepared:
    """Look up what a search names; raises BadInput where there is no such code or value."""
    require(Act.READ_ACCOUNTS, study=study, by=by)
    prepared = Prepared(study, seeking, seeking.query)
    if not seeking.asks_for_codes:
        return prepared
    version = version_called(seeking.codebook or None, study=study)
    sources = sources_of(study, version, seeking.whose, coder=seeking.coder, by=by)
    return _with_codes(prepared, version, sources)


def prepare_to_count(study: Study, seeking: Seeking, *, by: Member) -> Prepared:
    """Look up what a search names so that it is counted the same for everybody.

    What is sought by words alone is counted beside the version of a codebook that was kept last.
    """
    require(Act.READ_ACCOUNTS, study=study, by=by)
    check_can_be_counted(seeking)
    prepared = Prepared(study, seeking, seeking.query)
    if not seeking.asks_for_codes:
        return prepared._replace(version=_latest_in(study))
    version = version_called(seeking.codebook or None, study=study)
    return _with_codes(prepared, version, counted_in(study, version, seeking.whose, by=by))


def _with_codes(prepared: Prepared, version: CodebookVersion, sources: Sources) -> Prepared:
    seeking, known = prepared.seeking, dict(version.code_set.values_list("key", "pk"))
    return prepared._replace(
        version=version,
        sources=sources,
        code=_code(seeking.code, "code", known),
        saying=saying_from(seeking.value, scale_of(version)),
        without=_code(seeking.without, "without", known),
        beside=_code(seeking.beside, "beside", known),
    )


def _latest_in(study: Study) -> CodebookVersion:
    versions = CodebookVersion.objects.filter(codebook__study=study).select_related("codebook")
    latest = versions.order_by("-pk").first()
    if latest is None:
        raise NotYet(
            "A finding names the codebook that the study had when it was counted, and this study "
            "has none yet. Bring one in first."
        )
    return latest


def codes_of(prepared: Prepared) -> dict[int, Code]:
    """Return the codes of the version that is sought by, by their numbers."""
    return {code.pk: code for code in prepared.version.code_set.all()} if prepared.version else {}


def _code(key: str, name: str, known: dict[str, int]) -> int | None:
    if not key:
        return None
    if key not in known:
        says = Sentence("There is no code “{key}” here{meant}.", key=key, meant=meant(key, known))
        raise BadInput(Problem(says, column=name))
    return known[key]
