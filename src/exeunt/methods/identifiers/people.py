"""People in texts written with Latin letters: titles, kunyas, introductions, capitals."""

import re
from collections.abc import Iterator

from exeunt.methods.identifiers.found import Found, Kind
from exeunt.methods.identifiers.lists import doubtful_names, given_names, word_set
from exeunt.methods.identifiers.reading import Words

# Said before a name out of respect, and masked with it.
HONORIFICS = word_set(
    "sheikh sheik shaykh shaikh sheykh cheikh chaykh cheick dr doctor docteur mr mrs ms miss mme "
    "mlle monsieur madame mademoiselle prof professor professeur haji hajji hajj hadj hadji hajja "
    "hajjah hajah ustaz ustadh ustad oustaz oustadh sayyid sayed sidi lalla mullah mulla mollah "
    "moulay qari sir lord molvi maulana mawlana"
)
# What someone is; masked with the name only where it is written as a part of it.
ROLES = word_set(
    "emir amir ameer imam judge juge qadi cadi captain capitaine colonel general major lieutenant "
    "commander commandant commandeur sergeant sergent corporal caporal officer inspector agent "
    "uncle aunt aunty auntie oncle tante tonton tata brother sister frere soeur akhi ukhti cousin "
    "cousine nurse teacher maitre khal khalo ammo amo ammi khala recruiter driver smuggler passeur "
    "chauffeur recruteur lawyer avocat avocate khalti teta jeddo nonna father mother pere mere"
)
_TITLES = HONORIFICS | ROLES
_FATHERS = word_set("abu abou abo aboo abi aba umm oum omm ummu oumm um bu bou")
_SONS = word_set("ibn ben bin bint bent binti ould wuld")
# Parts of names that need no capital, and those that do so only before a hyphen.
_LINKS = _FATHERS | _SONS | word_set("al el ag van von der den ul mc mac dos")
_HYPHENED = word_set(
    "ad adh an ar as ash at ath az ed en er es esh et ez ech ach ul ur un ud us uz ou"
)
_ABBREVIATED = word_set("dr mr mrs ms prof m mme mlle capt col gen lt sgt")
_INTRODUCED = re.compile(
    r"\b(?:named|called|nicknamed|alias|aka|a\.k\.a\.|known (?:to \w+ )?(?:as|by)"
    r"|(?:first |last |full |real |war |code |family |nom de guerre )?name"
    r"(?: of my \w+| there| then)? (?:is|was|were|of|he gave was)"
    r"|(?:call|calls|call(?:ed)?) (?:me|him|her|himself|herself|myself)"
    r"|(?:go|goes|went|going) by(?: the name)?(?: of)?|introduced (?:himself|herself|myself) as"
    r"|under the (?:name|alias)(?: of)?|nom de guerre(?: was| is)?"
    r"|i am|i'm|my name's|this is|name:|noms? ?:|prenoms? ?:|names? ?:"
    r"|(?:on |ils |elle |il )?(?:l'|les )?appel(?:ait|aient|le|lent|ions)|m'appell?\w+"
    r"|s'appell?\w+|se prenomm\w+|se nomm\w+|nommee?s?|appelee?s?|dite?"
    "|surnommee?|prenommee?"
    r"|(?:son|mon|le|vrai|de) (?:pre|sur)?nom (?:est|etait|de guerre(?: etait| est)?|de)"
    r"|sous le (?:nom|pseudonyme|surnom) (?:de|d')|connue? sous le nom (?:de|d')|se faisait appeler"
    r"|(?:my|his|her|our|their|a) (?:\w{2,9} ){0,2}(?:brother|sister|husband|wife|son|daughter"
    "|cousin"
    r"|friend|father|mother|uncle|aunt|neighbou?r|nephew|niece|boss|recruiter|handler|fiancee?"
    r"|commander|boyfriend|girlfriend|roommate|colleague|lawyer|emir|grandfather|grandmother)"
    r"|(?:mon|ma|son|sa|notre|leur|un|une) (?:\w{2,9} ){0,2}(?:frere|soeur|mari|femme|fils"
    "|fille|cousine?"
    r"|amie?|pere|mere|oncle|tante|voisine?|neveu|niece|chef|recruteur|emir|fiancee?|epouse|epoux"
    r"|camarade|copain|copine|collegue|avocate?|grand-pere|grand-mere|beau-frere|belle-soeur))"
    r"(?![^\W_])[\s,:\"'«“”(]{0,4}"
)
_OF_A_PLACE = re.compile(r"\b(?:village|town|city|place|camp|street|hamlet|ville|lieu|quartier)\b")
_OF_A_THING = re.compile(
    r"\b(?:group|battalion|brigade|unit|app|site|website|channel|book|film|game|programme|program"
    r"|groupe|bataillon|unite|chaine|livre|application|katibat?|something|organisation)\b"
)
_SPEAKER = re.compile(
    r"^[ \t]*([A-Z][\w'.-]{1,20}(?: [A-Z][\w'.-]{0,20}){0,2}) ?:(?=\s)", re.MULTILINE
)
# A heading in capitals is no name; and every name ends, so that all is read in one pass.
LONGEST_NAME = 12
MOST_TITLES = 3
LOOK_BACK = 28
LONGEST_ACRONYM = 5
SHORTEST_SMALL = 3
_PLACE_BEFORE = word_set(
    "in from to near at around towards toward outside via through into inside reached reach left "
    "leaving entered entering beyond across a en vers depuis dans pres jusqu quitte rejoint "
    "traverse"
)


def people_in(words: Words, language: str = "") -> Iterator[Found]:
    """Find people in what is written with Latin letters."""
    yield from _introduced(words)
    yield from _speakers(words)
    place = 0
    while place < len(words):
        found = None if words.arabic(place) else _person_at(words, place, language)
        if found is None and words.all_small:
            found = _typed_small(words, place)
        if found is None:
            place += 1
            continue
        first, last, kind, rule = found
        yield words.found(words.of(first, last), kind, rule)
        place = last + 1


def is_name(words: Words, place: int) -> bool:
    """Tell whether a word has the looks of a part of a name."""
    if place >= len(words) or not words.capital(place) or words.arabic(place):
        return False
    if words.elided(place):
        return False
    return not words.ordinary(place) and not _acronym(words, place)


def end_of_name(words: Words, place: int) -> int:
    """Return the last word of the name that goes on from this one."""
    last = place
    while words.joined(last) and last < place + LONGEST_NAME:
        following = last + 1
        step = _step(words, last, following)
        if step == 0:
            break
        last += step
    return last


def _step(words: Words, last: int, following: int) -> int:
    """Return how many words more the name goes on for, 0 where it ends."""
    if following >= len(words) or words.arabic(following):
        return 0
    word = words.words[following]
    if word in _LINKS and words.joined(following) and _follows(words, following):
        return 2
    if word in _HYPHENED and words.glued(following):
        return 2
    initial = len(word) == 1 and words.capital(following) and words.gap(following)[0] == "."
    named = is_name(words, following) and word not in _TITLES
    glued = words.glued(last) and word.isalpha() and not words.elided(last)
    return 1 if initial or named or glued else 0


def _follows(words: Words, link: int) -> bool:
    """Tell whether a name follows a link, past one more link such as an article."""
    after = link + 1
    return is_name(words, after) or (after < len(words) and words.words[after] in _LINKS)


def _person_at(words: Words, place: int, language: str) -> tuple[int, int, Kind, str] | None:
    word = words.words[place]
    if word in _TITLES:
        return _titled(words, place)
    if word in _FATHERS | _SONS:
        return _kunya(words, place)
    named = is_name(words, place) and word not in _LINKS
    if named and _given(words, place):
        return place, end_of_name(words, place), Kind.PERSON, "given name"
    if not named or language == "de":
        return None
    return _capitals(words, place)


def _titled(words: Words, place: int) -> tuple[int, int, Kind, str] | None:
    name = place
    while words.words[name] in _TITLES and name < place + MOST_TITLES:
        stopped = words.gap(name) in {". ", "."} and words.words[name] in _ABBREVIATED
        if not (words.spaced(name) or stopped) or name + 1 >= len(words):
            return None
        name += 1
    named = is_name(words, name) or (
        words.words[name] in _LINKS and words.joined(name) and _follows(words, name)
    )
    if not named:
        return None
    kept = words.words[place] in HONORIFICS or words.capital(place)
    return (place if kept else name), end_of_name(words, name), Kind.PERSON, "title"


def _kunya(words: Words, place: int) -> tuple[int, int, Kind, str] | None:
    if not words.joined(place) or place + 1 >= len(words):
        return None
    if _follows(words, place) or (words.words[place + 1] in _HYPHENED and words.glued(place + 1)):
        last = max(end_of_name(words, place), place + 1)
        return place, _with_byname(words, last), Kind.PERSON, "kunya"
    return _small_kunya(words, place)


def _with_byname(words: Words, last: int) -> int:
    """Take in "the Libyan" after a kunya."""
    name = last + 2
    said = name < len(words) and words.spaced(last) and words.words[last + 1] in {"the", "le"}
    return name if said and words.spaced(last + 1) and words.capital(name) else last


def _small_kunya(words: Words, place: int) -> tuple[int, int, Kind, str] | None:
    """Find a kunya that was typed without capitals."""
    name = place + 1
    if words.words[place] in {"um", "bu", "bou", "aba"} or words.words[place] in _SONS:
        return None
    if words.words[name] in {"al", "el"} and words.joined(name):
        name += 1
    known = words.words[name] in given_names()
    if len(words.words[name]) < SHORTEST_SMALL or (words.ordinary(name) and not known):
        return None
    last = name
    if words.joined(name) and words.words[name + 1] in {"al", "el"} and words.joined(name + 1):
        last = name + 2
    return place, last, Kind.PERSON, "kunya"


def _typed_small(words: Words, place: int) -> tuple[int, int, Kind, str] | None:
    word = words.words[place]
    known = word in given_names() and word not in doubtful_names() and not words.ordinary(place)
    return (
        (place, place, Kind.PERSON, "given name") if known and len(word) > SHORTEST_SMALL else None
    )


def _given(words: Words, place: int) -> bool:
    word = words.words[place]
    if word not in given_names() and word not in doubtful_names():
        return False
    doubtful = word in doubtful_names()
    if doubtful and words.begins(place):
        return words.joined(place) and is_name(words, place + 1)
    return True


def _capitals(words: Words, place: int) -> tuple[int, int, Kind, str] | None:
    """Find a capital that no sentence explains."""
    first, last = place, end_of_name(words, place)
    if words.begins(place):
        alone = last == place
        known_small = words.words[place] in words.in_small
        return None if alone or known_small else (first, last, Kind.PERSON, "capitals")
    if _article_before(words, place):
        first -= 1
    before = words.words[first - 1] if first else ""
    if before in _PLACE_BEFORE and words.joined(first - 1):
        return first, last, Kind.PLACE, "capitals after a preposition"
    return first, last, Kind.PERSON, "capitals"


def _article_before(words: Words, place: int) -> bool:
    before = words.words[place - 1]
    if before in _HYPHENED:
        return words.glued(place - 1)
    return before in _LINKS and words.joined(place - 1)


def _introduced(words: Words) -> Iterator[Found]:
    text = words.folded.text
    for cue in _INTRODUCED.finditer(text):
        place = words.at(cue.end())
        if place >= len(words) or words.starts[place] > cue.end():
            continue
        name = _name_from(words, place)
        before = text[max(0, cue.start() - LOOK_BACK) : cue.start()]
        if name is None or _OF_A_THING.search(before):
            continue
        kind = Kind.PLACE if _OF_A_PLACE.search(before) else Kind.PERSON
        yield words.found(words.of(*name), kind, "introduced")


def _speakers(words: Words) -> Iterator[Found]:
    """Find the names before what each person says in a transcript."""
    for line in _SPEAKER.finditer(words.folded.cased):
        place = words.at(line.start(1))
        if is_name(words, place) and not words.ordinary(place):
            yield words.found(line.span(1), Kind.PERSON, "introduced")


def _name_from(words: Words, place: int) -> tuple[int, int] | None:
    word = words.words[place]
    if word in _TITLES or word in _FATHERS:
        return None
    linked = word in _LINKS and words.joined(place) and _follows(words, place)
    if is_name(words, place) or linked:
        return place, end_of_name(words, place)
    if not words.capital(place) and word in given_names() and word not in doubtful_names():
        return place, place
    return None


def _acronym(words: Words, place: int) -> bool:
    shown = words.shown(place)
    capitals = 1 < len(shown) <= LONGEST_ACRONYM and shown.isupper()
    return (capitals and words.words[place] not in given_names()) or shown[0].isdigit()
