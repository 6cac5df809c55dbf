"""A codebook in REFI-QDA's exchange format (.qdc), for other coding programs.

Source: REFI-QDA Standard 1.5, chapter on codebook exchange, and its schema
(urn:QDA-XML:codebook:1.0). A code there has a name, a description and a GUID; the rest is
written below the description, readable and re-readable. What holds for the whole codebook
stands in a set of all its codes.
"""

from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from exeunt.methods.codebooks import Code, Codebook
from exeunt.stages.coding.formats.codebook_csv import lines_of_values
from exeunt.stages.coding.formats.codebook_notes import with_facts

NAMESPACE = "urn:QDA-XML:codebook:1.0"
ORIGIN = "Exeunt"
# Made once for this purpose; another would give every code a new GUID.
GUIDS = UUID("6d3f2f0e-0d2b-5d5e-9b55-2d6c0f5f4c11")


def write_codebook(codebook: Codebook) -> bytes:
    """Write a codebook as XML after the schema; codes come in the order of the tree."""
    root = ET.Element("CodeBook", {"xmlns": NAMESPACE, "origin": ORIGIN})
    codes = ET.SubElement(root, "Codes")
    elements = {code.key: _element(codebook, code) for code in codebook}
    for code in codebook:
        above = codes if code.parent is None else elements[code.parent]
        above.append(elements[code.key])
    ET.SubElement(root, "Sets").append(_set_of_all(codebook))
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def guid_of(codebook: Codebook, code: Code) -> str:
    """Return the code's own GUID, or one that is always the same for its codebook and key."""
    return code.guid or str(uuid5(uuid5(GUIDS, codebook.slug), code.key))


def _element(codebook: Codebook, code: Code) -> ET.Element:
    guid = guid_of(codebook, code)
    element = ET.Element("Code", {"guid": guid, "name": code.label, "isCodable": "true"})
    ET.SubElement(element, "Description").text = described(code)
    return element


def described(code: Code) -> str:
    """Write a code's definition, and below it what the format has no place for."""
    facts = {
        "Key": code.key,
        "Dimension": code.dimension,
        "Use when": code.use_when,
        "Not when": code.not_when,
        "Note": code.note,
    }
    return with_facts(code.definition, facts)


def _set_of_all(codebook: Codebook) -> ET.Element:
    name = codebook.title or codebook.slug
    element = ET.Element("Set", {"guid": str(uuid5(GUIDS, codebook.slug)), "name": name})
    ET.SubElement(element, "Description").text = described_book(codebook)
    for code in codebook:
        ET.SubElement(element, "MemberCode", {"guid": guid_of(codebook, code)})
    return element


def described_book(codebook: Codebook) -> str:
    """Write what holds for the whole codebook, as the description of a set of all its codes."""
    scale = codebook.scale
    facts = {
        "Id": codebook.slug,
        "Title": codebook.title,
        "Unit": codebook.unit.value,
        "Source": codebook.source,
        "Scale": scale.level.value,
        "Values": lines_of_values(scale),
        "Unknown": "" if scale.unknown is None else str(scale.unknown),
        "Not applicable": "" if scale.not_applicable is None else str(scale.not_applicable),
        "Blank": scale.blank,
    }
    return with_facts("", facts)
