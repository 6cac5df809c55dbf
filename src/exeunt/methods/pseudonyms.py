"""The same replacement for the same person, place or unit, in every document and language.

A book is a plain value: each question gives the answer and the book that remembers it. Dates and
ages are said more widely and need no entry; numbers are counted up and never given twice, so
that no later person is taken for one who was erased.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from exeunt.methods.folding import form_of
from exeunt.methods.generalising import decade_of, season_of
from exeunt.methods.identifiers.found import Kind
from exeunt.methods.identifiers.people import HONORIFICS, ROLES

NUMBERED = {
    Kind.PERSON: {"en": "Person", "fr": "Personne", "ar": "شخص"},
    Kind.PLACE: {"en": "Place", "fr": "Lieu", "ar": "مكان"},
    Kind.UNIT: {"en": "Unit", "fr": "Unité", "ar": "وحدة"},
}
PLAIN = {
    Kind.PHONE: {"en": "phone", "fr": "téléphone", "ar": "هاتف"},
    Kind.EMAIL: {"en": "e-mail", "fr": "courriel", "ar": "بريد"},
    Kind.HANDLE: {"en": "handle", "fr": "pseudo", "ar": "حساب"},
    Kind.ADDRESS: {"en": "address", "fr": "adresse", "ar": "عنوان"},
    Kind.ID: {"en": "number", "fr": "numéro", "ar": "رقم"},
    Kind.DATE: {"en": "date", "fr": "date", "ar": "تاريخ"},
    Kind.AGE: {"en": "age", "fr": "âge", "ar": "عمر"},
}
_ONE_SPELLING = {
    **dict.fromkeys(("abou", "abo", "aboo", "abi", "aba"), "abu"),
    **dict.fromkeys(("oum", "um", "omm", "oumm", "ummu"), "umm"),
    **dict.fromkeys(("ben", "ibn"), "bin"),
    **dict.fromkeys(("el", "ar", "as", "ash", "ad", "an", "at", "az", "ech", "ach"), "al"),
    **dict.fromkeys(("ابي", "ابا"), "ابو"),
    "ابن": "بن",
}
_TITLES = (HONORIFICS | ROLES) | frozenset(
    form_of(
        "الشيخ الدكتور الأمير الحاج الحاجة الأستاذ السيد السيدة القائد القاضي الأخ الأخت"
    ).split()
)
_FATHERS = frozenset({"abu", "umm", "ابو", "ام"})
_ARTICLES = frozenset({"al", "ال"})
ANY_LANGUAGE = ""


@dataclass(frozen=True)
class Entity:
    """One person, place or unit: a number, how it was written, and in which documents.

    ``said`` holds each folded form with the documents it came from; ``chosen`` the replacements
    that a person chose, by language ("" for any).
    """

    kind: Kind
    number: int
    said: Mapping[str, frozenset[str]] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What the entity is called in a book, such as ``person-3``."""
        return f"{self.kind}-{self.number}"

    @property
    def forms(self) -> tuple[str, ...]:
        """The folded forms in which it was written, in order."""
        return tuple(sorted(self.said))

    @property
    def documents(self) -> frozenset[str]:
        """The documents that know it."""
        return frozenset().union(*self.said.values())

    def replacement(self, language: str) -> str:
        """Return what stands for it in a text of this language."""
        if self.kind not in NUMBERED:
            return self.choice(language) or f"[{_in(PLAIN[self.kind], language)}]"
        return self.choice(language) or f"[{_in(NUMBERED[self.kind], language)} {self.number}]"

    def choice(self, language: str) -> str:
        """Return the replacement that a person chose, empty where none was."""
        return self.chosen.get(language) or self.chosen.get(ANY_LANGUAGE) or ""


@dataclass(frozen=True)
class Book:
    """Who has which number, and the last number given for each kind."""

    entities: tuple[Entity, ...] = ()
    last: Mapping[Kind, int] = field(default_factory=dict)

    def entity(self, key: str) -> Entity:
        """Return the entity called so; ValueError if the book has none."""
        found = next((one for one in self.entities if one.key == key), None)
        if found is None:
            raise ValueError("the book has no such entity")
        return found

    def with_replacement(
        self,
        kind: str,
        surface: str,
        chosen: str,
        *,
        language: str = ANY_LANGUAGE,
        document: str = "",
    ) -> "Book":
        """Return the book in which a person chose what stands for this; empty takes it back."""
        one, book = _entered(kind, surface, book=self, document=document)
        others = {spoken: text for spoken, text in one.chosen.items() if spoken != language}
        given = {**others, language: chosen.strip()} if chosen.strip() else others
        return book.holding(replace(one, chosen=given))

    def also_known_as(self, key: str, surface: str, *, document: str = "") -> "Book":
        """Return the book in which this way of writing means that entity: a person decided so.

        The way of writing is taken from whomever of the same kind it meant before.
        """
        form, one = name_form(surface), self.entity(key)
        others = [
            _unsaid(other, form) if other.kind is one.kind else other for other in self.entities
        ]
        return replace(self, entities=tuple(others)).holding(_said(one, form, document))

    def without(self, *, entities: Collection[str] = (), documents: Collection[str] = ()) -> "Book":
        """Return the book with these entities gone, and all that only these documents told.

        Their numbers are not given again.
        """
        left = (_forgetting(one, documents) for one in self.entities if one.key not in entities)
        return replace(self, entities=tuple(one for one in left if one is not None))

    def as_plain(self) -> dict[str, Any]:
        """Return the book as what JSON can hold."""
        return {
            "last": {str(kind): number for kind, number in sorted(self.last.items())},
            "entities": [
                {
                    "kind": str(one.kind),
                    "number": one.number,
                    "said": {form: sorted(known) for form, known in sorted(one.said.items())},
                    "chosen": dict(sorted(one.chosen.items())),
                }
                for one in self.entities
            ],
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Book":
        """Return the book that ``as_plain`` wrote; ValueError where it could not have."""
        try:
            entities = tuple(_entity_from(one) for one in plain["entities"])
            last = {Kind(kind): int(number) for kind, number in plain["last"].items()}
        except (KeyError, TypeError, AttributeError) as reason:
            raise ValueError("this is not a book of pseudonyms") from reason
        keys = [one.key for one in entities]
        if len(set(keys)) < len(keys) or any(
            not 0 < one.number <= last.get(one.kind, 0) for one in entities
        ):
            raise ValueError("a number of this book was given twice, or never")
        return cls(entities, last)

    def holding(self, entity: Entity) -> "Book":
        """Return the book with this entity in the place of what it was before."""
        return replace(
            self,
            entities=tuple(entity if one.key == entity.key else one for one in self.entities),
        )


def replacement_for(
    kind: str, surface: str, *, language: str, book: Book, document: str = ""
) -> tuple[str, Book]:
    """Return what stands for something found, and the book that remembers it.

    A kunya with and without its origin is one person where only one can be meant; a part of a
    name is that person's where the same document named just one so. Whatever else may be the
    same is in ``candidates``, for a person to decide. ``document`` is what erasure goes by.

    >>> first, book = replacement_for(
    ...     Kind.PERSON, "Abu Salim al-Tunisi", language="en", book=Book(), document="one"
    ... )
    >>> first, replacement_for(Kind.PERSON, "Abou Salim", language="fr", book=book)[0]
    ('[Person 1]', '[Personne 1]')
    """
    kind, language = Kind(kind), language.partition("-")[0].lower()
    if kind not in NUMBERED:
        known = _known(kind, name_form(surface), book=book, document=document)
        chosen = known.choice(language) if known else ""
        return chosen or _plain(kind, surface, language), book
    one, book = _entered(kind, surface, book=book, document=document)
    return one.replacement(language), book


def entity_of(kind: str, surface: str, *, book: Book, document: str = "") -> Entity | None:
    """Return the entity that something found would be taken for, or None for a new one."""
    return _known(Kind(kind), name_form(surface), book=book, document=document)


def candidates(kind: str, surface: str, *, book: Book) -> tuple[Entity, ...]:
    """Return the entities that share a part of this name, for a person to decide.

    >>> _, book = replacement_for(Kind.PERSON, "Karim Saadi", language="en", book=Book())
    >>> [one.key for one in candidates(Kind.PERSON, "Karim", book=book)]
    ['person-1']
    """
    asked = _telling(name_form(surface))
    return tuple(
        one
        for one in book.entities
        if one.kind == kind and any(asked & _telling(form) for form in one.said)
    )


def name_form(surface: str) -> str:
    """Return the one form of a name: folded, without titles, its links spelt one way.

    >>> name_form("Cheikh Abou-Salim el Tounsi"), name_form("أبي سالم")
    ('abu salim al tounsi', 'ابو سالم')
    """
    words = [_ONE_SPELLING.get(word, word) for word in form_of(surface).replace(".", " ").split()]
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    return " ".join(words)


def _entered(kind: str, surface: str, *, book: Book, document: str) -> tuple[Entity, Book]:
    """Return the entity that this names, new if need be, and the book that knows it said so."""
    form = name_form(surface)
    if not form:
        raise ValueError("there is no name in what was found")
    kind = Kind(kind)
    known = _known(kind, form, book=book, document=document)
    if known is None:
        number = book.last.get(kind, 0) + 1
        known = Entity(kind, number)
        book = Book((*book.entities, known), {**book.last, kind: number})
    known = _said(known, form, document)
    return known, book.holding(known)


def _in(words: Mapping[str, str], language: str) -> str:
    return words.get(language, words["en"])


def _plain(kind: Kind, surface: str, language: str) -> str:
    wider = None
    if kind is Kind.DATE:
        wider = season_of(surface, language=language)
    elif kind is Kind.AGE:
        wider = decade_of(surface, language=language)
    return wider or f"[{_in(PLAIN[kind], language)}]"


def _known(kind: Kind, form: str, *, book: Book, document: str) -> Entity | None:
    alike = [one for one in book.entities if one.kind is kind] if form else []
    same = [one for one in alike if form in one.said]
    if same or kind is not Kind.PERSON:
        return same[0] if same else None
    of_kunya = [one for one in alike if any(_kunya_of_one(form, said) for said in one.said)]
    if of_kunya:
        return of_kunya[0] if len(of_kunya) == 1 else None
    here = [one for one in alike if document and _part_here(form, one, document)]
    return here[0] if len(here) == 1 else None


def _kunya_of_one(form: str, other: str) -> bool:
    """Tell whether one is the other's kunya without its origin."""
    short, long = sorted((form.split(), other.split()), key=len)
    if short[0] not in _FATHERS or len(short) < _words_in_kunya(short) or len(short) == len(long):
        return False
    return long[: len(short)] == short and len(short) == _words_in_kunya(short)


def _words_in_kunya(words: list[str]) -> int:
    return 3 if len(words) > 1 and words[1] in _ARTICLES else 2


def _part_here(form: str, one: Entity, document: str) -> bool:
    parts = _telling(form)
    whole = (_telling(said) for said, known in one.said.items() if document in known)
    return bool(parts) and any(parts <= names for names in whole)


def _telling(form: str) -> frozenset[str]:
    """Return the parts of a name that tell people apart."""
    links = _FATHERS | _ARTICLES | {"bin", "بن", "de", "la", "bint", "بنت", "of"}
    return frozenset(form.split()) - links


def _said(one: Entity, form: str, document: str) -> Entity:
    known = one.said.get(form, frozenset()) | ({document} if document else frozenset())
    return replace(one, said={**one.said, form: known})


def _unsaid(one: Entity, form: str) -> Entity:
    return replace(one, said={said: known for said, known in one.said.items() if said != form})


def _forgetting(one: Entity, documents: Collection[str]) -> Entity | None:
    """Return what is known of an entity without these documents, or None where nothing is."""
    if not one.documents.intersection(documents):
        return one
    left = {form: known - set(documents) for form, known in one.said.items()}
    said = {form: known for form, known in left.items() if known}
    return replace(one, said=said) if said else None


def _entity_from(plain: Mapping[str, Any]) -> Entity:
    return Entity(
        Kind(plain["kind"]),
        int(plain["number"]),
        {str(form): frozenset(map(str, known)) for form, known in plain["said"].items()},
        {str(language): str(text) for language, text in plain["chosen"].items()},
    )
