"""Searches as somebody types them, and what is found, in words."""

from exeunt.members.models import Member
from exeunt.stages.coding.queries.finding.pages import Found, found_in
from exeunt.stages.coding.rules.seeking import seeking_in
from exeunt.studies.models import Study

HARD = "(hard)"


def sought(study: Study, by: Member, *, leaf: int = 1, **typed: object) -> Found:
    """Seek what is typed, by the names that stand in an address."""
    asked = {name: str(words) for name, words in typed.items()}
    found = found_in(study, seeking_in(asked), leaf=leaf, by=by)
    assert found is not None
    return found


def lines(found: Found) -> list[str]:
    """Write the lines of a leaf as one would read them, the keyword in angles."""
    return [
        f"{one.line.before}<{one.line.keyword}>{one.line.after}" if one.line else HARD
        for one in found.leaf.rows
    ]


def excerpts(found: Found) -> list[tuple[str, str, int | str]]:
    """Return the words, code and value of each judgement of a leaf."""
    return [
        (one.words or ("(whole)" if one.whole else HARD), one.code.key, one.gap or one.value)
        for one in found.leaf.rows
    ]
