"""What two readers found while a third has not finished: two ways it could have come out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from exeunt.members.models import Member
from exeunt.stages.coding.actions.codebooks import keep_codebook
from exeunt.stages.coding.actions.settling import settle
from exeunt.stages.coding.actions.sheets import complete_sheet, save_sheet
from exeunt.stages.coding.actions.texts import propose_code
from exeunt.stages.coding.models import CodebookVersion
from exeunt.stages.coding.rules.answers import Answers
from exeunt.stages.testimonies.models import Account
from exeunt.studies.models import Study
from tests.making.codebooks import BINARY, OF_EXCERPTS
from tests.making.coding import answers
from tests.making.marking import Reading

WORD = "Quorvex"
KINDS = ("note", "memo", "mark", "span", "reason", "open", "proposed")


class Found(NamedTuple):
    """One way it could have come out: every judgement, and how much there is of everything."""

    boris: tuple[object, ...]
    vera: tuple[object, ...]
    settled: dict[str, object]
    words: tuple[str, ...]
    proposed: int
    length: int

    def planted(self, kind: str) -> str:
        """Return distinctive words for one kind of place, as long as this way has it."""
        return f"{WORD}-{kind}" + " indeed" * self.length


ONE_WAY = Found((1, "", 0), (0, "", 0), {"J1": 1}, ("He said",), proposed=1, length=1)
OTHER_WAY = Found(
    (0, 1, "unknown"), (1, 0, 1), {"J1": 0, "L1": 1}, ("He", "said", "left"), proposed=3, length=9
)


@dataclass(frozen=True)
class Quiet:
    """A study in which Boris and Vera read what Chidi has yet to read, with two codebooks.

    Of the first account Chidi has begun a sheet, of the second nothing. What Boris has
    begun of the third is his own.
    """

    study: Study
    sheets: CodebookVersion
    texts: CodebookVersion
    accounts: tuple[Account, ...]
    boris: Member
    vera: Member
    chidi: Member

    @property
    def read(self) -> tuple[Account, ...]:
        """What Boris and Vera complete."""
        return self.accounts[:2]

    def begin(self) -> None:
        """Let Chidi begin."""
        self._sheet(self.accounts[0], self.chidi, save_sheet, answers(1))

    def find(self, found: Found) -> None:
        """Let Boris and Vera judge, mark, note, settle and propose in one of the ways."""
        for coder, cells in ((self.boris, found.boris), (self.vera, found.vera)):
            said = answers(*cells, memo=found.planted("memo"), notes={"J1": found.planted("note")})
            for account in self.read:
                self._sheet(account, coder, complete_sheet, said)
                self._mark(account, coder, found)
        mine = answers(1, memo=found.planted("open"))
        self._sheet(self.accounts[2], self.boris, save_sheet, mine)
        for number in range(found.proposed):
            label = f"{found.planted('proposed')} {number}"[:200]
            propose_code(study=self.study, version=self.texts, label=label, by=self.boris)
        self._settle(found)

    def finish(self) -> None:
        """Let Chidi complete everything that Boris and Vera have."""
        for account in self.read:
            revision = 1 if account == self.accounts[0] else 0
            said = answers(1, 1, 1)
            self._sheet(account, self.chidi, complete_sheet, said, revision=revision)
            self._reading(account).complete(by=self.chidi)

    def _settle(self, found: Found) -> None:
        """Settle the account that Chidi has not begun: nobody is waited for there."""
        for code, cell in found.settled.items():
            settle(
                study=self.study,
                version=self.sheets,
                ref=self.accounts[1].ref,
                code=code,
                cell=str(cell),
                reason=found.planted("reason"),
                revision=0,
                by=self.boris,
            )

    def _mark(self, account: Account, coder: Member, found: Found) -> None:
        reading = self._reading(account)
        for words in found.words if coder == self.boris else found.words[:1]:
            code = "L1" if coder == self.boris else "L2"
            reading.mark(words, code, by=coder, note=found.planted("mark"))
            reading.note(words, found.planted("span"), by=coder)
        reading.complete(by=coder)

    def _reading(self, account: Account) -> Reading:
        return Reading(self.study, self.texts, account)

    def _sheet(
        self, account: Account, coder: Member, act: object, said: Answers, *, revision: int = 0
    ) -> None:
        act(
            study=self.study,
            version=self.sheets,
            ref=account.ref,
            answers=said,
            revision=revision,
            by=coder,
        )


def a_quiet_study(study: Study, *, lead: Member, coders: tuple[Member, Member, Member]) -> Quiet:
    """Keep two more codebooks in a study that has accounts; nobody has read with them."""
    boris, vera, chidi = coders
    return Quiet(
        study,
        keep_codebook(study=study, codebook=replace(BINARY, slug="quiet"), by=lead),
        keep_codebook(study=study, codebook=replace(OF_EXCERPTS, slug="quiet-texts"), by=lead),
        tuple(Account.objects.filter(study=study).order_by("pk")[:3]),
        boris,
        vera,
        chidi,
    )


def planted_in(said: str) -> Iterator[str]:
    """Name every kind of planted words that stands in what was said."""
    return (kind for kind in KINDS if f"{WORD}-{kind}" in said)
