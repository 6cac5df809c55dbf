"""A codebook from YAML: the layout in which the ready codebooks are written."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from exeunt.errors import Sentence
from exeunt.methods.codebooks import Code, Codebook, Level, Scale, Unit
from exeunt.sandbox.readers import Handed
from exeunt.sandbox.wire import Plain
from exeunt.stages.coding.intake.codebook_draft import (
    LARGEST_CODEBOOK,
    LEVELS,
    UNITS,
    WHOLE_NUMBER,
    CodebookDraft,
    draft_of,
    suggestion,
)
from exeunt.stages.coding.intake.codebook_told import codebook_told
from exeunt.stages.coding.intake.codebook_tree import Branch, Items, Leaf, Tree, tree_of
from exeunt.stages.sources.intake.documents import document_of
from exeunt.stages.sources.intake.encodings import text_of
from exeunt.stages.sources.intake.problems import ProblemList, refusal

Choice = TypeVar("Choice")

BOOK_FIELDS = ("id", "title", "unit", "source", "scale", "codes")
SCALE_FIELDS = ("type", "values", "unknown", "not_applicable", "blank")
CODE_FIELDS = (
    "id",
    "dimension",
    "label",
    "definition",
    "parent",
    "note",
    "use_when",
    "not_when",
    "guid",
)


def told(handed: Handed, _options: Mapping[str, Plain]) -> Iterator[Plain]:
    """Tell the codebook to the parent: what a child is started for."""
    return codebook_told(read_codebook, handed)


def read_codebook(data: bytes, *, file: str = "") -> CodebookDraft:
    """Read a codebook from the bytes of a YAML file; problems carry the line as their row."""
    if len(data) > LARGEST_CODEBOOK:
        says = "The file has {size:,} bytes; {most:,} are the most. Split it."
        raise refusal(file, Sentence(says, size=len(data), most=LARGEST_CODEBOOK))
    tree = tree_of(text_of(document_of(data, name=file)), file=file)
    if not isinstance(tree, Branch):
        raise refusal(file, "A codebook begins with “id:”, “title:” and “codes:”.", row=tree.row)
    return _Reader(file).draft(tree)


class _Reader:
    """Takes the tree apart, field by field, and gathers what is wrong."""

    def __init__(self, file: str) -> None:
        self.problems = ProblemList(file)

    def draft(self, tree: Branch) -> CodebookDraft:
        self._known(tree, BOOK_FIELDS)
        branches = self._codes(tree)
        unit = self._choice(tree, "unit", UNITS) or Unit.ACCOUNT
        codebook = Codebook(
            slug=self._line(tree, "id"),
            title=self._line(tree, "title"),
            codes=tuple(self._code(branch) for branch in branches),
            unit=unit,
            scale=self._scale(tree),
            source=self._line(tree, "source"),
        )
        return draft_of(codebook, self.problems, rows=[branch.row for branch in branches])

    def _codes(self, tree: Branch) -> list[Branch]:
        codes = tree.values.get("codes")
        if codes is None or (isinstance(codes, Leaf) and codes.text is None):
            return []
        if not isinstance(codes, Items):
            self.problems.add("List the codes below “codes:”, each after a dash.", row=codes.row)
            return []
        for code in codes.values:
            if not isinstance(code, Branch):
                self.problems.add("A code is written as “id: …, label: …”.", row=code.row)
        return [code for code in codes.values if isinstance(code, Branch)]

    def _code(self, branch: Branch) -> Code:
        self._known(branch, CODE_FIELDS)
        return Code(
            key=self._line(branch, "id"),
            label=self._line(branch, "label"),
            definition=self._text(branch, "definition"),
            dimension=self._line(branch, "dimension"),
            parent=self._line(branch, "parent") or None,
            use_when=self._text(branch, "use_when"),
            not_when=self._text(branch, "not_when"),
            note=self._text(branch, "note"),
            guid=self._line(branch, "guid"),
        )

    def _scale(self, tree: Branch) -> Scale:
        scale = tree.values.get("scale")
        if not isinstance(scale, Branch):
            if scale is not None:
                self.problems.add("Write the scale as “type: …, values: …”.", row=scale.row)
            return Scale()
        self._known(scale, SCALE_FIELDS)
        level = self._choice(scale, "type", LEVELS) or Level.BINARY
        return Scale(
            level=level,
            values=self._values(scale, level),
            unknown=self._number(scale, "unknown"),
            not_applicable=self._number(scale, "not_applicable"),
            blank=self._line(scale, "blank"),
        )

    def _values(self, scale: Branch, level: Level) -> Mapping[int, str]:
        values = scale.values.get("values")
        usual = Scale().values
        if values is None:
            return usual
        pairs: Sequence[tuple[Tree, Tree]] = ()
        if isinstance(values, Items):
            pairs = [(value, value) for value in values.values]
        elif isinstance(values, Branch):
            pairs = [(Leaf(v.row, number), v) for number, v in values.values.items()]
        named: dict[int, str] = {}
        for number, meaning in pairs:
            if not isinstance(number, Leaf) or not isinstance(meaning, Leaf):
                self.problems.add("A value is a number and its meaning.", row=number.row)
            elif not WHOLE_NUMBER.fullmatch(number.text or ""):
                says = "A value of the scale is a whole number; write its meaning after a colon."
                self.problems.add(says, row=number.row)
            else:
                named[int(number.text or "")] = (meaning.text or "").strip()
        if not named:
            self.problems.add("The scale has no values; list them, lowest first.", row=values.row)
        if isinstance(values, Items) and level is Level.BINARY and set(named) == set(usual):
            return usual
        return MappingProxyType(named)

    def _known(self, branch: Branch, fields: Sequence[str]) -> None:
        for name, value in branch.values.items():
            if name not in fields:
                says = "This field is not known. {nearest}"
                fault = Sentence(says, nearest=suggestion(name, fields))
                self.problems.add(fault, row=value.row, column=name)

    def _text(self, branch: Branch, name: str) -> str:
        value = branch.values.get(name)
        if value is None:
            return ""
        if not isinstance(value, Leaf):
            says = "Here stands a list or a group; write one piece of text."
            self.problems.add(says, row=value.row, column=name)
            return ""
        return value.text or ""

    def _line(self, branch: Branch, name: str) -> str:
        return self._text(branch, name).strip()

    def _number(self, branch: Branch, name: str) -> int | None:
        text = self._line(branch, name)
        if not text:
            return None
        if not WHOLE_NUMBER.fullmatch(text):
            says = "“{text}” is not a whole number, such as -99."
            row = branch.values[name].row
            self.problems.add(Sentence(says, text=text), row=row, column=name)
            return None
        return int(text)

    def _choice(self, branch: Branch, name: str, known: Mapping[str, Choice]) -> Choice | None:
        text = self._line(branch, name)
        if text and text not in known:
            says = "“{text}” is not known here. {nearest}"
            fault = Sentence(says, text=text, nearest=suggestion(text, tuple(known)))
            self.problems.add(fault, row=branch.values[name].row, column=name)
        return known.get(text)
