"""Codebooks in REFI-QDA's exchange format, as other programs write and read them."""

import pytest
from lxml import etree

from exeunt.errors import BadInput
from exeunt.methods.codebooks import Code, Codebook
from exeunt.stages.coding.formats import write_codebook
from exeunt.stages.coding.intake.codebook_qdc import read_codebook

# The grammar of the schema urn:QDA-XML:codebook:1.0, in our own words.
GRAMMAR = etree.RelaxNG(
    etree.fromstring("""
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:QDA-XML:codebook:1.0"
    datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start><element name="CodeBook">
    <optional><attribute name="origin" ns=""/></optional>
    <element name="Codes"><oneOrMore><ref name="code"/></oneOrMore></element>
    <optional><element name="Sets"><oneOrMore><ref name="set"/></oneOrMore></element></optional>
  </element></start>
  <define name="code"><element name="Code">
    <ref name="guid"/>
    <attribute name="name" ns=""/>
    <attribute name="isCodable" ns=""><data type="boolean"/></attribute>
    <optional><attribute name="color" ns=""/></optional>
    <optional><element name="Description"><text/></element></optional>
    <zeroOrMore><ref name="code"/></zeroOrMore>
  </element></define>
  <define name="set"><element name="Set">
    <ref name="guid"/>
    <attribute name="name" ns=""/>
    <optional><element name="Description"><text/></element></optional>
    <zeroOrMore><element name="MemberCode"><ref name="guid"/></element></zeroOrMore>
  </element></define>
  <define name="guid"><attribute name="guid" ns=""><data type="token">
    <param name="pattern">[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}</param>
  </data></attribute></define>
</grammar>""")
)

TREE = Codebook(
    "reasons",
    'Reasons <1> & "2"',
    (
        Code("L1", "In-fighting & spies", definition="Left because …\n\n  indented", note="a\n\nb"),
        Code("J1", "War"),
        Code("L1.1", "Spies", parent="L1", dimension="leaving"),
    ),
)

FOREIGN = """<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Another program">
  <Codes>
    <Code guid="{AAAAAAAA-0000-4000-8000-000000000001}" name="Leaving" isCodable="false">
      <Code guid="AAAAAAAA-0000-4000-8000-000000000002" name="War" isCodable="true" color="#F00">
        <Description>Left because of the war.</Description>
        <NoteRef targetGUID="AAAAAAAA-0000-4000-8000-000000000009"/>
      </Code>
    </Code>
    <Code guid="1" name="War" isCodable="true"/>
  </Codes>
  <Sets>
    <Set guid="AAAAAAAA-0000-4000-8000-000000000003" name="Mine">
      <MemberCode guid="AAAAAAAA-0000-4000-8000-000000000002"/>
    </Set>
  </Sets>
</CodeBook>"""


def test_what_is_written_follows_the_schema():
    GRAMMAR.assertValid(etree.fromstring(write_codebook(TREE, "qdc")))


def test_codes_nest_as_they_narrow_each_other():
    root = etree.fromstring(write_codebook(TREE, "qdc"))
    names = root.xpath("//*[local-name()='Code']/*[local-name()='Code']/@name")
    assert names == ["Spies"]


def test_facts_without_a_place_are_readable_below_the_description():
    text = write_codebook(TREE, "qdc").decode()
    assert "[Exeunt]\nKey: L1.1\nDimension: leaving</Description>" in text


def test_guids_hang_on_the_codebook_and_the_key_and_not_on_the_label():
    first, renamed, other = (
        read_codebook(write_codebook(book, "qdc")).codebook.codes[0].guid
        for book in (
            Codebook("a", "A", (Code("L1", "x"),)),
            Codebook("a", "A", (Code("L1", "y"),)),
            Codebook("b", "B", (Code("L1", "x"),)),
        )
    )
    assert first == renamed != other


def test_a_foreign_codebook_keeps_its_tree_and_guids():
    codebook = read_codebook(FOREIGN.encode(), file="Our codes.qdc").codebook
    assert (codebook.slug, codebook.title) == ("our-codes", "Our codes")
    # “War” stands twice, so the second gets a key of its own; the braces go; “1” is no GUID.
    assert [(c.key, c.label, c.parent, c.guid[-1:]) for c in codebook] == [
        ("leaving", "Leaving", None, "1"),
        ("war", "War", "leaving", "2"),
        ("war-2", "War", None, ""),
    ]
    assert codebook.codes[1].definition == "Left because of the war."


def test_what_has_no_place_is_reported():
    assert read_codebook(FOREIGN.encode(), file="b.qdc").dropped == (
        "3 codes had no key; their keys were made from their names.",
        "The set “Mine” of 1 codes was left behind: a codebook has no sets here.",
        "The colours of 1 codes were left behind.",
        "1 codes were only headings (not codable); here any code can be used.",
        "1 codes had no valid GUID; they get one when the codebook is exported.",
        "1 elements “NoteRef” were left behind: a codebook has no place for them.",
    )


@pytest.mark.parametrize("namespace", ["urn:QDA-XML:codebook:1:0", ""])
def test_other_spellings_of_the_namespace_are_read(namespace):
    data = FOREIGN.replace("urn:QDA-XML:codebook:1.0", namespace).encode()
    assert len(read_codebook(data, file="b.qdc").codebook.codes) == 3


def test_a_block_that_another_program_changed_is_kept_as_text():
    data = FOREIGN.replace("of the war.", "of the war.\n\n[Exeunt]\nwhatever this is").encode()
    assert "whatever" in read_codebook(data, file="b.qdc").codebook.codes[1].definition


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><CodeBook>&b;</CodeBook>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><CodeBook>&a;</CodeBook>'
DEEP = "<CodeBook><Codes>" + '<Code name="x">' * 100_000


@pytest.mark.parametrize(
    ("data", "row", "says"),
    [
        (BOMB, 1, "document type"),
        (OUTSIDE, 1, "document type"),
        ("<!DOCTYPE CodeBook><CodeBook/>", 1, "document type"),
        (DEEP, 1, "nested more than 50"),
        ('<Project xmlns="urn:QDA-XML:project:1.0"/>', 1, "“Project” and no codebook"),
        ("<CodeBook><Codes>\n</CodeBook>", 2, "damaged"),
        ("", 1, "damaged"),
        ('<?xml version="1.0" encoding="no-such"?><CodeBook/>', None, "damaged"),
        ("<CodeBook/>", None, "no codes"),
        ('<CodeBook><Codes>\n<Code name=""/></Codes></CodeBook>', 2, "needs a key and a label"),
        ("x" * 5_000_001, None, "Split it"),
    ],
    ids=[
        "bomb",
        "outside entity",
        "document type",
        "deep",
        "project",
        "broken",
        "nothing",
        "encoding",
        "no codes",
        "no name",
        "large",
    ],
)
def test_what_is_no_codebook_is_refused_with_its_line(data, row, says):
    with pytest.raises(BadInput) as refused:
        read_codebook(data.encode(), file="b.qdc")
    assert [p.row for p in refused.value.problems if says in p.says] == [row]


def test_a_guid_that_stands_twice_is_refused():
    data = FOREIGN.replace('guid="1"', 'guid="aaaaaaaa-0000-4000-8000-000000000002"').encode()
    with pytest.raises(BadInput, match="row 10: war-2 has the GUID of another code"):
        read_codebook(data, file="b.qdc")
