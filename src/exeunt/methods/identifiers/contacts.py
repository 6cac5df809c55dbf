"""What reaches a person: phones, e-mail, handles, addresses; and the numbers of their papers."""

import re
from collections.abc import Iterator

from exeunt.methods.identifiers.found import Found, Kind
from exeunt.methods.identifiers.reading import Words

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,24}){1,4}")
_ENDINGS = r"(?:com|org|net|info|fr|de|uk|be|nl|se|io|me|eu|edu|gov|ch|ca|tn|ma|dz|sy|iq|tr|lb|jo)"
_DOT = r"(?: ?[\[({] ?(?:dot|point|نقطه) ?[\])}] ?| (?:dot|point|نقطه) )"
_SPOKEN_MAIL = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}}(?:{_DOT}[\w+-]{{1,32}}){{0,3}}"
    r"(?: ?[\[({] ?(?:at|@|arobase|a) ?[\])}] ?| ?@ ?| at | arobase | ات | chez )"
    rf"[\w-]{{1,63}}(?:(?:{_DOT}|\.)[\w-]{{2,24}}){{0,2}}(?:{_DOT}|\.){_ENDINGS}(?!\w)"
)
_LINK = re.compile(
    r"(?:https?://)?(?<![\w@])(?:www\.|m\.|fr-fr\.)?(?:facebook\.com|fb\.com|fb\.me|t\.me"
    r"|telegram\.me"
    r"|twitter\.com|x\.com|instagram\.com|tiktok\.com|youtube\.com|youtu\.be|vk\.com|ok\.ru|wa\.me"
    r"|ask\.fm|linkedin\.com|snapchat\.com|soundcloud\.com|justpaste\.it|tumblr\.com|reddit\.com"
    r"|skype:|mastodon\.social|bsky\.app)/?[\w@./?=&%+#~-]{1,200}"
)
_HANDLE = re.compile(r"(?<![\w@.+-])@[\w](?:[\w.]{0,38}\w)?")
_SERVICES = (
    r"telegram|twitter|insta(?:gram)?|facebook|fb|skype|kik|surespot|wickr|threema|snap(?:chat)?"
    r"|tik ?tok|discord|whatsapp|ask\.fm|paltalk|viber|signal|تلغرام|تليغرام|تلجرام|تيليجرام|تويتر"
    r"|فيسبوك|الفيسبوك|انستغرام|انستقرام|سكايب|واتساب"
)
_ACCOUNT = (
    r"user ?names?|nick ?names?|handle|screen name|pseudo(?:nyme)?|identifiant|login|حسابي|حسابه"
    r"|حسابها|حساب|معرفي|معرفه|معرف|يوزر|اليوزر"
)
_AS = (
    r"(?: ?(?:is|was|as|under|named|called|est|etait|sous|هو|كان|باسم|اسمه|عليه)\b| ?[:=-]| "
    r"(?=['\"«“]))"
)
_CALLED = re.compile(
    rf"(?<!\w)(?:{_SERVICES}|{_ACCOUNT})(?: (?:account|user ?name|name|handle|id|compte|channel"
    rf"|on|pseudo)){{0,2}}"
    rf"{_AS}{{1,2}} ?(?:the name |le nom |de |d')?(?P<quote>['\"«“(]? ?)(?P<name>[\w.-]{{3,40}})"
)
_UNDERSCORED = re.compile(r"(?<![\w@/.])(?=[\w.]{0,38}[a-z])[a-z0-9.]{1,30}_[\w.]{0,30}\w")
_DIGITED = re.compile(r"(?<![\w@/.])[a-z]{4,24}\d{2,6}(?!\w)")

_NUMBER = re.compile(r"(?<![\w.,/-])(?:\+ ?|00)?[(]?\d[\d ().\-/]{5,24}\d(?![\w/]|[.,-]\d)")
_PHONE_CUE = re.compile(
    "(?:phone|tel|telephone|mobile|cell|call|called|number|whatsapp|viber|signal|numero"
    r"|portable|appel\w*|joindre"
    r"|fax|sim|هاتف\w*|رقم\w*|جوال\w*|موبايل\w*|واتساب|الواتس|اتصل\w*|تلفون\w*|نمره)"
)
_ISO_OR_SLASHED = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}([./-])\d{1,2}\1\d{2,4}")
_AMOUNT = re.compile(r"[1-9]\d{0,2}(?:[ .,]000)+")
FEWEST_DIGITS, MOST_DIGITS = 7, 15
LOOK_BACK = 34

_PAPER = (
    r"passports?|passeport|identity cards?|id cards?|identity papers?|\bid|identity|national number"
    "|files?|cases?|dossiers?|reference|ref|registration|ration cards?|prisoner|detainee"
    "|inmate|refugee"
    r"|licen[cs]e(?: plate)?|number plate|plates?|permit|visa|account|iban|imei|serial|asylum|unhcr"
    r"|carte d'identite|carte|permis|titre de sejour|immatricul\w*|matricule|ecrou|detenu"
    r"|numero de \w+"
    r"|plaque|recepisse|badge|registre|badge|camp number|booking|ticket|plaque|compte"
    r"|جواز(?: سفر\w*| السفر)?|جوازي|جوازه|هويه|الهويه|هويتي|هويته|بطاقه\w*|بطاقتي|ملف\w*"
    "|الملف|قيد|اضباره"
    r"|لوحه\w*|سجين|السجين|معتقل|المعتقل|رقمي|رقمه|رقمها|رقم\w*|الرقم\w*|اقامه|تسجيل\w*|القضيه"
    "|قضيه|لاجئ"
)
_PAPERS = re.compile(
    rf"(?<!\w)(?:{_PAPER})(?: (?!\d)[\w']{{1,14}}){{0,3}}? ?(?:n[o°.]{{0,2}}|nr\.?|num\.?"
    r"|numbers?|numero|رقم\w*)?"
    r"(?: (?:is|was|est|etait|هو|كان))? ?[:#°=]? ?"
    r"(?P<value>(?=[a-z0-9/-]{0,24}\d)[a-z0-9](?:[a-z0-9/-]{0,24}[a-z0-9])(?: \d{3,9}){0,3})(?!\w)"
)
_CODED = re.compile(
    r"(?<![\w/.-])(?:[a-z]{1,4}[-/ ]?\d{5,12}|[a-z]{1,5}(?:[-/][a-z]{0,4}\d{2,8}){1,3}"
    r"|#\d{3,9})(?!\w)"
)
_QUARTERS = re.compile(
    r"(?<!\w)(?:tents?|phase|caravan|container|cell|ward|dormitory|tente|cellule|caravane|conteneur"
    r"|خيمه|الخيمه|زنزانه|الزنزانه|كرفان\w*|مهجع|المهجع|القطاع|قطاع)"
    r" ?(?:n[o°.]{1,2}|number|numero|رقم)? ?[a-z]?-?\d{1,5}[a-z]?(?!\w)"
)
FEWEST_IN_PAPERS = 3


def contacts_in(words: Words) -> Iterator[Found]:
    """Find phones, e-mail addresses, handles and numbers of papers."""
    text = words.folded.text
    for pattern in (_MAIL, _SPOKEN_MAIL):
        for found in pattern.finditer(text):
            yield words.found(found.span(), Kind.EMAIL, "e-mail")
    yield from _handles(words)
    yield from _phones(words)
    yield from _papers(words)


def _handles(words: Words) -> Iterator[Found]:
    text = words.folded.text
    for found in _LINK.finditer(text):
        end = found.start() + len(found[0].rstrip(".,?!-"))
        yield words.found((found.start(), end), Kind.HANDLE, "link")
    for pattern in (_HANDLE, _UNDERSCORED, _DIGITED):
        for found in pattern.finditer(text):
            yield words.found(found.span(), Kind.HANDLE, "handle")
    for found in _CALLED.finditer(text):
        if _looks_like_a_handle(found["name"], quoted=bool(found["quote"].strip())):
            end = found.start("name") + len(found["name"].rstrip(".-"))
            yield words.found((found.start("name"), end), Kind.HANDLE, "handle")


def _looks_like_a_handle(name: str, *, quoted: bool) -> bool:
    if not any(sign.isalpha() for sign in name):
        return False
    return quoted or any(sign in "0123456789_" for sign in name) or "." in name.strip(".")


def _phones(words: Words) -> Iterator[Found]:
    text = words.folded.text
    for found in _NUMBER.finditer(text):
        before = text[max(0, found.start() - LOOK_BACK) : found.start()]
        if _is_phone(found[0], cued=_PHONE_CUE.search(before) is not None):
            yield words.found(found.span(), Kind.PHONE, "phone")


def _is_phone(number: str, *, cued: bool) -> bool:
    digits = sum(sign.isdigit() for sign in number)
    if not FEWEST_DIGITS <= digits <= MOST_DIGITS or _ISO_OR_SLASHED.fullmatch(number.strip("() ")):
        return False
    if number.startswith(("+", "00")) or cued:
        return True
    return number.lstrip("(").startswith("0") and not _AMOUNT.fullmatch(number)


def _papers(words: Words) -> Iterator[Found]:
    text = words.folded.text
    for found in _PAPERS.finditer(text):
        digits = sum(sign.isdigit() for sign in found["value"])
        dialled = found["value"].startswith("0") and _is_phone(found["value"], cued=False)
        if digits >= FEWEST_IN_PAPERS and not dialled:
            yield words.found(found.span("value"), Kind.ID, "passport or file")
    for found in _CODED.finditer(text):
        if words.folded.cased[found.start()].isupper() or found[0].startswith("#"):
            yield words.found(found.span(), Kind.ID, "passport or file")
    for found in _QUARTERS.finditer(text):
        yield words.found(found.span(), Kind.ID, "passport or file")
