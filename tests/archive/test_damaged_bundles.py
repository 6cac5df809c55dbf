"""Bundles that are cut, changed, made up or meant to harm: refused, and nothing of them stays."""

import tarfile
from hashlib import sha256
from io import BytesIO

import pytest

from exeunt.archive.bundles.manifest import Manifest
from exeunt.archive.bundles.packing import END
from exeunt.archive.restoring import (
    look_into,
)
from exeunt.errors import Refusal
from tests.making.archive import files_in
from tests.making.bundles import (
    nothing_is_in,
    repacked,
    sealed_tar,
)
from tools.keeping import (
    backed_up,
    restored,
    with_people,
)

# --- bundles that are damaged --------------------------------------------------------------------


@pytest.mark.parametrize("part", [0, 0.0001, 0.001, 0.3, 0.6, 0.99999])
def test_a_bundle_that_was_cut_off_is_refused(kept, bundle, again, part):
    content = bundle.read_bytes()
    bundle.write_bytes(content[: int(len(content) * part)])

    with pytest.raises(Refusal, match="is damaged or was cut off"):
        restored(kept, bundle, again)

    assert nothing_is_in(again)


@pytest.mark.parametrize("part", [0.3, 0.5, 0.99999])
def test_a_bundle_with_a_changed_byte_is_refused(kept, bundle, again, part):
    content = bytearray(bundle.read_bytes())
    content[int(len(content) * part)] ^= 1
    bundle.write_bytes(content)

    with pytest.raises(Refusal, match="is damaged or was cut off"):
        restored(kept, bundle, again)

    assert nothing_is_in(again)


def test_a_bundle_that_is_none_is_refused(kept, again, tmp_path):
    (tmp_path / "b").write_bytes(b"not a bundle" * 100)

    with pytest.raises(Refusal, match="is damaged"):
        restored(kept, tmp_path / "b", again)
    with pytest.raises(Refusal, match="cannot be read"):
        restored(kept, tmp_path / "nowhere", again)
    with pytest.raises(Refusal, match="cannot be read"):
        restored(kept, tmp_path, again)
    assert nothing_is_in(again)


def newer(manifest: Manifest, _files) -> Manifest:
    return manifest._replace(format=2)


def of_another_archive(manifest: Manifest, _files) -> Manifest:
    return manifest._replace(archive="0" * 32)


def of_another_vault(manifest: Manifest, _files) -> Manifest:
    return manifest._replace(vault="0" * 16)


def without_a_vault(manifest: Manifest, _files) -> Manifest:
    return manifest._replace(vault="", vault_ledger="", erasures="")


def without_its_vaults_file(manifest: Manifest, files) -> Manifest:
    del files["vault.sqlite3"]
    return manifest


def without_its_database(manifest: Manifest, files) -> Manifest:
    del files["archive.sqlite3"]
    return manifest


def without_its_marker(manifest: Manifest, files) -> Manifest:
    del files["archive.json"]
    return manifest


def with_a_longer_ledger(manifest: Manifest, _files) -> Manifest:
    return manifest._replace(ledger=f"900:{'0' * 64}")


def with_another_ledger(manifest: Manifest, _files) -> Manifest:
    return manifest._replace(vault_ledger=manifest.vault_ledger[:-4] + "0000")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (newer, "made by a newer version of Exeunt"),
        (of_another_archive, "is not what it says of itself"),
        (of_another_vault, "is not what it says of itself"),
        (without_a_vault, "is not what it says of itself"),
        (without_its_vaults_file, "is not where this archive had it"),
        (without_its_database, "has lost its database"),
        (without_its_marker, "is no archive"),
        (with_a_longer_ledger, "had 900 entries when it was witnessed"),
        (with_another_ledger, "are not those that were witnessed"),
    ],
)
def test_a_bundle_that_somebody_made_up_is_refused(kept, bundle, again, change, says):
    other = repacked(bundle, kept, change)

    with pytest.raises(Refusal, match=says):
        restored(kept, other, again)

    assert nothing_is_in(again)


def test_an_older_bundle_than_the_witness_is_refused(kept, bundle, again, tmp_path):
    with_people(kept, 6)
    noted = backed_up(kept, tmp_path / "later").ledger

    with pytest.raises(Refusal, match="entries when it was witnessed"):
        restored(kept, bundle, again, witness=noted)


# --- tars that nobody should unpack --------------------------------------------------------------


def a_tar(*members: tuple[str, bytes], kind: bytes = tarfile.REGTYPE, last: bool = True) -> bytes:
    """Write a tar with these files, and with sums that fit them."""
    sums = "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in members)
    out = BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, content in [*members, ("SHA256SUMS", sums.encode())][: len(members) + last]:
            info = tarfile.TarInfo(name)
            info.size, info.type = len(content), kind if name == members[-1][0] else tarfile.REGTYPE
            tar.addfile(info, BytesIO(content))
    return out.getvalue()


MANIFEST = ("manifest.json", Manifest("1", "now", "a" * 32, "0:" + "0" * 64, []).written())
SOUND = ("archive.json", b"{}")


@pytest.mark.parametrize(
    "name",
    [
        "../escaped",
        "/tmp/escaped",
        "captures/../../escaped",
        "reports/../escaped",
        "reports/./escaped",
        "reports//escaped",
        "reports/.hidden",
        "reports/a\\b",
        "reports/a\nb",
        "captures/" + "A" * 64,
        "captures/notes.txt",
        "sealed/notes.txt",
        "server.key",
        "archive.lock",
        "archive.sqlite3-wal",
        "incoming/table.csv",
        "manifest.json",
        "./archive.json",
        "reports/" + "/".join("a" * 9),
    ],
)
def test_a_file_that_has_no_place_in_a_bundle_is_refused(kept, again, tmp_path, name):
    tar = a_tar(MANIFEST, SOUND, (name, b"x"))

    with pytest.raises(Refusal, match="which has no place in one"):
        restored(kept, sealed_tar([tar], tmp_path / "b", kept), again)

    assert files_in(tmp_path) == {"archive", "list", "b", *({"again"} if again.exists() else ())}
    assert nothing_is_in(again)


@pytest.mark.parametrize(
    "kind",
    [
        tarfile.SYMTYPE,
        tarfile.LNKTYPE,
        tarfile.DIRTYPE,
        tarfile.FIFOTYPE,
        tarfile.CHRTYPE,
        tarfile.GNUTYPE_SPARSE,
        tarfile.GNUTYPE_LONGNAME,
        tarfile.XHDTYPE,
        b"Z",
    ],
)
def test_anything_but_a_plain_file_is_refused(kept, again, tmp_path, kind):
    tar = a_tar(MANIFEST, SOUND, ("reports/a", b""), kind=kind)

    with pytest.raises(Refusal, match="which has no place in one"):
        restored(kept, sealed_tar([tar], tmp_path / "b", kept), again)

    assert nothing_is_in(again)


@pytest.mark.parametrize(
    ("tar", "says"),
    [
        (b"", "is damaged"),
        (END, "is damaged"),
        (bytes(100), "is damaged"),
        (b"x" * 512, "is damaged"),
        (a_tar(SOUND), "no place in one"),
        (a_tar(MANIFEST, SOUND, SOUND), "no place in one"),
        (a_tar(MANIFEST, SOUND, last=False), "is damaged"),
        (a_tar(("manifest.json", b"{")), "is damaged"),
        (a_tar(("manifest.json", b"[]")), "is damaged"),
        (a_tar(("manifest.json", b'{"format": 1}')), "is damaged"),
        (a_tar(("manifest.json", b'{"format": 1e999}')), "is damaged"),
        (a_tar(("manifest.json", b'{"format": 2, "new": 1}')), "newer version"),
        (a_tar(("manifest.json", bytes(2 << 20))), "no place in one"),
        (
            a_tar(MANIFEST, SOUND)[:-1024].replace(b"  archive.json", b"  archive.jsox"),
            "is damaged",
        ),
        (a_tar(MANIFEST, SOUND) + b"more", "is damaged"),
        (a_tar(MANIFEST, SOUND) + a_tar(SOUND), "no place in one"),
        (a_tar(MANIFEST, SOUND).replace(b"{}", b"{ "), "is damaged"),
    ],
)
def test_a_tar_that_is_not_as_it_should_be_is_refused(kept, tmp_path, tar, says):
    other = sealed_tar([tar], tmp_path / "b", kept)

    with pytest.raises(Refusal, match=says):
        look_into(other, paper=kept.dana)
