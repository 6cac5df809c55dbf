"""A report as a Word file, for those who must edit or annotate it."""

import io
import zipfile
from collections.abc import Iterable

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from exeunt.stages.findings.formats.document import (
    Align,
    Block,
    Bullets,
    Figure,
    Note,
    Page,
    Paragraph,
    Quotation,
    Report,
    Table,
)

SANS = "Vazirmatn"
SERIF = "Libertinus Serif"
ARABIC_SERIF = "Amiri"
ARABIC_HALF_POINTS = "26"
INK = RGBColor(0x1C, 0x27, 0x30)
QUIET = RGBColor(0x5D, 0x68, 0x72)
DEEP = RGBColor(0x2B, 0x5B, 0x76)
TEXT_WIDTH = Mm(166)
EMU_A_PIXEL = 9525
EARLIEST_ZIP_YEAR = 1980


def word(report: Report) -> bytes:
    """Set a report as a .docx; the same report gives the same bytes."""
    document = Document()
    _page(document)
    _styles(document, report.language)
    _properties(document, report)
    _running(document, report)
    _cover(document, report)
    for at, page in enumerate(report.pages):
        _one_idea(document, page, report, starts_page=at > 0)
    if report.about:
        _about(document, report)
    out = io.BytesIO()
    document.save(out)
    return _steady(out.getvalue(), report)


def _page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(27), Mm(25)


def _styles(document: WordDocument, language: str) -> None:
    normal = document.styles["Normal"]
    for name, size, color, bold in (
        ("Normal", 10, INK, False),
        ("Title", 27, INK, True),
        ("Subtitle", 12.5, QUIET, False),
        ("Heading 1", 10, DEEP, True),
        ("Heading 2", 10, INK, True),
        ("Caption", 8, QUIET, False),
        ("List Bullet", 10, INK, False),
    ):
        style = document.styles[name]
        if isinstance(style, ParagraphStyle):
            _style(style, size=size, color=color)
            style.font.bold, style.font.italic = bold, False
    _remove_rule(document.styles["Title"])
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), language)
    normal.element.get_or_add_rPr().append(tag)


def _style(style: ParagraphStyle, *, size: float, color: RGBColor) -> None:
    style.font.name, style.font.size, style.font.color.rgb = SANS, Pt(size), color
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), SANS)
    style.paragraph_format.line_spacing = 1.15


def _remove_rule(style: ParagraphStyle) -> None:
    for rule in style.element.xpath("./w:pPr/w:pBdr"):
        rule.getparent().remove(rule)


def _properties(document: WordDocument, report: Report) -> None:
    properties = document.core_properties
    properties.title, properties.subject = report.title, report.subtitle
    properties.language = report.language
    properties.author = properties.last_modified_by = "Exeunt"
    properties.comments = report.words.invented if report.invented else ""
    properties.created = properties.modified = report.made_at()


def _running(document: WordDocument, report: Report) -> None:
    section = document.sections[0]
    top = section.header.paragraphs[0]
    if report.invented:
        top.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = top.add_run(report.words.invented)
        run.bold, run.font.size = True, Pt(8)
        frame = OxmlElement("w:bdr")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "2"), ("color", "1C2730")):
            frame.set(qn(f"w:{name}"), value)
        run._r.get_or_add_rPr().append(frame)
    foot = section.footer.paragraphs[0]
    _quiet(
        foot.add_run(
            f"{report.title}. {report.words.made} {report.made_shown()}. {report.words.page} "
        )
    )
    _page_number(foot)


def _page_number(paragraph: WordParagraph) -> None:
    run = paragraph.add_run()
    _quiet(run)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text or None
        run._r.append(part)


def _cover(document: WordDocument, report: Report) -> None:
    document.add_paragraph(report.title, style="Title")
    if report.subtitle:
        document.add_paragraph(report.subtitle, style="Subtitle")
    if report.invented:
        _quiet(document.add_paragraph().add_run(report.words.invented_says))


def _one_idea(document: WordDocument, page: Page, report: Report, *, starts_page: bool) -> None:
    heading = document.add_paragraph(page.title, style="Heading 1")
    heading.paragraph_format.page_break_before = starts_page
    lead = document.add_paragraph()
    lead.paragraph_format.space_after = Pt(14)
    run = lead.add_run(page.lead)
    run.font.size = Pt(16)
    for block in page.blocks:
        _block(document, block, report)


def _block(document: WordDocument, block: Block, report: Report) -> None:
    match block:
        case Paragraph():
            document.add_paragraph(block.text)
        case Bullets():
            for item in block.items:
                document.add_paragraph(item, style="List Bullet")
        case Note():
            _frame(document.add_paragraph(block.text))
        case Quotation():
            _quotation(document, block)
        case Table():
            _table(document, block)
        case Figure():
            _figure(document, block, report)


def _quotation(document: WordDocument, quotation: Quotation) -> None:
    is_rtl = quotation.direction == "rtl"
    words = document.add_paragraph()
    words.paragraph_format.left_indent = words.paragraph_format.right_indent = Mm(6)
    words.paragraph_format.keep_with_next = True
    if is_rtl:
        _write_from_the_right(words)
    for part in quotation.runs():
        run = words.add_run(part.text)
        run.font.size, run.font.small_caps = Pt(11.5), part.is_mask and not is_rtl
        _voice(run, quotation)
    whose = " · ".join(part for part in (quotation.whose, quotation.mark) if part)
    if whose:
        said = document.add_paragraph()
        said.paragraph_format.left_indent = said.paragraph_format.right_indent = Mm(6)
        said.alignment = WD_ALIGN_PARAGRAPH.RIGHT if is_rtl else WD_ALIGN_PARAGRAPH.LEFT
        _quiet(said.add_run(whose))


def _write_from_the_right(paragraph: WordParagraph) -> None:
    """Mark a paragraph as right to left, where the schema's order wants the mark."""
    later = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr")
    paragraph._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *later)


def _voice(run: WordRun, quotation: Quotation) -> None:
    """Set a narrator's words in serif, in their own language and direction."""
    run.font.name = SERIF
    properties = run._r.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:cs"), ARABIC_SERIF)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), quotation.language)
    if quotation.direction == "rtl":
        size = OxmlElement("w:szCs")
        size.set(qn("w:val"), ARABIC_HALF_POINTS)
        properties.find(qn("w:sz")).addnext(size)
        run.font.rtl = True
        language.set(qn("w:bidi"), quotation.language)
    properties.append(language)


def _figure(document: WordDocument, figure: Figure, report: Report) -> None:
    title = f"{report.words.figure} {report.number_of(figure.id)}. {figure.title}"
    document.add_paragraph(title, style="Heading 2")
    width = min(int(figure.chart.pixels()[0] * EMU_A_PIXEL), TEXT_WIDTH)
    shape = document.add_picture(io.BytesIO(figure.chart.png()), width=Emu(width))
    shape._inline.docPr.set("descr", figure.alt)
    shape._inline.docPr.set("name", title)
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    _table(document, figure.table)
    if figure.note:
        document.add_paragraph(figure.note)
    origin = document.add_paragraph()
    _quiet(origin.add_run(f"{report.words.reproduce}. ")).bold = True
    lines = figure.provenance.lines(report.words)
    _quiet(origin.add_run(" · ".join(f"{label}: {value}" for label, value in lines)))


def _table(document: WordDocument, table: Table) -> None:
    if table.caption:
        caption = document.add_paragraph(table.caption, style="Caption")
        caption.paragraph_format.keep_with_next = True
    drawn = document.add_table(rows=0, cols=len(table.columns))
    drawn.autofit = True
    for at, cells in enumerate(((column.heading for column in table.columns), *table.rows)):
        row = drawn.add_row()
        _fill(row, cells, table)
        if at == 0:
            _mark_as_heading(row)
        _rule(row.cells, heavy=at in (0, len(table.rows)))
    if table.note:
        _quiet(document.add_paragraph().add_run(table.note))
    else:
        document.add_paragraph().paragraph_format.space_after = Pt(0)


def _fill(row: _Row, texts: Iterable[str], table: Table) -> None:
    for cell, text, column in zip(row.cells, texts, table.columns, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.add_run(text).font.size = Pt(8.5)
        if column.align is Align.END:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _mark_as_heading(row: _Row) -> None:
    """Mark a row as the one that names the columns, repeated on every page it runs over."""
    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", "w:tblHeader"):
        properties.append(OxmlElement(name))
    for cell in row.cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True


def _rule(cells: Iterable[_Cell], *, heavy: bool) -> None:
    for cell in cells:
        borders = OxmlElement("w:tcBorders")
        line = OxmlElement("w:bottom")
        line.set(qn("w:val"), "single")
        line.set(qn("w:sz"), "8" if heavy else "4")
        line.set(qn("w:color"), "1C2730" if heavy else "D8DDE0")
        borders.append(line)
        cell._tc.get_or_add_tcPr().append(borders)


def _frame(paragraph: WordParagraph) -> None:
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "6"), ("color", "D8DDE0")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)


def _about(document: WordDocument, report: Report) -> None:
    heading = document.add_paragraph(report.words.about, style="Heading 1")
    heading.paragraph_format.page_break_before = True
    for label, value in report.about:
        line = document.add_paragraph()
        _quiet(line.add_run(f"{label}: "))
        line.add_run(value)


def _quiet(run: WordRun) -> WordRun:
    run.font.size, run.font.color.rgb = Pt(8), QUIET
    return run


def _steady(made: bytes, report: Report) -> bytes:
    """Write the parts again under the report's own date, as the clock would change the bytes."""
    moment = report.made_at()
    when = (max(moment.year, EARLIEST_ZIP_YEAR), *moment.timetuple()[1:6])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as parts, zipfile.ZipFile(out, "w") as steady:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, date_time=when)
            entry.compress_type = zipfile.ZIP_DEFLATED
            steady.writestr(entry, parts.read(name))
    return out.getvalue()
