"""May this material be kept at all?"""

from collections.abc import Collection
from pathlib import PurePath
from typing import NamedTuple

from exeunt.errors import BadInput, NotYet, Problem, Refusal, Sentence, Word
from exeunt.stages.sources.intake.fields import Fields
from exeunt.stages.sources.states import Provenance
from exeunt.studies.rules import ProtocolFacts, check_protocol_complete

LONGEST_CITATION = LONGEST_ADDRESS = 2000
MEGABYTE = 1_000_000
LARGEST_COPY = 50 * MEGABYTE
PAGES = (".html", ".htm", ".mhtml", ".mht", ".pdf", ".txt", ".png", ".jpg", ".jpeg")


THIS_TABLE, THIS_ACCOUNT = Word("this table"), Word("this account")
THESE_TEXTS = Word("this text")


class Citation(NamedTuple):
    """Where others can find an account."""

    citation: str
    address: str


def provenance_from(words: str) -> Provenance:
    """Read where material comes from; say what the choices are where it cannot be told."""
    cleaned = " ".join(words.replace("-", " ").replace("_", " ").casefold().split())
    try:
        return Provenance(cleaned)
    except ValueError:
        given = (
            Sentence("“{words}” is neither", words=words)
            if cleaned
            else Sentence("It is not said where this comes from")
        )
        raise Refusal(
            "{given}: mark each account “invented” or “public record”, in a column "
            "“provenance” or with --provenance. Entrusted accounts enter by the vault only.",
            given=given,
        ) from None


def check_may_keep(provenance: Provenance, protocol: ProtocolFacts | None) -> None:
    """Refuse entrusted material here, and real material without a protocol."""
    if provenance is Provenance.ENTRUSTED:
        raise NotYet(
            "Entrusted accounts cannot be taken in here, where they would be written down in "
            "clear. A custodian opens the vault and takes them in there, one text at a time; keep "
            "the file where it is safe until then."
        )
    if provenance is Provenance.PUBLIC_RECORD:
        check_protocol_complete(protocol)


def check_may_entrust(there: Collection[Provenance], protocol: ProtocolFacts | None) -> None:
    """Refuse an entrusted text without a protocol, or beside public and invented accounts."""
    check_protocol_complete(protocol)
    others = [p for p in there if p is not Provenance.ENTRUSTED]
    if others:
        raise Refusal(
            "This study holds {others} accounts. Begin another study for entrusted ones, so that "
            "no figure counts both.",
            others=others[0],
        )


def check_study_is_unmixed(
    there: Collection[Provenance], this: Provenance, *, what: Word = THIS_TABLE
) -> None:
    """Refuse to put real accounts beside invented ones: their numbers would be mixed.

    Entrusted accounts are refused for a reason of their own, whatever the study holds.
    """
    others = [p for p in there if p is not this]
    if others and this is not Provenance.ENTRUSTED:
        raise Refusal(
            "This study holds {others} accounts, and {what} is {this}. "
            "Begin another study for it, so that no figure counts both.",
            others=others[0],
            what=what,
            this=this,
        )


def citation_in(fields: Fields) -> Citation:
    """Read where an account was found."""
    return Citation(
        fields.short("citation", longest=LONGEST_CITATION),
        fields.short("address", longest=LONGEST_ADDRESS),
    )


def ending_of(name: str) -> str:
    """Return a saved page's ending, or refuse what is no copy of a page."""
    ending = PurePath(name).suffix.casefold()
    if ending not in PAGES:
        known = ", ".join(PAGES)
        raise at_the_copy(
            Sentence(
                "A saved copy is a page, a picture of it or its text ({known}); this file is none.",
                known=known,
            )
        )
    return ending


def check_size_of_copy(size: int) -> None:
    """Refuse a copy of nothing, and one so large that it can be no page."""
    if size == 0:
        raise at_the_copy(
            Sentence("The saved copy is empty; save the page again and look into the file.")
        )
    if size > LARGEST_COPY:
        raise at_the_copy(
            Sentence(
                "The saved copy has {given:,.1f} MB, of at most {most} MB; save the page without "
                "its films and sounds.",
                given=size / MEGABYTE,
                most=LARGEST_COPY // MEGABYTE,
            )
        )


def at_the_copy(says: Sentence) -> BadInput:
    """Make a refusal of a saved copy, which a form shows where the file was chosen."""
    return BadInput(Problem(says, column="saved_copy"))
