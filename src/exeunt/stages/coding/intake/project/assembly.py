"""A project put together from the elements of a file and the texts beside them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from exeunt.errors import Sentence, Word
from exeunt.methods.codebooks import GUID, LONGEST, Codebook, Unit
from exeunt.methods.projects import Judgement, Left, Memo, Person, Selection
from exeunt.stages.coding.intake.codebook_draft import CodebookDraft
from exeunt.stages.coding.intake.codebook_notes import facts_in
from exeunt.stages.coding.intake.codebook_qdc import Target
from exeunt.stages.coding.intake.project.raw import (
    RawCoding,
    RawProject,
    RawSelection,
    RawText,
    key_of,
)
from exeunt.stages.coding.intake.project.telling import Head
from exeunt.stages.sources.intake.problems import ProblemList

LONGEST_NAME = 200
VALUE, GAP = "Value", "Gap"


WordsOf = Callable[[RawText], str | None]


class Assembly:
    """Looks up what elements refer to by GUID, and counts what has no place."""

    def __init__(self, raw: RawProject, codebook: Target, words_of: WordsOf) -> None:
        """Take what was read, and how the words of a text are found."""
        self.raw = raw
        self.target = codebook
        self.words_of = words_of
        self.left: Counter[str] = Counter(raw.left)
        self.problems = ProblemList(codebook.file)
        self._check_guids()
        self.people = {key_of(person.guid): person for person in raw.people}
        self.notes = {key_of(note.guid): note for note in raw.notes}
        self.used_notes: set[str] = set()
        self.seen_codings: set[str] = set()
        self.linked: dict[str, list[str]] = {}
        self._link_notes()
        self.codebook, self.keys = self._codebook()

    def head(self) -> Head:
        """Return all but the texts; ask last, when it is known which notes hang on a text."""
        on_codes = self.memos_on_codes()
        memos = self.memos_on_project()
        return Head(
            self.raw.name,
            self.raw.origin,
            self.codebook,
            self.persons(),
            memos,
            on_codes,
            self.colours(),
            self.headings(),
            tuple(self.leavings()),
        )

    def persons(self) -> tuple[Person, ...]:
        """Return who coded, or wrote."""
        return tuple(Person(person.guid, person.name) for person in self.raw.people)

    def memos_on_codes(self) -> dict[str, tuple[Memo, ...]]:
        """Return the memos on codes, by the code's key."""
        memos: dict[str, tuple[Memo, ...]] = {}
        for code, note in self.raw.notes_of_codes:
            if (key := self.keys.get(key_of(code))) is not None:
                memos[key] = (*memos.get(key, ()), *self.memos([note]))
        return memos

    def memos_on_project(self) -> tuple[Memo, ...]:
        """Return the memos on the project, and those that hang on nothing else.

        Ask last: a note that anything refers to is a memo on that.
        """
        whole = Memo("", self.raw.description) if self.raw.description else None
        loose = [note.guid for key, note in self.notes.items() if key not in self.used_notes]
        found = self.memos(dict.fromkeys([*self.raw.note_refs, *loose]))
        return (whole, *found) if whole else found

    def leavings(self) -> list[Left]:
        """Return what was left behind, by kind."""
        return [Left(kind, number) for kind, number in sorted(self.left.items()) if number]

    def memos(self, guids: Iterable[str]) -> tuple[Memo, ...]:
        """Return the memos with these GUIDs."""
        found = []
        for guid in guids:
            note = self.notes.get(key_of(guid))
            words = None if note is None else self.words_of(note)
            if note is None or not (words or note.description).strip():
                self.left["memos"] += 1
                continue
            self.used_notes.add(key_of(guid))
            text = _lf(words or note.description).removeprefix("\ufeff").strip()
            found.append(Memo(note.guid, text, note.name, note.by, note.when))
        return tuple(found)

    def marks_of(self, text: RawText) -> tuple[RawSelection, ...]:
        """Return a text's selections, those among them that its notes make."""
        marked = []
        for guid in text.notes:
            note = self.notes.get(key_of(guid))
            if note is not None and note.selections:
                marked += [_noted(span, guid) for span in note.selections]
        return (*text.selections, *marked)

    def memos_on(self, text: RawText) -> tuple[Memo, ...]:
        """Return the memos on a whole text: its description and notes without a span."""
        spans = {key_of(note.guid) for note in self.raw.notes if note.selections}
        whole = [guid for guid in text.notes if key_of(guid) not in spans]
        described = (Memo("", _lf(text.description.strip()), "", text.by, text.when),)
        linked = self.linked.get(key_of(text.guid), [])
        return (*(described if text.description.strip() else ()), *self.memos([*whole, *linked]))

    def selection(self, raw: RawSelection, span: tuple[int, int]) -> Selection | None:
        """Put a selection together; None where nothing was said of it."""
        judgements = self.judgements(raw.codings)
        described = (Memo("", _lf(raw.description.strip()), "", raw.by, raw.when),)
        memos = self.memos([*raw.notes, *self.linked.get(key_of(raw.guid), [])])
        memos = (*(described if raw.description.strip() else ()), *memos)
        if not judgements and not memos:
            self.left["bare selections"] += 1
            return None
        return Selection(raw.guid, *span, raw.by, raw.when, judgements, memos)

    def judgements(self, codings: Sequence[RawCoding]) -> tuple[Judgement, ...]:
        """Put judgements together; those on a code that is not there are counted."""
        made = []
        for coding in codings:
            key = self.keys.get(key_of(coding.code))
            if key is None:
                self.left["unknown codes"] += 1
            else:
                made.append(self._judgement(coding, key))
        return tuple(made)

    def _judgement(self, coding: RawCoding, key: str) -> Judgement:
        memos = self.memos(coding.notes)
        text, facts = facts_in("\n\n".join(memo.text for memo in memos))
        return Judgement(
            self._own_guid(coding.guid),
            key,
            coding.by,
            coding.when,
            value=int(facts[VALUE]) if facts.get(VALUE, "").isdecimal() else None,
            gap=facts.get(GAP, ""),
            note=text,
        )

    def _own_guid(self, guid: str) -> str:
        key = key_of(guid)
        if not GUID.fullmatch(guid) or key in self.seen_codings:
            self.left["guids of judgements"] += 1
            return ""
        self.seen_codings.add(key)
        return guid

    def _check_guids(self) -> None:
        kinds: Mapping[Word, list[tuple[str, str]]] = {
            Word("user"): [(person.guid, person.name) for person in self.raw.people],
            Word("text"): [(text.guid, text.name) for text in self.raw.texts],
            Word("memo"): [(note.guid, note.name) for note in self.raw.notes],
            Word("code"): [
                (code.attributes.get("guid", ""), code.name) for code in self.target.codes
            ],
            Word("selection in"): [
                (selected.guid, text.name)
                for text in self.raw.texts
                for selected in text.selections
            ],
        }
        for kind, found in kinds.items():
            self._check_kind(kind, found)
        self.problems.refuse_if_any()

    def _check_kind(self, kind: Word, found: list[tuple[str, str]]) -> None:
        seen: dict[str, str] = {}
        for guid, name in found:
            key = key_of(guid)
            if not GUID.fullmatch(key):
                says = "The {kind} “{name}” has no valid GUID (“{guid}”); export the project anew."
                self._fault(says, kind, name=name, guid=guid)
            elif key in seen:
                says = (
                    "The {kind} “{name}” has the GUID of the {kind} “{other}” ({guid}); which of "
                    "them is meant cannot be told. Export the project anew."
                )
                self._fault(says, kind, name=name, guid=guid, other=seen[key])
            seen.setdefault(key, name[:LONGEST_NAME])

    def _fault(self, says: str, kind: Word, **facts: str) -> None:
        short = {name: fact[:LONGEST_NAME] for name, fact in facts.items()}
        self.problems.add(Sentence(says, kind=kind, **short))

    def _link_notes(self) -> None:
        for link in self.raw.links:
            ends = (link.origin, link.target)
            notes = [end for end in ends if key_of(end) in self.notes]
            others = [end for end in ends if key_of(end) not in self.notes]
            if len(notes) == 1 and others:
                self.linked.setdefault(key_of(others[0]), []).append(notes[0])
            else:
                self.left["links"] += 1

    def _codebook(self) -> tuple[CodebookDraft | None, dict[str, str]]:
        sets = self.target.sets
        ours = [found for found in sets if "Id" in facts_in(found.description)[1]]
        self.target.sets = ours[:1]
        self.left["sets"] += len(sets) - len(ours[:1])
        if not self.target.codes:
            return None, {}
        draft = self.target.draft()
        if not ours:
            draft = draft._replace(codebook=_of_excerpts(draft.codebook, self.raw.name))
        pairs = zip(self.target.codes, draft.codebook, strict=True)
        return draft, {key_of(code.attributes.get("guid", "")): made.key for code, made in pairs}

    def _by_key(self, name: str) -> Mapping[str, str]:
        return {
            self.keys[key_of(code.attributes.get("guid", ""))]: code.attributes[name]
            for code in self.target.codes
            if name in code.attributes
        }

    def colours(self) -> Mapping[str, str]:
        """Return the colours of codes, by key."""
        return self._by_key("color")

    def headings(self) -> frozenset[str]:
        """Return the keys of codes that only hold others together."""
        codable = self._by_key("isCodable")
        return frozenset(key for key, said in codable.items() if said in {"false", "0"})


def _noted(span: RawSelection, note: str) -> RawSelection:
    return span._replace(notes=(*span.notes, note))


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _of_excerpts(codebook: Codebook, name: str) -> Codebook:
    """Let a codebook that says nothing of itself be one for excerpts, named like its project."""
    title = " ".join(name.split())[: LONGEST["title"]].strip()
    return replace(codebook, title=title or codebook.title, unit=Unit.EXCERPT)
