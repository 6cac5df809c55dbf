"""Finding what the rows of a file name: accounts, exits, texts, codes and coders."""

from collections.abc import Collection
from difflib import get_close_matches
from functools import cached_property, lru_cache
from typing import NamedTuple

from exeunt.errors import Refusal, Sentence
from exeunt.members.models import Member
from exeunt.stages.coding.models import CodebookVersion
from exeunt.stages.coding.rules.values import span_from
from exeunt.stages.coding.states import Target
from exeunt.stages.testimonies.models import Account, Telling, TextVersion
from exeunt.studies.models import Study
from exeunt.studies.roles import Role

TEXTS_AT_HAND = 64
FEW_ENOUGH_TO_COMPARE = 5000


class Span(NamedTuple):
    """An excerpt before it has a number: a text version and a place in it."""

    text_version: int
    start: int
    end: int


class Lookup:
    """What can be named in a study's codings; it reads only, and refuses unknown names."""

    def __init__(self, study: Study, version: CodebookVersion) -> None:
        """Look up accounts, codes and coders once; texts come when they are asked for."""
        self.accounts = dict(Account.objects.filter(study=study).values_list("label", "pk"))
        self.codes = dict(version.code_set.values_list("key", "pk"))
        coders = Member.objects.filter(membership__study=study, membership__role=Role.CODER)
        self.coders = dict(coders.values_list("name", "pk"))
        self._study = study
        self._version = version
        self._text_of = lru_cache(maxsize=TEXTS_AT_HAND)(latest_text)

    def account(self, label: str) -> int:
        """Return an account's number."""
        number = self.accounts.get(label)
        if number is None:
            raise Refusal(
                "There is no account “{label}” in this study{meant}. "
                "Import the accounts before their codings.",
                label=label,
                meant=meant(label, self.accounts),
            )
        return number

    def code(self, key: str) -> int:
        """Return a code's number."""
        number = self.codes.get(key)
        if number is None:
            raise Refusal(
                "There is no code “{key}” in “{codebook}”, version {version}{meant}.",
                key=key,
                codebook=self._version.codebook.slug,
                version=self._version.number,
                meant=meant(key, self.codes),
            )
        return number

    def coder(self, name: str) -> int:
        """Return a coder's number."""
        number = self.coders.get(name)
        if number is None:
            raise Refusal(
                "“{name}” is no coder of this study{meant}. "
                "Add them with: exeunt member add “{name}” --role coder",
                name=name,
                meant=meant(name, self.coders),
            )
        return number

    def ending(self, target: Target, account: int) -> int:
        """Return the number of the exit, or of the spell, of which an account tells."""
        told = self._tellings.get(account, [])
        if len(told) != 1:
            raise Refusal("This account tells of several exits; which one is meant cannot be told.")
        return told[0][0 if target is Target.EXIT else 1]

    @cached_property
    def _tellings(self) -> dict[int, list[tuple[int, int]]]:
        """Every account's exits with their spells; looked up when first asked for."""
        told: dict[int, list[tuple[int, int]]] = {}
        tellings = Telling.objects.filter(account__study=self._study)
        for account, left, spell in tellings.values_list("account", "exit", "exit__spell"):
            told.setdefault(account, []).append((left, spell))
        return told

    def span(self, account: int, *, start: str, end: str, quote: str) -> Span:
        """Return the place of an excerpt in the account's latest text."""
        number, text = self._text_of(account)
        return Span(number, *span_from(text, start=start, end=end, quote=quote))


def latest_text(account: int) -> tuple[int, str]:
    """Return the number and the words of an account's latest text."""
    versions = TextVersion.objects.filter(account=account).order_by("-number")
    found = versions.values_list("pk", "text").first()
    if found is None:
        raise Refusal("This account has no text here, so it has no excerpts.")
    return found


def meant(name: str, known: Collection[str]) -> Sentence:
    """Suggest the nearest known name, where one is near."""
    near = get_close_matches(name, known, n=1) if len(known) < FEW_ENOUGH_TO_COMPARE else []
    return Sentence(" (did you mean “{near}”?)", near=near[0]) if near else Sentence("")
