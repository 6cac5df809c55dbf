"""Carrying along what stands at places of a text when the text is corrected.

What a later stage keeps at such places cannot be imported here; settings name, in
``EXEUNT_CARRIED``, one function for each kind, which is called inside the same transaction.
"""

from django.conf import settings
from django.utils.module_loading import import_string

from exeunt.members.models import Member
from exeunt.stages.testimonies.models import TextVersion


def carry(*, version: TextVersion, by: Member) -> None:
    """Move everything that stands in the version before to this one, which is new."""
    for name in settings.EXEUNT_CARRIED:
        import_string(name)(version=version, by=by)
