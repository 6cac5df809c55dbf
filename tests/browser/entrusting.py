"""An archive with a vault and a study to which testimonies are entrusted, really served."""

import os
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page

from exeunt.archive.keeping import make_vault
from exeunt.archive.opening import make_archive, opened
from exeunt.members.actions import add_member
from exeunt.members.queries import first_person
from exeunt.studies.actions import agree_protocol, appoint, begin_study
from exeunt.studies.roles import Role
from tests.house.source_files import ROOT
from tests.making.studies import COMPLETE
from tests.making.vault import PASSPHRASE

MAKE = """
import sys, pathlib, exeunt.archive
from tests.browser.entrusting import make
make(pathlib.Path(sys.argv[1]))
"""
TITLE = "Entrusted testimonies"


def make(archive: Path) -> None:
    """Make the archive: Amina leads, Dana keeps the vault, Boris codes, Ines has no key yet."""
    make_archive(archive, lead="Amina")
    elsewhere = archive.parent / "elsewhere"
    elsewhere.mkdir()
    with opened(archive) as folder:
        amina = first_person()
        study = begin_study(slug="entrusted", title=TITLE, by=amina)
        agree_protocol(study=study, facts=COMPLETE, by=amina)
        roles = {"Dana": Role.CUSTODIAN, "Ines": Role.CUSTODIAN, "Boris": Role.CODER}
        members = {name: add_member(name=name, by=amina) for name in roles}
        for name, role in roles.items():
            appoint(study=study, member=members[name], role=role, by=amina)
        make_vault(
            folder,
            erasures=elsewhere / "erasures.jsonl",
            first=members["Dana"],
            passphrase=PASSPHRASE,
            by=amina,
        )


def make_apart(archive: Path) -> None:
    """Do so in a process of its own: where Playwright runs, Django opens no database."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-c", MAKE, str(archive)]
    subprocess.run(command, check=True, env=environment, cwd=ROOT)


def open_vault(page: Page, reason: str = "to mask a text") -> None:
    """Open the vault on the page that asks for it."""
    page.get_by_role("radio", name=reason).check()
    page.get_by_label("Passphrase of your key").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/vault/open/" not in url)
