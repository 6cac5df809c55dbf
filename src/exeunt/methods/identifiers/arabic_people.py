"""People in Arabic texts, where no capital tells a name from a word."""

from collections.abc import Iterator

from exeunt.methods.folding import fold
from exeunt.methods.identifiers.found import Found, Kind
from exeunt.methods.identifiers.lists import (
    common_words,
    doubtful_names,
    given_names,
    place_names,
    word_set,
)
from exeunt.methods.identifiers.reading import Words, readings_of

_HONORIFICS = word_set(
    "الشيخ الشيخة الدكتور الدكتورة الأمير الحاج الحاجة الحجي حجي الأستاذ الأستاذة السيد السيدة "
    "القائد القاضي الملا المعلم المهندس العقيد النقيب الرائد العميد المقدم الملازم القارئ المولوي "
    "الأخ الأخت الخالة العمة الآنسة المدعو المدعوة المدعوه سيدي مولاي"
)
# A title without its article, or what someone is to the speaker: only a known name follows.
_BARE_TITLES = word_set(
    "شيخ دكتور أستاذ سيد سيدة ملا حاج عم خال أخي أختي زوجي زوجتي ابني ابنتي بنتي صديقي صديقتي "
    "جاري جارتي عمي عمتي خالي خالتي والدي جدي رفيقي رفيقتي قريبي زميلي أخوه أخته زوجها زوجته ابنه "
    "ابنها صديقه صديقها أخوها ابن شقيقي شقيقتي صاحبي صاحبتي خطيبي خطيبتي صهري أخونا أخاه أخاها أبي "
    "أمي والدتي ولدي مولودي"
)
_INTRODUCING = word_set(
    "اسمه اسمها اسمي أسمه يدعى تدعى يسمى تسمى يسمونه يسمونها الملقب ملقب لقبه كنيته كنيتي المكنى "
    "يكنى تكنى كنوني سموني أسموني سموه باسم ندعوه ينادونه ينادوني ناديته المعروف المعروفة واسمه "
    "واسمها اسم الاسم اسمهما"
)
_FATHERS = word_set("أبو أبي أبا أم بو")
_SONS = word_set("بن ابن بنت ولد آل")
_OR = fold("أم").text
_MY_FATHER = fold("أبي").text
_SERVANT = fold("عبد").text
_ALI = fold("علي").text
# Words that a present tense begins with; a name that does so is in the list.
_PRESENT = ("ي", "ت", "ن", "ا")
_FEWEST = 3
LONGEST_NAME = 12
_CUE_ENDS = word_set("ب باسم بأبي بـ")


def arabic_people_in(words: Words) -> Iterator[Found]:
    """Find people in what is written with Arabic letters."""
    place = 0
    while place < len(words):
        found = _person_at(words, place) if words.arabic(place) else None
        if found is None:
            place += 1
            continue
        start, last, rule = found
        yield words.found((start, words.ends[last]), Kind.PERSON, rule)
        place = last + 1


def _person_at(words: Words, place: int) -> tuple[int, int, str] | None:
    """Return where a name starts, its last word, and the rule."""
    for word, taken in readings_of(words.words[place]):
        start = words.starts[place] + taken
        last = _last_of_kunya(words, place, word)
        if last is not None:
            return start, last, "kunya"
        last = _last_after_title(words, place, word)
        if last is not None:
            return start, last, "title"
    introduced = _introduced(words, place)
    return introduced if introduced is not None else _known(words, place)


def _last_of_kunya(words: Words, place: int, word: str) -> int | None:
    if (word not in _FATHERS and word not in _SONS) or not words.joined(place):
        return None
    name = place + 1
    if word in _SONS or word in {_MY_FATHER, _OR}:
        sure = _is_known(words, name) or _origin_follows(words, name)
        article = words.words[name].startswith("ال") and not words.ordinary(name)
        plain = word == _OR and _could_be(words, name) and not words.words[name].startswith("ال")
        if not sure and not plain and not (article and word in _FATHERS):
            return None
    elif not (_could_be(words, name) or words.words[name] in doubtful_names()):
        return None
    return _end(words, name)


def _last_after_title(words: Words, place: int, word: str) -> int | None:
    abbreviated = word == "د" and words.gap(place) in {". ", "."}
    if not (words.spaced(place) or abbreviated) or place + 1 >= len(words):
        return None
    name = place + 1
    if (word in _HONORIFICS or abbreviated) and _may_be_titled(words, name):
        return _end(words, name)
    return None


def _may_be_titled(words: Words, name: int) -> bool:
    if _is_known(words, name):
        return True
    word = words.words[name]
    if word in _FATHERS or not _could_be(words, name):
        return False
    return not word.startswith(_PRESENT) or word.startswith("ال") or _origin_follows(words, name)


def _introduced(words: Words, place: int) -> tuple[int, int, str] | None:
    """Find a name after words that promise one: the first word of the name is what is found."""
    if place == 0 or not words.arabic(place):
        return None
    before, gap = words.words[place - 1], words.gap(place - 1)
    near = len(gap) <= _FEWEST and "\n" not in gap
    if not near or "." in gap:
        return None
    readings = {word for word, _ in readings_of(before)}
    if readings & _INTRODUCING:
        return _first_reading(words, place, sure=False)
    if readings & _BARE_TITLES and words.spaced(place - 1):
        return _first_reading(words, place, sure=True)
    return None


def _first_reading(words: Words, place: int, *, sure: bool) -> tuple[int, int, str] | None:
    if _is_known(words, place) or (not sure and _could_be(words, place)):
        return words.starts[place], _end(words, place), "introduced"
    return None


def _known(words: Words, place: int) -> tuple[int, int, str] | None:
    """Find a name of the list, alone where it can be nothing else, or with more of a name."""
    for word, taken in readings_of(words.words[place]):
        if word in given_names() and word not in doubtful_names() and word not in common_words():
            return words.starts[place] + taken, _end(words, place), "given name"
        beside = word in doubtful_names() and taken == 0 and _goes_on(words, place)
        if word == _SERVANT and words.joined(place) and _of_god(words.words[place + 1]):
            return words.starts[place] + taken, _end(words, place), "given name"
        if beside:
            return words.starts[place], _end(words, place), "given name"
    return None


def _of_god(word: str) -> bool:
    return word.startswith("ال") and len(word) > _FEWEST


def _goes_on(words: Words, place: int) -> bool:
    """Tell whether more of a name follows what could be another word."""
    if not words.spaced(place) or place + 1 >= len(words) or not _is_ali(words, place):
        return False
    word = words.words[place + 1]
    return (
        word in _SONS
        or _is_origin(words, place + 1)
        or (word in given_names() and word not in common_words())
    )


def _is_known(words: Words, place: int) -> bool:
    """Tell whether a word is a name of the list, or begins one."""
    if place >= len(words):
        return False
    word = words.words[place]
    if word == _ALI:
        return _is_ali(words, place)
    return word in given_names() or word in doubtful_names() or word == _SERVANT


def _is_ali(words: Words, place: int) -> bool:
    """Tell the name Ali from the preposition that folds to the same letters."""
    return words.words[place] != _ALI or _dotted(words, place)


def _dotted(words: Words, place: int) -> bool:
    return words.last_letter(place) == "ي"


def _could_be(words: Words, place: int) -> bool:
    """Tell whether an unknown word may be a name: no word of the language, no number, no place."""
    if place >= len(words) or not words.arabic(place):
        return False
    word = words.words[place]
    return (
        len(word) >= _FEWEST
        and not words.ordinary(place)
        and (word,) not in place_names().get(word, ())
    )


def _is_origin(words: Words, place: int) -> bool:
    """Tell whether a word says where someone comes from, as names do: al-Tunisi."""
    if place >= len(words):
        return False
    word = words.words[place]
    return (
        word.startswith("ال")
        and word.endswith("ي")
        and len(word) > _FEWEST + 1
        and not words.ordinary(place)
    )


def _origin_follows(words: Words, place: int) -> bool:
    return place < len(words) and words.spaced(place) and _is_origin(words, place + 1)


def _end(words: Words, place: int) -> int:
    """Return the last word of the name that goes on from this one."""
    last = place
    if words.words[last] in {_SERVANT} | _FATHERS | _SONS and words.joined(last):
        last += 1
    while (
        last < place + LONGEST_NAME
        and words.spaced(last)
        and last + 1 < len(words)
        and words.arabic(last + 1)
    ):
        step = _step(words, last + 1)
        if step == 0:
            break
        last += step
    return last


def _step(words: Words, place: int) -> int:
    word = words.words[place]
    if word in _SONS | _FATHERS | {_SERVANT} and word != _OR and words.spaced(place):
        return (
            2
            if _could_be(words, place + 1) or _is_known(words, place + 1) or word == _SERVANT
            else 0
        )
    if word.startswith("ال") and len(word) > _FEWEST and _could_be(words, place):
        return 1
    known = word in given_names() or word in doubtful_names()
    return (
        1 if known and _is_ali(words, place) and (word not in common_words() or word == _ALI) else 0
    )
