"""May this material be kept at all?"""

from exeunt.errors import NotYet, Refusal
from exeunt.stages.sources.states import Provenance
from exeunt.studies.rules import ProtocolFacts, check_protocol_complete


def provenance_from(words: str) -> Provenance:
    """Read where material comes from; say what the choices are where it cannot be told."""
    cleaned = " ".join(words.replace("-", " ").replace("_", " ").casefold().split())
    try:
        return Provenance(cleaned)
    except ValueError:
        given = f"“{words}” is neither" if cleaned else "It is not said where this comes from"
        raise Refusal(
            f"{given}: mark each account “invented” or “public record”, in a column "
            "“provenance” or with --provenance. Nothing else is taken in until the vault exists."
        ) from None


def check_may_keep(provenance: Provenance, protocol: ProtocolFacts | None) -> None:
    """Refuse entrusted material without a vault, and real material without a protocol."""
    if provenance is Provenance.ENTRUSTED:
        raise NotYet(
            "Entrusted accounts cannot be taken in yet: they must be sealed in the vault, and "
            "this version of Exeunt has none. Keep the file where it is safe until then."
        )
    if provenance is Provenance.PUBLIC_RECORD:
        check_protocol_complete(protocol)
