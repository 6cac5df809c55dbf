"""The project file of REFI-QDA's exchange format: users, codes, selections and memos.

Source: REFI-QDA Standard 1.5, chapter on project exchange, and its schema
(urn:QDA-XML:project:1.0), whose order of elements is kept. Places are code points from 0, ends
exclusive. A judgement there has no value: values, gaps and notes stand in a memo on it, readable
and re-readable.
"""

import re
from collections.abc import Iterable, Mapping
from uuid import UUID, uuid5

from exeunt.methods.codebooks import GUID, Code, Codebook, Level
from exeunt.methods.projects import Judgement, Memo, Project, Selection, Text
from exeunt.stages.coding.formats.codebook_notes import with_facts
from exeunt.stages.coding.formats.codebook_qdc import GUIDS, described, described_book, guid_of
from exeunt.stages.coding.formats.project.xml_text import Xml
from exeunt.version import __version__

NAMESPACE = "urn:QDA-XML:project:1.0"
ORIGIN = f"Exeunt {__version__}"
LONGEST_WORDS = 100
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)?")
_COLOUR = re.compile("#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})")


def guid_for(kind: str, ref: str) -> str:
    """Return the GUID that always stands for the thing of that kind and reference."""
    return str(uuid5(GUIDS, f"{kind}:{ref}"))


def write_qde(project: Project) -> bytes:
    """Write the project file."""
    return _Writing(project).document()


class _Writing:
    """One project on its way into XML; memos are gathered, since they stand at the end."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.xml = Xml()
        self.memos: dict[str, Memo] = {}
        codebook = project.codebook
        self.codes = {code.key: guid_of(codebook, code) for code in codebook} if codebook else {}
        self.binary = codebook is not None and codebook.scale.level is Level.BINARY

    def document(self) -> bytes:
        named = {"name": self.project.name or "project", "origin": ORIGIN}
        self.xml.begin("Project", {"xmlns": NAMESPACE, **named})
        self._people()
        self._codebook()
        if self.project.texts:
            self.xml.begin("Sources")
            for text in self.project.texts:
                self._text(text)
            self.xml.end("Sources")
        on_project = self._kept(self.project.memos, GUIDS)
        self._notes()
        self._sets()
        self._references(on_project)
        self.xml.end("Project")
        return self.xml.written()

    def _people(self) -> None:
        if self.project.people:
            self.xml.begin("Users")
            for person in self.project.people:
                self.xml.alone("User", {"guid": person.guid, "name": person.name})
            self.xml.end("Users")

    def _codebook(self) -> None:
        codebook = self.project.codebook
        if codebook is None or not codebook.codes:
            return
        below: dict[str | None, list[Code]] = {}
        for code in codebook:
            below.setdefault(code.parent, []).append(code)
        self.xml.begin("CodeBook")
        self.xml.begin("Codes")
        self._codes(below[None], below)
        self.xml.end("Codes")
        self.xml.end("CodeBook")

    def _codes(self, codes: Iterable[Code], below: Mapping[str | None, list[Code]]) -> None:
        for code in codes:
            colour = self.project.colours.get(code.key, "")
            attributes = {
                "guid": self.codes[code.key],
                "name": code.label,
                "isCodable": "false" if code.key in self.project.headings else "true",
                "color": colour if _COLOUR.fullmatch(colour) else "",
            }
            self.xml.begin("Code", attributes)
            self.xml.prose("Description", described(code))
            memos = self.project.memos_on_codes.get(code.key, ())
            self._references(self._kept(memos, UUID(self.codes[code.key])))
            self._codes(below.get(code.key, ()), below)
            self.xml.end("Code")

    def _text(self, text: Text) -> None:
        within = UUID(text.guid)
        attributes = {
            "guid": text.guid,
            "name": text.name,
            "plainTextPath": f"internal://{text.guid}.txt",
            **_made(text.by, text.when),
        }
        self.xml.begin("TextSource", attributes)
        for place, selection in enumerate(text.selections):
            self._selection(selection, text.text, uuid5(within, f"selection:{place}"))
        self._judgements(text.judgements, within)
        self._references(self._kept(text.memos, within))
        self.xml.end("TextSource")

    def _selection(self, selection: Selection, text: str, otherwise: UUID) -> None:
        guid = selection.guid or str(otherwise)
        attributes = {
            "guid": guid,
            "name": _words(text[selection.start : selection.end]),
            "startPosition": str(selection.start),
            "endPosition": str(selection.end),
            **_made(selection.by, selection.when),
        }
        self.xml.begin("PlainTextSelection", attributes)
        self._judgements(selection.judgements, UUID(guid))
        self._references(self._kept(selection.memos, UUID(guid)))
        self.xml.end("PlainTextSelection")

    def _judgements(self, judgements: Iterable[Judgement], within: UUID) -> None:
        for place, judgement in enumerate(judgements):
            guid = judgement.guid or str(uuid5(within, f"judgement:{place}"))
            made = _made(judgement.by, judgement.when)
            self.xml.begin("Coding", {"guid": guid, **made})
            self.xml.alone("CodeRef", {"targetGUID": self.codes[judgement.code]})
            if text := self._said(judgement):
                memo = Memo("", text, by=judgement.by, when=judgement.when)
                self._references(self._kept((memo,), UUID(guid)))
            self.xml.end("Coding")

    def _said(self, judgement: Judgement) -> str:
        """Write what a judgement says beyond that the code is given."""
        value = judgement.value
        plain = value is None or (value == 1 and self.binary)
        facts = {"Value": "" if plain else str(value), "Gap": judgement.gap}
        return with_facts(judgement.note, facts) if any(facts.values()) else judgement.note

    def _kept(self, memos: Iterable[Memo], within: UUID) -> list[str]:
        """Gather memos for the end of the file, and return their GUIDs."""
        guids = []
        for place, memo in enumerate(memos):
            guid = memo.guid or str(uuid5(within, f"memo:{place}"))
            self.memos.setdefault(guid, memo)
            guids.append(guid)
        return guids

    def _references(self, guids: Iterable[str]) -> None:
        for guid in guids:
            self.xml.alone("NoteRef", {"targetGUID": guid})

    def _notes(self) -> None:
        if self.memos:
            self.xml.begin("Notes")
            for guid, memo in self.memos.items():
                made = _made(memo.by, memo.when)
                self.xml.begin("Note", {"guid": guid, "name": memo.name, **made})
                self.xml.prose("PlainTextContent", memo.text)
                self.xml.end("Note")
            self.xml.end("Notes")

    def _sets(self) -> None:
        codebook = self.project.codebook
        if codebook is None or not codebook.codes:
            return
        named = {"guid": _guid_of_book(codebook), "name": codebook.title or codebook.slug}
        self.xml.begin("Sets")
        self.xml.begin("Set", named)
        self.xml.prose("Description", described_book(codebook))
        for guid in self.codes.values():
            self.xml.alone("MemberCode", {"targetGUID": guid})
        self.xml.end("Set")
        self.xml.end("Sets")


def _guid_of_book(codebook: Codebook) -> str:
    return str(uuid5(GUIDS, codebook.slug))


def _made(by: str, when: str) -> dict[str, str]:
    """Say who made something, and when, where both are such as the schema allows."""
    return {
        "creatingUser": by if GUID.fullmatch(by) else "",
        "creationDateTime": when if _MOMENT.fullmatch(when) else "",
    }


def _words(text: str) -> str:
    """Return the words of a selection, by which other programs find a shift of its place."""
    if len(text) > LONGEST_WORDS:
        return " ".join(text[:LONGEST_WORDS].split()) + "…"
    return " ".join(text.split())
