"""How numbers are said: always with what they were counted from."""

import math

from exeunt.methods.agreement import Agreement
from exeunt.methods.proportions import Reading, Share
from exeunt.stages.findings.formats.document import Provenance
from exeunt.stages.findings.formats.facts import Facts

NONE = "–"
RANGE = "–"


def percent(value: float | None) -> str:
    """Say a share as whole percent, or a dash where there was nothing to share."""
    return NONE if value is None else f"{100 * value:.0f} %"


def counted(share: Share) -> str:
    """Say a share by its two numbers."""
    return f"{share.numerator}/{share.denominator}"


def interval(share: Share) -> str:
    """Say the interval of a share in whole percent."""
    if share.low is None or share.high is None:
        return NONE
    return f"{100 * share.low:.0f}{RANGE}{100 * share.high:.0f} %"


def likely(share: Share) -> str:
    """Say a share and its interval, where its two numbers have just been said."""
    if share.low is None or share.high is None:
        return "nothing to count"
    return (
        f"{percent(share.value)}, likely between {100 * share.low:.0f} and {100 * share.high:.0f} %"
    )


def sentence(share: Share) -> str:
    """Say a share with its two numbers and its interval."""
    return f"{counted(share)}: {likely(share)}"


def decimal(value: float | None, places: int = 2) -> str:
    """Say a coefficient as methodologists print it, without the nought before its point."""
    if value is None:
        return NONE
    said = f"{value:.{places}f}"
    return said.replace("0.", ".", 1) if said.lstrip("-").startswith("0.") else said


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
    return f"{decimal(agreement.alpha, 3)} [{decimal(found.low)}{RANGE}{decimal(found.high)}]"


def way_in_words(way: str) -> str:
    """Say whose reading is counted."""
    said = {Reading.BY_ALL.value: "all readers agree", Reading.BY_ANY.value: "any reader saw it"}
    return said.get(way, way)


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


def capital(text: str) -> str:
    """Begin a sentence."""
    return text[:1].upper() + text[1:]


def provenance(facts: Facts, figure_id: str, counting: str, *, detail: str = "") -> Provenance:
    """Write the line by which a figure can be made again."""
    query = f"study={facts.body.study}; figure={figure_id}; {facts.question}"
    periods = facts.readings.attributes.get("period")
    window = ", ".join(sorted(set(periods.tolist()))) if periods is not None else "as coded"
    return Provenance(
        figure_id=figure_id,
        query=f"{query}; {detail}" if detail else query,
        window=window,
        codebook=facts.body.codebook,
        blanks=facts.question.blanks.wording,
        software=facts.body.software,
        data_hash=facts.readings.data_hash,
        counted=counting,
    )
