"""Dates as people say them: days, months, seasons and feasts, in three languages."""

import re
from collections.abc import Iterator

from exeunt.methods.folding import fold
from exeunt.methods.identifiers.found import Found, Kind
from exeunt.methods.identifiers.lists import word_set
from exeunt.methods.identifiers.reading import Words

MONTHS = (
    "january janvier jan يناير جانفي كانون_الثاني ينار",
    "february fevrier feb fev فبراير فيفري شباط",
    "march mars mar مارس آذار",
    "april avril apr avr أبريل إبريل أفريل نيسان",
    "may mai مايو ماي أيار",
    "june juin jun يونيو جوان حزيران يونيه",
    "july juillet jul juil يوليو جويلية تموز يوليوز يوليه",
    "august aout aug أغسطس أوت غشت آب",
    "september septembre sept sep سبتمبر شتنبر أيلول",
    "october octobre oct أكتوبر تشرين_الأول",
    "november novembre nov نوفمبر نونبر تشرين_الثاني",
    "december decembre dec ديسمبر دجنبر كانون_الأول",
)
HIJRI_MONTHS = (
    "muharram mouharram محرم",
    "safar صفر",
    "rabi_al-awwal rabi_i ربيع_الأول",
    "rabi_al-thani rabi_ii ربيع_الثاني ربيع_الآخر",
    "jumada_al-ula jumada_al-awwal jumada_i جمادى_الأولى",
    "jumada_al-thani jumada_al-akhira jumada_ii جمادى_الآخرة جمادى_الثانية",
    "rajab رجب",
    "shaban cha'bane chaabane sha'ban شعبان",
    "ramadan ramadhan رمضان",
    "shawwal chawwal chaoual شوال",
    "dhu_al-qadah dhul-qadah dhu_al-qi'dah ذو_القعدة ذي_القعدة",
    "dhu_al-hijjah dhul-hijjah dhu_al-hijja ذو_الحجة ذي_الحجة",
)


def month_words(spellings: str) -> list[str]:
    """Return the folded spellings of one month, longest first."""
    return sorted((fold(word.replace("_", " ")).text for word in spellings.split()), key=len)[::-1]


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_ALL_MONTHS = [word for month in MONTHS for word in month_words(month)]
_MONTH = rf"(?:شهر )?(?:{_any(_ALL_MONTHS)})(?:(?: ?/ ?| )(?:{_any(_ALL_MONTHS)}))?\.?"
_HIJRI = rf"(?:شهر )?(?:{_any([word for month in HIJRI_MONTHS for word in month_words(month)])})"
_ERA = r"(?: ?(?:a\.?h\.?|h\.?|ه|هـ|هجري\w*|م|ميلادي\w*|c\.?e\.?)(?![\w]))?"
_YEAR = rf"(?:(?:19|20)\d\d|1[34]\d\d)(?:[-/–](?:20)?\d\d)?(?!\d){_ERA}"
_OF = (
    "(?:,? (?:of |in |de |d'|du |l'an |عام |العام |من عام |سنه |من العام |من سنه |لعام |لسنه "
    "|من )?(?:the year |l'annee )?|[-/ ])"
)
_DAY_WORDS = sorted(
    word_set(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first "
        "twenty-second twenty-third "
        "twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth "
        "thirtieth thirty-first premier"
    )
)
_ARABIC_DAYS = (
    "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر الحادي أول مطلع "
    "العشرين الثلاثين "
    "منتصف أواخر أوائل بداية نهاية آخر"
)
_ARABIC_DAY = (
    rf"(?:{_any(fold(_ARABIC_DAYS).text.split())})(?: عشر| ?و ?العشرين| ?و ?الثلاثين)?(?: "
    "من)?(?: شهر)?"
)
_WEEKDAY = (
    "(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|lundi|mardi|mercredi|jeudi|vendredi|samedi"
    "|dimanche"
    r"|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه|السبت|الاحد),? (?:the |le |في )?"
)
_DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|er|e)?(?: of| من| de)?|(?:the )?(?:{_any(_DAY_WORDS)})(?: of| "
    rf"de)?|{_ARABIC_DAY})"
)
_PART = (
    "(?:(?:the )?(?:early|mid|late|beginning of|middle of|end of|start of|debut|mi|fin"
    "|courant)[ -]?(?:of |de |d')?)"
)
_SEASON = (
    "(?:spring|summer|autumn|fall|winter|printemps|ete|automne|hiver|ربيع|الربيع|صيف|الصيف"
    "|خريف|الخريف"
    r"|شتاء|الشتاء)"
)
_FEAST = (
    "(?:eid(?: al| ul| el)?(?:[ -](?:fitr|adha|kebir|kabir|saghir|seghir))?|aid(?: el| al)?[ "
    "-](?:fitr|adha|kebir|seghir)"
    "|l'aid|christmas(?: eve| day)?|new year(?:'s)?(?: eve| day)?|easter|ashura|achoura"
    "|mawlid|mouloud|nowruz|newroz"
    "|noel|paques|nouvel an|toussaint|عيد الفطر|عيد الاضحي|عيد|العيد|راس السنه|عاشوراء|المولد"
    "|نوروز|الميلاد)"
    r"(?: (?:المبارك|الهجريه|الميلاديه|النبوي))?"
)
_ISO = r"(?:(?:19|20)\d\d|1[34]\d\d)[-/.](?:0?[1-9]|1[0-2])(?:[-/.](?:0?[1-9]|[12]\d|3[01]))?"
_SLASHED = (
    rf"(?:0?[1-9]|[12]\d|3[01]) ?([-/.]) ?(?:0?[1-9]|[12]\d|3[01]) ?\1 ?(?:\d{{4}}|\d\d){_ERA}"
)
_IN = (
    r"(?<!\w)(?:in|since|by|until|till|during|last|next|that|early|late|from|to|between|and|en"
    "|depuis|fin|debut|mi|au mois de|mois de|courant|في|منذ|حتي|خلال|شهر|بدايه|نهايه)[ -]"
)
_START, _END = r"(?<![\w/.-])", r"(?![\w/]|[-.]\d)"
_CLITIC = r"(?:(?<=[\s\W][وفبلك])|(?<![\w/.-]))"

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_START}(?:{_ISO}|{_SLASHED}){_END}",
        (
            rf"{_CLITIC}(?:{_WEEKDAY})?{_DAY}[ -]?(?:[-–&] ?\d{{1,2}} )?(?:{_MONTH}"
            rf"|{_HIJRI})(?!\w)(?:{_OF}{_YEAR})?(?!\w)"
        ),
        (
            rf"{_CLITIC}(?:{_PART})?(?:{_MONTH}|{_HIJRI}) \d{{1,2}}(?:st|nd|rd|th)?(?:,? "
            rf"{_YEAR})?{_END}"
        ),
        rf"{_CLITIC}(?:{_PART})?(?:{_MONTH}|{_HIJRI}){_OF}{_YEAR}",
        rf"{_CLITIC}(?:{_SEASON}|{_FEAST}){_OF}{_YEAR}",
        rf"{_START}1[34]\d\d ?(?:a\.?h\.?|h\.|هـ|هجري\w*|ه)(?!\w)",
    )
)
_MONTH_ALONE = re.compile(rf"{_IN}(?:{_PART})?(?P<month>{_MONTH})(?!\w)")
_BORN = re.compile(
    rf"(?:born(?: \w+){{0,3}} in|nee?s?(?: \w+){{0,3}} en|مواليد(?: عام| سنه)?|ولدت?(?: "
    rf"\w+){{0,3}} (?:عام|سنه)) (?P<year>{_YEAR})"
)
_ARE_WORDS = frozenset({"may", "march", "mar", "jan", "sep", "dec", "ماي", "اب"})


def dates_in(words: Words) -> Iterator[Found]:
    """Find dates that say more than a year."""
    text = words.folded.text
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            yield words.found(_trimmed(text, found.start(), found.end()), Kind.DATE, "calendar")
    for found in _MONTH_ALONE.finditer(text):
        start, end = _trimmed(text, *found.span("month"))
        if text[start:end] not in _ARE_WORDS or words.folded.cased[start].isupper():
            yield words.found((start, end), Kind.DATE, "calendar")
    for found in _BORN.finditer(text):
        yield words.found(found.span("year"), Kind.DATE, "calendar")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    return start, start + len(text[start:end].rstrip(" .,-/"))
