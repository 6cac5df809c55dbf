"""PDF: the order of reading from where letters stand, and what is said of the rest."""

import pikepdf
import pytest

from exeunt.errors import BadInput
from exeunt.sandbox.apart import read_apart
from exeunt.stages.sources.intake.documents import document_of
from exeunt.stages.sources.intake.texts import read_text
from exeunt.stages.sources.intake.texts.pdf import reading
from exeunt.stages.sources.intake.texts.pdf.images import page_picture
from exeunt.stages.sources.intake.texts.pdf.logical import logical
from tests.making import pdfs

MIXED = (
    "تركت الجماعة في عام 2014 لأنهم كذبوا علينا، وقال لي أحدهم: لا تسأل عن المال. ثم رأيت "
    "السيارات (Toyota Hilux) وعددها 12 سيارة.",
    "كان الناس يقولون إن الطريق آمن، ولكن بعد 3.5 كيلومترات توقفنا. كلا، لا، الإسلام والله ﷺ.",
)
ENGLISH = (
    "I left in the spring of 2015, because of what I had seen. It was the final office, and the "
    "efficient officers told us.",
    "He said «لا إله» and walked to the village, which was called سرمدا in those days.",
)


def read(data, name="told.pdf"):
    return reading.read(document_of(data, name=name))


def texts(data):
    return tuple(paragraph.text for paragraph in read(data).paragraphs)


def says(draft):
    return " ".join((*draft.left_out, *draft.unsure))


def test_arabic_with_latin_names_and_numbers_is_read_in_order():
    found = texts(pdfs.arabic("\n\n".join(MIXED)))
    # The blessing is one letter in the file; its words are what it stands for.
    assert found == (MIXED[0], MIXED[1].replace("ﷺ", "صلى الله عليه وسلم"))


def test_english_with_arabic_words_and_ligatures_is_read_in_order():
    assert texts(pdfs.typeset("\n\n".join(ENGLISH))) == ENGLISH


def test_vowel_marks_stay_with_their_letters():
    told = "كَتَبَ الوَلَدُ رِسَالَةً"
    assert texts(pdfs.arabic(told)) == (told,)


def test_it_is_read_in_a_child_and_waits_for_a_person():
    draft = read_text(pdfs.typeset(ENGLISH[0]), name="told.pdf")
    assert (draft.text, "Compare" in draft.unsure[0]) == (ENGLISH[0], True)


@pytest.mark.parametrize(
    ("seen", "right_to_left", "read_as"),
    [
        # What is seen from left to right, as a list of glyphs.
        ("gnol 12 تلق", True, "قلت gnol 12"),
        ("a 3.5 b", False, "a 3.5 b"),
        ("ab هلا cd", False, "ab اله cd"),
        ("ab هلا 12 ملا cd", False, "ab الم 12 اله cd"),
        ("2014/05/12 يف", True, "في 2014/05/12"),
        (")تلق(", True, "(قلت)"),
        ("(تلق)", True, "(قلت)"),
    ],
)
def test_what_is_seen_is_put_into_the_order_of_reading(seen, right_to_left, read_as):
    assert logical(list(seen), right_to_left=right_to_left) == read_as


def test_lines_are_joined_and_gaps_and_indents_part_paragraphs():
    content = "".join(
        (
            pdfs.at(20, 300, "I had been there for two years when the letter came to"),
            pdfs.at(20, 288, "our house and it was read aloud."),
            pdfs.at(20, 250, "After a gap another paragraph begins and goes on to the end"),
            pdfs.at(20, 238, "of its line, as the others that stand around it all do in it"),
            pdfs.at(40, 226, "Indented is a third, which goes on to the end of the line"),
        )
    )
    found = texts(pdfs.drawn(content))
    assert [text.split()[0] for text in found] == ["I", "After", "Indented"]
    assert found[0].endswith("came to our house and it was read aloud.")


def test_columns_are_read_one_after_the_other():
    rows = [(300 - 12 * n, f"left column line {n} which is quite full") for n in range(6)]
    content = "".join(
        pdfs.at(20, y, text, size=8) + pdfs.at(210, y, text.replace("left", "right"), size=8)
        for y, text in rows
    )
    [text] = texts(pdfs.drawn(content))
    assert text.index("left column line 5") < text.index("right column line 0")


def test_a_table_is_read_line_by_line():
    content = "".join(
        pdfs.at(20, 300 - 14 * n, name) + pdfs.at(210, 300 - 14 * n, words)
        for n, (name, words) in enumerate([("Amina", "Why"), ("Boris", "So")] * 4)
    )
    assert " ".join(texts(pdfs.drawn(content))).startswith("Amina Why Boris So")


def test_a_word_divided_at_the_end_of_a_line_keeps_its_hyphen():
    content = pdfs.at(20, 300, "They told us that it was impos-") + pdfs.at(20, 288, "sible.")
    draft = read(pdfs.drawn(content))
    assert draft.text == "They told us that it was impos-sible."
    assert "1 words are divided" in says(draft)


def test_a_letter_printed_twice_to_look_bold_is_one():
    content = pdfs.at(20, 300, "bold") + pdfs.at(20.2, 300, "bold")
    assert texts(pdfs.drawn(content)) == ("bold",)


NUMBERED = '#set page(numbering: "1")\n'


@pytest.mark.parametrize(("pages", "kept"), [(2, True), (3, False)])
def test_numbers_of_pages_are_left_out_only_where_three_count_on(pages, kept):
    told = "#pagebreak()".join(["They lied to us and I left."] * pages)
    draft = read(pdfs.typeset(told, head=NUMBERED))
    assert ("1" in draft.text, "numbers of" in says(draft)) == (kept, not kept)


def test_a_paragraph_goes_on_over_the_end_of_a_page():
    line = "This line is so long that it fills the width of its page whole"
    first = pdfs.changed(pdfs.drawn(pdfs.at(20, 30, line) + pdfs.at(20, 42, line)))
    second = pdfs.changed(pdfs.drawn(pdfs.at(20, 380, "and ends here.")))
    first.pages.extend(second.pages)
    assert texts(pdfs.saved(first)) == (f"{line} {line} and ends here.",)


def test_upright_letters_are_read_after_the_others():
    upright = "BT /F 10 Tf 0 1 -1 0 380 100 Tm (aside) Tj ET\n"
    draft = read(pdfs.drawn(pdfs.at(20, 300, "Told.") + upright))
    assert draft.text == "Told.\naside"
    assert "5 letters stand upright" in says(draft)


def test_a_file_of_pictures_needs_its_letters_recognised():
    with pytest.raises(BadInput, match=r"OCR"):
        read(pdfs.picture())


def test_a_page_of_pictures_among_others_is_named():
    both = pdfs.changed(pdfs.drawn(pdfs.at(20, 300, "Told.")))
    both.pages.extend(pdfs.changed(pdfs.picture()).pages)
    assert "only pictures: 2." in says(read(pdfs.saved(both)))


def test_letters_that_a_program_recognised_are_said_to_be():
    unseen = "BT 3 Tr /F 10 Tf 20 300 Td (recognised) Tj ET"
    draft = read(pdfs.picture(pdfs.drawn(unseen)))
    assert draft.text == "recognised"
    assert "recognise" in says(draft)


def test_scripts_files_forms_and_notes_are_left_out_and_said():
    made = pdfs.changed(pdfs.drawn(pdfs.at(20, 300, "Told.")))
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    names = pikepdf.Array([pikepdf.String("a"), made.make_indirect(script)])
    made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=names))
    made.attachments["a.exe"] = b"MZ"
    notes = [
        made.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=kind, Rect=[0, 0, 9, 9])
        )
        for kind in (pikepdf.Name.Text, pikepdf.Name.Link, pikepdf.Name.Widget)
    ]
    made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([notes[2]]))
    made.pages[0].Annots = pikepdf.Array(notes)
    said = says(read(pdfs.saved(made)))
    assert "1 scripts; none was run" in said
    assert "1 embedded files" in said
    assert "1 comments, marks" in said
    assert "1 links" in said
    assert "1 fields" in said


def test_a_locked_document_is_refused_with_what_to_do():
    made = pdfs.changed(pdfs.drawn(pdfs.at(20, 300, "Told.")))
    locked = pdfs.saved(made, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(BadInput, match="locked by a password"):
        read(locked)


@pytest.mark.parametrize("damaged", [b"%PDF-1.7\n", b"%PDF-1.7\nxref\n0 9\ntrailer<</Root 1 0 R>>"])
def test_a_damaged_document_is_refused_with_what_to_do(damaged):
    with pytest.raises(BadInput, match="damaged or is no PDF"):
        read(damaged)


def test_a_page_that_is_its_own_child_ends():
    made = pdfs.changed(pdfs.drawn(pdfs.at(20, 300, "Told.")))
    made.Root.Pages.Kids.append(made.Root.Pages)
    made.Root.Pages.Count = 50
    assert read(pdfs.saved(made)).text.startswith("Told.")


def test_more_pages_than_any_testimony_has_are_refused(monkeypatch):
    monkeypatch.setattr("exeunt.stages.sources.intake.texts.pdf.opened.MOST_PAGES", 1)
    with pytest.raises(BadInput, match="2 pages, of at most 1"):
        read(pdfs.drawn(pdfs.at(20, 300, "Told."), pages=2))


def test_a_page_is_drawn_to_compare_the_text_with():
    data = pdfs.drawn(pdfs.at(20, 300, "Told."), pages=2)
    drawn = page_picture(document_of(data, name="told.pdf"), 1)
    told = read_apart("page.pdf", data, name="told.pdf", options={"page": 2})
    assert drawn.startswith(b"\x89PNG")
    assert told["pages"] == 2
    with pytest.raises(BadInput, match="there is no page 3"):
        read_apart("page.pdf", data, name="told.pdf", options={"page": 3})
