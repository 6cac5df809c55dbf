"""What a figure may claim."""

from collections.abc import Collection, Iterable

from exeunt.errors import AllOf, Refusal, Word
from exeunt.methods.agreement import Agreement, Standing

FEWEST_UNITS = 10
RANKED_FROM = frozenset({Standing.FIRM, Standing.TENTATIVE})
# An attribute with any of these in it is not known for everybody, and not at random.
NOT_KNOWN = frozenset({"unknown", "withheld", "undated", "undated or earlier", ""})


def may_be_ranked(agreement: Agreement) -> bool:
    """Tell whether a code may stand in an order or in a headline.

    Its alpha must be .667 or more, and rest on ten units at least: among a handful of
    accounts, agreement is luck.
    """
    return agreement.standing in RANKED_FROM and agreement.units >= FEWEST_UNITS


def is_known_for_all(values: Iterable[str]) -> bool:
    """Tell whether the values of an attribute say nothing against comparing over it."""
    return not any(value.casefold() in NOT_KNOWN for value in values)


def check_may_compare(attribute: str, value: str, values: Collection[str]) -> None:
    """Refuse odds ratios over an attribute that is not known for every account.

    Whoever calls has said that the attribute is complete and unwithheld; the data must
    not say otherwise.
    """
    gaps = sorted(known for known in set(values) if known.casefold() in NOT_KNOWN)
    if gaps:
        raise Refusal(
            "“{attribute}” is {gaps} for some accounts, so it is neither complete nor "
            "unwithheld, and a comparison could mislead. Compare over another attribute, or over a "
            "subset in which it is known for everybody.",
            attribute=Word(attribute),
            gaps=AllOf(gap or Word("empty") for gap in gaps),
        )
    if value not in values:
        raise Refusal(
            "No account has the {attribute} “{value}”. There are: {known}.",
            attribute=Word(attribute),
            value=value,
            known=", ".join(sorted(f"“{other}”" for other in set(values))),
        )
