"""What somebody fills in on a study's own pages."""

from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from exeunt.desk.fields import LineField, LinesField
from exeunt.desk.forms import HouseForm
from exeunt.members.models import Kind
from exeunt.members.rules import LONGEST_NAME
from exeunt.studies.roles import Role
from exeunt.studies.rules import (
    LONGEST_LIMIT,
    LONGEST_PARTS,
    LONGEST_SLUG,
    LONGEST_TITLE,
    ProtocolFacts,
)

ROLE_WORDS = {
    Role.LEAD: _("lead: answers for the study, and may do everything but code"),
    Role.CODER: _("coder: reads accounts, and codes them without seeing what others found"),
    Role.CUSTODIAN: _("custodian: keeps identities, and sees findings"),
    Role.LEGAL_REVIEWER: _("legal reviewer: looks at the law, and sees findings"),
    Role.EDITOR: _("editor: reads accounts and makes reports"),
    Role.VIEWER: _("viewer: sees findings and nothing else"),
}
# No database counts further.
FURTHEST = 2**62
KINDS = [
    (Kind.PERSON.value, _("a person, who comes in by a link")),
    (Kind.MACHINE.value, _("a machine reader, whose codings are imported; it never signs in")),
]


class BeginForm(HouseForm):
    """A study to be begun."""

    creates = True

    title = LineField("A study's title", longest=LONGEST_TITLE, label=_("Title"))
    slug = LineField(
        "A study's short name",
        longest=LONGEST_SLUG,
        label=_("Short name"),
        help_text=_("For the command line: lower-case letters, digits and hyphens: leaving-2014."),
        widget=forms.TextInput(attrs={"dir": "ltr", "class": "middling", "autocomplete": "off"}),
    )


class InviteForm(HouseForm):
    """Somebody to be invited."""

    name = LineField(
        "A member's name",
        longest=LONGEST_NAME,
        label=_("Name"),
        help_text=_("Under this name they sign in. It may be a name chosen for the work."),
        widget=forms.TextInput(attrs={"class": "middling", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=_("Who it is"), widget=forms.RadioSelect, choices=KINDS, initial=Kind.PERSON.value
    )

    def __init__(self, *asked: Any, **how: Any) -> None:
        """Offer every role."""
        super().__init__(*asked, **how)
        self.fields["role"] = role_field(list(Role))

    def facts(self) -> dict[str, Any]:
        """Return the name, the role and the kind."""
        facts = super().facts()
        return {**facts, "role": Role(facts["role"]), "kind": Kind(facts["kind"])}


class RoleForm(HouseForm):
    """A role to be given, or to be taken away."""

    def __init__(self, *asked: Any, offered: list[Role], **how: Any) -> None:
        """Offer the roles that there are to be given or taken away."""
        super().__init__(*asked, **how)
        self.fields["role"] = role_field(offered)

    def facts(self) -> dict[str, Any]:
        """Return the role."""
        return {"role": Role(super().facts()["role"])}


class ProtocolForm(HouseForm):
    """The protocol, part by part."""

    edits = True

    approval_reference = LineField(
        "The approval reference",
        longest=LONGEST_PARTS["approval_reference"],
        label=_("Approval reference"),
        help_text=_("Which board approved this study, and under which number."),
    )
    lawful_basis = LineField(
        "The lawful basis",
        longest=LONGEST_PARTS["lawful_basis"],
        label=_("Lawful basis"),
        help_text=_("On which legal basis data are kept."),
    )
    retention = LineField(
        "The retention date",
        longest=10,
        label=_("Kept until"),
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}),
    )
    access_contact = LineField(
        "The access contact",
        longest=LONGEST_PARTS["access_contact"],
        label=_("Who answers requests for access"),
    )
    breach_contact = LineField(
        "The breach contact",
        longest=LONGEST_PARTS["breach_contact"],
        label=_("Who acts on a breach"),
    )
    holder_duties = LineField(
        "The holder duties",
        longest=LONGEST_PARTS["holder_duties"],
        label=_("What the law asks of those who hold the data"),
        help_text=_("Duties to disclose, possession offences, subpoenas."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def facts(self) -> dict[str, Any]:
        """Return the parts together, and which version was read."""
        facts = super().facts()
        revision = facts.pop("revision")
        return {"facts": ProtocolFacts(**facts), "revision": revision}


class LimitsForm(HouseForm):
    """What the study's numbers cannot show."""

    edits = True

    limits = LinesField(
        "A limit",
        longest=LONGEST_LIMIT,
        required=False,
        label=_("What the numbers cannot show"),
        help_text=_("One sentence a line, such as “Found through two newspapers only.”"),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def facts(self) -> dict[str, Any]:
        """Return the sentences."""
        facts = super().facts()
        return {**facts, "limits": facts["limits"].splitlines()}


class Offered(NamedTuple):
    """What the entries of a ledger can be narrowed to."""

    members: list[tuple[str, str]]
    acts: list[tuple[str, str]]


class EntriesForm(forms.Form):
    """Which entries of the ledger somebody wants to see."""

    by = forms.ChoiceField(label=_("Who"), required=False)
    act = forms.ChoiceField(label=_("What"), required=False)
    day = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )
    older_than = forms.IntegerField(
        required=False, min_value=0, max_value=FURTHEST, widget=forms.HiddenInput
    )
    newer_than = forms.IntegerField(
        required=False, min_value=0, max_value=FURTHEST, widget=forms.HiddenInput
    )

    def __init__(self, sent: Any, *, offered: Offered) -> None:
        """Offer those who work here, and what can be done."""
        super().__init__(sent)
        self.fields["by"].choices = [("", _("anybody")), *offered.members]  # type: ignore[attr-defined]
        self.fields["act"].choices = [("", _("anything")), *offered.acts]  # type: ignore[attr-defined]


def role_field(offered: list[Role]) -> forms.ChoiceField:
    """Return a choice between roles, each with what it is for."""
    return forms.ChoiceField(
        label=_("Role"),
        widget=forms.RadioSelect,
        choices=[(role.value, ROLE_WORDS[role]) for role in offered],
    )
