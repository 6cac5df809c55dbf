"""A custodian's secret as ``age`` writes one, so that stock ``age`` opens a backup with it.

The same 32 bytes give the vault's key pair and the identity that backups are written to; the word
on paper carries a checksum (Bech32), so that a slip of the pen is found out.
"""

from dataclasses import dataclass, field

from pyrage import IdentityError, passphrase, x25519
from pyrage import decrypt as age_decrypt
from pyrage import encrypt as age_encrypt

from exeunt.vault.sealing.envelopes import derived


@dataclass(frozen=True)
class Paper:
    """A secret that can be written down, and the recipient that backups name."""

    word: str = field(repr=False)
    recipient: str

    @property
    def secret(self) -> bytes:
        """The 32 bytes from which the vault's keys are derived."""
        return derived(self.word.encode(), b"exeunt vault custodian 1")


def new_paper() -> Paper:
    """Draw a new secret."""
    identity = x25519.Identity.generate()
    return Paper(str(identity), str(identity.to_public()))


def paper_from(word: str) -> Paper:
    """Read a secret that somebody typed; raises ValueError where it is none."""
    cleaned = "".join(word.split()).upper()
    try:
        identity = x25519.Identity.from_str(cleaned)
    except IdentityError:
        raise ValueError("this is no secret of ours") from None
    return Paper(str(identity), str(identity.to_public()))


def identity_file(paper: Paper, *, under: str) -> bytes:
    """Return the secret as a file under a passphrase, which ``age --identity`` reads."""
    said = f"# recipient: {paper.recipient}\n{paper.word}\n"
    return bytes(passphrase.encrypt(said.encode(), under, armored=True))


def encrypt_to(recipients: list[str], content: bytes) -> bytes:
    """Encrypt small content to recipients, as ``age`` does."""
    return bytes(age_encrypt(content, [x25519.Recipient.from_str(one) for one in recipients]))


def decrypt_with(paper: Paper, content: bytes) -> bytes:
    """Open small content that was encrypted to this secret."""
    return bytes(age_decrypt(content, [x25519.Identity.from_str(paper.word)]))
