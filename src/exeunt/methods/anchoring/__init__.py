"""A text was corrected, or is read by another program: where is every span now?

`moved` carries spans from one version of a text to the next; `quote_selector` and `find_quote`
name a span by its words; `to_utf16` and its kind count offsets as other programs do.
"""

from exeunt.methods.anchoring.moving import ALIKE, Fate, Moved, moved
from exeunt.methods.anchoring.offsets import from_utf8, from_utf16, to_utf8, to_utf16
from exeunt.methods.anchoring.quotes import Quote, find_quote, quote_selector

__all__ = [
    "ALIKE",
    "Fate",
    "Moved",
    "Quote",
    "find_quote",
    "from_utf8",
    "from_utf16",
    "moved",
    "quote_selector",
    "to_utf8",
    "to_utf16",
]
