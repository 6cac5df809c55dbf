"""A codebook as YAML, in the layout that people write by hand."""

from typing import Any

import yaml

from exeunt.methods.codebooks import Code, Codebook, Scale

WIDTH = 100
# Line ends that YAML folds unless they are written as escapes.
_UNUSUAL_ENDS = frozenset("\x85\u2028\u2029")


class _Dumper(yaml.SafeDumper):
    """Writes text with unusual line ends in double quotes, where it can escape them."""

    def represent_text(self, text: str) -> yaml.ScalarNode:
        style = None if _UNUSUAL_ENDS.isdisjoint(text) else '"'
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _Dumper.represent_text)


def write_codebook(codebook: Codebook) -> bytes:
    """Write a codebook without loss, leaving out what is empty."""
    book: dict[str, Any] = _filled(
        {
            "id": codebook.slug,
            "title": codebook.title,
            "unit": codebook.unit.value,
            "source": codebook.source,
        }
    )
    book["scale"] = _scale(codebook.scale)
    book["codes"] = [_code(code) for code in codebook]
    text: str = yaml.dump(book, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)
    return text.encode()


def _scale(scale: Scale) -> dict[str, Any]:
    facts = {
        "type": scale.level.value,
        "values": dict(scale.values),
        "unknown": scale.unknown,
        "not_applicable": scale.not_applicable,
        "blank": scale.blank,
    }
    return _filled(facts)


def _code(code: Code) -> dict[str, Any]:
    return _filled(
        {
            "id": code.key,
            "dimension": code.dimension,
            "label": code.label,
            "definition": code.definition,
            "parent": code.parent,
            "note": code.note,
            "use_when": code.use_when,
            "not_when": code.not_when,
            "guid": code.guid,
        }
    )


def _filled(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: fact for name, fact in facts.items() if fact not in ("", None)}
