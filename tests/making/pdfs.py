"""PDFs for the tests: set by Typst with the report's own fonts, or written by hand."""

import io
from functools import cache

import pikepdf
import typst

from exeunt.stages.findings.formats.drawn import FONTS

PAGE = (
    '#set page(width: 15cm, height: 20cm, margin: 2cm)\n#set text(font: "Vazirmatn", size: 12pt)\n'
)


@cache
def typeset(markup: str, *, head: str = "") -> bytes:
    """Set a document on small pages; Arabic is shaped and laid from the right as in print."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    return typst.compile((PAGE + head + markup).encode(), font_paths=fonts, format="pdf")


def arabic(text: str, *, head: str = "") -> bytes:
    """Set Arabic paragraphs."""
    return typeset(f'#set text(lang: "ar", dir: rtl)\n{text}', head=head)


def drawn(content: str, *, pages: int = 1) -> bytes:
    """Write pages by hand: the operators of their content, with Helvetica as /F."""
    made = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for _ in range(pages):
        page = made.add_blank_page(page_size=(400, 400))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.Contents = made.make_stream(content.encode("latin-1"))
    return saved(made)


def at(x: float, y: float, text: str, *, size: int = 10) -> str:
    """Write a line of Helvetica at a place."""
    return f"BT /F {size} Tf {x} {y} Td ({text}) Tj ET\n"


def picture(data: bytes | None = None) -> bytes:
    """Write a page that holds a picture and no text, or put the picture beneath a page's text."""
    made = pikepdf.open(io.BytesIO(data)) if data else pikepdf.new()
    if not data:
        made.add_blank_page(page_size=(400, 400))
    image = made.make_stream(b"\x00" * 100)
    image.update(
        {
            "/Type": pikepdf.Name.XObject,
            "/Subtype": pikepdf.Name.Image,
            "/Width": 10,
            "/Height": 10,
            "/ColorSpace": pikepdf.Name.DeviceGray,
            "/BitsPerComponent": 8,
        }
    )
    page = made.pages[0]
    if "/Resources" not in page:
        page.Resources = pikepdf.Dictionary()
    page.Resources.XObject = pikepdf.Dictionary(I=image)
    page.contents_add(b"q 300 0 0 300 0 0 cm /I Do Q", prepend=True)
    return saved(made)


def saved(made: pikepdf.Pdf, **how: object) -> bytes:
    """Save a document."""
    out = io.BytesIO()
    made.save(out, static_id=True, **how)
    return out.getvalue()


def changed(data: bytes) -> pikepdf.Pdf:
    """Open a document to change it."""
    return pikepdf.open(io.BytesIO(data))
