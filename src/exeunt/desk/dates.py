"""Partly known dates in the reader's own words."""

import re
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

_ONE = re.compile(r"(?P<year>[0-9]{4})(-(?P<month>0[1-9]|1[0-2]))?(-(?P<day>[0-9]{2}))?")
_OPEN = ".."


def in_words(text: str) -> str:
    """Say an EDTF date in words where that is simple; otherwise leave it as it was written.

    >>> in_words("2014-06~"), in_words("2014/2016"), in_words("")
    ('about June 2014', '2014 to 2016', '')
    """
    if "/" in text:
        first, last = (_OPEN if part == _OPEN else _one(part) for part in text.split("/", 1))
        if _OPEN in {first, ""}:
            return _("until %(date)s") % {"date": last}
        if _OPEN in {last, ""}:
            return _("from %(date)s on") % {"date": first}
        return _("%(first)s to %(last)s") % {"first": first, "last": last}
    return _one(text)


def _one(text: str) -> str:
    body, doubt = (text[:-1], text[-1]) if text[-1:] in {"~", "?", "%"} else (text, "")
    said = _plain(body)
    if doubt == "~":
        return _("about %(date)s") % {"date": said}
    if doubt == "?":
        return _("%(date)s, doubtful") % {"date": said}
    return _("about %(date)s, doubtful") % {"date": said} if doubt else said


def _plain(body: str) -> str:
    found = _ONE.fullmatch(body)
    if found is None or found["month"] is None:
        return body
    day = date(int(found["year"]), int(found["month"]), int(found["day"] or 1))
    return formats.date_format(day, "j F Y" if found["day"] else "F Y")
