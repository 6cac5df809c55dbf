"""An archive with a vault and five people, made once and copied; its bundles, and other ones."""

import shutil
import tarfile
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from pyrage import decrypt, x25519
from pytest_django.plugin import DjangoDbBlocker

from exeunt.archive.bundles.manifest import MANIFEST, SUMS, Manifest, manifest_from
from exeunt.archive.bundles.packing import Part, packed, part_of
from exeunt.archive.bundles.sealing import encrypt
from exeunt.archive.bundling import BackedUp, back_up
from tests.archive.folders import own_connection
from tests.conftest import NOW
from tools.keeping import Kept, a_kept_archive, backed_up, copied, with_people

EVERYBODY = (1, 2, 3, 4, 5)
Files = dict[str, bytes]


@pytest.fixture(scope="session")
def kept_template(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Kept:
    """Make the archive once."""
    with own_connection(django_db_blocker), time_machine.travel(NOW, tick=False):
        kept = a_kept_archive(tmp_path_factory.mktemp("kept"))
        with_people(kept, *EVERYBODY)
    return kept


@pytest.fixture
def kept(kept_template: Kept, tmp_path: Path, no_archive_open: None) -> Kept:
    """Copy the archive and its list; five people are in it, and nothing else lies beside."""
    return copied(kept_template, tmp_path)


@pytest.fixture(scope="session")
def bundle_template(kept_template: Kept, django_db_blocker: DjangoDbBlocker) -> Path:
    """Make a bundle of that archive once."""
    folder = kept_template.archive.parent / "bundled"
    folder.mkdir()
    with own_connection(django_db_blocker), time_machine.travel(NOW, tick=False):
        return backed_up(copied(kept_template, folder), folder / "bundle.tar.age").path


@pytest.fixture
def bundle(kept: Kept, bundle_template: Path, tmp_path: Path) -> Path:
    """Copy a bundle of the archive as it is, with five people in it."""
    return Path(shutil.copy(bundle_template, tmp_path))


@pytest.fixture
def again(tmp_path: Path) -> Path:
    """Where archives are restored to; nothing is there yet."""
    return tmp_path / "again"


def opened_tar(bundle: Path, kept: Kept) -> bytes:
    """Decrypt a bundle as Dana."""
    return bytes(decrypt(bundle.read_bytes(), [x25519.Identity.from_str(kept.dana.word)]))


def sealed_tar(tar: Iterable[bytes], to: Path, kept: Kept) -> Path:
    """Encrypt any bytes to Dana, as anybody can who knows her recipient."""
    content = BytesIO()
    encrypt(tar, to=[kept.dana.recipient], into=content, progress=lambda _done: None)
    to.write_bytes(content.getvalue())
    return to


def repacked(bundle: Path, kept: Kept, change: Callable[[Manifest, Files], Manifest]) -> Path:
    """Make another bundle of the same files, changed by somebody who knows how it is done."""
    manifest, files = unpacked(bundle, kept)
    manifest = change(manifest, files)
    parts = [part_of(MANIFEST, manifest.written())]
    parts += [Part(name, len(content), [content]) for name, content in files.items()]
    return sealed_tar(packed(parts), bundle.with_name("other.tar.age"), kept)


def unpacked(bundle: Path, kept: Kept) -> tuple[Manifest, Files]:
    """Return what a bundle says and the files in it."""
    with tarfile.open(fileobj=BytesIO(opened_tar(bundle, kept))) as tar:
        files = {one.name: tar.extractfile(one).read() for one in tar}
    del files[SUMS]
    return manifest_from(files.pop(MANIFEST)), files


def backed_up_for_dana(kept: Kept, to: Path) -> BackedUp:
    """Make a bundle of an archive that has no vault; Dana can open it."""
    return back_up(kept.archive, to=to, recipients=[kept.dana.recipient])


def nothing_is_in(folder: Path) -> bool:
    """Tell whether a folder is not there, or empty."""
    return not folder.exists() or list(folder.iterdir()) == []
