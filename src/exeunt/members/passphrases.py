"""What a passphrase must be."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from exeunt.errors import BadInput, Problem, Sentence
from exeunt.members.models import Member

SHORTEST, LONGEST = 12, 256
# What Django's validators find, in our words.
SENTENCES = {
    "password_too_short": Sentence(
        "A passphrase has at least 12 characters; several words are best."
    ),
    "password_too_common": Sentence(
        "This passphrase is on lists that attackers try first; choose another."
    ),
    "password_too_similar": Sentence("This passphrase is too much like your name; choose another."),
    "password_too_long": Sentence("A passphrase has at most 256 characters."),
}
UNFIT = "This passphrase cannot be used; choose another."


def check_passphrase(passphrase: str, *, of: Member) -> None:
    """Refuse a passphrase that is easily guessed, and say why."""
    if len(passphrase) > LONGEST:
        raise BadInput(Problem(SENTENCES["password_too_long"], column="passphrase"))
    try:
        validate_password(passphrase, of)
    except ValidationError as unfit:
        raise BadInput(
            *(
                Problem(SENTENCES.get(str(fault.code), UNFIT), column="passphrase")
                for fault in unfit.error_list
            )
        ) from None
