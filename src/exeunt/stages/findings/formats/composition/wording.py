"""How numbers are said: always with what they were counted from."""

import hashlib
import math
import re
from collections import Counter

import numpy as np

from exeunt.methods.agreement import Agreement
from exeunt.methods.proportions import Reading, Share
from exeunt.methods.readings import Blanks
from exeunt.stages.findings.formats.document import Provenance
from exeunt.stages.findings.formats.facts import Facts

NONE = "–"
RANGE = "–"
MINUS = "−"
NBSP = "\u00a0"
ROUNDING = 1e-9
DAGGER = "†"


def percent(value: float | None) -> str:
    """Say a share as whole percent, halves upwards, or a dash where there was nothing to share."""
    return NONE if value is None else f"{whole_percent(value)}{NBSP}%"


def whole_percent(value: float) -> int:
    """Round a share to whole percent as people do on paper: 22.5 becomes 23."""
    return int(100 * value + 0.5 + ROUNDING)


def counted(share: Share) -> str:
    """Say a share by its two numbers."""
    return f"{share.numerator}/{share.denominator}"


def interval(share: Share) -> str:
    """Say the interval of a share in whole percent."""
    if share.low is None or share.high is None:
        return NONE
    return f"{whole_percent(share.low)}{RANGE}{whole_percent(share.high)}{NBSP}%"


def likely(share: Share) -> str:
    """Say a share and its interval, where its two numbers have just been said."""
    if share.value is None:
        return "nothing to count"
    return f"{percent(share.value)} (illustrative 95{NBSP}% interval {interval(share)})"


def sentence(share: Share) -> str:
    """Say a share with its two numbers and its interval."""
    return f"{counted(share)}: {likely(share)}"


def decimal(value: float | None, places: int = 2) -> str:
    """Say a coefficient as methodologists print it, without the nought before its point."""
    if value is None:
        return NONE
    said = f"{abs(value):.{places}f}"
    said = said.replace("0.", ".", 1) if said.startswith("0.") else said
    return f"{MINUS}{said}" if value < 0 and float(f"{value:.{places}f}") else said


def odds(value: float) -> str:
    """Say an odds ratio, which may have no end."""
    return "∞" if math.isinf(value) else f"{value:.2f}"


def alpha(agreement: Agreement) -> str:
    """Say alpha with its interval; three places, so that .798 is not read as .80."""
    found = agreement.interval
    if agreement.alpha is None:
        return NONE
    if found is None:
        return decimal(agreement.alpha, 3)
    link = ", " if found.low < 0 else RANGE
    return f"{decimal(agreement.alpha, 3)} [{decimal(found.low)}{link}{decimal(found.high)}]"


def named(facts: Facts, code: str, label: str) -> str:
    """Name a code, with a dagger where it may not be ranked, so that nobody compares it."""
    mark = "" if code in facts.ranked else f"{NBSP}{DAGGER}"
    return f"{code} {label}{mark}"


def dagger_note(facts: Facts) -> str:
    """Say what the dagger means; nothing where no code carries it."""
    if all(row.code in facts.ranked for row in facts.narratives):
        return ""
    return (
        f"{DAGGER} not ranked: alpha under .667, or fewer than {facts.body.fewest_units} "
        "accounts read by two."
    )


def way_in_words(way: str) -> str:
    """Say whose reading is counted."""
    said = {
        Reading.BY_ALL.value: "every reader saw it",
        Reading.BY_ANY.value: "any reader saw it",
        Reading.SETTLED.value: "it is agreed or settled",
    }
    return said.get(way, f"{way} saw it")


def counts_where(facts: Facts) -> str:
    """Say where a reason counts, naming the readers who all have to see it."""
    if facts.way == Reading.BY_ALL.value or len(facts.readings.readers) == 1:
        return f"{all_readers(facts)} saw it"
    return way_in_words(facts.way)


def all_readers(facts: Facts) -> str:
    """Name the readers whose agreement counts; where work was shared out, not all read all."""
    readers = len(facts.readings.readers)
    if facts.readings.due is not None:
        return "all who were to read it"
    return {1: "the reader", 2: "both readers"}.get(readers, f"all {readers} readers")


def base(facts: Facts) -> str:
    """Name what shares are counted among."""
    if facts.question.blanks is Blanks.MISSING:
        return "accounts with a stated reason"
    return "accounts; no stated reason counts as 0"


def base_sentence(facts: Facts, dimension: str) -> str:
    """Say in how many accounts there was anything to count."""
    every = len(facts.readings.accounts)
    if facts.way == Reading.SETTLED.value:
        places = facts.readings.columns_of(dimension)
        known = ~np.isnan(facts.readings.settled_values(facts.question.blanks)[:, places])
        stated = int(known.any(axis=1).sum())
        return f"In {stated} of {every} accounts something about {dimension} is agreed or settled."
    if facts.way == Reading.BY_ANY.value:
        stated = int((facts.readings.stated(dimension) == 1).any(axis=0).sum())
        return f"In {stated} of {every} accounts a reader found a reason for {dimension}."
    stated = int(facts.readings.stated_by_all(dimension).sum())
    return f"In {stated} of {every} accounts {all_readers(facts)} found a reason for {dimension}."


def readers_in_words(facts: Facts) -> str:
    """Say how many readers there were, and of which kind."""
    readers, machines = facts.readings.readers, sum(facts.readings.machines)
    if machines == 0:
        kind = "readers"
    elif machines == len(readers):
        kind = "machine readers"
    else:
        kind = f"readers ({machines} of them machines)"
    named = kind[:-1] if len(readers) == 1 and kind.endswith("s") else kind
    return f"{len(readers)} {named}"


def unbroken(words: str) -> str:
    """Keep a name on one line."""
    return words.replace("-", "\u2011")


def slug(words: str) -> str:
    """Make part of a figure's id of a name in any script."""
    plain = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
    return plain or f"x{hashlib.sha256(words.encode()).hexdigest()[:8]}"


def provenance(facts: Facts, figure_id: str, counting: str, *, detail: str = "") -> Provenance:
    """Write the line by which a figure can be made again."""
    query = f"study={facts.body.study}; figure={figure_id}; {facts.question}"
    return Provenance(
        figure_id=figure_id,
        query=f"{query}; {detail}" if detail else query,
        window=window(facts),
        codebook=facts.body.codebook,
        blanks=facts.question.blanks.wording,
        software=facts.body.software,
        data_hash=facts.readings.data_hash,
        counted=counting,
    )


def window(facts: Facts) -> str:
    """Say which accounts the numbers are of, by period and with their number."""
    periods = facts.readings.attributes.get("period")
    if periods is None:
        return f"{len(facts.readings.accounts)} as coded"
    counted_by = Counter(periods.tolist())
    return "by period: " + ", ".join(f"{name} ({counted_by[name]})" for name in sorted(counted_by))
