"""Excerpts as annotations of the web, in JSON-LD.

Source: W3C Web Annotation Data Model (recommendation of 23 February 2017). A place is a
TextPositionSelector, whose numbers are code points, and a TextQuoteSelector, by which it is found
again where a text has changed. A code is a concept of SKOS, its codebook a concept scheme.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid5

from exeunt.methods.anchoring.quotes import quote_selector
from exeunt.methods.codebooks import Code, Codebook
from exeunt.methods.projects import Judgement, Person, Project, Selection, Text
from exeunt.stages.coding.formats.codebook_qdc import GUIDS, guid_of
from exeunt.stages.coding.formats.project.qde import ORIGIN

CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"skos": "http://www.w3.org/2004/02/skos/core#"},
]

Json = dict[str, Any]


def write_annotations(project: Project) -> bytes:
    """Write every judgement of an excerpt as an annotation of its text."""
    items = list(_Writing(project).items())
    collection = {
        "@context": CONTEXT,
        "id": _urn(str(uuid5(GUIDS, f"annotations:{project.name}"))),
        "type": "AnnotationCollection",
        "label": project.name,
        "generator": {"type": "Software", "name": ORIGIN},
        "total": len(items),
        "first": {"type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    return (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode()


class _Writing:
    """One project on its way into annotations."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.people = {person.guid: _person(person) for person in project.people}
        codebook = project.codebook
        self.codes = {code.key: _concept(codebook, code) for code in codebook} if codebook else {}

    def items(self) -> Iterator[Json]:
        """Yield the annotations in the order of the texts."""
        for text in self.project.texts:
            for selection in text.selections:
                target = _target(text, selection)
                for judgement in selection.judgements:
                    yield self._annotation(judgement, target)

    def _annotation(self, judgement: Judgement, target: Json) -> Json:
        concept = {"type": "SpecificResource", "purpose": "classifying"}
        bodies: list[Json] = [{**concept, "source": self.codes[judgement.code]}]
        said = judgement.gap or ("" if judgement.value is None else str(judgement.value))
        bodies += _words(said, "assessing")
        bodies += _words(judgement.note, "commenting")
        made: Json = {"id": _urn(judgement.guid), "type": "Annotation", "motivation": "classifying"}
        if judgement.by in self.people:
            made["creator"] = self.people[judgement.by]
        if judgement.when:
            made["created"] = judgement.when
        return {**made, "body": bodies if len(bodies) > 1 else bodies[0], "target": target}


def _target(text: Text, selection: Selection) -> Json:
    quote = quote_selector(text.text, (selection.start, selection.end))
    return {
        "source": {"id": _urn(text.guid), "type": "Text", "label": text.name},
        "selector": [
            {
                "type": "TextPositionSelector",
                "start": selection.start,
                "end": selection.end,
            },
            {
                "type": "TextQuoteSelector",
                "exact": quote.exact,
                "prefix": quote.prefix,
                "suffix": quote.suffix,
            },
        ],
    }


def _concept(codebook: Codebook, code: Code) -> Mapping[str, Any]:
    return {
        "id": _urn(guid_of(codebook, code)),
        "type": "skos:Concept",
        "skos:notation": code.key,
        "skos:prefLabel": code.label,
        "skos:inScheme": codebook.title or codebook.slug,
    }


def _person(person: Person) -> Mapping[str, Any]:
    return {"id": _urn(person.guid), "type": "Person", "name": person.name}


def _words(words: str, purpose: str) -> list[Json]:
    if not words:
        return []
    return [{"type": "TextualBody", "purpose": purpose, "value": words, "format": "text/plain"}]


def _urn(guid: str) -> str:
    return f"urn:uuid:{guid}"
