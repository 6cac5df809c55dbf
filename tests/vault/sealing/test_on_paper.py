"""A custodian's secret is one that stock ``age`` knows, and a slip of the pen is found out."""

import os
import pty
import shutil
import subprocess

import pytest

from exeunt.vault.sealing.secrets_on_paper import (
    decrypt_with,
    encrypt_to,
    identity_file,
    new_paper,
    paper_from,
)
from tests.vault.sealing import vectors

PASSPHRASE = "four lamps beside the quiet river"
needs_age = pytest.mark.skipif(shutil.which("age") is None, reason="stock age is not installed")


@pytest.mark.parametrize(
    "typed",
    [vectors.WORD, vectors.WORD.lower(), f"  {vectors.WORD}\n", " ".join(vectors.WORD)],
    ids=["as written", "in small letters", "with spaces around", "in groups"],
)
def test_a_word_is_read_however_it_was_copied(typed):
    assert paper_from(typed).recipient == vectors.RECIPIENT


def _misread():
    for place, letter in ((20, "Q"), (41, "L"), (-1, "2")):
        letters = list(vectors.WORD)
        letters[place] = letter
        yield "".join(letters)
    yield from ("", "AGE-SECRET-KEY-1", vectors.WORD[:-1], vectors.RECIPIENT, "four lamps", "\x00")


@pytest.mark.parametrize("typed", list(_misread()))
def test_a_slip_of_the_pen_is_found_out(typed):
    with pytest.raises(ValueError, match="no secret of ours"):
        paper_from(typed)


def test_nothing_of_a_secret_is_in_what_a_log_would_show():
    paper = new_paper()

    assert paper.word not in repr(paper) + str(paper)
    assert paper.secret.hex() not in repr(paper)


@needs_age
def test_stock_age_opens_what_was_encrypted_to_a_custodian(tmp_path):
    """By the identity file, which it asks the passphrase of, on a terminal."""
    paper, other = new_paper(), new_paper()
    (tmp_path / "identity.age").write_bytes(identity_file(paper, under=PASSPHRASE))
    (tmp_path / "bundle.age").write_bytes(
        encrypt_to([other.recipient, paper.recipient], b"a bundle")
    )

    said = at_a_terminal(
        "age",
        "--decrypt",
        "--identity",
        tmp_path / "identity.age",
        "--output",
        tmp_path / "bundle",
        tmp_path / "bundle.age",
        answer=PASSPHRASE,
    )

    assert (tmp_path / "bundle").read_bytes() == b"a bundle", said


@needs_age
def test_we_open_what_stock_age_encrypted(tmp_path):
    paper = new_paper()
    sealed = subprocess.run(
        ["age", "--recipient", paper.recipient], input=b"a bundle", capture_output=True, check=True
    )

    assert decrypt_with(paper, sealed.stdout) == b"a bundle"


@needs_age
def test_stock_age_knows_the_word_on_paper(tmp_path):
    paper = new_paper()
    (tmp_path / "word").write_text(paper.word)
    opened = subprocess.run(
        ["age", "--decrypt", "--identity", tmp_path / "word"],
        input=encrypt_to([paper.recipient], b"a bundle"),
        capture_output=True,
        check=True,
    )

    assert opened.stdout == b"a bundle"


def at_a_terminal(*command: object, answer: str) -> bytes:
    """Run a program that asks for a passphrase where nobody sees it; return what it said."""
    child, terminal = pty.fork()
    if not child:
        os.execvp(str(command[0]), [str(word) for word in command])  # noqa: S606 - no shell at all
    said = b""
    while b":" not in said.rsplit(b"\n", 1)[-1]:
        said += os.read(terminal, 1000)
    os.write(terminal, answer.encode() + b"\n")
    try:
        while heard := os.read(terminal, 1000):
            said += heard
    except OSError:
        pass
    os.waitpid(child, 0)
    os.close(terminal)
    return said
