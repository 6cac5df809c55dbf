"""Do coders mark the same stretches of a text, and give them the same codes?

Krippendorff's family for unitized continua (`unitizing_of`: u, |u, cu and (k)u), the same for
each code by itself, which lets codes overlap (`unitizing_by_code`), and the coefficient that it
replaced (`older_alpha_u`). `by_units` and `by_characters` cut texts into units that are rated, for
alpha, kappa, AC1 and percent of `methods.agreement`.

What is read is a list of documents: how long each is, and for each coder who read it the spans
that they marked, ends exclusive, in whole numbers of any unit (code points, milliseconds). A coder
who read and marked nothing has an empty list; one who did not read is not there.
"""

from exeunt.methods.unitizing.by_code import ByCode, unitizing_by_code
from exeunt.methods.unitizing.coefficients import Coefficient
from exeunt.methods.unitizing.documents import Document, Marked, Value, marked_with
from exeunt.methods.unitizing.family import Unitizing, unitizing_of
from exeunt.methods.unitizing.older import OlderAlpha, OlderAlphas, older_alpha_u
from exeunt.methods.unitizing.rated import Rated, by_characters, by_units

__all__ = [
    "ByCode",
    "Coefficient",
    "Document",
    "Marked",
    "OlderAlpha",
    "OlderAlphas",
    "Rated",
    "Unitizing",
    "Value",
    "by_characters",
    "by_units",
    "marked_with",
    "older_alpha_u",
    "unitizing_by_code",
    "unitizing_of",
]
