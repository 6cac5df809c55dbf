"""Places: those of the list, and those that a word such as village or camp stands before."""

from collections.abc import Iterator

from exeunt.methods.identifiers.found import Found, Kind
from exeunt.methods.identifiers.lists import common_words, place_names, word_set
from exeunt.methods.identifiers.people import end_of_name, is_name
from exeunt.methods.identifiers.reading import Words, readings_of

# Before "of" or "de": the name that follows is the place.
_SETTLEMENTS = word_set(
    "village town city province governorate district region hamlet area suburb outskirts "
    "neighbourhood "
    "neighborhood quarter valley countryside island county sub-district township ville "
    "quartier commune "
    "gouvernorat wilaya region banlieue vallee bourg hameau campagne cite prefecture secteur port "
    "peripherie departement canton riviere fleuve river mount mont mountains jabal jebel "
    "djebel wadi "
    "oued tell tel tall kafr kafar beit deir ain ayn bab jisr khan ras"
)
# Beside a name these are a part of what the place is called.
_FACILITIES = word_set(
    "camp prison jail hospital mosque school university college dam bridge airport airbase "
    "base market "
    "crossing checkpoint roundabout refinery square stadium oilfield mosquee hopital lycee ecole "
    "universite barrage pont aeroport marche caserne college faculte clinique poste-frontiere "
    "rond-point institut institute clinic cafe hotel bakery boulangerie souk suq detention village "
    "town city province governorate district region neighbourhood neighborhood valley countryside "
    "river mountains camps cinema theatre garage shop library factory farm restaurant church hall "
    "centre center academy infirmary gym tower towers guesthouse madafa compound usine gare ferme "
    "bibliotheque restaurant eglise magasin tribunal court stade"
)
_OF = word_set("of de du d des called named appelee nomme nommee the la l le al")
_FIRST_PARTS = word_set(
    "tell tel tall kafr kafar beit deir ain ayn jisr wadi oued jabal jebel djebel ras bab"
)

_AR_SETTLEMENTS = word_set(
    "قرية قريتي قريتنا مدينة بلدة محافظة منطقة ناحية ضيعة دوار مدينتي بلدتي ولايه ضاحية قضاء إقليم "
    "جزيرة وادي جبل تل نهر بادية بوادي"
)
_AR_FACILITIES = word_set(
    "مخيم سجن معسكر حي حارة جامع مسجد مستشفى مشفى جامعة مدرسة حاجز مطار معبر سوق سد جسر كلية معهد "
    "ثانوية ميدان دوار ساحة ريف مصفاة كراج عيادة صيدلية مخبز فرن مقهى فندق ملعب محطة"
)
_ARTICLES = word_set("al el ar as ad ash at an")
SHORTEST = 3
SHORTEST_WITH_CLITIC = 4
SHORTEST_WITH_ARTICLE = 5
MOST_BETWEEN = 2


def places_in(words: Words) -> Iterator[Found]:
    """Find places."""
    place = 0
    while place < len(words):
        found = _listed(words, place) or _cued(words, place)
        if found is None:
            place += 1
            continue
        start, last, rule = found
        yield words.found((start, words.ends[last]), Kind.PLACE, rule)
        place = last + 1


def is_place(words: Words, place: int) -> bool:
    """Tell whether a word begins a place of the list."""
    return _listed(words, place) is not None


def _listed(words: Words, place: int) -> tuple[int, int, str] | None:
    latin = not words.arabic(place)
    small = latin and not words.capital(place)
    if small and (not words.all_small or words.ordinary(place)):
        return None
    for word, taken in readings_of(words.words[place]):
        for name in place_names().get(word, ()):
            last = _last_of(words, place, name)
            if last is not None and (latin or not _other_word(name, taken)):
                start = _with_article(words, place, words.starts[place] + taken)
                return start, last, "place of several words" if len(name) > 1 else "gazetteer"
    return None


def _last_of(words: Words, place: int, name: tuple[str, ...]) -> int | None:
    last = place + len(name) - 1
    if last >= len(words) or words.words[place + 1 : last + 1] != name[1:]:
        return None
    return last if all(words.joined(step) for step in range(place, last)) else None


def _other_word(name: tuple[str, ...], taken: int) -> bool:
    """Tell whether an Arabic place is another word too: "the door" is a town."""
    return len(name) == 1 and (
        name[0] in common_words() or (taken > 0 and len(name[0]) < SHORTEST_WITH_CLITIC)
    )


def _with_article(words: Words, place: int, start: int) -> int:
    """Take in an article that stands before, as in al-Mayadin."""
    before = place - 1
    if before < 0 or words.words[before] not in _ARTICLES or not words.joined(before):
        return start
    stands_apart = words.words[before] in {"al", "el"}
    return words.starts[before] if stands_apart or words.glued(before) else start


def _cued(words: Words, place: int) -> tuple[int, int, str] | None:
    if words.arabic(place):
        return _arabic_cued(words, place)
    word = words.words[place]
    if word in _SETTLEMENTS:
        found = _after(words, place)
        if found is not None:
            return found
    return _facility(words, place)


def _after(words: Words, place: int) -> tuple[int, int, str] | None:
    """Find the name after "village of", "camp de", "Tell"."""
    name, passed = place + 1, 0
    if words.words[place] in _FIRST_PARTS and words.capital(place):
        named = words.joined(place) and (is_name(words, name) or words.glued(place))
        return (words.starts[place], end_of_name(words, name), "facility") if named else None
    while (
        name < len(words)
        and words.words[name] in _OF
        and words.joined(name - 1)
        and passed < MOST_BETWEEN
    ):
        name, passed = name + 1, passed + 1
    if name >= len(words) or not words.joined(name - 1) or not is_name(words, name):
        return None
    first = name - 1 if words.words[name - 1] in {"al", "el"} else name
    return words.starts[first], end_of_name(words, name), "facility"


def _facility(words: Words, place: int) -> tuple[int, int, str] | None:
    """Find "Al-Salam Hospital", "camp al-Karama", "la prison de X": the word is in the name."""
    if not is_name(words, place):
        return None
    last = end_of_name(words, place)
    first = place
    if (
        place
        and words.joined(place - 1)
        and words.words[place - 1] in {"al", "el", "ar", "as", "an"}
    ):
        first = place - 1
    if words.words[last] in _FACILITIES and last > place:
        return words.starts[first], last, "facility"
    if last + 1 < len(words) and words.spaced(last) and words.words[last + 1] in _FACILITIES:
        return words.starts[first], last + 1, "facility"
    before = first - 1
    while (
        before > first - 4 and before >= 0 and words.joined(before) and words.words[before] in _OF
    ):
        before -= 1
    if before >= 0 and words.joined(before) and words.words[before] in _FACILITIES:
        return words.starts[before], last, "facility"
    return None


def _arabic_cued(words: Words, place: int) -> tuple[int, int, str] | None:
    name = place + 1
    if not words.spaced(place) or name >= len(words) or not words.arabic(name):
        return None
    for word, taken in readings_of(words.words[place]):
        if word not in _AR_SETTLEMENTS and word not in _AR_FACILITIES:
            continue
        if not _may_be_place(words, name):
            return None
        named_by_itself = word in _AR_SETTLEMENTS and word not in _AR_FIRST_PARTS
        start = words.starts[name] if named_by_itself else words.starts[place] + taken
        return start, _arabic_end(words, name), "facility"
    return None


def _may_be_place(words: Words, place: int) -> bool:
    word = words.words[place]
    if word in _AR_FIRST_PARTS and words.spaced(place) and place + 1 < len(words):
        return not words.ordinary(place + 1)
    if len(word) < SHORTEST or (
        words.ordinary(place) and (word,) not in place_names().get(word, ())
    ):
        return False
    return (
        word not in _NOT_NAMED and not word.startswith(("ب", "ل", "و", "ف"))
    ) or word in place_names()


def _arabic_end(words: Words, place: int) -> int:
    """Take in one more word where the first is but a part: "Tell the White"."""
    following = place + 1
    if following >= len(words) or not words.spaced(place) or not words.arabic(following):
        return place
    word = words.words[following]
    first_part = words.words[place] in _AR_FIRST_PARTS
    goes_on = (
        word.startswith("ال")
        and len(word) >= SHORTEST_WITH_ARTICLE
        and not words.ordinary(following)
    )
    return following if first_part or goes_on else place


_AR_FIRST_PARTS = word_set(
    "تل عين كفر دير رأس باب جسر خان أبو أم بيت شيخ الشيخ وادي جبل معرة بئر سيدي بني ابن خالد عمر"
)
_NOT_NAMED = word_set(
    "تسمى اسمها اسمه يقال تابعة تقع مجاورة مهجورة نائية حدودية جبلية ريفية فقيرة محاصرة مدمرة "
    "مؤقت كامل "
    "كاملة خاصة خاص سري سرية تدريب تدريبي للنازحين للنساء أخرى آمنة ثانية مختلفة عسكري عسكرية شعبي "
    "شعبية حكومية حكومي ابتدائية ميداني جماعي انفرادي شرعي شرعية أمني ديني دينية مركزي مركزية "
    "نازحين "
    "لاجئين اعتقال صحراوية زراعية تجاري محلي محلية دولي أهلي قرآن بنين ثانوية"
)
