"""Tags that every template of the house may use without loading them."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext

from exeunt.desk import saying
from exeunt.desk.dates import in_words
from exeunt.errors import ExeuntError, Sentence, why_not
from exeunt.studies.roles import Act
from exeunt.studies.rules import check_may

register = template.Library()


@register.simple_tag(takes_context=True)
def here(context: Context, view: str, **where: Any) -> str:
    """Return the address of a page of the study that is open."""
    return reverse(view, kwargs={"study_ref": context["request"].study.ref, **where})


@register.simple_tag(takes_context=True)
def may(context: Context, act: str) -> bool:
    """Tell whether who asks may do something here; ``act`` is a name such as ADD_ACCOUNTS."""
    return _reason(context, act) is None


@register.inclusion_tag("shell/act_link.html", takes_context=True)
def act_link(
    context: Context, act: str, view: str, *, label: str, kind: str = "secondary", **where: Any
) -> dict[str, object]:
    """Draw a link to where something is done, or why it may not be done by who asks."""
    reason = _reason(context, act)
    url = here(context, view, **where) if reason is None else ""
    return {"url": url, "label": label, "reason": reason, "kind": kind}


@register.inclusion_tag("shell/act_button.html", takes_context=True)
def act_button(
    context: Context,
    act: str,
    label: str,
    *,
    kind: str = "primary",
    why: ExeuntError | None = None,
) -> dict[str, object]:
    """Draw the button that sends a form, or why it may not be sent.

    ``why`` is a refusal that the page has found out for itself.
    """
    return {"label": label, "reason": _reason(context, act) or why, "kind": kind}


@register.filter
def said(refusal: ExeuntError) -> str:
    """Say a refusal in the reader's language."""
    return saying.said(refusal)


@register.filter
def word(value: object) -> str:
    """Say a word of the house, such as a state, or a sentence of ours, in the reader's language."""
    if isinstance(value, Sentence):
        return saying.sentence_said(value)
    return gettext(str(value)) if value else ""


@register.filter
def number(count: int) -> str:
    """Write a count with its thousands apart, by a space that does not break."""
    return f"{count:,}".replace(",", "\u202f")


@register.filter
def edtf(text: str) -> str:
    """Say a partly known date in words."""
    return in_words(text) if text else ""


def _reason(context: Context, act: str) -> ExeuntError | None:
    roles = context["request"].roles
    return why_not(lambda: check_may(Act[act], roles))
