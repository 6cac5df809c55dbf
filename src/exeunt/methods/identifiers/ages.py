"""How old someone is, in digits and in words, and not how long something took."""

import re
from collections.abc import Iterator

from exeunt.methods.folding import fold
from exeunt.methods.identifiers.found import Found, Kind
from exeunt.methods.identifiers.reading import Words


def _counted(words: str) -> dict[str, int]:
    return {word: number for number, word in enumerate(words.split(), start=1)}


ENGLISH = _counted(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
ENGLISH_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
}
FRENCH = _counted(
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf"
)
FRENCH_TENS = {
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "quatre-vingt": 80,
}
ARABIC_STEMS = {
    "واحد": 1, "حادي": 1, "اثن": 2, "ثاني": 2, "ثلاث": 3, "ثالث": 3, "اربع": 4, "رابع": 4, "خمس": 5,
    "خامس": 5, "ست": 6, "سادس": 6, "سبع": 7, "سابع": 7, "ثمان": 8, "ثامن": 8, "تسع": 9, "تاسع": 9,
    "عاشر": 10, "عشر": 10,
}  # fmt: skip
ARABIC_TENS = {
    "عشرين": 20, "عشرون": 20, "ثلاثين": 30, "ثلاثون": 30, "اربعين": 40, "اربعون": 40, "خمسين": 50,
    "خمسون": 50, "ستين": 60, "ستون": 60, "سبعين": 70, "سبعون": 70, "ثمانين": 80, "ثمانون": 80,
}  # fmt: skip

_UNIT = "one|two|three|four|five|six|seven|eight|nine"
_EN = (
    rf"(?:(?:{'|'.join(ENGLISH_TENS)})(?:[- ](?:{_UNIT}))?"
    r"|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    rf"|{_UNIT}|\d{{1,2}})"
)
_FR = (
    "(?:(?:quatre-vingts?|soixante|cinquante|quarante|trente|vingt)(?:[- ](?:et[- "
    "])?(?:dix-sept|dix-huit|dix-neuf"
    "|onze|douze|treize|quatorze|quinze|seize|dix|une?|deux|trois|quatre|cinq|six|sept|huit"
    "|neuf))?"
    r"|dix-sept|dix-huit|dix-neuf|dix|onze|douze|treize|quatorze|quinze|seize"
    r"|deux|trois|quatre|cinq|six|sept|huit|neuf|\d{1,2})"
)
_AR_ONE = (
    r"(?:ال)?(?:واحده?|حادي[هة]?|اثن\w{0,3}|ثاني[هة]?|ثلاثه?|ثالثه?|اربعه?|رابعه?|خمسه?|خامسه?"
    "|سته?|سادسه?|سبعه?"
    r"|سابعه?|ثماني?[هة]?|ثامنه?|تسعه?|تاسعه?|عشره?|عاشره?)"
)
_AR_TEN = rf"(?:ال)?(?:{'|'.join(ARABIC_TENS)})"
_AR = rf"(?:{_AR_TEN}|{_AR_ONE}(?: عشره?| ?و ?{_AR_TEN})?|\d{{1,2}})"
_AR_YEARS = r"(?: (?:سنه|سنوات|سنين|عاما|عام|اعوام|ربيعا))"
_NO = r"(?![\w/]|[.,:%]\d|-\d)"
# Numbers of other things: "I was 2 hours late".
_OF_OTHER = (
    r"(?! (?:hours?|days?|weeks?|months?|minutes?|km|kilomet\w+|metres?|meters?|men|people"
    "|dollars|of|times|per"
    "|brothers?|sisters?|children|kids|fighters|others|families|women|and|cars?|years? "
    "(?!old|of age))|%|th|st|nd|rd)"
)
_SAID = re.compile(
    rf"(?<!\w)(?:{_EN}[ -]years?[ -](?:old|of age)|{_EN}[ -]?y/?o"
    rf"|(?:aged|the age of|age:?) {_EN}|{_EN}[ -]month[s]?[ -]old"
    rf"|agee?s? d(?:e |'){_FR} ans|l'age de {_FR} ans){_NO}"
)
_COUNTED = (
    re.compile(
        rf"(?<!\w)(?:was|is|were|am|turned)(?: only| just| barely| about| maybe| almost| then)? "
        rf"(?P<age>(?:{_EN}(?: or | to |-))?[1-9]\d)"
        r"(?= ?(?:[.,;!?](?!\d)|when |at the time|then|$))"
    ),
    re.compile(
        r"(?<!\w)(?:(?:i|he|she|they|who) (?:was|am|is|were|turned|had turned|just turned|had "
        "just turned)(?: only| just| barely| about"
        "| around| almost| nearly| already| then| still)?|i'm|he's|she's|turned|turning|when "
        "i was|at the age of|at age|age of|under) "
        rf"(?P<age>{_EN})(?!\w)(?!-(?:year|\d)){_OF_OTHER}{_NO}"
    ),
    re.compile(
        rf"(?<!\w)(?:ai|as|a|avais|avait|avions|avaient|ont|aura|ayant|aurait|eu|eut|feter|fete)"
        "(?: (?:que|seulement|a peine|environ|deja|alors|tout juste|presque|mes|ses|son))* "
        rf"(?P<age>{_FR} ans)(?! (?:de prison|plus tard|apres))(?!\w)"
    ),
    re.compile(
        r"(?<!\w)(?:a|mes|ses|(?:garcons?|filles?|fils|enfants?|homme|femme|bebe|jeune"
        r"|adolescente?|frere|soeur|\w+e?) d(?:e|'))"
        rf"[ ]?(?P<age>{_FR} ans)(?! (?:de prison|plus tard|apres|d'experience))(?!\w)"
    ),
    re.compile(
        rf"(?<!\w)[وفبلك]{{0,2}}(?:عمري|عمره|عمرها|عمرهم|عمر|العمر|سن|السن|سني|بعمر|بسن|ابن"
        "|ابنه|سنها|سنه)"
        "(?: (?:كان|كانت|لا يتجاوز|انذاك|وقتها|حينها|ال|يقارب|نحو|حوالي|فقط|حين|عندها|يومها"
        "|الان|لم يتجاوز))?"
        rf" (?P<age>{_AR}(?:{_AR_YEARS})?)(?!\w)"
    ),
    re.compile(
        r"(?<!\w)[وف]?(?:في|بلغت|بلغ|اتممت|اتم|اكملت|تجاوز|تجاوزت|دون|تحت)(?: سن)? "
        rf"(?P<age>ال[^\W\d]{{4,9}}(?: عشره?| ?و ?{_AR_TEN})?)"
        r"(?= من (?:عمر|العمر)\w*)"
    ),
    re.compile(rf"(?<!\w)(?P<age>{_AR}{_AR_YEARS})(?= من (?:عمر|العمر)\w*)"),
)
_AT_AN_AGE = re.compile(
    rf"(?<!\w)[وف]?في (?P<age>ال[^\W\d]{{4,9}}ه (?:عشره|و ?{_AR_TEN}))"
    r"(?! ?(?:صباح|مساء|ليلا|والنصف|ظهرا|من الشهر|من شهر))(?!\w)"
)
_ASKED = re.compile(
    r"(?:how old|what age|quel age|كم عمر\w*|كم كان عمر\w*)[^\n]{0,60}\n?[^\n\d]{0,24}?"
    rf"(?<!\w)(?P<age>{_EN}|{_FR}|{_AR})(?!\w)"
)
OLDEST = 99


def ages_in(words: Words) -> Iterator[Found]:
    """Find ages."""
    text = words.folded.text
    for found in _SAID.finditer(text):
        yield words.found(found.span(), Kind.AGE, "age")
    for pattern in (*_COUNTED, _AT_AN_AGE, _ASKED):
        for found in pattern.finditer(text):
            if not _is_duration(text, found.start(), found[0]):
                yield words.found(found.span("age"), Kind.AGE, "age")


def _is_duration(text: str, start: int, said: str) -> bool:
    """Tell "il y a trois ans" and "a year and a half" from an age."""
    before = text[max(0, start - 6) : start].split()
    first = said.split(maxsplit=1)[0]
    return bool(before) and first == "a" and before[-1] in {"y", "jusqu", "condamne"}


def years_of(said: str) -> int | None:
    """Return the number of years that an age says, or None where it says none.

    >>> years_of("twenty-three years old"), years_of("dix-neuf ans"), years_of("الثالثة والعشرين")
    (23, 19, 23)
    """
    text = fold(said).text
    digits = re.search(r"\d{1,3}", text)
    if digits:
        return int(digits[0]) if int(digits[0]) <= OLDEST else None
    return _in_arabic(text) if re.search("[\u0621-\u064a]", text) else _in_latin(text)


def _in_latin(text: str) -> int | None:
    total: int | None = None
    joined = re.sub(
        r"dix[- ](sept|huit|neuf)", r"dix\1", text.replace("quatre-vingt", "quatrevingt")
    )
    joined = joined.replace("quatrevingts", "quatrevingt")
    for word in re.findall(r"[a-z]+", joined):
        value = _LATIN_VALUES.get(word)
        if value is not None:
            total = (total or 0) + value
    return total if total is None or total <= OLDEST else None


_LATIN_VALUES = {
    **ENGLISH,
    **ENGLISH_TENS,
    **{word.replace("-", ""): value for word, value in {**FRENCH, **FRENCH_TENS}.items()},
}


def _in_arabic(text: str) -> int | None:
    total = 0
    for word in re.findall("[\u0621-\u064a]+", text):
        bare = re.sub("^و?(?:ال)?", "", word)
        if word.startswith(("واحد", "الواحد")):
            bare = "واحد"
        total += ARABIC_TENS.get(bare) or _stem_value(bare)
    return total or None


def _stem_value(word: str) -> int:
    if word.startswith(("سنه", "سنو", "سني", "عام")):
        return 0
    return next((value for stem, value in ARABIC_STEMS.items() if word.startswith(stem)), 0)
