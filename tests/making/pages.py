"""Pages as somebody at a browser has them before them."""

import lxml.html
from django.http import HttpResponse

UNSENT = {"file", "submit", "button"}


FORM = "//main//form[@method='post']"


def fields_of(answer: HttpResponse, *, form_at: str = FORM) -> dict[str, str]:
    """Return what the form in the middle of a page would send if it were sent as it stands."""
    page = lxml.html.document_fromstring(answer.content)
    (form,) = page.xpath(form_at)
    fields = (one for one in form.inputs if one.name and one.get("type") not in UNSENT)
    sent = {one.name: _value(one) for one in fields if not _unchecked(one)}
    return {name: value for name, value in sent.items() if name != "csrfmiddlewaretoken"}


def _unchecked(field: lxml.html.HtmlElement) -> bool:
    return field.get("type") in {"radio", "checkbox"} and not field.checked


def _value(field: lxml.html.HtmlElement) -> str:
    value = field.value or ""
    # Browsers leave out the line end that opens a textarea.
    value = value.removeprefix("\n") if field.tag == "textarea" else value
    return value.replace("\n", "\r\n")
