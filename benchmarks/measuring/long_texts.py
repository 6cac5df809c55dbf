"""An archive with long texts that are coded: ``python -m measuring.long_texts DIR JSON``.

The JSON is a list of pairs: words of a text, and how many excerpts its first coder has marked.
Prints the study and the references of the texts as JSON.
"""

import csv
import json
import sys
from pathlib import Path

from exeunt.archive.opening import make_archive, opened
from exeunt.members.actions import add_member
from exeunt.members.models import Kind
from exeunt.members.queries import first_person
from exeunt.methods.codebooks import Code, Codebook, Unit
from exeunt.stages.coding.actions.codebooks import keep_codebook
from exeunt.stages.coding.actions.codings import import_codings
from exeunt.stages.coding.models import Sheet
from exeunt.stages.testimonies.actions.accounts import import_accounts
from exeunt.stages.testimonies.models import Account
from exeunt.studies.actions import appoint, begin_study
from exeunt.studies.roles import Role

from .long_words import CODES, paragraphs, stretches

CODEBOOK = Codebook(
    "excerpts",
    "Excerpts",
    tuple(Code(f"L{number}", f"Code {number}", dimension="leaving") for number in range(CODES)),
    unit=Unit.EXCERPT,
)


def make(
    folder: Path, wanted: list[tuple[int, int]], *, coders: int, complete: bool = False
) -> dict[str, object]:
    """Make the archive, and return where its texts are and who codes them."""
    make_archive(folder, lead="Amina")
    tables = folder.with_suffix(".tables")
    tables.mkdir()
    with opened(folder):
        amina = first_person()
        study = begin_study(slug="measured", title="Measured", by=amina)
        version = keep_codebook(study=study, codebook=CODEBOOK, by=amina)
        members = [add_member(name=_name(n), kind=Kind.PERSON, by=amina) for n in range(coders)]
        for member in members:
            appoint(study=study, member=member, role=Role.CODER, by=amina)
        texts = [
            "\n".join(paragraphs(words, seed=place)) for place, (words, _) in enumerate(wanted)
        ]
        path = tables / "texts.csv"
        rows = [(f"T{place}", "invented", "en", text) for place, text in enumerate(texts)]
        _write(path, ("account_id", "provenance", "language", "text"), rows)
        import_accounts(study=study, path=path, provenance=None, by=amina)
        if any(number for _, number in wanted):
            lengths = [len(text) for text in texts]
            marks = _marks(tables / "marks.csv", wanted, lengths)
            import_codings(study=study, path=marks, codebook=version.name, by=amina)
            if not complete:
                Sheet.objects.update(state="open", completed=None)
        refs = dict(Account.objects.values_list("label", "ref"))
        return {
            "study": study.ref,
            "texts": [refs[f"T{place}"] for place in range(len(wanted))],
            "codebook": version.name,
        }


def _marks(path: Path, wanted: list[tuple[int, int]], lengths: list[int]) -> Path:
    rows = [
        (f"T{place}", _name(0), f"L{code}", 1, "excerpt", start, end)
        for place, (_, number) in enumerate(wanted)
        for start, end, code in stretches(lengths[place], number)
    ]
    _write(path, ("account_id", "coder", "code", "value", "target", "start", "end"), rows)
    return path


def _name(number: int) -> str:
    return f"Coder {number}"


def _write(path: Path, names: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows(rows)


if __name__ == "__main__":
    archive, told = Path(sys.argv[1]), json.loads(sys.argv[2])
    wanted, more = told.pop("texts"), told
    print(json.dumps(make(archive, wanted, **more)))
