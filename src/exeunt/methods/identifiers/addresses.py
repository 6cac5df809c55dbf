"""Where someone lives, to the door: streets, houses, flats."""

import re
from collections.abc import Iterator

from exeunt.methods.identifiers.found import Found, Kind
from exeunt.methods.identifiers.reading import Words

_NAME = r"(?:[A-Z][\w'-]{1,30}|(?:al|el|ad|an|ar|as|ash|az)-[A-Z]\w{1,30}|\d{1,3}(?:st|nd|rd|th))"
_ENGLISH = re.compile(
    rf"(?<!\w)(?:\d{{1,5}}[a-z]?,? )?{_NAME}(?: {_NAME}){{0,3}}"
    " (?:Street|street|St|Road|road|Rd|Avenue|avenue|Ave|Lane|Drive|Boulevard|boulevard|Blvd"
    "|Square"
    r"|Close|Court|Terrace|Crescent|Gardens|Alley|alley|Highway)(?!\w)"
)
_FRENCH = re.compile(
    r"(?<!\w)(?:\d{1,4}(?: ?(?:bis|ter|[a-c]))?,? )?(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Bb]d"
    "|[Ii]mpasse"
    r"|[Aa]llees?|[Cc]hemin|[Qq]uai|[Rr]uelle|[Ss]quare|[Cc]ours|[Rr]esidence|[Pp]lace)"
    rf"(?: (?:de la|de l'|du|des|de|d'|la|le|les))?[ ']?{_NAME}(?:(?: |-|(?: de | du | des | "
    rf"d'))?{_NAME}){{0,3}}"
)
_NUMBERED_FRENCH = re.compile(
    r"(?<!\w)\d{1,4}(?: (?:bis|ter))?,? (?:rue|avenue|boulevard|impasse|allee|chemin|quai"
    "|route|place)"
    r"(?: [\w'-]{1,20}){1,4}?(?=[,.;:\n]|$)"
)
_GERMAN = re.compile(
    r"(?<!\w)[A-Z][\w-]{2,30}(?:strasse|straat|gasse|weg|laan|gatan|vej|allee|platz) "
    r"\d{1,4}[a-z]?(?!\w)"
)
_HOUSE = re.compile(
    r"(?<!\w)(?:flat|apartment|apt|building|block|house|villa|room|unit|appartement|appt"
    "|batiment|bat|immeuble"
    "|escalier|porte|chambre|logement|maison|بناء|بنايه|البنايه|عماره|العماره|شقه|الشقه|منزل"
    "|بيت|دار|غرفه)"
    r"\.? (?:n[o°.]{1,2} ?|number |numero |رقم )?(?:[a-z]?\d{1,4}[a-z]?|[b-h])(?![\w-]|[.,/:]\d)"
)
_ARABIC = re.compile(
    r"(?<!\w)[وفبلك]{0,2}(?:ال)?(?:شارع|جاده|زقاق|زنقه|نهج|درب|طريق(?= ال))"
    r"(?: (?!ال(?:رييسي|عام|ذي|ي)\b)[\u0621-\u064a]{3,20})"
    r"(?: ال[\u0621-\u064a]{2,20})?(?:،? ?(?:رقم|بناء|بنايه|عماره|منزل|بيت)? ?\d{1,4})?(?![\w])"
)
_ARABIC_STOPS = re.compile(
    r" (?:في|من|الي|علي|كان|كانت|الذي|التي|ثم|حيث|كبير\w*|صغير\w*|طويل\w*|ضيق\w*|واحد|اخر"
    r"|مظلم\w*|رييسي\w*"
    r"|قريب\w*|بعيد\w*|فرعي\w*|وكان\w*|وقد|هناك|جانبي\w*|ترابي\w*|الموت|العوده|الهروب|الحق"
    r"|الحدود|السفر)(?!\w)"
)
_POSTCODE = re.compile(r",? \d{4,5} [A-Z][\w'-]{2,30}(?:-[A-Z]\w{1,30}){0,2}")


def addresses_in(words: Words) -> Iterator[Found]:
    """Find streets and houses, with the number and what follows of the address."""
    cased = words.folded.cased
    for pattern in (_ENGLISH, _FRENCH, _GERMAN):
        for found in pattern.finditer(cased):
            end = found.end()
            town = _POSTCODE.match(cased, end)
            yield words.found((found.start(), town.end() if town else end), Kind.ADDRESS, "street")
    for pattern in (_NUMBERED_FRENCH, _HOUSE):
        for found in pattern.finditer(words.folded.text):
            yield words.found(found.span(), Kind.ADDRESS, "street")
    for found in _ARABIC.finditer(cased):
        stop = _ARABIC_STOPS.search(found[0])
        end = found.start() + stop.start() if stop else found.end()
        if " " in cased[found.start() : end]:
            yield words.found((found.start(), end), Kind.ADDRESS, "street")
