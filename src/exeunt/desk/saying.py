"""Saying a refusal in the reader's language."""

from django.utils.translation import gettext

from exeunt.errors import BadInput, ExeuntError, Listed


def said(refusal: ExeuntError) -> str:
    """Return a refusal's sentence, translated where there is a translation, its places filled."""
    if isinstance(refusal, BadInput) or not refusal.says:
        return str(refusal)
    sentence = gettext(refusal.says)
    return sentence.format(**_spoken(refusal)) if refusal.facts else sentence


def _spoken(refusal: ExeuntError) -> dict[str, object]:
    """Translate those facts that are words of ours, such as a role or an act."""
    return {name: _word(fact) for name, fact in refusal.facts.items()}


def _word(fact: object) -> object:
    if isinstance(fact, Listed):
        return gettext(fact.between).join(gettext(word) for word in fact)
    return gettext(fact) if isinstance(fact, str) and fact else fact
