"""Documents as office programs write them, down to the parts that a test is about."""

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
NAMES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:a="{A}" xmlns:m="{MATHS}"'
ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODF_NAMES = " ".join(
    f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "text", "draw", "table", "style")
)
KINDS = {
    "word/footnotes.xml": "footnotes",
    "word/endnotes.xml": "endnotes",
    "word/comments.xml": "comments",
    "word/header1.xml": "header",
    "word/footer1.xml": "footer",
    "word/chunk.html": "aFChunk",
}


def packed(parts: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_STORED) -> bytes:
    """Put parts into a ZIP container."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return out.getvalue()


def relations(targets: Mapping[str, str]) -> str:
    """List what a part points to, each with its kind."""
    lines = "".join(
        f'<Relationship Id="r{n}" Type="{R}/{kind}" Target="{target}"/>'
        for n, (target, kind) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{PACKAGE}">{lines}</Relationships>'


def word(inside: str, *, root: str = "document") -> str:
    """Write one part of a Word document."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {NAMES}>{inside}</w:{root}>'


def docx(body: str, *, main: str = "word/document.xml", **more: str | bytes) -> bytes:
    """Write a Word document around the elements of its body; ``more`` names further parts."""
    parts = {name.replace("__", "/").replace("_dot_", "."): part for name, part in more.items()}
    folder, _, name = main.rpartition("/")
    there = {part.removeprefix("word/"): KINDS[part] for part in parts if part in KINDS}
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations({main: "officeDocument"}),
            main: word(f"<w:body>{body}</w:body>"),
            f"{folder}/_rels/{name}.rels": relations(there),
            **parts,
        }
    )


def p(*texts: str) -> str:
    """Write a Word paragraph of one run a text."""
    runs = "".join(f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts)
    return f"<w:p>{runs}</w:p>"


def odt(body: str, *, styles: str = "", manifest: str = "", **more: str | bytes) -> bytes:
    """Write an OpenDocument text around the elements of its body."""
    parts = {name.replace("__", "/").replace("_dot_", "."): part for name, part in more.items()}
    content = f"<office:body><office:text>{body}</office:text></office:body>"
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {ODF_NAMES}>{content}"
            "</office:document-content>",
            "styles.xml": f"<office:document-styles {ODF_NAMES}>{styles}</office:document-styles>",
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
            **parts,
        }
    )
