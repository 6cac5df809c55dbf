"""A sound file for every reader of foreign bytes, with something of all that it knows."""

import csv
import io
from collections.abc import Mapping
from types import MappingProxyType

import openpyxl

from exeunt.methods.codebooks import Code, Codebook
from exeunt.stages.coding.formats import write_codebook
from tools.bomb_parts import OFFICE, PACKAGE, WORD, container, odt, workbook
from tools.fuzz_projects import exchanged, of_taguette

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
RUN = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>I left.</w:t><w:tab/><w:br/></w:r>"
BODY = f"""<w:p><w:pPr><w:numPr/><w:rPr><w:del/></w:rPr></w:pPr>{RUN}<w:ins>{RUN}</w:ins>
<w:del><w:r><w:delText>fled</w:delText></w:r></w:del></w:p>
<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p>{RUN}</w:p></w:txbxContent></mc:Choice>
<mc:Fallback><w:txbxContent><w:p>{RUN}</w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>
<w:r><w:footnoteReference w:id="2"/></w:r><w:hyperlink r:id="r9">{RUN}</w:hyperlink></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>تركت</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"""
NAMES = f'xmlns:w="{WORD}" xmlns:mc="{MC}" xmlns:r="{OFFICE}"'
NOTES = f'<w:footnotes {NAMES}><w:footnote w:id="2"><w:p>{RUN}</w:p></w:footnote></w:footnotes>'
ODF_BODY = """<text:h>Told</text:h><text:p>I <text:s text:c="3"/>left<text:tab/><text:line-break/>
<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>foot</text:p>
</text:note-body></text:note><text:span>تركت</text:span></text:p></office:text>"""
BOOK = Codebook(
    "reasons",
    "Reasons",
    (
        Code("L1", "In-fighting", definition="Left …", dimension="leaving", note="a"),
        Code("L1.1", "Spies", parent="L1", definition="بسبب"),
    ),
)


def _relations(targets: Mapping[str, str]) -> bytes:
    lines = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'.encode()


def _docx() -> bytes:
    main = f"<w:document {NAMES}><w:body>{BODY}</w:body></w:document>"
    return container(
        {
            "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
            "word/document.xml": main.encode(),
            "word/_rels/document.xml.rels": _relations(
                {"footnotes": "footnotes.xml", "header": "footnotes.xml"}
            ),
            "word/footnotes.xml": NOTES.encode(),
        }
    )


def _codebook_as_workbook() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in csv.reader(write_codebook(BOOK, "csv").decode("utf-8-sig").splitlines()):
        book.worksheets[0].append(row)
    book.save(out)
    return out.getvalue()


def _pdf() -> bytes:
    """Write two pages by hand, so that the wounds meet the operators and not packed bytes."""
    lines = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        b"2 0 obj<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>endobj",
        *(
            b"%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 5 0 R"
            b"/Resources<</Font<</F 6 0 R>>>>/Annots[<</Subtype/Text/Rect[0 0 9 9]>>]>>endobj" % n
            for n in (3, 4)
        ),
        b"5 0 obj<</Length %d>>stream\n%s\nendstream endobj" % (len(CONTENT), CONTENT),
        b"6 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 7 0 R>>endobj",
        b"7 0 obj<</Length %d>>stream\n%s\nendstream endobj" % (len(LETTERS), LETTERS),
    ]
    head = b"%PDF-1.7\n"
    places, place = [], len(head)
    for line in lines:
        places.append(b"%010d 00000 n \n" % place)
        place += len(line) + 1
    table = b"xref\n0 8\n0000000000 65535 f \n" + b"".join(places)
    end = b"trailer<</Size 8/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % place
    return head + b"\n".join(lines) + b"\n" + table + end


CONTENT = b"BT /F 10 Tf 20 150 Td (I left.) Tj 0 -12 Td (abc def) Tj 0 1 -1 0 90 90 Tm (up) Tj ET"
# a, b and c are Arabic letters.
LETTERS = (
    b"/CMapName/X def 1 begincodespacerange<00><ff>endcodespacerange "
    b"1 beginbfrange<61><63><062A>endbfrange endcmap"
)
SRT = """1
00:00:01,000 --> 00:00:02,500
AMINA: Why <i>did</i> you leave?

2
00:00:03,000 --> 00:00:05,000
- لأنهم كذبوا
- Who?
"""
VTT = """WEBVTT

NOTE by hand

a
00:01.000 --> 00:02.500 align:start
<v Amina>Why &amp; <c.x>when</c>?</v>
<v Boris>تركت
"""
MARKDOWN = """# Told *by* Amina

**I** left [here](http://a.b "t") ![p](q.png) `x` <b>y</b> <!-- z -->

> - تركت
1. two

| a | b |
|---|---|
```
code
```
AMINA: Why?
"""
PAGE = """<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>t</title><script>a()
</script></head><body><!-- c --><p hidden>x</p><p>I <b>left</b>.<br>تركت &amp; so</p><ul><li>a<li>b
</ul><table><tr><td>c</table><img src="http://a.b/c.png"><pre>d
 e</pre></body></html>"""
RICH = r"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset178 B;}}
{\info{\title T}}I left\'e9.\par{\f1\'ca\'d1\'df\'ca}\par\u1578?\u-10179?\u-8704?
{\footnote note\par}{\deleted gone}{\field{\*\fldinst{HYPERLINK "http://a.b"}}{\fldrslt link}}
{\pict 8950}{\*\shpinst{\shptxt box}}\trowd c\cell d\cell\row}"""
CSV = 'code;text\r\nL1;"a ""b""\nc"\r\nL2;تركت\r\n'
JSONL = '{"code": "L1", "text": "تركت"}\n{"code": -1.5e3}\n{"text": null, "code": true}\n'

# Reader -> the name under which it is read, and its bytes.
SAMPLES: Mapping[str, tuple[str, bytes]] = MappingProxyType(
    {
        "table.csv": ("a.csv", CSV.encode("utf-8-sig")),
        "table.jsonl": ("a.jsonl", JSONL.encode()),
        "table.xlsx": ("a.xlsx", workbook(strings=2, rows=3)),
        "codebook.csv": ("a.csv", write_codebook(BOOK, "csv")),
        "codebook.qdc": ("a.qdc", write_codebook(BOOK, "qdc")),
        "codebook.xlsx": ("a.xlsx", _codebook_as_workbook()),
        "codebook.yaml": ("a.yaml", write_codebook(BOOK, "yaml")),
        "pack.zip": ("a.zip", container({"a.txt": b"I left.", "b/.c": b"x", "d.zip": b"PK"})),
        "page.pdf": ("a.pdf", _pdf()),
        "project.qdpx": ("f.qdpx", exchanged()),
        "project.taguette": ("f.sqlite3", of_taguette()),
        "text.docx": ("a.docx", _docx()),
        "text.html": ("a.html", PAGE.encode()),
        "text.md": ("a.md", MARKDOWN.encode()),
        "text.odt": ("a.odt", odt(ODF_BODY.encode())),
        "text.pdf": ("a.pdf", _pdf()),
        "text.rtf": ("a.rtf", RICH.encode()),
        "text.srt": ("a.srt", SRT.encode()),
        "text.txt": ("a.txt", "I left.\r\nتركت\n".encode("utf-16")),
        "text.vtt": ("a.vtt", VTT.encode()),
    }
)
