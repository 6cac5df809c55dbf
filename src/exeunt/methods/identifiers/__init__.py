"""What in a testimony points to a person, found by rules in English, French and Arabic.

The rules propose, and a person who reads the whole text decides: they know the shapes in which
people, places and numbers are usually said, and nothing of what a passage gives away by its
meaning. They were written for recall: a capital that no sentence explains is proposed as well.
"""

from collections.abc import Callable, Iterable, Iterator

from exeunt.methods.identifiers.addresses import addresses_in
from exeunt.methods.identifiers.ages import ages_in
from exeunt.methods.identifiers.arabic_people import arabic_people_in
from exeunt.methods.identifiers.calendar import dates_in
from exeunt.methods.identifiers.contacts import contacts_in
from exeunt.methods.identifiers.found import Finder, Found, Kind, without_overlaps
from exeunt.methods.identifiers.people import people_in
from exeunt.methods.identifiers.places import places_in
from exeunt.methods.identifiers.reading import Words, words_of
from exeunt.methods.identifiers.spreading import said_again
from exeunt.methods.identifiers.units import units_in

__all__ = ["Finder", "Found", "Kind", "find_identifiers"]

_RULES: tuple[Callable[[Words], Iterator[Found]], ...] = (
    contacts_in,
    addresses_in,
    dates_in,
    ages_in,
    units_in,
    places_in,
    arabic_people_in,
)


def find_identifiers(text: str, *, language: str = "", also: Iterable[Finder] = ()) -> list[Found]:
    """Return what may point to a person, in order and without overlaps.

    All three languages are looked for in every text, since testimonies mix them; ``language``
    (BCP 47) only turns off what does not hold in it. ``also`` takes further finders, such as
    a model; what they find is told apart by its ``rule``, and is said again like the rest.

    >>> text = "My cousin Abu Salim al-Tunisi left Raqqa on 3 May 2015."
    >>> [(text[one.start : one.end], str(one.kind)) for one in find_identifiers(text)]
    [('Abu Salim al-Tunisi', 'person'), ('Raqqa', 'place'), ('3 May 2015', 'date')]
    """
    words = words_of(text)
    found = [one for rule in _RULES for one in rule(words)]
    found.extend(people_in(words, language.partition("-")[0].lower()))
    found.extend(_checked(one, text) for finder in also for one in finder(text))
    found = without_overlaps(found)
    found = without_overlaps([*found, *said_again(words, found)])
    return [_trimmed(text, one) for one in found if _says_something(words, one)]


def _says_something(words: Words, one: Found) -> bool:
    """Tell whether a find is more than the scrap that a stronger one beside it left over."""
    start, end = words.folded.inside(one.start, one.end)
    whole = range(words.at(start), words.at(end))
    return any(words.ends[place] <= end for place in whole) or _begins_inside(words, start, end)


def _trimmed(text: str, one: Found) -> Found:
    inside = text[one.start : one.end]
    start = one.start + len(inside) - len(inside.lstrip())
    return one._replace(start=start, end=start + len(inside.strip()))


def _begins_inside(words: Words, start: int, end: int) -> bool:
    before = words.at(start) - 1
    return before >= 0 and start < words.ends[before] <= end


def _checked(one: Found, text: str) -> Found:
    if not 0 <= one.start < one.end <= len(text):
        raise ValueError("a finder found something outside the text")
    return one
