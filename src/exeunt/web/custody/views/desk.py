"""The custodian's desk of one study: its narrators, and the texts that wait to be masked."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exeunt.desk.asking import Asked, needs
from exeunt.stages.testimonies.queries.entrusted import entrusted_in
from exeunt.studies.roles import Act
from exeunt.web.custody.asking import open_keys
from exeunt.web.custody.standing import needs_of, opening_of, why_not_entrust


@require_safe
@needs(Act.TAKE_IN)
def desk(request: Asked) -> HttpResponse:
    """Show what the archive knows of it while the vault is shut, and what is to be done first."""
    narrators = entrusted_in(request.study, by=request.member)
    facts = {
        "needs": needs_of(request),
        "opening": opening_of(open_keys(request)),
        "narrators": narrators,
        "waiting": [
            account
            for one in narrators
            for account in one.accounts
            if account.working is None  # type: ignore[attr-defined]  # annotated by the query
        ],
        "why_not": why_not_entrust(request),
    }
    return render(request, "custody/desk.html", facts)
