"""The texts of another program's project as accounts of a study; those that are there stay."""

from collections.abc import Sequence
from pathlib import Path

from exeunt.members.models import Member
from exeunt.stages.coding.models import Elsewhere
from exeunt.stages.coding.queries.projects import PlannedText
from exeunt.stages.narrators.actions.register import Register
from exeunt.stages.narrators.rules import ExitFacts
from exeunt.stages.narrators.states import ExitKind, Gender
from exeunt.stages.sources.actions import announce_table, keep_table
from exeunt.stages.sources.intake.texts.languages import Languages
from exeunt.stages.sources.models import Source
from exeunt.stages.sources.queries import provenances_in
from exeunt.stages.sources.rules import Citation, check_study_is_unmixed, provenance_from
from exeunt.stages.sources.states import Provenance
from exeunt.stages.testimonies.actions.searching import renew_words
from exeunt.stages.testimonies.actions.storing import keep_version, store
from exeunt.stages.testimonies.models import Account, TextVersion
from exeunt.stages.testimonies.rules.drafts import AccountDraft, Described
from exeunt.stages.testimonies.states import AgeBand, Setting
from exeunt.studies.models import Study

UNSAID = Described("", "", "", Setting.UNKNOWN, AgeBand.UNKNOWN)
NOWHERE = Citation("", "")


class Texts:
    """The texts of one project while they are written down, inside the caller's transaction."""

    def __init__(self, study: Study, planned: Sequence[PlannedText], *, by: Member) -> None:
        """Take what was planned."""
        self.study = study
        self.planned = planned
        self.by = by
        self.source: Source | None = None

    def store(self, provenance: str) -> list[TextVersion]:
        """Write down the texts that are new, and return the version of each."""
        fresh = [text for text in self.planned if text.version is None]
        if fresh:
            self.source = self._announced(provenance)
            languages = Languages()
            drafts = [
                _draft(row, text, languages, provenance=Provenance(self.source.provenance))
                for row, text in enumerate(fresh, 1)
                if text.account is None
            ]
            store(drafts, register=Register(self.study), source=self.source, by=self.by)
            self._give_words([text for text in fresh if text.account is not None])
        versions = self._versions()
        self._keep_guids(versions)
        return versions

    def keep_file(self, path: Path, digest: str) -> None:
        """Keep the file as it was received, if any text came with it; to be done last."""
        if self.source is not None:
            keep_table(source=self.source, path=path, digest=digest, by=self.by)

    def _announced(self, words: str) -> Source:
        there = provenances_in(self.study)
        provenance = there[0] if there and not words else provenance_from(words)
        check_study_is_unmixed(there, provenance)
        return announce_table(study=self.study, provenance=provenance, by=self.by)

    def _give_words(self, planned: Sequence[PlannedText]) -> None:
        """Give accounts that had no text the one that the project has for them."""
        for text in planned:
            account = Account.objects.get(study=self.study, label=text.label)
            keep_version(account, text.text.text, after=None)
            renew_words(account)

    def _versions(self) -> list[TextVersion]:
        there = TextVersion.objects.filter(account__study=self.study).defer("text")
        known = {version.pk: version for version in there}
        labels = Account.objects.filter(study=self.study).values_list("label", "pk")
        accounts = dict(labels)
        latest = {version.account_id: version for version in there.order_by("number")}
        return [
            known[text.version] if text.version else latest[accounts[text.label]]
            for text in self.planned
        ]

    def _keep_guids(self, versions: Sequence[TextVersion]) -> None:
        numbers = [version.account_id for version in versions]
        known = set(Elsewhere.objects.filter(account__in=numbers).values_list("account", flat=True))
        Elsewhere.objects.bulk_create(
            Elsewhere(account_id=number, guid=planned.text.guid)
            for planned, number in zip(self.planned, numbers, strict=True)
            if planned.text.guid and number not in known
        )


def _draft(
    row: int, planned: PlannedText, languages: Languages, *, provenance: Provenance
) -> AccountDraft:
    """Make an account of a text, its narrator called like it, since no project says who speaks."""
    told = ExitFacts(planned.label, Gender.UNKNOWN, "", "", ExitKind.UNKNOWN, "", "")
    text = planned.text.text
    described = UNSAID._replace(language=languages.language_of(text))
    return AccountDraft(row, planned.label, provenance, told, NOWHERE, described, text)
