"""Every page of an archive that is being served, asked for once within this process.

    python -m measuring.routes ARCHIVE STUDY

Prints as JSON: sessions by which readers are known to the server, and for every address that the
URL resolver knows the statements it needs and the bytes it answers. The sessions are made by
Django's own ``login``, without a passphrase: what signing in costs is not measured here.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from exeunt.archive.opening import joined
from exeunt.members.models import Member
from exeunt.stages.coding.models import Codebook
from exeunt.studies.actions import invite
from exeunt.studies.models import Study
from exeunt.studies.roles import Role

from .addresses import arguments, ways
from .sessions import cookie_of, signed_in

READERS = 50
OF_A_TRANSACTION = re.compile(r"(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b")
REDIRECTED = 300
NEWCOMER, VISITOR = "third-reader", "visitor"
IN_ENGLISH = "Accept-Language: en\r\n"


class Route(NamedTuple):
    """A pattern of the resolver: the name of its view, and what it must be told."""

    name: str
    needs: tuple[str, ...]


class Page(NamedTuple):
    """A page as it answers within this process, after it has been asked for once."""

    name: str
    addresses: list[str]
    reader: str
    status: int
    kind: str
    queries: int
    first: int
    octets: int
    seconds: float
    said: str


def main(archive: Path, slug: str) -> None:
    """Print the sessions and the pages."""
    with joined(archive):
        study = Study.objects.get(slug=slug)
        readers = readers_of(study)
        clients = {name: signed_in(who) for name, who in readers.items()}
        clients[VISITOR] = Client(SERVER_NAME="localhost")
        begin_drafts(study, clients["lead"])
        pages = [page for route in routes() for page in pages_of(route, study, clients=clients)]
        sessions = {name: [line_of(who) for _ in range(READERS)] for name, who in readers.items()}
        sessions[VISITOR] = [IN_ENGLISH]
    print(json.dumps({"sessions": sessions, "pages": [page._asdict() for page in pages]}))


def readers_of(study: Study) -> dict[str, Member]:
    """Return who reads: the lead, and for pages that are a coder's own, one who comes anew."""
    lead = Member.objects.filter(membership__study=study, membership__role=Role.LEAD).earliest("pk")
    appointed = invite(study=study, name=NEWCOMER, role=Role.CODER, by=lead)
    return {"lead": lead, "coder": appointed.member}


def begin_drafts(study: Study, lead: Client) -> None:
    """Begin a draft of each codebook, where there is none, so that its pages have something."""
    for slug in Codebook.objects.filter(study=study).values_list("slug", flat=True):
        where = {"study_ref": study.ref, "slug": slug}
        lead.post(reverse("coding:begin-draft", kwargs=where))


def line_of(member: Member) -> str:
    """Return the lines of a request by which the server knows a member."""
    name, value = cookie_of(member)
    return f"Cookie: {name}={value}\r\n{IN_ENGLISH}"


def routes() -> Iterator[Route]:
    """Return every pattern that has a name."""
    yield from _below(get_resolver(), (), ())


def _below(
    resolver: URLResolver, spaces: tuple[str, ...], needs: tuple[str, ...]
) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        wanted = (*needs, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _below(pattern, inner, wanted)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield Route(":".join((*spaces, pattern.name)), wanted)


def pages_of(route: Route, study: Study, *, clients: Mapping[str, Client]) -> Iterator[Page]:
    """Return the pages of a pattern: one, or several where a list can be asked for in many ways."""
    known = arguments(route.name, route.needs, study=study)
    if known is None:
        yield Page(route.name, [], "", 0, "", 0, 0, 0, 0.0, "no such thing in this archive")
        return
    bare = [reverse(route.name, kwargs=named) for named in known]
    for way, questions in ways(route.name, study=study).items():
        addresses = [address + question for address in bare for question in questions]
        yield page_of(f"{route.name} {way}".strip(), addresses, clients=clients)


def page_of(name: str, addresses: list[str], *, clients: Mapping[str, Client]) -> Page:
    """Ask for a page twice, as the first reader who gets it; if nobody does, as the lead."""
    tried = []
    for reader, client in clients.items():
        tried.append(answer_to(name, addresses, reader=reader, client=client))
        if tried[-1].status < REDIRECTED:
            return tried[-1]
    return tried[0]


def answer_to(name: str, addresses: list[str], *, reader: str, client: Client) -> Page:
    """Ask for a page twice, and describe the second answer."""
    first = _asked(client, addresses[0])
    response, body, queries, seconds = _asked(client, addresses[0])
    return Page(
        name=name,
        addresses=addresses,
        reader=reader,
        status=response.status_code,
        kind=response.headers.get("Content-Type", "").partition(";")[0],
        queries=queries,
        first=first[2],
        octets=len(body),
        seconds=round(seconds, 4),
        said=response.headers.get("Location", ""),
    )


def _asked(client: Client, address: str) -> tuple[HttpResponse, bytes, int, float]:
    """Ask; return the answer, its body, its statements but those of transactions, and its time."""
    with CaptureQueriesContext(connection) as captured:
        began = perf_counter()
        response = client.get(address)
        body = b"".join(response) if response.streaming else response.content
        seconds = perf_counter() - began
    counted = [one for one in captured if not OF_A_TRANSACTION.match(one["sql"])]
    return response, body, len(counted), seconds


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
