"""A planted identity is sought everywhere outside of what is sealed, after a whole life.

One small life with a real server; `make prove` lives fifty, with a thousand identities.
"""

import base64
import gzip
import io
import json
import subprocess
import sys
import zipfile
import zlib
from urllib.parse import quote

import pytest

from benchmarks.measuring.processes import environment
from tests.house.source_files import ROOT
from tools.canaries import planted, sought_in, sought_in_bytes
from tools.canary_lives import FULL, WHOLE

SOMEBODY = planted(417)


def zipped(content):
    """Pack bytes as a member of a ZIP file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", content)
    return packed.getvalue()


IN_FORMS = {
    "utf-8": lambda words: words.encode(),
    "in small letters": lambda words: words.lower().encode(),
    "utf-16-le": lambda words: words.encode("utf-16-le"),
    "utf-16-be": lambda words: words.encode("utf-16-be"),
    "base64": lambda words: base64.b64encode(words.encode()),
    "base64, 1 byte in": lambda words: base64.b64encode(b"x" + words.encode()),
    "base64, 2 bytes in": lambda words: base64.b64encode(b"xy" + words.encode()),
    "base64 for addresses": lambda words: base64.urlsafe_b64encode(b"~?" + words.encode()),
    "percent-encoded": lambda words: quote(words).encode(),
    "within JSON": lambda words: json.dumps([words]).encode(),
    "hexadecimal": lambda words: words.encode().hex().encode(),
    "within ZIP": lambda words: zipped(words.encode()),
    "ZIP within ZIP": lambda words: zipped(zipped(words.encode("utf-16-le"))),
    "within gzip": lambda words: gzip.compress(words.encode()),
    "within PDF": lambda words: (
        b"%PDF-1.7\nstream\n" + zlib.compress(words.encode()) + b"\nendstream\n"
    ),
}


@pytest.mark.parametrize("words", SOMEBODY.words, ids=SOMEBODY._fields)
@pytest.mark.parametrize("written", IN_FORMS.values(), ids=IN_FORMS.keys())
def test_a_planted_identity_is_found_in_every_form(words, written):
    content = b"\x00before " + written(words) + b" after\x01"
    packed = written(words)

    found = [*sought_in_bytes(content, place="p"), *sought_in_bytes(packed, place="p")]

    assert found != []


def test_it_is_found_in_the_name_of_a_file_too(tmp_path):
    (tmp_path / f"{SOMEBODY.name}.txt").write_text("nothing in it")

    assert [found.form for found in sought_in([tmp_path])] == ["utf-8"]


def test_what_names_nobody_is_not_found(tmp_path):
    (tmp_path / "text.txt").write_text("[Person 1] left in the rain, +44 7700 900123.")

    assert list(sought_in([tmp_path])) == []


def test_no_two_planted_people_are_called_alike():
    everybody = [planted(number) for number in range(WHOLE * FULL.people)]

    assert len({word for one in everybody for word in one.words}) == 4 * len(everybody) == 4_000


def test_after_a_whole_life_nobody_is_found_outside_of_what_is_sealed():
    command = [sys.executable, "-m", "tools.canary_lives", "--people", "3", "--by-http", "1"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (life,) = json.loads(done.stdout)

    assert life["found"] == []
    assert (life["registered"], life["masked"], life["erased"]) == (3, 2, 1)
    assert (life["backed_up"], life["reported"], life["failed"] >= 2) == (True, True, True)
    assert life["wrong"] == 0
