"""What of another program's project may enter a study, and as what."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping

from exeunt.errors import Refusal
from exeunt.methods.codebooks import Code, Codebook, Level, Scale
from exeunt.methods.projects import Judgement, Memo
from exeunt.stages.coding.rules.prose import LONGEST_PROSE, clean_prose
from exeunt.stages.coding.states import Gap
from exeunt.stages.sources.intake.cells import clean_label

LONGEST_LABEL = 80
NOBODY = ""
EVERYBODY = "*"
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]+")
_FORMULA = re.compile("[=+\\-@\uff1d\uff0b\uff0d\uff20]+")

Said = tuple[int | None, str]


def said_by(judgement: Judgement, scale: Scale) -> Said:
    """Return the value or the gap of a judgement; “given” is what a plain scale says of it."""
    if judgement.gap:
        if judgement.gap not in set(Gap):
            raise Refusal("“{gap}” is no way of giving no value.", gap=judgement.gap[:80])
        return None, judgement.gap
    value = judgement.value
    if value is None and scale.level is Level.BINARY and 1 in scale.values:
        return 1, ""
    if value is None:
        raise Refusal(
            "A code is given without a value, and this codebook is graded; take the project in "
            "with a codebook of its own."
        )
    if value not in scale.values:
        known = ", ".join(map(str, scale.values))
        raise Refusal("The value {value} is outside the scale: {known}.", value=value, known=known)
    return value, ""


def label_of_text(name: str, number: int) -> str:
    """Make an account's label of the name of a text; one that is empty is counted.

    >>> label_of_text("  Interview 3 ", 7), label_of_text("", 7)
    ('Interview 3', 'text 7')
    """
    bare = _HIDDEN.sub(" ", name).strip()
    label = clean_label(_FORMULA.sub("", " ".join(bare.split()), count=1) if _opens(bare) else bare)
    return " ".join(label.split())[:LONGEST_LABEL].strip() or f"text {number}"


def _opens(name: str) -> bool:
    return _FORMULA.match(name) is not None


def codebook_name(slug: str) -> str:
    """Make a codebook's id that can be typed.

    >>> codebook_name("leaving (final)"), codebook_name("رحيل")
    ('leaving-final', 'project')
    """
    bare = _NOT_IN_A_NAME.sub("-", slug).strip("-._")
    return bare[:60].strip("-._") or "project"


def matching_codes(theirs: Codebook, ours: Codebook, guids: Mapping[str, str]) -> dict[str, str]:
    """Find each code of a project among ours: by GUID, else by key, else by label.

    ``guids`` are our keys by GUID. Raises Refusal with the codes that are not there.
    """
    keys = {code.key for code in ours}
    labels: dict[str, str] = {}
    for code in ours:
        labels.setdefault(code.label.casefold(), code.key)
    found = {code.key: _found(code, guids, keys, labels=labels) for code in theirs}
    lacking = [code.label for code in theirs if found[code.key] is None]
    if lacking:
        raise Refusal(
            "“{codebook}” has no codes “{codes}”; add them to it, or take the project in with a "
            "codebook of its own.",
            codebook=ours.slug,
            codes="”, “".join(lacking[:10]),
        )
    return {key: code for key, code in found.items() if code is not None}


def _found(
    code: Code, guids: Mapping[str, str], keys: Collection[str], *, labels: Mapping[str, str]
) -> str | None:
    by_guid = guids.get(code.guid.casefold()) if code.guid else None
    by_key = code.key if code.key in keys else None
    return by_guid or by_key or labels.get(code.label.casefold())


def person_meant(name: str, said: Mapping[str, str], members: Collection[str]) -> str | None:
    """Return the member that somebody of a project is: as was said, else of the same name.

    ``said`` holds members by the names in the project; ``*`` stands for everybody else.
    """
    folded = {_folded(one): one for one in members}
    told = {_folded(known): member for known, member in said.items()}
    if (meant := told.get(_folded(name))) is not None:
        return folded.get(_folded(meant))
    if name != NOBODY and _folded(name) in folded:
        return folded[_folded(name)]
    return folded.get(_folded(said[EVERYBODY])) if EVERYBODY in said else None


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def words_of(memo: Memo) -> Iterator[str]:
    """Return what a memo says, its name first; one that is long comes as several."""
    named = memo.name.strip()
    text = f"{named}\n{memo.text}" if named and named not in memo.text else memo.text
    while text.strip():
        cut = text.rfind("\n", 1, LONGEST_PROSE) if len(text) > LONGEST_PROSE else len(text)
        cut = cut if cut > 0 else LONGEST_PROSE
        if words := clean_prose(text[:cut], "A memo"):
            yield words
        text = text[cut:]
