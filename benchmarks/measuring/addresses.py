"""What the addresses of the workbench must be told, and the ways in which a list can be asked for.

A page that is new and must be told something gets its line here; without one it is not measured.
"""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

from django.db.models import QuerySet

from exeunt.members.models import Member
from exeunt.stages.narrators.models import Group
from exeunt.stages.testimonies.models import Account
from exeunt.studies.models import Study

MANY, ROWS_OF_A_LEAF = 20, 50
Named = Mapping[str, object]
Found = Callable[[Study], QuerySet]

# By the name of a view and what it must be told: the rows whose references are told.
ROWS: dict[tuple[str, str], Found] = {
    **{
        (f"studies:{view}", "ref"): lambda study: Member.objects.filter(membership__study=study)
        for view in ("appoint", "dismiss", "link")
    },
    **{
        (f"testimonies:{view}", "ref"): lambda study: Account.objects.filter(study=study)
        for view in ("account", "edit", "narrator", "add_spell")
    },
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


def arguments(name: str, needs: Sequence[str], *, study: Study) -> list[Named] | None:
    """Return what a view can be told, up to twenty times, or None where nothing of it is here."""
    told: list[dict[str, object]] = [{}]
    for need in needs:
        values = _values(name, need, study)
        told = [{**one, need: value} for one in told for value in values]
    return spread(told) or None


def ways(name: str, *, study: Study) -> dict[str, Sequence[str]]:
    """Return the ways in which a page can be asked for: first as it is, then by its questions."""
    asked = {way: questions(study) for way, questions in WAYS.get(name, {}).items()}
    return {"": ("",), **asked}


def spread(values: Sequence[Named]) -> list[Named]:
    """Return at most so many values, from all over the list."""
    return list(values[:: -(-len(values) // MANY)]) if values else []


def _values(name: str, need: str, study: Study) -> Sequence[object]:
    if need == "study_ref":
        return [study.ref]
    rows = ROWS.get((name, need))
    if rows is None:
        return []
    found = list(rows(study).order_by("pk").values_list("ref", flat=True))
    return found[:: -(-len(found) // MANY)] if found else []
