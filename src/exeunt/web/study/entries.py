"""The entries of a ledger in words; whoever is named in them is looked up when they are read."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from exeunt.ledger.models import Entry
from exeunt.studies.models import Study
from exeunt.studies.queries import Named

# What was done, as it follows the name of who did it.
ACTS: dict[str, str | Promise] = {
    "account.added": _("added an account"),
    "account.edited": _("edited an account"),
    "account.read": _("read an account"),
    "accounts.imported": _("imported accounts"),
    "accounts.read": _("read all accounts"),
    "agreement.read": _("read the agreement"),
    "annotations.exported": _("handed annotations to a colleague"),
    "calibration.read": _("read what a calibration says"),
    "capture.erased": _("took the copy of a source away"),
    "capture.read": _("opened the copy of a source"),
    "care.agreed": _("agreed how long people read"),
    "code.proposed": _("proposed a code"),
    "codebook.kept": _("kept a version of a codebook"),
    "codebook.taken": _("downloaded a codebook"),
    "codings.imported": _("imported codings"),
    "codings.read": pgettext_lazy("what somebody did", "read codings"),
    "differences.found": _("looked at where readers differ"),
    "difference.settled": _("settled a difference"),
    "draft.begun": _("began a new version of a codebook"),
    "draft.code-added": _("added a code to a draft"),
    "draft.code-changed": _("changed a code in a draft"),
    "draft.code-moved": _("moved a code in a draft"),
    "draft.code-removed": _("took a code out of a draft"),
    "draft.code-split": _("split a code in a draft"),
    "draft.codes-merged": _("merged codes in a draft"),
    "draft.discarded": _("discarded a new version of a codebook"),
    "draft.proposal-left-out": _("left out a code that readers proposed"),
    "draft.proposal-taken": _("took in a code that readers proposed"),
    "draft.step-undone": _("took a step in a draft back"),
    "example.dropped": _("took an example of a code away"),
    "example.shown": _("chose an example of a code"),
    "excerpts.carried": _("carried excerpts to a new text"),
    "excerpts.exported": _("handed excerpts to a colleague"),
    "figure.downloaded": _("downloaded a figure"),
    "figures.downloaded": _("downloaded figures"),
    "findings.answered": _("had findings computed"),
    "findings.read": _("read findings"),
    "ledger.read": pgettext_lazy("what somebody did", "read the ledger"),
    "ledger.witnessed": _("took a witness of the ledger"),
    "limits.stated": _("stated what the numbers cannot show"),
    "member.appointed": _("gave a role to {member}"),
    "member.dismissed": _("took a role away from {member}"),
    "member.let-in-again": _("drew a new link for {member}"),
    "memo.changed": _("changed a memo"),
    "memo.dropped": _("threw a memo away"),
    "memo.written": _("wrote a memo"),
    "memos.read": pgettext_lazy("what somebody did", "read memos"),
    "consent.expired": _("had it written down that consent has ended"),
    "consent.given": _("wrote down what a narrator agreed to"),
    "consent.invalidated": _("called consent invalid"),
    "consent.refused": _("wrote down that a narrator said no"),
    "consent.renewed": _("renewed consent"),
    "consent.requested": _("asked for consent"),
    "consent.reviewed": _("vouched for free consent"),
    "consent.superseded": _("let newer consent take the place of what stood"),
    "consent.suspended": _("stopped everything of a narrator"),
    "consent.withdrawn": _("wrote a withdrawal down"),
    "form.entered": _("entered what a signed paper says"),
    "form.sealed": _("sealed a signed paper"),
    "hold.lifted": _("lifted a legal hold"),
    "hold.placed": _("placed a legal hold"),
    "mask.lifted": _("lifted a mask"),
    "narrator.described": _("described a narrator"),
    "narrator.erased": _("erased a narrator"),
    "narrator.registered": _("registered a narrator"),
    "page.kept": _("kept a copy of a page"),
    "page.read": _("looked at a page of a document"),
    "passages.carried": _("carried marks of hard passages to a new text"),
    "passages.marked": _("marked hard passages"),
    "passages.sought": _("searched the texts"),
    "project.imported": _("took in a project"),
    "project.exported": _("handed a project to a colleague"),
    "protocol.agreed": _("agreed the protocol"),
    "protocol.lapsed": _("let the protocol lapse, handing the archive over"),
    "reading.given": _("gave something to read to {member}"),
    "reading.handed-on": _("gave to another what {member} had not begun to read"),
    "reading.taken-back": _("took back what {member} had not begun to read"),
    "readings.carried": _("carried readings over to a new version"),
    "readings.compared": _("compared readings"),
    "report.downloaded": _("downloaded a report"),
    "report.made": _("made a report"),
    "round.closed": _("closed a round of reading"),
    "round.opened": _("opened a round of reading"),
    "search.forgotten": _("threw a kept search away"),
    "search.kept": _("kept a search"),
    "sheet.completed": _("completed a sheet"),
    "sheet.read": _("opened a sheet"),
    "sheet.reopened": _("opened a complete sheet again"),
    "sheet.saved": _("saved a sheet"),
    "source.cited": _("cited a source"),
    "source.corrected": _("corrected a citation"),
    "source.entrusted": _("took in an entrusted text"),
    "source.received": _("took in a source"),
    "source.set-apart": _("gave an account a source of its own"),
    "span.answered": _("answered a question on a difference"),
    "span.sent-back": _("sent a difference back to its readers"),
    "span.settled": _("settled a difference of marks"),
    "spell.added": _("added a spell"),
    "spell.edited": _("edited a spell"),
    "study.begun": _("began the study"),
    "text.confirmed": _("confirmed that a text is complete"),
    "text.imported": _("took in a text"),
    "text.marked": _("marked a text"),
    "text.masked": _("masked a text"),
    "text.read": _("read a text"),
    "text.read-anew": _("had a text read anew from its file"),
    "text.thrown-away": _("threw a text away"),
    "work.asked": _("asked for long work"),
}
# Whose page shows the subject of an act, by the noun with which the act begins.
PAGES: dict[str, str] = {
    "account": "testimonies:account",
    "findings": "findings:answer",
    "report": "findings:report",
    "round": "coding:round",
}


class Line(NamedTuple):
    """One entry in words."""

    position: int
    at: datetime
    says: str
    facts: list[tuple[str, str]]
    ref: str
    url: str


def told(named: Named, *, study: Study) -> list[Line]:
    """Tell the entries of a leaf."""
    return [_line(entry, names=named.names, study=study) for entry in named.leaf.entries]


def acts_offered() -> list[tuple[str, str]]:
    """Return every act, with its words, in alphabetical order."""
    offered = [(act, _plain(str(words))) for act, words in ACTS.items()]
    return sorted(offered, key=lambda pair: pair[1])


def _line(entry: Entry, *, names: Mapping[str, str], study: Study) -> Line:
    facts = {name: fact for name, fact in entry.facts.items() if name not in {"study", "member"}}
    return Line(
        position=entry.position,
        at=entry.at,
        says=_sentence(entry, names),
        facts=[(name.replace("_", " "), str(fact)) for name, fact in facts.items()],
        ref=entry.subject if entry.subject != study.ref else "",
        url=_page(entry, study),
    )


def _sentence(entry: Entry, names: Mapping[str, str]) -> str:
    """Say who did what; a name is shut off from the words around it, whatever its script."""
    unknown = gettext("somebody who is unknown here")
    words = str(ACTS.get(entry.act, entry.act.replace(".", " ").replace("-", " ")))
    member = format_html("<bdi>{}</bdi>", names.get(str(entry.facts.get("member")), unknown))
    return format_html(
        "<bdi>{}</bdi> {}", names.get(entry.by, unknown), format_html(words, member=member)
    )


def _plain(words: str) -> str:
    return words.format(member=gettext("somebody"))


def _page(entry: Entry, study: Study) -> str:
    page = PAGES.get(entry.act.partition(".")[0])
    if page is None or entry.subject == study.ref:
        return ""
    return reverse(page, kwargs={"study_ref": study.ref, "ref": entry.subject})
