"""What the addresses of the workbench must be told, and the ways in which a list can be asked for.

A page that is new and must be told something gets its line here; without one it is not measured.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice, product
from urllib.parse import urlencode

from django.db.models import QuerySet

from exeunt.desk.models import Job
from exeunt.members.models import Member
from exeunt.stages.coding.models import Code, Codebook, CodebookVersion, Coding, Difference
from exeunt.stages.findings.models import Answer, Report
from exeunt.stages.narrators.models import Group, Spell
from exeunt.stages.testimonies.models import Account
from exeunt.studies.models import Study

MANY, ROWS_OF_A_LEAF = 20, 50
Named = Mapping[str, object]
Values = Callable[[Study], Iterable[object]]


def arguments(name: str, needs: Sequence[str], *, study: Study) -> list[Named] | None:
    """Return what a view can be told, up to twenty times, or None where nothing of it is here."""
    told = TOGETHER[name](study) if name in TOGETHER else _each(name, needs, study)
    ready = [{"study_ref": study.ref, **one} for one in told]
    cut = [{need: one[need] for need in needs} for one in ready if set(needs) <= set(one)]
    return list(islice(cut, MANY)) or None


def ways(name: str, *, study: Study) -> dict[str, Sequence[str]]:
    """Return the ways in which a page can be asked for: first as it is, then by its questions."""
    asked = {way: questions(study) for way, questions in WAYS.get(name, {}).items()}
    return {"": ("",), **asked}


def _each(name: str, needs: Sequence[str], study: Study) -> Iterable[Named]:
    """Return every combination of what each need can be."""
    stage = name.partition(":")[0]
    known = [list(_values(stage, need)(study)) for need in needs]
    return (dict(zip(needs, one, strict=True)) for one in product(*known))


def _values(stage: str, need: str) -> Values:
    return EACH.get((stage, need)) or EACH.get(("", need)) or (lambda _: ())


def _refs(rows: "QuerySet[object]") -> list[object]:
    """Return references from all over the table."""
    found = list(rows.order_by("pk").values_list("ref", flat=True))
    return found[:: -(-len(found) // MANY)] if found else []


def _versions(study: Study) -> list[object]:
    return [one.name for one in CodebookVersion.objects.filter(codebook__study=study)]


def _of_accounts(study: Study) -> list[object]:
    return _refs(Account.objects.filter(study=study))


def _of_members(study: Study) -> list[object]:
    return _refs(Member.objects.filter(membership__study=study).distinct())


# By stage, and by what must be told one thing at a time.
EACH: dict[tuple[str, str], Values] = {
    ("", "study_ref"): lambda study: [study.ref],
    ("", "codebook"): _versions,
    ("", "slug"): lambda study: Codebook.objects.filter(study=study).values_list("slug", flat=True),
    ("coding", "kind"): lambda _: ["yaml"],
    ("coding", "place"): lambda _: [0],
    ("coding", "ref"): _of_accounts,
    ("testimonies", "ref"): _of_accounts,
    ("studies", "ref"): _of_members,
    ("findings", "ref"): lambda study: _refs(Answer.objects.filter(study=study)),
    ("work", "ref"): lambda study: _refs(Job.objects.filter(study=study)),
}


def _spells(study: Study) -> Iterable[Named]:
    for account in Account.objects.filter(study=study)[:MANY]:
        for spell in Spell.objects.filter(narrator=account.narrator_id)[:1]:
            yield {"ref": account.ref, "spell": spell.ref}


def _compared(study: Study) -> Iterable[Named]:
    """Return accounts on which readers differ, each with the place of a code on which they do."""
    differing = Difference.objects.filter(version__codebook__study=study, account__isnull=False)
    for one in differing.select_related("account", "version")[:MANY]:
        codings = Coding.objects.filter(account=one.account_id, code__version=one.version_id)
        said: dict[int, set[tuple[object, object]]] = {}
        for code, value, gap in codings.values_list("code", "value", "gap"):
            said.setdefault(code, set()).add((value, gap))
        codes = Code.objects.filter(version=one.version_id).values_list("pk", flat=True)
        places = [place for place, code in enumerate(codes) if len(said.get(code, ())) > 1]
        for place in places[:1]:
            yield {"codebook": one.version.name, "ref": one.account.ref, "place": place}


def _figures(study: Study) -> Iterable[Named]:
    for answer in Answer.objects.filter(study=study)[:MANY]:
        for figure in answer.finding_set.values_list("figure", flat=True)[:5]:
            yield {"ref": answer.ref, "figure": figure, "kind": "csv"}


def _reports(study: Study) -> Iterable[Named]:
    for report in Report.objects.filter(study=study)[:MANY]:
        yield {"ref": report.ref, "part": "report.html"}


# By the name of a view: what must be told all at once, since one thing belongs to another.
TOGETHER: dict[str, Callable[[Study], Iterable[Named]]] = {
    "testimonies:edit_spell": _spells,
    "coding:difference": _compared,
    "coding:settle": _compared,
    "findings:drawing": _figures,
    "findings:figure": _figures,
    "findings:figure-file": _figures,
    "findings:report": _reports,
    "findings:report-zip": _reports,
    "findings:report-file": _reports,
}


def _narrowed(study: Study) -> list[str]:
    """Choose by each language and group of the study's accounts."""
    languages = Account.objects.filter(study=study).order_by("language").distinct()
    groups = Group.objects.filter(study=study).values_list("name", flat=True)[:MANY]
    return [
        *(f"?language={language}" for language in languages.values_list("language", flat=True)),
        *(f"?{urlencode({'group': group})}" for group in groups),
    ]


def _searched(study: Study) -> list[str]:
    """Search for labels, for beginnings of them that many share, and for a group."""
    labels = list(Account.objects.filter(study=study).values_list("label", flat=True)[:1000:50])
    groups = Group.objects.filter(study=study).values_list("name", flat=True)[:1]
    words = [*labels, *(label[:4] for label in labels), *groups]
    return [f"?{urlencode({'q': word})}" for word in words]


def _far_on(study: Study) -> list[str]:
    """Turn to leaves from all over the list."""
    last = max(2, Account.objects.filter(study=study).count() // ROWS_OF_A_LEAF)
    return [f"?page={leaf}" for leaf in range(2, last + 1, -(-last // MANY))]


# By the name of a view: what else its list is asked, and how that page is called.
WAYS: dict[str, dict[str, Callable[[Study], Sequence[str]]]] = {
    "testimonies:accounts": {
        "far on": _far_on,
        "narrowed": _narrowed,
        "searched": _searched,
        "in another order": lambda _: ("?order=label", "?order=-published", "?order=narrator"),
    },
}
