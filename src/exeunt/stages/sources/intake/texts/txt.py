"""Plain text: a line is a paragraph."""

from collections.abc import Iterator, Mapping

from exeunt.sandbox.readers import Handed
from exeunt.sandbox.wire import Plain
from exeunt.stages.sources.intake.documents import Document, document_handed
from exeunt.stages.sources.intake.texts.decoding import decoding_of, encoding_asked, text_lines
from exeunt.stages.sources.intake.texts.draft import Gathering, Paragraph, TextDraft, draft_told
from exeunt.stages.sources.intake.texts.turns import with_turns


def told(handed: Handed, options: Mapping[str, Plain]) -> Iterator[Plain]:
    """Tell the text to the parent: what a child is started for."""
    draft = read(document_handed(handed), encoding=encoding_asked(options))
    return draft_told(with_turns(draft, options))


def read(document: Document, *, encoding: str = "") -> TextDraft:
    """Read plain text in UTF-8, UTF-16 with its byte order mark, or what its bytes look like."""
    gathering = Gathering(document.name)
    decoding = decoding_of(document, encoding)
    for line in text_lines(document, decoding):
        gathering.add(Paragraph(line))
    while gathering.paragraphs and not gathering.paragraphs[-1].text.strip():
        gathering.paragraphs.pop()
    return gathering.draft()._replace(unsure=decoding.unsure)
