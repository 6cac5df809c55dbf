"""An archive whose texts are coded: two coders, a codebook of excerpts, several scripts."""

import os
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page

from exeunt.archive.opening import make_archive, opened
from exeunt.members.actions import add_member
from exeunt.members.queries import first_person
from exeunt.stages.coding.actions.codebooks import keep_codebook
from exeunt.stages.testimonies.actions.by_hand import add_account
from exeunt.stages.testimonies.actions.passages import mark_hard
from exeunt.stages.testimonies.models import Account, TextVersion, Turn
from exeunt.stages.testimonies.states import Hardness
from exeunt.studies.actions import appoint, begin_study
from exeunt.studies.roles import Role
from tests.browser.serving import give_passphrases
from tests.house.source_files import ROOT
from tests.making.codebooks import BINARY, GRADED_EXCERPTS
from tests.making.testimonies import NOTHING_TYPED

MAKE = """
import sys, pathlib, exeunt.archive
from tests.browser.coding import make
make(pathlib.Path(sys.argv[1]))
"""
CODEBOOK = f"{GRADED_EXCERPTS.slug}@1"

CARS = (
    "They told us the money was for the widows. Then I saw the cars. Nobody asked.\n"
    "My cousin said: do you want to die for a car? I had no answer. We left at night.\n"
    "\n"
    "In the morning there was bread again, and for a year I spoke to nobody."
)
ARABIC = (
    "قالوا لنا إن المال للأرامل. ثم رأيت السيارات. لم يسأل أحد.\n"
    "قال ابن عمي: هل تريد أن تموت من أجل سيارة؟ لم يكن عندي جواب."
)
# A family is one sign, é is two code points, and the Arabic letters carry their vowels.
MIXED = (
    "He wrote \U0001f468\u200d\U0001f469\u200d\U0001f467 and cafe\u0301 on the wall. "
    "قُلْتُ لَهُ: لا. Then he went \U0001f697 away."
)
TALK = "Why did you go?\nBecause of the bread.\nAnd then?\nThen I saw the cars."
HARD = (
    "It began with a wedding.\n\nWhat they did in the cellar I will not forget.\n\nLater it rained."
)
LONG = "\n".join(
    f"On day {day} the road went on. We counted the wells. Nobody spoke of it."
    for day in range(900)
)
TEXTS = {"Cars": CARS, "Arabic": ARABIC, "Mixed": MIXED, "Talk": TALK, "Hard": HARD, "Long": LONG}
LANGUAGES = {"Arabic": "ar"}


def make(archive: Path) -> None:
    """Make the archive: Amina leads, Boris and Chidi code."""
    make_archive(archive, lead="Amina")
    with opened(archive):
        amina = first_person()
        study = begin_study(slug="coded", title="Coded testimonies", by=amina)
        for name in ("Boris", "Chidi"):
            coder = add_member(name=name, by=amina)
            appoint(study=study, member=coder, role=Role.CODER, by=amina)
        appoint(study=study, member=amina, role=Role.CODER, by=amina)
        keep_codebook(study=study, codebook=GRADED_EXCERPTS, by=amina)
        keep_codebook(study=study, codebook=BINARY, by=amina)
        for label, text in TEXTS.items():
            words = {"account_id": label, "text": text, "language": LANGUAGES.get(label, "en")}
            add_account(
                study=study,
                words={**NOTHING_TYPED, "provenance": "invented", **words},
                by=amina,
            )
        _speakers()
        hard = Account.objects.get(label="Hard")
        mark_hard(account=hard, number=1, paragraphs=[2], kind=Hardness.TORTURE, by=amina)
    give_passphrases(archive)


def _speakers() -> None:
    version = TextVersion.objects.get(account__label="Talk")
    start = 0
    for number, line in enumerate(TALK.split("\n"), 1):
        Turn.objects.create(
            version=version,
            number=number,
            start=start,
            end=start + len(line),
            speaker=("Interviewer", "Narrator")[(number - 1) % 2],
            begins=f"00:0{number}:00",
        )
        start += len(line) + 1


def make_apart(archive: Path) -> None:
    """Do so in a process of its own: where Playwright runs, Django opens no database."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-c", MAKE, str(archive)]
    subprocess.run(command, check=True, env=environment, cwd=ROOT)


def texts_in(page: Page) -> dict[str, str]:
    """Return the path of the page of each text, by the label of its account."""
    page.goto("/studies/")
    page.locator("main").get_by_role("link", name="Coded testimonies").first.click()
    study = page.url
    page.goto(f"{study}accounts/")
    links = page.locator("tbody th a")
    refs = {
        link.inner_text(): link.get_attribute("href").rstrip("/").rpartition("/")[2]
        for link in links.all()
    }
    return {label: f"{study}coding/with/{CODEBOOK}/{ref}/text/" for label, ref in refs.items()}
