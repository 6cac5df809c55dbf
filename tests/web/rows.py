"""Every address of the workbench, and what it takes to use it: the rows of the matrix.

A route without a row fails the build.
"""

from collections.abc import Callable
from dataclasses import dataclass

from exeunt.studies.roles import Act
from tests.web.world import Side

READ = frozenset({"GET", "HEAD"})
FORM = frozenset({"GET", "POST"})
POST = frozenset({"POST"})
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
Places = Callable[[Side], dict[str, object]]

SHOWN, GONE_ON, MISSING, LATER, NOT_SO = 200, 302, 404, 409, 422


def places(*names: str) -> Places:
    """Say which of a side's references stand in an address."""
    return lambda side: {name: side.refs[ref] for name, _, ref in map(_pair, names)}


def _pair(name: str) -> tuple[str, str, str]:
    place, mark, ref = name.partition("=")
    return place, mark, ref or place


NO_PLACES = places()


@dataclass(frozen=True)
class Row:
    """What an address takes: an act, methods, the places in it, and what an allowed person gets.

    ``asker`` names the one member for whom the thing is there; an empty form is what is posted.
    """

    act: Act | None = None
    methods: frozenset[str] = READ
    places: Places = NO_PLACES
    gets: frozenset[int] = frozenset({SHOWN})
    posts: frozenset[int] = frozenset({NOT_SO})
    asker: bool = False


def page(act: Act, *names: str, **more: object) -> Row:
    """An address that only shows."""
    return Row(act, places=places(*names), **more)


def form(act: Act, *names: str, posts: tuple[int, ...] = (NOT_SO,), **more: object) -> Row:
    """An address at which something can be done."""
    return Row(act, FORM, places(*names), posts=frozenset(posts), **more)


def button(act: Act, *names: str, posts: tuple[int, ...]) -> Row:
    """An address that does something and shows nothing."""
    return Row(act, POST, places(*names), posts=frozenset(posts))


ANY = Act.SEE_FINDINGS
NOWHERE = frozenset({MISSING})
IN_A_STUDY: dict[str, Row] = {
    "overview": Row(),
    "work": Row(places=places("ref=job"), asker=True),
    # the study
    "studies:members": page(ANY),
    "studies:invite": form(Act.APPOINT),
    "studies:appoint": form(Act.APPOINT, "ref=member"),
    "studies:dismiss": form(Act.APPOINT, "ref=member"),
    "studies:link": form(Act.APPOINT, "ref=member", posts=(SHOWN, GONE_ON, NOT_SO)),
    "studies:protocol": page(ANY),
    "studies:agree": form(Act.EDIT_PROTOCOL),
    "studies:limits": form(Act.EDIT_PROTOCOL),
    "studies:touches": page(Act.SEE_CONSENT, "ref=agreed"),
    "studies:ledger": page(Act.READ_LEDGER),
    "studies:witness": page(Act.READ_LEDGER),
    # legal holds
    "narrators:holds": page(Act.SEE_HOLDS),
    "narrators:place-hold": form(Act.HOLD),
    "narrators:lift-hold": form(Act.HOLD, "ref=hold", posts=(GONE_ON,)),
    # consent
    "consent:narrators": page(Act.SEE_CONSENT),
    "consent:calendar": page(Act.SEE_CONSENT),
    "consent:calendar-file": page(Act.SEE_CONSENT),
    "consent:stop": form(Act.SUSPEND),
    "consent:narrator": page(Act.SEE_CONSENT, "ref=agreed"),
    "consent:export": page(Act.SEE_CONSENT, "ref=agreed"),
    "consent:suspend": form(Act.SUSPEND, "ref=agreed", posts=(GONE_ON,)),
    "consent:withdraw": form(Act.RECORD_CONSENT, "ref=agreed"),
    "consent:renew": form(Act.RECORD_CONSENT, "ref=agreed"),
    "consent:narrow": form(Act.RECORD_CONSENT, "ref=agreed"),
    "consent:invalidate": form(Act.RECORD_CONSENT, "ref=agreed", posts=(GONE_ON,)),
    "consent:vouch": form(Act.REVIEW_FREEDOM, "ref=agreed"),
    "consent:paper": form(
        Act.RECORD_CONSENT, "ref=agreed", "form=nothing", posts=(MISSING,), gets=NOWHERE
    ),
    "consent:intake": form(Act.RECORD_CONSENT, "ref=agreed"),
    "consent:question": form(
        Act.RECORD_CONSENT, "ref=agreed", "name=limits", posts=(MISSING,), gets=NOWHERE
    ),
    "consent:check": form(Act.RECORD_CONSENT, "ref=agreed", posts=(MISSING,), gets=NOWHERE),
    "consent:halt": button(Act.RECORD_CONSENT, "ref=agreed", posts=(MISSING,)),
    "consent:over": page(Act.RECORD_CONSENT, "ref=agreed", "how=given"),
    "consent:slip": page(Act.RECORD_CONSENT, "ref=agreed"),
    # accounts
    "sources:capture": page(Act.READ_ACCOUNTS, "ref=capture"),
    "testimonies:accounts": page(Act.READ_ACCOUNTS),
    "testimonies:account": page(Act.READ_ACCOUNTS, "ref=account"),
    "testimonies:add": form(Act.ADD_ACCOUNTS),
    "testimonies:edit": form(Act.EDIT_ACCOUNTS, "ref=account"),
    "testimonies:narrator": form(Act.EDIT_ACCOUNTS, "ref=account"),
    "testimonies:add_spell": form(Act.ADD_ACCOUNTS, "ref=account"),
    "testimonies:edit_spell": form(Act.EDIT_ACCOUNTS, "ref=account", "spell"),
    "testimonies:hard": form(Act.MARK_HARD, "ref=account"),
    "testimonies:care": form(ANY),
    "testimonies:care-terms": form(Act.EDIT_PROTOCOL),
    "testimonies:beat": button(ANY, posts=(SHOWN,)),
    "testimonies:further": button(ANY, posts=(GONE_ON,)),
    "testimonies:import": form(Act.IMPORT_ACCOUNTS),
    "testimonies:import-texts": form(Act.IMPORT_ACCOUNTS),
    "testimonies:texts-taken": page(Act.IMPORT_ACCOUNTS, "job", gets=frozenset({MISSING})),
    "testimonies:texts-table": page(Act.IMPORT_ACCOUNTS, "job", gets=frozenset({MISSING})),
    "testimonies:to-confirm": page(Act.READ_ACCOUNTS),
    # The text of this account was confirmed as it came in, and it has no pages.
    "testimonies:confirm": form(
        Act.EDIT_ACCOUNTS, "ref=account", gets=frozenset({GONE_ON}), posts=(GONE_ON,)
    ),
    "testimonies:read-anew": button(Act.EDIT_ACCOUNTS, "ref=account", posts=(GONE_ON,)),
    "testimonies:throw-away": button(Act.IMPORT_ACCOUNTS, "ref=account", posts=(GONE_ON,)),
    "testimonies:page": page(
        Act.READ_ACCOUNTS, "ref=account", "number=place", gets=frozenset({MISSING})
    ),
    "testimonies:preview": form(
        Act.IMPORT_ACCOUNTS, "token=nothing", posts=(MISSING,), gets=NOWHERE
    ),
    # the custodian's desk; there is no vault in these studies, and no entrusted account
    "custody:desk": page(Act.TAKE_IN),
    "custody:register": form(Act.TAKE_IN, gets=frozenset({LATER}), posts=(LATER,)),
    "custody:narrator": page(Act.TAKE_IN, "ref=narrator"),
    "custody:contact": button(Act.TAKE_IN, "ref=narrator", posts=(LATER,)),
    "custody:narrator-ledger": page(Act.TAKE_IN, "ref=narrator", gets=frozenset({LATER})),
    "custody:record": form(
        Act.TAKE_IN, "ref=narrator", "record=names", posts=(LATER,), gets=frozenset({LATER})
    ),
    "custody:erase": form(Act.ERASE, "ref=narrator", posts=(LATER,), gets=frozenset({LATER})),
    "custody:seal-form": form(Act.TAKE_IN, "ref=narrator", posts=(LATER,), gets=frozenset({LATER})),
    "custody:scan": page(Act.TAKE_IN, "ref=narrator", "form=nothing", gets=NOWHERE),
    "custody:receive": form(Act.TAKE_IN, gets=frozenset({LATER}), posts=(LATER,)),
    "custody:text": page(Act.TAKE_IN, "ref=account", gets=NOWHERE),
    "custody:page": form(
        Act.TAKE_IN, "ref=account", "number=place", posts=(MISSING,), gets=NOWHERE
    ),
    "custody:finish": form(Act.TAKE_IN, "ref=account", posts=(MISSING,), gets=NOWHERE),
    "custody:lift": form(
        Act.TAKE_IN, "ref=account", "mask=nothing", posts=(MISSING,), gets=NOWHERE
    ),
    # coding
    "coding:codebooks": page(ANY),
    "coding:codebook": page(ANY, "codebook"),
    "coding:compare": page(ANY, "codebook"),
    "coding:codebook-file": page(ANY, "codebook", "kind=yaml"),
    "coding:adopt": form(Act.EDIT_CODEBOOK),
    "coding:import-codebook": form(Act.EDIT_CODEBOOK),
    "coding:check-codebook": form(
        Act.EDIT_CODEBOOK, "token=nothing", posts=(MISSING,), gets=NOWHERE
    ),
    "coding:examples": form(Act.EDIT_CODEBOOK, "codebook", "key=code"),
    "coding:drop-example": button(Act.EDIT_CODEBOOK, "ref=nothing", posts=(MISSING,)),
    "coding:begin-draft": button(Act.EDIT_CODEBOOK, "slug", posts=(GONE_ON,)),
    "coding:draft": form(Act.EDIT_CODEBOOK, "slug"),
    "coding:add-code": form(Act.EDIT_CODEBOOK, "slug"),
    "coding:change-code": form(Act.EDIT_CODEBOOK, "slug", "place"),
    "coding:move-code": button(Act.EDIT_CODEBOOK, "slug", posts=(GONE_ON, MISSING)),
    "coding:remove-code": button(Act.EDIT_CODEBOOK, "slug", posts=(GONE_ON, MISSING)),
    "coding:merge-codes": form(Act.EDIT_CODEBOOK, "slug"),
    "coding:split-code": form(Act.EDIT_CODEBOOK, "slug", "place"),
    "coding:decide-proposal": form(
        Act.EDIT_CODEBOOK, "slug", "key=nothing", gets=NOWHERE, posts=(MISSING,)
    ),
    "coding:undo-draft": button(Act.EDIT_CODEBOOK, "slug", posts=(GONE_ON, MISSING)),
    "coding:discard-draft": button(Act.EDIT_CODEBOOK, "slug", posts=(GONE_ON, MISSING)),
    "coding:find": page(Act.READ_ACCOUNTS),
    "coding:keep-search": button(Act.READ_ACCOUNTS, posts=(NOT_SO,)),
    "coding:search": page(Act.READ_ACCOUNTS, "ref=search", gets=frozenset({GONE_ON})),
    "coding:forget-search": button(Act.READ_ACCOUNTS, "ref=search", posts=(GONE_ON, MISSING)),
    "coding:next": page(Act.CODE),
    "coding:following": page(Act.CODE, "codebook", gets=frozenset({GONE_ON})),
    "coding:code": page(Act.CODE, "ref=account", gets=frozenset({GONE_ON})),
    "coding:sheet": form(Act.CODE, "codebook", "ref=account"),
    "coding:text": page(Act.CODE, "codebook", "ref=account", gets=frozenset({SHOWN, LATER})),
    "coding:plain": form(
        Act.CODE, "codebook", "ref=account", gets=frozenset({SHOWN, LATER}), posts=(NOT_SO, LATER)
    ),
    "coding:marks": page(Act.CODE, "codebook", "ref=account", gets=frozenset({SHOWN, LATER})),
    "coding:act": button(Act.CODE, "codebook", "ref=account", posts=(LATER,)),
    "coding:propose": button(Act.CODE, "codebook", posts=(LATER,)),
    "coding:finish": button(Act.CODE, "codebook", "ref=account", posts=(LATER,)),
    "coding:memos": form(Act.READ_ACCOUNTS),
    "coding:memo": form(Act.READ_ACCOUNTS, "ref=nothing", gets=NOWHERE, posts=(MISSING,)),
    "coding:drop-memo": button(Act.READ_ACCOUNTS, "ref=nothing", posts=(MISSING,)),
    "coding:reopen": button(Act.CODE, "codebook", "ref=account", posts=(LATER, NOT_SO)),
    "coding:panel": page(Act.READ_ACCOUNTS, "ref=account"),
    "coding:stretches": page(Act.SETTLE),
    "coding:stretch": form(Act.SETTLE, "codebook", "ref=account", "word=stretch"),
    "coding:next-stretch": page(Act.SETTLE, "codebook", gets=frozenset({GONE_ON})),
    "coding:reply": form(Act.CODE, "codebook", "ref=account", "word=stretch"),
    "coding:questions": page(Act.CODE),
    "coding:rounds": page(ANY),
    "coding:new-round": form(Act.GIVE_OUT, "codebook"),
    "coding:round": page(ANY, "ref=round"),
    "coding:close-round": button(Act.GIVE_OUT, "ref=round", posts=(GONE_ON,)),
    "coding:give": form(Act.GIVE_OUT, "ref=round"),
    "coding:hand-on": form(Act.GIVE_OUT, "ref=round", "member"),
    "coding:differences": page(Act.SETTLE),
    "coding:difference": page(Act.SETTLE, "codebook", "ref=account"),
    "coding:settle": form(Act.SETTLE, "codebook", "ref=account", "place"),
    "coding:import": form(Act.IMPORT_CODINGS),
    "coding:check-import": form(
        Act.IMPORT_CODINGS, "codebook", "token=nothing", posts=(MISSING,), gets=NOWHERE
    ),
    "coding:import-project": form(Act.IMPORT_CODINGS),
    "coding:check-project": form(
        Act.IMPORT_CODINGS, "token=nothing", posts=(MISSING,), gets=NOWHERE
    ),
    "coding:export": form(Act.HAND_ON),
    # findings
    "findings:findings": page(ANY),
    "findings:count": button(ANY, posts=(GONE_ON, NOT_SO)),
    "findings:searches": page(ANY),
    "findings:count-search": button(Act.READ_ACCOUNTS, "ref=search", posts=(GONE_ON, NOT_SO)),
    "findings:answer": page(ANY, "ref=answer"),
    "findings:figures": page(ANY, "ref=answer"),
    "findings:figure": page(ANY, "ref=answer", "figure"),
    "findings:drawing": page(ANY, "ref=answer", "figure"),
    "findings:figure-file": page(ANY, "ref=answer", "figure", "kind=csv"),
    "findings:agreement": page(ANY),
    "findings:reports": page(ANY),
    "findings:make-report": form(Act.MAKE_REPORT, posts=(GONE_ON, NOT_SO)),
    "findings:report": page(ANY, "ref=report"),
    "findings:report-zip": page(ANY, "ref=report"),
    "findings:report-file": page(ANY, "ref=report", "part=file"),
}


@dataclass(frozen=True)
class Outside:
    """An address outside any study: where else it is tried, and whether a visitor may open it."""

    tried_in: str
    open: bool = False
    places: tuple[tuple[str, object], ...] = ()


SIGNING_IN = "tests/web/signing_in/"
CUSTODY = "tests/web/custody/"
OUTSIDE: dict[str, Outside] = {
    "home": Outside("tests/web/test_home.py"),
    "studies": Outside("tests/web/test_home.py"),
    "begin": Outside("tests/web/test_home.py"),
    "looks": Outside("tests/web/test_looks.py", open=True),
    "custody:vault": Outside(f"{CUSTODY}test_vault.py"),
    "custody:open": Outside(f"{CUSTODY}test_vault.py"),
    "custody:shut": Outside(f"{CUSTODY}test_vault.py"),
    "custody:ledger": Outside(f"{CUSTODY}test_vault.py"),
    "custody:prepare": Outside(f"{CUSTODY}test_custodians.py"),
    "custody:admit": Outside(f"{CUSTODY}test_custodians.py", places=(("ref", "nothing"),)),
    "custody:remove": Outside(f"{CUSTODY}test_custodians.py", places=(("ref", "nothing"),)),
    "welcome": Outside(f"{SIGNING_IN}test_welcome.py", open=True, places=(("token", "nothing"),)),
    "account_login": Outside(f"{SIGNING_IN}test_sign_in.py", open=True),
    "mfa_login_webauthn": Outside(f"{SIGNING_IN}test_sign_in.py", open=True),
    "mfa_authenticate": Outside(f"{SIGNING_IN}test_sign_in.py", open=True),
    "account_logout": Outside(f"{SIGNING_IN}test_sign_in.py", open=True),
    "account_reauthenticate": Outside(f"{SIGNING_IN}test_sessions.py"),
    "mfa_reauthenticate": Outside(f"{SIGNING_IN}test_sessions.py"),
    "mfa_reauthenticate_webauthn": Outside(f"{SIGNING_IN}test_pages.py"),
    "account_change_password": Outside(f"{SIGNING_IN}test_sessions.py"),
    "mfa_index": Outside(f"{SIGNING_IN}test_pages.py"),
    "mfa_add_webauthn": Outside(f"{SIGNING_IN}test_pages.py"),
    "mfa_edit_webauthn": Outside(f"{SIGNING_IN}test_pages.py", places=(("pk", 987654),)),
    "mfa_remove_webauthn": Outside(f"{SIGNING_IN}test_pages.py", places=(("pk", 987654),)),
    "mfa_activate_totp": Outside(f"{SIGNING_IN}test_welcome.py"),
    "mfa_deactivate_totp": Outside(f"{SIGNING_IN}test_sessions.py"),
    "mfa_view_recovery_codes": Outside(f"{SIGNING_IN}test_welcome.py"),
    "mfa_generate_recovery_codes": Outside(f"{SIGNING_IN}test_welcome.py"),
}
